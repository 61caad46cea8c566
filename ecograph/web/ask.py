"""Plain questions over GET: /ask?q=, as JSON, or as a page for who asks for HTML."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import orjson

from ecograph.api.asked import ASK
from ecograph.api.tables import lay_out, tabulate
from ecograph.web.answering import Asked, Unanswered
from ecograph.web.http import JSON, NO_STORE, BadRequest, Handler, Reply, Request
from ecograph.web.lanes import Lanes
from ecograph.web.rows import read_rows
from ecograph.web.tags import for_reading, has, make_tag, tagged

FIELDS = 8
_LANGUAGES = {"": None, "en": "EN", "zh": "ZH"}
_VARY = (b"vary", b"accept")


def ask_routes(lanes: Lanes, page: Handler) -> dict[str, Handler]:
    """/ask; `page` answers who asks for HTML. A question that cannot be read is no error."""

    async def ask(request: Request) -> Reply:
        if _wants_page(request.headers.get(b"accept", "")):
            reply = await page(request)
            return Reply(
                reply.status, reply.media_type, reply.body, (*reply.headers, _VARY), reply.code
            )
        text, lang = _read(request.query_string)
        if not text:
            raise BadRequest(
                400, "q: the question is missing; for example /ask?q=what+replaced+Heapster",
                (NO_STORE,), code="BAD_VARIABLES",
            )  # fmt: skip
        tag = make_tag(request.service.outline.version, text, lang or "")
        if has(request, tag):
            return tagged(request, Reply(200, JSON, b"", (_VARY,)), tag)
        try:
            told = orjson.dumps(await _answer(request, lanes, text, lang))
            return tagged(request, Reply(200, JSON, told, (_VARY,)), tag)
        except Unanswered as none:
            error = {"errors": [{"message": str(none), "extensions": {"code": none.code}}]}
            return Reply(none.status, JSON, orjson.dumps(error), (NO_STORE,), none.code)

    return {"/ask": for_reading(ask)}


async def show_ask(asked: Asked) -> bytes:
    """The page at /ask?q=: the question as it was understood, the answer and its rows."""
    text = asked.visit.get("q")
    lang = _LANGUAGES.get(asked.visit.get("lang"))
    answer = await _answer(asked.request, asked.lanes, text, lang) if text else None
    core = asked.request.service.api.core
    tables = [
        read_rows(
            tabulate(lay_out(core, one["query"]), one["data"]), asked.words, asked.visit.entity
        )
        if one["data"]
        else None
        for one in (answer["readings"] if answer else ())
    ]
    return asked.fill("ask.html", text=text, answer=answer, tables=tables)


async def _answer(request: Request, lanes: Lanes, text: str, lang: str | None) -> dict[str, Any]:
    """The record of an answer. Raises: Unanswered; BadRequest (503) when there is no room."""
    service = request.service
    begun = service.api.begin(ASK, {"text": text, "lang": lang}, "Ask")
    told = orjson.loads((await lanes.answer(service, begun, request.left)).body)
    if told.get("errors"):
        raise Unanswered(told["errors"][0])
    answer: dict[str, Any] = told["data"]["ask"]
    return answer


def _wants_page(accept: str) -> bool:
    """Whether HTML is named before JSON; who names neither gets JSON."""
    page, data = accept.find("text/html"), accept.find("json")
    return page >= 0 and (data < 0 or page < data)


def _read(query_string: bytes) -> tuple[str, str | None]:
    try:
        fields = parse_qs(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict",
            max_num_fields=FIELDS,
        )  # fmt: skip
    except ValueError:
        raise BadRequest(
            400, f"the query string is not UTF-8, percent-encoded, of at most {FIELDS} parts",
            (NO_STORE,), code="BAD_VARIABLES",
        ) from None  # fmt: skip
    lang = fields.get("lang", [""])[0].lower()
    if lang not in _LANGUAGES:
        raise BadRequest(
            400, f"lang: {lang[:20]!r} is no language; write en or zh", (NO_STORE,),
            code="BAD_VARIABLES",
        )  # fmt: skip
    return fields.get("q", [""])[0].strip(), _LANGUAGES[lang]
