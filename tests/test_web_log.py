"""The log: one JSON line an event, nothing that a client wrote, and never a flood."""

from __future__ import annotations

import json
import logging
from typing import Any

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.app import make_app
from ecograph.web.log import MOST_LINES, Log, ServerLog
from tests.calling import call, post
from tests.world import world

TOKEN = "a-token-of-the-tests"
SECRET = "secret-of-the-client"


def lines(written: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written]


def test_a_good_request_is_not_told_unless_sampled() -> None:
    written: list[str] = []
    post(make_app(Service(world()), log=Log(written.append)), "{ dataset { version } }")
    assert written == []
    log = Log(written.append, sample=1.0)
    post(make_app(Service(world()), log=log), "query Implementers { dataset { version } }")
    (told,) = lines(written)
    assert told.pop("ms") > 0
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "event": "request", "method": "POST", "route": "/graphql", "status": 200,
        "operation": "Implementers", "version": "0123456789abcdef",
    }  # fmt: skip


def test_a_refused_request_is_told_with_its_code() -> None:
    written: list[str] = []
    app = make_app(Service(world()), log=Log(written.append))
    aliases = " ".join(f"a{n}: dataset {{ version }}" for n in range(16))
    post(app, f"{{ {aliases} }}")
    (told,) = lines(written)
    assert (told["status"], told["code"], told["operation"]) == (200, "LIMIT_EXCEEDED", "other")


def test_a_slow_request_is_told() -> None:
    written: list[str] = []
    post(make_app(Service(world()), log=Log(written.append, slow=1e-9)), "{ dataset { version } }")
    assert [told["status"] for told in lines(written)] == [200]


def test_nothing_that_a_client_wrote_is_told() -> None:
    written: list[str] = []
    app = make_app(Service(world()), Settings(token=TOKEN), Log(written.append, sample=1.0))
    post(app, f'query {SECRET.replace("-", "_")} {{ node(id: "{SECRET}") {{ id }} }}', None)
    post(app, "query Q($id: ID!) { node(id: $id) { id } }", {"id": SECRET}, x_secret=SECRET)
    call(app, SECRET, f"/{SECRET}", query=SECRET)
    call(app, "POST", "/admin/reload", authorization=f"Bearer {SECRET}")
    call(app, "POST", "/admin/reload", authorization=f"Bearer {TOKEN}")
    assert len(written) == 5
    for secret in (SECRET, SECRET.replace("-", "_"), TOKEN, "192.0.2.1"):
        assert secret not in "".join(written)


def test_a_fault_of_the_server_is_told_by_type_and_place_and_answered_with_500() -> None:
    written: list[str] = []
    service = Service(world())

    def fail(*_: Any) -> Any:
        raise KeyError(SECRET)

    service.api.begin = fail  # type: ignore[method-assign,assignment]
    reply = post(make_app(service, log=Log(written.append)), "{ dataset { version } }")
    assert (reply.status, reply.json["errors"][0]["extensions"]["code"]) == (500, "INTERNAL")
    failure, request = lines(written)
    assert (failure["event"], failure["type"]) == ("failure", "KeyError")
    assert request["code"] == "INTERNAL"
    assert SECRET not in "".join(written)


def test_a_flood_is_cut_off_and_counted() -> None:
    written: list[str] = []
    log = Log(written.append)
    for _ in range(10 * MOST_LINES):
        log.request("GET", "none", 404, "NOT_FOUND", "", 0.0, "")
    assert len(written) <= 2 * MOST_LINES
    log.say("end")
    assert sum(told.get("left_out", 0) for told in lines(written)) >= 8 * MOST_LINES


def test_what_uvicorn_says_is_a_line_too() -> None:
    written: list[str] = []
    record = logging.LogRecord("uvicorn.error", logging.WARNING, "", 0, "Invalid %s", ("x",), None)
    ServerLog(Log(written.append)).emit(record)
    (told,) = lines(written)
    assert (told["event"], told["level"], told["message"]) == ("server", "warning", "Invalid x")


def test_a_token_is_in_no_text_of_the_settings() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))
