"""The shortest path over links that are all alike: what `walk` finds for an automaton of one state.

Most questions about paths are of this kind, and without states a layer is just a set.
"""

from __future__ import annotations

from itertools import chain, pairwise

from ecograph.plan.automaton import Symbols
from ecograph.store.product import Budget, Found, Moves, Step, batches


def shortest_plain(
    moves: Moves, symbols: Symbols, source: int, target: int, limit: int, budget: Budget
) -> Found | None:
    """The best of the shortest paths of at most `limit` steps between two nodes, or None.

    Best: the smallest sequence of nodes, then hop by hop the best edge.
    Raises: StoreTimeout, from the budget.
    """
    step, back = moves.neighbors(symbols), moves.neighbors(symbols, backward=True)
    ahead, behind = [{source}], [{target}]
    seen_ahead, seen_behind = {source}, {target}
    while len(ahead) + len(behind) - 1 <= limit:
        forward = len(ahead[-1]) <= len(behind[-1])
        layers, seen, move = (ahead, seen_ahead, step) if forward else (behind, seen_behind, back)
        # Whether the two sides touch costs less than the next layer, which is most of the work.
        if meeting := _touching(layers[-1], move, behind[-1] if forward else ahead[-1], budget):
            layers[-1] = meeting
            nodes = _first(step, _narrowed(ahead, behind[-1], step, back, forward, budget), behind)
            return Found(nodes, tuple([moves.edges(symbols, a, b)[0] for a, b in pairwise(nodes)]))
        fresh: set[int] = set()
        for batch in batches(layers[-1], budget):
            fresh.update(*map(move, batch))
        fresh -= seen
        if not fresh:
            return None
        seen |= fresh
        layers.append(fresh)
    return None


def _touching(layer: set[int], move: Step, other: set[int], budget: Budget) -> set[int]:
    """Those of a layer from which one step leads into another."""
    apart = other.isdisjoint
    found: set[int] = set()
    for batch in batches(layer, budget):
        found.update([node for node in batch if not apart(move(node))])
    return found


def _narrowed(
    ahead: list[set[int]],
    following: set[int],
    step: Step,
    back: Step,
    touches: bool,
    budget: Budget,
) -> list[set[int]]:
    """Of the layers from the source, what leads layer by layer on; `touches`: all of the last."""
    kept: list[set[int]] = []
    for number in range(len(ahead) - 1, 0, -1):
        layer = ahead[number]
        if not (touches and number == len(ahead) - 1):
            if len(layer) <= len(following):
                layer = _touching(layer, step, following, budget)
            else:
                before = chain.from_iterable(map(back, following))
                layer = layer.intersection(before)
        kept.append(layer)
        following = layer
    return [ahead[0], *kept[::-1]]


def _first(step: Step, ahead: list[set[int]], behind: list[set[int]]) -> tuple[int, ...]:
    """The smallest sequence of nodes through layers, every node of which leads to the next."""
    (node,) = ahead[0]
    nodes = [node]
    for layer in (*ahead[1:], *behind[::-1]):
        node = min(layer.intersection(step(node)))
        nodes.append(node)
    return tuple(nodes)
