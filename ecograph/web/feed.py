"""/feed.atom: what changed, the newest first, for readers of feeds.

An entry's id stays the same from version to version and wherever the server stands; its time is
the first moment of the first day that its date can mean, in UTC. Source: RFC 4287.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from ecograph.errors import QueryError, UnresolvedName
from ecograph.model.dates import earliest
from ecograph.model.graph import Outline
from ecograph.service import Service
from ecograph.web.addresses import origin_of, read_pairs
from ecograph.web.answering import Unanswered, ask_page
from ecograph.web.html import render, web_address
from ecograph.web.http import NO_STORE, BadRequest, Handler, Reply, Request, show
from ecograph.web.lanes import Lanes
from ecograph.web.named import STATUS
from ecograph.web.reading import FILE_POLICY, REVALIDATE
from ecograph.web.tags import for_reading, has, make_tag, tagged

ATOM = "application/atom+xml; charset=utf-8"
ENTRIES = 50
ONE, MANY = ("lang", "category", "entity"), ("kinds", "events")
WORDS = {
    "en": {"title": "What changed", "of": "{}: what changed", "ended": "No longer: {}",
           "did": "{}: {}", "when": "{}. ", "says": "Sources: {}."},
    "zh": {"title": "变化", "of": "{}：变化", "ended": "不再成立：{}",
           "did": "{}：{}", "when": "{}。", "says": "来源：{}。"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as a feed tells it."""

    id: str
    title: str
    updated: str
    page: str
    term: str
    summary: str
    sources: list[Mapping[str, str]]


def feed_routes(lanes: Lanes) -> dict[str, Handler]:
    """/feed.atom, by category and by entity, in either language."""

    async def serve(request: Request) -> Reply:
        given = _read(request)
        service, origin = request.service, origin_of(request)
        outline = service.outline
        tag = make_tag(outline.version, origin, repr(sorted(given.items())))
        policy = (b"content-security-policy", FILE_POLICY)
        kept = (b"cache-control", REVALIDATE)
        if has(request, tag):
            return tagged(request, Reply(200, ATOM, b"", (policy,)), tag, kept)
        # By ids, so that a name and another name of one thing are one feed.
        given |= _resolve(service, given)
        about = given.get("entity") or given.get("category")
        variables = {
            **given, "lang": given["lang"].upper(), "first": ENTRIES, "about": about or "",
            "named": about is not None,
        }  # fmt: skip
        try:
            data, errors = await ask_page(request, lanes, "Feed", variables)
            if data["changes"] is None:
                raise errors[0]
        except Unanswered as none:
            raise BadRequest(none.status, str(none), (NO_STORE,), none.code) from None
        body = _write(service.outline, given, data, origin)
        return tagged(request, Reply(200, ATOM, body, (policy,)), tag, kept)

    return {"/feed.atom": for_reading(serve)}


def _read(request: Request) -> dict[str, Any]:
    """The parts of the query string. Raises: BadRequest."""
    try:
        pairs = read_pairs(request.query_string)
    except QueryError as error:
        raise BadRequest(400, error.message, (NO_STORE,), "BAD_VARIABLES") from None
    given: dict[str, Any] = {"lang": "en"}
    for name, text in pairs:
        if name in MANY:
            given.setdefault(name, []).append(text.upper())
        elif name not in ONE:
            known = ", ".join((*ONE, *MANY))
            told = f"a feed takes no {show(name)}; it takes: {known}"
            raise BadRequest(400, told, (NO_STORE,), "BAD_VARIABLES")
        elif text:
            given[name] = text
    if given["lang"] not in WORDS:
        told = f"lang is en or zh, not {show(given['lang'])}"
        raise BadRequest(400, told, (NO_STORE,), "BAD_VARIABLES")
    return given


def _resolve(service: Service, given: Mapping[str, Any]) -> dict[str, str]:
    """The ids of the things that are named. Raises: BadRequest."""
    try:
        return {
            name: service.names.resolve(given[name], kinds, name)
            for name, kinds in (("category", ("Category",)), ("entity", None))
            if name in given
        }
    except UnresolvedName as error:
        status = STATUS.get(error.code, 400)
        raise BadRequest(status, error.message, (NO_STORE,), error.code) from None


def _write(
    outline: Outline, given: Mapping[str, Any], data: Mapping[str, Any], origin: str
) -> bytes:
    lang, about = given["lang"], data.get("about")
    words, title, page = WORDS[lang], WORDS[lang]["title"], f"{origin}/"
    if about is not None:
        title = words["of"].format(about["label"] or about["name"])
        page = f"{origin}/e/{quote(about['id'])}"
    query = urlencode(sorted(given.items()), doseq=True, quote_via=quote)
    return render(
        "feed.xml",
        lang=lang,
        id=f"urn:ecograph:changes:{quote(query, safe='')}",
        title=f"{title} · ecograph",
        updated=_moment(outline.as_of),
        author=outline.title.get(lang, outline.title["en"]),
        rights=outline.license,
        here=f"{origin}/feed.atom?{query}",
        page=f"{page}?lang={lang}",
        entries=[_entry(change, lang, origin) for change in data["changes"]["nodes"]],
    )


def _entry(change: Mapping[str, Any], lang: str, origin: str) -> Entry:
    words, thing = WORDS[lang], change["entity"]
    event, said = change["event"], change["statement"]
    told = [words["when"].format(change["date"])]
    if event is not None:
        name = thing["label"] or thing["name"]
        title = words["did"].format(name, event["label"]) + (
            f" {event['value']}" if event["value"] else ""
        )
        told += [words["when"].format(event["note"].rstrip(".。 "))] if event["note"] else []
    else:
        title = said["sentence"]
        if change["kind"] == "ENDED":
            title = words["ended"].format(title)
    evidence = change["evidence"]
    if evidence:
        cited = [
            e["source"]["title"] + (f" ({e['locator']})" if e["locator"] else "") for e in evidence
        ]
        told.append(words["says"].format("; ".join(cited)))
    sources = {e["source"]["url"]: e["source"] for e in evidence if web_address(e["source"]["url"])}
    suffix = "" if lang == "en" else f":{lang}"
    term = event["event"] if event is not None else said["relation"]
    return Entry(
        f"urn:ecograph:change:{quote(change['id'], safe='~')}{suffix}", title,
        _moment(change["date"]), f"{origin}/e/{quote(thing['id'])}?lang={lang}",
        term, "".join(told).strip(), list(sources.values()),
    )  # fmt: skip


def _moment(day: str) -> str:
    return f"{date.fromordinal(earliest(day)).isoformat()}T00:00:00Z"
