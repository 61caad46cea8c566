"""ecograph check, ecograph export"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecograph.errors import DataErrors
from ecograph.settings import bundled

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
    from ecograph.load import load
    from ecograph.load.report import report_annotations, report_json, report_text

    try:
        graph = load(folder or bundled("data"))
        build_schema(graph.ontology)
    except DataErrors as errors:
        tell = {"text": report_text, "json": report_json, "github": report_annotations}[form.value]
        typer.echo(tell(errors).rstrip("\n"))
        raise typer.Exit(1) from None
    if form is ReportForm.json:
        typer.echo('{"faults": []}')
    elif form is ReportForm.text:
        typer.echo(
            f"no faults: {len(graph.entities)} entities, {len(graph.statements)} statements, "
            f"{len(graph.sources)} sources; version {graph.version}"
        )


export = typer.Typer(help="Write the dataset in another form.", no_args_is_help=True)


@export.callback()
def _export() -> None:
    """Write the dataset in another form."""


@export.command("mermaid")
def export_mermaid(
    scheme: Annotated[str, typer.Option(help="The taxonomy to draw.")] = "seed",
    data: Annotated[Path | None, typer.Option(help="Data folder.")] = None,
) -> None:
    """Write a taxonomy as a Mermaid flowchart, from its statements."""
    from ecograph.formats.diagram import write_diagram
    from ecograph.load import load

    typer.echo(write_diagram(load(data or bundled("data")), scheme), nl=False)
