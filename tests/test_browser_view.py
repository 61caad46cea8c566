"""The web component in pages of others: strict policies, dark pages, no server, keyboard alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from ecograph.web.html import STATIC
from tests.browser import Browser
from tests.foreign import FOCUSED, READY, ROOT, VIEW, foreign_page, view_of

FAULT = f"{ROOT}.querySelector('[role=status].fault').innerText"


def test_it_is_drawn_under_a_strict_policy(embedded: Browser) -> None:
    assert embedded.evaluate(f"{ROOT}.querySelectorAll('.eg-node').length") >= 3
    painted = f"getComputedStyle({ROOT}.querySelector('.eg-bg')).fill"
    assert embedded.evaluate(painted) == "rgb(255, 255, 255)"


def test_it_is_drawn_where_trusted_types_are_required(visitor: Browser, explorer: str) -> None:
    more = "; require-trusted-types-for 'script'; trusted-types ecograph-view"
    with foreign_page(explorer, view_of(explorer), more=more) as address:
        visitor.open(address)
        visitor.wait_until(READY)
    assert visitor.complaints == []


def test_links_lead_to_the_server(embedded: Browser, explorer: str) -> None:
    links = embedded.evaluate(
        f"[...{ROOT}.querySelectorAll('.eg-content a[href]')].map(a => a.getAttribute('href'))"
    )
    assert links
    assert all(link.startswith(explorer + "/") for link in links)


def test_arrow_keys_move_and_enter_tells_more(embedded: Browser) -> None:
    embedded.press("Tab")
    first = embedded.evaluate(FOCUSED)
    assert first
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "End", "Home"):
        embedded.press(key)
        assert embedded.evaluate(FOCUSED)
    embedded.press("End")
    assert embedded.evaluate(FOCUSED) != first
    embedded.press("Enter")
    embedded.wait_until(f"{ROOT}.querySelector('[role=dialog]')")
    embedded.wait_until(f"{ROOT}.querySelector('.tip li a')")
    assert embedded.evaluate(f"{ROOT}.querySelector('.tip li a').href").startswith("https://")
    # A source that is cited is not named a second time.
    assert "[" not in embedded.evaluate(f"{ROOT}.querySelector('.tip li').textContent")
    last = embedded.evaluate(f"{ROOT}.querySelector('.tip').getAttribute('aria-label')")
    embedded.press("Escape")
    assert embedded.evaluate(FOCUSED) == last
    assert embedded.evaluate(f"{ROOT}.querySelector('.tip:not([hidden])[role=dialog]')") is None


def test_the_graph_is_a_list_too(embedded: Browser) -> None:
    told = embedded.evaluate(f"[...{ROOT}.querySelectorAll('.list li')].map(li => li.textContent)")
    assert any("runc implements OCI Runtime Specification" in one for one in told)
    assert any("containerd uses runc" in one for one in told)
    shown = f"{ROOT}.querySelector('.list').getBoundingClientRect().height > 20"
    assert embedded.evaluate(shown) is False
    embedded.evaluate(f"{ROOT}.querySelector('.bar button:last-child').click()")
    assert embedded.evaluate(shown) is True


def test_it_follows_the_theme_of_its_page(embedded: Browser) -> None:
    theme = f"{ROOT}.querySelector('.eg').dataset.theme"
    assert embedded.evaluate(theme) == "light"
    embedded.evaluate("document.documentElement.style.colorScheme = 'dark'")
    embedded.wait_until(f"{theme} === 'dark'")
    painted = f"getComputedStyle({ROOT}.querySelector('.eg-bg')).fill"
    assert embedded.evaluate(painted) == "rgb(13, 17, 23)"


@pytest.fixture
def darkened(visitor: Browser, explorer: str) -> Iterator[Browser]:
    """A reader who prefers the dark, on a page that lets it be."""
    visitor.prefer("dark")
    head = '<meta name="color-scheme" content="light dark">'
    with foreign_page(explorer, view_of(explorer), head=head) as address:
        visitor.open(address)
        visitor.wait_until(READY)
        yield visitor
    visitor.call("Emulation.setEmulatedMedia", media="")
    visitor.prefer("light")


def test_it_follows_the_reader_where_the_page_lets_it(darkened: Browser) -> None:
    assert darkened.evaluate(f"{ROOT}.querySelector('.eg').dataset.theme") == "dark"


def test_on_paper_it_is_light(darkened: Browser) -> None:
    darkened.call("Emulation.setEmulatedMedia", media="print")
    darkened.wait_until(f"{ROOT}.querySelector('.eg').dataset.theme === 'light'")


def test_it_follows_the_language_of_its_page(embedded: Browser) -> None:
    embedded.evaluate("document.documentElement.lang = 'zh-CN'")
    embedded.wait_until(f"{ROOT}.querySelector('svg').getAttribute('lang') === 'zh'")
    embedded.wait_until(f"{ROOT}.querySelector('.bar button').ariaLabel === '缩小'")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Neighborhod?of=runc", "unknown operation 'Neighborhod'; did you mean: Neighborhood?"),
        (
            "Neighborhood?of=runcc",
            "'runcc' in argument 'of' names no entity; did you mean: runc (Tool)?",
        ),
        (
            "Neighborhood?off=runc",
            "unknown variable 'off'; did you mean: of?; "
            "for example /q/Neighborhood.svg?of=containerd",
        ),
        ("", "The attribute “question” names no question."),
    ],
)
def test_what_is_wrong_stands_below_what_stands_inside(
    visitor: Browser, explorer: str, question: str, told: str
) -> None:
    with foreign_page(explorer, view_of(explorer, question)) as address:
        visitor.open(address)
        visitor.wait_until(f"{VIEW}.dataset.state === 'fallback'")
        visitor.wait_until("document.querySelector('img').naturalWidth > 100")
        assert visitor.evaluate("document.querySelector('img').checkVisibility()") is True
        assert visitor.evaluate(FAULT) == f"No picture: {told}"
        below = (
            f"{ROOT}.querySelector('[role=status]').getBoundingClientRect().top"
            " >= document.querySelector('img').getBoundingClientRect().bottom"
        )
        assert visitor.evaluate(below) is True
        # The browser itself tells of a reply that is an error; no policy is broken.
        assert [one for one in visitor.complaints if "Failed to load resource" not in one] == []


def test_a_question_that_is_put_right_is_drawn_and_one_that_goes_wrong_is_told(
    embedded: Browser,
) -> None:
    embedded.evaluate(f"{VIEW}.setAttribute('question', '')")
    embedded.wait_until(f"{VIEW}.dataset.state === 'fallback'")
    assert embedded.evaluate("document.querySelector('img').checkVisibility()") is True
    assert embedded.evaluate(f"{ROOT}.querySelector('.eg-node')") is None
    embedded.evaluate(f"{VIEW}.setAttribute('question', 'Neighborhood?of=runc')")
    embedded.wait_until(READY)
    assert embedded.evaluate(f"{ROOT}.querySelector('.fault')") is None


def test_without_a_server_what_stands_inside_stays(visitor: Browser, explorer: str) -> None:
    view = view_of(explorer).replace(f'src="{explorer}/" ', 'src="http://127.0.0.1:9/" lang="zh" ')
    with foreign_page(explorer, view) as address:
        visitor.open(address)
        visitor.wait_until(f"{VIEW}.dataset.state === 'fallback'")
        visitor.wait_until("document.querySelector('img').naturalWidth > 100")
        assert visitor.evaluate("document.querySelector('img').checkVisibility()") is True
        assert visitor.evaluate(FAULT) == "无法显示图形：http://127.0.0.1:9/ 没有回应。"


def test_an_address_that_is_none_is_told_and_can_be_put_right(
    embedded: Browser, explorer: str
) -> None:
    for src in ("http://", "javascript:void 0"):
        embedded.evaluate(f"{VIEW}.setAttribute('src', {src!r})")
        told = f"No picture: The attribute “src” is no address of a server: {src}"
        embedded.wait_until(f"{VIEW}.dataset.state === 'fallback' && {FAULT} === {told!r}")
    embedded.evaluate(f"{VIEW}.setAttribute('src', '{explorer}/')")
    embedded.wait_until(READY)


def test_without_script_what_stands_inside_is_shown(visitor: Browser, explorer: str) -> None:
    visitor.call("Emulation.setScriptExecutionDisabled", value=True)
    with foreign_page(explorer, view_of(explorer)) as address:
        visitor.open(address)
        visitor.wait_until("document.querySelector('img').naturalWidth > 100")
        assert visitor.evaluate("document.querySelector('img').checkVisibility()") is True


def test_it_fits_a_narrow_page_without_small_print(visitor: Browser, explorer: str) -> None:
    visitor.resize(360)
    with foreign_page(explorer, view_of(explorer)) as address:
        visitor.open(address)
        visitor.wait_until(READY)
        assert visitor.evaluate("document.documentElement.scrollWidth <= 360") is True
        scale = f"{ROOT}.querySelector('svg').getScreenCTM().a"
        assert visitor.evaluate(scale) >= 0.9


def test_a_picture_too_wide_for_its_place_scrolls_and_stays_readable(
    visitor: Browser, explorer: str
) -> None:
    visitor.resize(300)
    view = view_of(explorer, "CompareTwo?one=oci-runtime-spec&amp;other=oci-image-spec")
    with foreign_page(explorer, view) as address:
        visitor.open(address)
        visitor.wait_until(READY)
        assert visitor.evaluate("document.documentElement.scrollWidth <= 300") is True
        assert visitor.evaluate(f"{ROOT}.querySelector('svg').getScreenCTM().a") >= 0.79
        stage = f"{ROOT}.querySelector('.stage')"
        assert visitor.evaluate(f"{stage}.scrollWidth > {stage}.clientWidth") is True
        visitor.press("Tab")
        visitor.press("End")
        shown = (
            f"(b => b.left >= 0 && b.right <= 300)({ROOT}.activeElement.getBoundingClientRect())"
        )
        visitor.wait_until(shown)


def test_it_is_under_15_kilobytes() -> None:
    assert len(gzip.compress((STATIC / "ecograph-view.js").read_bytes())) < 15_000
