"""What changed when: the events of entities, and statements that began or ended; what depends.

A change has one day, that from which an answer as of a day differs: the first that a beginning or
an event can mean, the last that an end can mean (`ecograph.model.days`). So of two periods that
meet, one has it. May import: clusters, dates, importance, ontology.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ecograph.model.clusters import LEAST_MEMBERS, count_cut_off, find_communities
from ecograph.model.dates import earliest, latest
from ecograph.model.importance import DEPENDS, scores
from ecograph.model.ontology import Ontology

if TYPE_CHECKING:
    from ecograph.model.graph import Graph

CONTAINS = ("broader", "classifiedIn", "partOf")
"""Relations by which something stands in a category, from subject to object."""

KEPT = (*CONTAINS, *DEPENDS)
"""Relations of which undated statements are kept too."""

ChangeKind = Literal["EVENT", "BEGAN", "ENDED"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: an event of an entity by its place in the history, or an end of a statement.

    `day` is an ordinal, `date` as partial as the source has it; `other` is a statement's object.
    """

    id: str
    day: int
    date: str
    kind: ChangeKind
    entity: str
    event: str | None = None
    place: int | None = None
    statement: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement as far as changes, categories and dependencies need it."""

    id: str
    subject: str
    relation: str
    object: str
    since: str | None = None
    until: str | None = None
    negated: bool = False

    def holds(self, day: int) -> bool:
        """Whether it is positive and in force; what does not say since when has begun."""
        begun = self.since is None or earliest(self.since) <= day
        return begun and not self.negated and (self.until is None or day < latest(self.until))


History = Sequence[tuple[int, str, str, str | None]]
"""(place, date, event, value) of what happened to an entity."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which changes count; None: all.

    `since` and `until` are ordinals, both within the period. Where `events` are named and no kinds
    are, statements do not count; where neither are, sightings do not.
    """

    since: int | None = None
    until: int | None = None
    entity: str | None = None
    category: str | None = None
    kinds: Collection[str] | None = None
    events: Collection[str] | None = None


class Calendar:
    """The changes of one dataset version, the newest first, and what is told of all its statements.

    Made when first asked for.
    """

    def __init__(
        self, ontology: Ontology, as_of: str,
        read: Callable[[], tuple[Mapping[str, History], Iterable[Dated]]],
    ) -> None:  # fmt: skip
        self._ontology = ontology
        self._as_of = as_of
        self._read = read

    @cached_property
    def _held(self) -> tuple[list[Change], list[Dated]]:
        histories, said = self._read()
        statements = list(said)
        changes = [c for id_, history in histories.items() for c in _events(id_, history)]
        changes += [c for s in statements for c in _periods(s)]
        changes.sort(key=lambda c: (-c.day, c.id))
        day = earliest(self._as_of)
        return changes, [s for s in statements if s.relation in KEPT and s.holds(day)]

    @cached_property
    def _below(self) -> Mapping[str, list[str]]:
        below: defaultdict[str, list[str]] = defaultdict(list)
        for s in self._held[1]:
            if s.relation in CONTAINS:
                below[s.object].append(s.subject)
        return below

    @property
    def dependencies(self) -> list[tuple[str, str]]:
        """(dependent, dependency) of each statement that says so and holds at the dataset's day."""
        return [(s.subject, s.object) for s in self._held[1] if s.relation in DEPENDS]

    @cached_property
    def importance(self) -> Mapping[str, int]:
        """Id -> importance from 0 to 1000, of what has a part in dependencies; the most first."""
        return scores(self.dependencies)

    @cached_property
    def cuts_off(self) -> Mapping[str, int]:
        """Articulation point -> how many entities it alone joins to the rest."""
        return count_cut_off(self.dependencies)

    @cached_property
    def communities(self) -> Sequence[Sequence[str]]:
        """What depends on each other more than on others, the largest first, each sorted."""
        return find_communities(self.dependencies)

    @cached_property
    def community(self) -> Mapping[str, str]:
        """Id -> the most important member of its community, of those that are told."""
        place = {id_: n for n, id_ in enumerate(self.importance)}
        told = (one for one in self.communities if len(one) >= LEAST_MEMBERS)
        return {id_: min(one, key=place.__getitem__) for one in told for id_ in one}

    def worked_out(self, attribute: str) -> Mapping[str, int] | Mapping[str, str]:
        """Id -> the value of an attribute, of WORKED_OUT in the ontology."""
        match attribute:
            case "importance":
                return self.importance
            case "cutsOff":
                return self.cuts_off
        return self.community

    @property
    def changes(self) -> Sequence[Change]:
        """All of them, the newest first; those of one day by id."""
        return self._held[0]

    def within(self, category: str) -> set[str]:
        """A category and what stands in it at any depth, with the parts of that."""
        below = self._below
        found, left = {category}, [category]
        while left:
            for id_ in below.get(left.pop(), ()):
                if id_ not in found:
                    found.add(id_)
                    left.append(id_)
        return found

    def find(self, query: Query) -> list[Change]:
        """The changes that count, the newest first."""
        changes = self.changes
        start, end = 0, len(changes)
        if query.until is not None:
            start = bisect_left(changes, -query.until, key=lambda c: -c.day)
        if query.since is not None:
            end = bisect_right(changes, -query.since, key=lambda c: -c.day)
        kinds, events = query.kinds, query.events
        if kinds is None:
            kinds = ("EVENT", "BEGAN", "ENDED") if events is None else ("EVENT",)
        if events is None:
            events = [name for name, e in self._ontology.events.items() if not e.sighting]
        among = None if query.category is None else self.within(query.category)
        one = query.entity
        known = frozenset(events)
        return [
            c
            for c in changes[start:end]
            if c.kind in kinds
            and (c.event is None or c.event in known)
            and (one is None or one in (c.entity, c.other))
            and (among is None or c.entity in among or c.other in among)
        ]


def calendar_of(graph: Graph) -> Calendar:
    """The calendar of a graph."""

    def read() -> tuple[Mapping[str, History], Iterable[Dated]]:
        histories = {
            e.id: [(place, h.date, h.event, h.value) for place, h in enumerate(e.history)]
            for e in graph.entities.values()
        }
        said = (
            Dated(s.id, s.subject, s.relation, s.object, s.since, s.until, s.negated)
            for s in graph.statements
            if s.since is not None or s.until is not None or s.relation in KEPT
        )
        return histories, said

    return Calendar(graph.ontology, graph.as_of, read)


def _events(entity: str, history: History) -> Iterator[Change]:
    seen: Counter[str] = Counter()
    for place, date, event, value in history:
        id_ = "~".join([entity, event, date, *([value] if value else [])])
        seen[id_] += 1
        if seen[id_] > 1:
            id_ = f"{id_}~{seen[id_]}"
        yield Change(id_, earliest(date), date, "EVENT", entity, event, place)


def _periods(s: Dated) -> Iterator[Change]:
    if s.since is not None:
        yield _turn(s, "BEGAN", s.since, earliest(s.since))
    if s.until is not None:
        yield _turn(s, "ENDED", s.until, latest(s.until))


def _turn(s: Dated, kind: ChangeKind, date: str, day: int) -> Change:
    id_ = f"{s.id}~{kind.lower()}"
    return Change(id_, day, date, kind, s.subject, statement=s.id, other=s.object)
