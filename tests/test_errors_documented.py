"""docs/errors.md: every code that the program has, and an example of each that gives it."""

from __future__ import annotations

import ast
import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from ecograph.api.run import Api
from ecograph.service import Service, open_service
from ecograph.settings import Settings
from ecograph.store.memory import MemoryStore
from ecograph.web.app import make_app
from ecograph.web.http import App
from ecograph.web.live import Live
from tests.asgi import Answer, ask, post

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "errors.md").read_text("utf-8")
SECTION = re.compile(r"^### (\w+)\n(.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE)
SECTIONS: dict[str, str] = dict(SECTION.findall(TEXT))
STAYS = set(re.findall(r"`([A-Z_]+)`", TEXT.partition("## Not sent to clients")[2]))
BLOCK = re.compile(r"^```(graphql|http)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXAMPLES = [(code, *block) for code, text in SECTIONS.items() for block in BLOCK.findall(text)]
ACCEPT = (b"accept", b"application/graphql-response+json")
SAYS = ["errors.py", "model/names.py", "api", "store", "web"]
"""Where codes are that a client can meet."""
CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Every text that stands where a code does, that of DataError left out."""
    for node in ast.walk(tree):
        given: list[ast.expr | None] = []
        match node:
            case ast.Assign(targets=[ast.Name("code")]) | ast.AnnAssign(target=ast.Name("code")):
                given = [node.value]
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name("code"), *_])], value=ast.Tuple()):
                given = [node.value.elts[0]]  # type: ignore[attr-defined]
            case ast.keyword(arg="code"):
                given = [node.value]
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                given = [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "code"]
            case ast.Call(func=ast.Name("UnresolvedName" | "CursorError" | "coded" | "BadRequest")):
                given = [*node.args]
            case ast.arguments():
                given = [*node.defaults]
        for value in given:
            if isinstance(value, ast.Constant) and CODE.fullmatch(str(value.value)):
                yield str(value.value)


def test_every_code_is_documented_and_no_other() -> None:
    found: set[str] = set()
    for place in SAYS:
        path = ROOT / "ecograph" / place
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            found |= set(codes_in(ast.parse(file.read_text("utf-8"))))
    assert found == SECTIONS.keys() | STAYS
    assert not SECTIONS.keys() & STAYS


def test_every_code_but_that_of_our_own_faults_has_an_example() -> None:
    assert SECTIONS.keys() - {code for code, _, _ in EXAMPLES} == {"INTERNAL"}


@cache
def shipped() -> Service:
    return open_service()


@cache
def without_a_database() -> Service:
    service = Service(shipped().graph)
    service.api = Api(service.graph, MemoryStore(), service.names)
    return service


TOKEN = Settings(token="0123456789abcdef")
SERVERS: dict[str, Callable[[], App]] = {
    "TIMEOUT": lambda: make_app(open_service(deadline=1e-9)),
    "STORE_UNAVAILABLE": lambda: make_app(without_a_database()),
    "NOT_ALLOWED": lambda: make_app(shipped(), Settings(only_named=True)),
    "REQUEST_TIMEOUT": lambda: make_app(shipped(), Settings(read_timeout=0.01)),
    "BUSY": lambda: make_app(shipped(), Settings(running=1, queued=0)),
    "NOT_READY": lambda: make_app(Live()),
    "UNAUTHORIZED": lambda: make_app(shipped(), TOKEN),
    "TOO_MANY_FAILURES": lambda: make_app(shipped(), TOKEN),
}
"""Code -> a server that is in the state in which it answers so; an ordinary one for the others."""
TIMES = {"BUSY": 2, "TOO_MANY_FAILURES": 6}
"""Code -> how many requests come at once, of which the last gets it."""


def send(app: App, code: str, language: str, text: str) -> Awaitable[Answer]:
    """The answer to an example, from a client of the new media type."""
    if language == "graphql":
        return post(app, {"query": text}, ACCEPT)
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    method, _, target = first.partition(" ")
    path, _, query = target.partition("?")
    pairs = [line.partition(": ")[::2] for line in lines]
    headers = [(name.encode(), value.encode()) for name, value in pairs]
    whole = code != "REQUEST_TIMEOUT"
    return ask(app, method, path, body.encode(), query.encode(), headers, whole=whole)


@pytest.mark.parametrize(("code", "language", "text"), EXAMPLES)
def test_the_example_gives_the_code_and_the_status(code: str, language: str, text: str) -> None:
    async def answer() -> Answer:
        app = SERVERS.get(code, lambda: make_app(shipped()))()
        times = TIMES.get(code, 1)
        sent = [asyncio.ensure_future(send(app, code, language, text)) for _ in range(times)]
        return (await asyncio.gather(*sent))[-1]

    told = asyncio.run(answer())
    errors = told.json["errors"]
    assert {error["extensions"]["code"] for error in errors} == {code}
    status = re.match(r"\s*\*\*(\d+)", SECTIONS[code])
    assert status
    assert told.status == int(status[1])
    assert ("data" in told.json) == (told.status == 200)
    if told.status in (429, 503):
        assert int(told.headers["retry-after"]) >= 1
