"""What would be right, in the messages of documents and variables that do not fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.answers import refusal

MATURITY = "query ($m: Maturity!) { tools(where: {maturity: {eq: $m}}) { totalCount } }"
TOOL = "query ($spec: String!) { tool(name: $spec) { id } }"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{ facets(by: [KIND]) { name } }",
         "Cannot query field 'name' on type 'Facet'. There are: by, total, missing, values."),
        ('{ path(from: "runc", to: "cri", direction: OUT) { length } }',
         "Value 'OUT' does not exist in 'Direction' enum. There are: FORWARD, BACKWARD, EITHER."),
        ("{ tools(orderBy: {field: STRENGTH}) { totalCount } }",
         "Value 'STRENGTH' does not exist in 'EntityOrderField' enum. "
         "There are: ID, NAME, BEGAN, IMPORTANCE."),
        ("{ tools(where: {maturity: {eq: DONE}}) { totalCount } }",
         "Value 'DONE' does not exist in 'Maturity' enum. "
         "There are: SANDBOX, INCUBATING, GRADUATED, ARCHIVED."),
        ('{ tools(where: {name: {like: "x"}}) { totalCount } }',
         "Expected value of type 'StringFilter' not to include unknown field 'like'. There are: "
         "eq, ne, in, notIn, lt, lte, gt, gte, contains, startsWith, isNull. "
         'Found: { like: "x" }.'),
        ("{ tools(size: 3) { totalCount } }",
         "Unknown argument 'size' on field 'Query.tools'. "
         "There are: where, orderBy, asOf, first, after, last, before."),
    ],
)  # fmt: skip
def test_few_names_are_listed_where_none_is_near(document: str, message: str) -> None:
    assert refusal(document)["message"] == message


@pytest.mark.parametrize(
    ("document", "part"),
    [
        ('{ tool(name: "runc") { nmae } }', "on type 'Tool'. Did you mean 'name'?"),
        ('{ entity(name: "runc", kind: Tool) { id } }', "'Kind' enum. Did you mean 'TOOL'?"),
        ('{ entity(name: "runc", kind: "Tool") { id } }', "\"Tool\". Did you mean 'TOOL'?"),
        ('{ tools(where: {idd: {eq: "x"}}) { totalCount } }', "'idd'. Did you mean 'id'? Found"),
        ('{ entity(name: "runc") { implements { totalCount } } }', "an inline fragment on '"),
    ],
)
def test_what_is_near_is_suggested(document: str, part: str) -> None:
    assert part in refusal(document)["message"]


def test_a_name_that_is_far_from_all_of_many_gets_no_suggestion() -> None:
    where: Any = {"language": {"eq": "Go"}}
    message = refusal('{ tools(where: {language: {eq: "Go"}}) { totalCount } }')["message"]
    assert message == (
        "Expected value of type 'ToolFilter' not to include unknown field 'language'. "
        'Found: { language: { eq: "Go" } }.'
    )
    document = "query ($where: ToolFilter) { tools(where: $where) { totalCount } }"
    assert "Did you mean" not in refusal(document, where=where)["message"]


def test_the_value_of_a_variable_is_told_of_alike() -> None:
    assert refusal(MATURITY, m="DONE")["message"] == (
        "Variable '$m' has invalid value: Value 'DONE' does not exist in 'Maturity' enum. "
        "There are: SANDBOX, INCUBATING, GRADUATED, ARCHIVED."
    )


def test_a_value_under_a_name_that_is_no_variable_is_named() -> None:
    assert refusal(TOOL, name="runc")["message"] == (
        "Variable '$spec' has invalid value: Expected a value of non-null type 'String!' to be "
        "provided. 'name' is no variable of the operation; there are: spec"
    )
    assert "no variable" not in refusal(TOOL)["message"]
    assert "no variable" not in refusal(TOOL, spec=3, name="runc")["message"]


@pytest.mark.parametrize("operation", ["mutation", "subscription"])
def test_what_would_change_something_is_told_that_nothing_can(operation: str) -> None:
    error = refusal(f"{operation} {{ anything }}")
    assert error["message"] == f"the API is read-only: it answers queries, and no {operation}s"
    assert error["extensions"] == {"code": "READ_ONLY"}
