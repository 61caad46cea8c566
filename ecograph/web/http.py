"""What every route works with: the request, the reply, and what refuses a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import orjson

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

JSON = "application/json"
MAX_BODY = 256 * 2**10

COMMON: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
)


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
    """What goes back: a status, a media type, a body, and headers beyond these."""

    status: int
    media_type: str
    body: bytes
    headers: tuple[Header, ...] = ()


class Request:
    """What came: a thin reading of the ASGI scope."""

    __slots__ = ("_receive", "method", "path", "scope")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self._receive = receive

    @property
    def query_string(self) -> bytes:
        """The query string as it came."""
        query: bytes = self.scope["query_string"]
        return query

    @property
    def headers(self) -> Mapping[bytes, str]:
        """The headers by lower-case name; of repeated ones the last."""
        return {name: value.decode("latin-1") for name, value in self.scope["headers"]}

    async def body(self) -> bytes:
        """The whole body. Raises: BadRequest if it is over the limit, or the client left."""
        message = await self._receive()
        parts, size = [message.get("body", b"")], len(message.get("body", b""))
        while message.get("more_body"):
            if size > MAX_BODY:
                break
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise BadRequest(400, "the client left before its request was complete")
            parts.append(message.get("body", b""))
            size += len(parts[-1])
        if size > MAX_BODY:
            raise BadRequest(413, f"the body is larger than the limit of {MAX_BODY} bytes")
        return parts[0] if len(parts) == 1 else b"".join(parts)


Handler = Callable[[Request], Awaitable[Reply]]


def refuse(error: BadRequest, media_type: str = JSON) -> Reply:
    """The reply that says why a request is refused."""
    told = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return Reply(error.status, media_type, orjson.dumps(told), error.headers)


def wrong_method(*allowed: str) -> BadRequest:
    """The refusal of a method."""
    names = ", ".join(allowed)
    return BadRequest(
        405, f"this method is not answered here; use {names}", ((b"allow", names.encode()),)
    )


def fixed(reply: Reply) -> Handler:
    """A handler that gives one reply to GET and HEAD."""

    async def handle(request: Request) -> Reply:
        if request.method not in ("GET", "HEAD"):
            raise wrong_method("GET", "HEAD")
        return reply

    return handle


async def send_reply(send: Send, reply: Reply, without_body: bool) -> None:
    """Send a reply; to HEAD without its body."""
    media = reply.media_type if ";" in reply.media_type else f"{reply.media_type}; charset=utf-8"
    headers = [
        (b"content-type", media.encode()),
        (b"content-length", b"%d" % len(reply.body)),
        *COMMON,
        *reply.headers,
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if without_body else reply.body})
