"""Connections that give up on clients who neither send nor take: uvicorn has no such limit.

A client has so many seconds to connect and send its whole request, and must take what it asked
for at a rate that no honest one stays below. What it held is then free.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from ecograph.settings import Settings

LOOK = 1.0
"""Seconds between two looks at a connection."""
SLOWEST = 16 * 2**10
"""Bytes a second that a client must take once it was waited for."""
LONGEST_HEAD = 64 * 2**10
"""Bytes that a request's line and headers may take."""
TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"connection: close\r\ncontent-length: 0\r\n\r\n"
)
TOO_LATE = (
    b'{"errors":[{"message":"the request was not complete in time (setting read_timeout)",'
    b'"extensions":{"code":"REQUEST_TIMEOUT"}}]}'
)


class PatientConfig(Config):
    """What uvicorn is told, whether it runs one process or several."""

    def __init__(self, app: Any, settings: Settings, **more: Any) -> None:
        self.read_timeout = settings.read_timeout
        super().__init__(
            app, access_log=False, log_config=None, log_level="warning", lifespan="on",
            http=f"{__name__}:{Patient.__name__}", ws="none", server_header=False,
            limit_concurrency=settings.connections,
            timeout_keep_alive=settings.keep_alive,  # type: ignore[arg-type]
            timeout_graceful_shutdown=max(1, round(settings.grace)), **more,
        )  # fmt: skip


class Patient(HttpToolsProtocol):
    """One connection; its patience is that of its configuration."""

    config: PatientConfig
    waiting_since: float | None = None
    """When the request began that is not yet complete; when the client connected, before any."""
    in_head = False
    head = 0
    """Bytes of a request whose headers are not complete."""
    full_since: float | None = None
    full = 0
    """Bytes that the client had not taken then."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.waiting_since = self.loop.time()
        self._look_again()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.waiting_since is None:
            self.waiting_since = self.loop.time()
        super().data_received(data)
        if self.in_head:
            self.head += len(data)
            if self.head > LONGEST_HEAD and not self.transport.is_closing():
                self.transport.write(TOO_LONG)
                self.transport.close()

    def on_headers_complete(self) -> None:
        self.in_head, self.head = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self.waiting_since = None
        super().on_message_complete()

    def on_message_begin(self) -> None:
        # Of requests that come together, the next begins when the one before is complete.
        if self.waiting_since is None:
            self.waiting_since = self.loop.time()
        self.in_head = True
        super().on_message_begin()

    def _look_again(self) -> None:
        self._timer = self.loop.call_later(min(LOOK, self.config.read_timeout / 4), self._look)

    def _look(self) -> None:
        now = self.loop.time()
        late = (
            self.waiting_since is not None and now - self.waiting_since > self.config.read_timeout
        )
        if self._is_stuck(now) or (late and self.transport.is_closing()):
            self.transport.abort()
            return
        if late:
            if not _is_answered(self.cycle):
                self.transport.write(
                    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n"
                    b"content-type: application/json; charset=utf-8\r\n"
                    b"content-length: %d\r\n\r\n%b" % (len(TOO_LATE), TOO_LATE)
                )
            self.transport.close()
        self._look_again()

    def _is_stuck(self, now: float) -> bool:
        size = self.transport.get_write_buffer_size()
        if not size:
            self.full_since = None
        elif self.full_since is None or size > self.full:
            self.full_since, self.full = now, size
        else:
            waited = now - self.full_since
            return waited > self.config.read_timeout and self.full - size < SLOWEST * waited
        return False


def _is_answered(cycle: RequestResponseCycle | None) -> bool:
    """Whether an answer to an incomplete request began, so that there is no room for another."""
    return cycle is not None and cycle.more_body and cycle.response_started
