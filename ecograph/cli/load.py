"""ecograph load"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.opening import Folders, load_asked
from ecograph.errors import SettingsError
from ecograph.settings import Settings, read_settings

if TYPE_CHECKING:
    from ecograph.model.graph import Graph
    from ecograph.store.bolt_load import Tell
    from ecograph.store.database import Database
    from ecograph.store.difference import Difference

SHOWN = 10
"""Ids of each kind of difference that are listed."""


def load(
    store: Annotated[
        str | None, typer.Option(help="Database to fill, e.g. neo4j://127.0.0.1:7687.")
    ] = None,
    data: Folders = None,
    config: Annotated[
        Path | None, typer.Option(help="File with settings, TOML; docs/settings.md lists them.")
    ] = None,
    store_user: Annotated[str | None, typer.Option(help="Its user. [neo4j]")] = None,
    store_database: Annotated[
        str | None, typer.Option(help="Its name on the server. [neo4j]")
    ] = None,
    wait: Annotated[
        float, typer.Option(help="Seconds that the database may take to be there.")
    ] = 0,
    grace: Annotated[
        float,
        typer.Option(help="Seconds, twice, before a replaced version goes; over any deadline."),
    ] = 10,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
) -> None:
    """Load the dataset into a database, as a version that takes the place of the one before.

    Readers see the old version until all of the new one is there. What is in the database already
    is not loaded again. The password is read from ECOGRAPH_STORE_PASSWORD.
    """
    settings = read_settings(
        os.environ, config, store=store, data=tuple(data or ()) or None, store_user=store_user,
        store_database=store_database,
    )  # fmt: skip
    if not settings.store:
        raise SettingsError(
            "store: nothing says where the database is; write --store neo4j://127.0.0.1:7687"
        )
    graph = load_asked(settings.data)
    database = _open(settings, wait)
    try:
        if dry_run:
            _show_difference(database, graph)
        else:
            _load(database, graph, grace)
    finally:
        database.close()


def _open(settings: Settings, wait: float) -> Database:
    """The database once it answers. Raises: StoreUnavailable after `wait` seconds."""
    import time

    from ecograph.errors import StoreUnavailable
    from ecograph.service import address_of
    from ecograph.store.database import Database

    database, end = Database(address_of(settings)), time.monotonic() + wait
    while True:
        try:
            database.read_all("RETURN 1")
        except StoreUnavailable:
            if time.monotonic() > end:
                database.close()
                raise
            time.sleep(1)
        else:
            return database


def _load(database: Database, graph: Graph, grace: float) -> None:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    from ecograph.store.bolt_load import Loader

    told: dict[str, None] = {}
    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        tasks = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what)
            progress.update(tasks[what], completed=done, total=total or None)

        def say(what: str, done: int, total: int) -> None:
            # Where nothing can be drawn, one line for each step.
            if what not in told:
                told[what] = None
                typer.echo(f"{what} ({total})" if total else what, err=True)

        tell: Tell = say if progress.disable else show
        done = Loader(database, tell, grace=grace).load(graph)
    what = f"{len(graph.entities)} entities and {len(graph.statements)} statements"
    if done.changed:
        typer.echo(f"Loaded {what} as version {done.version} in {done.seconds:.1f} s.")
    else:
        typer.echo(f"Unchanged: the database answers with version {done.version}, {what}.")


def _show_difference(database: Database, graph: Graph) -> None:
    from ecograph.store.difference import compare
    from ecograph.store.versions import read_pointer

    before = read_pointer(database)
    typer.echo(f"In the database: {before or 'nothing'}. To be loaded: {graph.version}.")
    entities, statements = compare(database, graph)
    for name, found in (("entities", entities), ("statements", statements)):
        typer.echo(
            f"{name}: {len(found.added)} added, {len(found.removed)} removed, "
            f"{len(found.changed)} changed"
        )
        _list(found)


def _list(found: Difference) -> None:
    for mark, ids in (("+", found.added), ("-", found.removed), ("~", found.changed)):
        for id_ in ids[:SHOWN]:
            typer.echo(f"  {mark} {id_}")
        if len(ids) > SHOWN:
            typer.echo(f"  {mark} and {len(ids) - SHOWN} more")
