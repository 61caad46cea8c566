"""Pages of ordered rows, and what tells one question from another: alike for every store."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from itertools import chain, islice
from typing import Any, Protocol

from ecograph.plan.steps import Get, Page, Select, Source, Walk
from ecograph.plan.traverse import params
from ecograph.store.records import Row

MOST_TOLD = 64
Cut = tuple[list[Row], bool, bool]
"""A page: its rows, whether rows stand before it, whether rows follow."""


class Asked(Protocol):
    """A run, as far as pages need it."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The values of the plan's parameters."""
        ...


class Ordering(Protocol):
    """An order, as far as pages need it."""

    by_offset: bool

    def key(self, row: Row) -> Any:
        """What a row is ordered by."""
        ...

    def parse(self, cursor: str) -> Any:
        """The key that a cursor holds. Raises: CursorError."""
        ...

    def offset(self, cursor: str, question: str) -> int:
        """The place that a cursor holds. Raises: CursorError."""
        ...


def is_counted(select: Select) -> bool:
    """Whether it is asked how many rows there are in all."""
    return any(isinstance(v, Get) and v.name == "totalCount" for _, v in select.shape.fields)


def question_of(source: Source) -> Callable[[Mapping[str, Any]], str]:
    """Parameters -> what tells the question of a source from any other, in every process."""
    names = [p.name for p in params(source)]
    shape = _walked(source)

    def asked(parameters: Mapping[str, Any]) -> str:
        told = [shape, *(_told(parameters[name]) for name in names)]
        return blake2b(repr(told).encode(), digest_size=6).hexdigest()

    return asked


def _walked(source: Source) -> Any:
    """What of a source tells one question from another, the same in every process."""
    if not isinstance(source, Walk):
        return type(source).__name__
    moves = [[(sorted(symbols), to) for symbols, to in after] for after in source.automaton.moves]
    return [source.mode, sorted(source.automaton.accepting), moves]


def _told(value: Any) -> Any:
    """What of a parameter tells one question from another; of hits, the ids are enough."""
    if isinstance(value, list):
        return [item["id"] if isinstance(item, dict) else item for item in value[:MOST_TOLD]]
    return value


def cut_page(page: Page | None, order: Ordering) -> Callable[[Iterable[Row], Asked], Cut]:
    """The page of ordered rows that a run asks for."""

    def value(name: str, run: Asked) -> Any:
        param = getattr(page, name)
        return None if param is None else run.parameters[param.name]

    def cut(rows: Iterable[Row], run: Asked) -> Cut:
        first, last = value("first", run), value("last", run)
        after, before = value("after", run), value("before", run)
        if order.by_offset:
            left = iter(rows)
            start = 0
            if after is not None and (one := next(left, None)) is not None:
                start = order.offset(after, one.carried["question"]) + 1
                left = chain([one], left)
            found = list(islice(left, start, None if first is None else start + first + 1))
            return found[:first], start > 0, first is not None and len(found) > first
        listed = rows if isinstance(rows, list) else list(rows)
        start, end = 0, len(listed)
        if after is not None:
            start = bisect_right(listed, order.parse(after), key=order.key)
        if before is not None:
            end = max(start, bisect_left(listed, order.parse(before), key=order.key))
        if first is not None:
            end = min(end, start + first)
        if last is not None:
            start = max(start, end - last)
        return listed[start:end], start > 0, end < len(listed)

    if page is None:
        return lambda rows, run: (list(rows), False, False)
    return cut
