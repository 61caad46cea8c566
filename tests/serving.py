"""A server on the loopback, as `ecograph serve` runs it: the same protocol, the same patience."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.app import make_app
from ecograph.web.log import Log
from ecograph.web.wire import PatientConfig


@contextmanager
def serving(
    service: Service, settings: Settings | None = None, log: Log | None = None
) -> Iterator[str]:
    """The address of a server, without a / at its end; it ends with the block."""
    settings = settings or Settings(port=0)
    listener = socket.create_server((settings.host, settings.port))
    server = uvicorn.Server(PatientConfig(make_app(service, settings, log), settings))
    thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    try:
        yield f"http://{settings.host}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
