"""A CSV or TSV file -> rows, by a recipe that says which column is which.

The first row of the file is its header. `columns` of the recipe name columns of ours and, for each,
a column of the file or a text with columns in braces: `at: "row {Name}"`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from ecograph.curate.import_recipe import Recipe, read_text
from ecograph.curate.import_rows import SEPARATOR, Found
from ecograph.errors import DataError, Place
from ecograph.formats.csv import find_separator
from ecograph.model.keys import did_you_mean

OWN = ("id", "kind", "aliases", "at")
"""Columns of ours that matching uses; `name` is the row's name."""


def read_table(path: Path, recipe: Recipe) -> list[Found]:
    """The rows of a table. Raises: DataError."""
    rows = list(read_dicts(path))
    return [find_row(row, line, path, recipe) for line, row in rows]


def read_dicts(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the header's names, with its line; `.tsv` is separated by tabs."""
    text = read_text(path)
    delimiter = "\t" if path.suffix in (".tsv", ".tab") else ","
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    first = text.partition("\n")[0]
    if delimiter == "," and (other := find_separator(first)):
        character, name = other
        raise DataError(
            "CSV_SYNTAX", f"the header holds {name}",
            Place(path.as_posix(), 1, first.index(character) + 1),
            "columns are separated by commas, in a file that ends in .tsv by tabs",
        )  # fmt: skip
    try:
        header = [name.strip() for name in next(reader, [])]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(header):
                place = Place(path.as_posix(), line, 1)
                raise DataError(
                    "RAGGED_ROW", f"the row has {len(cells)} cells, the header {len(header)}",
                    place, "a cell that holds the separator stands in quotes",
                )  # fmt: skip
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            if any(row.values()):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError("CSV_SYNTAX", f"not CSV: {error}",
                        Place(path.as_posix(), reader.line_num, 1)) from error  # fmt: skip


def find_row(row: Mapping[str, str], line: int, path: Path, recipe: Recipe) -> Found:
    """What a row of a table says, by the recipe's columns. Raises: DataError."""
    place = Place(path.as_posix(), line, 1)
    if "name" not in recipe.columns:
        raise DataError("BAD_RECIPE", "columns: the recipe does not say where the name is",
                        recipe.place_of("columns", key=True),
                        "write 'columns: {name: Title}'")  # fmt: skip
    told = {
        ours: _fill(theirs, row, recipe.place_of("columns", ours))
        for ours, theirs in recipe.columns.items()
    }
    name = told.pop("name")
    if not name:
        raise DataError("MISSING_VALUE", "the row has no name", place,
                        f"fill {recipe.columns['name']!r}, or take the row out")  # fmt: skip
    cells = {
        column: _replace_objects(cell, recipe)
        for column, cell in told.items()
        if column not in OWN and cell
    }
    names = tuple(n for n in told.get("aliases", "").split(SEPARATOR) if n)
    at = told.get("at") or name
    return Found(name, f"{recipe.at}{at}", place, names, kind=told.get("kind", ""),
                 id=told.get("id", ""), cells=cells)  # fmt: skip


def _fill(text: str, row: Mapping[str, str], place: Place) -> str:
    if "{" not in text:
        return _cell(text, row, place)
    parts = Formatter().parse(text)
    return "".join(before + (_cell(name, row, place) if name else "") for before, name, *_ in parts)


def _cell(name: str, row: Mapping[str, str], place: Place) -> str:
    if name not in row:
        near = did_you_mean(name, row) or f"columns are: {', '.join(row)}"
        raise DataError("UNKNOWN_COLUMN", f"the list has no column {name!r}", place, near)
    return row[name]


def _replace_objects(cell: str, recipe: Recipe) -> str:
    if not recipe.objects:
        return cell
    parts = (recipe.objects.get(part, part) for part in cell.split(SEPARATOR))
    return SEPARATOR.join(dict.fromkeys(part for part in parts if part))
