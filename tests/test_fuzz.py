"""Requests of no sense, 2,000 of them: each is answered in JSON, and the server stays right."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from ecograph.api.operations import NamedOperation, read_operations
from ecograph.service import Service
from ecograph.settings import bundled
from ecograph.web.app import make_app
from ecograph.web.log import Log
from tests.asgi import Answer, ask, post
from tests.world import world

REQUESTS = 2_000
SEED = 20261124
SECONDS = 1.0
TOKEN = re.compile(r'"[^"]*"|\w+|[^\w\s]|\s+')
TOKENS = [
    *'{}()[]!$:=@&|"#\\', '"""', "...", "null", "true", "-0", "1e400", "9" * 30, "\0", "\u2028",
    "\ufeff", "\u202e", "é", "𝒓", "fragment", "on", "query", "mutation", "subscription", "__schema",
    "__typename", "first: 1", "last: -1", "@skip(if: true)", "@include(if: $x)", "$x", '"\\ud800"',
    '"\\u{10FFFF}"', '"runc"', "_", "... on Tool { id }", "orderBy: []", 'asOf: "0000"',
]  # fmt: skip
VALUES: list[Any] = [
    None, True, 0, -1, -0.0, 1.5, 1e308, 2**31, 2**63, 2**64, "", " ", "\0", "a" * 9_000,
    "ｒｕｎｃ", "𝒓unc", "e\u0301" * 50, "\u202ecnur", "runc", "OCI 运行时规范", "Docker",
    [], {}, [[]], [None], ["runc"] * 101, [1, "a", {}], {"eq": None}, {"and": []}, {"or": [{}]},
    {"not": {"not": {}}}, {"name": {"in": [None]}}, {"__proto__": 1}, "2018-01-01", "2019-13",
    "0000-00-00", "9999-12-31", "uses+/implements", "((((", "uses*" * 300, "^" * 300 + "uses",
    "!(", "eyJ", "e30=", "W10=",
]  # fmt: skip
PARTS = ["query", "variables", "operationName", "extensions", "more"]


class Fuzzer:
    """Makes requests out of the named operations: their tokens, values and bytes disturbed."""

    def __init__(self, seed: int, operations: list[NamedOperation]) -> None:
        self.random = random.Random(seed)
        self.operations = operations

    def requests(self, count: int) -> Iterator[tuple[str, bytes]]:
        """What to ask: a path and a query string, or no path and a body."""
        for _ in range(count):
            operation, kind = self.random.choice(self.operations), self.random.random()
            if kind < 0.2:
                form = self.random.choice(["json", "csv", "md", "exe", ""])
                variables = self.variables(operation)
                yield f"/q/{operation.name}.{form}", self.query_string(variables)
            elif kind < 0.3:
                query, variables = self.disturb(operation.query), self.variables(operation)
                yield "/graphql", self.query_string({"query": query, "variables": variables})
            else:
                yield "", self.body(operation)

    def body(self, operation: NamedOperation) -> bytes:
        """A body, most of the time JSON."""
        chance = self.random.random
        query = self.disturb(operation.query) if chance() < 0.6 else operation.query
        told: dict[str, Any] = {"query": query, "variables": self.variables(operation)}
        if chance() < 0.1:
            told[self.random.choice(PARTS)] = self.random.choice(VALUES)
        body = bytearray(json.dumps(told, ensure_ascii=chance() < 0.5).encode())
        if chance() < 0.1:
            for _ in range(3):
                body[self.random.randrange(len(body))] = self.random.randrange(256)
        return bytes(body)

    def variables(self, operation: NamedOperation) -> dict[str, Any]:
        """Values for an operation's variables: those of its example, others, or none."""
        told = dict(operation.variables)
        for name in re.findall(r"\$(\w+):", operation.query):
            if self.random.random() < 0.4:
                told[name] = self.random.choice(VALUES)
            elif self.random.random() < 0.1:
                told.pop(name, None)
        return told

    def disturb(self, text: str) -> str:
        """A text with some of its tokens put in, left out, changed or moved."""
        tokens = TOKEN.findall(text)
        for _ in range(self.random.choice([1, 1, 2, 3, 8])):
            here, there = (self.random.randrange(len(tokens)) for _ in range(2))
            match self.random.randrange(5):
                case 0:
                    tokens[here] = self.random.choice(TOKENS)
                case 1:
                    tokens[here] = ""
                case 2:
                    tokens.insert(here, self.random.choice(TOKENS))
                case 3:
                    tokens[here], tokens[there] = tokens[there], tokens[here]
                case _:
                    tokens[here:here] = tokens[there : there + self.random.randrange(30)]
        return "".join(tokens)

    def query_string(self, values: Mapping[str, Any]) -> bytes:
        """Values as a query string, with a byte disturbed now and then."""
        pairs = [(n, v if isinstance(v, str) else json.dumps(v)) for n, v in values.items()]
        told = bytearray(urlencode(pairs).encode())
        if told and self.random.random() < 0.3:
            told[self.random.randrange(len(told))] = self.random.randrange(256)
        return bytes(told)


@cache
def operations() -> list[NamedOperation]:
    return list(read_operations(bundled("queries")).values())


def hold_sane(told: Answer, seconds: float) -> None:
    """An answer is no failure, in time, and what its media type says."""
    assert told.status < 500 or told.status == 503
    assert seconds < SECONDS
    if "json" in told.headers["content-type"]:
        answer = told.json
        assert "data" in answer or answer["errors"]
        for error in answer.get("errors", []):
            assert error["message"]
            assert error["extensions"]["code"]
    else:
        assert told.body.decode("utf-8")


def test_no_request_breaks_the_server() -> None:
    logged: list[str] = []
    service = Service(world())
    app = make_app(service, log=Log(logged.append))

    async def send_all() -> None:
        for path, text in Fuzzer(SEED, operations()).requests(REQUESTS):
            began = time.perf_counter()
            told = await (ask(app, "GET", path, query=text) if path else post(app, text))
            hold_sane(told, time.perf_counter() - began)

    asyncio.run(send_all())
    assert [line for line in logged if '"failure"' in line] == []
    fresh = Service(world(), answer_cache=0)
    for operation in operations():
        document, variables = operation.document, operation.variables
        assert service.answer(document, variables).body == fresh.answer(document, variables).body
