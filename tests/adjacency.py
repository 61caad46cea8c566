"""A small graph as walks see it, with its ontology, automata and a budget that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ecograph.errors import StoreTimeout
from ecograph.model.ontology import Kind, Ontology, Relation, Texts
from ecograph.plan.automaton import Automaton, Symbols, any_of, compile_expression
from ecograph.plan.expression import parse
from ecograph.store.near import Near, Room
from ecograph.store.plain import Alike

TEXT = Texts(en="x", zh="x")
RELATIONS = ("a", "b", "twin")


def relation(name: str) -> Relation:
    return Relation(
        label=TEXT, description=TEXT, inverse=f"{name}By", inverse_label=TEXT, domain=("Thing",),
        range=("Thing",), symmetric=name == "twin",
        sentence=Texts(en="{subject} {object}", zh="{subject} {object}"),
    )  # fmt: skip


ONTOLOGY = Ontology(
    kinds={"Thing": Kind(label=TEXT, description=TEXT)}, enumerations={}, attributes={},
    events={}, qualifiers={}, relations={name: relation(name) for name in RELATIONS},
)  # fmt: skip

EITHER_WAY = any_of(RELATIONS, (True, False), ONTOLOGY)
FORWARD = any_of(RELATIONS, (True,), ONTOLOGY)


def along(text: str) -> Automaton:
    return compile_expression(parse(text, ONTOLOGY), ONTOLOGY)


class Adjacency:
    """Statements (subject, relation, object), numbered from 0, as walks see them."""

    def __init__(self, statements: Iterable[tuple[int, str, int]]) -> None:
        self.statements = list(statements)
        self.steps: dict[int, list[tuple[str, bool, int, int]]] = {}
        for number, (subject, name, object_) in enumerate(self.statements):
            self.steps.setdefault(subject, []).append((name, True, number, object_))
            self.steps.setdefault(object_, []).append((name, False, number, subject))
        self.room = Room()
        self.masked = True
        self.kept: dict[Symbols, Alike] = {}

    def neighbors(
        self, symbols: Symbols, backward: bool = False
    ) -> Callable[[int], frozenset[int]]:
        wanted = {(name, way != backward) for name, way in symbols}
        found = {
            node: frozenset(other for name, way, _, other in steps if (name, way) in wanted)
            for node, steps in self.steps.items()
        }
        return lambda node: found.get(node, frozenset())

    def alike(self, symbols: Symbols) -> Alike:
        if symbols not in self.kept:
            step, back = self.neighbors(symbols), self.neighbors(symbols, backward=True)
            near = Near(step, back, self.room) if self.masked else None
            self.kept[symbols] = Alike(step, back, lambda a, b: self.edges(symbols, a, b)[0], near)
        return self.kept[symbols]

    def edges(self, symbols: Symbols, a: int, b: int) -> list[tuple[int, bool]]:
        found = [
            (RELATIONS.index(name), not way, number)
            for name, way, number, other in self.steps.get(a, ())
            if other == b and (name, way) in symbols
        ]
        return [(number, not against) for _, against, number in sorted(found)]


class Expansions:
    """A budget that counts, and ends a search that takes more than it allows."""

    def __init__(self, allowed: int = 1_000_000) -> None:
        self.allowed = allowed
        self.total = 0
        self.largest = 0

    def spend(self, expansions: int, /) -> None:
        self.total += expansions
        self.largest = max(self.largest, expansions)
        if self.total > self.allowed:
            raise StoreTimeout("the deadline passed")


def ladder(rungs: int) -> tuple[Adjacency, int]:
    """2 ** rungs shortest paths from 0 to the node returned."""
    statements: list[tuple[int, str, int]] = []
    before = [0]
    for rung in range(rungs):
        here = [2 * rung + 1, 2 * rung + 2]
        statements += [(a, "a", b) for a in before for b in here]
        before = here
    end = 2 * rungs + 1
    return Adjacency([*statements, *((a, "a", end) for a in before)]), end
