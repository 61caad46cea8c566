"""GraphQL over HTTP: a request's parts -> what to answer, by the rules of the specification.

Source: GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson

from ecograph.api.job import Response
from ecograph.api.trusted import Trusted
from ecograph.web.http import (
    JSON,
    NO_STORE,
    BadRequest,
    Handler,
    Header,
    Reply,
    Request,
    refuse,
    show,
    wrong_method,
)
from ecograph.web.lanes import RETRY_AFTER, Lanes
from ecograph.web.persisted import document_of
from ecograph.web.tags import make_tag, tagged
from ecograph.web.trace import Trace, no_trace

GRAPHQL = "application/graphql-response+json"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PREFLIGHT = (
    (b"access-control-allow-methods", ", ".join(METHODS).encode()),
    (b"access-control-allow-headers", b"content-type, accept"),
    (b"access-control-max-age", b"86400"),
)
VARY: tuple[Header, ...] = ((b"vary", b"accept, accept-encoding"),)
LATER: tuple[Header, ...] = ((b"retry-after", RETRY_AFTER), NO_STORE)
UNAVAILABLE = frozenset({"TIMEOUT", "STORE_UNAVAILABLE"})
"""Codes of what may be answered another time."""
NAMED = re.compile(r"^[ \t]*query[ \t\r\n]+([_A-Za-z][_0-9A-Za-z]*)", re.MULTILINE)
LONGEST_KNOWN = 256
"""Characters of an Accept header whose media type is kept."""
FIELDS = 100
"""The most parameters that a query string may hold."""
LOOKED_AT = 4_096
"""Characters in which the name of an operation is looked for."""


def graphql_routes(
    lanes: Lanes, trusted: Trusted, trace: Trace = no_trace, *, only_named: bool = False
) -> dict[str, Handler]:
    """/graphql; with `only_named` it answers trusted documents and nothing else."""

    async def handle(request: Request) -> Reply:
        if request.method == "OPTIONS":
            return Reply(204, JSON, b"", PREFLIGHT)
        if request.method not in METHODS:
            raise wrong_method(*METHODS)
        headers = request.headers
        if request.method != "POST" and is_browser(headers.get(b"accept")):
            return to_ide(request.query_string)
        media_type = JSON
        try:
            media_type = negotiate(headers.get(b"accept"))
            if request.method == "POST":
                parameters = read_body(headers.get(b"content-type"), await request.body())
            else:
                parameters = read_query_string(request.query_string)
            query = document_of(parameters, media_type, trusted, only_named=only_named)
            asked = read_question(query, parameters)
            reply = await answer(request, lanes, asked, media_type, trace)
            if request.method == "POST":
                return reply
            if reply.code == "READ_ONLY":
                allow = (b"allow", ", ".join(METHODS).encode())
                reply = replace(reply, status=405, headers=(*reply.headers, allow))
            return keepable(request, reply)
        except BadRequest as error:
            return refuse(error, media_type)

    return {"/graphql": handle}


def is_browser(accept: str | None) -> bool:
    """Whether a client asks for a page, as a browser does, and not for data."""
    wanted = accept or ""
    return "text/html" in wanted and JSON not in wanted and GRAPHQL not in wanted


def to_ide(query_string: bytes) -> Reply:
    """The IDE with the same question in it; the address is relative, as to a proxy's prefix."""
    # Whatever came, nothing but printable characters goes into a header.
    asked = re.sub(rb"[^!-~]", b"", query_string)
    target = b"graphiql?" + asked if asked else b"graphiql"
    return Reply(303, "text/plain", b"", ((b"location", target), *VARY))


def negotiate(accept: str | None) -> str:
    """The media type to answer in. Raises: BadRequest (406) if none is acceptable."""
    if not accept:
        return JSON
    # What is kept must not be as long as a client likes.
    return _choose_known(accept) if len(accept) <= LONGEST_KNOWN else _choose(accept)


def _choose(accept: str) -> str:
    best, chosen = 0.0, ""
    for part in accept.split(","):
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
            elif name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
                quality = 0.0
        served = GRAPHQL if media == GRAPHQL else JSON if media in _AS_JSON else ""
        if served and quality > best:
            best, chosen = quality, served
    if not chosen:
        raise BadRequest(406, f"Accept: {show(accept)} allows neither {GRAPHQL} nor {JSON}")
    return chosen


_choose_known = lru_cache(maxsize=256)(_choose)
_AS_JSON = frozenset({JSON, "*/*", "application/*"})


