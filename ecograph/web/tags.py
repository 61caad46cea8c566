"""What is there to be read: by GET and HEAD alone, and not sent again to who has it already."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import blake2b
from importlib.metadata import version

from ecograph.web.http import CACHE, Handler, Header, Reply, Request, wrong_method

METHODS = ("GET", "HEAD")


def for_reading(handle: Handler) -> Handler:
    """The same handler, which refuses other methods."""

    async def hold(request: Request) -> Reply:
        if request.method not in METHODS:
            raise wrong_method(*METHODS)
        return await handle(request)

    return hold


@cache
def _release() -> bytes:
    return version("ecograph").encode()


def make_tag(*parts: str | bytes) -> bytes:
    """An entity tag of parts, and of the release, which may answer in other words than the last.

    It is weak, as the bytes may be packed on the way.
    """
    digest = blake2b(_release(), digest_size=10)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        digest.update(b"%d:" % len(data) + data)
    return b'W/"%b"' % digest.hexdigest().encode()


def has(request: Request, tag: bytes) -> bool:
    """Whether a client has what the tag stands for."""
    told = request.headers.get(b"if-none-match", "")
    known = {t.strip().removeprefix("W/") for t in told.split(",")}
    return "*" in known or tag.decode().removeprefix("W/") in known


def tagged(request: Request, reply: Reply, tag: bytes, kept: Header = CACHE) -> Reply:
    """A reply of status 200 with its tag, or 304 to a client that has it."""
    told = replace(reply, headers=(*reply.headers, (b"etag", tag), kept))
    return replace(told, status=304, body=b"") if has(request, tag) else told
