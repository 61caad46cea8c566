"""The named operations over HTTP, mixed, at many connections; with limits and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from benchmarks.load import Measured, find_wrk, press, serving
from benchmarks.serve import MIXED
from ecograph.api.operations import NamedOperation, read_operations
from ecograph.errors import UnresolvedName
from ecograph.service import Service, open_service
from ecograph.settings import bundled

CONNECTIONS = 64
EACH = 40
"""Settings of the variables of each operation."""
SIZES = range(1, 101)


@dataclass(frozen=True, slots=True)
class Mixed:
    """What each round measured, by server; the bodies are so many, and the answers so large."""

    bodies: int
    bytes: int
    rounds: dict[str, list[Measured]]

    def ratios(self, name: str) -> list[float]:
        """How many times as fast as uvicorn alone, for each round."""
        pairs = zip(self.rounds[name], self.rounds["bare"], strict=True)
        return [a.rate / b.rate for a, b in pairs]


def measure(rounds: int, seconds: int) -> Mixed:
    """Ask all servers in turn. Raises: NoLoadTool, RuntimeError if a server fails."""
    find_wrk()
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        bodies, answers = _answered(open_service(answer_cache=0, deadline=None))
        (folder / "mixed.bodies").write_bytes(b"\n".join(bodies) + b"\n")
        (folder / "mixed.answers").write_bytes(b"\n".join(answers))
        servers = {n: stack.enter_context(serving(n, folder)) for n in ("bare", *MIXED)}
        file = folder / "mixed.bodies"
        for server in servers.values():
            if server.name != "bare":
                server.ask(bodies + bodies)
        measured: dict[str, list[Measured]] = {n: [] for n in servers}
        for _ in range(rounds):
            for server in servers.values():
                path = "/mixed" if server.name == "bare" else "/graphql"
                told = press(server, path, file, seconds, CONNECTIONS, busy=True)
                measured[server.name].append(told)
        return Mixed(len(bodies), sum(map(len, answers)) // len(answers), measured)


def _answered(service: Service) -> tuple[list[bytes], list[bytes]]:
    """Requests in an order of chance, and their answers, all without errors."""
    random = Random(6)
    asked = [
        (operation, variables)
        for operation in read_operations(bundled("queries")).values()
        for variables in settings(operation, service, random)
    ]
    random.shuffle(asked)
    bodies, answers = [], []
    for operation, variables in asked:
        told = service.answer(operation.query, variables)
        if told.clean:
            bodies.append(orjson.dumps({"query": operation.query, "variables": variables}))
            answers.append(told.body)
    return bodies, answers


def settings(
    operation: NamedOperation, service: Service, random: Random
) -> Iterator[Mapping[str, Any]]:
    """Settings of an operation's variables: its example, then names of the same kind, pages."""
    yield operation.variables
    alike = {name: _alike(value, service) for name, value in operation.variables.items()}
    for _ in range(EACH - 1):
        told = {
            name: random.choice(alike[name]) if alike[name] else value
            for name, value in operation.variables.items()
        }
        if "$first: Int" in operation.query:
            told["first"] = random.choice(SIZES)
        yield told


def _alike(value: Any, service: Service) -> list[str]:
    """The ids of the kind of the thing that a value names; nothing if it names none."""
    if not isinstance(value, str):
        return []
    try:
        kind = service.names.kind_of(service.names.resolve(value, None, ""))
    except UnresolvedName:
        return []
    return [e.id for e in service.graph.entities.values() if e.kind == kind]
