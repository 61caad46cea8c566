"""The Model Context Protocol as its TypeScript SDK speaks it: in a pipe, and over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from ecograph.service import open_service
from ecograph.settings import Settings
from tests.commands import ROOT
from tests.serving import serving

SCRIPT = ROOT / "tests" / "clients" / "mcp.mjs"
CALLS: dict[str, dict[str, Any]] = {
    "ask": {"name": "ask", "arguments": {"text": "what replaced Heapster"}},
    "refused": {"name": "ask", "arguments": {"text": "how tall is the moon"}},
    "claim": {"name": "claim", "arguments": {"subject": "docker-engine", "object": "cri"}},
    "search": {"name": "search", "arguments": {"text": "kuberntes"}},
    "operation": {"name": "cncf_projects", "arguments": {"maturity": ["GRADUATED"], "first": 3}},
    "path": {"name": "path", "arguments": {"from": "Docker 引擎", "to": "oci-runtime-spec"}},
    "wrong argument": {"name": "path", "arguments": {"form": "runc"}},
    "wrong name": {"name": "path", "arguments": {"from": "rkkt", "to": "cri"}},
    "wrong type": {"name": "search", "arguments": {"text": 5}},
    "wrong tool": {"name": "pth", "arguments": {}},
}


@cache
def told(transport: str) -> dict[str, Any]:
    """What the SDK got: the server, its tools, a resource, and the answer to each call."""
    if transport == "pipe":
        return _run(sys.executable, "-m", "ecograph", "mcp")
    with serving(open_service(), Settings(port=0, mcp=True)) as address:
        return _run(f"{address}/mcp")


def _run(*server: str) -> dict[str, Any]:
    done = subprocess.run(
        ["node", str(SCRIPT), *server], input=json.dumps([*CALLS.values()]), cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "calls": dict(zip(CALLS, found["calls"], strict=True))}


def text_of(answer: Mapping[str, Any]) -> str:
    [content] = answer["content"]
    assert content["type"] == "text"
    return str(content["text"])


pytestmark = pytest.mark.parametrize("transport", ["pipe", "http"])


def test_the_tools_are_listed_with_schemas(transport: str) -> None:
    assert told(transport)["server"]["name"] == "ecograph"
    tools = {tool["name"]: tool for tool in told(transport)["tools"]}
    assert {"ask", "claim", "search", "path", "cncf_projects", "swap"} <= set(tools)
    assert tools["path"]["inputSchema"]["required"] == ["from", "to"]
    assert all(tool["description"] for tool in tools.values())


def test_a_call_is_answered_with_data_and_numbered_sources(transport: str) -> None:
    calls = told(transport)["calls"]
    data = {name: calls[name]["structuredContent"]["data"] for name in CALLS if name[:5] != "wrong"}
    assert data["ask"]["ask"]["sentence"] == "Kubernetes Metrics Server."
    assert data["refused"]["ask"]["outcome"] == "REFUSED"
    assert data["claim"]["claim"]["verdict"] == "DENIED"
    assert data["search"]["search"]["edges"][0]["node"]["id"] == "kubernetes"
    assert data["path"]["path"]["nodes"][0]["id"] == "docker-engine"
    assert len(data["operation"]["tools"]["nodes"]) == 3
    for name in ("ask", "claim", "path"):
        assert "\nSources:\n\n1. [" in text_of(calls[name])
        assert calls[name]["structuredContent"]["sources"][0]["url"].startswith("http")
    page = told(transport)["resource"]["contents"][0]["text"]
    assert page.startswith("# rkt\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("wrong argument", "unknown argument 'form'; did you mean: from?"),
        ("wrong name", "did you mean: rkt (Tool)"),
        ("wrong type", "String cannot represent a non string value: 5"),
    ],
)
def test_a_wrong_call_is_told_what_would_be_right(transport: str, name: str, message: str) -> None:
    answer = told(transport)["calls"][name]
    assert answer["isError"]
    assert message in text_of(answer)
    assert answer["structuredContent"]["errors"][0]["extensions"]["code"]


def test_an_unknown_tool_is_an_error_of_the_protocol(transport: str) -> None:
    answer = told(transport)["calls"]["wrong tool"]
    assert answer["code"] == -32602
    assert "unknown tool 'pth'; did you mean: path, paths?" in answer["message"]
