"""Path expressions compiled to finite automata over statements and their direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from ecograph.errors import ExpressionError
from ecograph.model.ontology import Ontology
from ecograph.plan.expression import (
    Alternative,
    Expression,
    Inverse,
    Link,
    NegatedSet,
    Repeat,
    Sequence,
    show,
)

Symbols = frozenset[tuple[str, bool]]
"""What one step may be: (relation, forward), forward being from subject to object."""

MAX_STATES = 200


@dataclass(frozen=True, slots=True)
class Automaton:
    """Accepts walks; starts in state 0; moves[state] = ((symbols, next state), ...).

    Without empty moves or dead ends; from one state to another there is at most one move.
    """

    states: int
    accepting: frozenset[int]
    moves: tuple[tuple[tuple[Symbols, int], ...], ...]
    start: int = 0

    @property
    def accepts_empty(self) -> bool:
        """Whether a walk of no steps is accepted."""
        return self.start in self.accepting


def any_of(relations: Iterable[str], directions: Iterable[bool], ontology: Ontology) -> Automaton:
    """The automaton of one state that accepts every walk over the relations.

    `directions` holds True to walk statements from subject to object, False for the other way;
    symmetric relations are walked both ways in any case.
    """
    ways = tuple(directions)
    symbols = _symmetric({(name, way) for name in relations for way in ways}, ontology)
    return Automaton(1, frozenset({0}), (((symbols, 0),) if symbols else (),))


def compile_expression(expression: Expression, ontology: Ontology) -> Automaton:
    """The automaton of a path expression: Glushkov's, with states merged that are alike.

    Raises: ExpressionError if it has more than MAX_STATES states before merging.
    Source: Glushkov, The abstract theory of automata, 1961; the merging goes on from
    Ilie and Yu, Follow automata, 2003.
    """
    moves, accepting = _glushkov(expression, ontology)
    return _numbered(*_merged(*_trimmed(moves, accepting)))


_Moves = list[dict[int, Symbols]]
"""By state: next state -> the symbols that lead to it."""


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A part of an expression, by the positions (occurrences of links) it may begin and end at."""

    empty: bool
    first: frozenset[int]
    last: frozenset[int]


class _Positions:
    """The positions of an expression, and which of them may follow which."""

    def __init__(self, expression: Expression, ontology: Ontology) -> None:
        self.expression = expression
        self.ontology = ontology
        self.symbols: list[Symbols] = [frozenset()]  # position 0 is the start
        self.follow: list[set[int]] = [set()]

    def read(self, part: Expression, inverted: bool = False) -> _Fragment:
        match part:
            case Link(relation):
                return self.position({(relation, not inverted)})
            case NegatedSet(named):
                allowed = _allowed(named, self.ontology)
                return self.position({(name, way != inverted) for name, way in allowed})
            case Inverse(inner):
                return self.read(inner, not inverted)
            case Repeat(inner, mark):
                found = self.read(inner, inverted)
                if mark != "?":
                    self.join(found, found)
                return _Fragment(found.empty or mark != "+", found.first, found.last)
            case Sequence(parts):
                ordered = parts[::-1] if inverted else parts
                found = self.read(ordered[0], inverted)
                for following in ordered[1:]:
                    found = self.chain(found, self.read(following, inverted))
                return found
            case Alternative(parts):
                every = [self.read(choice, inverted) for choice in parts]
                return _Fragment(
                    any(f.empty for f in every),
                    frozenset(chain(*(f.first for f in every))),
                    frozenset(chain(*(f.last for f in every))),
                )

    def position(self, symbols: set[tuple[str, bool]]) -> _Fragment:
        if len(self.symbols) == MAX_STATES:
            raise ExpressionError(
                f"the expression needs more than {MAX_STATES} states; name fewer relations",
                show(self.expression), 0,
            )  # fmt: skip
        here = frozenset({len(self.symbols)})
        self.symbols.append(_symmetric(symbols, self.ontology))
        self.follow.append(set())
        return _Fragment(False, here, here)

    def join(self, a: _Fragment, b: _Fragment) -> None:
        for position in a.last:
            self.follow[position] |= b.first

    def chain(self, a: _Fragment, b: _Fragment) -> _Fragment:
        self.join(a, b)
        first = a.first | b.first if a.empty else a.first
        last = a.last | b.last if b.empty else b.last
        return _Fragment(a.empty and b.empty, first, last)


def _glushkov(expression: Expression, ontology: Ontology) -> tuple[_Moves, set[int]]:
    positions = _Positions(expression, ontology)
    whole = positions.read(expression)
    positions.follow[0] |= whole.first
    moves: _Moves = [{p: positions.symbols[p] for p in after} for after in positions.follow]
    return moves, {*whole.last, *([0] if whole.empty else [])}


def _allowed(named: tuple[tuple[str, bool], ...], ontology: Ontology) -> set[tuple[str, bool]]:
    """What a negated set matches: per direction that it names, every other relation but the hubs.

    A set that names no direction (`!()`) is about the forward one, as in SPARQL.
    """
    ways = {forward for _, forward in named} or {True}
    return {(name, way) for name in ontology.path_relations for way in ways} - {*named}


def _symmetric(symbols: set[tuple[str, bool]], ontology: Ontology) -> Symbols:
    """The symbols, with both directions of every symmetric relation among them."""
    both = {(name, not way) for name, way in symbols if ontology.relations[name].symmetric}
    return frozenset(symbols | both)


def _trimmed(moves: _Moves, accepting: set[int]) -> tuple[_Moves, set[int]]:
    """Without moves that match nothing and without moves into states that accept nothing."""
    alive = set(accepting)
    size = -1
    while size != len(alive):
        size = len(alive)
        alive |= {
            state for state, row in enumerate(moves) if any(row[n] for n in row.keys() & alive)
        }
    kept = [{n: symbols for n, symbols in row.items() if symbols and n in alive} for row in moves]
    return kept, accepting


def _merged(moves: _Moves, accepting: set[int]) -> tuple[_Moves, set[int]]:
    """With states merged that have the same moves and accept alike, until no two do."""
    while True:
        classes: dict[tuple[bool, frozenset[tuple[int, Symbols]]], int] = {}
        of = [
            classes.setdefault((state in accepting, frozenset(row.items())), len(classes))
            for state, row in enumerate(moves)
        ]
        if len(classes) == len(moves):
            return moves, accepting
        merged: _Moves = [{} for _ in classes]
        for state, row in enumerate(moves):
            merged[of[state]] = _by_class(row, of)
        moves, accepting = merged, {of[state] for state in accepting}


def _by_class(row: Mapping[int, Symbols], classes: list[int]) -> dict[int, Symbols]:
    found: dict[int, Symbols] = {}
    for following, symbols in row.items():
        to = classes[following]
        known = found.get(to)
        if known is not symbols:
            found[to] = symbols if known is None else known | symbols
    return found


def _numbered(moves: _Moves, accepting: set[int]) -> Automaton:
    """The states that the start reaches, numbered in the order in which it reaches them."""
    number = {0: 0}
    for state in (order := [0]):
        for following in sorted(moves[state]):
            if following not in number:
                number[following] = len(order)
                order.append(following)
    rows = (
        tuple(sorted(((symbols, number[n]) for n, symbols in moves[s].items()), key=_next_state))
        for s in order
    )
    accepted = frozenset(number[state] for state in accepting if state in number)
    return Automaton(len(order), accepted, tuple(rows))


def _next_state(move: tuple[Symbols, int]) -> int:
    return move[1]
