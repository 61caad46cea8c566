"""Walks in Cypher: which automata the database may follow itself, and the patterns that do.

The database walks trails (no relationship twice), an automaton walks walks. They are the same for
what is asked here, least lengths and shortest walks, where `may_match` says so. Stars are walked by
the breadth-first pruning that Cypher plans for `min(length(p))`, one star at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ecograph.model.ontology import screaming
from ecograph.plan.automaton import Automaton, Symbols
from ecograph.plan.steps import Walk
from ecograph.store.cypher_text import Text, arrow, returning, where

BOUNDS = (1, 2, 3, 4, 6, 8, 12, 20, 2**31 - 1)
"""Patterns take no parameter for a bound, so bounds are rounded up to a few; None is without."""


def round_up(limit: int | None) -> int | None:
    """The bound in the text for a limit."""
    return None if limit is None else next(b for b in BOUNDS if b >= limit)


def relations_of(symbols: Symbols, text: Text) -> list[str]:
    """The relations of symbols, in the ontology's order."""
    named = {name for name, _ in symbols}
    return [name for name in text.ontology.relations if name in named]


def every_symbol(automaton: Automaton) -> Symbols:
    """What any move of the automaton matches."""
    return frozenset(s for row in automaton.moves for symbols, _ in row for s in symbols)


def side_of(symbols: Symbols) -> str | None:
    """The one direction in which all symbols are walked; None if they differ."""
    if all(forward for _, forward in symbols):
        return "out"
    if not any(forward for _, forward in symbols):
        return "in"
    return "either" if all((name, not way) in symbols for name, way in symbols) else None


def loops_of(automaton: Automaton) -> Mapping[int, Symbols]:
    """State -> the symbols of its move to itself, if it has one."""
    return {
        state: symbols
        for state, row in enumerate(automaton.moves)
        for symbols, following in row
        if following == state
    }


def in_order(automaton: Automaton) -> list[int] | None:
    """The states so that moves lead on or to themselves; None if there is no such order."""
    into = [0] * automaton.states
    for state, row in enumerate(automaton.moves):
        for _, following in row:
            into[following] += following != state
    ready = [state for state, number in enumerate(into) if not number]
    order: list[int] = []
    while ready:
        order.append(state := ready.pop())
        for _, following in automaton.moves[state]:
            if following != state:
                into[following] -= 1
                if not into[following]:
                    ready.append(following)
    return order if len(order) == automaton.states else None


def may_reach(automaton: Automaton) -> bool:
    """Whether the database can find all ends with their least lengths by stars and steps."""
    loops = loops_of(automaton).values()
    return in_order(automaton) is not None and all(side_of(symbols) for symbols in loops)


def is_chain(automaton: Automaton) -> bool:
    """Whether the states follow one another, and only the last one accepts."""
    last = automaton.states - 1
    return automaton.accepting == {last} and all(
        {n for _, n in row} - {state} == ({state + 1} if state < last else set())
        for state, row in enumerate(automaton.moves)
    )


def may_match(automaton: Automaton) -> bool:
    """Whether the shortest accepted walks are trails, so that one pattern matches just them.

    A shortest walk meets no (state, node) twice. So it uses a statement twice only where two moves
    of one relation lead to different states, or lead back the way they came.
    """
    if not is_chain(automaton) or not every_symbol(automaton):
        return False
    moves = [(s, n) for row in automaton.moves for s, n in row]
    if not all(side_of(symbols) for symbols, _ in moves):
        return False
    if automaton.states == 1:
        return True
    ways = {(name, way) for symbols, _ in moves for name, way in symbols}
    targets = {(name, n) for symbols, n in moves for name, _ in symbols}
    names = {name for name, _ in ways}
    return len(ways) == len(names) == len(targets)


def step(a: str, symbols: Symbols, b: str, text: Text) -> tuple[str, str, list[str]]:
    """One step from a to b: its pattern, its variable, its conditions."""
    r, side = text.alias("r"), side_of(symbols)
    before, after = arrow(f"{r}{text.types(relations_of(symbols, text))}", side or "either")
    conditions = text.holds(r)
    if side is None:
        ways = []
        for way, end in ((True, "startNode"), (False, "endNode")):
            names = [n for n in relations_of(symbols, text) if (n, way) in symbols]
            types = ", ".join(f"'{screaming(name)}'" for name in names)
            if names:
                ways.append(f"(type({r}) IN [{types}] AND {end}({r}) = {a})")
        conditions.append(f"({' OR '.join(ways)})")
    return f"({a}){before}{after}({b})", r, conditions


