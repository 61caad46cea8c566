"""Connections that give up on clients who neither send nor take: uvicorn has no such limit.

A client has so many seconds to connect and send its whole request, and must take what it asked
for at a rate that no honest one stays below. What it held is then free.

A question that came whole goes the short way (quick.py), without a task of its own.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from ecograph.settings import Settings
from ecograph.web.app import Server
from ecograph.web.http import App
from ecograph.web.quick import Quick
from ecograph.web.shelf import Told

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
NOT_ENCODED = (
    "The address holds a letter that is not ASCII; percent-encode it as UTF-8: "
    "/ask?q=%E8%B0%81, and with curl: --get --data-urlencode 'q=...'"
)
TOO_LATE = (
    b'{"errors":[{"message":"the request was not complete in time (setting read_timeout)",'
    b'"extensions":{"code":"REQUEST_TIMEOUT"}}]}'
)


class PatientConfig(Config):
    """What uvicorn is told, whether it runs one process or several."""

    quick: Quick | None = None
    """The short way, if the application has one."""

    def __init__(self, app: Any, settings: Settings, **more: Any) -> None:
        self.read_timeout = settings.read_timeout
        self.look = min(LOOK, settings.read_timeout / 4, settings.keep_alive / 2)
        super().__init__(
            app, access_log=False, log_config=None, log_level="warning", lifespan="on",
            http=f"{__name__}:{Patient.__name__}", ws="none", server_header=False,
            limit_concurrency=settings.connections,
            timeout_keep_alive=settings.keep_alive,  # type: ignore[arg-type]
            timeout_graceful_shutdown=max(1, round(settings.grace)), **more,
        )  # fmt: skip

    def load(self) -> None:
        """Load the application, and see whether it has the short way."""
        super().load()
        # uvicorn may have put the address of a proxy's client around it.
        server: Any = self.loaded_app
        while server is not None and not isinstance(server, Server):
            server = getattr(server, "app", None)
        if server is not None and server.continued is None and not server.settings.only_named:
            self.quick = Quick(server)


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
    idle_since: float | None = None
    """When the last question that went the short way was answered, if nothing came since."""
    held: bytes | None = None
    """The body so far of a request that may go the short way."""
    gone_short = False
    """Whether one did of those that came together: the rest take turns with other clients."""
    _head: tuple[Any, bytes] = (None, b"")
    came: bytes = b""
    """What came last, until it is read."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.waiting_since = self.loop.time()
        self._look_again()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.idle_since = None
        if self.waiting_since is None:
            self.waiting_since = self.loop.time()
        self.gone_short = False
        self.came = data
        super().data_received(data)
        self.came = b""
        if self.held is not None:
            self._take_long(self.app, more=True)
        if self.in_head:
            self.head += len(data)
            if self.head > LONGEST_HEAD and not self.transport.is_closing():
                self.transport.write(TOO_LONG)
                self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; of letters as they are typed, say what would be right."""
        line = self.came.partition(b"\r\n")[0]
        super().send_400_response(msg if line.isascii() else NOT_ENCODED)

    def on_headers_complete(self) -> None:
        self.in_head, self.head = False, 0
        if self.url == b"/graphql" and self._may_go_short():
            self.held = b""
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self.held is None:
            super().on_body(body)
        else:
            self.held += body

    def on_message_complete(self) -> None:
        self.waiting_since = None
        if self.held is None:
            super().on_message_complete()
            return
        assert self.config.quick is not None
        self.gone_short = True
        told = self.config.quick.answer(self.headers, self.held)
        if isinstance(told, Told):
            self.held = None
            self.transport.writelines((self._beginning(), told.head, told.body))
            self.server_state.total_requests += 1
            self.idle_since = self.loop.time()
        else:
            self._take_long(told, more=False)

    def _may_go_short(self) -> bool:
        parser, limit = self.parser, self.limit_concurrency
        return (
            self.config.quick is not None
            and not self.gone_short
            and _is_over(self.cycle)
            and not self.expect_100_continue
            and not self.flow.write_paused
            and parser.get_method() == b"POST"
            and parser.get_http_version() == "1.1"
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and (limit is None or len(self.connections) < limit)
        )

    def _take_long(self, app: App, *, more: bool) -> None:
        """Go on as uvicorn does, from complete headers on; `more` of the body is to come."""
        body, self.held = self.held, None
        usual, self.app = self.app, app
        super().on_headers_complete()
        self.app = usual
        if body:
            super().on_body(body)
        if not more:
            super().on_message_complete()

    def _beginning(self) -> bytes:
        """The line of status 200 and the headers of every answer, which change each second."""
        headers = self.server_state.default_headers
        if self._head[0] is not headers:
            lines = b"".join([b"%b: %b\r\n" % header for header in headers])
            self._head = headers, STATUS_LINE[200] + lines
        return self._head[1]

    def on_message_begin(self) -> None:
        # Of requests that come together, the next begins when the one before is complete.
        if self.waiting_since is None:
            self.waiting_since = self.loop.time()
        self.in_head = True
        super().on_message_begin()

    def _look_again(self) -> None:
        self._timer = self.loop.call_later(self.config.look, self._look)

    def _look(self) -> None:
        now = self.loop.time()
        late = (
            self.waiting_since is not None and now - self.waiting_since > self.config.read_timeout
        )
        idle = self.idle_since is not None and now - self.idle_since > self.timeout_keep_alive
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
        elif idle:
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


def _is_over(cycle: RequestResponseCycle | None) -> bool:
    """Whether no request is under way."""
    return cycle is None or cycle.response_complete