def read_body(content_type: str | None, body: bytes) -> Mapping[str, Any]:
    """The parameters of a POST. Raises: BadRequest."""
    if content_type != JSON:
        check_content_type(content_type or "")
    try:
        parameters = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, f"the body is no JSON: {error}") from None
    if not isinstance(parameters, dict):
        what = "a list: batches are not answered" if isinstance(parameters, list) else "no object"
        raise BadRequest(400, f'the body is {what}; send {{"query": ..., "variables": ...}}')
    return parameters


def check_content_type(content_type: str) -> None:
    """Raise BadRequest (415) unless it is JSON in UTF-8."""
    media, *parameters = (p.strip().lower() for p in content_type.split(";"))
    if media != JSON:
        raise BadRequest(415, f"Content-Type: {show(content_type)}; send {JSON}")
    for parameter in parameters:
        if parameter.startswith("charset=") and parameter[8:].strip('"') not in ("utf-8", "utf8"):
            raise BadRequest(415, f"Content-Type: {show(content_type)}; send UTF-8")


def read_query_string(query_string: bytes) -> Mapping[str, Any]:
    """The parameters of a GET; variables and extensions are JSON. Raises: BadRequest."""
    try:
        found: dict[str, Any] = dict(
            parse_qsl(
                query_string.decode("ascii"),
                keep_blank_values=True, errors="strict", max_num_fields=FIELDS,
            )
        )  # fmt: skip
    except UnicodeError:
        raise BadRequest(400, "the query string is not UTF-8, percent-encoded") from None
    except ValueError:
        raise BadRequest(400, f"the query string has more than {FIELDS} parts") from None
    for name in ("variables", "extensions"):
        if name in found:
            try:
                found[name] = orjson.loads(found[name])
            except orjson.JSONDecodeError as error:
                raise BadRequest(400, f"{name} is no JSON: {error}") from None
    return found


class Asked(NamedTuple):
    """What a client asks: a document, the operation in it, its variables, and whether it wants
    to be told what the answer cost."""

    document: str
    name: str | None
    variables: Mapping[str, Any] | None
    cost: bool


def read_question(document: str, parameters: Mapping[str, Any]) -> Asked:
    """The question of a request's parameters. Raises: BadRequest if they are of a wrong type."""
    name, variables = parameters.get("operationName"), parameters.get("variables")
    if name is not None and not isinstance(name, str):
        raise BadRequest(400, f"operationName: {show(name)} is no text")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest(400, f"variables: {show(variables)} is no object")
    extensions = parameters.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise BadRequest(400, f"extensions: {show(extensions)} is no object")
    return Asked(document, name or None, variables, (extensions or {}).get("cost") is True)


async def answer(
    request: Request, lanes: Lanes, asked: Asked, media_type: str, trace: Trace
) -> Reply:
    """The reply to a question. Raises: BadRequest if there is no room."""
    request.operation = asked.name or name_of(asked.document)
    service = request.service
    with trace("ecograph.plan"):
        begun = service.api.begin(asked.document, asked.variables, asked.name)
    with trace("ecograph.run"):
        response = await lanes.answer(service, begun, request.left)
    if asked.cost and response.executed:
        response = service.api.tell_cost(response, asked.document, asked.variables, asked.name)
    return to_reply(response, media_type)


def to_reply(response: Response, media_type: str) -> Reply:
    """A response of the API as HTTP tells it."""
    if response.executed:
        headers = VARY if response.whole else (*VARY, NO_STORE)
        return Reply(200, media_type, response.body, headers, response.code)
    headers = (*VARY, *LATER) if response.code in UNAVAILABLE else VARY
    status = 200 if media_type == JSON else 503 if response.code in UNAVAILABLE else 400
    return Reply(status, media_type, response.body, headers, response.code)


def name_of(document: str) -> str:
    """The name of a document's first query, as far as a look at its beginning tells."""
    found = NAMED.search(document, 0, LOOKED_AT)
    return found[1] if found else "-"


def keepable(request: Request, reply: Reply) -> Reply:
    """The reply to a GET with what caches need, or 304 to a client that has it."""
    if reply.status != 200 or reply.code or NO_STORE in reply.headers:
        return reply if NO_STORE in reply.headers else replace(
            reply, headers=(*reply.headers, NO_STORE)
        )  # fmt: skip
    tag = make_tag(reply.media_type, reply.body)
    return tagged(request, reply, tag)
