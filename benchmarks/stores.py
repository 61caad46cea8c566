"""The five questions on both stores, and as bare statements: who takes how much of the time.

Service, statement and memory are asked in turn, a setting at a time, by one client in one process,
so that whatever else the machine does meets all three. What the process computes meanwhile is the
driver's part (for the bare statement) and ours (what the service computes beyond that); the rest is
waiting for the database.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import neo4j

from benchmarks.generate import generate
from benchmarks.questions import Question, questions
from ecograph.model.graph import Graph
from ecograph.service import Service
from ecograph.store.base import Budget
from ecograph.store.bolt import BoltStore
from ecograph.store.bolt_load import Loader
from ecograph.store.database import Address, Database, Row
from tests.neo4j.server import Place, neo4j_server

POOLS = (1, 4, 16)
CLIENTS = 16
PRESSED = ("node", "list")
"""The questions that are asked over pools of several sizes."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One question: medians in ms by the clock, and of the processor where it is said."""

    title: str
    memory: float
    service: float
    bare: float
    driver: float
    """Of the processor, for the bare statement."""
    own: float
    """Of the processor, for the service beyond that."""

    @property
    def beyond(self) -> float:
        """What the service adds to the bare statement, as a share of it."""
        return self.service / self.bare - 1


@dataclass(frozen=True, slots=True)
class Stores:
    """All of it; rates by question and pool."""

    server: str
    shares: list[Shared]
    rates: dict[str, dict[int, float]]


class Recorded(Database):
    """A database that keeps the statement that it was asked last."""

    last: tuple[str, Mapping[str, Any]] = "", {}

    def read_row(self, text: str, parameters: Mapping[str, Any], budget: Budget) -> Row | None:
        """As the database does."""
        self.last = text, parameters
        return super().read_row(text, parameters, budget)


def measure(rounds: int) -> Stores:
    """Ask everything of a server of its own, or of the one that NEO4J_URI names."""
    with neo4j_server("1500m") as place:
        graph = generate()
        with loaded(place, graph) as stored:
            memory = Service(graph, answer_cache=0)
            asked = questions(memory)
            shares = [_share(q, memory, stored, place, rounds) for q in asked]
        rates = {
            q.title: {pool: _rate(place, graph, q, pool) for pool in POOLS}
            for q in asked if q.key in PRESSED
        }  # fmt: skip
        return Stores(_server(place), shares, rates)


@contextmanager
def loaded(place: Place, graph: Graph, pool: int = 16) -> Iterator[Service]:
    """A service over a server that holds the graph."""
    database = Recorded(Address(place.uri, place.user, place.password, pool=pool, patience=30))
    Loader(database, grace=0).load(graph)
    store = BoltStore(database)
    service = Service(graph, store, answer_cache=0, deadline=60)
    try:
        yield service
    finally:
        service.close()


def _share(
    question: Question, memory: Service, stored: Service, place: Place, rounds: int
) -> Shared:
    database = _database(stored)
    took: dict[str, list[float]] = {name: [] for name in ("memory", "service", "bare")}
    spent: dict[str, list[float]] = {name: [] for name in ("driver", "all")}
    with _bare(place) as session:
        for number in range(rounds + 1):
            for variables in question.settings:
                expected, clock, _ = _time(memory, question.document, variables)
                told, service, processor = _time(stored, question.document, variables)
                if told != expected:
                    raise RuntimeError(f"{question.title}: the stores differ at {variables}")
                text, parameters = database.last
                begun, used = time.perf_counter(), time.thread_time()
                [record.values() for record in session.run(neo4j.Query(text), dict(parameters))]
                driver, bare = time.thread_time() - used, time.perf_counter() - begun
                if number:
                    # The first round warms the database.
                    took["memory"].append(clock)
                    took["service"].append(service)
                    took["bare"].append(bare)
                    spent["driver"].append(driver)
                    spent["all"].append(processor)
    ms = {name: 1e3 * median(values) for name, values in (took | spent).items()}
    own = ms["all"] - ms["driver"]
    return Shared(question.title, ms["memory"], ms["service"], ms["bare"], ms["driver"], own)


@contextmanager
def _bare(place: Place) -> Iterator[neo4j.Session]:
    """A session of the driver, and nothing of ours about it."""
    off = neo4j.NotificationMinimumSeverity.OFF
    auth = (place.user, place.password)
    with (
        neo4j.GraphDatabase.driver(place.uri, auth=auth, notifications_min_severity=off) as driver,
        driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session,
    ):
        yield session


def _time(
    service: Service, document: str, variables: Mapping[str, Any]
) -> tuple[bytes, float, float]:
    begun, used = time.perf_counter(), time.thread_time()
    response = service.answer(document, variables)
    spent, took = time.thread_time() - used, time.perf_counter() - begun
    if not response.clean:
        raise RuntimeError(response.body[:500].decode())
    return response.body, took, spent


def _rate(place: Place, graph: Graph, question: Question, pool: int) -> float:
    """Requests a second of the clock, by sixteen clients over a pool of so many connections."""
    with loaded(place, graph, pool) as stored, ThreadPoolExecutor(CLIENTS) as clients:

        def ask(variables: Mapping[str, Any]) -> None:
            _time(stored, question.document, variables)

        list(clients.map(ask, question.settings))
        begun = time.perf_counter()
        list(clients.map(ask, [*question.settings, *question.settings]))
        return 2 * len(question.settings) / (time.perf_counter() - begun)


def _database(service: Service) -> Recorded:
    assert isinstance(service.store, BoltStore)
    assert isinstance(service.store.database, Recorded)
    return service.store.database


def _server(place: Place) -> str:
    with place.driver() as driver:
        rows = driver.execute_query("CALL dbms.components() YIELD name, versions, edition").records
    return next(f"Neo4j {r['versions'][0]} {r['edition']}" for r in rows if "Kernel" in r["name"])
