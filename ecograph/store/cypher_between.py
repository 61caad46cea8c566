"""The nodes that short walks from one node to another pass: enough to find the best paths.

With L the least length, a walk of L + 1 steps repeats no node, since a loop less would leave fewer
steps than L; one of L + 2 does only by stepping aside and back. So what walks of that many
steps pass holds all paths of that length, and a number of them, at least, can be counted there
(docs/decisions/0015-paths-in-the-database.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from ecograph.plan.automaton import Automaton
from ecograph.store.cypher_text import Text, where
from ecograph.store.cypher_walk import all_shortest, every_symbol, step

MOST_LAYERS = 4
"""Around either end; around one of them a last one may follow."""


class Between:
    """Two balls: `h` steps around a, `g` around b; walks of h + g steps or fewer meet in both.

    Source: Pohl, Bi-directional search, 1971. Each search then goes on within the other's ball.
    """

    def __init__(
        self, automaton: Automaton, a: str, b: str, text: Text, most: int, limit: str, need: str
    ) -> None:
        """For an automaton of one state that `may_match`; `limit` and `need` are expressions."""
        self.automaton, self.a, self.b, self.text = automaton, a, b, text
        self.most, self.limit, self.need = most, limit, need
        self.symbols = every_symbol(automaton)
        self.layers = min(MOST_LAYERS, (most + 1) // 2)
        self.enough, self.small = text.alias("enough"), text.alias("small")
        self.h, self.g = text.alias("h"), text.alias("g")
        # A ball is the lists of what is at most 0, 1, 2, ... steps away; then its outermost layer.
        self.fs, self.gs = text.alias("fs"), text.alias("gs")
        self.f, self.e = text.alias("f"), text.alias("e")
        self.state = [self.enough, self.small, self.h, self.g, self.fs, self.gs, self.f, self.e]

    def clauses(self) -> tuple[str, str, str]:
        """The clauses, and the variables of the nodes and of whether they are enough.

        They are where paths along them are all there are of at most `limit` steps, or `need` of
        them at least, the shortest.
        """
        wider = f"(NOT {self.enough} AND {self.small})"
        parts = [self._begin()]
        for layer in range(self.layers):
            parts.append(self._grow(self.fs, self.f, f"{self.h} > {layer}", ahead=True))
            parts.append(self._grow(self.gs, self.e, f"{self.g} > {layer}", ahead=False))
        parts.append(self._count())
        # Where they are too few, one step more, on the side of the smaller radius.
        on_f, on_g = f"{wider} AND {self.h} = {self.g}", f"{wider} AND {self.h} > {self.g}"
        parts.append(self._grow(self.fs, self.f, on_f, ahead=True))
        parts.append(self._grow(self.gs, self.e, on_g, ahead=False))
        radius = {
            radius: f"size({ball}) - 1" for radius, ball in ((self.h, self.fs), (self.g, self.gs))
        }
        parts += [self._set(radius), self._count()]
        gathered, nodes = self._gather()
        return "".join([*parts, gathered]), nodes, self.enough

    def _set(self, changes: dict[str, str], more: Iterable[str] = ()) -> str:
        """A WITH of all that is kept."""
        state = [f"{changes[v]} AS {v}" if v in changes else v for v in self.state]
        return f"WITH {', '.join([self.a, self.b, *state, *more])} "

    def _begin(self) -> str:
        """How many steps to begin with, one more than the least, and balls of no layer."""
        text, a, b = self.text, self.a, self.b
        p, s, n = text.alias("p"), text.alias("s"), text.alias("l")
        shortest = all_shortest(self.automaton, a, b, p, text, self.most)
        most = 2 * self.layers
        return (
            f"WITH {a}, {b}, COLLECT {{ {shortest} WITH {p} LIMIT 1 RETURN length({p}) }} AS {s} "
            f"WITH {a}, {b}, size({s}) = 0 AS {self.enough}, CASE WHEN size({s}) = 0 THEN 0 "
            f"WHEN {s}[0] < {self.limit} THEN {s}[0] + 1 ELSE {self.limit} END AS {n} "
            f"WITH {a}, {b}, {self.enough}, {n} <= {most} AS {self.small}, "
            f"CASE WHEN {n} <= {most} THEN {n} ELSE 0 END AS {n} "
            f"WITH {a}, {b}, {self.enough}, {self.small}, ({n} + 1) / 2 AS {self.h}, "
            f"{n} / 2 AS {self.g}, [[{a}]] AS {self.fs}, [[{b}]] AS {self.gs}, "
            f"[{a}] AS {self.f}, [{b}] AS {self.e} "
        )

    def _grow(self, ball: str, layer: str, when: str, *, ahead: bool) -> str:
        """One more layer around an end, where `when` holds."""
        n, more = self.text.alias("n"), self.text.alias("more")
        found = self._next(layer, when, f"NOT {n} IN {ball}[-1]", n, ahead=ahead)
        return self._set({}, [f"{found} AS {n}", f"{when} AS {more}"]) + self._set({
            ball: f"CASE WHEN {more} THEN {ball} + [{ball}[-1] + {n}] ELSE {ball} END",
            layer: f"CASE WHEN {more} THEN {n} ELSE {layer} END",
        })  # fmt: skip

    def _next(self, nodes: str, when: str, condition: str, n: str, *, ahead: bool) -> str:
        """What is one step from nodes."""
        x = self.text.alias("x")
        pattern, _, conditions = step(
            *((x, self.symbols, n) if ahead else (n, self.symbols, x)), self.text
        )
        return (
            f"COLLECT {{ UNWIND CASE WHEN {when} THEN {nodes} ELSE [] END AS {x} "
            f"MATCH {pattern}{where([*conditions, condition])} RETURN DISTINCT {n} }}"
        )

    def _count(self) -> str:
        """Whether the paths are enough.

        A node m of the outermost layer around a, between different nodes before and after it, is
        on a path that has it there; and paths with other m, or another node after it, differ. An m
        that is nearer to b than what is after it does not count: from there it may be passed again.
        """
        m, u, v, s = (self.text.alias(letter) for letter in ("n", "x", "y", "s"))
        before, _, first = step(u, self.symbols, m, self.text)
        after, _, second = step(m, self.symbols, v, self.text)
        conditions = [
            *first, *second, f"{u} IN {self.fs}[-2]", f"{v} IN {self.gs}[-2]",
            f"{u} <> {v}", f"{v} <> {m}", f"NOT {m} IN coalesce({self.gs}[-3], [])",
        ]  # fmt: skip
        found = (
            f"COLLECT {{ UNWIND CASE WHEN {self.enough} OR {self.g} = 0 THEN [] ELSE {self.f} END "
            f"AS {m} MATCH {before} MATCH {after}{where(conditions)} "
            f"RETURN DISTINCT [{m}.id_rank, {v}.id_rank] LIMIT {self.need} }}"
        )
        enough = (
            f"{self.enough} OR {self.small} AND "
            f"({self.h} + {self.g} >= {self.limit} OR size({s}) >= {self.need})"
        )
        return self._set({}, [f"{found} AS {s}"]) + self._set({self.enough: enough})

    def _gather(self) -> tuple[str, str]:
        """What both balls hold, and what leads there, as near to either end as steps are left."""
        x, both, ms = self.text.alias("x"), self.text.alias("both"), self.text.alias("ms")
        shared = f"UNWIND {self.fs}[-1] AS {x} WITH {x} WHERE {x} IN {self.gs}[-1] RETURN {x}"
        parts, found = [self._set({}, [f"COLLECT {{ {shared} }} AS {both}"])], [both]
        for ball, radius, ahead in ((self.gs, self.g, True), (self.fs, self.h, False)):
            nodes = both
            for near in range(1, self.layers if ahead else self.layers + 1):
                n = self.text.alias("n")
                inside = f"{n} IN {ball}[-{near + 1}]"
                more = self._next(nodes, f"{radius} > {near}", inside, n, ahead=ahead)
                parts.append(self._set({}, [*found, f"{more} AS {n}"]))
                found.append(n)
                nodes = n
        every = " + ".join([f"[{self.a}, {self.b}]", *found])
        parts.append(
            f"WITH {self.a}, {self.b}, {self.enough}, "
            f"COLLECT {{ UNWIND {every} AS {x} RETURN DISTINCT {x} }} AS {ms} "
        )
        return "".join(parts), ms
