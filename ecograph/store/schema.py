"""The model of the Neo4j database: labels, properties, indexes, and a graph as rows of them.

Pure: no driver. The loader writes what is here, the compiler to Cypher reads it. Names of the
ontology (kinds, relations, attributes, qualifiers) are camel case; what this model adds to them is
one of the API's own names or has an underscore, so that no ontology can clash with it.
Source: docs/decisions/0008-neo4j-model.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecograph.errors import PlanError
from ecograph.model.dates import END, earliest
from ecograph.model.days import Timeline, began, timeline, value_at
from ecograph.model.graph import Entity, Event, Evidence, Graph, Source, Statement
from ecograph.model.keys import fold
from ecograph.model.ontology import WORKED_OUT, screaming
from ecograph.store.snapshot import Snapshot

Properties = dict[str, Any]

ENTITY = "EcographEntity"
SOURCE = "EcographSource"
EVENT = "EcographEvent"
VERSION = "EcographVersion"
POINTER = "EcographPointer"
LABELS = (ENTITY, SOURCE, EVENT, VERSION, POINTER)
"""What this project owns in a database; nothing without one of them is touched."""

HAD_EVENT = "hadEvent"
"""(entity)-[:hadEvent]->(event). Relations are in capitals, so it is none of them."""

CURRENT = "current"
"""The `name` of the one pointer, whose `version` is the version that answers."""

CONSTRAINTS = (
    f"CREATE CONSTRAINT ecograph_entity IF NOT EXISTS FOR (e:{ENTITY}) "
    "REQUIRE e.version_id IS UNIQUE",
    f"CREATE CONSTRAINT ecograph_source IF NOT EXISTS FOR (s:{SOURCE}) "
    "REQUIRE s.version_id IS UNIQUE",
    f"CREATE CONSTRAINT ecograph_version IF NOT EXISTS FOR (v:{VERSION}) "
    "REQUIRE v.version IS UNIQUE",
    f"CREATE CONSTRAINT ecograph_pointer IF NOT EXISTS FOR (p:{POINTER}) REQUIRE p.name IS UNIQUE",
)
INDEXES = (
    f"CREATE INDEX ecograph_by_id IF NOT EXISTS FOR (e:{ENTITY}) ON (e.in_version, e.id_rank)",
    f"CREATE INDEX ecograph_kind_by_id IF NOT EXISTS FOR (e:{ENTITY}) "
    "ON (e.in_version, e.kind, e.id_rank)",
    f"CREATE INDEX ecograph_kind_by_name IF NOT EXISTS FOR (e:{ENTITY}) "
    "ON (e.in_version, e.kind, e.name_rank, e.id_rank)",
    f"CREATE INDEX ecograph_source_by_id IF NOT EXISTS FOR (s:{SOURCE}) "
    "ON (s.in_version, s.id_rank)",
)

LOAD_VERSION = f"CREATE (v:{VERSION}) SET v = $properties"
LOAD_SOURCES = f"UNWIND $rows AS row CREATE (s:{SOURCE}) SET s = row"
LOAD_EVENTS = (
    f"UNWIND $rows AS row MATCH (e:{ENTITY} {{version_id: row.of}}) "
    f"CREATE (e)-[:{HAD_EVENT}]->(h:{EVENT}) SET h = row.properties"
)
MOVE_POINTER = f"MERGE (p:{POINTER} {{name: '{CURRENT}'}}) SET p.version = $version"
READ_POINTER = f"MATCH (p:{POINTER} {{name: '{CURRENT}'}}) RETURN p.version AS version"


def load_entities(kind: str) -> str:
    """The statement that creates entities of a kind; parameter `rows`: their properties."""
    return f"UNWIND $rows AS row CREATE (e:{ENTITY}:{kind_label(kind)}) SET e = row"


def load_statements(relation: str) -> str:
    """The statement that creates statements of a relation.

    Parameter `rows`: maps of `subject` and `object` (version ids) and `properties`.
    """
    return (
        f"UNWIND $rows AS row MATCH (a:{ENTITY} {{version_id: row.subject}}) "
        f"MATCH (b:{ENTITY} {{version_id: row.object}}) "
        f"CREATE (a)-[r:{relation_type(relation)}]->(b) SET r = row.properties"
    )


def version_id(version: str, id_: str) -> str:
    """The value of `version_id` of an entity or a source."""
    return f"{version}|{id_}"


def quote(name: str) -> str:
    """A name of the ontology as Cypher writes it. Raises: PlanError if it is no plain name."""
    if not (name.isascii() and name.isidentifier()):
        raise PlanError(f"{name!r} is no name of a kind, a relation, an attribute or a qualifier")
    return f"`{name}`"


def kind_label(kind: str) -> str:
    """The label of a kind, quoted. Raises: PlanError if it is one of the model's own."""
    if kind in LABELS:
        raise PlanError(f"no kind of an ontology in Neo4j may be called {kind}")
    return quote(kind)


