"""What every route works with: the request, the reply, and what refuses a request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import orjson

from ecograph.service import Service

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

JSON = "application/json"
MAX_BODY = 256 * 2**10
LONGEST_QUOTED = 200

NO_SNIFF: Header = (b"x-content-type-options", b"nosniff")
CROSS_ORIGIN: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, link, retry-after, x-dataset-version"),
)
CACHE: Header = (b"cache-control", b"public, max-age=60, stale-while-revalidate=3600")
"""Of an answer that a new dataset version may change."""
NO_STORE: Header = (b"cache-control", b"no-store")


class BadRequest(Exception):
    """A request that is refused; `status` says how, `code` is stable."""

    def __init__(
        self, status: int, message: str, headers: tuple[Header, ...] = (), code: str = "BAD_REQUEST"
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.code = code


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a status, a media type, a body, and headers beyond these.

    `code` is that of a refusal; it is counted and logged, and not sent.
    """

    status: int
    media_type: str
    body: bytes
    headers: tuple[Header, ...] = ()
    code: str = ""


class Request:
    """What came: a thin reading of the ASGI scope.

    `current` gives the service, `patience` is how long the body may take, in seconds. A handler
    sets `operation` to the name of what is asked, for metrics and the log.
    """

    __slots__ = (
        "_current", "_headers", "_receive", "_service", "method", "operation", "path", "patience",
        "scope",
    )  # fmt: skip

    def __init__(
        self, scope: Scope, receive: Receive, current: Callable[[], Service],
        patience: float = 8.0,
    ) -> None:  # fmt: skip
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.patience = patience
        self.operation = ""
        self._receive = receive
        self._current = current
        self._service: Service | None = None
        self._headers: Mapping[bytes, str] | None = None

    @property
    def service(self) -> Service:
        """The service of this request, the same to its end. Raises: BadRequest if none is there."""
        if self._service is None:
            self._service = self._current()
        return self._service

    @property
    def version(self) -> str:
        """The dataset version of the service, empty if the request did not ask it."""
        return self._service.outline.version if self._service is not None else ""

    @property
    def query_string(self) -> bytes:
        """The query string as it came."""
        query: bytes = self.scope["query_string"]
        return query

    @property
    def headers(self) -> Mapping[bytes, str]:
        """The headers by lower-case name; of repeated ones the last."""
        if self._headers is None:
            self._headers = {n: value.decode("latin-1") for n, value in self.scope["headers"]}
        return self._headers

    async def body(self) -> bytes:
        """The whole body.

        Raises: BadRequest if it is over the limit or late, or the client left.
        """
        # A body that comes at once, as nearly all do, needs no timer; one that does not begin to
        # come is a matter of the connection (wire.py).
        first, more = await self._part()
        if not more:
            return _within_limit(first)
        try:
            async with asyncio.timeout(self.patience):
                return await self._rest(first)
        except TimeoutError:
            raise BadRequest(
                408, f"the body was not complete within {self.patience:g} s (setting read_timeout)",
                ((b"connection", b"close"),), code="REQUEST_TIMEOUT",
            ) from None  # fmt: skip

    async def _rest(self, first: bytes) -> bytes:
        parts, size, more = [first], len(first), True
        while more and size <= MAX_BODY:
            part, more = await self._part()
            parts.append(part)
            size += len(part)
        return _within_limit(b"".join(parts))

    async def _part(self) -> tuple[bytes, bool]:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise BadRequest(
                400, "the client left before its request was complete", code="CLIENT_LEFT"
            )
        return message.get("body", b""), message.get("more_body", False)

    async def left(self) -> None:
        """Wait until the client leaves; only after the body was read."""
        while (await self._receive())["type"] != "http.disconnect":
            pass


def show(value: object) -> str:
    """What a client sent as a message repeats it: not as long as the client likes."""
    told = repr(value)
    return told if len(told) <= LONGEST_QUOTED else f"{told[:LONGEST_QUOTED]}…"


def _within_limit(body: bytes) -> bytes:
    if len(body) > MAX_BODY:
        raise BadRequest(413, f"the body is larger than the limit of {MAX_BODY} bytes")
    return body


Handler = Callable[[Request], Awaitable[Reply]]


def refuse(error: BadRequest, media_type: str = JSON) -> Reply:
    """The reply that says why a request is refused."""
    told = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return Reply(error.status, media_type, orjson.dumps(told), error.headers, error.code)


def wrong_method(*allowed: str) -> BadRequest:
    """The refusal of a method."""
    names = ", ".join(allowed)
    return BadRequest(
        405, f"this method is not answered here; use {names}", ((b"allow", names.encode()),)
    )


def headers_of(reply: Reply, more: tuple[Header, ...] = (), *, bare: bool = False) -> list[Header]:
    """The headers of a reply, with more than its own.

    `bare`: no cache keeps it and no other site's page asked for it, so that it needs no header
    for them.
    """
    media = reply.media_type if ";" in reply.media_type else f"{reply.media_type}; charset=utf-8"
    return [
        (b"content-type", media.encode()),
        (b"content-length", b"%d" % len(reply.body)),
        NO_SNIFF,
        *more,
        *(h for h in reply.headers if not (bare and h[0] == b"vary")),
        *(() if bare else CROSS_ORIGIN),
    ]
