"""docker-compose.yml and the Dockerfile say nothing that the project does not know."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from typer.main import get_command

from ecograph.cli.app import app
from ecograph.settings import DEFAULTS, variable_of
from tests.commands import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: SERVICES[name] for name in ("load", "ecograph")}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_every_variable_of_ours_is_a_setting() -> None:
    known = {variable_of(name) for name in DEFAULTS}
    for service in OURS.values():
        assert set(service["environment"]) <= known
    assert set(re.findall(r"ECOGRAPH_\w+", DOCKERFILE)) <= known


def test_every_variable_that_is_filled_in_is_in_the_example() -> None:
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert used == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_every_default_of_a_setting_is_the_projects_own() -> None:
    for variable, value in SERVICES["ecograph"]["environment"].items():
        if match := re.fullmatch(r"\$\{\w+:-(.*)\}", str(value)):
            [default] = [d for name, d in DEFAULTS.items() if variable_of(name) == variable]
            assert match[1] == (f"{default:g}" if isinstance(default, float) else str(default))


def test_every_command_and_option_is_one_of_the_command_line() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    [image] = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    for name, *options in [*(s["command"] for s in OURS.values()), json.loads(image)]:
        known = {option for p in commands[name].params for option in p.opts}
        assert {option for option in options if option.startswith("--")} <= known


def test_nothing_is_published_beyond_the_loopback() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports == [
        "127.0.0.1:7474:7474", "127.0.0.1:7687:7687", "127.0.0.1:${ECOGRAPH_PORT:-8000}:8000",
    ]  # fmt: skip
    assert SERVICES["ecograph"]["command"][-1] == "8000"
    assert "EXPOSE 8000" in DOCKERFILE


def test_containers_of_ours_may_write_nothing_and_have_no_rights() -> None:
    for service in OURS.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert "USER 10001:10001" in DOCKERFILE


def test_the_dataset_is_loaded_before_it_is_served_and_after_the_database_is_there() -> None:
    assert SERVICES["load"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert SERVICES["ecograph"]["depends_on"] == {
        "load": {"condition": "service_completed_successfully"}
    }
    for name in ("neo4j", "ecograph"):
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert "/readyz" in SERVICES["ecograph"]["healthcheck"]["test"][-1]
    assert SERVICES["neo4j"]["volumes"] == ["neo4j-data:/data"]


def test_passwords_are_never_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    assert text.count("${NEO4J_PASSWORD:?") == 2
    assert "\nNEO4J_PASSWORD=\n" in (ROOT / ".env.example").read_text("utf-8")
