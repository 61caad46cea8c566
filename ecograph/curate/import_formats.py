"""The formats that can be imported, by name; each has its own file beside this one."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The command line names the formats in its help, and must not wait for their readers.
    from ecograph.curate.import_recipe import Recipe
    from ecograph.curate.import_rows import Found


class Format(StrEnum):
    """What a list is written in."""

    landscape = "landscape"
    table = "table"
    kgx = "kgx"
    wikidata = "wikidata"
    endoflife = "endoflife"
    markdown = "markdown"


def read_found(form: Format, path: Path, recipe: Recipe) -> list[Found]:
    """The rows of a list. Raises: DataErrors, DataError."""
    return _reader(form)(path, recipe)


def _reader(form: Format) -> Callable[[Path, Recipe], list[Found]]:
    match form:
        case Format.landscape:
            from ecograph.curate.import_landscape import read_landscape

            return read_landscape
        case Format.table:
            from ecograph.curate.import_table import read_table

            return read_table
        case Format.kgx:
            from ecograph.curate.import_kgx import read_kgx

            return read_kgx
        case Format.wikidata:
            from ecograph.curate.import_wikidata import read_wikidata

            return read_wikidata
        case Format.endoflife:
            from ecograph.curate.import_endoflife import read_endoflife

            return read_endoflife
        case Format.markdown:
            from ecograph.curate.import_markdown import read_markdown

            return read_markdown
