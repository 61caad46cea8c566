"""The forms of a select as one expression each: one, list, rows, connection, subgraph, count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ecograph.errors import PlanError
from ecograph.plan.steps import Const, Each, Get, Ref, Select, Shape, Walk
from ecograph.store.cypher_page import NOWHERE, Cut, Keyset, PageText, compile_page
from ecograph.store.cypher_paths import best_path
from ecograph.store.cypher_records import RowRecord, StatementRecord, each
from ecograph.store.cypher_rows import (
    Rows,
    compile_rows,
    ordered,
    parts_of,
    raw_keys,
    variable,
)
from ecograph.store.cypher_text import (
    Asked,
    Column,
    Tell,
    constant,
    listed,
    returning,
    single,
    where,
)

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler


class Form:
    """A select whose rows the database finds, under compilation."""

    def __init__(self, select: Select, start: str | None, compiler: Compiler) -> None:
        self.select = select
        self.compiler = compiler
        self.text = compiler.text
        self.rows = compile_rows(select, start, compiler)
        self.by_statement = self.rows.statement is not None and select.of == "entity"
        self.by_offset = select.order[0].name == "offset"
        self.keys = keyset_keys(select)

    def column(self) -> Column:
        """The whole select."""
        match self.select.form:
            case "count":
                return Column(f"COUNT {{ {self.rows.matched} RETURN 1 }}")
            case "one":
                told = self.node(self.select.shape)
                order = self._order()
                told_text = returning(self.text, told.text)
                return single(f"{self.rows.matched} {told_text}{order} LIMIT 1", told.tell)
            case "list" | "rows":
                told = (self.node if self.select.form == "list" else self.row)(self.select.shape)
                told_text = returning(self.text, told.text)
                text = f"COLLECT {{ {self.rows.matched} {told_text}{self._order()} }}"
                return Column(text, each(told))
            case "connection":
                return Connection(self).column()
            case "subgraph":
                return self.subgraph()

    def _order(self) -> str:
        parts = parts_of(self.select, self.keys, self.rows)
        return f" ORDER BY {ordered(parts, self.rows)}"

    def node(self, shape: Shape) -> Column:
        """What is told of a row's node."""
        told = self.compiler.shape(shape, self.rows.record)
        if self.rows.missing is None:
            return told
        return Column(
            listed([f"{self.rows.missing} IS NOT NULL", told.text]),
            lambda raw, run: told.read(raw[1], run) if raw is not None and raw[0] else None,
        )

    def row(self, shape: Shape, cursor: Column | None = None) -> Column:
        """What is told of a row."""
        rows, source = self.rows, self.select.source
        path = None
        if isinstance(source, Walk) and rows.start is not None:
            a, n, automaton = rows.start, variable(rows.record), source.automaton

            def path(inner: Shape) -> Column:
                return best_path(self.compiler, inner, automaton, a, n, None, None)

        hits = None
        if getattr(source, "carried", False) and rows.place is not None:
            hits = (source.ids, rows.place)  # type: ignore[union-attr]
        record = RowRecord(self.node, rows.statement, rows.length, path, cursor, hits)
        return self.compiler.shape(shape, record)

    def subgraph(self) -> Column:
        """A page of nodes, the statements among them, and whether there are more."""
        select, text, rows = self.select, self.text, self.rows
        page = compile_page(select, rows, text, ends=True)
        rows.conditions += page.only
        n, length = variable(rows.record), rows.length
        ms, ls, i, m = (text.alias(letter) for letter in ("ms", "ls", "i", "n"))
        size = text.alias("c")
        r, a, b = text.alias("r"), text.alias("x"), text.alias("y")
        said = StatementRecord(r, a, b)
        holding = [*text.holds(r), f"{b} IN {ms}"]
        columns: list[str] = []
        parts: list[tuple[str, Callable[[Any, bool, Asked], Any]]] = []
        for key, value in select.shape.fields:
            match value:
                case Const(same):
                    parts.append((key, constant(same)))
                    continue
                case Get("truncated", _):
                    parts.append((key, lambda _raw, cut, _run: cut))
                    continue
                case Each("nodes", shape):
                    told, tell = self._inside(shape, m, length and f"{ls}[{i}]", ms, i)
                case Each("statements", shape):
                    column = self.compiler.shape(shape, said)
                    types = text.types(select.among)
                    told = (
                        f"COLLECT {{ UNWIND {ms} AS {a} MATCH ({a})-[{r}{types}]->({b})"
                        f"{where(holding)} {returning(text, column.text)} ORDER BY {r}.id_rank }}"
                        if select.among else "[]"
                    )  # fmt: skip
                    tell = each(column)
                case _:
                    raise PlanError(f"a subgraph does not tell {value}")
            place = len(columns)
            columns.append(told)
            parts.append((key, _column(place, tell)))
        # One row more than the page was taken, at its end, to see whether there is one.
        order = page.order
        most = self._most(page)
        taken = f"WITH collect({n}) AS {ms}, collect({length or 0}) AS {ls} " if not most else (
            f"WITH collect({n}) AS {size}, collect({length or 0}) AS {ls} "
            f"WITH {size}[0..{most}] AS {ms}, {ls}, {size} "
        )  # fmt: skip
        more = f"size({size}) > {most}" if most else "false"
        tail = page.tail or f" WITH {', '.join(rows.carried)} ORDER BY {order}"
        body = (
            f"{rows.matched}{tail} {taken}"
            f"{returning(text, f'[size({ms}), {more}, {listed(columns)}]')}"
        )

        def tell_all(raw: Any, run: Asked) -> Any:
            # Where the select starts from a record, Cypher groups by it; no rows make no group.
            if raw is None or not (raw[0] or raw[1]):
                return None
            _, cut, values = raw
            return {key: part(values, cut, run) for key, part in parts}

        return single(body, tell_all)

    def _most(self, page: PageText) -> str:
        """The parameter of the page's size, if it has one."""
        given = self.select.page
        if given is None or given.first is None or not page.tail:
            return ""
        return self.text.value(given.first)

    def _inside(
        self, shape: Shape, m: str, length: str | None, ms: str, i: str
    ) -> tuple[str, Tell | None]:
        """The rows of a subgraph, from the list of its nodes."""
        rows = self.rows
        record = type(rows.record)(m)  # type: ignore[call-arg]
        inside = Form.__new__(Form)
        inside.select, inside.compiler, inside.text = self.select, self.compiler, self.text
        inside.by_offset, inside.by_statement, inside.keys = False, False, self.keys
        inside.rows = Rows("", record, [m], rows.natural, length=length, start=rows.start)
        column = inside.row(shape)
        text = (
            f"COLLECT {{ UNWIND range(0, size({ms}) - 1) AS {i} WITH {i}, {ms}[{i}] AS {m} "
            f"{returning(self.text, column.text)} ORDER BY {i} }}"
        )
        return text, each(column)


