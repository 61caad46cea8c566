"""Plain questions over GET: /ask?q=, as JSON, or as a page for who asks for HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from importlib.metadata import version
from string import Template
from typing import Any
from urllib.parse import parse_qs, urlencode

import orjson

from ecograph.api.asked import ASK
from ecograph.api.tables import lay_out, tabulate
from ecograph.service import Service
from ecograph.web.html import STATIC
from ecograph.web.http import CACHE, JSON, NO_STORE, BadRequest, Handler, Reply, Request
from ecograph.web.http import wrong_method as refuse_method
from ecograph.web.lanes import Lanes
from ecograph.web.pages import HTML, START_POLICY

FIELDS = 8
MOST_ROWS = 100
_LANGUAGES = {"": None, "en": "EN", "zh": "ZH"}
_PRIVATE = (b"content-security-policy", START_POLICY)


def ask_routes(lanes: Lanes) -> dict[str, Handler]:
    """/ask, never an error for a question that cannot be read: the answer says so."""

    async def ask(request: Request) -> Reply:
        if request.method not in ("GET", "HEAD"):
            raise refuse_method("GET", "HEAD")
        wants_page = _wants_page(request.headers.get(b"accept", ""))
        text, lang = _read(request.query_string)
        if not text and not wants_page:
            raise BadRequest(
                400, "q: the question is missing; for example /ask?q=what+replaced+Heapster",
                (NO_STORE,), code="BAD_VARIABLES",
            )  # fmt: skip
        service = request.service
        media = HTML if wants_page else JSON
        parts = (service.graph.version, version("ecograph"), text, str(lang), media)
        tag = f'W/"{sha256(orjson.dumps(parts)).hexdigest()[:20]}"'.encode()
        headers = ((b"etag", tag), CACHE, (b"vary", b"accept"))
        if tag.decode() in request.headers.get(b"if-none-match", ""):
            return Reply(304, media, b"", headers)
        answer: dict[str, Any] = {}
        if text:
            begun = service.api.begin(ASK, {"text": text, "lang": lang}, "Ask")
            response = await lanes.answer(service, begun, request.left)
            if not response.clean:
                return Reply(503, JSON, response.body, (NO_STORE,), "TIMEOUT")
            answer = orjson.loads(response.body)["data"]["ask"]
        if wants_page:
            return Reply(200, HTML, show_page(service, text, answer), (*headers, _PRIVATE))
        return Reply(200, JSON, orjson.dumps(answer), headers)

    return {"/ask": ask}


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
            400, "the query string is not UTF-8, percent-encoded, or has too many parts",
            (NO_STORE,), code="BAD_VARIABLES",
        ) from None  # fmt: skip
    lang = fields.get("lang", [""])[0].lower()
    if lang not in _LANGUAGES:
        raise BadRequest(
            400, f"lang: {lang[:20]!r} is no language; write en or zh", (NO_STORE,),
            code="BAD_VARIABLES",
        )  # fmt: skip
    return fields.get("q", [""])[0].strip(), _LANGUAGES[lang]


def show_page(service: Service, text: str, answer: Mapping[str, Any]) -> bytes:
    """The page of a question and its answer; without one, of the box alone."""
    template = Template((STATIC / "ask.html").read_text("utf-8"))
    lang = "zh" if answer.get("lang") == "ZH" else "en"
    return template.substitute(
        lang=lang,
        question=escape(text),
        sentence=escape(answer.get("sentence", "")),
        readings="\n".join(_reading(service, one, lang) for one in answer.get("readings", ())),
        nearest="\n".join(
            f'<li><a href="ask?{escape(urlencode({"q": one}))}">{escape(one)}</a></li>'
            for one in answer.get("nearest", ())
        ),
    ).encode()


def _reading(service: Service, one: Mapping[str, Any], lang: str) -> str:
    variables = orjson.dumps(one["variables"]).decode()
    asked = {"operation": one["operation"]} if one["operation"] else {"query": one["query"]}
    link = urlencode({**asked, "variables": variables})
    head = "理解为" if lang == "zh" else "Understood as"
    open_it = "在 IDE 中打开" if lang == "zh" else "Open in the IDE"
    return (
        f"<section><h2>{head}: <em>{escape(one['understood'])}</em></h2>\n"
        f"<p>{escape(one['sentence'])}</p>\n{''.join(_table(service, one))}"
        f'<p class="note"><a href="graphiql?{escape(link)}">{open_it}</a></p></section>'
    )


def _table(service: Service, one: Mapping[str, Any]) -> Iterator[str]:
    table = tabulate(lay_out(service.api.core, one["query"]), one["data"])
    shown = [n for n in range(len(table.headers)) if any(row[n] for row in table.rows)]
    if not shown:
        return
    yield '<div class="scroll"><table><thead><tr>'
    for n in shown:
        yield f'<th scope="col">{escape(table.headers[n].removeprefix("node."))}</th>'
    yield "</tr></thead><tbody>\n"
    for row in table.rows[:MOST_ROWS]:
        yield "<tr>" + "".join(f"<td>{_linked(row[n])}</td>" for n in shown) + "</tr>\n"
    yield "</tbody></table></div>\n"


def _linked(cell: str) -> str:
    if cell.startswith(("https://", "http://")) and ";" not in cell:
        return f'<a href="{escape(cell)}">{escape(cell)}</a>'
    return escape(cell)
