"""The commands put together, and how they end: 0, or 1 with a message and never a traceback."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from ecograph.cli import ask, cost, data, serve
from ecograph.errors import DataErrors, EcographError

app = typer.Typer(
    name="ecograph",
    help="The knowledge graph of the container ecosystem: serve it, ask it, check it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("serve")(serve.serve)
app.command("check")(data.check)
app.add_typer(data.export, name="export")
app.command("query")(ask.query)
app.command("plan")(ask.plan)
app.command("cost")(cost.cost)
app.command("schema")(ask.schema)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ecograph {version('ecograph')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Options of no command."""


def main() -> None:
    """Run the command line."""
    try:
        app()
    except DataErrors as errors:
        from ecograph.load.report import report_text

        sys.stderr.write(report_text(errors))
        sys.exit(1)
    except EcographError as error:
        sys.stderr.write(f"ecograph: {error}\n")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
