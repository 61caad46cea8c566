"""The shortest path over links that are all alike: what `walk` finds for an automaton of one state.

Most questions about paths are of this kind, and without states a layer is just a set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from ecograph.store.near import Near
from ecograph.store.product import Budget, Found, Step, batches

Layer = set[int] | frozenset[int]


@dataclass(frozen=True, slots=True)
class Alike:
    """A graph with one kind of step, as it is walked from the source and back from the target."""

    step: Step
    back: Step
    edge: Callable[[int, int], tuple[int, bool]]
    """(a, b) -> the best of the (statement, forward) that lead from a to b."""
    near: Near | None
    """For short paths, unless the graph is too large for it."""


def shortest_plain(
    graph: Alike, source: int, target: int, limit: int, budget: Budget
) -> Found | None:
    """The best of the shortest paths of at most `limit` steps between two nodes, or None.

    Best: the smallest sequence of nodes, then hop by hop the best edge.
    Raises: StoreTimeout, from the budget.
    """
    budget.spend(4)
    nodes = None if graph.near is None else graph.near.path(source, target)
    if nodes is None:
        nodes = _search(graph, source, target, limit, budget)
    if nodes is None or len(nodes) > limit + 1:
        return None
    edge = graph.edge
    return Found(tuple(nodes), tuple([edge(a, b) for a, b in pairwise(nodes)]))


def _search(graph: Alike, source: int, target: int, limit: int, budget: Budget) -> list[int] | None:
    step, back = graph.step, graph.back
    ahead: list[Layer] = [frozenset((source,))]
    behind: list[Layer] = [frozenset((target,))]
    seen_ahead, seen_behind = {source}, {target}
    while len(ahead) + len(behind) - 1 <= limit:
        # Whether the two sides touch costs less than the next layer, which is most of the work.
        if len(ahead[-1]) <= len(behind[-1]):
            if meeting := _touching(ahead[-1], step, behind[-1], budget):
                ahead[-1] = meeting
                break
            fresh = _grown(ahead[-1], step, seen_ahead, budget)
            ahead.append(fresh)
        else:
            if meeting := _touching(behind[-1], back, ahead[-1], budget):
                behind[-1] = meeting
                ahead[-1] = ahead[-1].intersection(chain.from_iterable(map(back, meeting)))
                break
            fresh = _grown(behind[-1], back, seen_behind, budget)
            behind.append(fresh)
        if not fresh:
            return None
    else:
        return None
    nodes = [source]
    for layer in (*_narrowed(ahead, step, back, budget), *behind[::-1]):
        nodes.append(min(layer.intersection(step(nodes[-1]))))
    return nodes


def _grown(layer: Layer, move: Step, seen: set[int], budget: Budget) -> Layer:
    """What is one step beyond a layer, and was not seen before; it is now."""
    fresh: set[int] = set()
    for batch in batches(layer, budget):
        fresh.update(*map(move, batch))
    # Not `-=`, which would look at all that was seen.
    fresh = fresh - seen
    seen |= fresh
    return fresh


def _touching(layer: Layer, move: Step, other: Layer, budget: Budget) -> Layer:
    """Those of a layer from which one step leads into another."""
    apart = other.isdisjoint
    found: list[int] = []
    for batch in batches(layer, budget):
        found += [node for node in batch if not apart(move(node))]
    return frozenset(found)


def _narrowed(ahead: Sequence[Layer], step: Step, back: Step, budget: Budget) -> list[Layer]:
    """Of the layers beyond the source, what leads layer by layer to the last one."""
    kept = [*ahead[1:]]
    for place in range(len(kept) - 2, -1, -1):
        layer, following = kept[place], kept[place + 1]
        if len(layer) <= len(following):
            kept[place] = _touching(layer, step, following, budget)
        else:
            kept[place] = layer.intersection(chain.from_iterable(map(back, following)))
    return kept
