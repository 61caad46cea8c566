"""What is offered as tools: the named operations, and plain questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ecograph.api.dated import AS_OF, dated
from ecograph.api.json_schema import schema_of_variables
from ecograph.api.operations import NamedOperation
from ecograph.api.tables import Layout, lay_out
from ecograph.errors import QueryError
from ecograph.model.keys import did_you_mean, hint_among
from ecograph.service import Service

DAY: Mapping[str, Any] = {
    "type": "string",
    "format": "date",
    "description": "The day of which the answer is to be, YYYY-MM-DD; that of the dataset unless "
    "given.",
    "examples": ["2019-08-16"],
}
PLAIN = NamedOperation(
    "Ask",
    {
        "en": "What does this plain question mean, in English or Chinese, and what is its answer?",
        "zh": "这个用中文或英文提出的问题是什么意思？答案是什么？",
    },
    {"text": "which tools implement the OCI runtime spec"},
    "query Ask($text: String!, $lang: Language) { ask(text: $text, lang: $lang) { outcome sentence "
    "nearest readings { understood sentence operation query variables totalCount data } } }",
)


class Tool:
    """An operation as a tool, with a JSON Schema of its arguments."""

    def __init__(self, service: Service, operation: NamedOperation) -> None:
        core = service.api.core
        self._core = core
        self.operation = operation
        self.name = to_snake(operation.name)
        self.schema = schema_of_variables(core, operation.document, operation.variables)
        as_of = dated(core, operation.document)
        self._dated = replace(operation, document=as_of) if as_of is not None else None
        if self._dated is not None:
            self.schema["properties"][AS_OF] = dict(DAY)

    @property
    def description(self) -> str:
        """The question in both languages."""
        question = self.operation.question
        return f"{question['en']}\n{question['zh']}"

    @cached_property
    def layout(self) -> Layout:
        """Where the table of its answers is."""
        return lay_out(self._core, self.operation.document)

    def document(self, arguments: Mapping[str, Any]) -> str:
        """The document that takes the arguments. Raises: QueryError if one is unknown or missing.

        What their values may be is a matter of the API.
        """
        known: Mapping[str, Any] = self.schema["properties"]
        for name in arguments:
            if name not in known:
                hint = did_you_mean(name, known) or f"there are: {', '.join(known) or 'none'}"
                raise QueryError(f"unknown argument {name[:80]!r}; {hint}", argument=name[:80])
        missing = [n for n in self.schema["required"] if arguments.get(n) is None]
        if missing:
            raise QueryError(f"missing: {', '.join(missing)}", missing=missing)
        asked = self._dated if arguments.get(AS_OF) is not None else None
        return (asked or self.operation).document

    def values_of(self, name: str) -> list[str]:
        """The values of an argument that is an enumeration or a list of one; else none."""
        told = self.schema["properties"].get(name, {})
        referred = str(told.get("items", told).get("$ref", "")).rpartition("/")[2]
        return list(self.schema.get("$defs", {}).get(referred, {}).get("enum", ()))


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over one service, by name."""

    service: Service
    by_name: Mapping[str, Tool]

    def find(self, name: str) -> Tool:
        """The tool of a name, which may be written as the operation is. Raises: QueryError."""
        tool = self.by_name.get(name) or self.by_name.get(to_snake(name))
        if tool is None:
            hint = hint_among(name[:80], self.by_name)
            raise QueryError(f"unknown tool {name[:80]!r}; {hint}")
        return tool


def make_tools(service: Service, operations: Mapping[str, NamedOperation]) -> Tools:
    """The tools that a service can answer."""
    offered = (Tool(service, one) for one in (PLAIN, *operations.values()))
    return Tools(service, {tool.name: tool for tool in offered})


def to_snake(name: str) -> str:
    """`CncfProjects` and `cncf-projects` as `cncf_projects`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", name).lower()
