"""Replies kept by the very bytes of their request, so that asking again costs a look-up.

A reply to POST /graphql depends on the body, four headers and the service, and on nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from ecograph.api.kept import Kept
from ecograph.service import Service

Key = tuple[bytes, bytes | None, bytes | None, bytes | None, bool]
"""Body, Content-Type, Accept, Accept-Encoding, and whether a page of another site asks."""

ROOM = 1_000
"""Bytes that a kept reply takes beyond itself and its request."""


class Told(NamedTuple):
    """A reply of status 200: the headers after the date, the body, and the operation that it is
    counted under."""

    head: bytes
    body: bytes
    operation: str


class Shelf(Kept[Key, Told]):
    """Kept replies of one service."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit, _weigh)
        self._service: Service | None = None

    def find(self, key: Key, service: Service | None) -> Told | None:
        """The reply that this service, the one of now, gave to the same request."""
        if service is not self._service:
            self._service = service
            self.clear()
        return self.get(key)

    def keep(self, key: Key, service: Service, told: Told) -> None:
        """Keep a reply of this service, if it is the one of now."""
        if self._service is service:
            self.put(key, told)


def _weigh(key: Key, told: Told) -> int:
    sent = sum(map(len, filter(None, key[:4])))
    return sent + len(told.head) + len(told.body) + ROOM
