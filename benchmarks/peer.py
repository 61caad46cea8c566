"""@neo4j/graphql over the same database, side by side: `npm ci --prefix benchmarks/neo4j_graphql`.

Both serve over HTTP with no answer kept; the database is one, with an index more for the peer's
look-ups by id and name. The peer is asked for less where it cannot follow: of evidence it tells the
ids of sources, which ecograph tells with title and address; its path is any of the shortest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from benchmarks.generate import generate
from benchmarks.load import Measured, NoLoadTool, Server, find_wrk, on_core, press
from benchmarks.questions import Question, questions
from benchmarks.report import table, times
from ecograph.service import Service
from ecograph.store.bolt_load import Loader
from ecograph.store.database import Address, Database
from tests.neo4j.server import Place, free_port, neo4j_server

FOLDER = Path(__file__).parent / "neo4j_graphql"
SERVERS = ("ecograph", "yoga", "apollo")
WANTED: Mapping[str, float] = {
    "node": 2.5, "specification": 2.5, "list": 8, "deep": 2.5, "path": 1.5,
}  # fmt: skip
"""By how much ecograph is to be faster than the faster of the others."""
WARMING = 60
"""Settings that each server is asked before, its answers looked at."""
MANY = 64
"""Connections with which the list is asked once more."""

THING = "id kind name"
DOCUMENTS: Mapping[str, str] = {
    "node": """query Q($id: ID!) { entities(where: { id: { eq: $id } }) {
        id ... on Tool { kind name label_zh status license homepage } } }""",
    "specification": """query Q($spec: String!) { specifications(where: { name: { eq: $spec } }) {
        id name label_zh implementedByConnection(first: 100) {
            totalCount pageInfo { hasNextPage endCursor }
            edges { cursor properties { since strength evidence evidence_places evidence_days }
                node { id kind name status homepage } } } } }""",
    "list": """query Q($after: String) { toolsConnection(
        first: 100, after: $after, sort: [{ id: ASC }]) { edges { node {
            id kind name label_zh description_en status license homepage repository maturity
        } } } }""",
    "deep": """query Q($names: [String!]!) { tools(where: { name: { in: $names } }) {
        id name uses(limit: 10, sort: [{ id: ASC }]) { id name
            uses(limit: 10, sort: [{ id: ASC }]) { id name
                uses(limit: 4, sort: [{ id: ASC }]) { id name } } } } }""",
    "path": """query Q($from: String!, $to: String!) { way(from: $from, to: $to) {
        length nodes { id kind name } hops { forward id relation since evidence } } }""",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """One question: by server, requests a second of the clock in each round."""

    key: str
    title: str
    rounds: dict[str, list[float]]

    @property
    def ratios(self) -> list[float]:
        """How many times as fast ecograph is as the faster of the others, round by round."""
        others = [n for n in SERVERS[1:] if n in self.rounds]
        best = max(others, key=lambda n: median(self.rounds[n]))
        return [
            a / b for a, b in zip(self.rounds["ecograph"], self.rounds[best], strict=True)
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """All of it; `many` are the lists of each server at 64 connections, or why there are none."""

    asked: list[Beside]
    many: dict[str, str]


def measure(rounds: int, seconds: int) -> Peer:
    """Ask every server every question. Raises: NoLoadTool, RuntimeError on a wrong answer."""
    find_wrk()
    if shutil.which("node") is None or not (FOLDER / "node_modules").is_dir():
        raise NoLoadTool(
            "the peer needs node 20 or later, and its packages: npm ci --prefix "
            "benchmarks/neo4j_graphql"
        )
    graph = generate()
    with neo4j_server("1500m") as place, TemporaryDirectory() as name, ExitStack() as stack:
        _load(place, graph)
        folder = Path(name)
        asked = [_apart(q) for q in questions(Service(graph, answer_cache=0))]
        servers = {n: stack.enter_context(_serving(n, place)) for n in SERVERS}
        for q in asked:
            for n, server in servers.items():
                _write(folder, q, n)
                _check(server, folder / f"{q.key}.{n}", q)
        told = [_ask(q, servers, folder, rounds, seconds) for q in asked]
        many = {n: _press_many(s, folder / f"list.{n}", seconds) for n, s in servers.items()}
        return Peer(told, many)


def _apart(question: Question) -> Question:
    """Without paths from a thing to itself, which Cypher's shortestPath refuses."""
    kept = [s for s in question.settings if "from" not in s or s["from"] != s["to"]]
    return replace(question, settings=kept)


