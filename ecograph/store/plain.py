"""The shortest path over links that are all alike: what `walk` finds for an automaton of one state.

Most questions about paths are of this kind, and without states a layer is just a set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, pairwise

from ecograph.store.product import BATCH, Budget, Found, Step, batches

Layer = set[int] | frozenset[int]

ROOM = 100_000
"""Nodes in all rings that are kept for one view, about 5 MB."""


class Rings:
    """What is exactly two steps away from a node, as searches left it, for many sets of symbols.

    Searches begin at the same nodes again and again, and the second layer is the first one that
    costs more than a look-up. Bounded in nodes; when the bound is passed, all are dropped.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._size = 0
        self._tables: list[dict[int, Layer]] = []

    def open(self) -> dict[int, Layer]:
        """A table, node -> ring, for one set of symbols and one direction."""
        self._tables.append({})
        return self._tables[-1]

    def close(self, table: dict[int, Layer]) -> None:
        """Forget a table."""
        self._tables = [other for other in self._tables if other is not table]
        self._size -= sum(map(len, table.values()))
        table.clear()

    def keep(self, table: dict[int, Layer], node: int, ring: Layer) -> None:
        """Put a ring into a table, unless it takes more than a tenth of the room."""
        if len(ring) > self._room // 10:
            return
        self._size += len(ring)
        if self._size > self._room:
            self._size = len(ring)
            for kept in self._tables:
                kept.clear()
        table[node] = ring


@dataclass(frozen=True, slots=True)
class Alike:
    """A graph with one kind of step, as it is walked from the source and back from the target."""

    step: Step
    back: Step
    edge: Callable[[int, int], tuple[int, bool]]
    """(a, b) -> the best of the (statement, forward) that lead from a to b."""
    rings: Rings
    ahead: dict[int, Layer]
    behind: dict[int, Layer]


def shortest_plain(
    graph: Alike, source: int, target: int, limit: int, budget: Budget
) -> Found | None:
    """The best of the shortest paths of at most `limit` steps between two nodes, or None.

    Best: the smallest sequence of nodes, then hop by hop the best edge.
    Raises: StoreTimeout, from the budget.
    """
    nodes = _search(graph, source, target, limit, budget)
    if nodes is None:
        return None
    edge = graph.edge
    return Found(tuple(nodes), tuple([edge(a, b) for a, b in pairwise(nodes)]))


def _search(graph: Alike, source: int, target: int, limit: int, budget: Budget) -> list[int] | None:
    step, back = graph.step, graph.back
    after, before = step(source), back(target)
    budget.spend(2)
    if target in after:
        return [source, target] if limit >= 1 else None
    meeting: Layer
    if meeting := after & before:
        return [source, min(meeting), target] if limit >= 2 else None
    ahead: list[Layer] = [{source}, after - {source} if source in after else after]
    behind: list[Layer] = [{target}, before - {target} if target in before else before]
    seen_ahead: set[int] = set()
    seen_behind: set[int] = set()
    while len(ahead) + len(behind) - 1 <= limit:
        near, far = ahead[-1], behind[-1]
        if not near or not far:
            return None
        # Whether the two sides touch costs less than the next layer, which is most of the work.
        if len(near) <= len(far):
            ring = graph.ahead.get(source) if len(ahead) == 2 else None
            if ring is not None:
                if meeting := ring & far:
                    ahead.append(meeting)
                    del behind[-1]
                    return _best(ahead, behind, graph, budget)
            elif meeting := _touching(near, step, far, budget):
                ahead[-1] = meeting
                return _best(ahead, behind, graph, budget)
            else:
                ring = _grown(ahead, step, seen_ahead, budget)
                if len(ahead) == 2:
                    graph.rings.keep(graph.ahead, source, ring)
            ahead.append(ring)
        else:
            ring = graph.behind.get(target) if len(behind) == 2 else None
            if ring is not None:
                if meeting := ring & near:
                    ahead[-1] = meeting
                    return _best(ahead, behind, graph, budget)
            elif meeting := _touching(far, back, near, budget):
                behind[-1] = meeting
                ahead[-1] = near.intersection(chain.from_iterable(map(back, meeting)))
                return _best(ahead, behind, graph, budget)
            else:
                ring = _grown(behind, back, seen_behind, budget)
                if len(behind) == 2:
                    graph.rings.keep(graph.behind, target, ring)
            behind.append(ring)
    return None


def _grown(layers: list[Layer], move: Step, seen: set[int], budget: Budget) -> Layer:
    """What is one step beyond the last layer and in none of them; `seen` is kept for the next."""
    fresh: set[int] = set()
    for batch in batches(layers[-1], budget):
        fresh.update(*map(move, batch))
    if seen:
        seen |= layers[-1]
    else:
        seen.update(*layers)
    # Not `-=`, which would look at all that was seen.
    return fresh - seen


def _touching(layer: Layer, move: Step, other: Layer, budget: Budget) -> Layer:
    """Those of a layer from which one step leads into another."""
    apart = other.isdisjoint
    if len(layer) <= BATCH:
        budget.spend(len(layer))
        return {node for node in layer if not apart(move(node))}
    found: set[int] = set()
    for batch in batches(layer, budget):
        found.update([node for node in batch if not apart(move(node))])
    return found


def _best(ahead: list[Layer], behind: list[Layer], graph: Alike, budget: Budget) -> list[int]:
    """The smallest sequence of nodes through layers; each of the last one ahead leads behind."""
    step, back = graph.step, graph.back
    for place in range(len(ahead) - 2, 0, -1):
        layer, following = ahead[place], ahead[place + 1]
        if len(layer) <= len(following):
            ahead[place] = _touching(layer, step, following, budget)
        else:
            ahead[place] = layer.intersection(chain.from_iterable(map(back, following)))
    node = min(ahead[1])
    nodes = [*ahead[0], node]
    for layer in chain(ahead[2:], reversed(behind)):
        node = min(layer & step(node))
        nodes.append(node)
    return nodes
