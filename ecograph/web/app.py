"""The ASGI application: /graphql, /healthz and the start page, without a framework in between."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

import orjson

from ecograph.service import Service
from ecograph.web import graphql
from ecograph.web.graphql import JSON, BadRequest, Reply

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 256 * 2**10
STATIC = Path(__file__).parent / "static"

COMMON = (
    (b"access-control-allow-origin", b"*"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"accept"),
)
PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"content-type, accept"),
    (b"access-control-max-age", b"86400"),
)
PAGE_POLICY = (
    (
        b"content-security-policy",
        b"default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"referrer-policy", b"no-referrer"),
)


def make_app(service: Service) -> App:
    """The application over a service."""
    pages = {
        "/": ("index.html", "text/html; charset=utf-8"),
        "/start.js": ("start.js", "text/javascript; charset=utf-8"),
        "/start.css": ("start.css", "text/css; charset=utf-8"),
    }
    static = {
        path: Reply(200, media, (STATIC / name).read_bytes(), PAGE_POLICY)
        for path, (name, media) in pages.items()
    }
    health = Reply(200, JSON, orjson.dumps({"status": "ok", "version": service.graph.version}))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await _live(service, receive, send)
            return
        path, method = scope["path"], scope["method"]
        if path == "/graphql":
            reply = await _graphql(service, scope, receive)
        elif path == "/healthz" or path in static:
            known = health if path == "/healthz" else static[path]
            reply = known if method in ("GET", "HEAD") else _wrong_method(b"GET, HEAD")
        else:
            reply = _told(404, f"there is nothing at {path}; the API is at /graphql")
        await _send(send, reply, method == "HEAD")

    return app


async def _live(service: Service, receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            service.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _graphql(service: Service, scope: Scope, receive: Receive) -> Reply:
    method = scope["method"]
    if method == "OPTIONS":
        return Reply(204, JSON, b"", PREFLIGHT)
    if method not in ("GET", "HEAD", "POST"):
        return _wrong_method(b"GET, HEAD, POST, OPTIONS")
    headers = _headers(scope)
    media_type = JSON
    try:
        media_type = graphql.negotiate(headers.get(b"accept"))
        if method == "POST":
            body = await _read(receive, headers)
            parameters = graphql.read_body(headers.get(b"content-type"), body)
        else:
            parameters = graphql.read_query_string(scope["query_string"])
        return graphql.answer(service, parameters, media_type)
    except BadRequest as error:
        return graphql.refuse(error, media_type)


def _headers(scope: Scope) -> Mapping[bytes, str]:
    return {
        name: value.decode("latin-1")
        for name, value in scope["headers"]
        if name in (b"accept", b"content-type", b"content-length")
    }


async def _read(receive: Receive, headers: Mapping[bytes, str]) -> bytes:
    if headers.get(b"content-length", "0").isdecimal() and (
        int(headers.get(b"content-length", "0")) > MAX_BODY
    ):
        raise _too_large()
    message = await receive()
    if not message.get("more_body"):
        body: bytes = message.get("body", b"")
        if len(body) > MAX_BODY:
            raise _too_large()
        return body
    parts, size = [message.get("body", b"")], len(message.get("body", b""))
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BadRequest(400, "the client left before its request was complete")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY:
            raise _too_large()
    return b"".join(parts)


def _too_large() -> BadRequest:
    return BadRequest(413, f"the body is larger than the limit of {MAX_BODY} bytes")


def _wrong_method(allowed: bytes) -> Reply:
    reply = _told(405, f"this method is not answered here; use {allowed.decode()}")
    return Reply(reply.status, reply.media_type, reply.body, ((b"allow", allowed),))


def _told(status: int, message: str) -> Reply:
    body = {"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]}
    return Reply(status, JSON, orjson.dumps(body))


async def _send(send: Send, reply: Reply, without_body: bool) -> None:
    media = reply.media_type
    if ";" not in media:
        media += "; charset=utf-8"
    headers = [
        (b"content-type", media.encode()),
        (b"content-length", str(len(reply.body)).encode()),
        *COMMON,
        *reply.headers,
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if without_body else reply.body})
