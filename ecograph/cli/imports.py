"""ecograph import"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.terminal import waiting
from ecograph.curate.import_formats import Format
from ecograph.errors import DataError, DataErrors, Place


class ImportForm(StrEnum):
    """How an import is told."""

    text = "text"
    json = "json"


def import_list(
    form: Annotated[Format, typer.Argument(help="What the list is written in.")],
    path: Annotated[Path, typer.Argument(help="The list: a file, or a folder of files.")],
    recipe: Annotated[
        Path | None, typer.Option(help="How it is imported: a YAML file; docs/importing.md.")
    ] = None,
    data: Annotated[Path, typer.Option(help="Data folder that is written to.")] = Path("data"),
    name: Annotated[str, typer.Option("--list", help="Name of the list, without a recipe.")] = "",
    source: Annotated[str, typer.Option(help="Id of the source, without a recipe.")] = "",
    kind: Annotated[str, typer.Option(help="Kind of what is new, without a recipe.")] = "Tool",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell, and write nothing.")] = False,
    told: Annotated[ImportForm, typer.Option("--format", help="text or json.")] = ImportForm.text,
) -> None:
    """Read a list into data/lists/: matched, with evidence; what was edited by hand stays."""
    from ecograph.curate.import_formats import read_found
    from ecograph.curate.import_list import import_list
    from ecograph.curate.import_recipe import make_recipe, read_recipe
    from ecograph.curate.import_report import tell_json, tell_text
    from ecograph.curate.writing import write_texts

    if recipe is not None:
        how = read_recipe(recipe)
    elif name and source:
        how = make_recipe({"source": source, "list": name, "kind": kind})
    else:
        raise DataError("BAD_RECIPE", "it is not said how the list is imported",
                        Place(path.as_posix()), "give --recipe FILE, or --list and --source",
                        )  # fmt: skip
    try:
        with waiting("Reading the list"):
            written = import_list(read_found(form, path, how), how, data)
    except (DataError, DataErrors):
        typer.echo("ecograph: nothing is written", err=True)
        raise
    changes = written.changes()
    if not dry_run:
        write_texts(changes)
    tell = tell_json if told is ImportForm.json else tell_text
    files = [changed.as_posix() for changed in changes]
    typer.echo(tell(written.report, written.path.as_posix(), files, dry=dry_run))
