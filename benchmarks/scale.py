"""How cost grows with the graph: `python -m benchmarks.scale`, the tables of docs/scale.md.

Each size and store is measured in a process of its own, so that its memory is its own; one line of
JSON comes back. A server of Neo4j is started (or is the one that NEO4J_URI names) for all sizes.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from benchmarks.generate import generate
from benchmarks.questions import DEEP, LIST, NODE, PATH, SPECIFICATION, ids_of
from benchmarks.report import table
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Graph
from ecograph.service import Service, index_names, open_stored
from ecograph.store.bolt_load import Loader
from ecograph.store.database import Address, Database
from tests.neo4j.server import Place, neo4j_server

SIZES = (1_000, 10_000, 100_000, 1_000_000)
EACH = 5
"""Statements an entity; two where that would be more than MOST."""
MOST = 2_000_000
LONGEST = 60.0
"""Seconds that an answer over the database may take here."""
NEVER = -1.0
"""Stands for a question that was not answered within that."""
ASKED = 40
"""Settings of each question; it is asked half as often before, to warm."""
FACETS = "{ facets(by: [KIND, LICENSE]) { total values { value count } } }"
PATHS = """query Q($from: String!, $to: String!) {
  paths(from: $from, to: $to, first: 5) { edges { node { length nodes { id } } } }
}"""
REACH = """query Q($from: String!) {
  reach(from: $from, along: "uses+", first: 50) { edges { length node { id } } }
}"""
NEAR = """query Q($from: String!) {
  neighborhood(of: $from, hops: 2, first: 50) {
    nodes { distance node { id } } statements { id } truncated
  }
}"""
TITLES = {
    "node": "node by id", "specification": "20 implementers", "list": "100 tools x 10 fields",
    "deep": "1,022 objects", "facets": "facets of everything",
}  # fmt: skip
WALKS = {
    "path": "shortest path", "paths": "five shortest paths", "reach": "reach along uses+, 50 of it",
    "near": "two hops around, 50 of it",
}  # fmt: skip
Figures = Mapping[str, Any]


def resident() -> float:
    """Resident memory of this process in MB; 0 where the system does not say."""
    return _status("VmRSS")


def highest() -> float:
    """The most that was ever resident, in MB."""
    return _status("VmHWM")


def _status(name: str) -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(x for x in status.read_text().splitlines() if x.startswith(name))
    return int(line.split()[1]) / 1024


def of_size(entities: int) -> Graph:
    """The generated graph of a size."""
    with pause_collector():
        return generate(entities, min(EACH * entities, MOST))


@contextmanager
def timed(found: dict[str, Any], name: str) -> Iterator[None]:
    """Note the seconds that a block takes, and the memory in MB that it leaves taken."""
    gc.collect()
    before, begun = resident(), time.perf_counter()
    yield
    found[f"{name}_s"] = time.perf_counter() - begun
    gc.collect()
    found[f"{name}_mb"] = resident() - before


def measure_memory(entities: int) -> Figures:
    """The memory store."""
    found: dict[str, Any] = {"entities": entities}
    with timed(found, "graph"):
        graph = of_size(entities)
    with timed(found, "names"), pause_collector():
        names = index_names(graph)
    del names
    with timed(found, "service"), pause_collector():
        service = Service(graph, answer_cache=0, deadline=None)
    found["statements"] = len(graph.statements)
    found |= ask_all(service, graph)
    return found | {"resident_mb": resident(), "highest_mb": highest()}


def measure_loading(entities: int, place: Place) -> Figures:
    """A load into the database: seconds, and what it takes beyond the graph."""
    graph = of_size(entities)
    found: dict[str, Any] = {"entities": entities, "graph_mb": resident()}
    database = Database(Address(place.uri, place.user, place.password))
    with timed(found, "load"):
        Loader(database, grace=0).load(graph)
    database.close()
    return found | {"highest_mb": highest()}


def measure_stored(entities: int, place: Place) -> Figures:
    """A service over the database, which knows nothing but what it reads there."""
    found: dict[str, Any] = {"entities": entities}
    address = Address(place.uri, place.user, place.password)
    with timed(found, "service"):
        service = open_stored(address, answer_cache=0, deadline=LONGEST)
    found["resident_mb"] = resident()
    found |= ask_all(service, of_size(entities))
    service.close()
    return found


def ask_all(service: Service, graph: Graph) -> dict[str, float]:
    """Question -> its median in ms, or NEVER."""
    tools, specs = ids_of(graph, "Tool"), ids_of(graph, "Specification")
    core = tools[: len(graph.entities) // 8]
    name = {id_: graph.entities[id_].name for id_ in (*tools, *specs)}

    def some(ids: list[str], number: int) -> str:
        # Far apart, and never the same twice in a row.
        return ids[number * 7919 % len(ids)]

    asked = {
        "node": (NODE, lambda n: {"id": some(tools, n)}),
        "specification": (SPECIFICATION, lambda n: {"spec": name[some(specs, n)]}),
        "list": (LIST, lambda n: {}),
        "deep": (DEEP, lambda n: {"names": [name[some(core, n)], name[some(core, n + 1)]]}),
        "path": (PATH, lambda n: {"from": some(tools, n), "to": some(tools, n + 9)}),
        "paths": (PATHS, lambda n: {"from": some(tools, n), "to": some(tools, n + 9)}),
        "reach": (REACH, lambda n: {"from": some(tools, n)}),
        "near": (NEAR, lambda n: {"from": some(tools, n)}),
        "facets": (FACETS, lambda n: {}),
    }
    return {key: _ask(service, document, of) for key, (document, of) in asked.items()}


def _ask(service: Service, document: str, variables: Any) -> float:
    took: list[float] = []
    until = time.perf_counter() + 60
    for number in [*range(ASKED // 2), *range(ASKED)]:
        begun = time.perf_counter()
        response = service.answer(document, variables(number))
        took.append(1e3 * (time.perf_counter() - begun))
        if b'"TIMEOUT"' in response.body:
            return NEVER
        if not response.clean:
            raise RuntimeError(response.body[:500].decode())
        if time.perf_counter() > until:
            break
    return median(took[len(took) // 3 :])


def tell(memory: list[Figures], loads: list[Figures], stored: list[Figures]) -> str:
    """The tables of the page."""
    parts = []
    if memory:
        heads = ["entities / statements", "graph, MB", "indexes, s", "indexes, MB", "names, MB",
                 "names, MB per 100,000 entities", "resident, MB"]  # fmt: skip
        rows = [
            [_size(f), f"{f['graph_mb']:,.0f}", f"{f['service_s']:.1f}",
             f"{f['service_mb']:,.0f}", f"{f['names_mb']:,.0f}",
             f"{1e5 * f['names_mb'] / f['entities']:,.0f}", f"{f['resident_mb']:,.0f}"]
            for f in memory
        ]  # fmt: skip
        parts += ["In memory:\n", table(heads, rows), "Medians in ms:\n", *_medians(memory)]
    if loads:
        heads = ["entities", "load, s", "process with the graph, MB", "at most, MB"]
        rows = [
            [f"{f['entities']:,}", f"{f['load_s']:.1f}", f"{f['graph_mb']:,.0f}",
             f"{f['highest_mb']:,.0f}"] for f in loads
        ]  # fmt: skip
        parts += ["`ecograph load`:\n", table(heads, rows)]
    if stored:
        heads = ["entities", "start of a service, s", "resident, MB"]
        rows = [
            [f"{f['entities']:,}", f"{f['service_s']:.1f}", f"{f['resident_mb']:,.0f}"]
            for f in stored
        ]
        parts += [
            "A service over Neo4j:\n",
            table(heads, rows),
            "Medians in ms:\n",
            *_medians(stored),
        ]
    return "\n".join(parts)


def _size(figures: Figures) -> str:
    return f"{figures['entities']:,} / {figures['statements']:,}"


def _medians(measured: list[Figures]) -> list[str]:
    def cell(figures: Figures, key: str) -> str:
        took = figures[key]
        return f"over {1e3 * LONGEST:,.0f}" if took == NEVER else f"{took:,.2f}"

    return [
        table(
            ["entities", *titles.values()],
            [[f"{f['entities']:,}", *(cell(f, key) for key in titles)] for f in measured],
        )
        for titles in (TITLES, WALKS)
    ]


def main() -> int:
    """Measure what the arguments ask for; inside, one size of one store."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="entities")
    parser.add_argument("--store", choices=("memory", "neo4j", "both"), default="both")
    parser.add_argument("--inside", choices=INSIDE, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        place = replace(Place("", "", ""), **orjson.loads(sys.stdin.read() or "{}"))
        print(orjson.dumps(INSIDE[arguments.inside](arguments.sizes[0], place)).decode())
        return 0
    memory, loads, stored = [], [], []
    if arguments.store != "neo4j":
        memory = [_apart("memory", size, None) for size in arguments.sizes]
    if arguments.store != "memory":
        with neo4j_server("1500m") as place:
            for size in arguments.sizes:
                loads.append(_apart("load", size, place))
                stored.append(_apart("stored", size, place))
    print(tell(memory, loads, stored))
    return 0


INSIDE = {
    "memory": lambda size, _: measure_memory(size),
    "load": measure_loading,
    "stored": measure_stored,
}


def _apart(what: str, size: int, place: Place | None) -> Figures:
    """Measure in a process of its own."""
    told = {} if place is None else {n: getattr(place, n) for n in ("uri", "user", "password")}
    command = [sys.executable, "-m", "benchmarks.scale", "--inside", what, "--sizes", str(size)]
    done = subprocess.run(
        command, input=orjson.dumps(told), stdout=subprocess.PIPE, check=True
    ).stdout
    print(what, done.decode().strip(), file=sys.stderr)
    found: Figures = orjson.loads(done)
    return found


if __name__ == "__main__":
    sys.exit(main())
