"""Path expressions: SPARQL 1.1 property paths over the relations of an ontology, as values.

Binding, tightest first: groups, `* + ?`, `^`, `/`, `|`. So `^a*` inverts `a*`, and `a/b|c` is
`(a/b)|c`. Source: SPARQL 1.1 Query Language, section 9.1 and grammar rules 88 to 96.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NoReturn

from ecograph.errors import ExpressionError
from ecograph.model.keys import did_you_mean
from ecograph.model.ontology import Ontology

MAX_LENGTH = 1_000
"""Characters in an expression."""

MAX_DEPTH = 32
"""Groups within each other; it also bounds every recursion over an expression."""

Mark = Literal["*", "+", "?"]


@dataclass(frozen=True, slots=True)
class Link:
    """One statement of a relation, from subject to object."""

    relation: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """The same walks from their ends to their starts: `^a`."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other: `a/b`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of them: `a|b`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Any number of times, at least once, or at most once: `a*`, `a+`, `a?`."""

    part: Expression
    mark: Mark


@dataclass(frozen=True, slots=True)
class NegatedSet:
    """One statement of a relation that is not among (relation, forward): `!(a|^b)`."""

    named: tuple[tuple[str, bool], ...]


Expression = Link | Inverse | Sequence | Alternative | Repeat | NegatedSet


def parse(text: str, ontology: Ontology) -> Expression:
    """Read a path expression.

    Nested sequences and alternatives are one; a negated set is in the ontology's order.
    Raises: ExpressionError with the offset of the first fault.
    """
    if len(text) > MAX_LENGTH:
        message = f"the expression has {len(text)} characters; at most {MAX_LENGTH} are read"
        raise ExpressionError(message, text, MAX_LENGTH)
    return _Parser(text, ontology).whole()


def show(expression: Expression) -> str:
    """The canonical text of an expression; parsing it gives the expression again."""
    return _show(expression)[0]


_ALTERNATIVE, _SEQUENCE, _INVERSE, _REPEAT, _PRIMARY = range(5)


def _show(expression: Expression) -> tuple[str, int]:
    """The text of an expression, and how tightly its outermost part binds."""
    match expression:
        case Link(relation):
            return relation, _PRIMARY
        case NegatedSet(named):
            names = [name if forward else f"^{name}" for name, forward in named]
            return f"!{names[0]}" if len(names) == 1 else f"!({'|'.join(names)})", _PRIMARY
        case Repeat(part, mark):
            return _grouped(part, _PRIMARY) + mark, _REPEAT
        case Inverse(part):
            return "^" + _grouped(part, _REPEAT), _INVERSE
        case Sequence(parts):
            return "/".join(_grouped(part, _INVERSE) for part in parts), _SEQUENCE
        case Alternative(parts):
            return "|".join(_grouped(part, _SEQUENCE) for part in parts), _ALTERNATIVE


def _grouped(expression: Expression, least: int) -> str:
    text, binding = _show(expression)
    return text if binding >= least else f"({text})"


_SPACE = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r"\w[\w-]*")
_OPERAND = "a relation, '^', '!' or '('"


class _Parser:
    """Recursive descent, one method a grammar rule; `at` is the offset of the next character."""

    def __init__(self, text: str, ontology: Ontology) -> None:
        self.text = text
        self.ontology = ontology
        self.at = 0
        self.depth = 0

    def whole(self) -> Expression:
        if not self.peek():
            self.fail(f"the expression is empty; write {_OPERAND}", 0)
        found = self.alternative()
        if self.peek():
            self.unexpected("'/', '|' or the end")
        return found

    def alternative(self) -> Expression:
        parts: list[Expression] = []
        while True:
            part = self.sequence()
            parts += part.parts if isinstance(part, Alternative) else [part]
            if not self.take("|"):
                return parts[0] if len(parts) == 1 else Alternative(tuple(parts))

    def sequence(self) -> Expression:
        parts: list[Expression] = []
        while True:
            part = self.element()
            parts += part.parts if isinstance(part, Sequence) else [part]
            if not self.take("/"):
                return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def element(self) -> Expression:
        inverted = self.take("^")
        found = self.primary()
        for mark in ("*", "+", "?"):
            if self.take(mark):
                found = Repeat(found, mark)
                break
        return Inverse(found) if inverted else found

    def primary(self) -> Expression:
        if self.take("!"):
            return self.negated_set()
        if self.peek() == "(":
            return self.group(self.alternative)
        return Link(self.relation(_OPERAND))

    def group(self, inner: Callable[[], Expression]) -> Expression:
        opened = self.at
        if self.depth == MAX_DEPTH:
            self.fail(f"the expression is nested deeper than {MAX_DEPTH} groups", opened)
        self.at += 1
        self.depth += 1
        found = inner()
        self.depth -= 1
        if not self.peek():
            self.fail("this '(' is never closed; write ')' at the end of its group", opened)
        if not self.take(")"):
            self.unexpected("'/', '|' or ')'")
        return found

    def negated_set(self) -> Expression:
        if self.peek() == "(":
            return self.group(self.negated_members)
        return self.negation([self.negated_member("'^', '(' or a relation")])

    def negated_members(self) -> Expression:
        named: list[tuple[str, bool]] = []
        if self.peek() != ")":  # SPARQL allows `!()`: nothing is left out
            named.append(self.negated_member("'^' or a relation"))
            while self.take("|"):
                named.append(self.negated_member("'^' or a relation"))
            if self.peek() not in ("", ")"):
                self.unexpected("'|' or ')', for a negated set holds only relations")
        return self.negation(named)

    def negation(self, named: list[tuple[str, bool]]) -> NegatedSet:
        rank = self.ontology.relation_rank
        return NegatedSet(tuple(sorted(set(named), key=lambda n: (rank[n[0]], not n[1]))))

    def negated_member(self, expected: str) -> tuple[str, bool]:
        forward = not self.take("^")
        return self.relation(expected if forward else "a relation"), forward

    def relation(self, expected: str) -> str:
        self.peek()
        match = _NAME.match(self.text, self.at)
        if match is None:
            self.unexpected(expected)
        name = match[0]
        if name not in self.ontology.relations:
            self.fail(f"unknown relation {name!r}" + self.hint(name), self.at)
        self.at = match.end()
        return name

    def hint(self, name: str) -> str:
        relations = self.ontology.relations
        for relation, meaning in relations.items():
            if meaning.inverse == name:
                return f"; write ^{relation}"
        spelled = self.ontology.by_enum_value.get(name, name)
        return f"; {found}" if (found := did_you_mean(spelled, relations)) else ""

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def take(self, character: str) -> bool:
        found = self.peek() == character
        self.at += found
        return found

    def unexpected(self, expected: str) -> NoReturn:
        character = self.peek()
        found = f"unexpected {character!r}" if character else "the expression ends too early"
        self.fail(f"{found}; expected {expected}", self.at)

    def fail(self, message: str, offset: int) -> NoReturn:
        raise ExpressionError(message, self.text, offset)
