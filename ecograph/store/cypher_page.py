"""Pages in Cypher: which rows come back, in which order, and what is known of those around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ecograph.errors import CursorError
from ecograph.plan.steps import Key, Page, Select
from ecograph.store.cypher_rows import Part, Rows, finite, ordered, parts_of
from ecograph.store.cypher_text import Asked, Text
from ecograph.store.directory import Directory
from ecograph.store.order import Cursors, Numbers
from ecograph.store.paging import question_of

Cut = tuple[list[Any], bool, bool]
"""A page: its rows, whether rows stand before it, whether rows follow."""


NOWHERE = Directory("", "0001-01-01", (), (), ())
"""Where an order is only read, and no cursor is."""


class Keyset(Cursors):
    """Cursors of a select over a database; a statement's place is its id, so it has no sign."""

    @staticmethod
    def signed(key: Key, number: Any) -> Any:
        """The number by which a key orders, ascending."""
        return number if isinstance(number, str) else Cursors.signed(key, number)


def keyset(select: Select, by_statement: bool, run: Asked, text: Text) -> Keyset:
    """The cursors of a select, for a run."""
    return _keyset(select.order, select.of, by_statement, run.directory, text)


def _keyset(
    order: Sequence[Key], of: str, by_statement: bool, directory: Directory, text: Text
) -> Keyset:
    return Keyset(order, of, by_statement, directory, text.ontology)


@dataclass(slots=True)
class PageText:
    """What a page adds to its rows' clauses, and how what comes back is cut.

    `only` are its own conditions; `tail` the clauses after WHERE up to RETURN; `order` the last
    ORDER BY. `around` are expressions that say what stands around the page.
    """

    only: list[str]
    tail: str
    order: str
    around: list[str]
    finish: Callable[[list[Any], Sequence[Any], Asked], Cut]


def compile_page(select: Select, rows: Rows, text: Text, *, ends: bool) -> PageText:
    """The page of a select; `ends`: whether it is asked what stands before and after it."""
    by_statement = rows.statement is not None and select.of == "entity"
    cursors = Keyset(select.order, select.of, by_statement, NOWHERE, text.ontology)
    parts = parts_of(select, cursors.keys, rows)
    page = select.page or Page()
    given = {
        name: param.name
        for name in ("first", "after", "last", "before")
        if (param := getattr(page, name)) is not None and param.name in text.given
    }
    if cursors.by_offset:
        return _by_offset(select, rows, parts, given, text, ends=ends)
    after = _bound(select, by_statement, parts, given.get("after"), text)
    before = _bound(select, by_statement, parts, given.get("before"), text)
    only = []
    if after:
        only.append(_beyond(parts, after, before=False))
    if before:
        only.append(_beyond(parts, before, before=True))
    reverse = "first" not in given and "last" in given
    order = ordered(parts, rows, reverse=reverse)
    size = given.get("last" if reverse else "first")
    tail = ""
    if size is not None:
        limit = text.param((size, ends), _plus(size, int(ends)))
        tail = f" WITH {', '.join(rows.carried)} ORDER BY {order} LIMIT {limit}"
    around = []
    if ends:
        for cursor, other, past in ((after, before, False), (before, after, True)):
            if not cursor:
                around.append("false")
                continue
            # Before the page stands what does not come after `after`; after it, what does not
            # come before `before`, and after `after`.
            conditions = [_beyond(parts, cursor, before=not past, equal=True)]
            if past and other:
                conditions.append(_beyond(parts, other, before=False))
            around.append(_exists(rows, conditions))

    memos = [(select.order, select.of, by_statement, given[name])
             for name in ("after", "before") if name in given]  # fmt: skip

    def finish(found: list[Any], beside: Sequence[Any], run: Asked) -> Cut:
        for memo in memos:
            if isinstance(wrong := run.memo[memo], CursorError):
                raise wrong
        earlier, later = beside if beside else (False, False)
        if size is None:
            return found, earlier, later
        most = run.parameters[size]
        more = len(found) > most
        del found[most:]
        if reverse:
            found.reverse()
            return found, earlier or more, later
        return found, earlier, later or more

    return PageText(only, tail, order, around, finish)


def _exists(rows: Rows, conditions: list[str]) -> str:
    both = Rows(rows.clauses, rows.record, [], [], [*rows.conditions, *conditions])
    return f"EXISTS {{ {both.matched} RETURN 1 }}"


def _plus(name: str, more: int) -> Callable[[Asked], int]:
    return lambda run: run.parameters[name] + more


def _bound(
    select: Select, by_statement: bool, parts: list[Part], name: str | None, text: Text
) -> list[str]:
    """The parameters of a cursor's numbers; none without a cursor."""
    if name is None:
        return []
    memo = (select.order, select.of, by_statement, name)

    def number(place: int) -> Callable[[Asked], Any]:
        def make(run: Asked) -> Any:
            if memo not in run.memo:
                try:
                    cursors = keyset(select, by_statement, run, text)
                    run.memo[memo] = cursors.parse(run.parameters[name])
                except CursorError as error:
                    # Raised where the page is told: perhaps there is nothing to page through.
                    run.memo[memo] = error
            found: Numbers | CursorError = run.memo[memo]
            return None if isinstance(found, CursorError) else finite(found[place])

        return make

    return [text.param((memo, place), number(place)) for place in range(len(parts))]


def _beyond(parts: list[Part], cursor: list[str], *, before: bool, equal: bool = False) -> str:
    """Whether a row comes after (or before) a cursor, number by number."""
    (part, *parts), (number, *cursor) = parts, cursor
    if not parts:
        return part.beyond(number, before=before, equal=equal)
    # The later numbers are no way into the index, which the first one leads.
    parts = [replace(p, text=f"({p.text} + 0)") if not p.compared else p for p in parts]
    rest = _beyond(parts, cursor, before=before, equal=equal)
    return (
        f"({part.beyond(number, before=before, equal=True)} AND "
        f"({part.beyond(number, before=before, equal=False)} OR {rest}))"
    )


def _by_offset(
    select: Select, rows: Rows, parts: list[Part], given: dict[str, str], text: Text, *, ends: bool
) -> PageText:
    asked = question_of(select.source)
    first, after = given.get("first"), given.get("after")
    order = ordered(parts, rows)

    def begin(run: Asked) -> int:
        if after is None:
            return 0
        cursors = keyset(select, False, run, text)
        return cursors.offset(run.parameters[after], asked(run.parameters)) + 1

    def skipped(run: Asked) -> int:
        # A list without rows has no cursor that could be wrong; this is seen when it comes back.
        try:
            return begin(run)
        except CursorError:
            return 0

    tail = ""
    if first is not None or after is not None:
        tail = f" WITH {', '.join(rows.carried)} ORDER BY {order}"
        if after is not None:
            tail += f" SKIP {text.param((asked, 'skip'), skipped)}"
        if first is not None:
            tail += f" LIMIT {text.param((first, ends), _plus(first, int(ends)))}"
    around = [_exists(rows, [])] if after is not None else []

    def finish(found: list[Any], beside: Sequence[Any], run: Asked) -> Cut:
        start = begin(run) if after is not None and beside[0] else 0
        more = False
        if first is not None:
            most = run.parameters[first]
            more = len(found) > most
            del found[most:]
        question = asked(run.parameters)
        for place, raw in enumerate(found, start):
            raw[0] = [run.directory.version, question, place]
        return found, start > 0, more

    return PageText([], tail, order, around, finish)
