"""What is wrong with an import before anything is written: in its recipe, and in what it makes.

A fault of a row is told at the row's place in the list that is read, one of a column at the recipe.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ecograph.curate.import_recipe import Recipe
from ecograph.curate.import_rows import Found
from ecograph.curate.new_faults import find_faults, find_new_faults
from ecograph.errors import DataError, DataErrors, Place
from ecograph.formats.csv import Table, parse_csv
from ecograph.formats.faults import Faults
from ecograph.load.files import TextFile, read_folder
from ecograph.load.lists import Columns, check_column
from ecograph.model.ontology import Ontology

NAME = "name"
"""The one column of a recipe that no list has: the name of the row."""


def check_recipe(recipe: Recipe, ontology: Ontology) -> None:
    """Raises: DataErrors if it names a kind or a column that there is not."""
    faults = Faults()
    kinds: list[tuple[tuple[str, ...], str]] = [(("kind",), recipe.kind)] if recipe.kind else []
    kinds += [(("kinds", row), kind) for row, kind in recipe.kinds.items()]
    kinds += [(("among", str(index)), kind) for index, kind in enumerate(recipe.among)]
    for path, kind in kinds:
        # What a recipe does not say itself may be of another ontology.
        if kind not in ontology.kinds and path[0] in recipe.model_fields_set:
            faults.add_unknown(
                "UNKNOWN_KIND", "kind", kind, ontology.kinds, recipe.place_of(*path),
                otherwise=f"write one of: {', '.join(ontology.kinds)}",
            )  # fmt: skip
    columns = Columns.of(ontology)
    named = {column: recipe.place_of("columns", column, key=True)
             for column in recipe.columns if column != NAME}  # fmt: skip
    for column in recipe.constants:
        place = recipe.place_of("constants", column, key=True)
        if column in named:
            faults.add("DUPLICATE_COLUMN", f"the column {column!r} has one value in every row",
                       named[column], f"it is among 'constants' at {place}")  # fmt: skip
    named |= {c: recipe.place_of("constants", c, key=True) for c in recipe.constants}
    for column, place in named.items():
        check_column(column, place, named, columns, ontology, faults)
    for theirs, ours in recipe.relations.items():
        place = recipe.place_of("relations", theirs)
        check_column(ours, place, recipe.relations.values(), columns, ontology, faults)
    faults.raise_any()


def check_list(data: Path, path: Path, text: str, recipe: Recipe, found: Sequence[Found]) -> None:
    """Raises: DataErrors with what check would say of the dataset with this text of a list."""
    before = read_folder(data, Faults())
    kept = [file for file in before if file.shown != path.as_posix()]
    fresh = TextFile("lists", path.name, path.as_posix(), text)
    after = find_faults([*kept, fresh])
    if after and (new := find_new_faults(after, find_faults(before))):
        table = parse_csv(text, path.as_posix(), Faults())
        places = _find_places(table, recipe, found) if table is not None else {}
        raise DataErrors([_move(fault, path, places) for fault in new])


Places = Mapping[int, Place | Mapping[int, Place]]
"""Line of our file -> where its row stands in the list, or each of its columns in the recipe."""


def _find_places(table: Table, recipe: Recipe, found: Sequence[Found]) -> Places:
    by_at = {row.at: row.place for row in found}
    places: dict[int, Place | Mapping[int, Place]] = {}
    for name, constant in table.constants.items():
        path = ("constants", name) if name in recipe.constants else ("source",)
        if name in recipe.constants or name == "evidence":
            places[constant.key.line] = recipe.place_of(*path)
    names = [cell.text for cell in table.header]
    places[table.header[0].line] = {
        cell.column: recipe.place_of("columns", cell.text, key=True)
        for cell in table.header
        if cell.text in recipe.columns
    }
    where = names.index("at")
    for row in table.rows:
        if row[where].text in by_at:
            places[row[where].line] = by_at[row[where].text]
    return places


def _move(fault: DataError, path: Path, places: Places) -> DataError:
    """A fault at the place that its reader can change."""

    def find(place: Place) -> Place:
        at = places.get(place.line, place)
        return at if isinstance(at, Place) else at.get(place.column, place)

    def say(named: re.Match[str]) -> str:
        return str(find(Place(path.as_posix(), int(named[1]), int(named[2]))))

    hint = re.sub(rf"{re.escape(path.as_posix())}:(\d+):(\d+)", say, fault.hint)
    place = find(fault.place) if fault.place.file == path.as_posix() else fault.place
    return DataError(fault.code, fault.message, place, hint)


def keep_columns(
    found: Sequence[Found], known: Sequence[str]
) -> tuple[list[Found], dict[str, int]]:
    """The rows with the columns that lists may have; each other column, and in how many rows."""
    others: dict[str, int] = {}
    kept: list[Found] = []
    for row in found:
        for column in row.cells.keys() - set(known):
            others[column] = others.get(column, 0) + 1
        cells = {column: cell for column, cell in row.cells.items() if column in known}
        kept.append(row if len(cells) == len(row.cells) else replace(row, cells=cells))
    return kept, dict(sorted(others.items()))
