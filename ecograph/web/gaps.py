"""The route of /gaps; what reads the files is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping

from ecograph.api.operations import NamedOperation
from ecograph.settings import Settings
from ecograph.web.answering import Broken
from ecograph.web.explorer import serve_page
from ecograph.web.http import Handler, Reply, Request
from ecograph.web.lanes import Lanes


def gap_routes(
    settings: Settings, operations: Mapping[str, NamedOperation], lanes: Lanes,
    broken: Broken = tuple,
) -> dict[str, Handler]:  # fmt: skip
    """/gaps."""
    made: list[Handler] = []

    async def handle(request: Request) -> Reply:
        if not made:
            from ecograph.web.gaps_page import gaps_page

            made.append(serve_page(gaps_page(settings), operations, lanes, broken))
        return await made[0](request)

    return {"/gaps": handle}
