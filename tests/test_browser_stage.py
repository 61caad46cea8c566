"""A picture in the reader's hands: zoomed, grown, told of, and not lost while one is at it."""

from __future__ import annotations

from tests.browser import Browser
from tests.foreign import FOCUSED, READY, ROOT, VIEW, foreign_page, view_of

COUNT = f"{ROOT}.querySelectorAll('.eg-node').length"
DIALOG = f"{ROOT}.querySelector('.tip:not([hidden])[role=dialog]')"


def test_plus_zooms_and_nought_shows_all(embedded: Browser) -> None:
    transform = f"{ROOT}.querySelector('.eg-content').getAttribute('transform')"
    embedded.press("Tab")
    before = embedded.evaluate(transform)
    embedded.press("+")
    assert "scale(1.25)" in embedded.evaluate(transform)
    embedded.press("0")
    assert "scale(1)" in embedded.evaluate(transform)
    assert before.split("translate")[-1] in embedded.evaluate(transform)


def test_zooming_keeps_in_place_what_one_looks_at(embedded: Browser) -> None:
    """By the keyboard the thing that has the focus, by a button the middle."""
    place = (
        "(box => [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)])"
        f"({ROOT}.querySelector('.eg-node[data-id=%s]').getBoundingClientRect())"
    )
    embedded.resize(1000)
    embedded.press("Tab")
    embedded.press("End")
    id_ = embedded.evaluate(f"{ROOT}.activeElement.querySelector('.eg-node').dataset.id")
    before = embedded.evaluate(place % id_)
    for _ in range(4):
        embedded.press("+")
    assert embedded.evaluate(place % id_) == before
    # What is gone to comes into sight.
    embedded.press("Home")
    inside = (
        f"((one, all) => one.left >= all.left && one.top >= all.top && one.right <= all.right &&"
        f" one.bottom <= all.bottom)({ROOT}.activeElement.getBoundingClientRect(),"
        f" {ROOT}.querySelector('.stage').getBoundingClientRect())"
    )
    assert embedded.evaluate(inside) is True
    embedded.press("0")
    middle = embedded.evaluate(place % "runc")
    embedded.evaluate(f"{ROOT}.querySelectorAll('.bar button')[1].click()")
    after = embedded.evaluate(place % "runc")
    assert max(abs(one - other) for one, other in zip(middle, after, strict=True)) < 60


def choose(embedded: Browser, id_: str) -> None:
    """Click on the last box of a thing."""
    embedded.evaluate(
        f"[...{ROOT}.querySelectorAll('.eg-node[data-id={id_}]')].at(-1)"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
    )
    embedded.wait_until(f"{DIALOG}?.querySelector('button')")


def test_a_thing_is_expanded_by_a_query_once(embedded: Browser) -> None:
    before = embedded.evaluate(COUNT)
    choose(embedded, "containerd")
    embedded.evaluate(f"{DIALOG}.querySelector('button').click()")
    embedded.wait_until(f"{COUNT} > {before}")
    grown = embedded.evaluate(COUNT)
    asked = len(embedded.requests)
    choose(embedded, "containerd")
    embedded.evaluate(f"{DIALOG}.querySelector('button').click()")
    embedded.wait_until(f"{FOCUSED}?.startsWith('containerd')")
    drawn = [url for url in embedded.requests[asked:] if ".svg" in url]
    assert (embedded.evaluate(COUNT), drawn) == (grown, [])
    # A place of another width neither takes away what was added nor the focus.
    embedded.resize(500)
    embedded.wait_until("innerWidth === 500")
    embedded.evaluate("new Promise(done => setTimeout(done, 300))")
    assert embedded.evaluate(COUNT) == grown
    assert embedded.evaluate(FOCUSED).startswith("containerd")
    embedded.wait_until(f"{ROOT}.querySelector('.list').textContent.includes('docker-engine') || "
                        f"{ROOT}.querySelector('.list').textContent.includes('Docker Engine')"
                        )  # fmt: skip


def test_a_new_picture_keeps_the_focus(embedded: Browser) -> None:
    embedded.resize(1000)
    embedded.wait_until(f"innerWidth === 1000 && {READY}")
    embedded.press("Tab")
    embedded.press("End")
    last = embedded.evaluate(FOCUSED)
    embedded.evaluate(f"{ROOT}.querySelector('svg').id = 'before'")
    embedded.resize(500)
    embedded.wait_until(f"{ROOT}.querySelector('svg').id !== 'before'")
    assert embedded.evaluate(FOCUSED) == last
    embedded.evaluate(f"{ROOT}.querySelector('.bar button').focus()")
    embedded.evaluate("document.documentElement.lang = 'zh'")
    embedded.wait_until(f"{ROOT}.querySelector('svg').getAttribute('lang') === 'zh'")
    assert embedded.evaluate(FOCUSED) == "缩小"


def test_what_is_told_of_a_thing_goes_when_one_turns_elsewhere(embedded: Browser) -> None:
    choose(embedded, "containerd")
    embedded.evaluate(
        "document.querySelector('h1').dispatchEvent(new Event('pointerdown', {bubbles: true}))"
    )
    assert embedded.evaluate(DIALOG) is None
    choose(embedded, "containerd")
    embedded.evaluate(f"{ROOT}.querySelector('a[tabindex=\"0\"]').focus()")
    embedded.press("Escape")
    assert embedded.evaluate(DIALOG) is None


def test_the_focus_that_is_set_is_where_the_keyboard_begins(embedded: Browser) -> None:
    embedded.evaluate(f"{VIEW}.setAttribute('focus', 'oci-runtime-spec')")
    embedded.wait_until(
        f"{ROOT}.querySelector('a[tabindex=\"0\"]')?.getAttribute('href').includes('/e/oci-runtime-spec')"
    )


def test_what_is_drawn_out_of_sight_is_whole_when_it_is_shown(
    visitor: Browser, explorer: str
) -> None:
    visitor.resize(1100)
    with foreign_page(explorer, f'<div id="tab" hidden>{view_of(explorer)}</div>') as address:
        visitor.open(address)
        visitor.wait_until(READY)
        visitor.evaluate("document.getElementById('tab').hidden = false")
        high = f"{ROOT}.querySelector('clipPath rect').height.baseVal.value"
        visitor.wait_until(f"{high} > {ROOT}.querySelector('.eg-content').getBBox().height")
    assert visitor.complaints == []


def test_what_can_be_done_with_a_thing_is_in_sight(embedded: Browser) -> None:
    embedded.evaluate(f"{ROOT}.querySelector('svg').id = 'before'")
    embedded.resize(400, 300)
    embedded.wait_until(f"innerHeight === 300 && {ROOT}.querySelector('svg').id !== 'before'")
    choose(embedded, "runc")
    embedded.wait_until(f"{DIALOG}.querySelector('li a')")
    seen = (
        f"[...{DIALOG}.querySelectorAll('.acts > *')].map(one => one.getBoundingClientRect())"
        ".every(box => box.top >= 0 && box.bottom <= innerHeight)"
    )
    embedded.wait_until(seen)