def star(a: str, symbols: Symbols, b: str, p: str, text: Text, least: int, most: int | None) -> str:
    """The clause of any number of steps from a to b; the walk is p."""
    side = side_of(symbols)
    rs, r = text.alias("rs"), text.alias("r")
    bound = "" if most is None else most
    types = text.types(relations_of(symbols, text))
    before, after = arrow(f"{rs}{types}*{least}..{bound}", side or "either")
    holding = " AND ".join(text.holds(r))
    return f"MATCH {p} = ({a}){before}{after}({b}) WHERE all({r} IN {rs} WHERE {holding})"


def all_shortest(automaton: Automaton, a: str, b: str, p: str, text: Text, most: int | None) -> str:
    """The clause of all shortest walks p from a to b, of an automaton that `may_match`.

    With one state, from one node to another; only allShortestPaths searches from both ends, and
    lists what it finds one by one. SHORTEST takes exponential time over statements read either way.
    """
    if automaton.states > 1:
        return f"MATCH {p} = ALL SHORTEST {_trail(automaton, a, b, text, most)}"
    symbols = every_symbol(automaton)
    rs, r = text.alias("rs"), text.alias("r")
    bound = "" if most is None else most
    types = text.types(relations_of(symbols, text))
    before, after = arrow(f"{rs}{types}*..{bound}", side_of(symbols) or "either")
    holding = " AND ".join(text.holds(r))
    return (
        f"WITH {a}, {b} WHERE {a} <> {b} MATCH {p} = allShortestPaths(({a}){before}{after}({b})) "
        f"WHERE all({r} IN {rs} WHERE {holding})"
    )


def _trail(automaton: Automaton, a: str, b: str, text: Text, most: int | None) -> str:
    """The pattern of all walks from a to b of an automaton that `may_match`."""
    loops, parts = loops_of(automaton), [f"({a})"]
    bound = "*" if most is None else f"{{0,{most}}}"
    for state, row in enumerate(automaton.moves):
        if state in loops:
            parts.append(_quantified(loops[state], bound, text))
        parts += [_quantified(symbols, "{1}", text) for symbols, n in row if n != state]
    return "".join([*parts, f"({b})"])


def _quantified(symbols: Symbols, quantifier: str, text: Text) -> str:
    pattern, _, conditions = step(text.alias("x"), symbols, text.alias("y"), text)
    return f"({pattern}{where(conditions)}){quantifier}"


def reversible(symbols: Symbols) -> Symbols:
    """Symbols that one star can walk: these, or both ways of them where their ways differ."""
    if side_of(symbols):
        return symbols
    return frozenset((name, way) for name, _ in symbols for way in (True, False))


def begin(walk: Walk, start: str | None, text: Text) -> tuple[str, str]:
    """The clause that finds where a walk starts, and its variable."""
    if walk.start is None:
        assert start is not None
        return "", start
    a = text.alias("a")
    return f"MATCH {text.entity(a, walk.start)} ", a


def reach(walk: Walk, a: str, text: Text) -> tuple[str, str, str]:
    """The clauses that find all ends from a: the clauses, and variables of end and length.

    For an automaton that `may_reach`.
    """
    automaton = walk.automaton
    most = text.bound(walk.limit)
    limit = "" if walk.limit is None or most is None else text.value(walk.limit)
    follow = _Reach(automaton, a, text, most, limit)
    return follow.chain() if is_chain(automaton) else follow.ordered()


Grow = Callable[[str, str, Symbols], tuple[str, str, str]]


