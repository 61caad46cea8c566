"""An answer as a tool gives it: structured, and as a short text with numbered sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from ecograph.api.job import Response
from ecograph.api.places import write_message
from ecograph.api.tables import Cited, tabulate_for_people
from ecograph.api.written import escape, to_markdown
from ecograph.errors import QueryError
from ecograph.mcp.tools import PLAIN, Tool
from ecograph.model.graph import Outline

ROWS, SOURCES = 50, 20
"""Of a text: the most rows, and sources of a plain question; the structured answer has all."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool gives back; of a failure the text says what would be right."""

    text: str
    structured: dict[str, Any]
    failed: bool = False


def tell(tool: Tool, arguments: Mapping[str, Any], response: Response, outline: Outline) -> Told:
    """The answer to a call."""
    told = orjson.loads(response.body)
    if not response.clean:
        return _fail(tool, told["errors"])
    data = told["data"]
    table, cited = tabulate_for_people(tool.layout, data)
    dataset = {"version": outline.version, "asOf": outline.as_of, "license": outline.license}
    structured = {
        "data": data,
        "sources": [{"title": one.title, "url": one.url} for one in cited],
        "dataset": dataset,
    }
    foot = [f"Dataset {outline.version}, as of {outline.as_of}, {outline.license}."]
    if tool.operation is PLAIN:
        return Told(_tell_plain(data["ask"], cited, foot), structured)
    if len(table.rows) > ROWS:
        shown = len(table.rows)
        table = replace(table, rows=table.rows[:ROWS], total=table.total or shown)
        foot.insert(0, f"Here are the first {ROWS}; the structured answer has {shown}.")
    if table.next is not None and "after" in tool.schema["properties"]:
        foot.insert(0, f"The next page: after={table.next}")
    text = to_markdown(
        table, cited, question=tool.operation.question, variables=arguments, level=2, foot=foot
    )
    return Told(text, structured)


def refuse(tool: Tool, error: QueryError) -> Told:
    """What a call is told that never came to a question."""
    return _fail(tool, [{"message": error.message, "extensions": {"code": "BAD_VARIABLES"}}])


def _fail(tool: Tool, errors: list[dict[str, Any]]) -> Told:
    lines: list[str] = []
    for error in errors:
        line = error["message"] = write_message(error)
        code = error.get("extensions", {}).get("code")
        if code == "BAD_VARIABLES":
            named = re.match(r"Variable '\$(\w+)'", line)
            if named and (values := tool.values_of(named[1])):
                line += f" {named[1]} is one of: {', '.join(values)}."
            line += f" For example: {orjson.dumps(tool.operation.variables).decode()}"
        lines.append(line)
    kept = [{"message": e["message"], "extensions": e.get("extensions", {})} for e in errors]
    return Told("\n".join(lines), {"errors": kept}, failed=True)


def _tell_plain(answer: Mapping[str, Any], cited: Sequence[Cited], foot: Iterable[str]) -> str:
    """The answers of every reading; a question that was refused has what could be asked instead."""
    lines: list[str] = []
    for reading in answer["readings"]:
        lines += [f"- {escape(reading['understood'])} {escape(reading['sentence'])}"]
    if not lines:
        lines += [escape(answer["sentence"]), "", "What could be asked instead:", ""]
        lines += [f"- {escape(one)}" for one in answer["nearest"]]
    if cited:
        shown = list(cited[:SOURCES])
        lines += [
            "",
            "Sources:" if len(shown) == len(cited) else f"The first {SOURCES} sources:",
            "",
        ]
        lines += [f"{n}. [{escape(c.title)}](<{c.url}>)" for n, c in enumerate(shown, 1)]
    return "\n".join([*lines, "", *foot]) + "\n"
