"""The pages as served: what they hold, what they load, and how they are kept by browsers."""

from __future__ import annotations

import asyncio
import json
import re
import struct
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from ecograph.api.operations import read_operations
from ecograph.api.schema import print_sdl
from ecograph.service import Service
from ecograph.settings import Settings, bundled
from ecograph.web.gaps import gap_routes
from ecograph.web.html import STATIC
from ecograph.web.http import BadRequest, Handler, Reply, Request
from ecograph.web.lanes import Lanes
from ecograph.web.pages import page_routes
from tests.places import PAGES
from tests.world import entity, make_graph, says, without, world

IDE = STATIC / "ide"
VENDORED = re.compile(
    r"^\| (\S+) \| \S+ \| \S+ \| \S+ \| (MIT|OFL-1\.1) \| ([0-9a-f]{64}) \|$", re.M
)
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@cache
def routes() -> dict[str, Handler]:
    operations, lanes = read_operations(bundled("queries")), Lanes()
    return {**page_routes(operations, lanes), **gap_routes(Settings(), operations, lanes)}


@cache
def service() -> Service:
    return Service(world())


def get(
    path: str, method: str = "GET", among: Any = None, of: Service | None = None, **headers: str
) -> Reply:
    sent = [{"type": "http.request"}]

    async def receive() -> dict[str, Any]:
        if not sent:
            await asyncio.Event().wait()
        return sent.pop()

    place, _, query = path.partition("?")
    scope = {
        "method": method,
        "path": unquote(place),
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }

    async def ask() -> Reply:
        route = place
        while route not in routes():
            route = route[: route.rstrip("/").rfind("/") + 1]
        return await (among or routes())[route](Request(scope, receive, lambda: of or service()))

    return asyncio.run(ask())


def header(reply: Reply, name: str) -> str:
    return dict(reply.headers)[name.encode()].decode()


def page(path: str) -> str:
    return get(path).body.decode()


