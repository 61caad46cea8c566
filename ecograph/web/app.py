"""The ASGI application: a table of routes, and what stands around every request."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from ecograph.service import Service
from ecograph.web.graphql import graphql_routes
from ecograph.web.http import (
    JSON,
    App,
    BadRequest,
    Handler,
    Receive,
    Reply,
    Request,
    Scope,
    Send,
    fixed,
    refuse,
    send_reply,
)
from ecograph.web.lanes import Lanes
from ecograph.web.pages import page_routes

Routes = Mapping[str, Handler]
"""Path -> handler. A path that ends with / answers for all below it."""


def make_app(service: Service) -> App:
    """The application over a service."""
    lanes = Lanes()
    health = Reply(200, JSON, orjson.dumps({"status": "ok", "version": service.graph.version}))
    routes: dict[str, Handler] = {
        **graphql_routes(service, lanes),
        **page_routes(service),
        "/healthz": fixed(health),
    }

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send_reply(send, await _answer(routes, scope, receive), scope["method"] == "HEAD")
        elif scope["type"] == "lifespan":
            await _live(service, lanes, receive, send)

    return app


async def _answer(routes: Routes, scope: Scope, receive: Receive) -> Reply:
    request = Request(scope, receive)
    handler = _find(routes, request.path)
    try:
        if handler is None:
            raise BadRequest(
                404, f"there is nothing at {request.path}; the API is at /graphql", code="NOT_FOUND"
            )
        return await handler(request)
    except BadRequest as error:
        return refuse(error)


def _find(routes: Routes, path: str) -> Handler | None:
    found = routes.get(path)
    if found is None and (cut := path.rfind("/")) > 0:
        found = routes.get(path[: cut + 1])
    return found


async def _live(service: Service, lanes: Lanes, receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            lanes.close()
            service.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
