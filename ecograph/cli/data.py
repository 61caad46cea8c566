"""ecograph check, ecograph export"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import load_asked
from ecograph.cli.terminal import wants_color
from ecograph.errors import DataError, DataErrors

Folder = Annotated[Path | None, typer.Argument(help="Data folder; the bundled one unless said.")]


class ReportForm(StrEnum):
    """How faults are told."""

    text = "text"
    json = "json"
    github = "github"


def check(
    folder: Folder = None,
    form: Annotated[
        ReportForm, typer.Option("--format", help="text, json, or GitHub annotations.")
    ] = ReportForm.text,
) -> None:
    """Check a data folder: every fault at file:line:column, with what would be right."""
    from ecograph.api.schema import build_schema
    from ecograph.load.report import report_annotations, report_json, report_text

    try:
        graph = load_asked(folder)
        build_schema(graph.ontology)
    except (DataErrors, DataError) as error:
        errors = error if isinstance(error, DataErrors) else DataErrors([error])
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
        typer.echo(
            f"no faults: {len(graph.entities)} entities, {len(graph.statements)} statements, "
            f"{len(graph.sources)} sources; version {graph.version}"
        )


def export_mermaid(
    scheme: Annotated[str, typer.Option(help="The taxonomy to draw.")] = "seed",
    data: Annotated[Path | None, typer.Option(help="Data folder.")] = None,
) -> None:
    """Write a taxonomy as a Mermaid flowchart, from its statements."""
    from ecograph.formats.diagram import write_diagram

    typer.echo(write_diagram(load_asked(data), scheme), nl=False)
