"""The shortest path over links that are all alike: what `walk` finds for an automaton of one state.

Most questions about paths are of this kind, and without states a layer is just a set.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from ecograph.plan.automaton import Symbols
from ecograph.store.product import Budget, Found, Moves, Step, batches

Layer = set[int] | frozenset[int]


def shortest_plain(
    moves: Moves, symbols: Symbols, source: int, target: int, limit: int, budget: Budget
) -> Found | None:
    """The best of the shortest paths of at most `limit` steps between two nodes, or None.

    Best: the smallest sequence of nodes, then hop by hop the best edge.
    Raises: StoreTimeout, from the budget.
    """
    step, back = moves.neighbors(symbols), moves.neighbors(symbols, backward=True)
    ahead: list[Layer] = [frozenset((source,))]
    behind: list[Layer] = [frozenset((target,))]
    seen_ahead, seen_behind = {source}, {target}
    while len(ahead) + len(behind) - 1 <= limit:
        forward = len(ahead[-1]) <= len(behind[-1])
        layers, move, other = (ahead, step, behind[-1]) if forward else (behind, back, ahead[-1])
        # Whether the two sides touch costs less than the next layer, which is most of the work.
        if meeting := _touching(layers[-1], move, other, budget):
            layers[-1] = meeting
            kept = _narrowed(ahead, behind[-1], step, back, forward, budget)
            nodes = [source]
            for layer in (*kept, *behind[::-1]):
                nodes.append(min(layer.intersection(step(nodes[-1]))))
            hops = [moves.edges(symbols, a, b)[0] for a, b in pairwise(nodes)]
            return Found(tuple(nodes), tuple(hops))
        fresh: set[int] = set()
        for batch in batches(layers[-1], budget):
            fresh.update(*map(move, batch))
        seen = seen_ahead if forward else seen_behind
        # Not `-=`, which would look at all that was seen.
        fresh = fresh - seen
        if not fresh:
            return None
        seen |= fresh
        layers.append(fresh)
    return None


def _touching(layer: Layer, move: Step, other: Layer, budget: Budget) -> Layer:
    """Those of a layer from which one step leads into another."""
    apart = other.isdisjoint
    found: list[int] = []
    for batch in batches(layer, budget):
        found += [node for node in batch if not apart(move(node))]
    return frozenset(found)


def _narrowed(
    ahead: Sequence[Layer], following: Layer, step: Step, back: Step, touches: bool, budget: Budget
) -> list[Layer]:
    """Of the layers from the source, what leads layer by layer on; `touches`: all of the last."""
    kept: list[Layer] = []
    _, *layers = ahead
    if touches and layers:
        following = layers.pop()
        kept.append(following)
    for layer in reversed(layers):
        if len(layer) <= len(following):
            following = _touching(layer, step, following, budget)
        else:
            following = layer.intersection(chain.from_iterable(map(back, following)))
        kept.append(following)
    return kept[::-1]
