"""Routes: a few ways between two nodes that differ in more than a detour, and avoid hubs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import chain, islice, pairwise, takewhile
from math import log2

from ecograph.errors import PlanError, StoreTimeout
from ecograph.model.ontology import Ontology
from ecograph.plan.automaton import Automaton, Symbols
from ecograph.store.product import BATCH, Budget, Found, Moves
from ecograph.store.simple_paths import simple

HOP = 1_000
"""What a hop costs; and a turn; and there each doubling of the statements that are alike."""
OPTIONAL = 500
"""What a hop costs more that may be taken or not: what is only supported, one of an interface's
providers."""
ABOVE = 5
"""What a turn costs at what stands above both, in turns."""
THROUGH = 8
"""Where a way does not turn, each doubling of the neighbours costs a part of it."""
OVERLAP = 2
"""A route shares fewer than one in so many of the hops of the shorter one of two."""
STRETCH = 3
"""How many times the cost of the cheapest route one may have."""
VIA = 400
"""Ways through single nodes that are compared, the cheapest by their nodes."""
SHORTEST = 200
"""Shortest paths that are compared."""

Nodes = tuple[int, ...]
Symbol = tuple[str, bool]
"""A relation, and whether it is walked from subject to object."""
Hops = frozenset[frozenset[int]]
Step = Callable[[int], Collection[int]]


@dataclass(frozen=True, slots=True)
class Route:
    """A way, what it costs in thousandths of a hop, and its greatest overlap with one before it.

    `overlap` is in percent of the hops of the shorter one, rounded down.
    """

    path: Found
    cost: int
    overlap: int


@dataclass(slots=True)
class Routes:
    """The routes, the cheapest first; `complete`: there was time to compare all."""

    routes: list[Route] = field(default_factory=list)
    complete: bool = True


def find_routes(
    moves: Moves, automaton: Automaton, source: int, target: int, limit: int, most: int,
    ontology: Ontology, budget: Budget, ending: Budget | None = None,
) -> Routes:  # fmt: skip
    """At most `most` routes of at most `limit` steps, the cheapest first; none visits a node twice.

    Each shares fewer than half of the hops of the shorter with any before it, and costs at most
    three times what the cheapest does; of what is left, the one is taken next that is cheapest if
    each hop that it shares costs one more. A hop is shared if it is between the same two nodes,
    whichever the statement. A way costs its hops, those more that may be taken or not, and
    something at each node on it: where it turns, as from two users down to what both use, the
    more, the more statements there are like those of the turn, and more at what stands above both;
    where it goes on, less, by the neighbours. An interface that both ends provide costs what a turn
    and going on do. When the time of `ending` is up, the routes among what was found by then come
    back.
    Raises: PlanError for an automaton of more states than one; StoreTimeout, from `budget` itself.
    Source: k shortest paths with limited overlap, Chondrogiannis, Bouros, Gamper and Leser,
    Alternative routing, 2015, taken greedily from the simple single-via paths (the cheapest ways
    through each node, of all and of those that never turn) of the same authors and Blumenthal,
    Finding k-dissimilar paths with minimum collective length, 2018, and from the shortest simple
    paths. That a route may be so much dearer
    at most is the bounded stretch of Abraham, Delling, Goldberg and Werneck, Alternative routes in
    road networks, 2013. Hubs cost the logarithm of a degree
    as in Moore, Steinke and Tresp, A novel metric for information retrieval in semantic networks,
    2011.
    """
    if automaton.states != 1 or not automaton.accepts_empty:
        raise PlanError("routes need an automaton of one state, which accepts")
    if not automaton.moves[0]:
        only = [Route(Found((source,), ()), 0, 0)] if source == target else []
        return Routes(only[:most])
    spent = ending or budget
    prices = _Prices(moves, automaton.moves[0][0][0], ontology)
    told = Routes()
    found: dict[Nodes, int] = {}
    try:
        shortest = simple(moves, automaton, source, target, limit, spent)
        for one in _equally_short(shortest):
            found[one.nodes] = prices.of(one.nodes)
        if found and source != target:
            every, down = automaton.moves[0][0][0], prices.down
            # A way that never turns says how one comes to the other, so that hubs are no fault.
            for symbols, part in ((every, 1), (down, THROUGH), (every - down, THROUGH)):
                ways = _Ways(moves, symbols, (source, target), limit, spent, part)
                for nodes in islice(ways, VIA):
                    found[nodes] = prices.of(nodes)
    except StoreTimeout:
        if ending is None:
            raise
        told.complete = False
    for cost, nodes, overlap in _differing(found, most):
        told.routes.append(Route(prices.path(nodes), cost, overlap))
    return told


def _differing(found: Mapping[Nodes, int], most: int) -> list[tuple[int, Nodes, int]]:
    """(cost, way, its greatest overlap with one before it) of those that are routes, by cost.

    Each next one is the cheapest, where every hop that it shares with one that was taken costs one
    more: so three ways by one interface do not hide a fourth that has nothing of it.
    """
    cheapest = min(found.values(), default=0)
    left = sorted((cost, nodes) for nodes, cost in found.items() if cost <= STRETCH * cheapest)
    waiting = [(cost, cost, nodes, 0) for cost, nodes in left]
    heapify(waiting)
    taken: list[tuple[int, Nodes, Hops]] = []
    while waiting and len(taken) < most:
        _, cost, nodes, seen = heappop(waiting)
        hops = frozenset(map(frozenset, pairwise(nodes)))
        if any(OVERLAP * len(hops & o) >= min(len(hops), len(o)) for _, _, o in taken[seen:]):
            continue
        if seen < len(taken):
            shared = sum(len(hops & other) for _, _, other in taken)
            heappush(waiting, (cost + HOP * shared, cost, nodes, len(taken)))
        else:
            taken.append((cost, nodes, hops))
    taken.sort(key=lambda one: one[:2])
    return [
        (cost, nodes, max((_overlap(hops, other) for _, _, other in taken[:n]), default=0))
        for n, (cost, nodes, hops) in enumerate(taken)
    ]


def _overlap(a: Hops, b: Hops) -> int:
    """How many of the hops of the shorter one are shared, in percent, rounded down."""
    return 100 * len(a & b) // min(len(a), len(b))


def _equally_short(paths: Iterator[Found]) -> Iterator[Found]:
    """The paths of the least length."""
    best = next(paths, None)
    if best is not None:
        others = takewhile(lambda path: len(path.hops) == len(best.hops), paths)
        yield from islice(chain((best,), others), SHORTEST)


class _Prices:
    """What ways cost, by how many statements there are like theirs."""

    def __init__(self, moves: Moves, symbols: frozenset[Symbol], ontology: Ontology) -> None:
        self._moves, self._symbols = moves, symbols
        # What provides an interface stands below it, as that stands below what needs it.
        self._upward = frozenset(ontology.of_interfaces)
        rank = ontology.relation_rank
        optional = ontology.bound_by("supports")
        self._hop_costs = {
            s: HOP + OPTIONAL * (s[0] in optional or (s[0] in self._upward and not s[1]))
            for s in symbols
        }
        # The cheapest first, then as edges are: by the rank of the relation, then forward.
        ordered = sorted(symbols, key=lambda s: (self._hop_costs[s], rank[s[0]], not s[1]))
        self._steps: dict[Symbol, Step] = {s: moves.neighbors(frozenset({s})) for s in ordered}
        self._all: Step = moves.neighbors(symbols)
        self._hops: dict[tuple[int, int], Symbol] = {}
        self.down = frozenset(filter(self._is_down, symbols))
        """What leads down, from what needs a thing, or from an interface to what provides it."""

    def of(self, nodes: Nodes) -> int:
        """What a way costs, in thousandths of a hop."""
        symbols = [self._hop(a, b) for a, b in pairwise(nodes)]
        shared = [way for _, way in symbols] == [True, False]
        if shared and {relation for relation, _ in symbols} <= self._upward:
            # An interface that both ends provide is what they have most in common.
            like = min(self._count(nodes[1], symbol) for symbol in self._turned(*symbols))
            return 3 * HOP + round(HOP * log2(like) / THROUGH)
        passed = zip(nodes[1:-1], pairwise(symbols), strict=True)
        hops = sum(map(self._hop_costs.__getitem__, symbols))
        return hops + sum(self._passing(node, a, b) for node, (a, b) in passed)

    def path(self, nodes: Nodes) -> Found:
        """The path along nodes, each hop the best."""
        hops = (
            self._moves.edges(frozenset({self._hop(a, b)}), a, b)[0] for a, b in pairwise(nodes)
        )
        return Found(nodes, tuple(hops))

    def _hop(self, a: int, b: int) -> Symbol:
        """The symbol of the best hop from a node to another."""
        found = self._hops.get((a, b))
        if found is None:
            found = self._hops[a, b] = next(s for s, step in self._steps.items() if b in step(a))
        return found

    def _passing(self, node: int, a: Symbol, b: Symbol) -> int:
        """What it costs to come to a node by one hop and to leave it by another."""
        if self._is_down(a) == self._is_down(b):
            return round(HOP * log2(max(1, len(self._all(node)))) / THROUGH)
        like = min(self._count(node, symbol) for symbol in self._turned(a, b))
        return round(HOP * (1 if self._is_down(a) else ABOVE) + HOP * log2(like))

    def _turned(self, a: Symbol, b: Symbol) -> tuple[Symbol, Symbol]:
        """Two hops as both are seen from the node between them."""
        relation, forward = a
        return (relation, not forward), b

    def _count(self, node: int, symbol: Symbol) -> int:
        step = self._steps.get(symbol)
        return 1 if step is None else max(1, len(step(node)))

    def _is_down(self, symbol: Symbol) -> bool:
        relation, forward = symbol
        return forward != (relation in self._upward)


@dataclass(frozen=True, slots=True)
class _Label:
    """A way from one end to a node: what it costs without that node, and the way before it."""

    cost: int
    hops: int
    node: int
    before: _Label | None = None

    def nodes(self) -> Nodes:
        """The nodes from the node back to the end."""
        found, label = [self.node], self.before
        while label is not None:
            found.append(label.node)
            label = label.before
        return tuple(found)


class _Ways:
    """The cheapest ways through each node, by the degrees of their nodes; all of them simple.

    Each doubling of a degree costs one in `part` of a hop. Only nodes count that lie on some walk
    within the limit, so that nothing beyond is asked.
    """

    def __init__(
        self, moves: Moves, symbols: Symbols, ends: tuple[int, int], limit: int, budget: Budget,
        part: int,
    ) -> None:  # fmt: skip
        self._part = part
        self._forward: Step = moves.neighbors(symbols)
        self._backward: Step = moves.neighbors(symbols, backward=True)
        self._ends, self._limit, self._budget = ends, limit, budget
        self._costs: dict[int, int] = dict.fromkeys(ends, 0)

    def __iter__(self) -> Iterator[Nodes]:
        source, target = self._ends
        ahead = self._distances(self._forward, source)
        behind = self._distances(self._backward, target)
        near = {
            node for node in ahead.keys() & behind.keys()
            if ahead[node] + behind[node] <= self._limit
        }  # fmt: skip
        if not near:
            return
        out = self._labels(self._forward, source, near, behind)
        back = self._labels(self._backward, target, near, ahead)
        waiting = []
        for node in sorted(near):
            pairs = self._pairs(out[node], back[node])
            self._budget.spend(1 + len(pairs))
            cost = self._cost(node)
            waiting += [(a.cost + b.cost + cost, node, n, a, b) for n, (a, b) in enumerate(pairs)]
        heapify(waiting)
        seen: set[Nodes] = set()
        while waiting:
            self._budget.spend(1)
            _, _, _, a, b = heappop(waiting)
            nodes = (*a.nodes()[::-1], *b.nodes()[1:])
            if len(set(nodes)) == len(nodes) and nodes not in seen:
                seen.add(nodes)
                yield nodes

    def _pairs(self, out: list[_Label], back: list[_Label]) -> list[tuple[_Label, _Label]]:
        return [(a, b) for a in out for b in back if a.hops + b.hops <= self._limit]

    def _cost(self, node: int) -> int:
        found = self._costs.get(node)
        if found is None:
            degree = len({*self._forward(node), *self._backward(node)})
            found = self._costs[node] = round(HOP * log2(degree) / self._part)
        return found

    def _distances(self, step: Step, start: int) -> dict[int, int]:
        """Node -> the fewest steps to it, within the limit."""
        found = {start: 0}
        layer = {start}
        for distance in range(1, self._limit + 1):
            self._budget.spend(len(layer))
            layer = {n for node in layer for n in step(node)} - found.keys()
            found.update(dict.fromkeys(layer, distance))
        return found

    def _labels(
        self, step: Step, start: int, near: set[int], rest: Mapping[int, int]
    ) -> dict[int, list[_Label]]:
        """Node -> its cheapest ways from an end, each next one dearer and of fewer hops.

        Source: label setting for shortest paths with resources, Desrochers and Soumis, 1988.
        """
        found: dict[int, list[_Label]] = {node: [] for node in near}
        waiting = [(0, 0, start, 0, _Label(0, 0, start))]
        number = 0
        while waiting:
            cost, hops, node, _, label = heappop(waiting)
            known = found[node]
            if known and known[-1].hops <= hops:
                continue
            known.append(label)
            number += 1
            if number % BATCH == 0:
                self._budget.spend(BATCH)
            if node in self._ends and node != start:
                continue
            reached = cost + HOP + self._cost(node)
            for other in step(node):
                if other not in near or hops + 1 + rest[other] > self._limit:
                    continue
                others = found[other]
                if not others or others[-1].hops > hops + 1:
                    way = _Label(reached, hops + 1, other, label)
                    heappush(waiting, (reached, hops + 1, other, number, way))
        return found
