"""A graph into the database, as a version of its own beside the one that answers.

The version is written in batches and marked incomplete; when all of it is there, one transaction
takes the mark away and moves the pointer. Whatever ends a load before that leaves the old version
answering, and the next load deletes what is left. Source: docs/decisions/0008-neo4j-model.md.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import uuid4

from ecograph.errors import StoreError
from ecograph.model.graph import Graph
from ecograph.store.database import Database, Unexpected
from ecograph.store.schema import (
    CONSTRAINTS,
    ENTITY,
    HAD_EVENT,
    INDEXES,
    LOAD_EVENTS,
    LOAD_SOURCES,
    LOAD_VERSION,
    MOVE_POINTER,
    POINTER,
    SOURCE,
    VERSION,
    GraphRows,
    load_entities,
    load_statements,
)
from ecograph.store.versions import INCOMPLETE, MODEL, read_pointer

BATCH = 2_000
"""Rows of one transaction: about a hundredth of the heap of a small server."""
LEASE = 10.0
"""Seconds after its last batch for which a load keeps others from loading; it may have died."""
GRACE = 10.0
"""Seconds that a replaced version is kept for services that have not read the new one yet, and
then again for statements that began before it was marked; more than any deadline."""

_LOCK = f"(l:{POINTER} {{name: 'load'}})"
TAKE = (
    f"MERGE {_LOCK} SET l.touched = timestamp() WITH l "
    "WHERE l.holder IS NULL OR l.holder = $me OR l.until < timestamp() "
    "SET l.holder = $me, l.until = timestamp() + $lease RETURN l"
)
RENEW = f"MATCH {_LOCK} WHERE l.holder = $me SET l.until = timestamp() + $lease RETURN l"
LEAVE = f"MATCH {_LOCK} WHERE l.holder = $me REMOVE l.holder, l.until"
OTHERS = (
    f"MATCH (v:{VERSION}) WHERE v.version <> $version OR v.{INCOMPLETE} IS NOT NULL "
    "RETURN v.version, v.entity_count"
)
HELD = f"MATCH (v:{VERSION} {{version: $version}}) RETURN v.model, v.{INCOMPLETE}"
MARK = f"MATCH (v:{VERSION} {{version: $version}}) SET v.{INCOMPLETE} = true"
FINISH = f"MATCH (v:{VERSION} {{version: $version}}) REMOVE v.{INCOMPLETE} RETURN v"
DROP_STATEMENTS = (
    f"MATCH (e:{ENTITY})-[r]->() WHERE e.in_version = $version AND $first <= e.id_rank < $end "
    "WITH r LIMIT $most DELETE r"
)
DROP_EVENTS = (
    f"MATCH (e:{ENTITY})-[:{HAD_EVENT}]->(h) WHERE e.in_version = $version "
    "AND $first <= e.id_rank < $end DETACH DELETE h"
)
DROP_NODES = "MATCH (n:{label}) WHERE n.in_version = $version WITH n LIMIT $most DETACH DELETE n"
DROP_VERSION = f"MATCH (v:{VERSION} {{version: $version}}) DETACH DELETE v"
WINDOW = 500
"""Entities whose statements are deleted together."""

Tell = Callable[[str, int, int], None]
"""What is done, how much of it, of how much."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a load ended; `deleted` are the versions that were taken out."""

    version: str
    changed: bool
    seconds: float
    deleted: tuple[str, ...] = ()


