"""ecograph insights"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import Folders, open_asked


def insights(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A folder, for the report with its pictures.",
                     show_default=False),
    ] = None,
    scheme: Annotated[
        str, typer.Option(help="The taxonomy against which communities are held.")
    ] = "cncf",
    data: Folders = None,
) -> None:  # fmt: skip
    """Print what matters, as Markdown: importance, articulation points, communities."""
    from ecograph.curate.insights import find_insights
    from ecograph.curate.insights_report import report_insights, write_report
    from ecograph.errors import QueryError

    graph = open_asked(ctx, data).graph
    if scheme not in graph.taxonomies:
        known = ", ".join(sorted(graph.taxonomies))
        raise QueryError(f"--scheme: {scheme!r} names no taxonomy; there are: {known}")
    found = find_insights(graph, scheme)
    if output is None:
        typer.echo(report_insights(graph, found), nl=False)
        return
    for path in write_report(output, graph, found):
        typer.echo(path)
