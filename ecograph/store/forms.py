"""The forms of a select: one, list, rows, connection, subgraph, count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ecograph.errors import PlanError
from ecograph.plan.encode import FALSE, NULL, TRUE, scalar, template
from ecograph.plan.steps import (
    Const,
    Each,
    Expand,
    Get,
    Key,
    Predicate,
    Ref,
    Scan,
    Select,
    Shape,
    Walk,
)
from ecograph.store.base import Budget
from ecograph.store.filters import compile_predicate, keep_rows
from ecograph.store.order import Order
from ecograph.store.paging import Cut, cut_page, is_counted, question_of
from ecograph.store.records import Row
from ecograph.store.rows import Run, compile_source

if TYPE_CHECKING:
    from ecograph.store.memory import Compiler, Tell

Listed = Callable[[Any, Run], Iterable[Row]]


def compile_form(select: Select, compiler: Compiler, *, keep: bool = True) -> Tell:
    """Select -> (start, run -> JSON); `keep` what is told of the one node, if it is one."""
    order = order_of(select, compiler)
    listed = _list_rows(select, order, compiler)
    match select.form:
        case "count":
            return lambda start, run: scalar(sum(1 for _ in listed(start, run)))
        case "one":
            tell = compiler.shape(select.shape, "node", order, keep=keep)

            def one(start: Any, run: Run) -> bytes:
                row = next(iter(listed(start, run)), None)
                return NULL if row is None else tell(row.node, run)

            return one
        case "list":
            tell_all = compiler.shapes(select.shape, "node", order)
            return lambda start, run: tell_all([r.node for r in listed(start, run)], run)
        case "rows":
            tell_all = compiler.shapes(select.shape, "row", order)
            return lambda start, run: tell_all(list(listed(start, run)), run)
        case "subgraph":
            return _subgraph(select, order, listed, compiler)
        case "connection":
            return _connection(select, order, listed, compiler)


def order_of(select: Select, compiler: Compiler) -> Order:
    """The order of a select's rows."""
    by_statement = isinstance(select.source, Expand) and not select.source.everything
    return Order(select.order, compiler.view, select.of, by_statement)


def _list_rows(select: Select, order: Order, compiler: Compiler) -> Listed:
    """All rows that count, in order."""
    rows = compile_source(select.source, compiler.view, compiler.records)
    if isinstance(select.source, Scan) and select.order != (Key("id"),):
        # All of a kind in an order: the same in every run, so sorted once.
        kept = sorted(rows(None, Run({}, Budget())), key=order.key)
        rows = lambda start, run: kept  # noqa: E731
    if select.where is not None:
        rows = _filtered(rows, select.where, compiler)
    if order.by_offset:
        return _numbered(rows, select) if select.form == "connection" else rows
    by_number = select.order == (Key("id"),) and not isinstance(select.source, Walk)
    if by_number or isinstance(select.source, Scan) or select.form == "count":
        return rows
    return _sorted(rows, order)


class Numbered:
    """Rows with their places, which count in one question only; numbered as they are taken."""

    def __init__(self, rows: Iterable[Row], question: str) -> None:
        self.rows = rows if isinstance(rows, list) else list(rows)
        self.question = question

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return number_rows(self.rows, self.question)


def number_rows(rows: Iterable[Row], question: str) -> Iterator[Row]:
    """The rows with their places."""
    for place, r in enumerate(rows):
        yield Row(r.node, r.statement, {**(r.carried or {}), "place": place, "question": question})


def _numbered(rows: Listed, select: Select) -> Listed:
    asked = question_of(select.source)
    if is_counted(select):
        return lambda start, run: Numbered(rows(start, run), asked(run.parameters))
    return lambda start, run: number_rows(rows(start, run), asked(run.parameters))


def _filtered(rows: Listed, where: Predicate, compiler: Compiler) -> Listed:
    predicate = compile_predicate(where, compiler.view, compiler.records)
    return lambda start, run: keep_rows(rows(start, run), predicate(run.parameters), run.budget)


