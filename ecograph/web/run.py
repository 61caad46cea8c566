"""The server as processes: one, or several that share a socket."""

from __future__ import annotations

import logging
import os
import socket
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from ecograph.api.job import Job
from ecograph.api.limits import limits_of
from ecograph.api.operations import NamedOperation, read_operations
from ecograph.api.run import Counters
from ecograph.service import Service, address_of, open_service, open_stored
from ecograph.settings import Settings, bundled, read_settings, to_environment
from ecograph.store.base import Budget
from ecograph.web.app import make_app
from ecograph.web.board import BOARD, Board
from ecograph.web.http import App
from ecograph.web.live import Live, Reload
from ecograph.web.log import Log, ServerLog
from ecograph.web.process import settle_process
from ecograph.web.wire import PatientConfig

WARMING = 15.0
"""Seconds that a database may take over its first questions before a service counts as ready."""
FIRST = 5.0
"""Of these, the seconds that one question may take."""


def open_for(settings: Settings) -> Service:
    """The service that the settings say. Raises: DataErrors, StoreError."""
    options: dict[str, Any] = {
        "answer_cache": settings.answer_cache // 2, "deadline": settings.deadline,
    }  # fmt: skip
    if settings.store:
        service = open_stored(address_of(settings), **options)
        warm(service, read_operations(bundled("queries")).values())
    else:
        service = open_service(
            settings.data, cache=settings.cache, cache_dir=settings.cache_dir, **options
        )
    service.api.limits = limits_of(settings)
    return service


def warm(service: Service, operations: Iterable[NamedOperation], seconds: float = WARMING) -> None:
    """Ask each operation's example until the time is up; what cannot be answered is passed over.

    A database that has just started plans each statement and reads each page for the first time,
    which takes longer than a deadline lets it.
    """
    end = time.monotonic() + seconds
    for operation in operations:
        left = end - time.monotonic()
        if left <= 0:
            break
        begun = service.api.begin(operation.document, operation.variables)
        if isinstance(begun, Job):
            begun.run(Budget(min(left, FIRST)))
    # Nobody asked these.
    service.api.counters = Counters()


def serve_one(settings: Settings, listener: socket.socket, loaded: Callable[[Live], None]) -> None:
    """Serve in this process; `loaded` is called when the first data is there.

    Raises: DataErrors if the first data has faults.
    """
    log = make_log(settings)

    def tell(done: Reload) -> None:
        log.reload(done)
        if not live.loaded:
            # A database may come later; data that has faults stays as it is.
            server.should_exit = not settings.store
        elif live.results["loaded"] == 1 and done.result == "loaded":
            loaded(live)

    live = Live(opener=partial(open_for, settings), tell=tell, settle=settle_process)
    server = uvicorn.Server(PatientConfig(make_app(live, settings, log), settings))
    server.run(sockets=[listener])
    if not live.loaded and live.error is not None:
        raise live.error


def serve_many(settings: Settings, listener: socket.socket) -> None:
    """Serve in `workers` processes, which read their settings from the environment."""
    with TemporaryDirectory(prefix="ecograph-") as folder:
        os.environ |= to_environment(settings) | {BOARD: folder}
        app = f"{__name__}:{make_worker.__name__}"
        config = PatientConfig(app, settings, factory=True, workers=settings.workers)
        Multiprocess(config, sockets=[listener]).run()


def make_worker() -> App:
    """The application of one of several processes."""
    settings = read_settings(os.environ)
    log = make_log(settings)
    live = Live(opener=partial(open_for, settings), tell=log.reload, settle=settle_process)
    return make_app(live, settings, log, Board(Path(os.environ[BOARD])))


def make_log(settings: Settings) -> Log:
    """The log on standard error, for uvicorn's own messages too."""
    log = Log(sys.stderr.write, sample=settings.log_sample, slow=settings.log_slow)
    for name in ("uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [ServerLog(log)]
        logger.propagate = False
    return log
