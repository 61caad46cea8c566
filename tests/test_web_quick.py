"""The short way of a question over a socket: what it answers is what the usual way answers."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from ecograph.service import Service
from ecograph.settings import Settings
from tests.serving import serving
from tests.world import world

QUESTION = b'{"query": "{ entity(name: \\"runc\\") { id name } }"}'
ANSWER = b'{"data":{"entity":{"id":"runc","name":"runc"}}}'
LONG = (
    b'{"query": "{ paths(from: \\"docker-engine\\", to: \\"oci-runtime-spec\\", first: 5)'
    b' { nodes { length } } }"}'
)
JSON = b"content-type: application/json"


def request(body: bytes = QUESTION, *headers: bytes, start: bytes = b"POST /graphql") -> bytes:
    lines = (start + b" HTTP/1.1", b"host: x", b"content-length: %d" % len(body), JSON, *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def send(address: str, *parts: bytes, close: bool = True) -> bytes:
    """What comes back for parts that are sent one after the other."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in parts:
            client.sendall(part)
        if close:
            client.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        told = b""
        while piece := client.recv(65_536):
            told += piece
        return told


def replies(told: bytes) -> list[tuple[bytes, dict[bytes, bytes], bytes]]:
    """Status, headers and body of each reply."""
    found = []
    while told:
        head, _, rest = told.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        headers = dict(line.split(b": ", 1) for line in lines)
        length = int(headers.get(b"content-length", b"0"))
        found.append((first.split(b" ")[1], headers, rest[:length]))
        told = rest[length:]
    return found


@pytest.fixture(scope="module")
def address() -> object:
    with serving(Service(world()), Settings(port=0)) as address:
        yield address


def test_the_short_way_says_what_the_usual_way_says(address: str) -> None:
    # In two pieces a request goes the usual way.
    whole = request()
    short = replies(send(address, whole))[0]
    usual = replies(send(address, whole[:-5], whole[-5:]))[0]
    assert short[0] == usual[0] == b"200"
    assert short[2] == usual[2] == ANSWER
    assert short[1].keys() == usual[1].keys()
    del short[1][b"date"], usual[1][b"date"]
    assert short[1] == usual[1]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ((b"accept: text/csv",), QUESTION, b"406"),
        ((), b"{", b"400"),
        ((), b'{"query": "{ nothing }"}', b"200"),
        ((b"accept: application/graphql-response+json",), b'{"query": "{ nothing }"}', b"400"),
        ((), b'{"query": "{ node(id: \\"runc\\") { id } }", "extensions": {"cost": true}}', b"200"),
        ((), LONG, b"200"),
        ((b"accept-encoding: gzip",), QUESTION, b"200"),
        ((b"origin: https://example.org",), QUESTION, b"200"),
        ((b"expect: 100-continue",), QUESTION, b"100"),
    ],
)
def test_what_has_no_short_way_is_answered(
    address: str, headers: Sequence[bytes], body: bytes, status: bytes
) -> None:
    told = replies(send(address, request(body, *headers)))
    assert told[0][0] == status
    assert told[-1][2].startswith(b'{"status"')


def test_requests_that_come_together_are_answered_in_order(address: str) -> None:
    other = QUESTION.replace(b"runc", b"crun")
    told = replies(send(address, request() + request(LONG) + request(other) + request()))
    assert [b"runc" in told[0][2], b"length" in told[1][2], b"crun" in told[2][2]] == [True] * 3
    assert told[3][2] == ANSWER


def test_an_answer_to_compress_is_compressed(address: str) -> None:
    body = (
        b'{"query": "{ tools { nodes { id name description label statements { totalCount } } } }"}'
    )
    told = replies(send(address, request(body, b"accept-encoding: gzip")))[0]
    assert told[1][b"content-encoding"] == b"gzip"
    again = replies(send(address, request(body, b"accept-encoding: gzip")))[0]
    assert (told[2], told[1][b"content-encoding"]) == (again[2], again[1][b"content-encoding"])


def test_a_client_that_wants_to_close_is_closed(address: str) -> None:
    told = send(address, request(QUESTION, b"connection: close"), close=False)
    assert replies(told)[0][2] == ANSWER
    assert replies(told)[0][1][b"connection"] == b"close"


def test_an_idle_client_is_let_go_after_a_short_answer() -> None:
    with serving(Service(world()), Settings(port=0, keep_alive=0.2)) as address:
        assert replies(send(address, request(), close=False))[0][2] == ANSWER


def test_other_methods_have_no_short_way(address: str) -> None:
    told = replies(send(address, request(b"", start=b"PUT /graphql")))
    assert told[0][0] == b"405"


def test_a_server_of_named_operations_only_has_no_short_way() -> None:
    with serving(Service(world()), Settings(port=0, only_named=True)) as address:
        assert replies(send(address, request()))[0][0] == b"403"
