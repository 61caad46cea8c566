"""ecograph serve"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.opening import Folders
from ecograph.errors import SettingsError
from ecograph.settings import Settings, read_limits, read_settings

if TYPE_CHECKING:
    from ecograph.model.graph import Outline


def serve(
    data: Folders = None,
    config: Annotated[
        Path | None, typer.Option(help="File with settings, TOML; docs/settings.md lists them.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on. [127.0.0.1]")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0: any free one. [8000]")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Server processes, each with the data in memory. [1]")
    ] = None,
    store: Annotated[
        str | None, typer.Option(help="Database to answer from, e.g. neo4j://127.0.0.1:7687.")
    ] = None,
    store_user: Annotated[str | None, typer.Option(help="Its user. [neo4j]")] = None,
    store_database: Annotated[
        str | None, typer.Option(help="Its name on the server. [neo4j]")
    ] = None,
    store_pool: Annotated[int | None, typer.Option(help="Connections to it at most. [16]")] = None,
    watch: Annotated[
        bool | None, typer.Option("--watch/--no-watch", help="Load changed data. [no-watch]")
    ] = None,
    only_named: Annotated[
        bool | None,
        typer.Option(
            "--only-named/--any-query",
            help="Answer the named operations and nothing else. [any-query]",
        ),
    ] = None,
    mcp: Annotated[
        bool | None,
        typer.Option("--mcp/--no-mcp", help="Serve language models at /mcp. [no-mcp]"),
    ] = None,
    repository: Annotated[
        str | None,
        typer.Option(help="Where gaps of the data are mended: its repository's address."),
    ] = None,
    cache: Annotated[
        bool | None, typer.Option("--cache/--no-cache", help="Keep read data packed. [cache]")
    ] = None,
    cache_dir: Annotated[
        Path | None, typer.Option(help="Folder for packed data; the user's cache unless said.")
    ] = None,
    answer_cache: Annotated[
        int | None, typer.Option(help="Bytes of answers to keep; 0 keeps none. [33554432]")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(help="Seconds that one answer may take. [2]")
    ] = None,
    running: Annotated[
        int | None, typer.Option(help="Heavy questions that run at once. [8]")
    ] = None,
    queued: Annotated[
        int | None, typer.Option(help="Heavy questions that wait; more are refused. [32]")
    ] = None,
    connections: Annotated[int | None, typer.Option(help="Connections at once. [900]")] = None,
    read_timeout: Annotated[
        float | None, typer.Option(help="Seconds that a client may take to send or receive. [8]")
    ] = None,
    keep_alive: Annotated[
        float | None, typer.Option(help="Seconds that a connection may be idle. [5]")
    ] = None,
    grace: Annotated[
        float | None, typer.Option(help="Seconds for what is under way at the end. [10]")
    ] = None,
    log_sample: Annotated[
        float | None, typer.Option(help="Share of requests that is logged, 0 to 1. [0]")
    ] = None,
    log_slow: Annotated[
        float | None, typer.Option(help="Seconds from which on a request is logged. [1]")
    ] = None,
    trace: Annotated[
        bool | None, typer.Option("--trace/--no-trace", help="Spans of OpenTelemetry. [no-trace]")
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(
            help="A limit on questions, e.g. depth=12, or none; docs/settings.md lists them."
        ),
    ] = None,
) -> None:
    """Start the service, with the bundled dataset unless said.

    Settings come from flags, then from the environment (ECOGRAPH_...), then from a file. SIGTERM
    ends it when what is under way is answered.
    """
    run(
        read_settings(
            os.environ, config, data=tuple(data or ()) or None,
            host=host, port=port, workers=workers, watch=watch, cache=cache, cache_dir=cache_dir,
            store=store, store_user=store_user, store_database=store_database,
            store_pool=store_pool,
            only_named=only_named, mcp=mcp, repository=repository,
            answer_cache=answer_cache, deadline=deadline,
            running=running,
            queued=queued, connections=connections, read_timeout=read_timeout,
            keep_alive=keep_alive, grace=grace, log_sample=log_sample, log_slow=log_slow,
            trace=trace, **read_limits(limit or ()),
        )
    )  # fmt: skip


def run(settings: Settings) -> None:
    """Load, listen, say where, and answer until told to stop."""
    from ecograph.web.run import open_for, serve_many, serve_one

    listener = _listen(settings)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host

    address = f"http://{shown}:{port}/"

    def say(outline: Outline) -> None:
        typer.echo(
            f"ecograph: {outline.entity_count} entities, {outline.statement_count} statements, "
            f"as of {outline.as_of}, at {address} (GraphQL: {address}graphql)"
        )

    if settings.store:
        from ecograph.service import address_of

        # It need not be there yet: /readyz says when it is.
        typer.echo(f"ecograph: the database is at {address_of(settings).shown}, this at {address}")
    if settings.workers > 1:
        if not settings.store:
            say(open_for(settings).outline)
        serve_many(settings, listener)
    else:
        serve_one(settings, listener, lambda live: say(live.service.outline))


def _listen(settings: Settings) -> socket.socket:
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(2048)
    except OSError as error:
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; "
            "choose another with --port, or 0 for any free one"
        ) from error
    return listener
