"""What a run puts into the parameters of a plan: values of variables, names resolved to ids."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphql import FieldNode, GraphQLError

from ecograph.api.places import REST, variable_of
from ecograph.errors import LimitExceeded, QueryError, UnresolvedName
from ecograph.model.graph import Graph, Outline
from ecograph.model.names import Hit, NameIndex
from ecograph.store.base import Budget

MAX_PAGE = 100
DEFAULT_PAGE = 25
MOST_SUGGESTED = 20
"""Unknown names of one request for which names like them are looked for."""
SEARCH = 20_000
"""Expansions, as a budget counts them, that such a search or any other takes as long as."""


@dataclass(slots=True)
class Binding:
    """One run: its variables, where names are found, and the errors of single fields."""

    variables: Mapping[str, Any]
    names: NameIndex
    graph: Graph | Outline
    budget: Budget
    tell_question: Callable[[str, str | None, Budget], Mapping[str, Any]]
    """A plain question and the language of its answer -> the record of the answer."""
    errors: list[GraphQLError] = field(default_factory=list)
    suggested: int = 0

    def resolve(
        self, name: str, kinds: Sequence[str] | None, argument: str,
        among: Container[str] | None = None,
    ) -> str:  # fmt: skip
        """The id of a name. Raises: UnresolvedName; what the budget raises."""
        return self.names.resolve(name, kinds, argument, among, self._may_suggest)

    def search(self, text: str, kinds: Sequence[str] | None) -> list[Hit]:
        """What a text finds. Raises what the budget raises."""
        self.budget.spend(SEARCH)
        return self.names.search(text, kinds)

    def ask(self, text: str, lang: str | None) -> Mapping[str, Any]:
        """The record of the answer to a plain question."""
        return self.tell_question(text, lang, self.budget)

    def _may_suggest(self) -> bool:
        self.suggested += 1
        if self.suggested > MOST_SUGGESTED:
            return False
        self.budget.spend(SEARCH)
        return True


Input = Callable[[Binding], Any]
Argument = Callable[[Mapping[str, Any]], Any]
"""Variables -> the value of an argument."""


def everywhere(_: Binding) -> None:
    """A name may be that of any entity."""


def in_scheme(scheme: Argument, run: Binding) -> Container[str] | None:
    """The categories of the taxonomy that is asked for, None if none is. Raises: UnresolvedName."""
    wanted = scheme(run.variables)
    if wanted is None:
        return None
    known = run.graph.taxonomies
    if wanted not in known:
        raise UnresolvedName(
            "UNKNOWN_NAME",
            f"{wanted!r} in argument 'scheme' names no taxonomy; "
            f"there are: {', '.join(sorted(known))}",
            argument="scheme", value=wanted, suggestions=[],
        )  # fmt: skip
    return known[wanted]


def resolve_name(
    value: Argument,
    argument: str,
    node: FieldNode,
    kinds: Sequence[str] | None = None,
    among: Callable[[Binding], Container[str] | None] = everywhere,
) -> Input:
    """The id behind a name, or None with an error at the field."""
    key = node.alias.value if node.alias else node.name.value

    def bind(run: Binding) -> str | None:
        try:
            return run.resolve(value(run.variables), kinds, argument, among(run))
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
                found.append(run.resolve(name, None, argument))
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


def ids_in_force(given: Any, run: Binding) -> Any:
    """An id of a filter, or several, with the one in force for a former one."""
    if isinstance(given, str):
        return run.names.id_in_force(given) or given
    return [ids_in_force(one, run) for one in given]


def located(error: QueryError, node: FieldNode, path: list[str | int]) -> GraphQLError:
    """A library error as a GraphQL error of one field."""
    told = {"code": error.code, **error.extensions}
    variable = variable_of(node, error.extensions.get("argument"))
    if variable is not None:
        told["variable"] = variable
    return GraphQLError(error.message, node, path=path, extensions=told)


def page_size(value: Argument, argument: str, default: int | None) -> Argument:
    """The size of a page. Raises, when called: QueryError if it is negative or over the limit."""
    rest = "before: pageInfo.startCursor" if argument == "last" else "after: pageInfo.endCursor"

    def check(variables: Mapping[str, Any]) -> int | None:
        size = value(variables)
        if size is None:
            return default
        return _hold(size, MAX_PAGE, argument, "page", f"{REST}{rest}")

    return check


def bounded(value: Argument, argument: str, most: int, least: int = 0) -> Argument:
    """A number from `least` to `most`. Raises, when called: QueryError if it is not."""
    return lambda variables: _hold(value(variables), most, argument, argument, least=least)


def _hold(
    number: int | None, most: int, argument: str, limit: str, rest: str = "", least: int = 0
) -> int:
    if number is None or number < least:
        raise QueryError(
            f"{argument}: {number} is out of range; write {least} to {most}",
            argument=argument, value=number,
        )  # fmt: skip
    if number > most:
        raise LimitExceeded(
            f"{argument}: {number:,} is too many; the limit is {most}{rest}",
            argument=argument, limit=limit, value=number, bound=most,
        )  # fmt: skip
    return int(number)


def day(value: Argument) -> Argument:
    """The ordinal of a date, or None."""

    def convert(variables: Mapping[str, Any]) -> int | None:
        text = value(variables)
        return None if text is None else date.fromisoformat(text).toordinal()

    return convert
