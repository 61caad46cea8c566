"""The tools and resources as a server of the protocol, whatever carries its messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, unquote

import orjson
from mcp import MCPError
from mcp import types as wire
from mcp.server.lowlevel import Server

from ecograph.api.job import Response
from ecograph.api.schema import print_schema
from ecograph.errors import QueryError
from ecograph.mcp.answers import Told, refuse, tell
from ecograph.mcp.pages import PAGE, write_page
from ecograph.mcp.tools import Tool, Tools

Ask = Callable[[str, Mapping[str, Any], str], Awaitable[Response]]
"""Document, variables and the operation's name -> response; within every limit of the service."""
SCHEMA = "ecograph://schema"
ENTITY = "ecograph://entity/"
MARKDOWN = "text/markdown"
LONGEST = 200
"""Characters of an id in an address, percent-encoded."""
INSTRUCTIONS = """\
A knowledge graph of the container ecosystem: tools, specifications, organizations, categories, \
and cited statements between them. Each tool is a question; names of things may be ids, labels or \
aliases in English or Chinese, and a name that fits nothing is answered with what may be meant. \
Start with search when unsure of a name. Answers cite their sources by number: repeat them. What \
the graph does not say is unknown, not false. ecograph://entity/<id> has all that is said of a \
thing; ecograph://schema is the GraphQL schema."""


def make_server(tools: Tools, ask: Ask) -> Server[Any]:
    """A server of the tools over their service; every question goes through `ask`."""
    outline = tools.service.outline
    foot = f"Dataset {outline.version}, as of {outline.as_of}, {outline.license}."

    async def list_tools(_: Any, __: Any) -> wire.ListToolsResult:
        return wire.ListToolsResult(tools=[_describe(one) for one in tools.by_name.values()])

    async def call_tool(_: Any, call: wire.CallToolRequestParams) -> wire.CallToolResult:
        try:
            tool = tools.find(call.name)
        except QueryError as error:
            raise MCPError(wire.INVALID_PARAMS, error.message) from None
        arguments = call.arguments or {}
        try:
            document = tool.document(arguments)
        except QueryError as error:
            return _result(refuse(tool, error))
        response = await ask(document, arguments, tool.operation.name)
        return _result(tell(tool, arguments, response, outline))

    async def list_resources(_: Any, __: Any) -> wire.ListResourcesResult:
        schema = wire.Resource(
            uri=SCHEMA, name="schema", title="GraphQL schema", mime_type="text/plain",
            description="The types, fields and filters that queries may use.",
        )  # fmt: skip
        return wire.ListResourcesResult(resources=[schema])

    async def list_templates(_: Any, __: Any) -> wire.ListResourceTemplatesResult:
        page = wire.ResourceTemplate(
            uri_template=ENTITY + "{id}", name="entity", title="A thing and what is said of it",
            mime_type=MARKDOWN,
            description="Description, history and up to 100 statements, with sources. The id, or "
            "any name of the thing.",
        )  # fmt: skip
        return wire.ListResourceTemplatesResult(resource_templates=[page])

    async def read(_: Any, asked: wire.ReadResourceRequestParams) -> wire.ReadResourceResult:
        uri = asked.uri
        if uri == SCHEMA:
            return _contents(uri, "text/plain", print_schema(tools.service.api.schema))
        if not uri.startswith(ENTITY) or len(uri) > len(ENTITY) + LONGEST:
            told = f"unknown resource {uri[:LONGEST]!r}; there are: {SCHEMA}, {ENTITY}<id>"
            raise MCPError(wire.INVALID_PARAMS, told)
        response = await ask(PAGE, {"id": unquote(uri.removeprefix(ENTITY))}, "Page")
        told = orjson.loads(response.body)
        if not response.clean:
            error = told["errors"][0]
            near = [
                ENTITY + quote(one["id"])
                for one in error.get("extensions", {}).get("suggestions", ())
            ]
            data = {"uri": uri, "suggestions": near}
            raise MCPError(wire.INVALID_PARAMS, error["message"], data)
        return _contents(uri, MARKDOWN, write_page(told["data"]["entity"], foot))

    return Server(
        "ecograph", version=version("ecograph"), title=outline.title["en"],
        instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool,
        on_list_resources=list_resources, on_list_resource_templates=list_templates,
        on_read_resource=read,
    )  # fmt: skip


def _describe(tool: Tool) -> wire.Tool:
    return wire.Tool(
        name=tool.name,
        title=tool.operation.name,
        description=tool.description,
        input_schema=tool.schema,
        annotations=wire.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _result(told: Told) -> wire.CallToolResult:
    return wire.CallToolResult(
        content=[wire.TextContent(text=told.text)],
        structured_content=told.structured,
        is_error=told.failed,
    )


def _contents(uri: str, media_type: str, text: str) -> wire.ReadResourceResult:
    contents = wire.TextResourceContents(uri=uri, mime_type=media_type, text=text)
    return wire.ReadResourceResult(contents=[contents])
