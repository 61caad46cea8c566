"""GraphQL over HTTP: a request's parts -> what to answer, by the rules of the specification.

Source: GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson

from ecograph.service import Service
from ecograph.web.http import JSON, BadRequest, Handler, Reply, Request, refuse, wrong_method
from ecograph.web.lanes import Lanes

GRAPHQL = "application/graphql-response+json"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PREFLIGHT = (
    (b"access-control-allow-methods", ", ".join(METHODS).encode()),
    (b"access-control-allow-headers", b"content-type, accept"),
    (b"access-control-max-age", b"86400"),
)
VARY = ((b"vary", b"accept"),)


def graphql_routes(service: Service, lanes: Lanes) -> dict[str, Handler]:
    """/graphql over a service."""

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
            return await answer(service, lanes, parameters, media_type)
        except BadRequest as error:
            return refuse(error, media_type)

    return {"/graphql": handle}


def is_browser(accept: str | None) -> bool:
    """Whether a client asks for a page, as a browser does, and not for data."""
    wanted = accept or ""
    return "text/html" in wanted and JSON not in wanted and GRAPHQL not in wanted


def to_ide(query_string: bytes) -> Reply:
    """The IDE with the same question in it; the address is relative, as to a proxy's prefix."""
    target = b"graphiql?" + query_string if query_string else b"graphiql"
    return Reply(303, "text/plain", b"", ((b"location", target), *VARY))


def negotiate(accept: str | None) -> str:
    """The media type to answer in. Raises: BadRequest (406) if none is acceptable."""
    if not accept:
        return JSON
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
        raise BadRequest(406, f"Accept: {accept!r} allows neither {GRAPHQL} nor {JSON}")
    return chosen


_AS_JSON = frozenset({JSON, "*/*", "application/*"})


def read_body(content_type: str | None, body: bytes) -> Mapping[str, Any]:
    """The parameters of a POST. Raises: BadRequest."""
    media, *parameters = (p.strip().lower() for p in (content_type or "").split(";"))
    if media != JSON:
        raise BadRequest(415, f"Content-Type: {content_type!r}; send {JSON}")
    for parameter in parameters:
        if parameter.startswith("charset=") and parameter[8:].strip('"') not in ("utf-8", "utf8"):
            raise BadRequest(415, f"Content-Type: {content_type!r}; send UTF-8")
    try:
        parameters_ = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(400, f"the body is no JSON: {error}") from None
    if not isinstance(parameters_, dict):
        what = "a list: batches are not answered" if isinstance(parameters_, list) else "no object"
        raise BadRequest(400, f'the body is {what}; send {{"query": ..., "variables": ...}}')
    return parameters_


def read_query_string(query_string: bytes) -> Mapping[str, Any]:
    """The parameters of a GET; variables and extensions are JSON. Raises: BadRequest."""
    try:
        found: dict[str, Any] = dict(
            parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict")
        )
    except ValueError:
        raise BadRequest(400, "the query string is not UTF-8, percent-encoded") from None
    for name in ("variables", "extensions"):
        if name in found:
            try:
                found[name] = orjson.loads(found[name])
            except orjson.JSONDecodeError as error:
                raise BadRequest(400, f"{name} is no JSON: {error}") from None
    return found


async def answer(
    service: Service, lanes: Lanes, parameters: Mapping[str, Any], media_type: str
) -> Reply:
    """The reply to a request's parameters. Raises: BadRequest if they are of a wrong
    type, or there is no room."""
    query = parameters.get("query")
    name, variables = parameters.get("operationName"), parameters.get("variables")
    if not isinstance(query, str):
        raise BadRequest(400, 'query is missing; send {"query": "{ dataset { version } }"}')
    if name is not None and not isinstance(name, str):
        raise BadRequest(400, f"operationName: {name!r} is no text")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest(400, f"variables: {variables!r} is no object")
    extensions = parameters.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise BadRequest(400, f"extensions: {extensions!r} is no object")
    response = await lanes.answer(service, service.api.begin(query, variables, name or None))
    status = 200 if response.executed or media_type == JSON else 400
    return Reply(status, media_type, response.body, VARY)
