"""The part of a stored graph that an answer speaks of, read back in one statement.

An answer is told by plans. What is drawn beside it, the statements among its things and whose
sources say so, is read here: at most what is among some ids, never the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from ecograph.errors import StoreUnavailable
from ecograph.model.graph import Entity, Event, Evidence, Graph, Outline, Source, Statement
from ecograph.store.base import Budget
from ecograph.store.database import Database
from ecograph.store.schema import ENTITY, SOURCE, relation_type, version_id
from ecograph.store.versions import IF_WHOLE

MEMBER = "classifiedIn"
"""The relation of what stands in a category, which an answer may tell without naming it."""

_AMONG = (
    f"UNWIND $ids AS id MATCH (a:{ENTITY} {{version_id: id}})-[r]->(b:{ENTITY}) "
    "WHERE b.version_id IN $ids RETURN r"
)
_WITHIN = (
    f"UNWIND $ids AS id MATCH (a:{ENTITY} {{version_id: id}})<-[r:{relation_type(MEMBER)}]-"
    f"(b:{ENTITY}) RETURN r"
)
_THINGS = (
    "COLLECT { UNWIND $ids + [r IN said | startNode(r).version_id] AS id WITH DISTINCT id "
    f"MATCH (e:{ENTITY} {{version_id: id}}) RETURN e }}"
)
_CITED = (
    "COLLECT { UNWIND things + said AS x UNWIND x.evidence AS source WITH DISTINCT source "
    f"MATCH (s:{SOURCE} {{version_id: $version + '|' + source}}) "
    "RETURN [s.id, s.title, s.url, s.license, s.read_on] }"
)
_TOLD = (
    "RETURN [e IN things | [e.id, e.kind, e.name, e.label_zh, e.evidence, e.evidence_places, "
    "e.evidence_days, e.began_day]], "
    f"[r IN said | [startNode(r).id, endNode(r).id, properties(r)]], {_CITED}"
)


def part_text(members: bool) -> str:
    """The statement; one row of entities, statements and sources."""
    said = f"{_AMONG} UNION {_WITHIN}" if members else _AMONG
    return f"{IF_WHOLE}WITH COLLECT {{ {said} }} AS said\nWITH said, {_THINGS} AS things\n{_TOLD}"


def read_part(
    database: Database, outline: Outline, ids: Collection[str], budget: Budget, members: bool
) -> Graph:
    """The entities of these ids, all that is said among them, and the sources of it.

    With `members` also what is classified in them. Entities come with their kind, labels, first day
    and evidence alone. Raises: StoreTimeout, StoreUnavailable, StoreError.
    """
    wanted = sorted({version_id(outline.version, id_) for id_ in ids})
    given = {"ids": wanted, "version": outline.version}
    row = database.read_row(part_text(members), given, budget)
    if row is None:
        raise StoreUnavailable(
            "this version of the dataset has left the database; ask again in a second"
        )
    things, said, cited = row
    begins = next(name for name, kind in outline.ontology.events.items() if kind.begins)
    entities = sorted((_entity(begins, *one) for one in things), key=lambda e: e.id)
    names = frozenset(outline.ontology.qualifiers)
    statements = (_statement(a, b, told, names) for a, b, told in said)
    sources = sorted((Source(*one) for one in cited), key=lambda s: s.id)
    return Graph(
        outline.ontology,
        {e.id: e for e in entities},
        tuple(sorted(statements, key=lambda s: s.id)),
        {s.id: s for s in sources},
        outline.as_of,
        outline.license,
        outline.title,
        outline.version,
    )


def _entity(
    begins: str, id_: str, kind: str, name: str, chinese: str | None, *evidence: Any
) -> Entity:
    label = {"en": name} if chinese is None else {"en": name, "zh": chinese}
    *said, day = evidence
    history = () if day is None else (Event(date.fromordinal(day).isoformat(), begins),)
    return Entity(id_, kind, label, history=history, evidence=_evidence(*said))


def _statement(
    subject: str, object_: str, told: Mapping[str, Any], qualifiers: frozenset[str]
) -> Statement:
    return Statement(
        subject, told["id"].split("~", 2)[1], object_, told.get("since"), told.get("until"),
        told["negated"], told.get("key"), {n: v for n, v in told.items() if n in qualifiers},
        _evidence(told.get("evidence"), told.get("evidence_places"), told.get("evidence_days")),
    )  # fmt: skip


def _evidence(
    sources: Sequence[str] | None, places: Sequence[str] | None, days: Sequence[str] | None
) -> tuple[Evidence, ...]:
    rows = zip(sources or (), places or (), days or (), strict=True)
    return tuple(Evidence(s, place or None, day or None) for s, place, day in rows)
