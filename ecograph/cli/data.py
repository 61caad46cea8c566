"""ecograph check"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import load_asked
from ecograph.cli.terminal import wants_color
from ecograph.errors import DataErrors
from ecograph.settings import find_folders

Argument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FOLDER]...",
        help="Data folder, the bundled one unless said; later ones amend the first.",
    ),
]


class ReportForm(StrEnum):
    """How faults are told."""

    text = "text"
    json = "json"
    github = "github"


def check(
    folders: Argument = None,
    form: Annotated[
        ReportForm, typer.Option("--format", help="text, json, or GitHub annotations.")
    ] = ReportForm.text,
    strict: Annotated[
        bool, typer.Option("--strict", help="Also tell what the core of the dataset lacks.")
    ] = False,
) -> None:
    """Check data folders: every fault at file:line:column, with what would be right."""
    from ecograph.api.schema import build_schema
    from ecograph.load.report import report_annotations, report_json, report_text
    from ecograph.service import schema_faults_placed

    try:
        if strict:
            from ecograph.curate.strict import check_strictly

            graph = check_strictly(find_folders(folders))
        else:
            graph = load_asked(folders)
        with schema_faults_placed(find_folders(folders)):
            build_schema(graph.ontology)
    except DataErrors as errors:
        if form is ReportForm.json:
            told = report_json(errors)
        elif form is ReportForm.github:
            told = report_annotations(errors)
        else:
            told = report_text(errors, color=wants_color(sys.stdout))
        typer.echo(told.rstrip("\n"))
        raise typer.Exit(1) from None
    if form is ReportForm.json:
        typer.echo('{"faults": []}')
    elif form is ReportForm.text:
        where = ", ".join(map(str, find_folders(folders)))
        typer.echo(
            f"no faults in {where}: {len(graph.entities)} entities, {len(graph.statements)} "
            f"statements, {len(graph.sources)} sources; version {graph.version}"
        )