class Page(HTMLParser):
    """What a page loads, links to, and carries as data; where inline script or style stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.data: dict[str, Any] = {}
        self.operations: list[str] = []
        self.told: dict[str, str] = {}
        self._script: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (attribute := LOADING.get(tag)) in given:
            self.loads.append(given[attribute or ""] or "")
        if tag == "meta" and given.get("property"):
            self.told[given["property"] or ""] = given["content"] or ""
        if tag == "a":
            self.links.append(given["href"] or "")
        if given.get("data-operation"):
            self.operations.append(given["data-operation"] or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "style" or any(n == "style" or n.startswith("on") for n in given):
            self.inline.append(f"<{tag}>")
        if tag == "script" and "src" not in given:
            self._script = given

    def handle_data(self, data: str) -> None:
        if self._script is None:
            return
        if self._script.get("type") == "application/json":
            self.data[self._script["id"] or ""] = json.loads(data)
        else:
            self.inline.append("<script>")
        self._script = None


@pytest.mark.parametrize("path", [*PAGES, "/graphiql"])
def test_a_page_loads_only_files_that_this_server_has(path: str) -> None:
    found = Page(page(path))
    assert len(found.loads) >= 3
    loaded = {urlsplit(urljoin(path, url)).path for url in found.loads}
    assert [url for url in loaded if url not in routes() and not url.startswith("/q/")] == []


@pytest.mark.parametrize("path", [*PAGES, "/graphiql"])
def test_a_page_has_no_script_and_no_style_in_itself(path: str) -> None:
    assert Page(page(path)).inline == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_stands_for_it_where_it_is_linked_to(path: str) -> None:
    found = Page(get(path, host="graph.example:8000").body.decode())
    assert found.told["og:title"]
    assert found.told["og:image"] == "http://graph.example:8000/card.png"
    assert (found.told["og:image:width"], found.told["og:image:height"]) == ("1200", "630")


def test_the_image_of_the_pages_is_what_they_say() -> None:
    reply = get("/card.png")
    assert reply.media_type == "image/png"
    # A PNG says its width and height behind its signature.
    assert reply.body[:16] == b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    assert struct.unpack(">II", reply.body[16:24]) == (1200, 630)
    assert len(reply.body) < 200_000


@pytest.mark.parametrize("path", [*PAGES, "/graphiql"])
def test_links_within_the_server_lead_somewhere(path: str) -> None:
    found = Page(page(path))
    ours = [url for url in found.links if not url.startswith("https://")]
    assert len(ours) > 5
    for url in ours:
        there = urlsplit(urljoin(path, url))
        if url.startswith("#"):
            assert there.fragment in found.ids, url
            continue
        assert there.path in routes() or there.path.startswith("/e/"), url
        # A page that says that there is no such thing links to itself in the other language.
        if there.path.startswith("/e/") and there.path != urlsplit(path).path:
            assert get(there.path).status == 200, url


@pytest.mark.parametrize(
    "name", ["pages.css", "ide.css", "ecograph-view.js", "explorer.js", "ide.js", "icon.svg"]
)
def test_our_own_files_name_no_address(name: str) -> None:
    text = page(f"/{name}").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?:|//\w+\.", text) == []


def test_each_page_has_its_own_policy() -> None:
    start, ide = (header(get(path), "content-security-policy") for path in ("/", "/graphiql"))
    assert start == (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; "
        "style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
    )
    assert ide == (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; form-action 'none'"
    )


def test_unsafe_styles_are_allowed_in_the_ide_alone() -> None:
    policies = {path: header(get(path), "content-security-policy") for path in routes()}
    assert [path for path, policy in policies.items() if "unsafe" in policy] == ["/graphiql"]


@pytest.mark.parametrize(
    ("path", "languages"), [("/", ["en"]), ("/?lang=zh", ["zh"]), ("/graphiql", ["en", "zh"])]
)
def test_every_named_operation_is_listed_in_both_languages(path: str, languages: list[str]) -> None:
    operations = read_operations(bundled("queries"))
    text = page(path)
    assert Page(text).operations == list(operations)
    for operation in operations.values():
        assert [lang for lang in languages if operation.question[lang] not in text] == []


def test_the_ide_carries_query_and_variables_of_each_operation() -> None:
    carried = Page(page("/graphiql")).data["operations"]
    for name, operation in read_operations(bundled("queries")).items():
        assert carried[name]["variables"] == operation.variables
        assert f"query {name}" in carried[name]["query"]
        assert "# variables:" not in carried[name]["query"]


def test_the_first_answer_is_in_the_page() -> None:
    text = page("/")
    [rows] = re.findall(r'<tbody id="answer">\n(.*?)\n</tbody>', text, re.DOTALL)
    assert rows.count("<tr>") == 3
    for part in ('<a href="e/runc">runc</a>', "<td>2015-07</td>", "<td>certified</td>",
                 '<a href="https://example.org/list" rel="noreferrer">List of implementations</a>',
                 "<small>about runc</small>"):  # fmt: skip
        assert part in rows
    assert 'implement <em id="asked">OCI Runtime Specification</em>?' in text
    assert '实现了 <em id="asked">OCI 运行时规范</em>？' in page("/?lang=zh")
    assert "<td>认证</td>" in page("/?lang=zh")


def test_the_language_is_that_of_the_address_or_of_the_reader() -> None:
    def lang(path: str, reader: str) -> str:
        [told] = re.findall(r'<html lang="(\w+)">', get(path, accept_language=reader).body.decode())
        return str(told)

    assert lang("/", "zh-CN,zh;q=0.9,en;q=0.8") == "zh"
    assert lang("/", "de-DE,en;q=0.5") == "en"
    assert lang("/?lang=en", "zh-CN") == "en"
    assert lang("/?lang=zh", "en") == "zh"
    assert header(get("/"), "vary") == "accept-encoding, accept-language"


def test_a_page_says_what_is_wrong_with_its_address() -> None:
    for path, status, told in (
        ("/e/nothing-such-thing", 404, "Nothing is called “nothing-such-thing”."),
        ("/e/runc?asof=yesterday", 400, "asof: &#39;yesterday&#39; is no day; write it as"),
        ("/path?from=dokcer&to=cri", 200, "Nothing is called <strong>dokcer</strong>."),
    ):
        reply = get(path)
        assert reply.status == status, path
        assert told in reply.body.decode()


def test_a_former_name_leads_on_to_the_id() -> None:
    reply = get("/e/opencontainers-runc")
    assert (reply.status, header(reply, "location")) == (301, "runc")


def test_a_dataset_without_the_first_specification_still_has_its_page() -> None:
    small = Service(without(world(), "oci-runtime-spec"))
    text = get("/", among=routes(), of=small).body.decode()
    assert "Nothing is called OCI runtime spec." in text
    assert '<tbody id="answer">\n</tbody>' in text


def test_names_from_the_data_are_text_and_never_markup() -> None:

    entities = dict(world().entities)
    entities["runc"] = replace(
        entities["runc"], label={"en": "</script><script>alert(1)</script>", "zh": "<b>"}
    )
    hostile = Service(make_graph(entities.values(), world().statements))
    text = get("/", among=routes(), of=hostile).body.decode()
    assert "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert Page(text).inline == []


def test_two_things_with_much_said_of_them_are_compared_by_all_of_it() -> None:
    tools = [f"tool-{number:03}" for number in range(130)]
    entities = [*world().entities.values(), *(entity(id_, "Tool", id_, id_) for id_ in tools)]
    used = [says(f"{id_} uses {of}") for id_ in tools for of in ("runc", "crun")]
    much = Service(make_graph(entities, [*world().statements, *used]))
    text = get("/compare?a=runc&b=crun&lang=en", among=routes(), of=much).body.decode()
    [row] = re.findall(r'<th scope="row">used by</th>(.*?)</tr>', text, re.DOTALL)
    only_a, both, only_b = row.split("<td>")[1:]
    assert [cell.count("<li>") for cell in (only_a, both, only_b)] == [1, 130, 0]


def test_what_is_denied_of_one_is_not_shared_with_the_other() -> None:
    text = page("/compare?a=docker-engine&b=containerd&lang=en")
    [row] = re.findall(r'<th scope="row">implements</th>(.*?)</tr>', text, re.DOTALL)
    only_a, both, only_b = (
        re.findall(r"<li>\s*<a [^>]*>([^<]*)</a>(.*?)</li>", cell) for cell in row.split("<td>")[1:]
    )
    assert only_a == [("Container Runtime Interface", ' <strong class="flag">denied</strong>')]
    assert both == []
    assert ("Container Runtime Interface", "") in only_b


def test_pages_follow_the_dataset() -> None:
    pages = routes()
    before = get("/", among=pages)
    after = get("/", among=pages, of=Service(without(world(), "youki")))
    assert b"30 statements" in before.body
    assert b"29 statements" in after.body
    assert header(before, "etag") != header(after, "etag")


def test_the_schema_and_the_documents_are_served_as_text() -> None:
    schema, document = get("/schema.graphql"), get("/docs/data-format.md")
    assert schema.body.decode() == print_sdl(world().ontology)
    assert document.body == (bundled("docs") / "data-format.md").read_bytes()
    assert schema.media_type == document.media_type == "text/plain; charset=utf-8"
    assert '<a href="docs/data-format.md" ' in page("/")


def test_the_data_licence_is_named_and_linked() -> None:
    link = '<a rel="license" href="https://spdx.org/licenses/CC-BY-4.0.html">CC-BY-4.0</a>'
    assert page("/").count(link) == 1


def test_a_file_that_is_known_is_not_sent_again() -> None:
    first = get("/pages.css")
    tag = header(first, "etag")
    assert re.fullmatch(r'W/"[0-9a-f]{20}"', tag)
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = get("/pages.css", if_none_match=known)
        assert (again.status, again.body, header(again, "etag")) == (304, b"", tag)
    assert get("/pages.css", if_none_match='"other"').status == 200


def test_only_what_has_a_version_in_its_name_is_kept_unasked() -> None:
    cached = {path: header(get(path), "cache-control") for path in routes()}
    assert sorted(path for path, cache in cached.items() if "no-" not in cache) == [
        "/ide/graphiql-4.1.2.LICENSE",
        "/ide/graphiql-4.1.2.min.css",
        "/ide/graphiql-4.1.2.min.js",
        "/ide/react-18.3.1.LICENSE",
        "/ide/react-18.3.1.min.js",
        "/ide/react-dom-18.3.1.LICENSE",
        "/ide/react-dom-18.3.1.min.js",
    ]
    assert cached["/ide/react-18.3.1.min.js"] == "public, max-age=31536000, immutable"


def test_pages_are_for_reading() -> None:
    with pytest.raises(BadRequest) as caught:
        get("/", method="POST")
    assert (caught.value.status, caught.value.headers) == (405, ((b"allow", b"GET, HEAD"),))


def test_the_vendored_files_are_those_of_the_list() -> None:
    listed = {
        name: digest for name, _, digest in VENDORED.findall((IDE / "vendored.md").read_text())
    }
    held = {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in IDE.iterdir()
        if path.name != "vendored.md"
    }
    assert held == listed
    assert len(held) == 8


def test_no_source_map_is_vendored_and_every_package_has_its_licence() -> None:
    names = {path.name for path in Path(IDE).iterdir()}
    assert not any(name.endswith(".map") for name in names)
    scripts = {name.removesuffix(".min.js") for name in names if name.endswith(".min.js")}
    assert scripts == {"graphiql-4.1.2", "react-18.3.1", "react-dom-18.3.1"}
    assert {f"{script}.LICENSE" for script in scripts} <= names
