"""The graph as values: sources, evidence, events, entities, statements.

All are frozen; lists inside an entity or a statement keep the order in which the data gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ecograph.model.calendar import Calendar, calendar_of
from ecograph.model.ontology import Ontology

if TYPE_CHECKING:
    import networkx as nx

Text = Mapping[str, str]
"""A text by language: {"en": ..., "zh": ...}; a missing language is absent."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts were read in; `read_on` is the last day on which it was read."""

    id: str
    title: str
    url: str
    license: str | None = None
    read_on: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: a source, the place in it (a path, a section), the day it was read."""

    source: str
    locator: str | None = None
    read_on: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an entity on a (partial) date; `value` is what it set, if any."""

    date: str
    event: str
    value: str | None = None
    note: Text = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the ecosystem; `id` is permanent, `attributes` are those of the ontology."""

    id: str
    kind: str
    label: Text
    description: Text = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    history: tuple[Event, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The English label."""
        return self.label["en"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, relation, object, with a half-open period, qualifiers and evidence."""

    subject: str
    relation: str
    object: str
    since: str | None = None
    until: str | None = None
    negated: bool = False
    key: str | None = None
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """`subject~relation~object`, then `~not` and the key of a second period, if any."""
        parts = [self.subject, self.relation, self.object]
        if self.negated:
            parts.append("not")
        if self.key:
            parts.append(self.key)
        return "~".join(parts)


@dataclass(frozen=True, slots=True)
class Outline:
    """What is told of a dataset as a whole; its entities and statements may be in a database.

    `taxonomies` leads from a scheme to the ids of its categories.
    """

    ontology: Ontology
    version: str
    as_of: str
    license: str
    title: Text
    entity_count: int
    statement_count: int
    source_count: int
    taxonomies: Mapping[str, frozenset[str]]
    calendar: Calendar = field(compare=False, repr=False)


@dataclass(frozen=True)
class Graph:
    """A checked dataset: entities by id, statements and sources sorted by id.

    `version` is a hash of the content; `as_of` the day (YYYY-MM-DD) for which it answers.
    """

    ontology: Ontology
    entities: Mapping[str, Entity]
    statements: tuple[Statement, ...]
    sources: Mapping[str, Source]
    as_of: str
    license: str
    title: Text
    version: str

    @cached_property
    def former_ids(self) -> Mapping[str, str]:
        """Former id -> the id that is in force."""
        return {old: e.id for e in self.entities.values() for old in e.former_ids}

    @cached_property
    def taxonomies(self) -> Mapping[str, frozenset[str]]:
        """Scheme -> the ids of its categories."""
        return taxonomies_of(self.entities.values())

    @cached_property
    def calendar(self) -> Calendar:
        """What changed when."""
        return calendar_of(self)

    @cached_property
    def outline(self) -> Outline:
        """What is told of the graph as a whole."""
        return Outline(
            self.ontology, self.version, self.as_of, self.license, self.title,
            len(self.entities), len(self.statements), len(self.sources), self.taxonomies,
            self.calendar,
        )  # fmt: skip

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph for analysts: one node an entity, one edge a statement, keyed by its id.

        Attributes are the columns of `ecograph.model.flat`, those of which something is known:
        texts, numbers and booleans, so that every writer of networkx takes them.
        """
        import networkx as nx

        from ecograph.model.flat import Flat, flatten

        flat = Flat(self)
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(version=self.version, as_of=self.as_of)
        for told in map(flatten, flat.entities()):
            graph.add_node(told.pop("id"), **told)
        for told in map(flatten, flat.statements()):
            ends: list[Any] = [told.pop("subject"), told.pop("object"), told.pop("id")]
            graph.add_edges_from([(*ends, told)])
        return graph


def taxonomies_of(entities: Iterable[Entity]) -> dict[str, frozenset[str]]:
    """Scheme -> the ids of its categories."""
    found: dict[str, set[str]] = {}
    for e in entities:
        if e.kind == "Category":
            found.setdefault(e.attributes.get("scheme", ""), set()).add(e.id)
    return {scheme: frozenset(ids) for scheme, ids in found.items()}
