"""Lanes: heavy work leaves the event loop, and no queue grows without end."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from ecograph.api.job import Job, Response
from ecograph.service import Service
from ecograph.web.http import BadRequest
from ecograph.web.lanes import Lanes, try_now
from tests.world import world

HEAVY = '{ search(text: "runc") { nodes { id } } }'
REACH = """{
  search(text: "runc") { nodes { id } }
  reach(from: "docker-engine", along: "uses+") { totalCount }
}"""
WALK = '{ path(from: "docker-engine", to: "oci-runtime-spec") { length } }'
LIGHT = '{ node(id: "runc") { id } }'


def begin(service: Service, document: str) -> Job:
    begun = service.api.begin(document)
    assert isinstance(begun, Job)
    return begun


def test_a_search_is_heavy_and_a_look_up_is_not() -> None:
    service = Service(world(), answer_cache=0)
    assert [begin(service, d).heavy for d in (LIGHT, WALK, HEAVY)] == [False, False, True]


def test_a_walk_that_turns_out_long_leaves_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecograph.web.lanes.TRIAL", 1)
    service = Service(world(), answer_cache=0)
    lanes = Lanes(1, 0)
    told = asyncio.run(lanes.answer(service, begin(service, WALK)))
    assert told.body == b'{"data":{"path":{"length":3}}}'
    assert any(t.name.startswith("ecograph") for t in threading.enumerate())
    lanes.inside = 1
    with pytest.raises(BadRequest):
        asyncio.run(lanes.answer(service, begin(service, WALK)))
    lanes.close()


def test_heavy_work_runs_in_another_thread_and_gives_the_same_bytes() -> None:
    service = Service(world(), answer_cache=0)
    lanes = Lanes(2, 2)
    told = asyncio.run(lanes.answer(service, begin(service, HEAVY)))
    assert told.body == service.answer(HEAVY).body
    assert any(t.name.startswith("ecograph") for t in threading.enumerate())
    lanes.close()


def test_what_has_no_room_is_refused_and_room_comes_back() -> None:
    service = Service(world(), answer_cache=0)
    lanes = Lanes(1, 1)

    async def three() -> list[Response | BaseException]:
        waiting = [lanes.answer(service, begin(service, HEAVY)) for _ in range(3)]
        return await asyncio.gather(*waiting, return_exceptions=True)

    told = asyncio.run(three())
    refused = [t for t in told if isinstance(t, BadRequest)]
    assert [(r.status, r.code, dict(r.headers)) for r in refused] == [
        (503, "BUSY", {b"retry-after": b"1"})
    ]
    assert lanes.inside == 0
    lanes.close()


def test_the_deadline_counts_from_arrival() -> None:
    service = Service(world(), answer_cache=0, deadline=0.001)
    lanes = Lanes(1, 1)

    async def late() -> Response:
        lanes._threads.submit(time.sleep, 0.05)
        return await lanes.answer(service, begin(service, REACH))

    told = asyncio.run(late())
    assert b'"code":"TIMEOUT"' in told.body
    assert b"deadline" in told.body
    lanes.close()


def test_a_full_house_still_answers_light_questions() -> None:
    service = Service(world(), answer_cache=0)
    lanes = Lanes(1, 0)
    lanes.inside = 1
    assert asyncio.run(lanes.answer(service, begin(service, LIGHT))).executed
    with pytest.raises(BadRequest):
        asyncio.run(lanes.answer(service, begin(service, HEAVY)))
    lanes.close()


NAMES = "query ($names: [String!]!) { entities(names: $names) { id } }"


def test_names_like_an_unknown_one_are_not_looked_for_on_the_event_loop() -> None:
    service = Service(world(), answer_cache=0)
    for name, at_once in (("runc", True), ("rnc", False)):
        job = service.api.begin(NAMES, {"names": [name]})
        assert isinstance(job, Job)
        assert (try_now(service, job) is not None) == at_once


def test_a_deadline_ends_the_search_for_names_like_unknown_ones() -> None:
    service = Service(world(), answer_cache=0, deadline=1e-9)
    (error,) = service.query(NAMES, {"names": ["rnc"]})["errors"]
    assert error["extensions"]["code"] == "TIMEOUT"


def test_only_the_first_unknown_names_of_a_request_get_suggestions() -> None:
    told = Service(world()).query(NAMES, {"names": ["kuberntes"] * 30})
    suggested = [bool(error["extensions"]["suggestions"]) for error in told["errors"]]
    assert suggested == [True] * 20 + [False] * 10
