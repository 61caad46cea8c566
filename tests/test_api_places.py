"""Where the fault of an argument stands, and the variable that it came from."""

from __future__ import annotations

import pytest

from ecograph.api.places import write_message
from tests.answers import partial, refusal

TOOLS = "query ($size: Int, $from: String) {\n  tools(first: $size, after: $from) { totalCount }\n}"


@pytest.mark.parametrize(
    ("document", "column"),
    [
        ("{ tools(first: 500) { totalCount } }", 9),
        ("{ one: tools(first: 5) { totalCount } two: tools(first: 500) { totalCount } }", 50),
        ('{ tools(after: "page 2") { nodes { id } } }', 9),
        ('{ path(from: "runc", to: "cri", maxLength: 21) { length } }', 33),
    ],
)
def test_a_fault_of_an_argument_has_its_place(document: str, column: int) -> None:
    assert refusal(document)["locations"] == [{"line": 1, "column": column}]


def test_a_fault_of_a_variable_has_the_place_where_it_is_used_and_its_name() -> None:
    error = refusal(TOOLS, size=500)
    assert error["locations"] == [{"line": 2, "column": 9}]
    assert error["extensions"]["variable"] == "size"
    error = refusal(TOOLS, **{"from": "page 2"})
    assert error["locations"] == [{"line": 2, "column": 23}]
    assert error["extensions"]["variable"] == "from"


def test_an_unknown_name_tells_its_variable() -> None:
    document = "query ($spec: String!) { specification(name: $spec) { id } }"
    _, (error,) = partial(document, spec="nothing at all")
    assert error["extensions"]["variable"] == "spec"
    assert error["message"].startswith("'nothing at all' in argument 'name' names no")
    assert write_message(error).startswith("'nothing at all' in argument 'spec' names no")
    _, (error,) = partial('{ specification(name: "nothing at all") { id } }')
    assert "variable" not in error["extensions"]
    assert write_message(error) == error["message"]


def test_the_number_of_a_variable_is_told_by_its_name() -> None:
    assert write_message(refusal(TOOLS, size=500)).startswith("size: 500 is too many; the limit")