def _sorted(rows: Listed, order: Order) -> Listed:
    def listed(start: Any, run: Run) -> list[Row]:
        found = list(rows(start, run))
        run.budget.spend(len(found))
        return sorted(found, key=order.key)

    return listed


def _connection(select: Select, order: Order, listed: Listed, compiler: Compiler) -> Tell:
    text = template(select.shape)
    cut = cut_page(select.page, order)
    parts = [_part(value, order, compiler) for _, value in select.shape.fields]

    def tell(start: Any, run: Run) -> bytes:
        rows = listed(start, run)
        if not order.by_offset and not isinstance(rows, list):
            rows = list(rows)
        page = cut(rows, run)
        run.budget.spend(len(page[0]))
        return text % tuple([part(rows, page, run) for part in parts])

    return tell


def _part(value: Any, order: Order, compiler: Compiler) -> Callable[[Any, Cut, Run], bytes]:
    match value:
        case Get("totalCount", _):
            return lambda rows, page, run: scalar(len(rows))
        case Ref("pageInfo", shape):
            return _page_info(shape, order)
        case Each("nodes", shape):
            tell_all = compiler.shapes(shape, "node", order)
            return lambda rows, page, run: tell_all([r.node for r in page[0]], run)
        case Each("edges", shape):
            tell_rows = compiler.shapes(shape, "row", order)
            return lambda rows, page, run: tell_rows(page[0], run)
        case Const(text):
            constant = scalar(text)
            return lambda rows, page, run: constant
    raise PlanError(f"a connection does not tell {value}")


def _page_info(shape: Shape, order: Order) -> Callable[[Any, Cut, Run], bytes]:
    text = template(shape)

    def tell(_: Any, page: Cut, run: Run) -> bytes:
        rows, before, after = page
        values = []
        for _key, value in shape.fields:
            match value:
                case Get("hasNextPage", _):
                    values.append(TRUE if after else FALSE)
                case Get("hasPreviousPage", _):
                    values.append(TRUE if before else FALSE)
                case Get("startCursor", _):
                    values.append(scalar(order.cursor(rows[0]) if rows else None))
                case Get("endCursor", _):
                    values.append(scalar(order.cursor(rows[-1]) if rows else None))
                case Const(constant):
                    values.append(scalar(constant))
        return text % tuple(values)

    return tell


def _subgraph(select: Select, order: Order, listed: Listed, compiler: Compiler) -> Tell:
    """The nearest nodes, and the statements of `among` between them."""
    cut = cut_page(select.page, order)
    view, text = compiler.view, template(select.shape)
    tables = [view.links(relation, "out") for relation in select.among]
    parts = [_subgraph_part(value, order, compiler) for _, value in select.shape.fields]

    def whole(start: Any, run: Run) -> bytes:
        rows, _, truncated = cut(listed(start, run), run)
        if not rows and not truncated:
            return NULL
        inside = {row.node for row in rows}
        found = {s for table in tables for a in inside for b, s in table[a] if b in inside}
        return text % tuple([part(rows, sorted(found), truncated, run) for part in parts])

    return whole


def _subgraph_part(
    value: Any, order: Order, compiler: Compiler
) -> Callable[[list[Row], list[int], bool, Run], bytes]:
    match value:
        case Each("nodes", shape):
            tell_rows = compiler.shapes(shape, "row", order)
            return lambda nodes, found, cut, run: tell_rows(nodes, run)
        case Each("statements", shape):
            tell_all = compiler.shapes(shape, "statement", order)
            return lambda nodes, found, cut, run: tell_all(found, run)
        case Get("truncated", _):
            return lambda nodes, found, cut, run: TRUE if cut else FALSE
        case Const(text):
            constant = scalar(text)
            return lambda nodes, found, cut, run: constant
    raise PlanError(f"a subgraph does not tell {value}")
