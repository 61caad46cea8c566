"""Where a fault of an argument stands: its place in the document, the variable that gave the value.

Looked for only once something failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    IntValueNode,
    StringValueNode,
    VariableNode,
    Visitor,
    get_location,
    visit,
)

CURSORS = ("after", "before")
REST = "; ask for the rest with "
"""Begins what a fault of a page's size says of the next page."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as GraphQL tells it, and the variable that the value came from, if it did."""

    locations: Sequence[Mapping[str, object]]
    variable: str | None


def find_spot(
    document: DocumentNode, variables: Mapping[str, Any], told: Mapping[str, Any]
) -> Spot | None:
    """The argument that an error with these extensions is of; None if none is known to be."""
    if "value" not in told:
        return None
    finder = _Finder(variables, told.get("argument"), told["value"])
    visit(document, finder)
    if finder.found is None or finder.found.loc is None:
        return None
    place = get_location(finder.found.loc.source, finder.found.loc.start)
    return Spot([place.formatted], _name_in(finder.found))


def variable_of(node: FieldNode, argument: object) -> str | None:
    """The variable that gives an argument of a field its value."""
    given = (one for one in node.arguments or () if one.name.value == argument)
    return next(map(_name_in, given), None)


def write_message(error: Mapping[str, Any]) -> str:
    """The message of an error, which names the variable in place of the argument that it fills.

    So reads it who gave variables to a question that somebody else wrote.
    """
    message, more = str(error["message"]), error.get("extensions") or {}
    variable, argument = more.get("variable"), more.get("argument")
    if variable is None or variable == argument:
        return message
    if message.startswith(f"{argument}: "):
        return f"{variable}{message.removeprefix(str(argument))}"
    return message.replace(f"in argument {argument!r}", f"in argument {variable!r}", 1)


def _name_in(node: ArgumentNode) -> str | None:
    return node.value.name.value if isinstance(node.value, VariableNode) else None


class _Finder(Visitor):
    """The first argument with a value; without a name, the first cursor."""

    def __init__(self, variables: Mapping[str, Any], argument: str | None, value: object) -> None:
        super().__init__()
        self.variables = variables
        self.names = CURSORS if argument is None else (argument,)
        self.value = str(value)
        self.found: ArgumentNode | None = None

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        if self.found is None and node.name.value in self.names and self._holds(node):
            self.found = node

    def _holds(self, node: ArgumentNode) -> bool:
        given: object = None
        if isinstance(node.value, VariableNode):
            given = self.variables.get(node.value.name.value)
        elif isinstance(node.value, IntValueNode | StringValueNode):
            given = node.value.value
        # Of a long value an error tells the beginning.
        return given is not None and bool(self.value) and str(given).startswith(self.value)