class Loader:
    """One load, from when nobody else loads until it lets others."""

    def __init__(
        self, database: Database, tell: Tell = lambda *_: None, *,
        grace: float = GRACE, batch: int = BATCH, lease: float = LEASE,
    ) -> None:  # fmt: skip
        self._database = database
        self._tell = tell
        self._grace = grace
        self._batch = batch
        self._lease = {"me": uuid4().hex, "lease": int(lease * 1000)}

    def load(self, graph: Graph) -> Loaded:
        """Make the graph the version that answers, unless it is already.

        Raises: StoreUnavailable, StoreError.
        """
        began = time.monotonic()
        self._prepare()
        self._wait_turn()
        try:
            before = read_pointer(self._database)
            fresh = before != graph.version or not self._is_whole(graph.version)
            if fresh:
                left = self._others(before if self._is_whole(before) else None)
                self._drop(left)
                self._write(graph)
            gone = self._others(graph.version)
            if gone:
                # Services learn of the new version within a second and read its names; statements
                # that began before the mark end within their deadline.
                self._wait(self._grace, "Services change to the new version")
                for version in gone:
                    self._run(MARK, version=version)
                self._wait(self._grace, "Questions to the old version end")
                self._drop(gone)
            return Loaded(graph.version, fresh, time.monotonic() - began, tuple(gone))
        finally:
            self._database.write((LEAVE, {"me": self._lease["me"]}))

    def _prepare(self) -> None:
        for text in (*CONSTRAINTS, *INDEXES):
            self._database.change_schema(text)
        self._database.change_schema("CALL db.awaitIndexes(300)")

    def _wait_turn(self) -> None:
        waited = 0
        while True:
            try:
                self._database.write((TAKE, {**self._lease, "expected": 1}))
            except Unexpected:
                self._tell("Another load is under way", waited, 0)
                waited += 1
                time.sleep(1)
            else:
                return

    def _is_whole(self, version: str | None) -> bool:
        if version is None:
            return False
        rows = self._database.read_all(HELD, {"version": version})
        return bool(rows) and rows[0][1] is None and rows[0][0] in (None, MODEL)

    def _others(self, version: str | None) -> dict[str, int]:
        """The versions beside this one, with what they hold."""
        rows = self._database.read_all(OTHERS, {"version": version or ""})
        return {name: count or 0 for name, count in rows}

    def _run(self, text: str, **parameters: Any) -> Any:
        """One transaction, unless another took the turn over: what it changed."""
        try:
            return self._database.write(
                (RENEW, {**self._lease, "expected": 1}), (text, parameters)
            )[1]
        except Unexpected:
            raise StoreError(
                "another load took over, since this one was silent for too long; run it again"
            ) from None

    def _wait(self, seconds: float, why: str) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._tell(why, round(seconds - left), round(seconds))
            self._run("RETURN 1")
            time.sleep(min(1.0, left))

    # Writing

    def _write(self, graph: Graph) -> None:
        rows = GraphRows(graph)
        properties = {**rows.version(), "model": MODEL, INCOMPLETE: True}
        self._run(LOAD_VERSION, properties=properties)
        self._write_all("Sources", LOAD_SOURCES, rows.sources(), len(graph.sources))
        self._write_entities(rows, len(graph.entities))
        self._write_statements(rows, len(graph.statements))
        version = {"version": graph.version}
        try:
            self._database.write(
                (RENEW, {**self._lease, "expected": 1}),
                (FINISH, {**version, "expected": 1}),
                (MOVE_POINTER, version),
            )
        except Unexpected:
            raise StoreError("another load took over, since this one was silent") from None

    def _write_all(
        self, what: str, text: str, rows: Iterable[Mapping[str, Any]], total: int
    ) -> None:
        done = 0
        for batch in batches(rows, self._batch):
            self._create(text, batch)
            done += len(batch)
            self._tell(what, done, total)

    def _create(self, text: str, rows: list[Any]) -> None:
        """Create a node or a relationship a row. Raises: StoreError if it was not one a row."""
        made = self._run(text, rows=rows)
        if len(rows) not in (made.nodes_created, made.relationships_created):
            raise StoreError("a batch was not written as a whole; is another program at work here?")

    def _write_entities(self, rows: GraphRows, total: int) -> None:
        done = 0
        for batch in batches(rows.entities(), self._batch):
            by_kind = defaultdict(list)
            events = []
            for entity in batch:
                by_kind[entity.kind].append(entity.properties)
                of = entity.properties["version_id"]
                events += [{"of": of, "properties": event} for event in entity.events]
            for kind, properties in by_kind.items():
                self._create(load_entities(kind), properties)
            for some in batches(events, self._batch):
                self._create(LOAD_EVENTS, some)
            done += len(batch)
            self._tell("Entities", done, total)

    def _write_statements(self, rows: GraphRows, total: int) -> None:
        done = 0
        # By relation, since each has a statement of its own: few whole batches, not many small.
        waiting: dict[str, list[Any]] = defaultdict(list)

        def create(relation: str) -> None:
            nonlocal done
            some = waiting.pop(relation)
            self._create(load_statements(relation), some)
            done += len(some)
            self._tell("Statements", done, total)

        for said in rows.statements():
            waiting[said.relation].append({
                "subject": said.subject, "object": said.object, "properties": said.properties,
            })  # fmt: skip
            if len(waiting[said.relation]) == self._batch:
                create(said.relation)
        for relation in list(waiting):
            create(relation)

    # Deleting

    def _drop(self, versions: Mapping[str, int]) -> None:
        for version, count in versions.items():
            self._run(MARK, version=version)
            for first in range(0, count, WINDOW):
                span = {"version": version, "first": first, "end": first + WINDOW}
                self._run(DROP_EVENTS, **span)
                most = 5 * self._batch
                while self._run(DROP_STATEMENTS, **span, most=most).relationships_deleted == most:
                    pass
                self._tell("Deleting the old version", min(first + WINDOW, count), count)
            for label in (ENTITY, SOURCE):
                text = DROP_NODES.format(label=label)
                while self._run(text, version=version, most=self._batch).nodes_deleted:
                    pass
            self._run(DROP_VERSION, version=version)


def batches(rows: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The rows in lists of at most so many."""
    it = iter(rows)
    while batch := list(islice(it, size)):
        yield batch