def keyset_keys(select: Select) -> list[Any]:
    """The keys of a select's order, the last of which makes it total."""
    from ecograph.plan.steps import Key

    tail = [] if select.order[-1].name in ("id", "offset") else [Key("id")]
    return [*select.order, *tail]


def _column(place: int, tell: Tell | None) -> Callable[[Any, bool, Asked], Any]:
    if tell is None:
        return lambda raw, _cut, _run: raw[place]
    return lambda raw, _cut, run: tell(raw[place], run)


class Connection:
    """A connection whose page the database cuts."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.select = form.select
        self.text = form.text
        self.name = form.text.alias("page")
        fields = [value for _, value in form.select.shape.fields]
        info = [v.shape for v in fields if isinstance(v, Ref) and v.name == "pageInfo"]
        asked = {v.name for shape in info for _, v in shape.fields if isinstance(v, Get)}
        self.ends = bool(asked & {"hasNextPage", "hasPreviousPage"})
        shapes = [v.shape for v in fields if isinstance(v, Each) and v.name == "edges"]
        told = {v.name for shape in shapes for _, v in shape.fields if isinstance(v, Get)}
        self.cursors = bool(asked & {"startCursor", "endCursor"}) or "cursor" in told
        self.writer = Keyset(
            self.select.order, self.select.of, form.by_statement, NOWHERE, self.text.ontology
        )

    def column(self) -> Column:
        """The connection."""
        form, text, rows = self.form, self.text, self.form.rows
        counted = f"COUNT {{ {rows.matched} RETURN 1 }}"
        page = compile_page(self.select, rows, text, ends=self.ends)
        raw = listed(raw_keys(form.keys, rows)) if self.cursors and not form.by_offset else "null"
        columns, parts, total = [raw], [], "null"
        for key, value in self.select.shape.fields:
            match value:
                case Const(same):
                    parts.append((key, constant(same)))
                case Get("totalCount", _):
                    total = counted
                    parts.append((key, lambda cut, beside, run: beside[0]))
                case Ref("pageInfo", shape):
                    parts.append((key, self._info(shape)))
                case Each("nodes" | "edges" as name, shape):
                    told = form.node(shape) if name == "nodes" else self._edge(shape)
                    if name == "nodes" and told.text in columns:
                        place = columns.index(told.text)
                    else:
                        place = len(columns)
                        columns.append(told.text)
                    parts.append((key, self._each(place, told.tell, edges=name == "edges")))
                case _:
                    raise PlanError(f"a connection does not tell {value}")
        conditions = [*rows.conditions, *page.only]
        found = "[]"
        if len(columns) > 1 or self.ends or self.cursors:
            found = (
                f"COLLECT {{ {rows.clauses}{where(conditions)}{page.tail} "
                f"{returning(text, listed(columns))} ORDER BY {page.order} }}"
            )
        body = listed([found, total, *page.around])

        def tell(raw: Any, run: Asked) -> Any:
            cut = page.finish(raw[0], raw[2:], run)
            return {key: part(cut, raw[1:], run) for key, part in parts}

        return Column(body, tell)

    def _edge(self, shape: Shape) -> Column:
        form, name = self.form, self.name
        if form.by_offset:
            cursor = Column("null", lambda _, run: self._cursor(run.memo[name]))
        else:
            cursor = Column(
                listed(raw_keys(form.keys, form.rows)), lambda raw, _: self._cursor(raw)
            )
        return form.row(shape, cursor)

    def _cursor(self, values: Sequence[Any]) -> str:
        return self.writer.write(values)

    def _each(
        self, place: int, tell: Tell | None, *, edges: bool
    ) -> Callable[[Cut, Any, Asked], Any]:
        if tell is None:
            return lambda cut, _, run: [raw[place] for raw in cut[0]]
        if not edges or not self.form.by_offset:
            return lambda cut, _, run: [tell(raw[place], run) for raw in cut[0]]
        name = self.name

        def told(cut: Cut, _: Any, run: Asked) -> Any:
            found = []
            for raw in cut[0]:
                run.memo[name] = raw[0]
                found.append(tell(raw[place], run))
            return found

        return told

    def _info(self, shape: Shape) -> Callable[[Cut, Any, Asked], Any]:
        parts = [(key, self._end(value)) for key, value in shape.fields]
        return lambda cut, _, run: {key: part(cut, run) for key, part in parts}

    def _end(self, value: Any) -> Callable[[Cut, Asked], Any]:
        match value:
            case Const(same):
                return constant(same)
            case Get("hasNextPage", _):
                return lambda cut, run: cut[2]
            case Get("hasPreviousPage", _):
                return lambda cut, run: cut[1]
            case Get("startCursor", _):
                return lambda cut, run: self._cursor(cut[0][0][0]) if cut[0] else None
            case Get("endCursor", _):
                return lambda cut, run: self._cursor(cut[0][-1][0]) if cut[0] else None
        raise PlanError(f"a page does not tell {value}")
