"""oEmbed: from the address of a picture to the line that frames it.

Source: https://oembed.com
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import orjson

from ecograph.errors import QueryError
from ecograph.view.svg import NARROWEST, WIDTH
from ecograph.web.addresses import origin_of, read_pairs
from ecograph.web.http import (
    CACHE,
    JSON,
    NO_STORE,
    BadRequest,
    Handler,
    Reply,
    Request,
)
from ecograph.web.tags import for_reading

BELOW = 110
"""Pixels below a picture that its list, closed, and the addresses of its data take."""
LOWEST = 100
PLACE = re.compile(r"/(?:embed|q)/(\w{1,100})(?:\.\w{1,8})?")


def oembed_routes(named: Handler) -> dict[str, Handler]:
    """/oembed, over the handler of named operations."""

    async def oembed(request: Request) -> Reply:
        try:
            asked = dict(read_pairs(request.query_string))
        except QueryError as error:
            raise BadRequest(400, error.message, (NO_STORE,)) from None
        if asked.get("format", "json") != "json":
            raise BadRequest(501, "the form of oEmbed here is json", (NO_STORE,), "NO_SUCH_FORM")
        origin = origin_of(request)
        name, given = _read_url(asked.get("url", ""), origin)
        width = _bound(asked, "maxwidth", WIDTH, NARROWEST)
        if width != WIDTH:
            given = [*((n, v) for n, v in given if n != "width"), ("width", str(width))]
        query = urlencode([(n, v) for n, v in given if n != "height"], quote_via=quote)
        drawn = await named(_inner(request, f"/q/{name}.svg", query))
        if drawn.status != 200:
            return drawn
        title, height = _read_svg(drawn.body)
        height = _bound(asked, "maxheight", height + BELOW, LOWEST)
        framed = f"{origin}/embed/{name}" + (f"?{query}" if query else "")
        told = {
            "type": "rich", "version": "1.0", "title": title, "width": width, "height": height,
            "html": frame_of(framed, title, width, height),
            "provider_name": "ecograph", "provider_url": f"{origin}/", "cache_age": 3600,
        }  # fmt: skip
        return Reply(200, JSON, orjson.dumps(told), (CACHE,))

    return {"/oembed": for_reading(oembed)}


def frame_of(address: str, title: str, width: int, height: int) -> str:
    """The line that puts the page at an address into another."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" '
        f'height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def _read_url(url: str, origin: str) -> tuple[str, list[tuple[str, str]]]:
    """The operation that an address of this server names, and its query. Raises: BadRequest."""
    base = urlsplit(origin)
    try:
        there = urlsplit(url)
        given = parse_qsl(there.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        there, given = urlsplit(""), []
    place = PLACE.fullmatch(there.path.removeprefix(base.path))
    if not origin or there.netloc != base.netloc or place is None:
        told = f"url: {url!r} is no picture of this server; e.g. {origin}/embed/Path?from=a&to=b"
        raise BadRequest(404, told, (NO_STORE,), "NOT_FOUND")
    return place[1], given


def _inner(request: Request, path: str, query: str) -> Request:
    """The request of a client who asks for the picture itself."""
    scope = {
        **request.scope,
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [h for h in request.scope["headers"] if h[0] != b"if-none-match"],
    }

    async def receive() -> dict[str, Any]:
        await request.left()
        return {"type": "http.disconnect"}

    return Request(scope, receive, lambda: request.service)


def _read_svg(body: bytes) -> tuple[str, int]:
    """The title and the height of a picture."""
    title = re.search(rb"<title[^>]*>(.*?)</title>", body)
    height = re.search(rb' height="([\d.]+)"', body)
    assert title is not None
    assert height is not None
    return unescape(title[1].decode()), round(float(height[1]))


def _bound(asked: Mapping[str, str], name: str, wanted: int, least: int) -> int:
    """What is wanted, or less where a consumer has less room."""
    text = asked.get(name, "")
    if not (text.isascii() and text.isdecimal()):
        return wanted
    return max(min(wanted, int(text[:6])), least)
