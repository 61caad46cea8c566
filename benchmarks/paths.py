"""Shortest paths: the store's search against networkx's, on the same graphs and pairs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import Any

import networkx as nx

from benchmarks.generate import bundled_ontology, generate
from ecograph.model.graph import Entity, Graph, Statement
from ecograph.plan.automaton import Automaton, any_of
from ecograph.store import walk
from ecograph.store.base import Budget
from ecograph.store.snapshot import Snapshot
from ecograph.store.view import View

SIZES = ((10_000, 50_000), (100_000, 500_000))
PAIRS = 300
RUNGS = 1_000


@dataclass(frozen=True, slots=True)
class Searched:
    """One graph: by round, the median of a search in microseconds, ours and networkx's."""

    title: str
    hops: float
    ours: list[float]
    networkx: list[float]

    def ratios(self) -> list[float]:
        """networkx's time over ours, for each round."""
        return [b / a for a, b in zip(self.ours, self.networkx, strict=True)]


def measure(rounds: int) -> list[Searched]:
    """Search every graph."""
    found = []
    for entities, statements in SIZES:
        view = _view(generate(entities, statements))
        ends = [i for i, kind in enumerate(view.snapshot.kinds) if kind == "Tool"]
        random = Random(3)
        pairs = [(random.choice(ends), random.choice(ends)) for _ in range(PAIRS)]
        found.append(_search(f"{entities:,} / {statements:,}", view, pairs, 20, rounds))
    view = _view(ladder(RUNGS))
    pairs = [(i, i + RUNGS // 2) for i in range(0, RUNGS, RUNGS // 10)]
    title = f"ladder of {RUNGS:,} rungs, 2^{RUNGS // 4} equal ways"
    return [*found, _search(title, view, pairs, RUNGS, rounds)]


def ladder(rungs: int) -> Graph:
    """Two rails, each step of one joined to the next step of both: ways double at every rung."""
    ids = [f"r{step:05d}-{rail}" for step in range(rungs) for rail in "ab"]
    said = (
        Statement(f"r{step:05d}-{a}", "uses", f"r{step + 1:05d}-{b}")
        for step in range(rungs - 1) for a in "ab" for b in "ab"
    )  # fmt: skip
    entities = {i: Entity(i, "Tool", {"en": i}) for i in ids}
    title = {"en": "A ladder", "zh": "梯子"}
    return Graph(bundled_ontology(), entities, tuple(said), {}, "2026-11-24", "CC0-1.0", title, "0")


def _view(graph: Graph) -> View:
    snapshot = Snapshot(graph)
    return View(snapshot, snapshot.as_of)


def _search(
    title: str, view: View, pairs: Sequence[tuple[int, int]], limit: int, rounds: int
) -> Searched:
    ontology = view.snapshot.ontology
    automaton = any_of(ontology.path_relations, (True, False), ontology)
    plain = _to_networkx(view, automaton)

    def ours(a: int, b: int) -> int | None:
        found = walk.shortest(view, automaton, a, b, limit, Budget())
        return None if found is None else len(found.hops)

    def theirs(a: int, b: int) -> int | None:
        try:
            return len(nx.bidirectional_shortest_path(plain, a, b)) - 1
        except nx.NetworkXNoPath:
            return None

    lengths = [ours(a, b) for a, b in pairs]
    if lengths != [theirs(a, b) for a, b in pairs]:
        raise RuntimeError(f"{title}: networkx finds paths of other lengths")
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for own, search in zip(times, (ours, theirs), strict=True):
            own.append(median(_time(search, a, b) for a, b in pairs))
    return Searched(title, median(n for n in lengths if n is not None), *times)


def _to_networkx(view: View, automaton: Automaton) -> nx.Graph[int]:
    neighbors = view.neighbors(automaton.moves[0][0][0])
    graph: nx.Graph[int] = nx.Graph()
    for node in range(len(view.snapshot.ids)):
        graph.add_node(node)
        graph.add_edges_from((node, other) for other in neighbors(node))
    return graph


def _time(search: Callable[[int, int], Any], a: int, b: int) -> float:
    begun = time.perf_counter()
    search(a, b)
    return (time.perf_counter() - begun) * 1e6
