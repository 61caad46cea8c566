"""ecograph mcp"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ecograph.cli.opening import Folders
from ecograph.settings import bundled, read_limits, read_settings


def mcp(
    data: Folders = None,
    config: Annotated[
        Path | None, typer.Option(help="File with settings, TOML; docs/settings.md lists them.")
    ] = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP, at /mcp of the whole service.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(help="With --http: address to listen on. [127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="With --http: port; 0: any free one. [8000]")
    ] = None,
    store: Annotated[
        str | None, typer.Option(help="Database to answer from, e.g. neo4j://127.0.0.1:7687.")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(help="Seconds that one answer may take. [2]")
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(
            help="A limit on questions, e.g. depth=12, or none; docs/settings.md lists them."
        ),
    ] = None,
) -> None:
    """Serve language models: the named operations as tools of the Model Context Protocol.

    Over standard input and output, for a client that starts this command; it ends with its input.
    With --http it is `ecograph serve --mcp`.
    """
    from ecograph.web.mcp import hold_installed

    settings = read_settings(
        os.environ, config, data=tuple(data or ()) or None, host=host, port=port, store=store,
        deadline=deadline, mcp=True, **read_limits(limit or ()),
    )  # fmt: skip
    hold_installed()
    if http:
        from ecograph.cli.serve import run

        run(settings)
        return
    from ecograph.api.operations import read_operations
    from ecograph.mcp.stdio import serve_stdio
    from ecograph.web.run import open_for

    service = open_for(settings)
    try:
        serve_stdio(service, read_operations(bundled("queries")))
    finally:
        service.close()
