"""ecograph stats, and what a terminal is told that waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from time import sleep

import pytest

from ecograph.cli.stats import Figure, count
from ecograph.cli.terminal import waiting, wants_color
from ecograph.service import Service
from tests.commands import call
from tests.world import ENTITIES, STATEMENTS, entity, make_graph


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    opened = Service(make_graph(ENTITIES, STATEMENTS))
    yield opened
    opened.close()


class Terminal(StringIO):
    """A text that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_small_graph_is_counted() -> None:
    graph = make_graph([entity("a", "Tool", "A", "甲"), entity("b", "Tool", "B", "乙")], [])
    assert [*count(Service(graph))] == [
        Figure("kind", "Tool", 2, 2),
        Figure("status", "(none)", 2, 2),
        Figure("coverage", "label.en", 2, 2),
        Figure("coverage", "label.zh", 2, 2),
        Figure("coverage", "description.en", 2, 2),
        Figure("coverage", "description.zh", 2, 2),
        Figure("coverage", "evidence of entities", 2, 2),
        Figure("coverage", "evidence of events", 0, 0),
        Figure("coverage", "evidence of statements", 0, 0),
    ]


def test_json_holds_what_the_dataset_says_of_itself(service: Service) -> None:
    told = json.loads(call("stats", service=service).stdout)
    assert told["entities"] == sum(told["kind"].values()) == sum(told["status"].values())
    assert told["statements"] == sum(told["relation"].values())
    assert told["version"] == service.graph.version
    asked = service.query("{ dataset { kinds { kind count } } }")["data"]["dataset"]["kinds"]
    there = [one["count"] for one in asked if one["count"]]
    assert sorted(told["kind"].values()) == sorted(there)
    assert told["coverage"]["label.en"] == {"count": told["entities"], "of": told["entities"]}


def test_the_same_figures_stand_in_every_form(service: Service) -> None:
    tools = json.loads(call("stats", service=service).stdout)["kind"]["Tool"]
    every = len(ENTITIES)
    csv = call("stats", "--format", "csv", service=service).stdout.splitlines()
    assert csv[0] == "group,name,count,of"
    assert f"kind,Tool,{tools},{every}" in csv
    md = call("stats", "--format", "md", service=service).stdout
    assert f"| kind | Tool | {tools} | {every} | {tools / every:.1%} |" in md
    table = call("stats", "--format", "table", service=service).stdout.split()
    assert f"{tools / every:.1%}" in table
    assert table[:2] == [f"{every}", "entities,"]


def test_the_bundled_dataset_is_told_in_full_in_both_languages() -> None:
    told = json.loads(call("stats").stdout)["coverage"]
    for name in ("label.en", "label.zh", "evidence of entities", "evidence of statements"):
        assert told[name]["count"] == told[name]["of"] > 0


def test_who_waits_at_a_terminal_is_told_what_for_and_no_trace_is_left() -> None:
    terminal = Terminal()
    with waiting("Reading the data", terminal, patience=0.01):
        sleep(0.2)
    assert terminal.getvalue() == "\rReading the data: 0 s\r\x1b[2K"


def test_nothing_is_said_of_what_is_quick() -> None:
    terminal = Terminal()
    with waiting("Reading the data", terminal):
        pass
    assert terminal.getvalue() == ""


def test_nothing_is_said_into_a_pipe() -> None:
    pipe = StringIO()
    with waiting("Reading the data", pipe, patience=0.01):
        sleep(0.05)
    assert pipe.getvalue() == ""


def test_a_fault_ends_the_waiting() -> None:
    terminal = Terminal()

    def fail() -> None:
        with waiting("Reading the data", terminal, patience=0.01):
            sleep(0.1)
            raise ValueError("bad")

    with pytest.raises(ValueError, match="bad"):
        fail()
    assert terminal.getvalue().endswith("\r\x1b[2K")


def test_colour_is_for_terminals_and_only_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_color(Terminal())
    assert not wants_color(StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_color(Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color(Terminal())
