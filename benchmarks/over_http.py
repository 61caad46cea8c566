"""The five questions over HTTP: ecograph, uvicorn alone, strawberry; round by round in turn."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import orjson

from benchmarks.generate import generate
from benchmarks.load import Measured, Server, find_wrk, press, serving
from benchmarks.questions import Question, questions
from benchmarks.serve import NAMES
from ecograph.load import load
from ecograph.service import Service
from ecograph.settings import bundled

STOCK_SAMPLE = 20
"""Answers of strawberry that are compared; it is too slow to compare them all."""

ABOUT = """
query About($id: String!) {
  entity(name: $id) {
    id kind name label(lang: ZH) description(lang: ZH) aliases
    statements(first: 100) { nodes {
      id relation subject { id name } object { id name } since evidence { source { title url } }
    } }
  }
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: by server, what each round measured."""

    title: str
    bytes: int
    rounds: dict[str, list[Measured]]

    def rate(self, name: str) -> float:
        """The median of the requests a second of processor time."""
        return median(m.rate for m in self.rounds[name])

    def slow(self, name: str) -> float:
        """The median of the 99th percentiles, in ms."""
        return median(m.slow for m in self.rounds[name])

    def ratios(self, name: str, to: str) -> list[float]:
        """How many times as fast as another, for each round."""
        pairs = zip(self.rounds[name], self.rounds[to], strict=True)
        return [a.rate / b.rate for a, b in pairs]


@dataclass(frozen=True, slots=True)
class OverHttp:
    """All of it, with the memory of the servers in MB after the load."""

    asked: list[Asked]
    memory: dict[str, float]


def measure(rounds: int, seconds: int) -> OverHttp:
    """Ask every server every question. Raises: NoLoadTool, RuntimeError on a wrong answer."""
    find_wrk()
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        asked = questions(Service(generate(), answer_cache=0))
        requests = {
            q.key: [_request(q, number) for number in range(len(q.settings))] for q in asked
        }
        servers = {n: stack.enter_context(serving(n, folder)) for n in NAMES if n != "bare"}
        for q in asked:
            answers = _checked(servers, q, requests[q.key])
            (folder / f"{q.key}.answers").write_bytes(b"\n".join(answers))
            (folder / f"{q.key}.bodies").write_bytes(b"\n".join(requests[q.key]) + b"\n")
        servers["bare"] = stack.enter_context(serving("bare", folder))
        told = [_ask(q, servers, requests[q.key], folder, rounds, seconds) for q in asked]
        memory = {name: server.memory for name, server in servers.items()}
        with serving("bundled", folder) as server:
            ids = load(bundled("data")).entities
            server.ask([orjson.dumps({"query": ABOUT, "variables": {"id": i}}) for i in ids])
            return OverHttp(told, {"bundled": server.memory, **memory})


def _request(question: Question, number: int) -> bytes:
    return orjson.dumps({"query": question.document, "variables": question.settings[number]})


def _checked(servers: dict[str, Server], question: Question, requests: list[bytes]) -> list[bytes]:
    """The answers, the same from all servers."""
    answers = servers["uncached"].ask(requests)
    if servers["cached"].ask(requests) != answers:
        raise RuntimeError(f"{question.title}: kept answers differ from others")
    stock = servers["stock"].ask(requests[:STOCK_SAMPLE])
    for ours, theirs in zip(answers, stock, strict=False):
        if b'"errors"' in ours or orjson.loads(ours) != orjson.loads(theirs):
            raise RuntimeError(f"{question.title}: {ours[:500]!r} is not {theirs[:500]!r}")
    return answers


def _ask(
    question: Question, servers: dict[str, Server], requests: list[bytes], folder: Path,
    rounds: int, seconds: int,
) -> Asked:  # fmt: skip
    bodies = folder / f"{question.key}.bodies"
    for name in ("uncached", "cached"):
        servers[name].ask(requests)
    measured: dict[str, list[Measured]] = {name: [] for name in NAMES}
    for _ in range(rounds):
        for name in NAMES:
            path = f"/{question.key}" if name == "bare" else "/graphql"
            measured[name].append(press(servers[name], path, bodies, seconds))
    answers = (folder / f"{question.key}.answers").read_bytes().splitlines()
    return Asked(question.title, sum(map(len, answers)) // len(answers), measured)
