"""The Model Context Protocol over the package's own client: in a pipe, and over HTTP."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent, TextResourceContents

from ecograph.api.schema import print_sdl
from ecograph.service import Service, open_service
from ecograph.settings import Settings
from ecograph.web.app import make_app
from tests.asgi import ask
from tests.commands import ROOT
from tests.commands import call as run_here
from tests.named import EXAMPLES, larger_world
from tests.serving import serving

CALLS = {**EXAMPLES, "Ask": {"text": "what replaced Heapster"}}
"""Tool -> arguments that the world answers."""
EVERYTHING = "(!(matches)|^!(matches))+"
"""A path expression of which the walk takes long."""


@pytest.fixture(scope="module")
def service() -> Service:
    return Service(larger_world())


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    """Where a server offers the protocol."""
    with serving(service, Settings(port=0, mcp=True)) as address:
        yield f"{address}/mcp"


@asynccontextmanager
async def in_a_pipe() -> AsyncIterator[Client]:
    """A client of `ecograph mcp` in a process of its own, over the data that ships."""
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "ecograph", "mcp"], cwd=str(ROOT)
    )
    async with Client(stdio_client(command)) as client:
        yield client


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def call(address: str, name: str, arguments: dict[str, Any]) -> CallToolResult:
    async def called() -> CallToolResult:
        async with Client(address) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(called())


def test_over_a_pipe_a_tool_answers_with_numbered_sources() -> None:
    async def asked() -> tuple[list[str], CallToolResult, str]:
        async with in_a_pipe() as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            told = await client.call_tool("path", {"from": "docker", "to": "oci-runtime-spec"})
            page = (await client.read_resource("ecograph://entity/rkt")).contents[0]
            assert isinstance(page, TextResourceContents)
            return tools, told, page.text

    tools, told, page = asyncio.run(asked())
    assert {"path", "claim", "search", "implementers", "cncf_projects"} <= set(tools)
    assert not told.is_error
    assert told.structured_content["data"]["path"]["nodes"][0]["id"] == "docker-engine"
    assert told.structured_content["sources"][0].keys() == {"title", "url"}
    assert text_of(told).startswith("## How does one thing come to another, by the shortest way?\n")
    assert "\nSources:\n\n1. [" in text_of(told)
    assert page.startswith("# rkt\n")
    assert "\n## Sources\n\n1. [" in page


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_every_operation_is_a_tool_that_answers(address: str, mode: str) -> None:
    async def asked() -> dict[str, CallToolResult]:
        async with Client(address, mode=mode) as client:
            listed = (await client.list_tools()).tools
            found = {}
            for tool in listed:
                Draft202012Validator.check_schema(tool.input_schema)
                example = CALLS[str(tool.title)]
                Draft202012Validator(tool.input_schema).validate(example)
                found[str(tool.title)] = await client.call_tool(tool.name, example)
            return found

    told = asyncio.run(asked())
    assert sorted(told) == sorted(CALLS)
    assert {name: text_of(one) for name, one in told.items() if one.is_error} == {}


def test_the_answer_is_that_of_graphql(address: str, service: Service) -> None:
    told = call(address, "claim", {"subject": "docker-engine", "object": "cri"})
    claim = told.structured_content["data"]["claim"]
    assert claim["verdict"] == "DENIED"
    assert told.structured_content["dataset"]["version"] == service.outline.version


def test_a_tool_may_be_asked_as_of_a_day_and_by_the_operations_own_name(address: str) -> None:
    now = call(address, "Implementers", {"spec": "cri"}).structured_content
    then = call(address, "implementers", {"spec": "cri", "asOf": "2010-01-01"}).structured_content
    assert len(now["data"]["specification"]["implementedBy"]["edges"]) > 0
    assert then["data"]["specification"]["implementedBy"]["edges"] == []


def test_a_plain_question_is_answered_by_each_reading_or_refused_with_others(address: str) -> None:
    told = call(address, "ask", {"text": "which tools implement the CRI"})
    assert "containerd" in text_of(told)
    assert "\nSources:\n\n1. [" in text_of(told)
    assert told.structured_content["data"]["ask"]["outcome"] == "CLEAR"
    refused = text_of(call(address, "ask", {"text": "how tall is the moon"}))
    assert "\nWhat could be asked instead:\n\n- " in refused


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("path", {"from": "runc"}, 'missing: to For example: {"from":'),
        ("path", {"form": "runc"}, "unknown argument 'form'; did you mean: from?"),
        ("path", {"from": "rkkt", "to": "cri"}, "did you mean: rkt (Tool)?"),
        ("reach", {"from": "runc", "along": "uzes+"}, "unknown relation 'uzes'; did you mean"),
        ("cncf_projects", {"maturity": ["GRAD"]}, "maturity is one of: SANDBOX, INCUBATING, "),
        ("cncf_projects", {"first": 1000}, "first: 1,000 is too many; the limit is 100"),
        ("tools", {"where": {"idd": 1}}, "unknown field 'idd'. Did you mean 'id'"),
    ],
)
def test_a_wrong_call_is_a_tool_error_that_says_what_would_be_right(
    address: str, name: str, arguments: dict[str, Any], message: str
) -> None:
    told = call(address, name, arguments)
    assert told.is_error
    assert message in text_of(told)
    assert told.structured_content["errors"][0]["extensions"]["code"]


def test_an_unknown_tool_or_resource_is_an_error_of_the_protocol(address: str) -> None:
    async def asked() -> list[str]:
        said = []
        async with Client(address) as client:
            for attempt in (
                client.call_tool("pth", {}),
                client.read_resource("ecograph://entity/rkkt"),
                client.read_resource("ecograph://nothing"),
            ):
                with pytest.raises(MCPError) as caught:
                    await attempt
                said.append(caught.value.message)
        return said

    unknown_tool, unknown_thing, unknown_resource = asyncio.run(asked())
    assert unknown_tool == "unknown tool 'pth'; did you mean: path, paths?"
    assert "did you mean: rkt (Tool)?" in unknown_thing
    assert unknown_resource.endswith("there are: ecograph://schema, ecograph://entity/<id>")


def test_resources_are_the_schema_and_the_pages_of_things(address: str, service: Service) -> None:
    async def asked() -> list[str]:
        async with Client(address) as client:
            [schema] = (await client.list_resources()).resources
            [page] = (await client.list_resource_templates()).resource_templates
            assert page.uri_template == "ecograph://entity/{id}"
            found = []
            for uri in (schema.uri, "ecograph://entity/%E5%86%99%E6%97%B6%E5%A4%8D%E5%88%B6"):
                [contents] = (await client.read_resource(uri)).contents
                assert isinstance(contents, TextResourceContents)
                found.append(contents.text)
            return found

    schema, page = asyncio.run(asked())
    assert schema == print_sdl(service.outline.ontology)
    assert page.startswith("# Copy-on-write\n\n写时复制\n")
    assert "- Copy-on-write has the step Adding a file" in page


def test_limits_hold_as_for_everyone(service: Service) -> None:
    app = make_app(service, Settings(mcp=True))
    large = asyncio.run(ask(app, "POST", "/mcp", b"x" * 300_000))
    assert (large.status, large.json["errors"][0]["message"]) == (
        413, "the body is larger than the limit of 262144 bytes",
    )  # fmt: skip
    assert asyncio.run(ask(app, "GET", "/mcp")).headers["allow"] == "POST, OPTIONS"


def test_a_question_that_takes_too_long_is_a_tool_error() -> None:
    slow = open_service(deadline=1e-9)
    with serving(slow, Settings(port=0, mcp=True)) as address:
        told = call(f"{address}/mcp", "reach", {"from": "kubernetes", "along": EVERYTHING})
    assert told.is_error
    assert told.structured_content["errors"][0]["extensions"]["code"] == "TIMEOUT"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"\xff", b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": {}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 1}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "path", '
        b'"arguments": [1]}}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", [b"2025-06-18", b"2026-07-28", b"1", b"\xe9"])
def test_what_is_no_call_gets_an_error_at_once(
    service: Service, body: bytes, version: bytes
) -> None:
    headers = (
        (b"content-type", b"application/json"), (b"accept", b"application/json, text/event-stream"),
        (b"mcp-protocol-version", version), (b"host", b"localhost"),
    )  # fmt: skip
    told = asyncio.run(
        ask(make_app(service, Settings(mcp=True)), "POST", "/mcp", body, b"", headers)
    )
    assert told.status < 500
    assert "error" in told.json
    assert b"Traceback" not in told.body


def test_without_its_package_it_is_refused_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = run_here("mcp")
    assert (done.returncode, done.stdout) == (2, "")
    assert "run: pip install 'ecograph[mcp]'" in done.stderr


def test_it_is_off_unless_asked(service: Service) -> None:
    assert asyncio.run(ask(make_app(service), "POST", "/mcp", b"{}")).status == 404
