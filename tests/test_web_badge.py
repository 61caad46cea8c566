"""Badges: what they say, that texts fit and are no markup, and how long they are kept."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from xml.etree import ElementTree

import pytest

from ecograph.service import Service
from ecograph.view.badge import to_badge
from ecograph.view.measure import width_of
from ecograph.view.palette import LIGHT
from ecograph.web.app import make_app
from ecograph.web.badge import COLORS
from ecograph.web.http import App
from tests.asgi import Answer, ask
from tests.named import larger_world


@cache
def app() -> App:
    return make_app(Service(larger_world()))


def get(id: str, query: str = "", *headers: tuple[bytes, bytes]) -> Answer:
    path = f"/badge/{id}.svg"
    return asyncio.run(ask(app(), "GET", path, query=query.encode(), headers=headers))


def texts(answer: Answer) -> list[str | None]:
    root = ElementTree.fromstring(answer.body)
    return [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("id", "query", "says"),
    [
        ("rkt", "", ["rkt", "ended"]),
        ("rkt", "lang=zh", ["rkt", "已终止"]),
        ("runc", "show=implements", ["runc", "implements 1 spec"]),
        ("containerd", "show=implements&style=flat", ["containerd", "implements 2 specs"]),
        ("flannel", "show=implements&lang=zh", ["Flannel", "实现 1 个规范"]),
        ("cncf", "show=implements", ["Cloud Native Computing Foundation", "implements 0 specs"]),
        ("kubernetes", "show=maturity", ["Kubernetes", "CNCF graduated"]),
        ("docker-engine", "show=maturity", ["Docker Engine", "no CNCF level recorded"]),
        ("copy-on-write", "", ["Copy-on-write", "unknown"]),
    ],
)
def test_a_badge_says_the_name_and_what_was_asked(id: str, query: str, says: list[str]) -> None:
    told = get(id, query)
    assert (told.status, told.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
    assert texts(told) == says


def test_an_unknown_id_is_a_grey_badge_with_404() -> None:
    told = get("no-such-thing")
    assert (told.status, texts(told)) == (404, ["no-such-thing", "unknown"])
    assert LIGHT["grey"] in told.body.decode()


def test_what_stands_in_an_address_is_no_markup() -> None:
    told = get("<script x=1>&'\"]]>\x00\x1b")
    assert texts(told)[0] == "<script x=1>&'\"]]>"
    assert "<script" not in told.body.decode()


def test_texts_fit_into_their_halves() -> None:
    for name, message in (("runc", "active"), ("容器运行时接口", "已归档"), ("w" * 300, "m" * 300)):
        drawn = to_badge(name, message, "green")
        root = ElementTree.fromstring(drawn)
        width = float(root.attrib["width"])
        found = re.search(r'd="M(\d+) ', drawn)
        assert found is not None
        split = float(found[1])
        left, right = (t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
        assert width_of(left, 11) + 8 <= split
        assert width_of(right, 11) + 8 <= width - split
        assert width < 530


def test_every_colour_is_one_of_the_theme() -> None:
    assert set(COLORS.values()) <= LIGHT.keys()


def test_a_badge_is_kept_for_an_hour_and_not_sent_again() -> None:
    told = get("runc")
    assert told.headers["cache-control"] == "public, max-age=3600"
    tag = told.headers["etag"].encode()
    assert get("runc", "", (b"if-none-match", tag)).status == 304
    assert get("runc", "show=implements", (b"if-none-match", tag)).status == 200


@pytest.mark.parametrize(
    ("path", "query", "status", "message"),
    [
        ("/badge/runc.svg", "show=stars", 400, "there are: show=status, show=implements"),
        ("/badge/runc.svg", "style=round", 400, "style=flat"),
        ("/badge/runc.png", "", 404, "write /badge/<id>.svg"),
        ("/badge/", "", 404, "write /badge/<id>.svg"),
    ],
)
def test_a_wrong_address_is_told_what_would_be_right(
    path: str, query: str, status: int, message: str
) -> None:
    told = asyncio.run(ask(app(), "GET", path, query=query.encode()))
    assert told.status == status
    assert message in told.json["errors"][0]["message"]


def test_a_former_id_is_the_badge_of_the_one_in_force() -> None:
    assert texts(get("moby")) == ["Docker Engine", "active"]
    assert get("moby").headers["etag"] == get("docker-engine").headers["etag"]
