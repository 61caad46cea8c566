"""What a load would change: a graph against the version that a database answers with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from ecograph.model.graph import Graph
from ecograph.store.database import Database
from ecograph.store.schema import ENTITY, HAD_EVENT, GraphRows
from ecograph.store.versions import read_pointer

DERIVED = frozenset(
    "version_id in_version id_rank name_rank from_day until_day holds_now disputed against_from "
    "against_until began_day importance cutsOff community community_folded".split()
)
"""Properties that follow from others, or from the place in the version."""

ENTITIES = (
    f"MATCH (e:{ENTITY}) WHERE e.in_version = $version RETURN e.id, properties(e), "
    f"COLLECT {{ MATCH (e)-[:{HAD_EVENT}]->(h) RETURN properties(h) ORDER BY h.place }}"
)
STATEMENTS = (
    f"MATCH (e:{ENTITY})-[r]->(:{ENTITY}) WHERE e.in_version = $version RETURN r.id, properties(r)"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids, sorted."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def compare(database: Database, graph: Graph) -> tuple[Difference, Difference]:
    """How the entities and the statements differ. Raises: StoreUnavailable, StoreError."""
    version = {"version": read_pointer(database) or ""}
    rows = GraphRows(graph)
    entities = _compare(
        {row[0]: _digest(row[1], row[2]) for row in database.stream(ENTITIES, version)},
        ((e.properties["id"], _digest(e.properties, e.events)) for e in rows.entities()),
    )
    statements = _compare(
        {row[0]: _digest(row[1]) for row in database.stream(STATEMENTS, version)},
        ((s.properties["id"], _digest(s.properties)) for s in rows.statements()),
    )
    return entities, statements


def _digest(properties: Mapping[str, Any], events: Iterable[Mapping[str, Any]] = ()) -> int:
    told = [{k: v for k, v in p.items() if k not in DERIVED} for p in (properties, *events)]
    return hash(orjson.dumps(told, option=orjson.OPT_SORT_KEYS))


def _compare(before: dict[str, int], after: Iterable[tuple[str, int]]) -> Difference:
    added, changed = [], []
    for id_, digest in after:
        was = before.pop(id_, None)
        if was is None:
            added.append(id_)
        elif was != digest:
            changed.append(id_)
    return Difference(tuple(sorted(added)), tuple(sorted(before)), tuple(sorted(changed)))