class _Reach:
    """The clauses of one reach."""

    def __init__(
        self, automaton: Automaton, a: str, text: Text, most: int | None, limit: str
    ) -> None:
        self.automaton, self.a, self.text, self.most = automaton, a, text, most
        self.loops = loops_of(automaton)
        self.limit = limit

    def within(self, length: str) -> str:
        return f" WHERE {length} <= {self.limit}" if self.limit else ""

    def chain(self) -> tuple[str, str, str]:
        text, a, moves = self.text, self.a, self.automaton.moves
        steps = [[s for s, n in row if n != state] for state, row in enumerate(moves)]
        more = self.loops.get(1, frozenset()) if self.loops.keys() == {1} else frozenset()
        # One or more of the same: one star, unless it may lead back the way it came.
        if [more] == steps[0] and self.automaton.states == 2 and side_of(more) != "either":
            m, p, k = text.alias("n"), text.alias("p"), text.alias("l")
            clause = star(a, more, m, p, text, 1, self.most)
            return f"{clause} WITH {a}, {m}, min(length({p})) AS {k}{self.within(k)} ", m, k
        clauses, n, length = "", a, "0"
        for state in range(self.automaton.states):
            if state in self.loops:
                found, n, length = self.closed(n, length, self.loops[state], keep=a)
                clauses += found
            for symbols in steps[state]:
                found, n, length = self.stepped(n, length, symbols, keep=a)
                clauses += found
        if n == a:
            clauses, n, length = self.here()
        return clauses, n, length

    def here(self) -> tuple[str, str, str]:
        n, k = self.text.alias("n"), self.text.alias("l")
        return f"WITH {self.a}, {self.a} AS {n}, 0 AS {k} ", n, k

    def stepped(
        self, n: str, length: str, symbols: Symbols, keep: str = ""
    ) -> tuple[str, str, str]:
        m, k = self.text.alias("n"), self.text.alias("l")
        pattern, _, conditions = step(n, symbols, m, self.text)
        kept = f"{keep}, " if keep else ""
        return (
            f"MATCH {pattern}{where(conditions)} "
            f"WITH {kept}{m}, min({length} + 1) AS {k}{self.within(k)} ", m, k,
        )  # fmt: skip

    def closed(self, n: str, length: str, symbols: Symbols, keep: str = "") -> tuple[str, str, str]:
        text = self.text
        m, p, k = text.alias("n"), text.alias("p"), text.alias("l")
        clause = star(n, symbols, m, p, text, 0, self.most)
        kept = f"{keep}, " if keep else ""
        if length == "0":
            return f"{clause} WITH {kept}{m}, min(length({p})) AS {k}{self.within(k)} ", m, k
        d = text.alias("d")
        return (
            f"{clause} WITH {kept}{n}, {length}, {m}, min(length({p})) AS {d} "
            f"WITH {kept}{m}, min({length} + {d}) AS {k}{self.within(k)} ", m, k,
        )  # fmt: skip

    def ordered(self) -> tuple[str, str, str]:
        """Each state's nodes and least lengths as a list, from those of the states before it."""
        text, a, automaton = self.text, self.a, self.automaton
        order = in_order(automaton)
        assert order is not None
        lists: dict[int, str] = {}
        clauses = ""
        for state in order:
            parts = [f"[[{a}, 0]]"] if state == automaton.start else []
            for before, row in enumerate(automaton.moves):
                for symbols, following in row:
                    if following == state != before and before in lists:
                        parts.append(self._collected(lists[before], symbols, self.stepped))
            q = text.alias("q")
            clauses += f"WITH {', '.join([a, *lists.values()])}, {' + '.join(parts)} AS {q} "
            if state in self.loops:
                grown = self._collected(q, self.loops[state], self.closed)
                q = text.alias("q")
                clauses += f"WITH {', '.join([a, *lists.values()])}, {grown} AS {q} "
            lists[state] = q
        x, n, k = text.alias("x"), text.alias("n"), text.alias("l")
        ends = " + ".join(lists[state] for state in order if state in automaton.accepting)
        clauses += f"UNWIND {ends} AS {x} WITH {a}, {x}[0] AS {n}, min({x}[1]) AS {k} "
        return clauses, n, k

    def _collected(self, q: str, symbols: Symbols, grow: Grow) -> str:
        text = self.text
        x, m, k = text.alias("x"), text.alias("n"), text.alias("l")
        found, n, length = grow(m, k, symbols)
        return (
            f"COLLECT {{ UNWIND {q} AS {x} WITH {x}[0] AS {m}, min({x}[1]) AS {k} "
            f"{found}RETURN [{n}, {length}] }}"
        )


def between(nodes: str, r: str, told: str, symbols: Symbols, text: Text, *, along: bool) -> str:
    """What is told of statements r of symbols: from each of the nodes to the next, or all."""
    x, y = text.alias("x"), text.alias("y")
    types, holding = text.types(relations_of(symbols, text)), text.holds(r)
    if along:
        i = text.alias("i")
        return (
            f"COLLECT {{ UNWIND range(0, size({nodes}) - 2) AS {i} "
            f"WITH {nodes}[{i}] AS {x}, {nodes}[{i} + 1] AS {y} "
            f"MATCH ({x})-[{r}{types}]-({y}){where(holding)} {returning(text, told)} }}"
        )
    return (
        f"COLLECT {{ UNWIND {nodes} AS {x} MATCH ({x})-[{r}{types}]->({y})"
        f"{where([*holding, f'{y} IN {nodes}'])} {returning(text, told)} }}"
    )
