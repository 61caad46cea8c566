"""Replies kept by the very bytes of their request, so that asking again costs a look-up.

A reply to POST /graphql depends on the body, four headers and the service, and on nothing else.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from ecograph.service import Service

Key = tuple[bytes, bytes | None, bytes | None, bytes | None, bool]
"""Body, Content-Type, Accept, Accept-Encoding, and whether a page of another site asks."""

ROOM = 1_000
"""Bytes that a kept reply takes beyond itself and its request."""


class Kept(NamedTuple):
    """A reply of status 200: the headers after the date, the body, and the operation that it is
    counted under."""

    head: bytes
    body: bytes
    operation: str


class Shelf:
    """Kept replies of one service, bounded in bytes; those not asked for longest go first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._service: Service | None = None
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def find(self, key: Key, service: Service | None) -> Kept | None:
        """The reply that this service, the one of now, gave to the same request."""
        if service is not self._service:
            self._service = service
            self._kept.clear()
            self.size = 0
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, service: Service, kept: Kept) -> None:
        """Keep a reply that takes no more than a tenth of the room."""
        if not self.limit:
            return
        weight = _weigh(key, kept)
        if self._service is not service or key in self._kept or weight > self.limit // 10:
            return
        self.size += weight
        self._kept[key] = kept
        while self.size > self.limit:
            self.size -= _weigh(*self._kept.popitem(last=False))


def _weigh(key: Key, kept: Kept) -> int:
    return len(key[0]) + len(kept.head) + len(kept.body) + ROOM
