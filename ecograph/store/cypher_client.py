"""Walks that the database cannot follow: it gives all that they may meet, the shared search does.

That is every node that any move may lead to, under what is told of it, and the statements between
them; still one statement. For a page of the best paths it is what these pass, where that can be
told (`cypher_between`). Right before fast: it is for paths that are counted, routes, and automata
with loops of several steps or with stars in mixed directions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from ecograph.errors import CursorError, PlanError
from ecograph.plan.steps import MOST_STEPS, Const, Each, Get, Ref, Select, Shape, Value, Walk
from ecograph.store import simple_paths, walk
from ecograph.store.cypher_between import Between
from ecograph.store.cypher_page import NOWHERE, Keyset
from ecograph.store.cypher_paths import PathColumns, TellPath, numbered
from ecograph.store.cypher_records import EntityRecord, StatementRecord
from ecograph.store.cypher_rows import Part, Rows, parts_of, raw_keys
from ecograph.store.cypher_section import PASSES, ClientOrder, Section
from ecograph.store.cypher_text import Asked, Column, constant, listed, returning, single, where
from ecograph.store.cypher_walk import begin, between, every_symbol, reversible, star
from ecograph.store.cypher_where import to_condition
from ecograph.store.fetched import Fetched
from ecograph.store.paging import Cut, cut_page, is_counted, question_of
from ecograph.store.records import Row
from ecograph.store.rows import told_routes

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler

TellRow = Callable[[Row, "Section", Asked], Any]


def client_form(
    select: Select, source: Walk, start: str | None, compiler: Compiler, *, may_match: bool = False
) -> Column:
    """The expression of a select whose walks are searched here.

    `may_match`: the statement may match the shortest of these walks.
    """
    return Client(select, source, start, compiler, may_match=may_match).column()


class Client:
    """One select under compilation."""

    def __init__(
        self, select: Select, source: Walk, start: str | None, compiler: Compiler,
        *, may_match: bool = False,
    ) -> None:  # fmt: skip
        self.select, self.source, self.compiler = select, source, compiler
        self.text = compiler.text
        self.bounded = may_match and self._is_bounded()
        self.head, self.a = begin(source, start, self.text)
        self.b: str | None = None
        if source.to is not None:
            self.b = self.text.alias("b")
            self.head += f"MATCH {self.text.entity(self.b, source.to)} "
        self.columns = PathColumns(compiler, Shape())
        n = self.columns.n
        self.rows = Rows("", EntityRecord(n), [], [Part(f"{n}.id_rank")], length="length")
        passes = "true"
        if select.where is not None:
            passes = to_condition(select.where, n, self.text, exact=True)
        keys = Keyset(select.order, select.of, False, NOWHERE, self.text.ontology).keys
        plain_keys = [key for key in keys if key.name not in ("length", "offset")]
        numbers, raws = "[]", "[]"
        if source.mode == "reach":
            bare = Select(source, "list", "entity", order=tuple(plain_keys))
            numbers = listed(part.text for part in parts_of(bare, plain_keys, self.rows))
            if keys[0].name != "offset":
                values = raw_keys(keys, self.rows)
                raws = listed("'length'" if value == "length" else value for value in values)
        for text in (passes, numbers, raws):
            self.columns.add_node(Column(text))
        self.among = "[]"
        self.limit = source.limit.name if source.limit is not None else None

    # What is told

    def path(self, shape: Shape) -> TellPath:
        return self.columns.tell_path(shape)

    def node(self, shape: Shape) -> TellRow:
        """What is told of a row's node."""
        if self.select.of == "path":
            tell = self.path(shape)
            return lambda row, part, run: tell(row.node, part.nodes, part.edges, run)
        if self.select.of == "routes":
            return self._routes(shape)
        column = self.compiler.shape(shape, EntityRecord(self.columns.n))
        place = self.columns.add_node(column)
        return lambda row, part, run: column.read(part.nodes[row.node][place], run)

    def _routes(self, shape: Shape) -> TellRow:
        """What is told of the record of all routes."""
        parts = [(key, self._of_routes(value)) for key, value in shape.fields]
        return lambda row, part, run: {key: tell(row.node, part, run) for key, tell in parts}

    def _of_routes(self, value: Value) -> Callable[[Any, Section, Asked], Any]:
        match value:
            case Const(same):
                return constant(same)
            case Get(name, _):
                return lambda told, part, run: told[name]
            case Each(name, shape):
                inner = [(key, self._of_routes(v)) for key, v in shape.fields]
                return lambda told, part, run: [
                    {key: tell(one, part, run) for key, tell in inner} for one in told[name]
                ]
            case Ref("path", shape):
                path = self.path(shape)
                return lambda told, part, run: path(told["path"], part.nodes, part.edges, run)
        raise PlanError(f"routes do not tell {value}")

    def row(self, shape: Shape) -> Callable[[Row, Section, Asked, ClientOrder], Any]:
        """What is told of a row."""
        parts = [(key, self._of_row(value)) for key, value in shape.fields]
        return lambda row, part, run, order: {
            key: tell(row, part, run, order) for key, tell in parts
        }

    def _of_row(self, value: Value) -> Callable[[Row, Section, Asked, ClientOrder], Any]:
        match value:
            case Const(same):
                return constant(same)
            case Get("cursor", _):
                return lambda row, part, run, order: order.cursor(row)
            case Get("length", _):
                return lambda row, part, run, order: row.carried["length"]
            case Ref("node", shape):
                tell = self.node(shape)
                return lambda row, part, run, order: tell(row, part, run)
            case Ref("path", shape):
                told = self.path(shape)
                return lambda row, part, run, order: told(
                    row.carried["witness"](), part.nodes, part.edges, run
                )
        raise PlanError(f"these rows do not tell {value}")

    # What is fetched

    def fetch(self) -> str:
        """The expression of all that the walks may meet."""
        text, a, b, columns = self.text, self.a, self.b, self.columns
        symbols = every_symbol(self.source.automaton)
        m, p, ms, k = (text.alias(letter) for letter in ("n", "p", "ms", "l"))
        kept = f"{a}, {b}" if b else a
        most = text.bound(self.source.limit)
        if most is None and b is not None:
            most = MOST_STEPS
        ends = f"{a}.id_rank, {f'{b}.id_rank' if b else 'null'}"
        edges = between(ms, columns.r, columns.edge, symbols, text, along=False)
        if not symbols:
            found, edges = f"WITH {kept}, [{a}] AS {ms}", "[]"
        elif self.bounded:
            assert b is not None
            assert most is not None
            found = self._passed(a, b, ms, most)
        else:
            found = (
                f"{star(a, reversible(symbols), m, p, text, 0, most)} "
                f"WITH {kept}, {m}, min(length({p})) AS {k} WITH {kept}, collect({m}) AS {ms}"
            )
        among = self.among.replace("@", ms)
        nodes = f"COLLECT {{ UNWIND {ms} AS {columns.n} {returning(text, columns.node)} }}"
        return f"{self.head}{found} {returning(text, f'[{ends}, {nodes}, {edges}, {among}]')}"

    def _passed(self, a: str, b: str, ms: str, most: int) -> str:
        """The clauses of the nodes that the page's paths pass; of all, where it cannot be told."""
        text, automaton = self.text, self.source.automaton
        limit = str(most) if self.source.limit is None else text.value(self.source.limit)
        need = text.param(("need", a), self._needed)
        clauses, near, enough = Between(automaton, a, b, text, most, limit, need).clauses()
        s, m, p, k = (text.alias(letter) for letter in ("s", "n", "p", "l"))
        return (
            f"WITH {a}, {b} {clauses}"
            f"WITH {a}, {b}, {near}, {enough}, COLLECT {{ "
            f"UNWIND CASE WHEN {enough} THEN [] ELSE [{a}] END AS {s} "
            f"{star(s, every_symbol(automaton), m, p, text, 0, most)} "
            f"WITH {m}, min(length({p})) AS {k} RETURN {m} }} AS {ms} "
            f"WITH {a}, {b}, CASE WHEN {enough} THEN {near} ELSE {ms} END AS {ms}"
        )

    def read(self, raw: Any, run: Asked) -> tuple[list[Row], Section, ClientOrder]:
        """The rows that count, unordered, and what their parts are told from."""
        order = self._order(run)
        if raw is None:
            return [], Section({}, {}, []), order
        a, b, nodes, edges, among = raw
        part = Section(numbered(nodes), numbered(edges), among)
        order.part = part
        return list(self._rows(a, b, part, run)), part, order

    def _rows(self, a: int, b: int | None, part: Section, run: Asked) -> Iterator[Row]:
        moves = Fetched(part.edges.values(), self.text.ontology)
        limit = None if self.limit is None else run.parameters[self.limit]
        automaton = self.source.automaton
        if b is None:
            reached = walk.reach(moves, automaton, a, limit, run.budget)
            for length, end in reached.ends:
                if part.nodes[end][PASSES]:
                    yield Row(end, -1, {"length": length, "witness": _witness(reached, end)})
            return
        most = MOST_STEPS if limit is None else limit
        if self.source.mode == "routes":
            assert self.source.most is not None
            wanted = run.parameters[self.source.most.name]
            ends = (moves, automaton, a, b, most)
            yield Row(told_routes(*ends, wanted, self.text.ontology, run.budget))
        elif self.source.mode == "simple":
            found = simple_paths.simple(moves, automaton, a, b, most, run.budget)
            yield from map(Row, islice(found, self._needed(run) if self.bounded else None))
        elif self.source.mode == "shortest":
            if (best := walk.shortest(moves, automaton, a, b, most, run.budget)) is not None:
                yield Row(best)
        else:
            raise PlanError(f"walks of mode {self.source.mode} are not between two ends")

    def _is_bounded(self) -> bool:
        """Whether a page of simple paths is asked for, and not how many there are."""
        select, page = self.select, self.select.page
        return (
            self.source.mode == "simple" and select.form == "connection" and not is_counted(select)
            and page is not None and page.first is not None and page.first.name in self.text.given
        )  # fmt: skip

    def _needed(self, run: Asked) -> int:
        """How many paths the page is cut from, and one to see that there are more."""
        page, parameters = self.select.page, run.parameters
        assert page is not None
        assert page.first is not None
        start = 0
        if page.after is not None and (cursor := parameters[page.after.name]) is not None:
            order = self._order(run)
            with suppress(CursorError):  # which is told where the page is cut
                start = order.offset(cursor, question_of(self.source)(parameters)) + 1
        return int(start + parameters[page.first.name] + 1)

    def _order(self, run: Asked) -> ClientOrder:
        return ClientOrder(
            self.select.order, self.select.of, False, run.directory, self.text.ontology
        )

    # The forms

    def column(self) -> Column:
        """The whole select."""
        tell = self._form()
        asked = question_of(self.source)

        def tell_all(raw: Any, run: Asked) -> Any:
            rows, part, order = self.read(raw, run)
            if order.by_offset:
                question = asked(run.parameters)
                rows = [
                    Row(row.node, -1, {**(row.carried or {}), "place": n, "question": question})
                    for n, row in enumerate(rows)
                ]
            elif self.source.mode == "reach":
                rows.sort(key=order.key)
            return tell(rows, part, run, order)

        return single(self.fetch(), tell_all)

    def _form(self) -> Any:
        """(rows, part, run, order) -> what the form tells of them."""
        select = self.select
        match select.form:
            case "count":
                return lambda rows, part, run, order: len(rows)
            case "one":
                one = self.node(select.shape)
                return lambda rows, part, run, order: one(rows[0], part, run) if rows else None
            case "list":
                node = self.node(select.shape)
                return lambda rows, part, run, order: [node(row, part, run) for row in rows]
            case "rows":
                of_row = self.row(select.shape)
                return lambda rows, part, run, order: [of_row(r, part, run, order) for r in rows]
            case "connection":
                return self._connection()
            case "subgraph":
                return self._subgraph()

    def _connection(self) -> Any:
        parts = [(key, self._of_connection(value)) for key, value in self.select.shape.fields]
        page = self.select.page

        def tell(rows: list[Row], part: Section, run: Asked, order: ClientOrder) -> Any:
            cut = cut_page(page, order)(rows, run)
            return {key: of(len(rows), cut, part, run, order) for key, of in parts}

        return tell

    def _of_connection(
        self, value: Value
    ) -> Callable[[int, Cut, Section, Asked, ClientOrder], Any]:
        match value:
            case Const(same):
                return constant(same)
            case Get("totalCount", _):
                return lambda total, cut, part, run, order: total
            case Each("nodes", shape):
                node = self.node(shape)
                return lambda total, cut, part, run, order: [node(r, part, run) for r in cut[0]]
            case Each("edges", shape):
                row = self.row(shape)
                return lambda total, cut, part, run, order: [
                    row(r, part, run, order) for r in cut[0]
                ]
            case Ref("pageInfo", shape):
                ends = [(key, _end(v)) for key, v in shape.fields]
                return lambda total, cut, part, run, order: {
                    key: end(cut, order) for key, end in ends
                }
        raise PlanError(f"a connection does not tell {value}")

    def _subgraph(self) -> Any:
        text, ms = self.text, "@"
        r, a, b = text.alias("r"), text.alias("x"), text.alias("y")
        parts: list[tuple[str, Callable[..., Any]]] = []
        for key, value in self.select.shape.fields:
            match value:
                case Const(same):
                    parts.append((key, constant(same)))
                case Get("truncated", _):
                    parts.append((key, lambda _rows, cut, *_: cut))
                case Each("nodes", shape):
                    parts.append((key, _each_row(self.row(shape))))
                case Each("statements", shape):
                    column = self.compiler.shape(shape, StatementRecord(r, a, b))
                    types = text.types(self.select.among)
                    told = returning(text, f"[{a}.id_rank, {b}.id_rank, {column.text}]")
                    if self.select.among:
                        self.among = (
                            f"COLLECT {{ UNWIND {ms} AS {a} MATCH ({a})-[{r}{types}]->({b})"
                            f"{where([*text.holds(r), f'{b} IN {ms}'])} {told} "
                            f"ORDER BY {r}.id_rank }}"
                        )
                    parts.append((key, _each_among(column)))
                case _:
                    raise PlanError(f"a subgraph does not tell {value}")
        page = self.select.page

        def tell(rows: list[Row], part: Section, run: Asked, order: ClientOrder) -> Any:
            found, _, cut = cut_page(page, order)(rows, run)
            if not found and not cut:
                return None
            return {key: of(found, cut, part, run, order) for key, of in parts}

        return tell


def _each_row(row: Callable[..., Any]) -> Callable[..., Any]:
    return lambda rows, _cut, part, run, order: [row(r, part, run, order) for r in rows]


def _each_among(column: Column) -> Callable[..., Any]:
    def tell(rows: list[Row], _cut: bool, part: Section, run: Asked, _order: ClientOrder) -> Any:
        inside = {row.node for row in rows}
        return [column.read(raw, run) for a, b, raw in part.among if a in inside and b in inside]

    return tell


def _end(value: Value) -> Callable[[Cut, ClientOrder], Any]:
    match value:
        case Const(same):
            return constant(same)
        case Get("hasNextPage", _):
            return lambda cut, order: cut[2]
        case Get("hasPreviousPage", _):
            return lambda cut, order: cut[1]
        case Get("startCursor", _):
            return lambda cut, order: order.cursor(cut[0][0]) if cut[0] else None
        case Get("endCursor", _):
            return lambda cut, order: order.cursor(cut[0][-1]) if cut[0] else None
    raise PlanError(f"a page does not tell {value}")


def _witness(reached: walk.Reached, end: int) -> Callable[[], Any]:
    return lambda: reached.witness(end)
