"""What is not for everybody: POST /admin/reload with a bearer token.

Without a configured token there is no such path.
"""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from hashlib import sha256

import orjson

from ecograph.web.board import Board
from ecograph.web.http import JSON, NO_STORE, BadRequest, Handler, Reply, Request, wrong_method
from ecograph.web.live import Live

MOST_FAILURES = 5
"""Wrong tokens of one address in a minute, after which it is refused unread."""
MINUTE = 60.0
ADDRESSES = 1_024
MOST_FAULTS = 20


def admin_routes(live: Live, token: str, board: Board | None = None) -> dict[str, Handler]:
    """/admin/reload, if there is a token."""
    if not token:
        return {}
    gate = Gate(token)

    async def reload(request: Request) -> Reply:
        if request.method != "POST":
            raise wrong_method("POST")
        client = request.scope.get("client")
        gate.hold(str(client[0]) if client else "", request.headers.get(b"authorization", ""))
        if board is not None:
            board.ask_reload()
        done = await live.reload()
        told = {
            "result": done.result, "version": done.version, "faults": done.faults[:MOST_FAULTS],
            "faultCount": len(done.faults),
        }  # fmt: skip
        faulty = done.result == "faulty"
        code = "BAD_DATA" if faulty else ""
        return Reply(422 if faulty else 200, JSON, orjson.dumps(told), (NO_STORE,), code)

    return {"/admin/reload": reload}


class Gate:
    """Lets in who has the token; counts failures by address, of the latest addresses."""

    def __init__(self, token: str) -> None:
        self._token = sha256(token.encode()).digest()
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def hold(self, address: str, authorization: str) -> None:
        """Raises: BadRequest, 401 for a wrong token, 429 after too many."""
        now = time.monotonic()
        recent = [at for at in self._failures.get(address, ()) if now - at < MINUTE]
        if len(recent) >= MOST_FAILURES:
            wait = max(1, round(MINUTE - (now - recent[0])))
            raise BadRequest(
                429, f"{len(recent)} wrong tokens in a minute; try again in {wait} s",
                ((b"retry-after", str(wait).encode()), NO_STORE), code="TOO_MANY_FAILURES",
            )  # fmt: skip
        scheme, _, given = authorization.partition(" ")
        # Digests, so that neither the place of a difference nor a length shows in the time.
        digest = sha256(given.strip().encode("latin-1", "replace")).digest()
        if hmac.compare_digest(digest, self._token) and scheme.lower() == "bearer":
            self._failures.pop(address, None)
            return
        self._failures[address] = [*recent, now]
        self._failures.move_to_end(address)
        if len(self._failures) > ADDRESSES:
            self._failures.popitem(last=False)
        raise BadRequest(
            401, "send the token: Authorization: Bearer ...",
            ((b"www-authenticate", b'Bearer realm="ecograph"'), NO_STORE), code="UNAUTHORIZED",
        )  # fmt: skip
