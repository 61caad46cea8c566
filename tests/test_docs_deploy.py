"""docs/deploy.md says nothing that the project does not know."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from typer.main import get_command

from ecograph.cli.app import app
from ecograph.service import Service
from ecograph.settings import DEFAULTS, variable_of
from ecograph.web.app import make_app
from tests.asgi import ask
from tests.commands import ROOT
from tests.world import world

TEXT = (ROOT / "docs" / "deploy.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS: dict[str, str] = dict(BLOCK.findall(TEXT))
MANIFESTS: list[dict[str, Any]] = list(yaml.safe_load_all(BLOCKS["yaml"]))
[METRICS] = re.findall(r"^\| metric .*?(?=^$)", TEXT, re.DOTALL | re.MULTILINE)


def containers() -> Iterator[dict[str, Any]]:
    for manifest in MANIFESTS:
        yield from (
            manifest["spec"]["template"]["spec"]["containers"]
            if "spec" in manifest and ("template" in manifest["spec"])
            else []
        )


def called() -> Iterator[list[str]]:
    """Every call of the command line, without its name."""
    for container in containers():
        yield container["args"]
    [started] = re.findall(r"^ExecStart=\S+/ecograph (.*)$", BLOCKS["ini"], re.MULTILINE)
    yield shlex.split(started)
    for line in re.findall(r"^\$ ecograph (.*)$", TEXT, re.MULTILINE):
        yield shlex.split(line)


def test_every_variable_is_a_setting_or_one_of_the_compose_file() -> None:
    known = {variable_of(name) for name in DEFAULTS}
    compose = (ROOT / ".env.example").read_text("utf-8")
    known |= set(re.findall(r"^(\w+)=", compose, re.MULTILINE))
    found = set(re.findall(r"\b(?:ECOGRAPH|NEO4J)_[A-Z_]+\b", TEXT))
    assert len(found) > 8
    assert found <= known


def test_every_variable_of_the_compose_file_is_told_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", TEXT, re.MULTILINE))
    compose = (ROOT / ".env.example").read_text("utf-8")
    for name, value in re.findall(r"^(\w+)=(.*)$", compose, re.MULTILINE):
        assert rows[name] == value or not value


def test_every_command_and_option_is_one_of_the_command_line() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    calls = list(called())
    assert len(calls) == 5
    for name, *options in calls:
        known = {option for p in commands[name].params for option in p.opts}
        assert {option for option in options if option.startswith("--")} <= known


def test_containers_may_write_nothing_and_have_no_rights() -> None:
    seen = list(containers())
    assert [c["name"] for c in seen] == ["load", "ecograph"]
    for container in seen:
        rights = container["securityContext"]
        assert rights["runAsNonRoot"]
        assert rights["readOnlyRootFilesystem"]
        assert rights["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("probe", ["readinessProbe", "livenessProbe"])
def test_a_probe_asks_for_what_is_served(probe: str) -> None:
    [_, serving] = containers()
    answer = asyncio.run(ask(make_app(Service(world())), "GET", serving[probe]["httpGet"]["path"]))
    assert answer.status == 200
    assert serving["ports"] == [{"name": "http", "containerPort": 8000}]


def test_every_metric_that_is_to_be_watched_is_there() -> None:
    named = re.findall(r"`(ecograph_\w+)`", METRICS)
    text = asyncio.run(ask(make_app(Service(world())), "GET", "/metrics")).body.decode()
    assert len(named) == 8
    assert [name for name in named if f"# TYPE {name} " not in text] == []
