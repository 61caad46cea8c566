"""The ASGI application: a table of routes, and what stands around every request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import perf_counter

from ecograph.api.operations import read_operations
from ecograph.api.trusted import Trusted
from ecograph.errors import StoreError
from ecograph.service import Service
from ecograph.settings import Settings, bundled
from ecograph.web.admin import admin_routes
from ecograph.web.answering import Broken
from ecograph.web.ask import ask_routes
from ecograph.web.badge import badge_routes
from ecograph.web.board import Board
from ecograph.web.framed import in_frames
from ecograph.web.gaps import gap_routes
from ecograph.web.graphql import graphql_routes
from ecograph.web.health import health_routes
from ecograph.web.http import (
    JSON,
    NO_STORE,
    App,
    BadRequest,
    Handler,
    Receive,
    Reply,
    Request,
    Scope,
    Send,
    headers_of,
    refuse,
    show,
)
from ecograph.web.lanes import Lanes
from ecograph.web.live import Live
from ecograph.web.log import Log
from ecograph.web.mcp import mcp_routes
from ecograph.web.metrics import Metrics, metric_routes
from ecograph.web.named import STATUS, named_routes
from ecograph.web.oembed import oembed_routes
from ecograph.web.packing import WORTH, Packer
from ecograph.web.pages import page_routes
from ecograph.web.reconcile import reconcile_routes
from ecograph.web.shelf import Shelf
from ecograph.web.trace import Continued, make_trace, no_trace
from ecograph.web.watch import share_board, watch

Routes = Mapping[str, Handler]
"""Path -> handler. A path that ends with / answers for all below it."""
NOWHERE = "none"
"""The route, in metrics and in the log, of a path that there is not."""


def make_app(
    source: Service | Live, settings: Settings | None = None, log: Log | None = None,
    board: Board | None = None,
) -> App:  # fmt: skip
    """The application over a service, or over one that may change."""
    settings = settings or Settings()
    log = log or Log(lambda _: None)
    live = source if isinstance(source, Live) else Live(source)
    lanes = Lanes(settings.running, settings.queued, max(1, settings.store_pool - settings.running))
    operations = read_operations(bundled("queries"))
    metrics = Metrics(live, lanes, operations, board)
    made = make_trace() if settings.trace else None
    if settings.trace and made is None:
        log.say("trace", message="no spans without OpenTelemetry; pip install ecograph[otel]")
    step, continued = made or (no_trace, None)
    # Half the room for whole replies, by the bytes of requests; the other half, in the API, for
    # answers to the same question in other bytes.
    shelf = Shelf(settings.answer_cache // 2)
    named = named_routes(operations, lanes)
    # What stands in the files is told to nobody but who works on them.
    broken: Broken = (lambda: live.faults) if settings.watch else tuple
    pages = page_routes(operations, lanes, broken)
    routes: dict[str, Handler] = {
        **graphql_routes(lanes, Trusted(operations), step, only_named=settings.only_named),
        **named,
        "/embed/": in_frames(named["/embed/"]),
        **oembed_routes(named["/q/"]),
        **pages,
        **gap_routes(settings, operations, lanes, broken),
        **reconcile_routes(lanes),
        **badge_routes(lanes),
        **ask_routes(lanes, pages["/ask"]),
        **health_routes(live),
        **metric_routes(metrics),
        **admin_routes(live, settings.token, board),
        **(mcp_routes(operations, lanes) if settings.mcp else {}),
    }
    return Server(routes, live, lanes, metrics, log, Packer(), continued, settings, board, shelf)


@dataclass(frozen=True, slots=True)
class Server:
    """Answers requests, each counted, told in the log and, where asked, traced and compressed."""

    routes: Routes
    live: Live
    lanes: Lanes
    metrics: Metrics
    log: Log
    packer: Packer
    continued: Continued | None
    settings: Settings
    board: Board | None
    shelf: Shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        if scope["type"] == "http":
            if self.continued is None:
                await self.answer(scope, receive, send)
            else:
                with self.continued(scope["headers"]):
                    await self.answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def answer(
        self, scope: Scope, receive: Receive, send: Send, handle: Handler | None = None,
        kept: Callable[[Reply, str], object] | None = None,
    ) -> None:  # fmt: skip
        """Answer a request by its route's handler, or by another.

        `kept` is given a reply of status 200 and the operation that it is counted under.
        """
        began = perf_counter()
        request = Request(scope, receive, self.live.get, self.settings.read_timeout)
        route = self._find(request.path)
        reply = await self._reply(request, route, handle or self.routes.get(route))
        if len(reply.body) >= WORTH:
            reply = await self.packer.pack(reply, request.headers.get(b"accept-encoding", ""))
        version = request.version or self.live.version
        bare = request.method == "POST" and b"origin" not in request.headers
        more = ((b"x-dataset-version", version.encode()),) if version else ()
        headers = headers_of(reply, more, bare=bare)
        body = b"" if request.method == "HEAD" else reply.body
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        operation = self.metrics.name(request.operation)
        if kept is not None and reply.status == HTTPStatus.OK and not reply.code:
            kept(reply, operation)
        seconds = perf_counter() - began
        self.metrics.count(route, reply.status, reply.code, operation, seconds)
        self.log.request(
            request.method, route, reply.status, reply.code, operation, seconds, version
        )

    async def _reply(self, request: Request, route: str, handle: Handler | None) -> Reply:
        try:
            if handle is None:
                raise BadRequest(
                    404, f"there is nothing at {show(request.path)}; the API is at /graphql",
                    code="NOT_FOUND",
                )  # fmt: skip
            return await handle(request)
        except BadRequest as error:
            return refuse(error)
        except StoreError as error:
            # A picture over a database reads from it beside the answer.
            status = STATUS.get(error.code, 500)
            return refuse(BadRequest(status, error.message, (NO_STORE,), code=error.code))
        except Exception as error:
            self.log.failure(error)
            told = BadRequest(500, "the server failed on this request", code="INTERNAL")
            return refuse(told, JSON)

    def _find(self, path: str) -> str:
        if path in self.routes:
            return path
        # What is below may have slashes of its own, as the name moby/moby has.
        above = path[: path.find("/", 1) + 1]
        return above if len(above) > 1 and above in self.routes else NOWHERE

    def _watched(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.log.failure(error)

    async def _live(self, receive: Receive, send: Send) -> None:
        tasks: list[asyncio.Task[None]] = []
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                tasks.append(asyncio.create_task(watch(self.live, self.settings)))
                if self.board is not None:
                    share = share_board(self.board, self.live, self.metrics)
                    tasks.append(asyncio.create_task(share))
                for task in tasks:
                    task.add_done_callback(self._watched)
                if self.board is not None and not self.live.loaded and not self.settings.store:
                    # One of several takes no connection that another could answer sooner; and
                    # one that cannot load ends, and takes the others along.
                    await self.live.tried.wait()
                    if not self.live.loaded:
                        await self._end(tasks)
                        told = {"type": "lifespan.startup.failed", "message": "no data"}
                        await send(told)
                        return
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._end(tasks)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.lanes.close()
        self.live.close()
