"""CSV text -> a table whose cells know their place: RFC 4180, but each row in one line.

Above the header, `# column: value` is a column that has this value in every row, and `## ...` a
comment. A cell's place is that of its first character, behind the quote if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.errors import Place
from ecograph.formats.characters import check_characters, check_size
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import NULLS, Field, Items, Scalar, share

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 400_000
"""Cells in one file: about a second to read."""
MOST_FAULTS = 100
"""Faults of form in one file after which the rest of it is not read."""
SEPARATOR = "; "
PLACES = " | "
"""Between several places in a source: `; ` stands within many of them."""
COMMENT = "##"
OTHER_SEPARATORS = (("\t", "tabs"), (";", "semicolons"))
"""What other programs write between columns; no name of a column holds it."""

_CONSTANT = re.compile(r"# *(?P<name>[^:\s]+) *: +(?P<value>\S.*?) *")
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_BARE = re.compile(r'[^",]*+')


@dataclass(frozen=True, slots=True)
class Table:
    """Constants and columns by name in the order of the file, and rows as long as the header."""

    constants: Mapping[str, Field]
    header: tuple[Scalar, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    comments: tuple[str, ...]
    file: str


def parse_csv(text: str, file: str, faults: Faults) -> Table | None:
    """The table of a CSV text, or None if a line of it could not be read."""
    if not check_size(text, file, faults) or not check_characters(text, file, faults):
        return None
    return _Reader(text, file, faults).read()


def split_cell(cell: Scalar, separator: str = SEPARATOR) -> Items:
    """The texts that `; ` joins in a cell, each with its place."""
    items: list[Scalar] = []
    at = 0
    for part in cell.text.split(separator):
        # A quote inside a cell is written twice.
        column = cell.column + at + cell.text.count('"', 0, at)
        items.append(make_scalar(part, cell.file, cell.line, column))
        at += len(part) + len(separator)
    return Items(tuple(items), cell.file, cell.line, cell.column)


def find_separator(header: str) -> tuple[str, str] | None:
    """The character that separates columns in place of commas, and what it is called."""
    others = ((character, name) for character, name in OTHER_SEPARATORS if character in header)
    return None if "," in header else next(others, None)


def make_scalar(text: str, file: str, line: int, column: int) -> Scalar:
    """The text of a cell: `true` and `12` may be values, `null` and `~` mean themselves."""
    return Scalar(share(text), not text or text not in NULLS, file, line, column)


class _Reader:
    def __init__(self, text: str, file: str, faults: Faults) -> None:
        self._lines = text.split("\n")
        if self._lines[-1] == "":
            self._lines.pop()
        self._file = file
        self._faults = faults
        self._before = len(faults)

    def read(self) -> Table | None:
        constants, comments, first = self._read_head()
        if first == len(self._lines):
            if len(self._faults) == self._before:
                self._faults.add("EMPTY_FILE", "the file has no header", Place(self._file))
            return None
        header = self._read_header(constants, first)
        if header is None:
            return None
        rows = self._read_rows(header, first + 1)
        if len(self._faults) > self._before:
            return None
        return Table(constants, header, rows, tuple(comments), self._file)

    def _read_head(self) -> tuple[dict[str, Field], list[str], int]:
        """The constants, the comments, and the index of the header's line."""
        constants: dict[str, Field] = {}
        comments: list[str] = []
        for index, line in enumerate(self._lines[:MOST_COLUMNS]):
            if not line.startswith("#"):
                return constants, comments, index
            if line.startswith(COMMENT):
                comments.append(line.rstrip("\r"))
                continue
            found = _CONSTANT.fullmatch(line.removesuffix("\r"))
            if found is None:
                self._fault(
                    "CSV_SYNTAX", "this is no constant column", index, 1,
                    "write '# column: value', or '## ...' for a comment",
                )  # fmt: skip
                continue
            name, value = (
                make_scalar(found[part], self._file, index + 1, found.start(part) + 1)
                for part in ("name", "value")
            )
            self._claim(name, constants, Field(name, value))
        return constants, comments, min(len(self._lines), MOST_COLUMNS)

    def _claim(self, name: Scalar, taken: dict[str, Field], field: Field) -> None:
        first = taken.setdefault(name.text, field)
        if first is not field:
            self._faults.add(
                "DUPLICATE_COLUMN", f"the column {name.text!r} stands twice", name.place,
                f"it stands at {first.key.line}:{first.key.column} already",
            )  # fmt: skip

    def _read_header(self, constants: Mapping[str, Field], index: int) -> tuple[Scalar, ...] | None:
        line = self._lines[index]
        if other := find_separator(line):
            character, name = other
            self._fault("CSV_SYNTAX", f"the header holds {name}", index, line.index(character) + 1,
                        "columns are separated by commas")  # fmt: skip
            return None
        header = self._cells(index)
        if header is None:
            return None
        taken = dict(constants)
        for cell in header:
            if cell.text:
                self._claim(cell, taken, Field(cell, cell))
            else:
                self._faults.add("EMPTY_VALUE", "a column has no name", cell.place)
        return header if len(self._faults) == self._before else None

    def _read_rows(self, header: tuple[Scalar, ...], first: int) -> tuple[tuple[Scalar, ...], ...]:
        rows: list[tuple[Scalar, ...]] = []
        width, most = len(header), min(MOST_ROWS, MOST_CELLS // len(header))
        for index in range(first, len(self._lines)):
            if len(rows) == most:
                self._fault("FILE_TOO_LARGE", f"the file has more than {most:,} rows", index, 1,
                            "split it")  # fmt: skip
                break
            if len(self._faults) - self._before >= MOST_FAULTS:
                self._fault("TOO_MANY_FAULTS", "the rest of the file was not read", index, 1)
                break
            cells = self._cells(index)
            if cells is None:
                continue
            if len(cells) == width:
                rows.append(cells)
            elif len(cells) == 1 and not cells[0].text:
                self._fault("CSV_SYNTAX", "an empty line", index, 1, "take it out")
            elif cells[0].text.startswith("#"):
                self._fault("CSV_SYNTAX", "a comment among the rows", index, 1,
                            "comments stand above the header")  # fmt: skip
            else:
                place = cells[width].place if len(cells) > width else cells[-1].place
                self._faults.add(
                    "RAGGED_ROW", f"the row has {len(cells)} cells, the header {width}", place,
                    "a cell that holds a comma stands in quotes",
                )  # fmt: skip
        return tuple(rows)

    def _cells(self, index: int) -> tuple[Scalar, ...] | None:
        """The cells of a line, or None with a fault."""
        line = self._lines[index].removesuffix("\r")
        if "\r" in line:
            self._fault("CSV_SYNTAX", "a carriage return inside a line", index,
                        line.index("\r") + 1, "take it out")  # fmt: skip
            return None
        if line.count(",") >= MOST_COLUMNS and '"' not in line:
            self._fault("CSV_SYNTAX", f"more than {MOST_COLUMNS} cells in a line", index, 1)
            return None
        if '"' in line:
            return self._quoted_cells(line, index)
        cells: list[Scalar] = []
        column = 1
        for text in line.split(","):
            cells.append(make_scalar(text, self._file, index + 1, column))
            column += len(text) + 1
        return tuple(cells)

    def _quoted_cells(self, line: str, index: int) -> tuple[Scalar, ...] | None:
        cells: list[Scalar] = []
        at = 0
        while len(cells) < MOST_COLUMNS:
            quoted = line.startswith('"', at)
            found = (_QUOTED if quoted else _BARE).match(line, at)
            if found is None:
                self._fault(
                    "CSV_SYNTAX", "the quote that begins here has no end in this line", index,
                    at + 1, "a cell has no line break; write a quote inside it twice",
                )  # fmt: skip
                return None
            text = found[1].replace('""', '"') if quoted else found[0]
            cells.append(make_scalar(text, self._file, index + 1, at + 1 + quoted))
            at = found.end()
            if at == len(line):
                return tuple(cells)
            if line[at] != ",":
                self._fault(
                    "CSV_SYNTAX",
                    "text behind a quoted cell" if quoted else "a quote inside a bare cell",
                    index, at + 1, "put the whole cell in quotes and write each quote in it twice",
                )  # fmt: skip
                return None
            at += 1
        self._fault("CSV_SYNTAX", f"more than {MOST_COLUMNS} cells in a line", index, 1)
        return None

    def _fault(self, code: str, message: str, index: int, column: int, hint: str = "") -> None:
        self._faults.add(code, message, Place(self._file, index + 1, column), hint)
