"""An application called as a server would call it, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ecograph.web.http import App

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; of repeated headers the last."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body read, without the extensions to JSON that Python's reader allows."""
        return json.loads(self.body, parse_constant=_refuse)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


async def ask(
    app: App, method: str, path: str, body: bytes = b"", query: bytes = b"",
    headers: Sequence[tuple[bytes, bytes]] = (), *, whole: bool = True,
) -> Answer:  # fmt: skip
    """The answer to a client that waits for it; of a body that is not `whole` no more comes."""
    incoming = [{"type": "http.request", "body": body, "more_body": not whole}]
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        if not incoming:
            await asyncio.Event().wait()
        return incoming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "query_string": query,
        "headers": [(name.lower(), value) for name, value in headers],
        "client": ("127.0.0.1", 50_000),
    }  # fmt: skip
    await app(scope, receive, send)
    told = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], told, b"".join(m.get("body", b"") for m in sent[1:]))


async def post(app: App, parameters: Any, *headers: tuple[bytes, bytes]) -> Answer:
    """The answer to a POST of parameters, as JSON unless they are bytes already."""
    body = parameters if isinstance(parameters, bytes) else json.dumps(parameters).encode()
    given = ((b"content-type", JSON.encode()), *headers)
    return await ask(app, "POST", "/graphql", body, headers=given)