def relation_type(relation: str) -> str:
    """The relationship type of a relation, quoted: forkOf -> `FORK_OF`."""
    return quote(screaming(relation))


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity's kind, its properties, and those of its events."""

    kind: str
    properties: Properties
    events: tuple[Properties, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement's relation, the version ids of its ends, and its properties."""

    relation: str
    subject: str
    object: str
    properties: Properties


class GraphRows:
    """A graph as what the database holds of it; everything in the order of ids."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._snapshot = Snapshot(graph)

    def version(self) -> Properties:
        """The properties of the version's node."""
        graph, snapshot = self.graph, self._snapshot
        ontology = graph.ontology
        kinds = Counter(snapshot.kinds)
        relations = Counter(s.relation for s in snapshot.statements)
        return {
            "version": graph.version,
            "as_of": graph.as_of,
            "license": graph.license,
            **_texts("title", graph.title),
            "entity_count": len(snapshot.entities),
            "statement_count": len(snapshot.statements),
            "source_count": len(snapshot.sources),
            "kinds": list(ontology.kinds),
            "kind_counts": [kinds[kind] for kind in ontology.kinds],
            "relations": list(ontology.relations),
            "relation_counts": [relations[name] for name in ontology.relations],
            "ontology": ontology.model_dump_json(),
        }

    def sources(self) -> Iterator[Properties]:
        """The properties of each source."""
        snapshot = self._snapshot
        for rank, source in enumerate(snapshot.sources):
            yield self._source(source, rank, snapshot.source_counts[rank])

    def _source(self, source: Source, rank: int, cited: int) -> Properties:
        return _present({
            **self._identity(source.id, rank), "title": source.title, "url": source.url,
            "license": source.license, "read_on": source.read_on, "statement_count": cited,
        })  # fmt: skip

    def entities(self) -> Iterator[EntityRow]:
        """Each entity."""
        for rank, entity in enumerate(self._snapshot.entities):
            events = tuple(self._event(h, n) for n, h in enumerate(entity.history))
            yield EntityRow(entity.kind, self._entity(entity, rank), events)

    def _identity(self, id_: str, rank: int) -> Properties:
        version = self.graph.version
        return {
            "version_id": version_id(version, id_), "in_version": version, "id": id_,
            "id_rank": rank,
        }  # fmt: skip

    def _entity(self, entity: Entity, rank: int) -> Properties:
        ontology = self.graph.ontology
        found = {
            **self._identity(entity.id, rank), "kind": entity.kind, "name": entity.name,
            "name_rank": self._snapshot.name_rank[rank], "name_folded": fold(entity.name),
            "label_zh": entity.label.get("zh"), **_texts("description", entity.description),
            "aliases": list(entity.aliases), "former_ids": list(entity.former_ids),
            "ambiguous_names": list(entity.ambiguous),
            "began_day": began(entity, ontology) or None, **_evidence(entity.evidence),
        }  # fmt: skip
        for name, attribute in ontology.attributes.items():
            found |= self._attribute(entity, name, attribute.type, events=attribute.events)
        for name, attribute in WORKED_OUT.items():
            value = self.graph.calendar.worked_out(name).get(entity.id)
            found |= _value(name, value, attribute.type)
        return _present(found)

    def _attribute(self, entity: Entity, name: str, type_: str, *, events: bool) -> Properties:
        """The value for the graph's own day; where it changes, each value with its days."""
        if not events:
            return _value(name, entity.attributes.get(name), type_)
        changes = timeline(entity, name, self.graph.ontology)
        now = value_at(changes, self._snapshot.as_of)
        found = _value(name, now, type_)
        return found if len(changes) == 1 else found | _changes(name, changes, type_)

    def _event(self, event: Event, place: int) -> Properties:
        return _present({
            "in_version": self.graph.version, "place": place, "event": event.event,
            "date": event.date, "day": earliest(event.date), "value": event.value,
            **_texts("note", event.note), **_evidence(event.evidence),
        })  # fmt: skip

    def statements(self) -> Iterator[StatementRow]:
        """Each statement."""
        version = self.graph.version
        for rank, said in enumerate(self._snapshot.statements):
            yield StatementRow(
                said.relation, version_id(version, said.subject),
                version_id(version, said.object), self._statement(said, rank),
            )  # fmt: skip

    def _statement(self, said: Statement, rank: int) -> Properties:
        snapshot, day = self._snapshot, self._snapshot.as_of
        since, until = snapshot.period[rank]
        others = [snapshot.period[s] for s in snapshot.counterparts.get(rank, ())]
        holds = since <= day < until
        strength = said.qualifiers.get("strength")
        strengths = list(self.graph.ontology.enumerations.get("Strength", {}))
        return _present({
            **said.qualifiers, "id": said.id, "id_rank": rank, "since": said.since,
            "until": said.until, "negated": said.negated, "key": said.key,
            "from_day": since, "until_day": until,
            "since_day": None if said.since is None else earliest(said.since),
            "holds_now": (holds and not said.negated) or None,
            "disputed": (holds and any(a <= day < b for a, b in others)) or None,
            "against_from": [a for a, _ in others], "against_until": [b for _, b in others],
            "strength_rank": strengths.index(strength) if strength in strengths else None,
            **_evidence(said.evidence),
        })  # fmt: skip


def is_text(type_: str) -> bool:
    """Whether values of a type are texts of any content, which are searched folded."""
    return type_ in ("text", "url", "license")


def _value(name: str, value: Any, type_: str) -> Properties:
    found: Properties = {name: value}
    if value is not None and is_text(type_):
        found[f"{name}_folded"] = fold(value)
    if value is not None and type_ == "date":
        found[f"{name}_day"] = earliest(value)
    return found


def _changes(name: str, changes: Timeline, type_: str) -> Properties:
    """Parallel lists of the spans in which there is a value: first day, first day after, value."""
    ends = [day for day, _ in changes[1:]] + [END]
    spans = [(day, end, v) for (day, v), end in zip(changes, ends, strict=True) if v is not None]
    found: Properties = {
        f"{name}_from": [day for day, _, _ in spans],
        f"{name}_until": [end for _, end, _ in spans],
        f"{name}_values": [value for _, _, value in spans],
    }
    if is_text(type_):
        found[f"{name}_values_folded"] = [fold(value) for _, _, value in spans]
    if type_ == "date":
        found[f"{name}_values_day"] = [earliest(value) for _, _, value in spans]
    # Told apart from an attribute that never changes even where no span has a value.
    found[f"{name}_changes"] = True
    return found


def _texts(name: str, texts: Mapping[str, str]) -> Properties:
    return {f"{name}_{language}": text for language, text in texts.items()}


def _evidence(evidence: Sequence[Evidence]) -> Properties:
    """Parallel lists in canonical order; an empty text stands for what is not said."""
    return {
        "evidence": [e.source for e in evidence],
        "evidence_places": [e.locator or "" for e in evidence],
        "evidence_days": [e.read_on or "" for e in evidence],
    }


def _present(properties: Properties) -> Properties:
    """Without what is missing: Neo4j has no null properties, and no use for empty lists."""
    return {name: value for name, value in properties.items() if value not in (None, [])}
