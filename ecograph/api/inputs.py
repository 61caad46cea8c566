"""What a run puts into the parameters of a plan: values of variables, names resolved to ids."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphql import FieldNode, GraphQLError

from ecograph.errors import QueryError, UnresolvedName
from ecograph.model.graph import Graph, Outline
from ecograph.model.names import NameIndex

MAX_PAGE = 100
DEFAULT_PAGE = 25


@dataclass(slots=True)
class Binding:
    """One run: its variables, where names are found, and the errors of single fields."""

    variables: Mapping[str, Any]
    names: NameIndex
    graph: Graph | Outline
    errors: list[GraphQLError] = field(default_factory=list)
    ask: Callable[[str, str | None], Mapping[str, Any]] = lambda text, lang: {}
    """A plain question and the language of its answer -> the record of the answer."""


Input = Callable[[Binding], Any]
Argument = Callable[[Mapping[str, Any]], Any]
"""Variables -> the value of an argument."""


def resolve_name(
    value: Argument,
    argument: str,
    node: FieldNode,
    kinds: Sequence[str] | None = None,
    among: Callable[[Binding], Container[str] | None] = lambda _: None,
) -> Input:
    """The id behind a name, or None with an error at the field."""
    key = node.alias.value if node.alias else node.name.value

    def bind(run: Binding) -> str | None:
        try:
            return run.names.resolve(value(run.variables), kinds, argument, among(run))
        except UnresolvedName as error:
            run.errors.append(located(error, node, [key]))
            return None

    return bind


def resolve_names(value: Argument, argument: str, node: FieldNode) -> Input:
    """The ids behind several names; None, with an error in its place, where one fits nothing."""
    key = node.alias.value if node.alias else node.name.value

    def bind(run: Binding) -> list[str | None]:
        found: list[str | None] = []
        for place, name in enumerate(value(run.variables)):
            try:
                found.append(run.names.resolve(name, None, argument))
            except UnresolvedName as error:
                run.errors.append(located(error, node, [key, place]))
                found.append(None)
        return found

    return bind


def known_ids(value: Argument) -> Input:
    """The ids, former ones replaced, None for those that are not there."""

    def bind(run: Binding) -> list[str | None]:
        return [run.names.id_in_force(i) for i in value(run.variables)]

    return bind


def located(error: QueryError, node: FieldNode, path: list[str | int]) -> GraphQLError:
    """A library error as a GraphQL error of one field."""
    return GraphQLError(
        error.message, node, path=path, extensions={"code": error.code, **error.extensions}
    )


def page_size(value: Argument, argument: str, default: int | None) -> Argument:
    """The size of a page. Raises, when called: QueryError if it is negative or over the limit."""

    def check(variables: Mapping[str, Any]) -> int | None:
        size = value(variables)
        if size is None:
            return default
        if not 0 <= size <= MAX_PAGE:
            raise QueryError(
                f"{argument}: {size} is no page size; write 0 to {MAX_PAGE}, and ask for the "
                "rest with after: pageInfo.endCursor",
                argument=argument, value=size, limit=MAX_PAGE,
            )  # fmt: skip
        return int(size)

    return check


def bounded(value: Argument, argument: str, least: int, most: int) -> Argument:
    """A number within bounds. Raises, when called: QueryError if it is not."""

    def check(variables: Mapping[str, Any]) -> int:
        number = value(variables)
        if number is None or not least <= number <= most:
            raise QueryError(
                f"{argument}: {number} is out of range; write {least} to {most}",
                argument=argument, value=number, limit=most,
            )  # fmt: skip
        return int(number)

    return check


def day(value: Argument) -> Argument:
    """The ordinal of a date, or None."""

    def convert(variables: Mapping[str, Any]) -> int | None:
        text = value(variables)
        return None if text is None else date.fromisoformat(text).toordinal()

    return convert
