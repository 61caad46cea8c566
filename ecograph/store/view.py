"""A snapshot as of a day: which statements hold, what status says, who is next to whom."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from ecograph.model.days import timeline, value_at
from ecograph.model.ontology import WORKED_OUT
from ecograph.plan.automaton import Symbols
from ecograph.store.near import MOST_NODES, Near, Room
from ecograph.store.plain import Alike
from ecograph.store.snapshot import Link, Snapshot

Side = str
MOST_NEIGHBORS = 64
"""Sets of symbols whose neighbours are kept; clients may ask for as many as they like."""
MOST_ALIKE = 8
"""Sets of symbols whose graphs are kept, with the best statement of each hop that was told."""
ROUNDS = 4
"""Times the nodes of the graph: the most nodes of which neighbours are kept, before more are."""


class Memo(dict[Any, Any]):
    """A mapping that computes what it lacks, once."""

    __slots__ = ("_compute",)

    def __init__(self, compute: Callable[[Any], Any]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, key: Any) -> Any:
        value = self[key] = self._compute(key)
        return value


class View:
    """What holds at a day; everything is computed when first asked for, and kept."""

    def __init__(self, snapshot: Snapshot, day: int) -> None:
        self.snapshot = snapshot
        self.day = day
        self._lock = Lock()
        self._neighbors: OrderedDict[tuple[Symbols, bool], Memo] = OrderedDict()
        self._links: dict[tuple[str, Side], Memo] = {}
        self._attributes: dict[str, Memo] = {}
        self._between = Memo(self._by_other_end)
        self._alike: OrderedDict[Symbols, Alike] = OrderedDict()
        self._room = Room()

    def holds(self, s: int) -> bool:
        """Whether the statement is in force: left out only if it surely is not."""
        since, until = self.snapshot.period[s]
        return since <= self.day < until

    def disputed(self, s: int) -> bool:
        """Whether a statement of the same triple says the opposite while both hold."""
        others = self.snapshot.counterparts.get(s, ())
        return bool(others) and self.holds(s) and any(map(self.holds, others))

    def links(self, relation: str, side: Side, include: Sequence[str] = ()) -> Memo:
        """Node -> its links along a relation (out, in or either), by node, then statement.

        Positive statements that hold; `include` adds NEGATED and ENDED ones.
        """
        if include:
            return Memo(lambda node: self._select(node, relation, side, frozenset(include)))
        found = self._links.get((relation, side))
        if found is None:
            found = Memo(lambda node: self._select(node, relation, side, frozenset()))
            self._links[relation, side] = found
        return found

    def _select(self, node: int, relation: str, side: Side, include: frozenset[str]) -> list[Link]:
        snapshot = self.snapshot
        if side == "either":
            both = {*snapshot.links(relation, True).get(node, ())}
            candidates = sorted(both.union(snapshot.links(relation, False).get(node, ())))
        else:
            candidates = snapshot.links(relation, side == "out").get(node, [])
        return [
            link  # the snapshot's own, as there may be as many as there are statements
            for link in candidates
            if ("NEGATED" in include or not snapshot.statements[link[1]].negated)
            and (self.holds(link[1]) or ("ENDED" in include and self._ended(link[1])))
        ]

    def _ended(self, s: int) -> bool:
        return self.snapshot.period[s][1] <= self.day

    # What the walks ask (ecograph.store.walk.Moves)

    def neighbors(
        self, symbols: Symbols, backward: bool = False
    ) -> Callable[[int], frozenset[int]]:
        """Node -> the nodes one step of the symbols away, each once."""
        kept = self._neighbors
        backward = backward and not _is_its_own_inverse(symbols)
        found = kept.get((symbols, backward))
        if found is None:
            sides = [
                (relation, "out" if forward != backward else "in")
                for relation, forward in sorted(symbols)
            ]

            # A set: whether it meets a layer of a search costs what the smaller of the two does.
            def collect(node: int) -> frozenset[int]:
                linked = (self._select(node, r, side, frozenset()) for r, side in sides)
                return frozenset(other for links in linked for other, _ in links)

            found, most = Memo(collect), ROUNDS * len(self.snapshot.entities)
            with self._lock:  # walks run in several threads
                while len(kept) >= MOST_NEIGHBORS or sum(map(len, kept.values())) > most:
                    kept.popitem(last=False)
                    # They hold what was just let go of.
                    self._forget_alike()
                kept[symbols, backward] = found
        return found.__getitem__

    def edges(self, symbols: Symbols, a: int, b: int) -> list[tuple[int, bool]]:
        """(statement, forward) that lead from a to b, best first by the shared rule."""
        snapshot = self.snapshot
        touching, rank = snapshot.touching, snapshot.ontology.relation_rank
        # Of two neighbours one may have thousands; the statements are kept by the other end.
        near, far = (a, b) if len(touching[a]) <= len(touching[b]) else (b, a)
        found = []
        for s in self._between[near].get(far, ()):
            relation, subject = snapshot.statements[s].relation, snapshot.subject[s]
            if subject == a and (relation, True) in symbols:
                found.append((rank[relation], False, s))
            if subject == b and (relation, False) in symbols:
                found.append((rank[relation], True, s))
        if len(found) > 1:
            found.sort()
        return [(s, not backward) for _, backward, s in found]

    def alike(self, symbols: Symbols) -> Alike:
        """The graph of these symbols, for walks that do not tell them apart."""
        found = self._alike.get(symbols)
        if found is None:
            found = self._make_alike(symbols)
            with self._lock:
                if len(self._alike) >= MOST_ALIKE:
                    self._forget_alike()
                found = self._alike.setdefault(symbols, found)
        return found

    def _forget_alike(self) -> None:
        for one in self._alike.values():
            if one.near is not None:
                one.near.close()
        self._alike.clear()

    def _make_alike(self, symbols: Symbols) -> Alike:
        count = len(self.snapshot.ids)
        # By one number for two nodes, so that a hop is one look-up.
        best = Memo(lambda pair: self.edges(symbols, *divmod(pair, count))[0])

        def edge(a: int, b: int) -> tuple[int, bool]:
            found: tuple[int, bool] = best[a * count + b]
            return found

        step, back = self.neighbors(symbols), self.neighbors(symbols, backward=True)
        near = Near(step, back, self._room) if count <= MOST_NODES else None
        return Alike(step, back, edge, near)

    def _by_other_end(self, node: int) -> dict[int, list[int]]:
        """The positive statements at a node that hold, by the node at their other end."""
        snapshot, found = self.snapshot, dict[int, list[int]]()
        for s in snapshot.touching[node]:
            if not snapshot.statements[s].negated and self.holds(s):
                subject = snapshot.subject[s]
                other = snapshot.object[s] if subject == node else subject
                found.setdefault(other, []).append(s)
        return found

    # What an entity is at the day

    def attribute(self, name: str) -> Memo:
        """Entity -> the value of an attribute at the day, None if it has none."""
        found = self._attributes.get(name)
        if found is None:
            entities = self.snapshot.entities
            definition = self.snapshot.ontology.askable[name]
            if name in WORKED_OUT:
                worked_out, ids = self.snapshot.graph.calendar.worked_out(name), self.snapshot.ids
                found = Memo(lambda i: worked_out.get(ids[i]))
            elif definition.events:
                ontology, day = self.snapshot.ontology, self.day
                found = Memo(lambda i: value_at(timeline(entities[i], name, ontology), day))
            else:
                found = Memo(lambda i: entities[i].attributes.get(name))
            self._attributes[name] = found
        return found


def _is_its_own_inverse(symbols: Symbols) -> bool:
    return all((relation, not forward) in symbols for relation, forward in symbols)