def _load(place: Place, graph: Any) -> None:
    database = Database(Address(place.uri, place.user, place.password))
    Loader(database, grace=0).load(graph)
    for kind in ("Tool", "Specification", "Service", "Image", "Concept", "Organization",
                 "Category", "OperatingSystem"):  # fmt: skip
        for key in ("id", "name"):
            database.change_schema(
                f"CREATE INDEX peer_{kind}_{key} IF NOT EXISTS FOR (n:{kind}) ON (n.{key})"
            )
    database.change_schema("CALL db.awaitIndexes(300)")
    database.close()


def _write(folder: Path, question: Question, server: str) -> None:
    """The bodies of a question for a server, a line each."""
    document = question.document if server == "ecograph" else DOCUMENTS[question.key]
    settings = question.settings
    if server != "ecograph" and question.key == "list":
        # Its cursors are places, as base64 of arrayconnection:N.
        settings = [{"after": _cursor(10 * n)} for n in range(len(settings))]
    bodies = [orjson.dumps({"query": document, "variables": s}) for s in settings]
    (folder / f"{question.key}.{server}").write_bytes(b"\n".join(bodies) + b"\n")


def _cursor(place: int) -> str:
    from base64 import b64encode

    return b64encode(f"arrayconnection:{place}".encode()).decode()


def _check(server: Server, bodies: Path, question: Question) -> None:
    """Warm a server, and see that it answers with things and no errors."""
    lines = bodies.read_bytes().splitlines()[:WARMING]
    for body, answer in zip(lines, server.ask(lines), strict=True):
        told = orjson.loads(answer)
        if told.get("errors") or not any((told.get("data") or {}).values()):
            raise RuntimeError(f"{server.name}, {question.title}: {body!r}: {answer[:500]!r}")


def _ask(
    question: Question, servers: Mapping[str, Server], folder: Path, rounds: int, seconds: int
) -> Beside:
    measured: dict[str, list[float]] = {n: [] for n in servers}
    for _ in range(rounds):
        for name, server in servers.items():
            measured[name].append(_press(server, folder / f"{question.key}.{name}", seconds).clock)
    return Beside(question.key, question.title, measured)


def _press(server: Server, bodies: Path, seconds: int) -> Measured:
    return press(server, "/graphql", bodies, seconds)


def _press_many(server: Server, bodies: Path, seconds: int) -> str:
    try:
        return f"{press(server, '/graphql', bodies, seconds, MANY).clock:,.0f}"
    except RuntimeError as error:
        return str(error).partition(": ")[2]


@contextmanager
def _serving(name: str, place: Place) -> Iterator[Server]:
    port = free_port()
    if name == "ecograph":
        command = [sys.executable, "-m", "ecograph", "serve", "--port", str(port),
                   "--answer-cache", "0", "--deadline", "30"]  # fmt: skip
    else:
        command = ["node", "--max-old-space-size=2048", str(FOLDER / "server.mjs"), name, str(port)]
    environment = {
        **os.environ, **place.environment, "NEO4J_URI": place.uri, "NEO4J_USER": place.user,
        "NEO4J_PASSWORD": place.password, "NODE_ENV": "production",
    }  # fmt: skip
    process = subprocess.Popen(
        [*on_core(0), *command], env=environment, stdout=subprocess.DEVNULL,
        # ecograph tells of each request there.
        stderr=subprocess.DEVNULL if name == "ecograph" else None,
    )  # fmt: skip
    server = Server(name, port, process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(server: Server) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.process.poll() is None:
        try:
            if b"errors" not in server.ask([b'{"query":"{ __typename }"}'])[0]:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"{server.name} did not start")


PAGE = """## Side by side with @neo4j/graphql

The same five questions over HTTP, of the same database and with nothing kept: `ecograph serve
--store`, and @neo4j/graphql (benchmarks/neo4j_graphql) under GraphQL Yoga and under Apollo Server.
Requests a second of the clock, `wrk` with 8 connections; a figure in brackets is the range over the
rounds. The database has an index more for the peer's look-ups by id and by name, and the peer is
asked for less where it cannot follow: of evidence it tells the ids of sources, which ecograph tells
with title and address; its path, by a statement of its own, is any of the shortest. *Wanted* is the
ratio that a change must not fall below.
"""


def tell(measured: Peer) -> Sequence[str]:
    """The part's texts and tables."""
    rows = [
        [
            b.title, *(f"{median(b.rounds[n]):,.0f}" for n in SERVERS), times(b.ratios),
            f"{WANTED[b.key]:g}",
        ]
        for b in measured.asked
    ]  # fmt: skip
    heads = ["question", *SERVERS, "times the faster", "wanted"]
    many = ", ".join(f"{name} {told}" for name, told in measured.many.items())
    return [
        PAGE,
        table(heads, rows),
        f"The list at {MANY} connections: {many}.\n",
    ]
