"""The explorer in a real browser: with script, without it, and by keyboard alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from urllib.request import urlopen

import pytest

from ecograph.service import Service
from tests.browser import Browser
from tests.serving import serving
from tests.world import make_graph, world

MAIN = "document.querySelector('main').innerText"
HEADING = "document.querySelector('h1').innerText.trim()"
READY = "document.querySelector('ecograph-view')?.dataset.state === 'ready'"
HOSTILE = '"><img src=x onerror=window.hacked=1><script>window.hacked=1</script>'


@pytest.fixture
def page(visitor: Browser, explorer: str) -> Iterator[Browser]:
    """The start page, which complained of nothing when a test ends."""
    visitor.open(f"{explorer}/?lang=en")
    yield visitor
    assert visitor.complaints == []


def test_search_offers_names_while_one_types_and_enter_goes_there(page: Browser) -> None:
    page.press("/")
    page.type("容器运行时")
    page.wait_until("document.querySelectorAll('#search-found [role=option]').length")
    page.press("ArrowDown")
    chosen = "document.getElementById('search').getAttribute('aria-activedescendant')"
    assert page.evaluate(chosen) == "search-found-0"
    page.press("Enter")
    page.wait_until("location.pathname === '/e/cri'")
    page.wait_until(f"{HEADING}.startsWith('Container Runtime Interface')")


def test_a_page_gone_to_in_place_leads_everywhere(page: Browser, explorer: str) -> None:
    page.evaluate("window.stayed = true; document.querySelector('main a[href^=\"e/\"]').click()")
    page.wait_until("location.pathname.startsWith('/e/')")
    page.press("/")
    page.type("kuberntes")
    page.wait_until("document.querySelector('#search-found')?.textContent.includes('Kubernetes')")
    page.press("Escape")
    links = "[...document.head.querySelectorAll('link:not([rel=stylesheet])')].map(one => one.href)"
    here = page.evaluate("location.pathname").removeprefix("/e/")
    assert page.evaluate(links) == [
        f"{explorer}/icon.svg",
        f"{explorer}/feed.atom?entity={here}&lang=en",
        f"{explorer}/feed.atom?lang=en",
    ]
    page.evaluate("history.back()")
    page.wait_until("location.pathname === '/'")
    page.wait_until("document.querySelectorAll('link[rel=alternate]').length === 1")
    assert page.evaluate("window.stayed") is True


def test_search_forgives_a_typo(page: Browser) -> None:
    page.press("/")
    page.type("kuberntes")
    page.wait_until("document.querySelector('#search-found')?.textContent.includes('Kubernetes')")
    page.press("Escape")
    assert page.evaluate("document.getElementById('search-found').hidden") is True


def test_an_entity_page_tells_all_of_it_without_script(visitor: Browser, explorer: str) -> None:
    visitor.call("Emulation.setScriptExecutionDisabled", value=True)
    visitor.open(f"{explorer}/e/runc?lang=en")
    text = visitor.evaluate(MAIN)
    for told in ("runc", "About runc.", "implements", "OCI Runtime Specification", "certified",
                 "List of implementations", "used by", "containerd", "2015-06-22"):  # fmt: skip
        assert told in text
    visitor.wait_until("document.querySelector('ecograph-view img').naturalWidth > 100")
    assert visitor.complaints == []


def test_a_name_leads_to_the_page_of_its_id(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/e/runtime-spec?lang=zh")
    assert page.evaluate("location.pathname + location.search") == "/e/oci-runtime-spec?lang=zh"


def test_a_misspelt_address_offers_what_was_meant(visitor: Browser, explorer: str) -> None:
    visitor.open(f"{explorer}/e/contanerd?lang=en")
    assert "Nothing is called “contanerd”" in visitor.evaluate(MAIN)
    assert visitor.evaluate("document.querySelector('.results a').getAttribute('href')") == (
        "../e/containerd?lang=en"
    )


def test_a_path_is_told_step_by_step_and_can_be_turned_round(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/path?from=docker-engine&to=runtime-spec&lang=en")
    steps = page.evaluate("[...document.querySelectorAll('.hops .what')].map(s => s.innerText)")
    assert steps[:3] == [
        "Docker Engine uses containerd", "containerd uses runc",
        "runc implements OCI Runtime Specification",
    ]  # fmt: skip
    page.wait_until(READY)
    page.evaluate("document.querySelector('.links a').click()")
    page.wait_until(f"{HEADING} === 'From OCI Runtime Specification to Docker Engine'")


def test_two_things_are_compared_by_what_they_share(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/compare?a=runc&b=youki&lang=en")
    rows = page.evaluate(
        "[...document.querySelectorAll('table.three tbody tr')].map("
        "row => [...row.children].map(cell => cell.innerText.trim()))"
    )
    assert ["implements", "", "OCI Runtime Specification", ""] in rows
    assert ["used by", "containerd", "", ""] in rows


def test_the_language_is_switched_in_place_and_back(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/e/cri?lang=en")
    page.evaluate("window.same = 1; document.getElementById('language').click()")
    page.wait_until("document.documentElement.lang === 'zh'")
    assert page.evaluate("[window.same, location.search]") == [1, "?lang=zh"]
    assert page.evaluate(HEADING).startswith("容器运行时接口")
    assert page.evaluate("document.activeElement.id") in ("language", "")
    page.evaluate("history.back()")
    page.wait_until("document.documentElement.lang === 'en'")
    assert page.evaluate("[window.same, location.search]") == [1, "?lang=en"]


def test_the_slider_shows_another_day(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/e/kubernetes?lang=en")
    page.wait_until("!document.getElementById('slide').hidden")
    assert "Docker Engine" in page.evaluate(MAIN)
    assert "2014–2022-05-03" in page.evaluate(MAIN)
    page.evaluate(
        "(() => { const slide = document.getElementById('slide'); slide.value = 12 * 13;"
        "slide.dispatchEvent(new Event('input', {bubbles: true}));"
        "slide.dispatchEvent(new Event('change', {bubbles: true})) })()"
    )
    page.wait_until("new URLSearchParams(location.search).get('asof') === '2013-01-31'")
    page.wait_until("document.getElementById('asof')?.value === '2013-01-31'")
    page.wait_until("document.querySelector('.asof a')")


def test_a_category_is_shown_beside_its_tree_and_has_an_address(page: Browser) -> None:
    page.evaluate("document.getElementById('scheme-seed').click()")
    page.wait_until("document.getElementById('branch-networking')")
    page.evaluate("document.getElementById('branch-networking').click()")
    page.wait_until("location.search.includes('category=networking')")
    page.wait_until("document.querySelector('.members')?.innerText.includes('Calico')")
    assert page.evaluate("document.querySelector('.tree [aria-current]').innerText") == (
        "Container networking"
    )


def test_the_embed_line_follows_what_is_set(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/embed-builder?lang=en")
    page.evaluate(
        "(() => { const theme = document.getElementById('theme'); theme.value = 'dark';"
        "theme.dispatchEvent(new Event('change', {bubbles: true})) })()"
    )
    page.wait_until("document.querySelector('pre code').innerText.includes('theme=\"dark\"')")
    line = page.evaluate("document.querySelector('pre code').innerText")
    assert f'<script type="module" src="{explorer}/ecograph-view.js"></script>' in line
    assert f'src="{explorer}/" question="Neighborhood?of=containerd"' in line


def test_all_can_be_reached_by_keyboard(page: Browser) -> None:
    page.wait_until("document.querySelectorAll('ecograph-view[data-state=ready]').length === 2")
    reached = set()
    for _ in range(60):
        page.press("Tab")
        reached.add(
            page.evaluate(
                "(() => { let at = document.activeElement;"
                "while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
                "return at.id || at.className.baseVal || at.closest('a,button')?.innerText"
                " || at.localName })()"
            )
        )
    assert {"search", "spec", "language", "slide", "asof", "scheme-today"} <= reached
    assert {"−", "+", "⤢", "☰", "a"} <= reached


def test_labels_of_the_data_are_never_markup(visitor: Browser) -> None:
    entities = {
        id_: replace(entity, label={"en": HOSTILE, "zh": HOSTILE}, description={"en": HOSTILE})
        for id_, entity in world().entities.items()
    }
    hostile = make_graph(entities.values(), world().statements)
    with serving(Service(hostile)) as address:
        for path in ("/", "/e/runc", "/path?from=docker-engine&to=oci-runtime-spec",
                     "/compare?a=runc&b=crun", "/search?text=img", "/embed-builder",
                     "/e/runc?asof=%22%3E%3Cscript%3E", "/e/%3Cscript%3E"):  # fmt: skip
            visitor.open(address + path)
            visitor.wait_until(
                "[...document.querySelectorAll('ecograph-view')].every(v => v.dataset.state)"
            )
            assert visitor.evaluate("window.hacked ?? 'safe'") == "safe", path
            assert visitor.evaluate("document.querySelectorAll('main script, [onerror]').length"
                                    ) == 0  # fmt: skip
    faults = [one for one in visitor.complaints if "404" not in one and "400" not in one]
    assert faults == []


def test_the_first_view_is_under_100_kilobytes(page: Browser, explorer: str) -> None:
    page.wait_until(READY)
    urls = {url for url in page.requests if url.startswith(explorer)}
    sizes = {url: len(gzip.compress(urlopen(url).read())) for url in urls if "graphql" not in url}
    assert sum(sizes.values()) < 100_000, sizes


def test_paper_has_no_navigation(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/e/runc?lang=en")
    page.call("Emulation.setEmulatedMedia", media="print")
    shown = "document.querySelector('{}').checkVisibility()"
    assert page.evaluate(shown.format("header nav")) is False
    assert page.evaluate(shown.format(".asof")) is False
    assert page.evaluate(shown.format(".groups")) is True
    page.call("Emulation.setEmulatedMedia", media="")
