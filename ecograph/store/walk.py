"""Shortest walks that an automaton accepts: between two nodes, and from one to all it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ecograph.plan.automaton import Automaton
from ecograph.store.plain import shortest_plain
from ecograph.store.product import Budget, Found, Layer, Moves, Product, size

__all__ = ["Budget", "Found", "Moves", "Reached", "reach", "shortest"]


def shortest(
    moves: Moves, automaton: Automaton, source: int, target: int, limit: int, budget: Budget
) -> Found | None:
    """The best of the shortest accepted walks of at most `limit` steps, or None.

    Best: the smallest sequence of nodes from the source, then the best edge hop by hop. With an
    automaton of one state it repeats no node.
    Raises: StoreTimeout, from the budget.
    Source: bidirectional breadth-first search, Pohl, Bi-directional search, 1971.
    """
    if source == target and automaton.accepts_empty:
        return Found((source,), ())
    if automaton.states == 1 and automaton.accepts_empty and automaton.moves[0]:
        return shortest_plain(moves.alike(automaton.moves[0][0][0]), source, target, limit, budget)
    product = Product(moves, automaton, budget)
    ahead, behind = [product.beginning(source)], [product.ending(target)]
    seen_ahead = {state: set(nodes) for state, nodes in ahead[0].items()}
    seen_behind = {state: set(nodes) for state, nodes in behind[0].items()}
    while len(ahead) + len(behind) - 1 <= limit:
        # Whether one step joins the two sides is asked before the smaller one grows: the answer
        # costs less than the next layer would, and the last layer is most of the work.
        if size(ahead[-1]) <= size(behind[-1]):
            if last := product.touching(product.forward, ahead[-1], behind[-1]):
                layers = product.narrow(ahead[:-1], last)
                return product.best(source, [*layers[1:], *behind[::-1]])
            grown = product.expand(product.forward, ahead[-1], seen_ahead)
            ahead.append(grown)
        else:
            if last := product.touching(product.backward, behind[-1], ahead[-1]):
                layers = product.narrow(ahead, last)
                return product.best(source, [*layers[1:], *behind[-2::-1]])
            grown = product.expand(product.backward, behind[-1], seen_behind)
            behind.append(grown)
        if not grown:
            return None
    return None


@dataclass(frozen=True, slots=True)
class Reached:
    """The ends of accepted walks from a node, each once at its least length."""

    source: int
    ends: tuple[tuple[int, int], ...]
    """(length, node), by length, then node."""
    _product: Product = field(repr=False)
    _layers: Sequence[Layer] = field(repr=False)
    _lengths: dict[int, int] = field(repr=False)

    def witness(self, node: int) -> Found:
        """The best of the shortest accepted walks to an end, found when asked for.

        Raises: KeyError if the node is no end; StoreTimeout.
        """
        length = self._lengths[node]
        if length == 0:
            return Found((node,), ())
        last = self._layers[length]
        ending = {
            state: {node}
            for state in self._product.automaton.accepting
            if node in last.get(state, ())
        }
        return self._product.best(self.source, self._product.narrow(self._layers[1:length], ending))


def reach(
    moves: Moves, automaton: Automaton, source: int, limit: int | None, budget: Budget
) -> Reached:
    """Every node at which an accepted walk of at most `limit` steps from the source ends.

    The source counts at length 0 if the automaton accepts the empty walk, else at the length of
    the shortest accepted walk back to it, if there is one.
    Raises: StoreTimeout, from the budget.
    """
    product = Product(moves, automaton, budget)
    layers = [product.beginning(source)]
    seen = {state: set(nodes) for state, nodes in layers[0].items()}
    ends: list[tuple[int, int]] = []
    lengths: dict[int, int] = {}
    while layers[-1]:
        length = len(layers) - 1
        accepted = {n for state in automaton.accepting for n in layers[-1].get(state, ())}
        for node in sorted(accepted - lengths.keys()):
            lengths[node] = length
            ends.append((length, node))
        if length == limit:
            break
        layers.append(product.expand(product.forward, layers[-1], seen))
    return Reached(source, tuple(ends), product, layers, lengths)
