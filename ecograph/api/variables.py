"""Variables that come as text, from a query string or a command line: what an operation takes.

May import: graphql, the operation's text; no schema, as the built-in types say enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    GraphQLError,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    TypeNode,
    parse,
    print_ast,
)

from ecograph.errors import QueryError
from ecograph.model.keys import did_you_mean

INTEGER = re.compile(r"[+-]?\d{1,20}")
INT = range(-(2**31), 2**31)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of an operation; `type` and `default` as GraphQL writes them."""

    name: str
    type: str
    base: str
    """The type inside lists and exclamation marks."""
    listed: bool
    required: bool
    default: str | None = None


def variables_of(document: str) -> dict[str, Variable]:
    """The variables of a document's first operation, by name. Raises: QueryError."""
    try:
        definitions = parse(document).definitions
    except GraphQLError as error:
        raise QueryError(str(error)) from None
    for definition in definitions:
        if isinstance(definition, OperationDefinitionNode):
            found: dict[str, Variable] = {}
            for node in definition.variable_definitions or ():
                base, listed = _base(node.type)
                default = print_ast(node.default_value) if node.default_value else None
                required = isinstance(node.type, NonNullTypeNode) and default is None
                name = node.variable.name.value
                found[name] = Variable(name, print_ast(node.type), base, listed, required, default)
            return found
    return {}


def read_variables(
    known: Mapping[str, Variable], pairs: Iterable[tuple[str, str]],
    beside: Callable[[], Iterable[str]] = tuple,
) -> dict[str, Any]:  # fmt: skip
    """Values as their types want them; a list is given by repetition, an object as JSON.

    `beside` gives what else may be said in the same place; asked only to tell what would be right.
    Raises: QueryError for an unknown variable, one given twice, or a value of another type.
    """
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        if name not in known:
            more = [one for one in beside() if one not in known and one != name]
            hint = did_you_mean(name, [*known, *more]) or _listing(known, more)
            raise QueryError(f"unknown variable {name!r}; {hint}", variable=name)
        texts.setdefault(name, []).append(text)
    found: dict[str, Any] = {}
    for name, given in texts.items():
        variable = known[name]
        if variable.listed:
            found[name] = [_value(variable, text) for text in given]
        elif len(given) > 1:
            raise QueryError(
                f"{name} is given {len(given)} times; it takes one {variable.base}", variable=name
            )
        else:
            found[name] = _value(variable, given[0])
    return found


def hold_complete(known: Mapping[str, Variable], given: Mapping[str, Any]) -> None:
    """Raises: QueryError that names every required variable that is missing."""
    missing = [v for v in known.values() if v.required and v.name not in given]
    if missing:
        told = ", ".join(f"{v.name} ({v.type})" for v in missing)
        raise QueryError(f"missing: {told}", missing=[v.name for v in missing])


def _base(node: TypeNode) -> tuple[str, bool]:
    listed = False
    while not isinstance(node, NamedTypeNode):
        assert isinstance(node, ListTypeNode | NonNullTypeNode)
        listed = listed or isinstance(node, ListTypeNode)
        node = node.type
    return node.name.value, listed


def _value(variable: Variable, text: str) -> Any:
    """Scalars that the schema defines, enumerations and texts stay as they are written."""
    if variable.base == "Int" and INTEGER.fullmatch(text) and int(text) in INT:
        return int(text)
    if variable.base == "Boolean" and text in ("true", "false"):
        return text == "true"
    if variable.base == "Float":
        try:
            return float(text)
        except ValueError:
            pass
    if variable.base in _WANTED:
        raise QueryError(
            f"{variable.name}: {text!r} is no {variable.base}; write {_WANTED[variable.base]}",
            variable=variable.name,
        )
    if variable.base not in ("String", "ID") and text.lstrip().startswith("{"):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise QueryError(f"{variable.name}: no JSON: {error}", variable=variable.name) from None
    return text


_WANTED = {
    "Int": "a whole number, e.g. 25",
    "Boolean": "true or false",
    "Float": "a number",
}


def _listing(known: Mapping[str, Variable], more: Iterable[str]) -> str:
    told = f"there are: {', '.join(known)}" if known else "the question takes none"
    beside = ", ".join(more)
    return f"{told}; beside variables: {beside}" if beside else told
