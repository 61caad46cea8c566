"""A Neo4j store over the graphs of tests: loaded as a whole, its statements counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ecograph.model.graph import Graph
from ecograph.store.base import Budget
from ecograph.store.bolt import BoltStore
from ecograph.store.database import Address, Database, Row
from ecograph.store.schema import (
    CONSTRAINTS,
    ENTITY,
    EVENT,
    INDEXES,
    LOAD_EVENTS,
    LOAD_SOURCES,
    LOAD_VERSION,
    SOURCE,
    VERSION,
    GraphRows,
    load_entities,
    load_statements,
)
from tests.neo4j.server import Place

Write = tuple[str, Mapping[str, Any]]


class Counted(Database):
    """A database that notes each statement that it is asked, and the last row that it gave."""

    def __init__(self, address: Address) -> None:
        super().__init__(address)
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self.given: Row | None = None

    def read_row(self, text: str, parameters: Mapping[str, Any], budget: Budget) -> Row | None:
        """As the database does."""
        self.asked.append((text, parameters))
        self.given = super().read_row(text, parameters, budget)
        return self.given


class Neo4j:
    """One server, which holds the graph that is asked for."""

    def __init__(self, place: Place) -> None:
        self.database = Counted(Address(place.uri, place.user, place.password))
        self._held: dict[str, Graph] = {}
        for text in (*CONSTRAINTS, *INDEXES):
            self.database.change_schema(text)

    def store(self, graph: Graph) -> BoltStore:
        """A store over the graph."""
        if self._held.get(graph.version) is not graph or not self._is_there(graph):
            self.database.write(*writes(graph))
            self._held[graph.version] = graph
        store = BoltStore(self.database)
        store.fill(graph)
        return store

    def _is_there(self, graph: Graph) -> bool:
        """Whether no other test has emptied the database, or loaded into it, since."""
        text = f"MATCH (v:{VERSION} {{version: $version}}) RETURN v"
        return bool(self.database.read_all(text, {"version": graph.version}))

    def close(self) -> None:
        """Let go of the connections."""
        self.database.close()


def writes(graph: Graph) -> list[Write]:
    """The statements that put a graph in the place of any other of its version."""
    rows = GraphRows(graph)
    found: list[Write] = [
        (f"MATCH (n:{label} {{in_version: $version}}) DETACH DELETE n", {"version": graph.version})
        for label in (SOURCE, EVENT, ENTITY)
    ]
    found.append(
        (f"MATCH (v:{VERSION} {{version: $version}}) DELETE v", {"version": graph.version})
    )
    found.append((LOAD_VERSION, {"properties": rows.version()}))
    found.append((LOAD_SOURCES, {"rows": list(rows.sources())}))
    kinds, relations, events = defaultdict[str, Any](list), defaultdict[str, Any](list), []
    for e in rows.entities():
        kinds[e.kind].append(e.properties)
        events += [{"of": e.properties["version_id"], "properties": h} for h in e.events]
    for s in rows.statements():
        relations[s.relation].append(
            {"subject": s.subject, "object": s.object, "properties": s.properties}
        )
    found += [(load_entities(kind), {"rows": several}) for kind, several in kinds.items()]
    found.append((LOAD_EVENTS, {"rows": events}))
    found += [(load_statements(name), {"rows": several}) for name, several in relations.items()]
    return found
