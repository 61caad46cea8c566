"""The protocol over standard input and output: one client, which started this process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from mcp.server.stdio import stdio_server

from ecograph.api.job import Response
from ecograph.api.operations import NamedOperation
from ecograph.mcp.server import make_server
from ecograph.mcp.tools import make_tools
from ecograph.service import Service
from ecograph.store.base import Budget


def serve_stdio(service: Service, operations: Mapping[str, NamedOperation]) -> None:
    """Answer until standard input ends."""
    asyncio.run(_serve(service, operations))


async def _serve(service: Service, operations: Mapping[str, NamedOperation]) -> None:
    api = service.api
    one_at_a_time = asyncio.Lock()

    async def ask(document: str, variables: Mapping[str, Any], name: str) -> Response:
        begun = api.begin(document, variables, name)
        if isinstance(begun, Response):
            return begun
        async with one_at_a_time:
            # Its client waits for no one else; what it cancels meanwhile must be heard.
            budget = Budget(api.deadline)
            try:
                response = await asyncio.to_thread(begun.run, budget)
            except asyncio.CancelledError:
                budget.end()
                raise
        return api.finish(begun, response)

    server = make_server(make_tools(service, operations), ask)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())
