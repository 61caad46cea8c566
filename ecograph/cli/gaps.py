"""ecograph gaps"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import Folders
from ecograph.cli.terminal import waiting
from ecograph.errors import QueryError
from ecograph.settings import find_folders

SHOWN = 20
"""Gaps that a page for people tells unless more are asked for."""


class GapForm(StrEnum):
    """How gaps are told."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"


class Sorting(StrEnum):
    """What comes first; the values of ecograph.curate.choose_gaps.Order."""

    gap = "gap"
    id = "id"
    file = "file"
    named = "named"


def gaps(
    gap: Annotated[
        list[str] | None,
        typer.Option(help="missing, stale, uncited, one-sided, or one of their sorts; repeatable."),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Of entities of this kind, or Source; repeatable.")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="In this category, or in files of this name (* fits all); repeatable."),
    ] = None,
    core: Annotated[
        bool, typer.Option("--core", help="Of the core alone: see ecograph check --strict.")
    ] = False,
    sort: Annotated[
        Sorting, typer.Option(help="gap, id, file, or named: what is named most comes first.")
    ] = Sorting.gap,
    older: Annotated[
        int, typer.Option("--older-than", min=0, help="Days after which a source is stale.")
    ] = 365,
    today: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day to count back from; today.")
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(min=1, help=f"Tell no more. [{SHOWN} as text and Markdown, else all]"),
    ] = None,
    form: Annotated[GapForm, typer.Option("--format", help="text, json, csv or md.")] = (
        GapForm.text
    ),
    data: Folders = None,
) -> None:
    """Tell what the dataset lacks, each gap with the text that would mend it and where it goes."""
    from ecograph.cli.show import show_csv
    from ecograph.curate.choose_gaps import Order, choose_gaps
    from ecograph.curate.gaps import find_gaps
    from ecograph.curate.tell_gaps import (
        gaps_to_json,
        gaps_to_markdown,
        gaps_to_table,
        gaps_to_text,
    )

    with waiting("Reading the data"):
        folders = [_show_from_here(folder) for folder in find_folders(data)]
        every = find_gaps(folders, _read_day(today), older)
    found = choose_gaps(
        every, gap or (), kind or (), area or (), core=core, order=Order(sort.value)
    )
    if form is GapForm.json:
        typer.echo(gaps_to_json(found, most), nl=False)
    elif form is GapForm.csv:
        show_csv(gaps_to_table(found, most))
    elif form is GapForm.md:
        typer.echo(gaps_to_markdown(found, most or SHOWN), nl=False)
    else:
        typer.echo(gaps_to_text(found, most or SHOWN), nl=False)


def _show_from_here(folder: Path) -> Path:
    """A folder below this one without the path that leads here."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _read_day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"--today: {text!r} is no day; write one like 2026-11-24") from None
