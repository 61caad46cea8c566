"""Simple paths between two nodes, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from math import inf

from ecograph.errors import PlanError
from ecograph.plan.automaton import Automaton
from ecograph.store.product import BATCH, Budget, Found, Layer, Moves, Product, size
from ecograph.store.walk import shortest

Nodes = tuple[int, ...]


def simple(
    moves: Moves, automaton: Automaton, source: int, target: int, limit: int, budget: Budget
) -> Iterator[Found]:
    """The paths of at most `limit` steps that repeat no node, by length, then nodes.

    The automaton has one state, which accepts. Paths are distinct by their nodes; each hop is the
    best edge. The work between two paths is polynomial in the size of the graph.
    Raises: PlanError for another automaton; StoreTimeout, from the budget.
    Source: Yen, Finding the K shortest loopless paths in a network, 1971, with the partition of
    Lawler, A procedure for computing the K best solutions, 1972. A part is searched only when its
    turn comes, one length at a time as in Korf, Depth-first iterative-deepening, 1985.
    """
    if automaton.states != 1 or not automaton.accepts_empty:
        raise PlanError("simple paths need an automaton of one state, which accepts")
    best = shortest(moves, automaton, source, target, limit, budget)
    if best is None:
        return
    yield best
    if source == target:
        return
    symbols = automaton.moves[0][0][0]
    search = _Search(Product(moves, automaton, budget), target)
    # A part waits under a bound of its length and its prefix, which none of its paths precedes;
    # then under its best path. No two parts have the same prefix, so parts are never compared.
    waiting: list[tuple[int, Nodes, _Part]] = []
    _split(waiting, best.nodes, _Part((source,)))
    while waiting:
        length, nodes, part = heappop(waiting)
        if nodes[-1] == target:
            hops = (moves.edges(symbols, a, b)[0] for a, b in pairwise(nodes))
            yield Found(nodes, tuple(hops))
            _split(waiting, nodes, part)
        elif path := search.best(part, length):
            heappush(waiting, (length, path, part))
        elif part.least <= limit:
            heappush(waiting, (int(part.least), part.prefix, part))


@dataclass(slots=True)
class _Part:
    """The simple paths that begin with a prefix and do not go on from it to a banned node."""

    prefix: Nodes
    banned: frozenset[int] = frozenset()
    bounds: dict[int, float] = field(default_factory=dict)
    """Node -> no fewer steps to the target without a node of the prefix, where it was found out."""
    least: float = 0
    """No path of the part is shorter."""

    def __post_init__(self) -> None:
        self.bounds |= dict.fromkeys(self.prefix, inf)


def _split(waiting: list[tuple[int, Nodes, _Part]], nodes: Nodes, part: _Part) -> None:
    """Put the rest of a part, without its best path, among the waiting: one part a deviation."""
    length, first = len(nodes) - 1, len(part.prefix)
    rest = _Part(part.prefix, part.banned | {nodes[first]}, part.bounds)
    heappush(waiting, (length, rest.prefix, rest))
    for end in range(first + 1, len(nodes)):
        deviation = _Part(nodes[:end], frozenset({nodes[end]}))
        heappush(waiting, (length, deviation.prefix, deviation))


class _Search:
    """Finds the best path of a part, led by distances to the target."""

    def __init__(self, product: Product, target: int) -> None:
        self._product = product
        self._step = product.forward[0][0][0]
        self._ascending: dict[int, list[int]] = {}
        self._target = target
        self._frontier: Layer = product.ending(target)
        self._seen = {0: {target}}
        self._distance = {target: 0}
        self._depth = 0

    def best(self, part: _Part, length: int) -> Nodes | None:
        """The smallest path of a part at a length that bounds it; without one, sets `part.least`.

        Depth first; whoever leads nowhere within the steps left is given a better bound, so that
        no node is entered twice with as many steps left.
        """
        self._approach(length)
        # Nodes that the search from the target has not met are further off than its depth.
        beyond = self._depth + 1 if self._frontier else inf
        distance, bounds, step, target = self._distance, part.bounds, self._in_order, self._target
        path: list[int] = []
        turns = [iter([n for n in step(part.prefix[-1]) if n not in part.banned])]
        leasts = [inf]
        left = length - len(part.prefix) + 1
        expanded = 0
        while turns:
            least = leasts[-1]
            for node in turns[-1]:
                bound = bounds[node] if node in bounds else distance.get(node, beyond)
                if bound < left:
                    break
                least = min(least, bound)
            else:
                turns.pop()
                leasts.pop()
                if path:
                    bounds[path.pop()] = least + 1
                    leasts[-1] = min(leasts[-1], least + 1)
                    left += 1
                continue
            if node == target:
                self._product.budget.spend(expanded % BATCH)
                return (*part.prefix, *path, node)
            leasts[-1] = least
            path.append(node)
            turns.append(iter(step(node)))
            leasts.append(inf)
            left -= 1
            expanded += 1
            if expanded % BATCH == 0:
                self._product.budget.spend(BATCH)
        self._product.budget.spend(expanded % BATCH)
        part.least = len(part.prefix) + least
        return None

    def _in_order(self, node: int) -> list[int]:
        """The neighbours of a node, ascending."""
        found = self._ascending.get(node)
        if found is None:
            found = self._ascending[node] = sorted(self._step(node))
        return found

    def _approach(self, length: int) -> None:
        """Search from the target: half of the length, and further while that is cheap."""
        while self._frontier and self._depth < length - 1:
            if self._depth >= (length + 1) // 2 and size(self._frontier) > BATCH:
                return
            self._frontier = self._product.expand(
                self._product.backward, self._frontier, self._seen
            )
            self._depth += 1
            for nodes in self._frontier.values():
                self._distance.update(dict.fromkeys(nodes, self._depth))
