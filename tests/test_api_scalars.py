"""The scalars: what they take, and where they say that a fault is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import GraphQLSchema, OperationDefinitionNode, parse, validate
from graphql.execution import get_variable_values

from ecograph.api.scalars import offset_in_literal
from ecograph.api.schema import build_schema, graphql_core
from ecograph.errors import ExpressionError
from ecograph.model.ontology import Ontology

ONTOLOGY = Path(__file__).parents[1] / "data" / "ontology.yaml"


def refuse_hash(text: str) -> None:
    if "#" in text:
        raise ExpressionError("unexpected '#'", text, text.index("#"))


@pytest.fixture(scope="module")
def core() -> GraphQLSchema:
    ontology = Ontology.model_validate(yaml.safe_load(ONTOLOGY.read_text(encoding="utf-8")))
    return graphql_core(build_schema(ontology, refuse_hash))


def variables(core: GraphQLSchema, document: str, values: dict[str, Any]) -> Any:
    operation = parse(document).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return get_variable_values(core, operation.variable_definitions or (), values)


@pytest.mark.parametrize(
    ("literal", "message"),
    [
        ('"2019-02-30"', "'2019-02-30' is not in the calendar: 2019-02 has no day 30"),
        ('"2019-08"', "'2019-08' is not a day; write YYYY-MM-DD, for example 2019-08-16"),
        ("2019", "Date is written as a string, not as 2019"),
    ],
)
def test_wrong_day_is_refused_where_it_stands(
    core: GraphQLSchema, literal: str, message: str
) -> None:
    (error,) = validate(core, parse(f"{{ tools(asOf: {literal}) {{ totalCount }} }}"))
    assert error.message == message
    assert error.locations is not None
    assert error.locations[0].column == 15


def test_wrong_day_in_a_variable_is_refused(core: GraphQLSchema) -> None:
    document = "query Q($day: Date) { tools(asOf: $day) { totalCount } }"
    assert variables(core, document, {"day": "2019-08-16"}).coerced == {"day": "2019-08-16"}
    (error,) = variables(core, document, {"day": "2019-02-30"})
    assert "'2019-02-30' is not in the calendar" in error.message


def test_fault_in_an_expression_points_at_the_character(core: GraphQLSchema) -> None:
    document = '{ reach(from: "a", along: "uses/#") { totalCount } }'
    (error,) = validate(core, parse(document))
    assert error.message == "unexpected '#'"
    assert error.locations is not None
    assert error.locations[0].column == document.index("#") + 1
    assert error.extensions == {
        "code": "BAD_PATH_EXPRESSION",
        "expression": "uses/#",
        "offset": 5,
    }


def test_fault_in_a_variable_tells_its_offset(core: GraphQLSchema) -> None:
    document = 'query Q($e: PathExpression!) { reach(from: "a", along: $e) { totalCount } }'
    assert validate(core, parse(document)) == []
    (error,) = variables(core, document, {"e": "uses/#"})
    assert error.extensions["offset"] == 5
    assert variables(core, document, {"e": "uses+"}).coerced == {"e": "uses+"}


@pytest.mark.parametrize(
    ("raw", "offset", "place"),
    [
        ('"ab"', 1, 2),
        (r'"\"b"', 1, 3),
        (r'"\u0061b"', 1, 7),
        (r'"\u{61}b"', 1, 7),
        (r'"a\\b"', 2, 4),
        ('"""ab"""', 1, 0),
    ],
)
def test_escapes_move_the_place_of_a_fault(raw: str, offset: int, place: int) -> None:
    assert offset_in_literal(raw, offset) == place
