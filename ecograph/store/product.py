"""Breadth-first layers over the product of a graph and an automaton, and the best walk in them.

A product state is a (state, node). Sets of them are kept by state, so that one step of a whole
layer is a few set operations and no loop over edges.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Protocol

from ecograph.plan.automaton import Automaton, Symbols

if TYPE_CHECKING:
    from ecograph.store.plain import Alike

BATCH = 1_024
"""Nodes expanded between two looks at the budget."""


class Moves(Protocol):
    """A graph as walks see it: nodes and statements are numbers in the order of their ids."""

    def neighbors(
        self, symbols: Symbols, backward: bool = False
    ) -> Callable[[int], frozenset[int]]:
        """Node -> the nodes that one of the symbols leads to.

        `backward`: the nodes from which one of the symbols leads to the node.
        """
        ...

    def edges(self, symbols: Symbols, a: int, b: int) -> Sequence[tuple[int, bool]]:
        """(statement, forward) that lead from a to b by one of the symbols, best first.

        Best: the ontology's order of relations, then forward, then the number of the statement.
        """
        ...

    def alike(self, symbols: Symbols) -> Alike:
        """The graph of these symbols, for walks that do not tell them apart."""
        ...


class Budget(Protocol):
    """What a search may spend; raises StoreTimeout when it is spent."""

    def spend(self, expansions: int, /) -> None:
        """Note that so many nodes were expanded."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A walk: its nodes, and between them (statement, forward)."""

    nodes: tuple[int, ...]
    hops: tuple[tuple[int, bool], ...]


Layer = Mapping[int, set[int]]
"""State -> nodes."""

Step = Callable[[int], frozenset[int]]
Steps = list[list[tuple[Step, int]]]


class Product:
    """The product of a graph and an automaton, for one search."""

    def __init__(self, moves: Moves, automaton: Automaton, budget: Budget) -> None:
        self.moves = moves
        self.automaton = automaton
        self.budget = budget
        self.forward: Steps = [
            [(moves.neighbors(symbols), following) for symbols, following in row]
            for row in automaton.moves
        ]
        self.backward: Steps = [[] for _ in automaton.moves]
        for state, row in enumerate(automaton.moves):
            for symbols, following in row:
                self.backward[following].append((moves.neighbors(symbols, backward=True), state))

    def beginning(self, source: int) -> Layer:
        """The layer that walks from a node begin in."""
        return {self.automaton.start: {source}}

    def ending(self, target: int) -> Layer:
        """The layer that accepted walks to a node end in."""
        return {state: {target} for state in self.automaton.accepting}

    def expand(self, steps: Steps, layer: Layer, seen: dict[int, set[int]]) -> Layer:
        """The product states one step away that were not seen; notes them as seen."""
        reached: dict[int, set[int]] = {}
        for state, nodes in layer.items():
            for step, following in steps[state]:
                found = reached.setdefault(following, set())
                for batch in batches(nodes, self.budget):
                    found.update(*map(step, batch))
        fresh: dict[int, set[int]] = {}
        for state, nodes in reached.items():
            known = seen.setdefault(state, set())
            if new := nodes - known:
                known |= new
                fresh[state] = new
        return fresh

    def touching(self, steps: Steps, layer: Layer, other: Layer) -> Layer:
        """Those of a layer from which one step leads into another layer."""
        found: dict[int, set[int]] = {}
        for state, nodes in layer.items():
            for step, following in steps[state]:
                if following in other:
                    apart = other[following].isdisjoint
                    for batch in batches(nodes, self.budget):
                        if hits := {node for node in batch if not apart(step(node))}:
                            found[state] = found[state] | hits if state in found else hits
        return found

    def narrow(self, layers: Sequence[Layer], last: Layer) -> list[Layer]:
        """Of forward layers, what leads layer by layer into the last one; the last one included."""
        kept = [last]
        for layer in reversed(layers):
            if size(layer) <= size(last):
                last = self.touching(self.forward, layer, last)
            else:
                last = self._sources(layer, last)
            kept.append(last)
        return kept[::-1]

    def _sources(self, layer: Layer, other: Layer) -> Layer:
        """What `touching` finds, from the other side: for a small layer after a large one."""
        found: dict[int, set[int]] = {}
        for state, nodes in other.items():
            for step, previous in self.backward[state]:
                if previous in layer:
                    known = found.setdefault(previous, set())
                    for batch in batches(nodes, self.budget):
                        before = chain.from_iterable(map(step, batch))
                        known |= layer[previous].intersection(before)
        return {state: nodes for state, nodes in found.items() if nodes}

    def best(self, source: int, layers: Iterable[Layer]) -> Found:
        """The best walk from a node through layers, every state of which leads to the next layer.

        Best: the smallest sequence of nodes, then hop by hop the first of the graph's edges,
        among all accepted runs. Several states may share a sequence, so sets of them are followed.
        """
        nodes, states = [source], {self.automaton.start}
        for layer in layers:
            nearest = [
                (min(found), following)
                for state in states
                for step, following in self.forward[state]
                if following in layer and (found := layer[following].intersection(step(nodes[-1])))
            ]
            node, _ = min(nearest)
            nodes.append(node)
            states = {following for smallest, following in nearest if smallest == node}
        return Found(tuple(nodes), self._hops(nodes))

    def _hops(self, nodes: Sequence[int]) -> tuple[tuple[int, bool], ...]:
        """The best hops along a sequence of nodes that the automaton accepts."""
        pairs = list(pairwise(nodes))
        edges = self.moves.edges
        if self.automaton.states == 1:
            return tuple(edges(self.automaton.moves[0][0][0], a, b)[0] for a, b in pairs)
        leading: list[Collection[int]] = [self.automaton.accepting]
        for a, b in reversed(pairs):
            leading.append(
                [
                    state
                    for state, row in enumerate(self.automaton.moves)
                    if any(n in leading[-1] and edges(symbols, a, b) for symbols, n in row)
                ]
            )
        hops, states = [], {self.automaton.start}
        for (a, b), following in zip(pairs, leading[-2::-1], strict=True):
            open_moves = [
                (symbols, n)
                for state in states
                for symbols, n in self.automaton.moves[state]
                if n in following
            ]
            hop = edges(frozenset(chain(*(symbols for symbols, _ in open_moves))), a, b)[0]
            states = {n for symbols, n in open_moves if hop in edges(symbols, a, b)}
            hops.append(hop)
        return tuple(hops)


def size(layer: Layer) -> int:
    """How many product states a layer has."""
    return sum(map(len, layer.values()))


def batches(nodes: set[int] | frozenset[int], budget: Budget) -> Iterable[Collection[int]]:
    """The nodes in parts, each counted against the budget."""
    if len(nodes) <= BATCH:
        budget.spend(len(nodes))
        return (nodes,)
    return _cut(nodes, budget)


def _cut(nodes: Iterable[int], budget: Budget) -> Iterator[Collection[int]]:
    rest = iter(nodes)
    while batch := list(islice(rest, BATCH)):
        budget.spend(len(batch))
        yield batch
