"""Replies kept by the bytes of their request: the same bytes back, and never another's."""

from __future__ import annotations

from dataclasses import replace

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.app import Server, make_app
from ecograph.web.http import App
from ecograph.web.live import Live
from ecograph.web.quick import Quick
from ecograph.web.shelf import Told
from tests.world import world

BODY = b'{"query": "{ node(id: \\"runc\\") { id } dataset { version } }"}'
OTHER_BODY = b'{"query": "{ node(id: \\"crun\\") { id } }"}'


def answer(app: Server, body: bytes, **headers: bytes) -> Told | App:
    named = {b"content-type": b"application/json"} | {
        name.replace("_", "-").encode(): value for name, value in headers.items()
    }
    return Quick(app).answer(list(named.items()), body)


def ask(app: Server, body: bytes, **headers: bytes) -> bytes:
    """The reply from its headers on."""
    told = answer(app, body, **headers)
    assert isinstance(told, Told)
    return told.head + told.body


def app_over(live: Live, room: int = 2**20) -> Server:
    app = make_app(live, Settings(answer_cache=room))
    assert isinstance(app, Server)
    return app


def kept(app: Server) -> int:
    return len(app.shelf)


def test_the_same_request_gets_the_same_bytes_and_is_counted() -> None:
    app = app_over(Live(Service(world())))
    assert ask(app, BODY) == ask(app, BODY)
    told = app.metrics.tally()
    assert told.requests["/graphql 200"] == 2
    assert told.counted["ecograph_questions"] == 2
    assert told.counted["ecograph_answer_cache_hits"] == 1
    assert kept(app) == 1


def test_a_page_of_another_site_is_told_that_it_may_read() -> None:
    app = app_over(Live(Service(world())))
    plain, asked = ask(app, BODY), ask(app, BODY, origin=b"https://example.org")
    assert b"access-control-allow-origin" not in plain
    assert b"access-control-allow-origin: *\r\n" in asked
    assert kept(app) == 2


def test_another_body_or_header_is_another_request() -> None:
    app = app_over(Live(Service(world())))
    replies = {
        ask(app, BODY),
        ask(app, OTHER_BODY),
        ask(app, BODY, accept=b"application/graphql-response+json"),
    }
    assert len(replies) == 3
    assert kept(app) == 3


def test_what_is_refused_goes_the_usual_way_and_is_not_kept() -> None:
    app = app_over(Live(Service(world())))
    for body in (b"{", b"[]", b'{"query": 1}', b'{"query": "{ x }", "variables": 1}'):
        assert answer(app, body) is app, body
    assert answer(app, BODY, content_type=b"text/plain") is app
    assert answer(app, BODY, accept=b"text/csv") is app
    assert kept(app) == 0


def test_a_new_service_forgets_what_the_old_one_said() -> None:
    live = Live(Service(world()))
    app = app_over(live)
    before = ask(app, BODY)
    live._service = Service(replace(world(), version="fedcba9876543210"))
    after = ask(app, BODY)
    assert (b"0123456789abcdef" in before, b"0123456789abcdef" in after) == (True, False)
    assert kept(app) == 1


def test_the_room_is_bounded() -> None:
    app = app_over(Live(Service(world())), room=2 * 30_000)
    for number in range(60):
        ask(app, b'{"query": "{ a%d: node(id: \\"runc\\") { id } }"}' % number)
    assert app.shelf.size <= 30_000
    assert 0 < kept(app) < 30


def test_long_headers_of_a_request_count_for_the_room() -> None:
    app = app_over(Live(Service(world())), room=2 * 300_000)
    for _ in range(2):
        for number in range(60):
            ask(app, BODY, accept=b"a/%d," % number * 2_000 + b"*/*")
    assert app.shelf.size <= 300_000
    assert 0 < kept(app) < 30


def test_without_room_nothing_is_kept() -> None:
    app = app_over(Live(Service(world())), room=0)
    assert ask(app, BODY) == ask(app, BODY)
    assert kept(app) == 0
