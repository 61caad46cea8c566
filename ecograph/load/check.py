"""What can only be checked once all files are read: references, kinds, periods, cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from ecograph.formats.faults import Faults
from ecograph.load.entities import PlacedEntity
from ecograph.load.statements import PlacedStatement
from ecograph.model.dates import BEGINNING, END, earliest, latest
from ecograph.model.graph import Statement
from ecograph.model.ontology import Ontology

MOST_CYCLES = 20
"""Cycles named per relation: each is looked for anew."""


def check_references(
    statements: Iterable[PlacedStatement],
    entities: Mapping[str, PlacedEntity],
    ontology: Ontology,
    faults: Faults,
) -> None:
    """Every object is an entity, of a kind that the relation leads to."""
    former = {old: id for id, item in entities.items() for old in item.former}
    for item in statements:
        s, place = item.statement, item.object_place or item.place
        target = entities.get(s.object)
        if target is None and s.object in former:
            faults.add(
                "FORMER_ID", f"{s.object!r} is a former id", place, f"write {former[s.object]}"
            )
        elif target is None:
            faults.add_unknown("UNKNOWN_ID", "entity", s.object, entities, place)
        elif target.entity.kind and target.entity.kind not in ontology.relations[s.relation].range:
            faults.add(
                "WRONG_RANGE",
                f"{s.object}, of kind {target.entity.kind}, cannot be the object of {s.relation!r}",
                place,
                f"its objects are of kind: {', '.join(ontology.relations[s.relation].range)}",
            )


def check_domains(
    statements: Iterable[PlacedStatement],
    entities: Mapping[str, PlacedEntity],
    ontology: Ontology,
    faults: Faults,
) -> None:
    """Every subject is of a kind that the relation begins at."""
    for item in statements:
        s, domain = item.statement, ontology.relations[item.statement.relation].domain
        kind = entities[s.subject].entity.kind
        if kind and kind not in domain:
            faults.add(
                "WRONG_DOMAIN",
                f"{s.subject}, of kind {kind}, cannot be the subject of {s.relation!r}",
                item.place,
                f"its subjects are of kind: {', '.join(domain)}",
            )


def check_schemes(
    statements: Iterable[PlacedStatement], entities: Mapping[str, PlacedEntity], faults: Faults
) -> None:
    """The category above another is of the same scheme."""
    for item in statements:
        s = item.statement
        if s.relation != "broader" or s.subject not in entities or s.object not in entities:
            continue
        below, above = (
            entities[id].entity.attributes.get("scheme") for id in (s.subject, s.object)
        )
        if below and above and below != above:
            faults.add(
                "WRONG_SCHEME", f"{s.subject} is of the scheme {below}, {s.object} of {above}",
                item.place, "say 'matches' between schemes",
            )  # fmt: skip


def check_periods(
    statements: Iterable[PlacedStatement], ontology: Ontology, faults: Faults
) -> None:
    """Statements of one triple and one polarity have ids of their own and disjoint periods."""
    groups: dict[tuple[str, str, str, bool], list[PlacedStatement]] = {}
    for item in statements:
        s = item.statement
        ends = (s.subject, s.object)
        if ontology.relations[s.relation].symmetric:
            ends = (min(ends), max(ends))
        groups.setdefault((s.relation, *ends, s.negated), []).append(item)
    for group in groups.values():
        if len(group) > 1:
            _check_group(group, faults)


def _check_group(group: Sequence[PlacedStatement], faults: Faults) -> None:
    by_id: dict[str, PlacedStatement] = {}
    for item in group:
        first = by_id.setdefault(item.statement.id, item)
        if first is not item:
            faults.add(
                "DUPLICATE_STATEMENT", f"the statement {item.statement.id} stands twice",
                item.place,
                f"it stands at {item.said_at or first.place} already; give a second period a "
                "'key' of its own",
            )  # fmt: skip
    for before, after in pairwise(sorted(by_id.values(), key=lambda item: _period(item.statement))):
        if _period(after.statement)[0] < _period(before.statement)[1]:
            later = max(before, after, key=lambda item: item.place)
            other = before if later is after else after
            faults.add(
                "OVERLAPPING_PERIODS",
                f"{later.statement.id} ({_say_period(later.statement)}) overlaps "
                f"{other.statement.id} ({_say_period(other.statement)})",
                later.place,
                "say it once, from one side"
                if later.statement.subject != other.statement.subject
                else "a partial date can mean each of its days; give 'until' and 'since' apart",
            )


def _period(statement: Statement) -> tuple[int, int]:
    """The days on which a statement may hold, half-open."""
    return (
        earliest(statement.since) if statement.since else BEGINNING,
        latest(statement.until) if statement.until else END,
    )


def _say_period(statement: Statement) -> str:
    return f"{statement.since or '...'} to {statement.until or '...'}"


def check_self_references(statements: Iterable[PlacedStatement], faults: Faults) -> None:
    """No statement, denied or not, is about one entity alone."""
    for item in statements:
        s = item.statement
        if s.subject == s.object:
            faults.add(
                "SELF_REFERENCE", f"{s.subject} cannot stand in {s.relation!r} to itself",
                item.place, "take the statement out",
            )  # fmt: skip


def check_cycles(statements: Iterable[PlacedStatement], ontology: Ontology, faults: Faults) -> None:
    """Positive statements of an acyclic relation form no cycle, whatever their periods."""
    by_relation: dict[str, dict[tuple[str, str], PlacedStatement]] = {}
    for item in statements:
        s = item.statement
        if ontology.relations[s.relation].acyclic and not s.negated and s.subject != s.object:
            by_relation.setdefault(s.relation, {})[s.subject, s.object] = item
    for relation, edges in by_relation.items():
        for cycle in _cycles(edges):
            last = max((edges[step] for step in pairwise(cycle)), key=lambda item: item.place)
            faults.add(
                "CYCLE", f"a cycle of {relation!r}: {' -> '.join(cycle)}", last.place,
                "take one of its statements out",
            )  # fmt: skip


def _cycles(edges: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Cycles as lists of ids that end where they began; each is cut before the next is sought."""
    targets: dict[str, set[str]] = {}
    for source, target in sorted(edges):
        targets.setdefault(source, set()).add(target)
    for _ in range(MOST_CYCLES):
        try:
            TopologicalSorter(targets).prepare()
            return
        except CycleError as error:
            cycle: list[str] = error.args[1][::-1]
            start = cycle.index(min(cycle))
            cycle = [*cycle[start:-1], *cycle[:start], cycle[start]]
            targets[cycle[-2]].discard(cycle[-1])
            yield cycle
