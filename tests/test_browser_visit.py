"""Long ways through the explorer: each step leaves the reader where he would look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import Browser

SETTLED = (
    "!document.documentElement.hasAttribute('data-busy') && document.readyState === 'complete' &&"
    "[...document.querySelectorAll('ecograph-view')].every(view => view.dataset.state)"
)
FOCUS = "document.activeElement.id || document.activeElement.localName"


@pytest.fixture
def page(visitor: Browser, explorer: str) -> Iterator[Browser]:
    """An entity's page, read in place to its end; nothing was complained of when a test ends."""
    visitor.resize(1000, 600)
    visitor.open(f"{explorer}/e/runc?lang=en")
    visitor.wait_until(SETTLED)
    visitor.evaluate("window.stayed = true")
    yield visitor
    assert visitor.complaints == []


def go_to(page: Browser, address: str) -> None:
    """Follow a link of the page, whose address is set for it."""
    page.evaluate(
        "(() => { const link = document.querySelector('main a[href]');"
        f"link.href = {address!r}; link.click() }})()"
    )
    page.wait_until(f"location.href.endsWith({address!r})")
    page.wait_until(SETTLED)


def scroll_to(page: Browser, top: int) -> None:
    """Scroll as far, and let it be written down."""
    page.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
    page.wait_until(f"scrollY === {top} && history.state?.top === {top}")


def test_back_forward_and_reload_come_to_where_one_was(page: Browser, explorer: str) -> None:
    scroll_to(page, 500)
    go_to(page, "/e/containerd?lang=en")
    assert page.evaluate("[scrollY, document.activeElement.id]") == [0, "main"]
    scroll_to(page, 400)
    page.evaluate("history.back()")
    page.wait_until("location.pathname === '/e/runc' && scrollY === 500")
    page.wait_until(SETTLED)
    page.evaluate("history.forward()")
    page.wait_until("location.pathname === '/e/containerd'")
    page.wait_until(SETTLED)
    page.wait_until("scrollY === 400")
    page.evaluate("window.left = true")
    page.call("Page.reload")
    page.wait_until("!window.left")
    page.wait_until(SETTLED)
    page.wait_until("scrollY === 400")
    page.open(f"{explorer}/graphiql")
    page.evaluate("history.back()")
    page.wait_until("location.pathname === '/e/containerd' && scrollY === 400")


def test_a_part_of_a_page_is_at_the_top_and_has_the_focus(page: Browser) -> None:
    top = "Math.round(document.getElementById('relations').getBoundingClientRect().top)"
    page.resize(1000, 300)
    go_to(page, "/e/containerd?lang=en#relations")
    assert page.evaluate(FOCUS) == "relations"
    page.wait_until(f"{top} === 0")
    assert page.evaluate("window.stayed") is True


def test_a_part_of_this_page_is_gone_to_without_a_question(page: Browser) -> None:
    before = list(page.requests)
    page.press("Tab")
    page.press("Enter")
    page.wait_until("location.hash === '#main'")
    page.wait_until("document.activeElement.id === 'main'")
    page.evaluate("history.back()")
    page.wait_until("location.hash === ''")
    page.wait_until(SETTLED)
    assert [url for url in page.requests if "/e/" in url] == [u for u in before if "/e/" in u]


def test_what_stands_below_a_picture_stays_where_it_is(page: Browser, explorer: str) -> None:
    page.open(f"{explorer}/?lang=en&scheme=seed")
    page.wait_until(SETTLED)
    place = "document.getElementById('branch-networking').getBoundingClientRect().top"
    page.evaluate("document.getElementById('browse').scrollIntoView({behavior: 'instant'})")
    page.evaluate(
        "(window.places = [], (function look() { places.push("
        f"Math.round({place})); requestAnimationFrame(look) }})())"
    )
    page.evaluate("document.getElementById('branch-networking').click()")
    page.wait_until("location.search.includes('category=networking')")
    page.wait_until(SETTLED)
    page.wait_until(f"Math.abs({place} - places[0]) < 2")
    assert page.evaluate("Math.max(...places) - Math.min(...places)") < 2
    assert page.evaluate("document.querySelector('ecograph-view').style.minHeight") == ""


def test_what_has_the_focus_gives_it_to_the_page_if_it_goes(page: Browser) -> None:
    go_to(page, "/e/kubernetes?lang=en&asof=2017-01-31")
    page.evaluate("document.querySelector('.asof a').focus()")
    page.press("Enter")
    page.wait_until("!location.search.includes('asof')")
    page.wait_until(SETTLED)
    assert page.evaluate(FOCUS) == "main"


def test_questions_and_gaps_are_gone_to_in_place(page: Browser) -> None:
    go_to(page, "/ask?q=what+implements+cri&lang=en")
    assert page.evaluate(FOCUS) == "main"
    go_to(page, "/gaps?lang=en")
    page.evaluate("document.querySelector('a[rel=next]').click()")
    page.wait_until("document.getElementById('count').innerText.includes('page 2')")
    assert page.evaluate("[scrollY, document.activeElement.id]") == [0, "main"]
    assert page.evaluate("window.stayed") is True


def test_a_question_put_into_the_search_is_a_click_from_its_answer(page: Browser) -> None:
    page.press("/")
    page.type("what implements cri")
    page.press("Enter")
    page.wait_until("location.pathname === '/search'")
    page.wait_until("document.querySelector('#plain button')")
    page.evaluate("document.querySelector('#plain button').click()")
    page.wait_until("location.pathname === '/ask'")
    page.wait_until("document.getElementById('sentence')?.innerText.includes('containerd')")


def test_a_picture_leads_on_in_the_language_and_on_the_day_of_its_page(page: Browser) -> None:
    go_to(page, "/e/runc?lang=zh&asof=2021-01-01")
    page.evaluate(
        "document.querySelector('ecograph-view').shadowRoot"
        ".querySelector('.eg-node[data-id=containerd]').dispatchEvent("
        "new MouseEvent('click', {bubbles: true, cancelable: true, composed: true}))"
    )
    page.wait_until("document.querySelector('ecograph-view').shadowRoot.querySelector('.acts a')")
    page.evaluate(
        "document.querySelector('ecograph-view').shadowRoot.querySelector('.acts a').click()"
    )
    page.wait_until("location.pathname === '/e/containerd'")
    assert page.evaluate("location.search") == "?lang=zh&asof=2021-01-01"
    page.wait_until("document.documentElement.lang === 'zh'")
