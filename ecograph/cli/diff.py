"""ecograph diff"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import Folders
from ecograph.cli.terminal import waiting
from ecograph.errors import QueryError
from ecograph.settings import bundled, find_cache, find_folders

DIFFERS = 3
"""The exit status that --exit-code asks for; 1 and 2 say that nothing was compared."""


class DiffForm(StrEnum):
    """How a difference is told."""

    text = "text"
    json = "json"
    md = "md"


Old = Annotated[
    str, typer.Argument(metavar="OLD", help="A data folder, or a revision of git: main, HEAD~1.")
]
New = Annotated[
    str | None,
    typer.Argument(metavar="[NEW]", help="The same; the data folder as it is, unless said."),
]


def diff(
    old: Old,
    new: New = None,
    data: Folders = None,
    form: Annotated[
        DiffForm, typer.Option("--format", help="text, json, or md for a pull request.")
    ] = DiffForm.text,
    most: Annotated[
        int, typer.Option(min=1, help="Of each list tell no more, and how many more there are.")
    ] = 20,
    answers: Annotated[
        bool, typer.Option("--answers/--no-answers", help="Also ask the named operations of both.")
    ] = True,
    queries: Annotated[
        Path | None, typer.Option(help="The folder of the named operations; those that ship.")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"End with {DIFFERS} if anything differs.")
    ] = False,
) -> None:
    """Compare two versions of the data by meaning, and what they answer.

    `ecograph diff main` tells what the data folder, as it is, changes against the branch main.

    A revision is that of the repository in which the data folder is. With several folders it is
    that of all of them that are there; a data folder that is one of them lies over those before
    it, and another is compared in place of the last one.
    """
    from ecograph.api.operations import read_operations
    from ecograph.curate.answers import compare_answers
    from ecograph.curate.differences import compare_graphs
    from ecograph.curate.revisions import read_version
    from ecograph.curate.tell_difference import tell_json, tell_markdown, tell_text
    from ecograph.service import Service

    folders = find_folders(data)
    cache = find_cache(os.environ)
    with waiting("Reading the data"):
        before = read_version(old, folders, cache)
        after = read_version(new or str(folders[-1]), folders, cache)
    difference = compare_graphs(before, after)
    asked = None
    if answers:
        where = queries or bundled("queries")
        operations = read_operations(where)
        if not operations:
            raise QueryError(f"--queries: there is no operation in {where.as_posix()!r}; name a "
                             "folder with files like Path.graphql")  # fmt: skip
        with waiting("Asking both"):
            was, now = (Service(graph, deadline=None) for graph in (before, after))
            asked = compare_answers(was, now, operations.values())
    if form is DiffForm.json:
        told = tell_json(difference, asked)
    elif form is DiffForm.md:
        told = tell_markdown(difference, asked, most)
    else:
        told = tell_text(difference, asked, most)
    typer.echo(told, nl=False)
    if exit_code and (difference or (asked is not None and asked.changed)):
        raise typer.Exit(DIFFERS)
