"""Connections on the loopback: who neither sends nor takes is let go, what is under way is not."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest
import uvicorn

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.app import make_app
from ecograph.web.http import App, Receive, Scope, Send
from ecograph.web.wire import LONGEST_HEAD, PatientConfig
from tests.world import world

SECONDS = 0.4
LATEST = 5.0
GET = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
POST = (
    b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    b"content-length: 100\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers in this event loop."""

    port: int
    server: uvicorn.Server

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    @property
    def held(self) -> int:
        state = self.server.server_state
        return len(state.connections) + len(state.tasks)


@asynccontextmanager
async def serving(app: App) -> AsyncIterator[Running]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    settings = Settings(read_timeout=SECONDS, keep_alive=SECONDS)
    server = uvicorn.Server(PatientConfig(app, settings))
    running = asyncio.create_task(server._serve([listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield Running(listener.getsockname()[1], server)
    finally:
        server.should_exit = True
        await running
        listener.close()


def run(check: Callable[[Running], Awaitable[None]], app: App | None = None) -> None:
    async def served() -> None:
        async with serving(app or make_app(Service(world()))) as running:
            await check(running)

    asyncio.run(asyncio.wait_for(served(), 6 * LATEST))


async def until_free(running: Running) -> float:
    """Seconds until the server holds nothing any more."""
    began = time.monotonic()
    while running.held:
        assert time.monotonic() - began < LATEST, "the server still holds what the client left"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


@pytest.mark.parametrize(
    "sent",
    [b"", b"\r\n", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nx: y\r\n", POST, POST + b'{"que'],
)
def test_a_client_that_stops_sending_is_let_go(sent: bytes) -> None:
    async def check(running: Running) -> None:
        reader, writer = await running.open()
        writer.write(sent)
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
        await until_free(running)
        writer.close()

    run(check)


def test_a_client_that_sends_byte_by_byte_is_let_go() -> None:
    async def check(running: Running) -> None:
        reader, writer = await running.open()
        ended = asyncio.create_task(reader.read())
        for byte in GET * 100:
            if ended.done():
                break
            writer.write(bytes([byte]))
            await asyncio.sleep(SECONDS / 8)
        assert (await ended).startswith(b"HTTP/1.1 408 ")
        writer.close()

    run(check)


def test_a_second_request_that_stops_halfway_is_let_go() -> None:
    async def check(running: Running) -> None:
        reader, writer = await running.open()
        writer.write(GET + GET[:10])
        assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        await until_free(running)
        writer.close()

    run(check)


def test_headers_without_end_are_refused() -> None:
    async def check(running: Running) -> None:
        reader, writer = await running.open()
        writer.write(GET[:-2] + b"x: " + b"y" * (LONGEST_HEAD + 1))
        with suppress(ConnectionResetError):  # The rest of what was sent met a closed door.
            assert (await reader.read()).startswith(b"HTTP/1.1 431 ")
        await until_free(running)
        writer.close()

    run(check)


def test_a_client_that_does_not_take_its_answer_is_let_go() -> None:
    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            length = (b"content-length", b"%d" % 2**25)
            await send({"type": "http.response.start", "status": 200, "headers": [length]})
            await send({"type": "http.response.body", "body": b"x" * 2**25})
        else:
            await make_app(Service(world()))(scope, receive, send)

    async def check(running: Running) -> None:
        with socket.create_connection(("127.0.0.1", running.port)) as client:
            client.sendall(GET)
            while not running.server.server_state.total_requests:
                await asyncio.sleep(0.01)
            assert await until_free(running) > SECONDS / 2

    run(check, large)


def test_a_client_that_takes_its_answer_slowly_gets_all_of_it() -> None:
    size = 2**23

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            length = (b"content-length", b"%d" % size)
            await send({"type": "http.response.start", "status": 200, "headers": [length]})
            await send({"type": "http.response.body", "body": b"x" * size})
        else:
            await make_app(Service(world()))(scope, receive, send)

    async def check(running: Running) -> None:
        reader, writer = await running.open()
        writer.write(GET.replace(b"host", b"connection: close\r\nhost"))
        taken = 0
        while part := await reader.read(2**18):
            taken += len(part)
            await asyncio.sleep(0.03)
        assert taken > size
        writer.close()

    run(check, large)


def test_a_connection_lives_on_between_requests_and_is_closed_when_idle() -> None:
    async def check(running: Running) -> None:
        reader, writer = await running.open()
        for _ in range(4):
            writer.write(GET)
            assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(SECONDS / 2)
            await reader.readuntil(b"}")
        assert await reader.read() == b""
        writer.close()

    run(check)


def test_a_client_that_leaves_ends_the_work_for_it() -> None:
    service = Service(world(), deadline=LATEST)
    ended: list[str] = []
    begin = service.api.begin

    def begin_long(*args: object) -> object:
        from dataclasses import replace

        from ecograph.api.job import Job
        from ecograph.errors import StoreTimeout

        begun = begin(*args)  # type: ignore[arg-type]
        assert isinstance(begun, Job)

        class Long:
            def run(self, parameters: object, budget: object) -> object:
                try:
                    while True:
                        time.sleep(0.01)
                        budget.spend(1)  # type: ignore[attr-defined]
                except StoreTimeout:
                    ended.append("early")
                    raise

        return replace(begun, variant=replace(begun.variant, prepared=Long()))  # type: ignore[arg-type]

    service.api.begin = begin_long  # type: ignore[method-assign,assignment]

    async def check(running: Running) -> None:
        _, writer = await running.open()
        query = b"/graphql?query=%7Bsearch(text:%22runc%22)%7Bnodes%7Bid%7D%7D%7D"
        writer.write(GET.replace(b"/healthz", query))
        await asyncio.sleep(0.2)
        assert ended == []
        writer.close()
        assert await until_free(running) < LATEST / 2
        assert ended == ["early"]

    run(check, make_app(service))


def test_what_is_under_way_is_answered_at_the_end() -> None:
    told: list[bytes] = []

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(0.3)
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"all of it"})
        else:
            await make_app(Service(world()))(scope, receive, send)

    async def check(running: Running) -> None:
        reader, writer = await running.open()
        writer.write(GET)
        await asyncio.sleep(0.05)
        running.server.should_exit = True
        told.append(await reader.read())
        writer.close()

    run(check, slow)
    assert b"all of it" in told[0]
    assert b"connection: close" in told[0]


def test_letters_as_they_are_typed_are_refused_with_what_would_be_right() -> None:
    async def ask(target: str) -> bytes:
        async with serving(make_app(Service(world()))) as running:
            reader, writer = await running.open()
            writer.write(f"GET {target} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
            told = await reader.read()
            writer.close()
        return told

    told = asyncio.run(ask("/ask?q=谁"))
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"percent-encode it as UTF-8: /ask?q=%E8%B0%81" in told
    told = asyncio.run(ask("/a b c"))
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"percent-encode" not in told
