"""Which dataset version a database answers with, and what a service holds of it itself.

Names, ids, taxonomies and the ontology are read when a service starts, and again when the pointer
has moved; entities are streamed, so that only what is kept of them takes memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecograph.errors import StoreError, StoreUnavailable
from ecograph.model.calendar import KEPT, Calendar, Dated, History
from ecograph.model.graph import Entity, Outline
from ecograph.model.ontology import LANGUAGES, Ontology, screaming
from ecograph.store.database import Database
from ecograph.store.schema import (
    ENTITY,
    EVENT,
    HAD_EVENT,
    READ_POINTER,
    SOURCE,
    VERSION,
)

MODEL = 2
"""The number of the model in schema.py; a release reads this one and no other."""

INCOMPLETE = "incomplete"
"""The property of a version that is being loaded or deleted; nothing answers from it."""

IF_WHOLE = f"MATCH (v:{VERSION} {{version: $version}}) WHERE v.{INCOMPLETE} IS NULL\n"
"""What a statement begins with, so that it gives no row for a version that is not all there."""

READ_VERSION = f"{IF_WHOLE}RETURN properties(v) AS held"
READ_ENTITIES = (
    f"MATCH (e:{ENTITY}) WHERE e.in_version = $version AND e.id_rank >= 0 "
    "RETURN e.id, e.kind, e.name, e.label_zh, e.aliases, e.former_ids, e.scheme "
    "ORDER BY e.in_version, e.id_rank"
)
READ_EVENTS = (
    f"MATCH (e:{ENTITY})-[:{HAD_EVENT}]->(h:{EVENT}) WHERE e.in_version = $version "
    "RETURN e.id, h.place, h.date, h.event, h.value ORDER BY e.id_rank, h.place"
)
READ_DATED = (
    f"MATCH (a:{ENTITY})-[r]->(b:{ENTITY}) WHERE a.in_version = $version "
    "AND (r.since IS NOT NULL OR r.until IS NOT NULL OR type(r) IN $types) AND r.id IS NOT NULL "
    "RETURN r.id, a.id, type(r), b.id, r.since, r.until, r.negated"
)
READ_SOURCES = f"MATCH (s:{SOURCE}) WHERE s.in_version = $version RETURN s.id"


def read_pointer(database: Database) -> str | None:
    """The version that answers, None if no dataset was loaded yet. Raises: StoreError."""
    rows = database.read_all(READ_POINTER)
    return None if not rows else rows[0][0]


def read_version(database: Database) -> Outline:
    """What is told of the version that answers; without its taxonomies.

    Raises: StoreUnavailable if there is none, or one of another model; StoreError.
    """
    version = read_pointer(database)
    where = database.address.shown
    if version is None:
        raise StoreUnavailable(f"the database at {where} holds no dataset; run ecograph load")
    rows = database.read_all(READ_VERSION, {"version": version})
    if not rows:
        raise StoreUnavailable(f"the dataset in the database at {where} changes; wait a second")
    held: dict[str, Any] = rows[0][0]
    if (model := held.get("model", MODEL)) != MODEL:
        raise StoreUnavailable(
            f"the database at {where} holds model {model}, and this release reads {MODEL}; "
            + ("run ecograph load" if model < MODEL else "run the release that loaded it")
        )
    ontology = Ontology.model_validate_json(held["ontology"])
    return Outline(
        ontology, version, held["as_of"], held["license"],
        {name: held[f"title_{name}"] for name in LANGUAGES if f"title_{name}" in held},
        held["entity_count"], held["statement_count"], held["source_count"], {},
        Calendar(ontology, held["as_of"], lambda: ({}, ())),
    )  # fmt: skip


def stream_entities(database: Database, outline: Outline) -> Iterator[Entity]:
    """The entities of a version with nothing but their names, by id.

    Raises: StoreUnavailable if the version went meanwhile; StoreError.
    """
    count, parameters = 0, {"version": outline.version}
    for id_, kind, name, chinese, aliases, former, scheme in database.stream(
        READ_ENTITIES, parameters
    ):
        count += 1
        label = {"en": name} if chinese is None else {"en": name, "zh": chinese}
        attributes = {} if scheme is None else {"scheme": scheme}
        yield Entity(id_, kind, label, {}, tuple(aliases or ()), tuple(former or ()), attributes)
    if not database.read_all(READ_VERSION, parameters):
        raise StoreUnavailable("the dataset in the database was replaced; ask again in a second")
    if count != outline.entity_count:
        raise StoreError(
            f"the database holds {count} entities of {outline.entity_count}; run ecograph load"
        )


def read_sources(database: Database, version: str) -> list[str]:
    """The ids of a version's sources. Raises: StoreError."""
    return [row[0] for row in database.read_all(READ_SOURCES, {"version": version})]


def read_calendar(database: Database, outline: Outline) -> Calendar:
    """What changed when in a version: its events, and what is dated, classified or a dependency.

    Raises: StoreError.
    """
    named = outline.ontology.by_enum_value
    types = [screaming(name) for name in KEPT if name in outline.ontology.relations]
    parameters = {"version": outline.version, "types": types}
    histories: dict[str, list[tuple[int, str, str, str | None]]] = {}
    for id_, place, date, event, value in database.stream(READ_EVENTS, parameters):
        histories.setdefault(id_, []).append((place, date, event, value))
    said = [
        Dated(id_, subject, named[type_], object_, since, until, negated)
        for id_, subject, type_, object_, since, until, negated in database.stream(
            READ_DATED, parameters
        )
    ]
    told: tuple[dict[str, History], list[Dated]] = ({**histories}, said)
    return Calendar(outline.ontology, outline.as_of, lambda: told)
