"""The scalars of the API: dates, partial dates, path expressions, all texts; and JSON in answers.

May import: errors, model, graphql.
"""

from __future__ import annotations

from collections.abc import Callable

from graphql import GraphQLError, StringValueNode, ValueNode, print_ast
from graphql.pyutils import inspect

from ecograph.api.types import ScalarType
from ecograph.errors import ExpressionError
from ecograph.model.dates import span

CheckExpression = Callable[[str], object]
"""Reads a path expression; raises ExpressionError if it has a fault."""


def scalar_types(check_expression: CheckExpression | None) -> list[ScalarType]:
    """Date, PartialDate, PathExpression and JSON; without a check any text is an expression."""
    return [
        _dates("Date", "A day of the calendar, written YYYY-MM-DD: 2019-08-16.", _read_day),
        _dates(
            "PartialDate",
            "A day, a month or a year, as precise as its source: 2019-08-16, 2019-08 or 2019.",
            _read_partial_date,
        ),
        _path_expressions(check_expression),
        _json(),
    ]


def _json() -> ScalarType:
    def refuse(_: object) -> str:
        raise GraphQLError("JSON stands in answers only")

    about = "Any JSON value; only in answers."
    return ScalarType("JSON", about, refuse, refuse)


def _read_day(text: str) -> str:
    if len(text) != len("2019-08-16"):
        raise ValueError(f"{text!r} is not a day; write YYYY-MM-DD, for example 2019-08-16")
    return _read_partial_date(text)


def _read_partial_date(text: str) -> str:
    span(text)
    return text


def _dates(name: str, about: str, read: Callable[[str], str]) -> ScalarType:
    def from_value(value: object) -> str:
        text = _text_of(name, value)
        try:
            return read(text)
        except ValueError as error:
            raise GraphQLError(str(error)) from error

    def from_literal(node: ValueNode) -> str:
        text = _text_in(name, node)
        try:
            return read(text)
        except ValueError as error:
            raise GraphQLError(str(error), node) from error

    return ScalarType(name, about, from_value, from_literal)


def _path_expressions(check: CheckExpression | None) -> ScalarType:
    name = "PathExpression"

    def from_value(value: object) -> str:
        text = _text_of(name, value)
        try:
            if check:
                check(text)
        except ExpressionError as error:
            # A variable has no place in the document: the offset says where the fault is.
            raise GraphQLError(error.message, extensions=_extensions(error)) from error
        return text

    def from_literal(node: ValueNode) -> str:
        text = _text_in(name, node)
        try:
            if check:
                check(text)
        except ExpressionError as error:
            if node.loc is None:
                raise GraphQLError(error.message, node, extensions=_extensions(error)) from error
            source = node.loc.source
            raw = source.body[node.loc.start : node.loc.end]
            position = node.loc.start + offset_in_literal(raw, error.offset)
            raise GraphQLError(
                error.message,
                source=source,
                positions=[position],
                extensions=_extensions(error),
            ) from error
        return text

    about = (
        "A path over relations in the syntax of SPARQL 1.1 property paths, with the names that "
        "relations have as fields: `uses+/implements`, `^implements`, `(forkOf|succeeds)*`, "
        "`!(requires)`. `/` is one after the other, `|` either, `^` from object to subject, `*` "
        "any number of times, `+` at least once, `?` at most once, `!(...)` any but these."
    )
    return ScalarType(name, about, from_value, from_literal)


def offset_in_literal(raw: str, offset: int) -> int:
    """Where in a string literal's source a character of its value stands.

    In a block string, whose indentation is not part of the value, the place of its beginning.
    """
    if raw.startswith('"""'):
        return 0
    place = 1
    for _ in range(offset):
        if raw[place : place + 1] != "\\":
            place += 1
        elif raw[place : place + 3] == "\\u{":
            place = raw.index("}", place) + 1
        else:
            place += 6 if raw[place + 1] == "u" else 2
    return place


def _extensions(error: ExpressionError) -> dict[str, object]:
    return {"code": error.code, "expression": error.text, "offset": error.offset}


def _text_of(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"{name} is written as a string, not as {inspect(value)}")
    return value


def _text_in(name: str, node: ValueNode) -> str:
    if not isinstance(node, StringValueNode):
        raise GraphQLError(f"{name} is written as a string, not as {print_ast(node)}", node)
    return node.value
