"""A table as a terminal has room for it: fewer columns with plain names, and no word broken.

JSON and CSV have every column; here one that says little gives way before a word is broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from ecograph.api.tables import Table
from ecograph.web.rows import NAMES

GAP = 2
"""Characters between two columns."""
READABLE = 24
"""Characters that a column of longer texts has at least."""
HOP = ("forward", "statement.relation", "statement.subject.id", "statement.object.id")
"""The columns of a hop that the line of the whole way tells."""
TOLD = (*HOP, "statement.id", "nodes.id", "nodes.kind", "nodes.name")
FRAMES = ("node", "nodes", "edges", "path", "hops", "statement", "matched")
"""Parts of a column's path that say how it is nested, and not what it is."""
LEAST = ("lang", "field", "text", "homepage", "repository", "url", "readOn", "locator", "license")
"""Columns that give way first, the first of them before the others."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is shown of a table: headers, widths, rows; the line of a way, and what is left out."""

    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    way: str = ""
    left_out: tuple[str, ...] = ()


def fit(table: Table, room: int) -> Fitted:
    """The table in a room of so many characters."""
    way = _way(table)
    shown = [n for n, name in enumerate(table.headers) if _tells(table, n, name, bool(way))]
    if way:
        shown.sort(key=lambda n: table.headers[n] != "sentence")
    titles = dict(zip(shown, _titles([table.headers[n] for n in shown]), strict=True))
    needs = {n: _need(titles[n], [row[n] for row in table.rows]) for n in shown}
    left_out: list[int] = []
    while len(shown) > 1 and _least(shown, needs) > room:
        first = _first_to_go(table, shown, [n for n in shown if needs[n][0] > room // 2])
        shown.remove(first)
        left_out.append(first)
    return Fitted(
        tuple(titles[n] for n in shown),
        _share([needs[n] for n in shown], room - GAP * (len(shown) - 1)),
        tuple(tuple(row[n] for n in shown) for row in table.rows),
        way,
        tuple(titles[n] for n in sorted(left_out)),
    )


def _way(table: Table) -> str:
    """`a -USES-> b <-USES- c` of rows that are the hops of one way; empty if they are none."""
    if not table.rows or not set(HOP) <= set(table.headers):
        return ""
    places = [table.headers.index(name) for name in HOP]
    told = ""
    for forward, relation, subject, thing in ([row[n] for n in places] for row in table.rows):
        start, end = (subject, thing) if forward == "true" else (thing, subject)
        arrow = f"-{relation}->" if forward == "true" else f"<-{relation}-"
        if told and not told.endswith(f" {start}") and told != start:
            return ""
        told = f"{told or start} {arrow} {end}"
    return told


def _tells(table: Table, n: int, name: str, way: bool) -> bool:
    """Whether a column says what no other does."""
    cells = {row[n] for row in table.rows}
    if cells <= {""} or (way and name in TOLD):
        return False
    if name.endswith("Zh") and name.removesuffix("Zh") in table.headers:
        return False
    # What all have in common was asked for.
    return not (name.rpartition(".")[2] == "kind" and len(table.rows) > 1 and len(cells) == 1)


def _titles(names: Sequence[str]) -> list[str]:
    """What columns are called: as short as keeps them apart."""
    short = [_title(name) for name in names]
    return [
        one if short.count(one) == 1 else name.replace(".", " ")
        for one, name in zip(short, names, strict=True)
    ]


def _title(name: str) -> str:
    name = name.removeprefix("node.")
    if name == "path.nodes.id":
        return "way"
    # On a page a label is that of an event.
    if name in NAMES and name != "label":
        return NAMES[name][0]
    parts = name.split(".")
    said = [part for part in parts if part not in FRAMES] or parts[-1:]
    if len(said) > 1 and said[-1] == "id":
        said.pop()
    return " ".join(said)


def _need(title: str, cells: Sequence[str]) -> tuple[int, int]:
    """The least and the full width of a column: a word is as wide as it is."""
    words = [word for cell in (title, *cells) for word in cell.split()]
    longest = max((cell_len(word) for word in words if not _breaks(word)), default=1)
    whole = max(cell_len(cell) for cell in (title, *cells))
    return min(whole, max(longest, READABLE)) if whole > READABLE else longest, whole


def _breaks(word: str) -> bool:
    """Whether a word may be broken: Chinese, which has no spaces between words."""
    return cell_len(word) > len(word)


def _least(shown: Sequence[int], needs: Mapping[int, tuple[int, int]]) -> int:
    return sum(needs[n][0] for n in shown) + GAP * (len(shown) - 1)


def _first_to_go(table: Table, shown: Sequence[int], wide: Sequence[int]) -> int:
    """The column that gives way: one that says least, else one that takes most, else the last."""
    lasts = {n: table.headers[n].rpartition(".")[2] for n in shown}
    for name in LEAST:
        for n in shown:
            if lasts[n] == name:
                return n
    kept = ("id", "name", "evidence", "sentence")
    return next((n for n in (*wide, *reversed(shown)) if lasts[n] not in kept), shown[-1])


def _share(needs: Sequence[tuple[int, int]], room: int) -> tuple[int, ...]:
    """Widths: each column its least, and what is left to those that want more, alike to each."""
    widths = [least for least, _ in needs]
    left = room - sum(widths)
    while left > 0 and (wanting := [n for n, (_, whole) in enumerate(needs) if widths[n] < whole]):
        each = max(1, left // len(wanting))
        for n in wanting:
            more = min(each, needs[n][1] - widths[n], left)
            widths[n] += more
            left -= more
    # A single column may want more than there is; it is folded.
    return tuple(min(width, max(room, 1)) for width in widths)
