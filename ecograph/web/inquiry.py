"""A question of the server's own for a request, asked as any client would ask it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from ecograph.web.http import NO_STORE, BadRequest, Request
from ecograph.web.lanes import RETRY_AFTER, Lanes
from ecograph.web.named import STATUS


async def inquire(
    request: Request, lanes: Lanes, document: str, variables: Mapping[str, Any]
) -> Any:
    """The data of the answer, within every limit of the service.

    Raises: BadRequest if it has an error, with its code.
    """
    service = request.service
    begun = service.api.begin(document, variables)
    told = orjson.loads((await lanes.answer(service, begun, request.left)).body)
    if "errors" not in told:
        return told["data"]
    error = told["errors"][0]
    code = error.get("extensions", {}).get("code", "BAD_QUERY")
    status = STATUS.get(code, 400)
    later = ((b"retry-after", RETRY_AFTER),) if status == 503 else ()
    raise BadRequest(status, error["message"], (NO_STORE, *later), code)
