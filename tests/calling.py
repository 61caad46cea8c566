"""Requests to an application without a socket, as a server would make them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from ecograph.web.http import App


class Reply:
    """What an application sent."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status = messages[0]["status"]
        self.headers = {k.decode(): v.decode() for k, v in messages[0]["headers"]}
        self.body = b"".join(m.get("body", b"") for m in messages[1:])

    @property
    def json(self) -> Any:
        return json.loads(self.body)


async def ask(
    app: App, method: str, path: str, body: bytes | list[bytes] = b"", query: str = "",
    **headers: str,
) -> Reply:  # fmt: skip
    """The reply to one request; a client that has sent all of it waits."""
    parts = body if isinstance(body, list) else [body]
    incoming: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": n < len(parts) - 1}
        for n, part in enumerate(parts)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not incoming:
            await asyncio.Event().wait()
        return incoming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        "client": ("192.0.2.1", 1),
    }
    await app(scope, receive, send)
    return Reply(sent)


def call(
    app: App, method: str, path: str, body: bytes | list[bytes] = b"", query: str = "",
    **headers: str,
) -> Reply:  # fmt: skip
    """The reply to one request, in an event loop of its own."""
    return asyncio.run(ask(app, method, path, body, query, **headers))


def post(app: App, query: str, variables: Any = None, **headers: str) -> Reply:
    """The reply to a GraphQL question."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    return call(app, "POST", "/graphql", body, content_type="application/json", **headers)
