"""ecograph fmt, rename, coverage"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import Folders
from ecograph.errors import EcographError
from ecograph.settings import find_folders


def coverage(
    check: Annotated[
        Path | None, typer.Option(help="Compare with this file and fail where they differ.")
    ] = None,
    data: Folders = None,
) -> None:
    """Print what the dataset covers, against which lists, and what it does not, as Markdown."""
    from ecograph.curate.coverage import report_coverage

    text = report_coverage(find_folders(data))
    if check is None:
        typer.echo(text, nl=False)
    elif check.read_text("utf-8") != text:
        raise EcographError(f"{check} is not what the data gives; run: ecograph coverage > {check}")


Old = Annotated[str, typer.Argument(metavar="OLD", help="The id that it has.")]
New = Annotated[
    str, typer.Argument(metavar="NEW", help="The id that it gets; if one has it, they are merged.")
]


def rename(
    old: Old,
    new: New,
    data: Folders = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
) -> None:
    """Give an entity another id in every file, or merge it into another; the old id resolves on."""
    from ecograph.curate.rename import rename as plan_renaming
    from ecograph.curate.writing import write_texts

    done = plan_renaming(find_folders(data), old, new)
    for path in done.texts:
        typer.echo(f"{'would change' if dry else 'changed'} {path}")
    for note in done.notes:
        typer.echo(f"{'would be lost' if dry else 'lost'} in the merge: {note}", err=True)
    if not dry:
        write_texts(done.texts)


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Data folders or files; the bundled data."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a file is to change.")
    ] = False,
) -> None:
    """Put the files of a dataset into canonical order; what they say stays as it is."""
    from ecograph.curate.fmt import format_paths, write_formatted

    files = list(format_paths(paths or []))
    changed = [file.path for file in files if file.changed]
    for path in changed:
        typer.echo(f"{'would change' if check else 'changed'} {path}")
    if check and changed:
        typer.echo(f"ecograph: {len(changed)} of {len(files)} files are not in order; run "
                   "ecograph fmt", err=True)  # fmt: skip
        raise typer.Exit(1)
    write_formatted(files)
    if not changed:
        typer.echo(f"{len(files)} files are in order")
