"""CSV by RFC 4180: a table of entities and one of statements.

Lists are joined by `; `, and a cell that a spreadsheet would run begins with an apostrophe, as in
the tables of answers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ecograph.api.written import harmless
from ecograph.model.flat import Flat, Record, flatten, write_cell
from ecograph.model.graph import Graph


def entities_to_csv(graph: Graph) -> Iterator[str]:
    """A line of headers, then one an entity."""
    flat = Flat(graph)
    return _write(list(flat.entity_columns), flat.entities())


def statements_to_csv(graph: Graph) -> Iterator[str]:
    """A line of headers, then one a statement."""
    flat = Flat(graph)
    return _write(list(flat.statement_columns), flat.statements())


def _write(names: list[str], records: Iterable[Record]) -> Iterator[str]:
    yield _line(names)
    for cells in map(flatten, records):
        yield _line(harmless(write_cell(cells.get(name))) for name in names)


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
