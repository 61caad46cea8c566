"""Pictures over HTTP: their addresses, how long they are kept, who may frame them."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.drawing import OPERATIONS, hostile_world, labels, read
from tests.named import larger_world
from tests.test_view_compose import UNDRAWN
from tests.test_web_named import Reply, call

VERSION = "0123456789abcdef"
PATH = "from=docker-engine&to=oci-runtime-spec"
TEXT = (Path(__file__).parent.parent / "docs" / "pictures.md").read_text("utf-8")


@cache
def app() -> App:
    return make_app(Service(larger_world()))


def get(path: str, method: str = "GET", of: App | None = None, **headers: str) -> Reply:
    given = {"host": "graph.example:8000", **headers}
    return call(path, method, b"", of=of or app(), **given)


class Page(HTMLParser):
    """The tags of a page with their attributes, and its styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.styles: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "style" and data.strip():
            self.styles.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def hash_of(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


# Forms


@pytest.mark.parametrize(
    ("form", "media", "begins"),
    [
        ("svg", "image/svg+xml; charset=utf-8", "<svg "),
        ("mmd", "text/vnd.mermaid; charset=utf-8", "%% "),
        ("dot", "text/vnd.graphviz; charset=utf-8", "// "),
    ],
)
def test_a_form_is_an_ending(form: str, media: str, begins: str) -> None:
    reply = get(f"/q/Path.{form}?{PATH}")
    assert (reply.status, reply.headers["content-type"]) == (200, media)
    assert reply.text.startswith(begins)
    assert get(f"/q/path.{form.upper()}?{PATH}").body == reply.body


@pytest.mark.parametrize("name", sorted(UNDRAWN))
def test_what_draws_nothing_says_so_and_what_there_is(name: str) -> None:
    for address in (f"/q/{name}.svg", f"/q/{name}.mmd", f"/embed/{name}"):
        reply = get(address)
        assert reply.status == 404
        assert reply.error == (
            "NO_PICTURE",
            f"{name} gives nothing that can be drawn; there are: .json, .csv, .md",
        )


def test_the_language_and_the_theme_are_parameters() -> None:
    chinese = get(f"/q/Path.svg?{PATH}&lang=zh").text
    assert "从 Docker 引擎 到 OCI 运行时规范" in labels(read(chinese))
    assert 'fill="#0d1117"' in get(f"/q/Path.svg?{PATH}&theme=dark").text


def test_focus_marks_a_thing_by_a_former_id_too() -> None:
    by_id = get("/q/Neighborhood.svg?of=containerd&focus=docker-engine")
    former = get("/q/Neighborhood.svg?of=containerd&focus=moby")
    assert by_id.body == former.body != get("/q/Neighborhood.svg?of=containerd").body


def test_former_ids_keep_working() -> None:
    now, then = (get(f"/q/Neighborhood.svg?of={id_}").text for id_ in ("docker-engine", "moby"))
    assert labels(read(now)) == labels(read(then))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("theme=pink", "theme: 'pink' is none of auto, light, dark"),
        ("lang=fr", "lang: 'fr' is none of en, zh"),
        ("width=10", "width: '10' is not 280 to 1600, in pixels"),
        ("width=9999999999", "width: '9999999999' is not 280 to 1600, in pixels"),
        ("height=3", "height: '3' is none of auto"),
        ("focus=nix", "focus: no entity has the id 'nix'; /q/Search finds ids by names"),
        ("theme=dark&theme=light", "theme is given more than once"),
        (
            "colour=red",
            "unknown variable 'colour'; there are: from, to; "
            "beside variables: asOf, v, lang, theme, focus, width",
        ),
    ],
)
def test_a_parameter_that_is_wrong_is_told_what_would_be_right(query: str, message: str) -> None:
    code, told = get(f"/q/Path.svg?{PATH}&{query}").error
    assert code == "BAD_VARIABLES"
    example = "from=docker-engine&to=oci-runtime-spec"
    assert told == f"{message}; for example /q/Path.svg?{example}"


def test_how_a_picture_is_drawn_is_no_matter_of_tables() -> None:
    assert get(f"/q/Path.json?{PATH}&theme=dark").status == 400


def test_a_name_that_is_unknown_is_told_as_for_every_form() -> None:
    reply = get("/q/Neighborhood.svg?of=containrd")
    assert (reply.status, reply.error[0]) == (404, "UNKNOWN_NAME")


def test_any_question_may_be_asked_as_of_a_day() -> None:
    then = get("/q/Neighborhood.json?of=kubernetes&asOf=2016-01-01").json
    now = get("/q/Neighborhood.json?of=kubernetes").json
    assert [s["id"] for s in then["data"]["neighborhood"]["statements"]] == [
        "kubernetes~uses~cri", "kubernetes~uses~docker-engine",
    ]  # fmt: skip
    assert [s["id"] for s in now["data"]["neighborhood"]["statements"]] == ["kubernetes~uses~cri"]
    drawn = labels(read(get("/q/Neighborhood.svg?of=kubernetes&asOf=2016-01-01").text))
    assert "Dataset 0123456789abcdef, as of 2016-01-01, CC-BY-4.0" in drawn
    assert get("/q/Dataset.json?asOf=2016-01-01").status == 400


