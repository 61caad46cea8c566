"""Compression: for who asks, where it pays, and made once for the same body."""

from __future__ import annotations

import asyncio
import gzip

import brotli
import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import JSON, Reply
from ecograph.web.packing import LARGE, WORTH, Packer, choose_coding
from tests.calling import call, post
from tests.world import world

LONG = "{ tools { nodes { id name description history { date label } } } }"


def pack(packer: Packer, body: bytes, accepted: str) -> Reply:
    return asyncio.run(packer.pack(Reply(200, JSON, body), accepted))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("br;q=0.5, GZIP;q=0.9", "gzip"),
        ("gzip;q=0, br;q=0.000", ""),
        ("*", "gzip"),
        ("*;q=0", ""),
        ("gzip;q=high", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_coding_is_the_one_that_is_liked_best(accepted: str, coding: str) -> None:
    assert choose_coding(accepted) == coding


def test_a_short_body_is_sent_as_it_is() -> None:
    reply = pack(Packer(), b"x" * (WORTH - 1), "br")
    assert (reply.body, reply.headers) == (b"x" * (WORTH - 1), ())


@pytest.mark.parametrize("size", [WORTH, LARGE])
def test_a_long_body_is_compressed_and_varies(size: int) -> None:
    for coding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        reply = pack(Packer(), b"x" * size, coding)
        assert unpack(reply.body) == b"x" * size
        assert dict(reply.headers) == {
            b"vary": b"accept-encoding",
            b"content-encoding": coding.encode(),
        }


def test_a_long_body_varies_also_where_it_is_not_compressed() -> None:
    assert pack(Packer(), b"x" * WORTH, "").headers == ((b"vary", b"accept-encoding"),)


def test_a_kept_answer_is_compressed_once() -> None:
    packer, body = Packer(), b"x" * WORTH
    assert pack(packer, body, "br").body is pack(packer, body, "br").body


def test_what_is_kept_is_bounded() -> None:
    packer = Packer(room=4 * WORTH)
    first = b"0" * WORTH
    made = pack(packer, first, "gzip").body
    for number in range(1, 6):
        pack(packer, b"%d" % number * WORTH, "gzip")
    again = pack(packer, first, "gzip").body
    assert again == made
    assert again is not made


def test_an_answer_says_what_it_varies_by() -> None:
    app = make_app(Service(world()))
    site = "https://example.org"
    plain = post(app, LONG, origin=site)
    packed = post(app, LONG, origin=site, accept_encoding="gzip, br")
    assert brotli.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["vary"] == plain.headers["vary"] == "accept, accept-encoding"
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body)


def test_a_page_is_compressed_too() -> None:
    app = make_app(Service(world()))
    reply = call(app, "GET", "/schema.graphql", accept_encoding="gzip")
    assert gzip.decompress(reply.body).startswith(b'"""')
    assert reply.headers["vary"] == "accept-encoding"
