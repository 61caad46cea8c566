"""Replies kept by the very bytes of their request, so that asking again costs a look-up.

A reply to POST /graphql depends on the body, three headers and the service, and on nothing else.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from ecograph.service import Service
from ecograph.web.http import Header, Message
from ecograph.web.live import Live

Key = tuple[bytes, bytes | None, bytes | None, bytes | None, bool]

ROOM = 1_000
"""Bytes that a kept reply takes beyond its body and its request."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply as it is sent, and the operation that it is counted under."""

    start: Message
    body: Message
    operation: str


def key_of(headers: Sequence[Header], message: Message) -> Key | None:
    """What the reply to a POST depends on; None if the body did not come in one message."""
    if message["type"] != "http.request" or message.get("more_body"):
        return None
    get = dict(headers).get
    return (
        message.get("body", b""), get(b"content-type"), get(b"accept"), get(b"accept-encoding"),
        get(b"origin") is not None,
    )  # fmt: skip


class Shelf:
    """Kept replies of one service, bounded in bytes; those not asked for longest go first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._service: Service | None = None
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def find(self, key: Key | None, live: Live) -> Kept | None:
        """The reply that the service of now gave to the same request."""
        if live.current is not self._service:
            self._service = live.current
            self._kept.clear()
            self.size = 0
        if key is None:
            return None
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, service: Service, kept: Kept) -> None:
        """Keep a reply that takes no more than a tenth of the room."""
        weight = _weigh(key, kept)
        if self._service is not service or key in self._kept or weight > self.limit // 10:
            return
        self.size += weight
        self._kept[key] = kept
        while self.size > self.limit:
            self.size -= _weigh(*self._kept.popitem(last=False))


def _weigh(key: Key, kept: Kept) -> int:
    return len(key[0]) + len(kept.body["body"]) + ROOM
