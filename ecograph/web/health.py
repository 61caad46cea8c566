"""/healthz: the process answers. /readyz: questions can be answered."""

from __future__ import annotations

import orjson

from ecograph.errors import StoreError
from ecograph.web.http import JSON, NO_STORE, Handler, Reply, Request
from ecograph.web.live import RETRY_AFTER, Live
from ecograph.web.tags import for_reading

MOST_FAULTS = 20


def health_routes(live: Live) -> dict[str, Handler]:
    """The two routes."""

    async def healthz(request: Request) -> Reply:
        return Reply(
            200, JSON, orjson.dumps({"status": "ok", "version": live.version}), (NO_STORE,)
        )

    async def readyz(request: Request) -> Reply:
        reason = await live.ready()
        told: dict[str, object] = {
            "status": "unready" if reason else "ready",
            "version": live.version,
        }
        if reason:
            told["reason"] = reason
        if isinstance(live.error, StoreError):
            told["note"] = live.error.message
        elif live.error is not None and live.last is not None:
            told["note"] = "the newest data has faults" + (
                "; what was loaded before them is served" if live.loaded else ""
            )
            told["faults"] = live.last.faults[:MOST_FAULTS]
            told["faultCount"] = len(live.last.faults)
        headers = (NO_STORE, (b"retry-after", RETRY_AFTER)) if reason else (NO_STORE,)
        return Reply(503 if reason else 200, JSON, orjson.dumps(told), headers)

    return {"/healthz": for_reading(healthz), "/readyz": for_reading(readyz)}
