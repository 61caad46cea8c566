"""The reconciliation service at /reconcile, with which OpenRefine matches tables with the graph.

Source: the Reconciliation Service API 0.2 of the W3C Entity Reconciliation Community Group.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

import orjson

from ecograph.errors import QueryError
from ecograph.model.ontology import Ontology
from ecograph.service import Service
from ecograph.web.addresses import FIELDS, origin_of, read_pairs
from ecograph.web.html import render
from ecograph.web.http import (
    CACHE,
    JSON,
    NO_STORE,
    BadRequest,
    Handler,
    Reply,
    Request,
    show,
    wrong_method,
)
from ecograph.web.inquiry import inquire
from ecograph.web.lanes import Lanes
from ecograph.web.reading import HTML
from ecograph.web.reconcile_manifest import BATCH, manifest_of
from ecograph.web.reconcile_queries import (
    SEARCH,
    find_candidates,
    find_property,
    read_query,
    type_of,
    wrong,
)
from ecograph.web.reconcile_values import Ask, Property, fetch, properties_of
from ecograph.web.tags import for_reading, make_tag, tagged

MOST_ROWS, MOST_COLUMNS = 100, 20
"""Things and properties of a request to extend."""
SUGGESTED = 20
DEEPEST = 100
"""Suggestions that can be come to in all."""
FORM = "application/x-www-form-urlencoded"
PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"content-type, accept"),
    (b"access-control-max-age", b"86400"),
)
PREVIEW = "query Preview($ids: [String!]!) { entities(names: $ids) { id kind name label(lang: ZH) "
PREVIEW += "description(lang: EN) descriptionZh: description(lang: ZH) status homepage } }"
STYLE = (
    "body{margin:8px;font:14px/1.4 sans-serif;color:#1c1c1c;background:#fff}"
    "h1{margin:0;font-size:16px}p{margin:4px 0}small{color:#555}"
)


def reconcile_routes(lanes: Lanes) -> dict[str, Handler]:
    """/reconcile and all below it."""

    async def answer(request: Request) -> Reply:
        given = await _read_given(request)
        if "callback" in given:
            raise wrong("callback: JSONP is not offered, as CORS is; ask without it")
        service, ontology = request.service, request.service.outline.ontology
        ask = _asking(request, lanes)
        if "queries" in given:
            return _json(await _answer_batch(given["queries"], ask, service, ontology))
        if "extend" in given:
            return _json(await _extend(given["extend"], ask, service, ontology))
        if given or request.method == "POST":
            raise wrong("write queries or extend, each as JSON; without any there is the manifest")
        told = orjson.dumps(manifest_of(service, origin_of(request)))
        return tagged(request, Reply(200, JSON, told), make_tag(told))

    async def suggest_entity(request: Request) -> Reply:
        prefix, cursor = _read_prefix(request)
        first = min(cursor + SUGGESTED, DEEPEST)
        edges = []
        if prefix.strip() and cursor < first:
            variables = {"text": prefix, "kinds": None, "first": first}
            told = await _asking(request, lanes)(SEARCH, variables)
            edges = told["search"]["edges"][cursor:]
        ontology = request.service.outline.ontology
        return _json({"result": [_suggested(edge["node"], ontology) for edge in edges]})

    async def suggest_property(request: Request) -> Reply:
        known = properties_of(request.service.outline.ontology).values()
        return _json({"result": _begin(request, [_told(one) for one in known])})

    async def suggest_type(request: Request) -> Reply:
        ontology = request.service.outline.ontology
        kinds = [
            {**type_of(ontology, kind), "description": told.description.en}
            for kind, told in ontology.kinds.items()
        ]
        return _json({"result": _begin(request, kinds)})

    async def propose(request: Request) -> Reply:
        given = _read_query(request)
        kind, limit = given.get("type", ""), _read_number(given, "limit")
        known = properties_of(request.service.outline.ontology).values()
        fitting = [
            {"id": one.id, "name": one.name}
            for one in known
            if not kind or one.kinds is None or kind in one.kinds
        ]
        told: dict[str, Any] = {"type": kind, "properties": fitting[: limit or None]}
        return _json(told | ({"limit": limit} if limit else {}))

    async def preview(request: Request) -> Reply:
        id = request.service.names.id_in_force(_read_query(request).get("id", ""))
        if id is None:
            raise BadRequest(404, "there is no thing of this id", (NO_STORE,), "NOT_FOUND")
        [thing] = (await _asking(request, lanes)(PREVIEW, {"ids": [id]}))["entities"]
        body = render("preview.html", thing=thing, style=STYLE, origin=origin_of(request))
        return tagged(request, Reply(200, HTML, body, (_framable(),)), make_tag(body))

    reading = {
        "/reconcile/suggest/entity": suggest_entity,
        "/reconcile/suggest/property": suggest_property,
        "/reconcile/suggest/type": suggest_type,
        "/reconcile/properties": propose,
        "/reconcile/preview": preview,
    }
    routes = {path: for_reading(handle) for path, handle in reading.items()}
    return {path: _with_preflight(one) for path, one in {"/reconcile": answer, **routes}.items()}


def _with_preflight(handle: Handler) -> Handler:
    async def answer(request: Request) -> Reply:
        if request.method == "OPTIONS":
            return Reply(204, JSON, b"", PREFLIGHT)
        return await handle(request)

    return answer


def _asking(request: Request, lanes: Lanes) -> Ask:
    """What asks the service of a request as any client would."""
    return partial(inquire, request, lanes)


async def _answer_batch(
    text: str, ask: Ask, service: Service, ontology: Ontology
) -> dict[str, Any]:
    batch = _read_json("queries", text)
    if len(batch) > BATCH:
        told = f"queries: {len(batch)} are too many; the limit is {BATCH} (batchSize)"
        raise BadRequest(413, told, (NO_STORE,))
    known = properties_of(ontology)
    queries = {key: read_query(key, one, ontology, known) for key, one in batch.items()}
    return {
        key: {"result": await find_candidates(query, ask, service.names, ontology)}
        | _faults(query.faults)
        for key, query in queries.items()
    }


async def _extend(text: str, ask: Ask, service: Service, ontology: Ontology) -> dict[str, Any]:
    given = _read_json("extend", text)
    ids, asked = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not isinstance(asked, list):
        raise wrong('extend: write {"ids": [...], "properties": [{"id": ...}]}')
    if len(ids) > MOST_ROWS or len(asked) > MOST_COLUMNS:
        told = f"extend: at most {MOST_ROWS} ids and {MOST_COLUMNS} properties at once"
        raise BadRequest(413, told, (NO_STORE,))
    known, texts = properties_of(ontology), [str(one) for one in ids]
    rows: dict[str, dict[str, Any]] = {one: {} for one in texts}
    meta: list[dict[str, Any]] = []
    faults: list[str] = []
    for one in asked:
        given_id = one.get("id") if isinstance(one, dict) else one
        wanted, fault = find_property(given_id, known)
        if wanted is None:
            faults.append(fault)
            meta.append({"id": given_id, "name": given_id})
            for cells in rows.values():
                cells[str(given_id)] = []
            continue
        meta.append({"id": wanted.id, "name": wanted.name} | _type_at(wanted, known, ontology))
        most = _read_limit(one)
        for id, values in (await fetch(ask, service.names, texts, wanted)).items():
            rows[id][wanted.id] = [_cell(value, wanted) for value in values[:most]]
    return {"meta": meta, "rows": rows} | _faults(faults)


def _type_at(
    wanted: Property, known: Mapping[str, Property], ontology: Ontology
) -> dict[str, dict[str, str]]:
    """The type of a column's things, where they are of one alone."""
    kinds = known[wanted.inverse].kinds if wanted.entities else None
    return {"type": type_of(ontology, kinds[0])} if kinds and len(kinds) == 1 else {}


