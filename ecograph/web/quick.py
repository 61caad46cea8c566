"""The short way for a question: a whole POST to /graphql, answered where it was read.

No task, no scope, no messages: bytes in, bytes out. What cannot be answered at once (a long
question, an answer to compress, a fault) goes on in the application, with what was begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from ecograph.api.job import Job, Response
from ecograph.service import Service
from ecograph.web.app import Server
from ecograph.web.graphql import Asked, name_of, negotiate, read_body, read_question, to_reply
from ecograph.web.http import (
    JSON,
    NO_STORE,
    App,
    Header,
    Receive,
    Reply,
    Request,
    Scope,
    Send,
    headers_of,
)
from ecograph.web.lanes import try_now
from ecograph.web.packing import WORTH
from ecograph.web.shelf import Key, Told

PLAIN = JSON.encode()


class Quick:
    """Answers for a server, on the event loop."""

    __slots__ = ("_heads", "_of", "_server")

    def __init__(self, server: Server) -> None:
        self._server = server
        self._of: Service | None = None
        self._heads: dict[tuple[str, bool], bytes] = {}

    def answer(self, headers: Sequence[Header], body: bytes) -> Told | App:
        """The reply to send, or the application that goes on with the request."""
        server, began = self._server, perf_counter()
        get, service = dict(headers).get, server.live.current
        key: Key = (
            body, get(b"content-type"), get(b"accept"), get(b"accept-encoding"),
            get(b"origin") is not None,
        )  # fmt: skip
        kept = server.shelf.find(key, service)
        if kept is not None:
            seconds = perf_counter() - began
            server.metrics.count_kept(kept.operation, seconds)
        elif service is None:
            return server
        else:
            try:
                told = self._ask(service, key)
            except Exception:
                # Refused or failed: the application comes to the same, and tells it.
                return server
            if not isinstance(told, Told):
                return told
            kept, seconds = told, perf_counter() - began
            server.metrics.count("/graphql", 200, "", kept.operation, seconds)
        if server.log.tells_all or seconds > server.log.quick:
            version = server.live.version
            server.log.request("POST", "/graphql", 200, "", kept.operation, seconds, version)
        return kept

    def _ask(self, service: Service, key: Key) -> Told | App:
        body, content_type, accept, coding, _ = key
        if content_type != PLAIN:
            return self._server
        media_type = negotiate(accept.decode("latin-1")) if accept else JSON
        parameters = read_body(JSON, body)
        document = parameters.get("query")
        if not isinstance(document, str) or "extensions" in parameters:
            return self._server
        asked = read_question(document, parameters)
        begun = service.api.begin(document, asked.variables, asked.name)
        response = begun if isinstance(begun, Response) else try_now(service, begun)
        if (
            response is None
            or response.code
            or not response.whole
            or (coding and len(response.body) >= WORTH)
        ):
            return self._go_on(service, key, asked, media_type, response or begun)
        body = response.body
        head = self._head(service, media_type, foreign=key[4]) % len(body)
        name = begun.operation.name if isinstance(begun, Job) else asked.name or name_of(document)
        kept = Told(head, body, self._server.metrics.name(name or "-"))
        self._server.shelf.keep(key, service, kept)
        return kept

    def _head(self, service: Service, media_type: str, *, foreign: bool) -> bytes:
        """The headers of a reply that is not packed, with room for the length of its body."""
        if service is not self._of:
            self._of = service
            self._heads.clear()
        found = self._heads.get((media_type, foreign))
        if found is None:
            empty = to_reply(Response(b""), media_type)
            lines = write_headers(empty, service, bare=not foreign)
            found = self._heads[media_type, foreign] = lines.replace(b"length: 0", b"length: %d")
        return found

    def _go_on(
        self, service: Service, key: Key, asked: Asked, media_type: str, begun: Response | Job
    ) -> App:
        """An application for this request alone, which need not begin again."""
        server = self._server

        async def handle(request: Request) -> Reply:
            request.operation = asked.name or name_of(asked.document)
            # Read, so that the client's leaving is noticed from here on.
            await request.body()
            if isinstance(begun, Job):
                response = await server.lanes.take(service, begun, request.left)
            else:
                response = begun
            return to_reply(response, media_type)

        def keep(reply: Reply, operation: str) -> None:
            if NO_STORE in reply.headers:
                return
            head = write_headers(reply, service, bare=not key[4])
            server.shelf.keep(key, service, Told(head, reply.body, operation))

        async def go_on(scope: Scope, receive: Receive, send: Send) -> None:
            await server.answer(scope, receive, send, handle, keep)

        return go_on


def write_headers(reply: Reply, service: Service, *, bare: bool) -> bytes:
    """The headers of a reply as they are sent, with the empty line after them."""
    version = ((b"x-dataset-version", service.outline.version.encode()),)
    lines = [b"%b: %b\r\n" % header for header in headers_of(reply, version, bare=bare)]
    return b"".join(lines) + b"\r\n"
