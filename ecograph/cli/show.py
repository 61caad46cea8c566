"""Answers printed: a table for people, JSON, CSV or Markdown for programs and pages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import typer

from ecograph.api.compared import Comparison
from ecograph.api.operations import NamedOperation
from ecograph.api.tables import Cited, Table, lay_out, tabulate, tabulate_for_people
from ecograph.api.written import note_of, to_csv, to_markdown
from ecograph.cli.terminal import wants_color
from ecograph.service import Service


def show_answer(
    service: Service, document: str, told: Mapping[str, Any], form: str,
    named: NamedOperation | None = None,
) -> None:  # fmt: skip
    """Print an answer; what is wrong with it is told on standard error, too."""
    data = told.get("data")
    for error in told.get("errors", ()):
        typer.echo(f"ecograph: {error['message']}", err=True)
    if form == "json":
        show_json(told)
    if form == "json" or data is None:
        return
    layout = lay_out(service.api.core, document)
    if form == "csv":
        show_csv(tabulate(layout, data))
        return
    table, cited = tabulate_for_people(layout, data)
    if form == "md":
        question = named.question if named is not None else None
        typer.echo(to_markdown(table, cited, question=question), nl=False)
    else:
        show_table(table, cited, heading=named.question["en"] if named is not None else None)


def show_compared(found: Comparison, form: str) -> None:
    """Print what differs between two answers."""
    if form == "json":
        show_json(found.told())
    elif form == "csv":
        show_csv(found.table())
    elif form == "md":
        typer.echo(to_markdown(found.table(), ()), nl=False)
    else:
        show_table(found.table())


def show_json(told: Any) -> None:
    """Print a value as JSON."""
    typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())


def show_csv(table: Table) -> None:
    """Print a table as CSV, whose lines end by RFC 4180 on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(to_csv(table).encode())
    sys.stdout.buffer.flush()


def show_table(table: Table, cited: Iterable[Cited] = (), *, heading: str | None = None) -> None:
    """Print a table for people, as far as there is room: what gives way is named below it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    from ecograph.cli.fitted import GAP, fit

    console = Console(highlight=False, color_system="auto" if wants_color(sys.stdout) else None)
    if heading is not None:
        console.print(Text(heading, style="bold"), soft_wrap=True)
    for header, text in table.beside:
        if text:
            console.print(Text(f"{header}: {text}"))
    if table.rows:
        fitted = fit(table, console.width)
        if fitted.way:
            console.print(Text(fitted.way))
        grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, GAP - 1, 0, 0))
        for header, width in zip(fitted.headers, fitted.widths, strict=True):
            grid.add_column(Text(header), width=width, overflow="fold")
        for row in fitted.rows:
            grid.add_row(*map(Text, row))
        if fitted.headers:
            console.print()
            console.print(grid)
            console.print()
        if fitted.left_out:
            told = f"Left out: {', '.join(fitted.left_out)}; --format csv has every column."
            console.print(Text(told, style="dim"))
    console.print(Text(note_of(table)))
    for number, source in enumerate(cited, 1):
        console.print(Text(f"[{number}] {source.title}  {source.url}", style="dim"), soft_wrap=True)
    if table.next is not None:
        console.print(Text(f"The next page: --set after={table.next}", style="dim"), soft_wrap=True)
