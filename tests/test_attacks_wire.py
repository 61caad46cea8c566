"""Attacks below HTTP, on a raw socket: each ends in time, and the server is right afterwards."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from ecograph.service import Service
from ecograph.settings import Settings
from ecograph.web.log import Log
from tests.serving import serving
from tests.world import world

PATIENCE = 1.0
"""Seconds that the server gives a client."""
SECONDS = 4.0
"""In which it has let go of one, with an answer or without."""
QUESTION = b'{"query": "{ __typename }"}'
RIGHT = b'{"data":{"__typename":"Query"}}'
LOGGED: list[str] = []


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    settings = Settings(port=0, read_timeout=PATIENCE)
    with serving(Service(world()), settings, Log(LOGGED.append)) as url:
        parts = urlsplit(url)
        yield str(parts.hostname), int(parts.port or 0)


def exchange(address: tuple[str, int], *parts: bytes, pause: float = 0.0) -> bytes:
    """All that comes back until the server closes the connection, which it does in time."""
    began = time.monotonic()
    told = b""
    with socket.create_connection(address, timeout=SECONDS) as client:
        try:
            for part in parts:
                client.sendall(part)
                time.sleep(pause)
            while more := client.recv(1 << 16):
                told += more
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert time.monotonic() - began < SECONDS + 2
    return told


def head(*lines: bytes, first: bytes = b"POST /graphql HTTP/1.1") -> bytes:
    """A request's head, after which the connection is to be closed."""
    given = (b"Host: localhost", b"Connection: close", b"Content-Type: application/json", *lines)
    return b"\r\n".join([first, *given, b"", b""])


