"""Metrics: what is counted, under which labels, and that these are bounded."""

from __future__ import annotations

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.board import Board
from ecograph.web.http import App
from ecograph.web.metrics import Tally
from tests.calling import call, post
from tests.world import world

QUERY = '{ node(id: "runc") { id } }'
INTROSPECTION = '{ __type(name: "Tool") { name } }'


def read(app: App) -> dict[str, float]:
    """The samples by their text: name{label="value"}."""
    reply = call(app, "GET", "/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    return {
        sample.name + "".join(f"|{v}" for _, v in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(reply.body.decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status() -> None:
    app = make_app(Service(world()))
    for path in ("/healthz", "/healthz", "/nothing/here", "/other"):
        call(app, "GET", path)
    told = read(app)
    assert told["ecograph_requests_total|/healthz|200"] == 2
    assert told["ecograph_requests_total|none|404"] == 2
    assert told["ecograph_refused_total|NOT_FOUND"] == 2


def test_latency_is_told_by_named_operation_and_everything_else_as_one() -> None:
    app = make_app(Service(world()))
    post(app, "# a comment\nquery Implementers { dataset { version } }")
    for number in range(20):
        post(app, f"query Mine{number} {{ dataset {{ version }} }}")
        post(app, QUERY)
    told = read(app)
    assert told["ecograph_request_seconds_count|Implementers"] == 1
    assert told["ecograph_request_seconds_count|other"] == 40
    assert told["ecograph_request_seconds_bucket|+Inf|other"] == 40
    assert not [name for name in told if "Mine" in name]


def test_kept_answers_fallbacks_and_refusals_are_counted() -> None:
    app = make_app(Service(world()))
    for query in (QUERY, QUERY, INTROSPECTION, "{", "{ a { b } }"):
        post(app, query)
    told = read(app)
    assert told["ecograph_questions_total"] == 5
    assert told["ecograph_answer_cache_hits_total"] == 1
    assert told["ecograph_fallbacks_total"] == 1
    assert told["ecograph_plan_runs_total"] == 2
    assert sum(v for n, v in told.items() if n.startswith("ecograph_refused_total")) == 2


def test_the_dataset_and_the_queue_are_told() -> None:
    told = read(make_app(Service(world())))
    assert told["ecograph_dataset_info|2026-11-24|0123456789abcdef"] == 1
    assert told["ecograph_statements"] == 30
    assert told["ecograph_heavy_questions|running"] == 0
    assert told["ecograph_heavy_questions|waiting"] == 0
    assert told["ecograph_loads_total|faulty"] == told["ecograph_data_faulty"] == 0


def test_two_applications_do_not_share_what_they_count() -> None:
    first, second = make_app(Service(world())), make_app(Service(world()))
    call(first, "GET", "/healthz")
    assert "ecograph_requests_total|/healthz|200" not in read(second)


def test_processes_that_share_a_board_are_added_up(tmp_path: Path) -> None:
    board = Board(tmp_path)
    app = make_app(Service(world()), board=board)
    other = Tally()
    other.requests["/healthz 200"] += 3
    other.buckets["Implementers"] = [1] + [0] * 13
    other.seconds["Implementers"] += 0.0001
    other.counted["ecograph_questions"] = 7
    board.post(other.told())
    (entry,) = tmp_path.glob("*.json")
    entry.rename(tmp_path / "1.json")
    call(app, "GET", "/healthz")
    told = read(app)
    assert told["ecograph_requests_total|/healthz|200"] == 4
    assert told["ecograph_request_seconds_count|Implementers"] == 1
    assert told["ecograph_questions_total"] == 7


def test_a_reload_is_asked_of_the_others_once(tmp_path: Path) -> None:
    first, second = Board(tmp_path), Board(tmp_path)
    first.ask_reload()
    assert [second.is_asked(), second.is_asked(), first.is_asked()] == [True, False, False]
