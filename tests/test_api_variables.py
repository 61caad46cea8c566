"""Variables that come as text."""

from __future__ import annotations

import pytest

from ecograph.api.variables import hold_complete, read_variables, variables_of
from ecograph.errors import QueryError

DOCUMENT = """
query Q(
  $spec: String!, $first: Int = 25, $deep: Boolean, $share: Float, $kinds: [Kind!],
  $where: ToolFilter, $any: [ToolFilter], $along: PathExpression
) { dataset { version } }
"""
KNOWN = variables_of(DOCUMENT)


def test_variables_are_told_as_the_document_writes_them() -> None:
    told = {v.name: (v.type, v.required, v.default) for v in KNOWN.values()}
    assert told["spec"] == ("String!", True, None)
    assert told["first"] == ("Int", False, "25")
    assert told["kinds"] == ("[Kind!]", False, None)
    assert variables_of("{ dataset { version } }") == {}


@pytest.mark.parametrize(
    ("pairs", "values"),
    [
        ([("spec", "1")], {"spec": "1"}),
        ([("spec", "{x}")], {"spec": "{x}"}),
        ([("first", "7")], {"first": 7}),
        ([("first", "-7")], {"first": -7}),
        ([("deep", "true")], {"deep": True}),
        ([("deep", "false")], {"deep": False}),
        ([("share", "0.5")], {"share": 0.5}),
        ([("kinds", "TOOL")], {"kinds": ["TOOL"]}),
        ([("kinds", "TOOL"), ("kinds", "IMAGE")], {"kinds": ["TOOL", "IMAGE"]}),
        ([("where", '{"id": {"eq": "runc"}}')], {"where": {"id": {"eq": "runc"}}}),
        ([("any", '{"not": {}}')], {"any": [{"not": {}}]}),
        ([("along", "uses+/implements")], {"along": "uses+/implements"}),
        ([("spec", "")], {"spec": ""}),
        ([], {}),
    ],
)
def test_text_becomes_what_the_type_wants(
    pairs: list[tuple[str, str]], values: dict[str, object]
) -> None:
    assert read_variables(KNOWN, pairs) == values


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("spek", "x")], "unknown variable 'spek'; did you mean: spec?"),
        ([("first", "many")], "first: 'many' is no Int; write a whole number, e.g. 25"),
        ([("first", "1.5")], "first: '1.5' is no Int; write a whole number, e.g. 25"),
        ([("deep", "yes")], "deep: 'yes' is no Boolean; write true or false"),
        ([("share", "half")], "share: 'half' is no Float; write a number"),
        ([("spec", "a"), ("spec", "b")], "spec is given 2 times; it takes one String"),
        ([("where", "{")], "where: no JSON"),
    ],
)
def test_what_does_not_fit_says_what_would(pairs: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_variables(KNOWN, pairs)
    assert caught.value.message.startswith(message)


def test_an_unlike_name_gets_the_list() -> None:
    with pytest.raises(QueryError, match="there are: spec, first, deep"):
        read_variables(KNOWN, [("zzzzzz", "")])
    with pytest.raises(QueryError, match="the question takes none"):
        read_variables({}, [("zzzzzz", "")])


def test_what_is_missing_is_named_with_its_type() -> None:
    with pytest.raises(QueryError, match=r"^missing: spec \(String!\)$"):
        hold_complete(KNOWN, {"first": 1})
    hold_complete(KNOWN, {"spec": "x"})
