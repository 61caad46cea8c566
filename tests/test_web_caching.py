"""What caches and clients are told: versions, tags, ages; and what may be asked again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from ecograph.api.job import Job, Response, refusal
from ecograph.errors import StoreTimeout
from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.graphql import keepable, to_reply
from ecograph.web.http import JSON, App, Request
from ecograph.web.lanes import Lanes
from tests.calling import Reply, call, post
from tests.world import without, world

GRAPHQL = "application/graphql-response+json"
QUERY = '{ node(id: "runc") { id } }'


def get(app: App, query: str = QUERY, **headers: str) -> Reply:
    return call(app, "GET", "/graphql", b"", urlencode({"query": query}), **headers)


@pytest.mark.parametrize(
    "path", ["/", "/graphql", "/healthz", "/readyz", "/metrics", "/nothing", "/q", "/pages.css"]
)
def test_every_answer_says_the_version_of_the_dataset(path: str) -> None:
    reply = call(make_app(Service(world())), "GET", path)
    assert reply.headers["x-dataset-version"] == "0123456789abcdef"
    assert "x-dataset-version" in reply.headers["access-control-expose-headers"]


def test_an_answer_to_get_may_be_kept_and_is_not_sent_twice() -> None:
    app = make_app(Service(world()))
    first = get(app)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=3600"
    assert first.headers["vary"] == "accept, accept-encoding"
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = get(app, if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get(app, if_none_match='"x"').status == 200


def test_the_tag_follows_the_answer_and_its_media_type() -> None:
    app = make_app(Service(world()))
    other = make_app(Service(without(world(), "runc")))
    tags = [get(app), get(app, accept=GRAPHQL), get(app, "{ dataset { asOf } }"), get(other)]
    assert len({reply.headers["etag"] for reply in tags}) == 4


@pytest.mark.parametrize("query", ["{", "{ nothing }"])
def test_a_refusal_is_not_kept(query: str) -> None:
    for accept in ("application/json", GRAPHQL):
        reply = get(make_app(Service(world())), query, accept=accept)
        assert reply.headers["cache-control"] == "no-store"
        assert "etag" not in reply.headers


def test_an_answer_to_post_has_no_tag() -> None:
    assert "etag" not in post(make_app(Service(world())), QUERY).headers


def late() -> App:
    service = Service(world())

    def refuse(*_: Any) -> Response | Job:
        return refusal(StoreTimeout("the answer was not complete"))

    service.api.begin = refuse  # type: ignore[method-assign,assignment]
    return make_app(service)


def test_a_deadline_that_passed_is_503_in_the_new_media_type() -> None:
    new, old = post(late(), QUERY, accept=GRAPHQL), post(late(), QUERY)
    assert (new.status, new.headers["retry-after"]) == (503, "1")
    assert new.headers["content-type"].startswith(GRAPHQL)
    assert new.json["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert old.status == 200


def test_a_full_house_is_503_in_the_media_type_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Lanes, "__init__", full)
    reply = post(
        make_app(Service(world())), '{ search(text: "runc") { nodes { id } } }', accept=GRAPHQL
    )
    assert (reply.status, reply.headers["retry-after"]) == (503, "1")
    assert reply.headers["content-type"].startswith(GRAPHQL)
    assert reply.json["errors"][0]["extensions"]["code"] == "BUSY"


def full(lanes: Lanes, running: int = 0, queued: int = 0, short: int = 0) -> None:
    lanes.running = lanes.queued = lanes.inside = 0


def test_an_answer_that_was_cut_is_never_to_be_kept() -> None:
    scope = {"method": "GET", "path": "/graphql", "query_string": b"", "headers": []}
    asked = Request(scope, silent, lambda: Service(world()))
    cut = to_reply(Response(b'{"data":{}}', whole=False), JSON)
    assert dict(cut.headers)[b"cache-control"] == b"no-store"
    assert keepable(asked, cut) == cut
    whole = to_reply(Response(b'{"data":{}}'), JSON)
    assert b"etag" in dict(keepable(asked, whole).headers)


async def silent() -> dict[str, Any]:
    raise AssertionError("nothing is read of a body")
