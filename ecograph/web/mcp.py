"""The Model Context Protocol at /mcp: streamable HTTP without sessions, one answer a POST."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from ecograph.api.documents import Refused, coded
from ecograph.api.job import Response, refusal
from ecograph.api.operations import NamedOperation
from ecograph.errors import SettingsError
from ecograph.service import Service
from ecograph.web.http import (
    JSON,
    MAX_BODY,
    NO_STORE,
    BadRequest,
    Handler,
    Message,
    Reply,
    Request,
    wrong_method,
)
from ecograph.web.lanes import Lanes

OURS = frozenset((b"content-type", b"content-length", b"x-content-type-options"))
"""Headers of the package's answer that this server writes itself."""
PREFLIGHT = (
    (b"access-control-allow-methods", b"POST, OPTIONS"),
    (b"access-control-allow-headers", b"content-type, mcp-protocol-version, mcp-session-id, "
     b"mcp-method, mcp-name, last-event-id"),
    (b"access-control-max-age", b"86400"),
)  # fmt: skip


def hold_installed() -> None:
    """Raises: SettingsError if the package of the protocol is not there."""
    if find_spec("mcp") is None:
        raise SettingsError(
            "mcp: this needs the package mcp, which is not installed; "
            "run: pip install 'ecograph[mcp]'"
        )


def mcp_routes(operations: Mapping[str, NamedOperation], lanes: Lanes) -> dict[str, Handler]:
    """/mcp. Raises: SettingsError if the package of the protocol is not there."""
    hold_installed()
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from ecograph.mcp.server import make_server
    from ecograph.mcp.tools import Tools, make_tools

    kept: dict[str, Tools] = {}

    def tools_of(service: Service) -> Tools:
        """The tools over the service that answers now; those over the one before it are let go."""
        found = kept.get("now")
        if found is None or found.service is not service:
            found = kept["now"] = make_tools(service, operations)
        return found

    async def answer(request: Request) -> Reply:
        if request.method == "OPTIONS":
            return Reply(204, JSON, b"", PREFLIGHT)
        if request.method != "POST":
            # There is nothing to listen to: every answer comes with its question.
            raise wrong_method("POST", "OPTIONS")
        body = await request.body()
        service = request.service

        async def ask(document: str, variables: Mapping[str, Any], name: str) -> Response:
            request.operation = name
            try:
                begun = service.api.begin(document, variables, name)
                return await lanes.answer(service, begun, request.left)
            except BadRequest as error:
                return refusal(Refused([coded(str(error), error.code)]))

        manager = StreamableHTTPSessionManager(
            make_server(tools_of(service), ask),
            json_response=True,
            stateless=True,
            max_request_body_size=MAX_BODY,
        )
        carried = _Carried(body)
        async with manager.run():
            await manager.handle_request(request.scope, carried.receive, carried.send)
        return carried.reply

    return {"/mcp": answer}


class _Carried:
    """One exchange with an application: the body that was read, and the answer put together."""

    def __init__(self, body: bytes) -> None:
        self._incoming = [body]
        self._start: Message = {"status": 500, "headers": ()}
        self._parts: list[bytes] = []

    async def receive(self) -> Message:
        if self._incoming:
            return {"type": "http.request", "body": self._incoming.pop(), "more_body": False}
        # A stream that only the client would end is ended; who leaves is noticed by the lanes.
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._parts.append(message.get("body", b""))

    @property
    def reply(self) -> Reply:
        """What was answered, never to be kept."""
        headers = [(name.lower(), value) for name, value in self._start["headers"]]
        media = dict(headers).get(b"content-type", JSON.encode()).decode("latin-1")
        rest = tuple(one for one in headers if one[0] not in OURS and one[0] != b"cache-control")
        status = self._start["status"]
        code = "" if status < 400 else "BAD_REQUEST"
        return Reply(status, media, b"".join(self._parts), (*rest, NO_STORE), code)