def _faults(told: Sequence[str]) -> dict[str, Any]:
    """What of a request can find nothing, beside an answer that the specification allows."""
    return {"errors": [{"message": message} for message in told]} if told else {}


def _read_limit(one: Any) -> int | None:
    """How many values a column's settings ask for; None for all."""
    settings = one.get("settings") if isinstance(one, dict) else None
    limit = settings.get("limit") if isinstance(settings, dict) else None
    if isinstance(limit, float) and limit.is_integer():
        limit = int(limit)
    text = str(limit if limit is not None else "")
    return (int(text[:6]) or None) if text.isascii() and text.isdecimal() else None


def _cell(value: Any, wanted: Property) -> dict[str, Any]:
    if wanted.entities:
        return {"id": value["id"], "name": value["name"]}
    if isinstance(value, int) and not isinstance(value, bool):
        return {"int": value}
    return {"str": str(value).lower() if isinstance(value, bool) else str(value)}


async def _read_given(request: Request) -> dict[str, str]:
    """The fields of a form, or of the query string. Raises: BadRequest."""
    if request.method in ("GET", "HEAD"):
        return _read_query(request)
    if request.method != "POST":
        raise wrong_method("GET", "HEAD", "POST", "OPTIONS")
    media = request.headers.get(b"content-type", "").partition(";")[0].strip().lower()
    if media != FORM:
        told = f"the body is to be {FORM}, with a field queries or extend"
        raise BadRequest(415, told, (NO_STORE,))
    try:
        text = (await request.body()).decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS))
    except ValueError:
        raise wrong("the form is not UTF-8, percent-encoded") from None


def _read_query(request: Request) -> dict[str, str]:
    try:
        return dict(read_pairs(request.query_string))
    except QueryError as error:
        raise wrong(error.message) from None


def _read_json(name: str, text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise wrong(f"{name}: no JSON: {error}") from None
    if not isinstance(found, dict):
        raise wrong(f"{name}: {show(found)} is no object")
    return found


def _read_number(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > 6:
        raise wrong(f"{name}: {show(text)} is no number; write 0 or more")
    return int(text)


def _read_prefix(request: Request) -> tuple[str, int]:
    given = _read_query(request)
    return given.get("prefix", ""), _read_number(given, "cursor")


def _begin(request: Request, listed: list[dict[str, str]]) -> list[dict[str, str]]:
    """What begins so, then what holds it; all of an empty prefix."""
    prefix, cursor = _read_prefix(request)
    sought = prefix.strip().casefold()
    ranked = []
    for one in listed:
        texts = (one["id"].casefold(), one["name"].casefold())
        if any(sought in text for text in texts):
            ranked.append((not any(text.startswith(sought) for text in texts), one))
    ranked.sort(key=lambda pair: pair[0])
    return [one for _, one in ranked][cursor : cursor + SUGGESTED]


def _suggested(node: Mapping[str, Any], ontology: Ontology) -> dict[str, Any]:
    told = {"id": node["id"], "name": node["name"]}
    if node["description"]:
        told["description"] = node["description"]
    return {**told, "notable": [type_of(ontology, ontology.by_enum_value[node["kind"]])]}


def _told(one: Property) -> dict[str, str]:
    return {"id": one.id, "name": one.name, "description": one.description}


def _framable() -> tuple[bytes, bytes]:
    """The policy of the preview, which other sites may frame: it runs and loads nothing."""
    allowed = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{allowed}'; frame-ancestors *"
    )
    return (b"content-security-policy", policy.encode())


def _json(told: Any) -> Reply:
    return Reply(200, JSON, orjson.dumps(told), (CACHE,))
