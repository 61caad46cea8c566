"""Walks over what a database gave: its part of the graph, as the shared searches see one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ecograph.model.ontology import Ontology
from ecograph.plan.automaton import Symbols
from ecograph.store.plain import Alike
from ecograph.store.view import Memo


class Fetched:
    """Statements as [number, relation type, subject, object, ...], nodes as numbers by their ids.

    What `ecograph.store.product.Moves` asks; every statement is positive and holds.
    """

    def __init__(self, statements: Iterable[Sequence[Any]], ontology: Ontology) -> None:
        self._rank = ontology.relation_rank
        self._links: dict[tuple[str, bool], dict[int, set[int]]] = {}
        self._between: dict[tuple[int, int], dict[int, str]] = {}
        named = ontology.by_enum_value
        for number, type_, subject, object_, *_ in statements:
            relation = named[type_]
            self._links.setdefault((relation, True), {}).setdefault(subject, set()).add(object_)
            self._links.setdefault((relation, False), {}).setdefault(object_, set()).add(subject)
            self._between.setdefault((subject, object_), {})[number] = relation

    def neighbors(
        self, symbols: Symbols, backward: bool = False
    ) -> Callable[[int], frozenset[int]]:
        """Node -> the nodes one step of the symbols away, each once."""
        tables = [self._links.get((name, way != backward), {}) for name, way in symbols]
        return Memo(
            lambda node: frozenset().union(*(table.get(node, ()) for table in tables))
        ).__getitem__

    def alike(self, symbols: Symbols) -> Alike:
        """The graph of these symbols, asked once: nothing is kept for another search."""
        step, back = self.neighbors(symbols), self.neighbors(symbols, backward=True)
        return Alike(step, back, lambda a, b: self.edges(symbols, a, b)[0], None)

    def edges(self, symbols: Symbols, a: int, b: int) -> list[tuple[int, bool]]:
        """(statement, forward) that lead from a to b, best first by the shared rule."""
        found = [
            (self._rank[relation], not forward, number)
            for forward, ends in ((True, (a, b)), (False, (b, a)))
            for number, relation in self._between.get(ends, {}).items()
            if (relation, forward) in symbols
        ]
        return [(number, not backward) for _, backward, number in sorted(found)]
