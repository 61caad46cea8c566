"""/feed.atom: valid by RFC 4287, with ids that stay; read by a reader of feeds and by its rules."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.asgi import Answer, ask
from tests.world import entity, make_graph, says, world

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOST = (b"host", b"example.org")


@cache
def app() -> App:
    return make_app(Service(world()))


def get(query: str = "", *headers: tuple[bytes, bytes], of: App | None = None) -> Answer:
    return asyncio.run(
        ask(of or app(), "GET", "/feed.atom", query=query.encode(), headers=(HOST, *headers))
    )


def entries(query: str) -> list[str]:
    return [entry.id for entry in feedparser.parse(get(query).body).entries]


@pytest.mark.parametrize("query", ["", "lang=zh", "category=support", "entity=k8s", "kinds=ENDED"])
def test_a_feed_holds_what_the_rules_ask_for(query: str) -> None:
    answer = get(query)
    assert (answer.status, answer.headers["content-type"]) == (
        200, "application/atom+xml; charset=utf-8",
    )  # fmt: skip
    feed = ElementTree.fromstring(answer.body)
    assert feed.tag == f"{ATOM}feed"
    ids = [feed.findtext(f"{ATOM}id")]
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        # 4.1.1 and 4.1.2: exactly one id, title and updated; an author in the feed will do.
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert part.findtext(f"{ATOM}title")
        assert MOMENT.fullmatch(part.findtext(f"{ATOM}updated") or "")
        links = [(e.get("rel"), e.get("type")) for e in part.findall(f"{ATOM}link")]
        assert links.count(("alternate", "text/html")) == 1
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids += [e.findtext(f"{ATOM}id") for e in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 1
    assert all((one or "").startswith("urn:ecograph:change") for one in ids)
    read = feedparser.parse(answer.body)
    assert not read.bozo
    assert len(read.entries) == len(ids) - 1


def test_an_entry_says_what_when_and_who_says_so() -> None:
    one = feedparser.parse(get("entity=railcar").body).entries[0]
    assert one.id == "urn:ecograph:change:railcar~implements~oci-runtime-spec~ended"
    assert one.title == "No longer: railcar implements OCI Runtime Specification"
    assert one.updated == "2021-03-01T00:00:00Z"
    assert one.link == "http://example.org/e/railcar?lang=en"
    assert one.summary == "2021-03. Sources: List of implementations (about railcar)."
    assert [link.href for link in one.links if link.rel == "via"] == ["https://example.org/list"]
    assert [tag.term for tag in one.tags] == ["IMPLEMENTS"]


def test_a_feed_is_in_chinese_if_asked() -> None:
    feed = feedparser.parse(get(f"category={quote('监管')}&lang=zh").body)
    assert feed.feed.title == "监控：变化 · ecograph"
    assert feed.feed.language == "zh"
    assert [(one.id, one.title) for one in feed.entries] == [
        ("urn:ecograph:change:heapster~archived~2018-11-29:zh", "Heapster：被归档")
    ]
    assert feed.entries[0].summary == "2018-11-29。来源：Documentation (archived)。"


def test_names_of_one_thing_are_one_feed() -> None:
    by_id, by_name = get("entity=kubernetes"), get("entity=k8s")
    assert by_id.body == by_name.body
    self = [link for link in feedparser.parse(by_id.body).feed.links if link.rel == "self"]
    assert self[0].href == "http://example.org/feed.atom?entity=kubernetes&lang=en"


def test_events_and_kinds_narrow_it() -> None:
    assert entries("events=graduated&events=ended") == [
        "urn:ecograph:change:rkt~ended~2020-02-24",
        "urn:ecograph:change:containerd~graduated~2019-02-28",
        "urn:ecograph:change:kubernetes~graduated~2018-03-06",
    ]
    assert entries("kinds=ENDED&entity=railcar") == [
        "urn:ecograph:change:railcar~implements~oci-runtime-spec~ended"
    ]


def test_who_has_it_is_told_so_until_the_dataset_changes() -> None:
    first = get()
    again = get("", (b"if-none-match", first.headers["etag"].encode()))
    assert (again.status, again.body) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"
    other = make_app(Service(make_graph([entity("a", "Tool", "a", "a")], [], version="f" * 16)))
    told = get("", (b"if-none-match", first.headers["etag"].encode()), of=other)
    assert told.status == 200
    assert feedparser.parse(told.body).entries == []


def test_what_is_written_in_the_data_is_text_in_the_feed() -> None:
    tools = [entity("a", "Tool", '<b>&"a', "a"), entity("b", "Tool", "b", "b")]
    of = make_app(Service(make_graph(tools, [says("a uses b", since="2020")])))
    answer = get(of=of)
    root = ElementTree.fromstring(answer.body)
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == '<b>&"a uses b'


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("entity=rkkt", 404,
         "'rkkt' in argument 'entity' names no entity; did you mean: rkt (Tool)?"),
        ("category=runc", 404, "'runc' in argument 'category'"),
        ("x=1", 400, "a feed takes no 'x'; it takes: lang, category, entity, kinds, events"),
        ("lang=de", 400, "lang is en or zh, not 'de'"),
        ("events=nope", 400, "Value 'NOPE' does not exist in 'EventKind' enum"),
    ],
)  # fmt: skip
def test_a_feed_that_there_is_not_says_why(query: str, status: int, message: str) -> None:
    answer = get(query)
    assert answer.status == status
    assert message in answer.json["errors"][0]["message"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("/", ["feed.atom?lang=en"]),
        ("/e/runc", ["../feed.atom?lang=en", "../feed.atom?entity=runc&lang=en"]),
        ("/e/support", ["../feed.atom?lang=en", "../feed.atom?category=support&lang=en"]),
    ],
)
def test_pages_link_to_their_feeds(page: str, feeds: list[str]) -> None:
    body = asyncio.run(ask(app(), "GET", page, headers=(HOST,))).body.decode()
    found = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', body)
    assert sorted(link.replace("&amp;", "&") for link in found) == sorted(feeds)
