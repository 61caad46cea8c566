"""POST /admin/reload: for who has the token, and not there without one."""

from __future__ import annotations

from ecograph.errors import DataError, DataErrors, Place
from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.admin import MOST_FAILURES
from ecograph.web.app import make_app
from ecograph.web.http import App
from ecograph.web.live import Live
from tests.calling import Reply, call
from tests.world import without, world

TOKEN = "a-token-of-the-tests"


def faulty() -> Service:
    raise DataErrors([DataError("X", "wrong", Place("a.yaml", 1, 1))])


def app() -> App:
    live = Live(Service(world()), lambda: Service(without(world(), "youki")))
    return make_app(live, Settings(token=TOKEN))


def reload(app: App, authorization: str = f"Bearer {TOKEN}", method: str = "POST") -> Reply:
    return call(app, method, "/admin/reload", authorization=authorization)


def test_without_a_token_there_is_no_such_path() -> None:
    assert reload(make_app(Service(world()))).status == 404
    assert reload(make_app(Service(world())), "Bearer ").status == 404


def test_the_token_reloads_the_data() -> None:
    reply = reload(app())
    assert (reply.status, reply.json["result"], reply.json["version"]) == (
        200,
        "loaded",
        "fedcba9876543210",
    )
    assert reply.headers["cache-control"] == "no-store"


def test_faulty_data_is_422_with_its_faults() -> None:
    reply = reload(make_app(Live(Service(world()), faulty), Settings(token=TOKEN)))
    assert (reply.status, reply.json) == (
        422,
        {
            "result": "faulty",
            "version": "0123456789abcdef",
            "faults": ["a.yaml:1:1: wrong"],
            "faultCount": 1,
        },
    )


def test_other_tokens_and_schemes_are_401() -> None:
    for given in (
        "",
        "Bearer",
        "Bearer x",
        TOKEN,
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        "Bearer é",
    ):
        reply = reload(app(), given)
        assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Bearer realm="ecograph"')


def test_after_too_many_failures_the_right_token_is_not_read_either() -> None:
    one = app()
    assert [reload(one, "Bearer x").status for _ in range(MOST_FAILURES)] == [401] * MOST_FAILURES
    reply = reload(one)
    assert reply.status == 429
    assert 1 <= int(reply.headers["retry-after"]) <= 60


def test_a_reload_is_a_post() -> None:
    assert (reload(app(), method="GET").status, reload(app(), method="GET").headers["allow"]) == (
        405,
        "POST",
    )
