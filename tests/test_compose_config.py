"""docker-compose itself reads docker-compose.yml; no engine is needed for that."""

from __future__ import annotations

import os
import subprocess

import yaml

from tests.commands import ROOT


def config(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker-compose", "-f", "docker-compose.yml", "config"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_file_is_understood() -> None:
    told = config(NEO4J_PASSWORD="only-for-this-test")
    assert told.returncode == 0, told.stderr
    services = yaml.safe_load(told.stdout)["services"]
    assert sorted(services) == ["ecograph", "load", "neo4j"]
    assert services["ecograph"]["environment"]["ECOGRAPH_STORE"] == "bolt://neo4j:7687"


def test_without_a_password_nothing_starts() -> None:
    told = config()
    assert told.returncode != 0
    assert "write a password into .env" in told.stderr
