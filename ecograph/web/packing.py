"""Compression, for who asks for it and where it pays.

What is served is public, and no secret stands beside what a client may choose, so that the size of
a compressed answer betrays nothing (BREACH).
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace

import brotli

from ecograph.api.kept import Kept
from ecograph.web.http import Header, Reply

WORTH = 1024
"""Bytes from which on a body is compressed."""
LARGE = 64 * 2**10
"""Bytes from which on it is done in a thread."""
VARY: Header = (b"vary", b"accept-encoding")


def _brotli(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, quality=5)
    return packed


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=5, mtime=0)


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
"""Coding -> how to, the better first."""


def choose_coding(accepted: str) -> str:
    """The coding that an Accept-Encoding likes best; nothing if it names none of ours."""
    weights: dict[str, float] = {}
    for part in accepted.lower().replace(" ", "").split(","):
        coding, _, quality = part.partition(";q=")
        try:
            weights[coding] = float(quality or 1)
        except ValueError:
            weights[coding] = 0.0
    weights["gzip"] = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    weights["br"] = weights.get("br", 0.0)
    best = max(CODINGS, key=lambda coding: weights[coding])
    return best if weights[best] > 0 else ""


class Packer:
    """Compresses replies, and keeps what it made of bodies of late, bounded in bytes."""

    def __init__(self, room: int = 16 * 2**20) -> None:
        self._made: Kept[tuple[str, bytes], bytes] = Kept(room, _weigh)

    async def pack(self, reply: Reply, accepted: str) -> Reply:
        """The reply, compressed if the client takes it and it is large enough."""
        if len(reply.body) < WORTH or any(name == b"content-encoding" for name, _ in reply.headers):
            return reply
        varies = any(n == b"vary" and b"accept-encoding" in v for n, v in reply.headers)
        headers = reply.headers if varies else (*reply.headers, VARY)
        coding = choose_coding(accepted) if accepted else ""
        if not coding:
            return reply if varies else replace(reply, headers=headers)
        body = await self._packed(coding, reply.body)
        encoded = (*headers, (b"content-encoding", coding.encode()))
        return replace(reply, body=body, headers=encoded)

    async def _packed(self, coding: str, body: bytes) -> bytes:
        # A kept answer is the same object each time, so that its hash is known and its likeness
        # is its identity.
        key = coding, body
        found = self._made.get(key)
        if found is not None:
            return found
        make = CODINGS[coding]
        made = make(body) if len(body) < LARGE else await asyncio.to_thread(make, body)
        self._made.put(key, made)
        return made


def _weigh(key: tuple[str, bytes], made: bytes) -> int:
    return len(key[1]) + len(made) + 400
