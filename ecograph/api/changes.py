"""Which changes count: the arguments of `changes`, and those that fit them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import FieldNode

from ecograph.api.inputs import Argument, Binding, Input, resolve_name
from ecograph.errors import QueryError
from ecograph.model.calendar import Change, Query
from ecograph.model.dates import earliest, latest
from ecograph.model.ontology import Ontology, screaming


def find_changes(node: FieldNode, argument: Callable[[str], Argument], ontology: Ontology) -> Input:
    """The changes that a field asks for, none where a name fits nothing.

    Raises, when called: QueryError if the period ends before it begins.
    """
    names = ("since", "until", "kinds", "events", "asOf")
    given = {name: argument(name) for name in names}
    entity = _named(node, "entity", argument, None)
    category = _named(node, "category", argument, ("Category",))
    events = {screaming(name): name for name in ontology.events}

    def find(run: Binding) -> Sequence[Change]:
        told = {name: take(run.variables) for name, take in given.items()}
        one, among = entity(run), category(run)
        if "" in (one, among):
            return []
        wanted = told["events"]
        query = Query(
            *_period(told, run.graph.as_of), one, among, told["kinds"],
            None if wanted is None else [events[name] for name in wanted],
        )  # fmt: skip
        calendar = run.graph.calendar
        run.budget.spend(len(calendar.changes))
        return calendar.find(query)

    return find


def _period(told: Mapping[str, Any], today: str) -> tuple[int | None, int]:
    since, until = told["since"], told["until"]
    first = None if since is None else earliest(since)
    last = latest(until or told["asOf"] or today)
    if first is not None and until is not None and last < first:
        raise QueryError(
            f"until: {until} is before since: {since}; write the earlier one as since",
            argument="until", value=until,
        )  # fmt: skip
    return first, last


def _named(
    node: FieldNode, name: str, argument: Callable[[str], Argument], kinds: Sequence[str] | None
) -> Callable[[Binding], str | None]:
    """The id of an argument that may be null; empty, with an error noted, if it fits nothing."""
    value = argument(name)
    resolve = resolve_name(value, name, node, kinds)
    return lambda run: None if value(run.variables) is None else resolve(run) or ""
