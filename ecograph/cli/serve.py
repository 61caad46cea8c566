"""ecograph serve"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ecograph.errors import SettingsError
from ecograph.settings import Settings, read_limits, read_settings


def serve(
    data: Annotated[
        Path | None, typer.Option(help="Data folder; the bundled one unless said.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on. [127.0.0.1]")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0: any free one. [8000]")
    ] = None,
    answer_cache: Annotated[
        int | None, typer.Option(help="Bytes of answers to keep; 0 keeps none. [33554432]")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(help="Seconds that one answer may take. [2]")
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(help="A limit on questions, e.g. depth=12; docs/limits.md lists them."),
    ] = None,
) -> None:
    """Start the service, with the bundled dataset unless said."""
    settings = read_settings(
        os.environ, data=data, host=host, port=port, answer_cache=answer_cache, deadline=deadline,
        **read_limits(limit or ()),
    )  # fmt: skip
    run(settings)


def run(settings: Settings) -> None:
    """Load, listen, say where, and answer until told to stop."""
    import gc

    import uvicorn

    from ecograph.api.limits import limits_of
    from ecograph.service import open_service
    from ecograph.web.app import make_app

    listener = _listen(settings)
    service = open_service(
        settings.data, answer_cache=settings.answer_cache, deadline=settings.deadline
    )
    service.api.limits = limits_of(settings)
    # What was loaded stays for good: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    # Threads hand over sooner than by default, so that the event loop is not kept waiting.
    sys.setswitchinterval(0.001)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    graph = service.graph
    typer.echo(
        f"ecograph: {len(graph.entities)} entities, {len(graph.statements)} statements, "
        f"as of {graph.as_of}, at http://{shown}:{port}/ (GraphQL: http://{shown}:{port}/graphql)"
    )
    options: dict[str, Any] = {"access_log": False, "log_level": "warning", "lifespan": "on"}
    server = uvicorn.Server(uvicorn.Config(make_app(service), **options))
    server.run(sockets=[listener])


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
