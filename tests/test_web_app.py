"""HTTP: the application is called as a server would call it, without a socket."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import MAX_BODY, App
from tests.calling import Reply
from tests.calling import call as call_app
from tests.world import world

GRAPHQL = "application/graphql-response+json"
QUERY = '{ node(id: "runc") { id } }'


@cache
def app() -> App:
    return make_app(Service(world()))


def call(
    method: str, path: str, body: bytes | list[bytes] = b"", query: str = "", **headers: str
) -> Reply:
    return call_app(app(), method, path, body, query, **headers)


def post(parameters: Any, **headers: str) -> Reply:
    body = parameters if isinstance(parameters, bytes | list) else json.dumps(parameters).encode()
    return call("POST", "/graphql", body, **{"content_type": "application/json", **headers})


def test_post_answers_in_json_unless_asked_otherwise() -> None:
    reply = post({"query": QUERY})
    assert (reply.status, reply.headers["content-type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    assert reply.json == {"data": {"node": {"id": "runc"}}}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL, GRAPHQL),
        (f"application/json;q=0.5, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.1, application/json", "application/json"),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
    ],
)
def test_accept_is_honoured(accept: str, media: str) -> None:
    assert post({"query": QUERY}, accept=accept).headers["content-type"].startswith(media)


def test_what_cannot_be_accepted_is_406() -> None:
    assert post({"query": QUERY}, accept="text/html").status == 406


@pytest.mark.parametrize(
    "query", ["{", "{ nothing }", 'query Q($x: Int!) { node(id: "a") { id } }']
)
def test_a_request_error_is_400_in_the_new_media_type_and_200_in_the_old(query: str) -> None:
    new, old = post({"query": query}, accept=GRAPHQL), post({"query": query})
    assert (new.status, old.status) == (400, 200)
    assert "data" not in new.json


def test_an_error_of_a_field_is_200_with_data() -> None:
    reply = post({"query": '{ tool(name: "rnc") { id } }'}, accept=GRAPHQL)
    assert reply.status == 200
    assert reply.json["data"] == {"tool": None}
    assert reply.json["errors"][0]["extensions"]["code"] == "UNKNOWN_NAME"


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"NaN", "no JSON"),
        (b'{"query": NaN}', "no JSON"),
        (b"[" * 5000, "no JSON"),
        (b"[]", "batches are not answered"),
        (b'"text"', "no object"),
        (b"{}", "query is missing"),
        (b'{"query": 1}', "query is missing"),
        (b'{"query": "{ x }", "operationName": 0}', "operationName"),
        (b'{"query": "{ x }", "variables": false}', "variables"),
        (b'{"query": "{ x }", "variables": []}', "variables"),
        (b'{"query": "{ x }", "extensions": 0}', "extensions"),
    ],
)
def test_what_is_no_request_is_400_and_says_why(body: bytes, part: str) -> None:
    reply = post(body)
    assert reply.status == 400
    assert part in reply.json["errors"][0]["message"]
    assert "data" not in reply.json


def test_null_parameters_are_as_absent_ones() -> None:
    reply = post({"query": QUERY, "operationName": None, "variables": None, "extensions": None})
    assert reply.json == {"data": {"node": {"id": "runc"}}}


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"],
)
def test_other_content_types_are_415(content_type: str) -> None:
    assert post({"query": QUERY}, content_type=content_type).status == 415


def test_a_body_in_parts_is_read_whole() -> None:
    text = json.dumps({"query": QUERY}).encode()
    assert post([text[:5], text[5:9], text[9:]]).json == {"data": {"node": {"id": "runc"}}}


@pytest.mark.parametrize("parts", [[b" " * (MAX_BODY + 1)], [b" " * MAX_BODY, b" "]])
def test_a_body_over_the_limit_is_413(parts: list[bytes]) -> None:
    reply = post(parts)
    assert reply.status == 413
    assert str(MAX_BODY) in reply.json["errors"][0]["message"]


def test_get_takes_variables_as_json() -> None:
    asked = {
        "query": "query Q($id: ID!) { node(id: $id) { id } }",
        "variables": '{"id": "crun"}',
        "operationName": "Q",
    }
    reply = call("GET", "/graphql", query=urlencode(asked))
    assert reply.json == {"data": {"node": {"id": "crun"}}}
    assert call("GET", "/graphql", query="query=x&variables=%7B").status == 400


def test_head_is_get_without_a_body() -> None:
    reply = call("HEAD", "/graphql", query=urlencode({"query": QUERY}))
    assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"", "31")


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_a_mutation_by_get_is_405_and_told_that_the_api_is_read_only(accept: str) -> None:
    asked = urlencode({"query": "mutation { anything }"})
    reply = call("GET", "/graphql", query=asked, accept=accept)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert reply.headers["cache-control"] == "no-store"
    [error] = reply.json["errors"]
    assert error["message"].startswith("the API is read-only")
    assert error["extensions"]["code"] == "READ_ONLY"


def test_other_methods_are_405_with_those_allowed() -> None:
    reply = call("DELETE", "/graphql")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_browsers_of_other_sites_may_ask() -> None:
    reply = call("OPTIONS", "/graphql", origin="https://example.org")
    assert reply.status == 204
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "content-type" in reply.headers["access-control-allow-headers"]


def test_health_says_the_version() -> None:
    assert call("GET", "/healthz").json == {"status": "ok", "version": "0123456789abcdef"}


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_is_sent_to_the_ide_with_its_question() -> None:
    asked = urlencode({"query": QUERY})
    reply = call("GET", "/graphql", query=asked, accept=BROWSER)
    assert (reply.status, reply.headers["location"]) == (303, f"graphiql?{asked}")
    assert call("GET", "/graphql", accept=BROWSER).headers["location"] == "graphiql"


@pytest.mark.parametrize("accept", ["*/*", "application/json", f"text/html, {GRAPHQL}"])
def test_who_takes_data_gets_data(accept: str) -> None:
    reply = call("GET", "/graphql", query=urlencode({"query": QUERY}), accept=accept)
    assert reply.json == {"data": {"node": {"id": "runc"}}}


@pytest.mark.parametrize("path", ["/", "/graphiql", "/schema.graphql", "/pages.css"])
def test_pages_are_among_the_routes(path: str) -> None:
    reply = call("GET", path)
    assert reply.status == 200
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert call("POST", path).status == 405


def test_an_unknown_path_is_404_and_says_where_the_api_is() -> None:
    reply = call("GET", "/nothing")
    assert reply.status == 404
    assert "/graphql" in reply.json["errors"][0]["message"]


def test_the_cost_of_an_answer_is_told_on_request() -> None:
    told = post({"query": QUERY, "extensions": {"cost": True}}).json
    assert told["data"] == {"node": {"id": "runc"}}
    assert set(told["extensions"]["cost"]) >= {"objects", "depth", "aliases", "fields"}
    assert "extensions" not in post({"query": QUERY}).json


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/e/moby/moby", 301, "../../e/docker-engine"),
        ("/e/no/such", 404, None),
        ("/q/no/such", 404, None),
    ],
)
def test_a_name_with_a_slash_is_a_name(path: str, status: int, location: str | None) -> None:
    reply = call("GET", path)
    assert (reply.status, reply.headers.get("location")) == (status, location)
