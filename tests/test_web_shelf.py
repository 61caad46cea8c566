"""Replies kept by the bytes of their request: the same bytes back, and never another's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.app import Server, make_app
from ecograph.web.live import Live
from tests.world import world

BODY = b'{"query": "{ node(id: \\"runc\\") { id } dataset { version } }"}'
OTHER_BODY = b'{"query": "{ node(id: \\"crun\\") { id } }"}'


def ask(app: Server, body: bytes, parts: int = 1, **headers: bytes) -> list[Any]:
    cut = len(body) // parts
    pieces = [body[:cut], body[cut:]] if parts == 2 else [body]
    incoming = [
        {"type": "http.request", "body": piece, "more_body": n < len(pieces) - 1}
        for n, piece in enumerate(pieces)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return incoming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    named = {b"content-type": b"application/json"} | {
        name.replace("_", "-").encode(): value for name, value in headers.items()
    }
    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "query_string": b"",
        "headers": list(named.items()),
    }  # fmt: skip

    async def call() -> None:
        await app(scope, receive, send)

    asyncio.run(call())
    return sent


def app_over(live: Live, room: int = 2**20) -> Server:
    app = make_app(live, Settings(answer_cache=room))
    assert isinstance(app, Server)
    return app


def kept(app: Server) -> int:
    return len(app.shelf._kept)


def test_the_same_request_gets_the_same_bytes_and_is_counted() -> None:
    live = Live(Service(world()))
    app = app_over(live)
    first, second = ask(app, BODY), ask(app, BODY)
    assert first == second
    told = app.metrics.tally()
    assert told.requests["/graphql 200"] == 2
    assert told.counted["ecograph_questions"] == 2
    assert told.counted["ecograph_answer_cache_hits"] == 1
    assert kept(app) == 1


def test_a_page_of_another_site_is_told_that_it_may_read() -> None:
    app = app_over(Live(Service(world())))
    plain, asked = ask(app, BODY), ask(app, BODY, origin=b"https://example.org")
    assert b"access-control-allow-origin" not in dict(plain[0]["headers"])
    assert dict(asked[0]["headers"])[b"access-control-allow-origin"] == b"*"
    assert kept(app) == 2


def test_another_body_or_header_is_another_request() -> None:
    app = app_over(Live(Service(world())))
    replies = [
        ask(app, BODY),
        ask(app, OTHER_BODY),
        ask(app, BODY, accept=b"application/graphql-response+json"),
        ask(app, BODY, content_type=b"text/plain"),
    ]
    assert [r[0]["status"] for r in replies] == [200, 200, 200, 415]
    assert len({r[1]["body"] + dict(r[0]["headers"])[b"content-type"] for r in replies}) == 4
    assert kept(app) == 3


def test_a_refusal_is_not_kept() -> None:
    app = app_over(Live(Service(world())))
    assert ask(app, b"{")[0]["status"] == 400
    assert kept(app) == 0


def test_a_body_in_parts_is_answered_and_not_kept() -> None:
    app = app_over(Live(Service(world())))
    assert ask(app, BODY, parts=2)[1]["body"] == ask(app, BODY)[1]["body"]


def test_a_new_service_forgets_what_the_old_one_said() -> None:
    live = Live(Service(world()))
    app = app_over(live)
    before = ask(app, BODY)[1]["body"]
    live._service = Service(replace(world(), version="fedcba9876543210"))
    after = ask(app, BODY)[1]["body"]
    assert (b"0123456789abcdef" in before, b"fedcba9876543210" in after) == (True, True)
    assert kept(app) == 1


def test_the_room_is_bounded() -> None:
    app = app_over(Live(Service(world())), room=2 * 30_000)
    for number in range(60):
        ask(app, b'{"query": "{ a%d: node(id: \\"runc\\") { id } }"}' % number)
    assert app.shelf.size <= 30_000
    assert 0 < kept(app) < 30


def test_without_room_nothing_is_kept() -> None:
    app = app_over(Live(Service(world())), room=0)
    assert ask(app, BODY) == ask(app, BODY)
    assert kept(app) == 0