# Links


def test_things_link_to_their_pages_on_the_server_that_was_asked() -> None:
    assert 'href="http://graph.example:8000/e/runc"' in get(f"/q/Path.svg?{PATH}").text
    zh = get(f"/q/Path.svg?{PATH}&lang=zh", x_forwarded_proto="https").text
    assert 'href="https://graph.example:8000/e/runc?lang=zh"' in zh


@pytest.mark.parametrize("host", ['x"><script>', "a b", "a/b", "x" * 300, "http://x"])
def test_a_host_that_is_none_gives_no_links(host: str) -> None:
    text = get(f"/q/Path.svg?{PATH}", host=host).text
    assert "/e/runc" not in text
    assert "<script" not in text


# Caching


def test_a_picture_has_a_tag_of_what_it_is_made_of() -> None:
    reply = get(f"/q/Path.svg?{PATH}")
    again = get(f"/q/Path.svg?{PATH}", if_none_match=reply.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    tags = {
        get(f"/q/Path.{form}?{PATH}{more}").headers["etag"]
        for form, more in [("svg", ""), ("mmd", ""), ("svg", "&lang=zh"), ("svg", "&theme=dark"),
                           ("svg", "&width=500"), ("svg", "&focus=runc")]
    }  # fmt: skip
    assert len(tags) == 6


@pytest.mark.parametrize("form", ["svg", "mmd", "dot", "json", "csv", "md"])
def test_an_address_with_the_dataset_version_is_kept_for_ever(form: str) -> None:
    plain = get(f"/q/Path.{form}?{PATH}")
    pinned = get(f"/q/Path.{form}?{PATH}&v={VERSION}")
    assert pinned.body == plain.body
    assert pinned.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "max-age=60" in plain.headers["cache-control"]


def test_an_address_with_another_version_leads_to_the_present_one() -> None:
    reply = get(f"/q/Path.svg?{PATH}&v=fedcba9876543210&lang=zh")
    assert (reply.status, reply.headers["location"]) == (302, f"Path.svg?{PATH}&lang=zh")
    assert reply.headers["cache-control"] == "no-store"
    framed = get(f"/embed/Path?{PATH}&v=1")
    assert framed.headers["location"] == f"Path?{PATH}"


# Frames


def test_the_page_to_embed_is_the_only_one_that_may_be_framed() -> None:
    policy = get(f"/embed/Path?{PATH}").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors * file:")
    for address in (f"/q/Path.svg?{PATH}", f"/q/Path.json?{PATH}", f"/q/Path.mmd?{PATH}"):
        policy = get(address).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/embed/Neighborhood?of=runcc", 404, "did you mean: runc (Tool)"),
        ("/embed/Path?from=runc", 400, "missing: to (String!); for example"),
        ("/embed/Nothing", 404, "unknown operation &#x27;Nothing&#x27;"),
        ("/embed/Dataset", 404, "Dataset gives nothing that can be drawn"),
    ],
)
def test_a_frame_without_a_picture_says_why_as_a_page(
    address: str, status: int, message: str
) -> None:
    sign = "&" if "?" in address else "?"
    reply = get(f"{address}{sign}lang=zh&theme=dark&height=auto", accept="text/html")
    assert (reply.status, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert reply.headers["cache-control"] == "no-store"
    page = Page(reply.text)
    [style] = page.styles
    policy = reply.headers["content-security-policy"]
    assert hash_of(style) in policy
    assert policy.endswith("frame-ancestors * file:")
    assert "color-scheme:dark" in style
    assert '<html lang="zh-Hans">' in reply.text
    assert message in reply.text
    assert [one["src"] for one in page.all("script")] == ["http://graph.example:8000/embed.js"]
    assert get(address).json["errors"]


def test_a_fault_in_a_frame_is_no_markup() -> None:
    hostile = quote("<script>alert(1)</script>")
    for address in (f"/embed/Neighborhood?of={hostile}", f"/embed/{hostile}"):
        page = Page(get(address, accept="text/html,*/*;q=0.8").text)
        assert not page.all("script")


def test_who_follows_a_link_of_a_picture_is_not_told_of() -> None:
    for address in (f"/q/Path.svg?{PATH}", f"/embed/Path?{PATH}", f"/q/Path.mmd?{PATH}"):
        assert get(address).headers["referrer-policy"] == "no-referrer"


def test_the_policies_allow_the_styles_by_their_hashes_and_nothing_inline() -> None:
    page = get(f"/embed/Path?{PATH}&height=auto")
    policy = page.headers["content-security-policy"]
    parsed = Page(page.text)
    assert len(parsed.styles) == 2
    assert all(hash_of(style) in policy for style in parsed.styles)
    assert "unsafe" not in policy
    assert not [a for _, attributes in parsed.tags for a in attributes if a.startswith("on")]
    assert not [a for _, attributes in parsed.tags for a in attributes if a == "style"]
    svg = get(f"/q/Path.svg?{PATH}")
    style = read(svg.text).findtext("{http://www.w3.org/2000/svg}style") or ""
    assert hash_of(style) in svg.headers["content-security-policy"]


def test_the_page_has_the_picture_and_the_same_as_a_list() -> None:
    text = get(f"/embed/Path?{PATH}").text
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="eg ' in text
    assert "<li>runc implements OCI Runtime Specification (2015-07 · certified)" in text
    assert f'href="http://graph.example:8000/q/Path.csv?{PATH.replace("&", "&amp;")}"' in text
    assert '<html lang="zh-Hans">' in get(f"/embed/Path?{PATH}&lang=zh").text


def test_a_page_loads_no_script_unless_it_tells_its_height() -> None:
    assert Page(get(f"/embed/Path?{PATH}").text).all("script") == []
    [script] = Page(get(f"/embed/Path?{PATH}&height=auto").text).all("script")
    assert script["src"] == "http://graph.example:8000/embed.js"
    for name in ("embed.js", "frames.js"):
        assert get(f"/{name}").headers["content-type"] == "text/javascript; charset=utf-8"


def test_links_of_a_framed_page_open_beside_it() -> None:
    links = Page(get(f"/embed/Path?{PATH}").text).all("a")
    assert links
    assert all(link["target"] == "_blank" for link in links)


def test_hostile_labels_are_no_markup_of_the_page() -> None:
    hostile = make_app(Service(hostile_world()))
    for address in ("/embed/Implementers?spec=spec", "/embed/CategoryTree?name=top"):
        parsed = Page(get(f"{address}&height=auto", of=hostile).text)
        assert len(parsed.all("script")) == 1
        assert not parsed.all("img")
        assert not [a for _, attributes in parsed.tags for a in attributes if a.startswith("on")]


def test_pages_say_what_they_are_to_those_who_link_to_them() -> None:
    page = Page(get(f"/embed/Path?{PATH}").text)
    told = {m.get("property"): m.get("content") for m in page.all("meta")}
    assert told["og:title"] == "From Docker Engine to OCI Runtime Specification"
    assert told["og:url"] == f"http://graph.example:8000/embed/Path?{PATH}"
    assert told["og:image"] == "http://graph.example:8000/card.png"
    [link] = page.all("link")
    assert link["type"] == "application/json+oembed"


# oEmbed


def oembed(url: str, more: str = "") -> Reply:
    return get(f"/oembed?url={quote(url, safe='')}{more}")


def test_the_discovered_address_gives_a_frame() -> None:
    [link] = Page(get(f"/embed/Path?{PATH}").text).all("link")
    address = (link["href"] or "").removeprefix("http://graph.example:8000")
    told = get(address).json
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert told["title"] == "From Docker Engine to OCI Runtime Specification"
    [frame] = Page(told["html"]).all("iframe")
    assert frame["src"] == f"http://graph.example:8000/embed/Path?{PATH}"
    assert (frame["width"], frame["height"]) == (str(told["width"]), str(told["height"]))
    assert get((frame["src"] or "").removeprefix("http://graph.example:8000")).status == 200


def test_a_frame_is_no_wider_and_no_higher_than_its_consumer_wants() -> None:
    url = f"http://graph.example:8000/q/Path.svg?{PATH}"
    told = oembed(url, "&maxwidth=400&maxheight=300").json
    assert (told["width"], told["height"]) == (400, 300)
    assert "width=400" in unescape(told["html"])


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://elsewhere.example/embed/Path", 404),
        ("http://graph.example:8000/e/runc", 404),
        ("http://graph.example:8000/embed/Nothing", 404),
        ("http://graph.example:8000/embed/Dataset", 404),
        ("http://graph.example:8000/embed/Path", 400),
        ("javascript:alert(1)", 404),
        ("http://[", 404),
        ("", 404),
    ],
)
def test_other_addresses_are_refused(url: str, status: int) -> None:
    assert oembed(url).status == status


def test_the_form_of_oembed_is_json() -> None:
    assert oembed(f"http://graph.example:8000/embed/Path?{PATH}", "&format=xml").status == 501


# The document

ADDRESSES = re.findall(r"https://graph\.example(/(?:q|embed|oembed)[^\s\"'`)>]*)", TEXT)


@pytest.mark.parametrize("address", sorted(set(ADDRESSES)))
def test_every_address_of_the_document_is_answered(address: str) -> None:
    reply = call(unescape(address), of=shipped(), host="graph.example", x_forwarded_proto="https")
    assert reply.status in (200, 302), reply.text


@cache
def shipped() -> App:
    from ecograph.service import open_service

    return make_app(open_service())


def test_the_document_shows_every_way_to_embed_and_every_parameter() -> None:
    for word in ("<img", "<iframe", "<svg", "frames.js", "oEmbed", "ecograph render"):
        assert word in TEXT, word
    for parameter in ("lang", "theme", "width", "focus", "height", "asOf", "v"):
        assert f"| `{parameter}` |" in TEXT, parameter
    for name in UNDRAWN:
        assert f"`{name}`" in TEXT, name
    assert len(OPERATIONS) > len(UNDRAWN)
