"""Paths: what the database gives of their nodes and statements, and how a path found is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ecograph.errors import PlanError
from ecograph.plan.automaton import Automaton
from ecograph.plan.steps import Const, Each, Get, Param, Ref, Shape, Value
from ecograph.store.cypher_records import EntityRecord, StatementRecord
from ecograph.store.cypher_text import Asked, Column, listed, returning, single
from ecograph.store.cypher_walk import all_shortest, between, every_symbol, reversible, star
from ecograph.store.fetched import Fetched
from ecograph.store.product import Found
from ecograph.store.walk import shortest

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler


class Hop(NamedTuple):
    """One step of a path: from a to b, over a statement, along it or against it."""

    a: int
    b: int
    statement: int
    forward: bool


Raws = Mapping[int, Sequence[Any]]
"""Number -> what the database gave of the node or statement."""

TellPath = Callable[[Found, Raws, Raws, Asked], dict[str, Any]]
TellHop = Callable[[Hop, Raws, Raws, Asked], Any]

MANY = 1_000
"""Shortest walks that are compared in the database."""
ENDLESS = 2**31
"""No walk has as many steps."""


class PathColumns:
    """What is told of paths under one shape, and what must be fetched of nodes and statements."""

    def __init__(self, compiler: Compiler, shape: Shape) -> None:
        self.n, self.r = compiler.text.alias("n"), compiler.text.alias("r")
        self._compiler = compiler
        # A node's list begins with its number; a statement's with its own, its type, its ends'.
        self._nodes: list[str] = [f"{self.n}.id_rank"]
        self._edges = [
            f"{self.r}.id_rank", f"type({self.r})", f"startNode({self.r}).id_rank",
            f"endNode({self.r}).id_rank",
        ]  # fmt: skip
        self.tell = self.tell_path(shape)

    @property
    def node(self) -> str:
        """What is fetched of the node n."""
        return listed(self._nodes)

    @property
    def edge(self) -> str:
        """What is fetched of the statement r."""
        return listed(self._edges)

    def add_node(self, column: Column) -> int:
        """Fetch more of each node: its place in the list."""
        self._nodes.append(column.text)
        return len(self._nodes) - 1

    def tell_path(self, shape: Shape) -> TellPath:
        """How a path is told under one more shape."""
        parts = [(key, self._part(value)) for key, value in shape.fields]
        return lambda found, nodes, edges, run: {
            key: part(found, nodes, edges, run) for key, part in parts
        }

    def _part(self, value: Value) -> Callable[[Found, Raws, Raws, Asked], Any]:
        match value:
            case Const(text):
                return lambda found, nodes, edges, run: text
            case Get("length", _):
                return lambda found, nodes, edges, run: len(found.hops)
            case Each("nodes", shape):
                read = self._node(shape)
                return lambda found, nodes, edges, run: [read(nodes[n], run) for n in found.nodes]
            case Each("hops", shape):
                parts = [(key, self._hop(v)) for key, v in shape.fields]
                return lambda found, nodes, edges, run: [
                    {key: part(hop, nodes, edges, run) for key, part in parts}
                    for hop in hops(found)
                ]
        raise PlanError(f"a path does not tell {value}")

    def _hop(self, value: Value) -> TellHop:
        match value:
            case Const(text):
                return lambda hop, nodes, edges, run: text
            case Get("forward", _):
                return lambda hop, nodes, edges, run: hop.forward
            case Ref("from", shape):
                read = self._node(shape)
                return lambda hop, nodes, edges, run: read(nodes[hop.a], run)
            case Ref("to", shape):
                read = self._node(shape)
                return lambda hop, nodes, edges, run: read(nodes[hop.b], run)
            case Ref("statement", shape):
                column = self._compiler.shape(shape, StatementRecord(self.r))
            case Get(name, lang):
                column = StatementRecord(self.r).get(name, lang, self._compiler.text)
            case _:
                raise PlanError(f"a hop does not tell {value}")
        self._edges.append(column.text)
        place = len(self._edges) - 1
        return lambda hop, nodes, edges, run: column.read(edges[hop.statement][place], run)

    def _node(self, shape: Shape) -> Callable[[Sequence[Any], Asked], Any]:
        column = self._compiler.shape(shape, EntityRecord(self.n))
        place = self.add_node(column)
        return lambda raw, run: column.read(raw[place], run)


def numbered(raws: Sequence[Sequence[Any]]) -> Raws:
    """What the database gave, by its number."""
    return {raw[0]: raw for raw in raws}


def best_path(compiler: Compiler, shape: Shape, automaton: Automaton, a: str, b: str,
              most: int | None, limit: Param | None) -> Column:  # fmt: skip
    """The best of the shortest walks between two variables, for an automaton that `may_match`.

    Of all shortest walks the database takes the one whose sequence of id ranks is the smallest,
    and gives all statements from each of its nodes to the next; the shared search tells the hops.
    Where there are more than MANY, which may be without end, it gives all that they may meet.
    """
    text = compiler.text
    columns = PathColumns(compiler, shape)
    p, ps, x, m, many, best, ms, s, k, q = (text.alias(letter) for letter in (
        "p", "ps", "x", "n", "many", "best", "ms", "s", "l", "p",
    ))  # fmt: skip
    symbols = every_symbol(automaton)
    walks = all_shortest(automaton, a, b, p, text, most)
    here = f"CASE WHEN {a} = {b} THEN [[{a}]] ELSE {best} END" if automaton.states == 1 else best
    told = returning(text, columns.node)
    ns = f"coalesce({best}[0], [])"
    edges = [
        between(nodes, columns.r, columns.edge, symbols, text, along=along)
        for nodes, along in ((ns, True), (ms, False))
    ]
    nodes = f"COLLECT {{ UNWIND {ns} + {ms} AS {columns.n} {told} }}"
    query = (
        f"WITH {a}, {b}, COLLECT {{ {walks} WITH {p} LIMIT {MANY + 1} RETURN {p} }} AS {ps} "
        f"WITH {a}, {b}, size({ps}) > {MANY} AS {many}, COLLECT {{ UNWIND {ps} AS {p} "
        f"WITH {p} ORDER BY [{x} IN nodes({p}) | {x}.id_rank] LIMIT 1 RETURN nodes({p}) }} "
        f"AS {best} "
        f"WITH {a}, {b}, {many}, {here} AS {best} "
        f"WITH {a}, {b}, {best}, COLLECT {{ "
        f"UNWIND CASE WHEN {many} THEN [{a}] ELSE [] END AS {s} "
        f"{star(s, reversible(symbols), m, q, text, 0, most)} "
        f"WITH {m}, min(length({q})) AS {k} RETURN {m} }} AS {ms} "
        f"{returning(text, listed([f'{a}.id_rank', f'{b}.id_rank', ' + '.join(edges), nodes]))}"
    )
    name = None if limit is None else limit.name

    def tell(raw: Any, run: Asked) -> Any:
        if raw is None or not raw[3]:
            return None
        start, end, statements, nodes = raw
        within = None if name is None else run.parameters[name]
        if within is None:
            within = ENDLESS if most is None else most
        moves = Fetched(statements, text.ontology)
        found = shortest(moves, automaton, start, end, within, run.budget)
        if found is None:
            return None
        return columns.tell(found, numbered(nodes), numbered(statements), run)

    return single(query, tell)


def hops(found: Found) -> list[Hop]:
    """The steps of a path with their two ends."""
    steps = zip(found.nodes, found.nodes[1:], found.hops, strict=False)
    return [Hop(a, b, s, forward) for a, b, (s, forward) in steps]
