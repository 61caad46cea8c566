"""What a reader of a frame sees where there is no picture: why, in the embed's own style."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import orjson

from ecograph.errors import StoreError
from ecograph.view.page import to_fault_page
from ecograph.view.style import THEMES, ThemeName
from ecograph.web.addresses import EMBED, FIELDS, origin_of
from ecograph.web.graphql import VARY, is_browser
from ecograph.web.http import NO_STORE, BadRequest, Handler, Reply, Request, refuse
from ecograph.web.named import MEDIA, STATUS
from ecograph.web.pictures import framed_policy

FAULTY = 400
"""The least status of what is no answer."""


def in_frames(handle: Handler) -> Handler:
    """The same handler, whose faults are pages to who asks for pages, and JSON to programs."""

    async def answer(request: Request) -> Reply:
        if not is_browser(request.headers.get(b"accept")):
            return await handle(request)
        try:
            reply = await handle(request)
        except BadRequest as error:
            reply = refuse(error)
        except StoreError as error:
            status = STATUS.get(error.code, 500)
            reply = refuse(BadRequest(status, error.message, (NO_STORE,), code=error.code))
        return reply if reply.status < FAULTY else _to_page(request, reply)

    return answer


def _to_page(request: Request, reply: Reply) -> Reply:
    message = orjson.loads(reply.body)["errors"][0]["message"]
    said = _read_said(request.query_string)
    theme: ThemeName = next((one for one in THEMES if one == said.get("theme")), "auto")
    language = "zh" if said.get("lang", "").lower() == "zh" else "en"
    script = f"{origin_of(request)}/embed.js" if said.get("height") == "auto" else ""
    text, style = to_fault_page(message, language, theme, script)
    headers = [header for header in reply.headers if header[0] != b"content-security-policy"]
    return replace(
        reply, media_type=MEDIA[EMBED], body=text.encode(),
        headers=(*headers, *VARY, *framed_policy((style,))),
    )  # fmt: skip


def _read_said(query_string: bytes) -> dict[str, str]:
    """What a query string says; nothing if it cannot be read, which is a fault of its own."""
    try:
        return dict(parse_qsl(query_string.decode("ascii"), max_num_fields=FIELDS))
    except ValueError:
        return {}