CHUNKED = head(b"Transfer-Encoding: chunked")
ATTACKS: dict[str, list[bytes]] = {
    "no HTTP": [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    "NULs": [b"\0" * 4_096],
    "another version": [b"POST /graphql HTTP/9.9\r\nHost: a\r\n\r\n"],
    "HTTP/2 at once": [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    "a path with raw bytes": [head(first=b"GET /q/\xff\xfe HTTP/1.1")],
    "a path that is a host": [head(first=b"GET http://evil.example/graphql HTTP/1.1")],
    "a star": [head(first=b"OPTIONS * HTTP/1.1")],
    "a path without a slash": [head(first=b"GET graphql HTTP/1.1")],
    "up and out": [head(first=b"GET /docs/../../../../etc/passwd HTTP/1.1")],
    "up and out, encoded": [head(first=b"GET /docs/%2e%2e/%2e%2e/etc/passwd HTTP/1.1")],
    "up and out, twice encoded": [head(first=b"GET /docs/%252e%252e/etc/passwd HTTP/1.1")],
    "NUL in a path": [head(first=b"GET /docs/errors.md%00.txt HTTP/1.1")],
    "a line break in a path": [head(first=b"GET /q/a%0d%0aSet-Cookie:%20a=b HTTP/1.1")],
    "a long path": [head(first=b"GET /" + b"a" * 200_000 + b" HTTP/1.1")],
    "a long header": [head(b"X: " + b"a" * 500_000)],
    "many headers": [head(*[b"X-%d: a" % n for n in range(20_000)])],
    "many cookies": [head(*[b"Cookie: a%d=b" % n for n in range(20_000)])],
    "a header without a name": [head(b": a")],
    "a header with NUL": [head(b"X: a\0b")],
    "a folded header": [head(b"X: a", b" b")],
    "a body shorter than said": [head(b"Content-Length: 999"), QUESTION],
    "a body longer than said": [head(b"Content-Length: 5"), QUESTION],
    "a negative length": [head(b"Content-Length: -1"), QUESTION],
    "a length that is none": [head(b"Content-Length: many"), QUESTION],
    "a length over 64 bits": [head(b"Content-Length: 99999999999999999999999"), QUESTION],
    "two lengths": [head(b"Content-Length: 27", b"Content-Length: 0"), QUESTION],
    "a length and chunks": [
        head(b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        b"0\r\n\r\n",
    ],
    "a huge length": [head(b"Content-Length: 999999999999"), b" " * 300_000],
    "a chunk of no size": [CHUNKED, b"zz\r\n" + QUESTION + b"\r\n0\r\n\r\n"],
    "a chunk of a negative size": [CHUNKED, b"-5\r\n" + QUESTION + b"\r\n0\r\n\r\n"],
    "a chunk larger than all": [CHUNKED, b"ffffffffffffffffff\r\n" + QUESTION],
    "a chunk without an end": [CHUNKED, b"1b\r\n" + QUESTION],
    "a chunk with endless notes": [CHUNKED, b"1;" + b"a" * 300_000 + b"\r\n{\r\n0\r\n\r\n"],
    "chunks of one byte": [CHUNKED, b"1\r\n \r\n" * 300_000 + b"0\r\n\r\n"],
    "trailers without end": [CHUNKED, b"0\r\n" + b"X: a\r\n" * 50_000],
    "an encoding that is none": [head(b"Transfer-Encoding: gzip"), QUESTION],
    "it waits to be asked on": [head(b"Content-Length: 27", b"Expect: 100-continue")],
    "an upgrade": [head(b"Upgrade: websocket", b"Sec-WebSocket-Key: a", b"Content-Length: 0")],
    "HTTP/1.0": [head(b"Content-Length: 27", first=b"POST /graphql HTTP/1.0"), QUESTION],
    "HTTP/0.9": [b"GET /healthz\r\n\r\n"],
    "chunks in HTTP/1.0": [
        head(b"Transfer-Encoding: chunked", first=b"POST /graphql HTTP/1.0"),
        b"1b\r\n" + QUESTION + b"\r\n0\r\n\r\n",
    ],
    "chunked twice": [head(b"Transfer-Encoding: chunked, chunked"), b"0\r\n\r\n"],
    "chunked in other words": [head(b"Transfer-Encoding: xchunked"), b"0\r\n\r\n"],
    "lines that end with LF": [
        b"POST /graphql HTTP/1.1\nHost: a\nConnection: close\n"
        b"Content-Type: application/json\nContent-Length: 27\n\n" + QUESTION
    ],
    "two hosts": [head(b"Host: b", b"Content-Length: 27"), QUESTION],
    "no host": [b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"],
    "a body with GET": [head(b"Content-Length: 27", first=b"GET /graphql HTTP/1.1"), QUESTION],
    "a name with a space": [head(b"Content-Length : 27"), QUESTION],
    "a body that is packed": [
        head(b"Content-Encoding: gzip", b"Content-Length: 1000"),
        b"\x1f\x8b\x08\0" + b"\0" * 996,
    ],
    "a second request in the first one's body": [
        head(b"Content-Length: 27", b"Transfer-Encoding : chunked"),
        b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    "nothing at all": [],
    "half a head": [b"POST /graphql HTTP/1.1\r\nHost: a"],
}


def hold_right(address: tuple[str, int]) -> None:
    """The server answers an honest client, and has not failed."""
    told = exchange(address, head(b"Content-Length: %d" % len(QUESTION)) + QUESTION)
    assert told.startswith(b"HTTP/1.1 200")
    assert told.endswith(RIGHT)
    assert [line for line in LOGGED if '"failure"' in line] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_ends_in_time_without_harm(attack: str, address: tuple[str, int]) -> None:
    told = exchange(address, *ATTACKS[attack])
    for line in told.split(b"\r\n"):
        if line.startswith(b"HTTP/1.1 "):
            assert line[9:10] in b"1234", line
    for secret in (b"Traceback", b'File "', b"root:", b"\nSet-Cookie:"):
        assert secret not in told
    hold_right(address)


def test_a_body_a_byte_at_a_time_is_given_up(address: tuple[str, int]) -> None:
    slow = [QUESTION[n : n + 1] for n in range(20)]
    told = exchange(address, head(b"Content-Length: 27"), *slow, pause=PATIENCE / 8)
    assert told == b"" or told.startswith(b"HTTP/1.1 408")
    hold_right(address)


def test_a_hundred_who_send_nothing_hold_up_no_one(address: tuple[str, int]) -> None:
    idle = [socket.create_connection(address, timeout=SECONDS) for _ in range(100)]
    began = time.monotonic()
    hold_right(address)
    assert time.monotonic() - began < PATIENCE
    assert {client.recv(100)[:12] for client in idle} <= {b"", b"HTTP/1.1 408"}
    for client in idle:
        client.close()


def test_questions_that_come_together_are_answered_in_turn(address: tuple[str, int]) -> None:
    asked = [b'{"query": "{ a%d: __typename }"}' % number for number in range(100)]
    sent = b"".join(
        b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        for body in asked
    )
    told = exchange(address, sent + head(first=b"GET /healthz HTTP/1.1"))
    aliases = re.findall(rb'\{"data":\{"(a\d+)":"Query"\}\}', told)
    assert aliases == [b"a%d" % number for number in range(100)]


def test_requests_that_come_together_are_answered_in_turn(address: tuple[str, int]) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    told = exchange(address, one * 200 + head(first=b"GET /healthz HTTP/1.1"))
    assert told.count(b"HTTP/1.1 200") == 201
