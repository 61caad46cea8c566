"""Nothing overlaps and nothing sticks out, at three widths and in both languages."""

from __future__ import annotations

import pytest

from tests.browser import Browser
from tests.places import PAGES, in_language

SETTLED = "[...document.querySelectorAll('ecograph-view')].every(view => view.dataset.state)"
# What is wider than the page, outside of what scrolls by itself.
STICKING_OUT = """[...document.querySelectorAll("body *")].filter(one =>
    one.checkVisibility() && !one.closest(".scroll, pre, .tree, .skip, thead, svg") &&
    one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(one => one.outerHTML.slice(0, 120))"""
# Pairs of things to read or to press whose boxes meet.
OVERLAPS = """(() => {
    const parts = [...document.querySelectorAll(
        "a, button, input:not([type=hidden]), select, summary, h1, h2, h3, td, figure, .when"
    )].filter(one => one.checkVisibility() && !one.closest(".skip, thead, svg, [role=listbox]"));
    const boxes = parts.flatMap(one => [...one.getClientRects()].map(box => [one, box]));
    const found = [];
    boxes.forEach(([a, p], at) => boxes.slice(at + 1).forEach(([b, q]) => {
        if (a === b || a.contains(b) || b.contains(a)) return;
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        // The lines of a text may touch; half a line may not.
        if (wide > 2 && high > 6)
            found.push(`${a.outerHTML.slice(0, 80)} / ${b.outerHTML.slice(0, 80)}`);
    }));
    return found;
})()"""
# Texts in a picture that leave their box.
OUT_OF_BOX = """[...document.querySelectorAll("ecograph-view")].flatMap(view =>
    [...view.shadowRoot.querySelectorAll(".eg-node")].filter(node => {
        const box = node.querySelector(".eg-box").getBoundingClientRect();
        return [...node.querySelectorAll("text")].some(text => {
            const said = text.getBoundingClientRect();
            return said.right > box.right + 2 || said.left < box.left - 2;
        });
    }).map(node => node.dataset.id))"""


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_overlaps_or_sticks_out(
    visitor: Browser, explorer: str, page: str, lang: str, width: int
) -> None:
    visitor.resize(width)
    visitor.open(explorer + in_language(page, lang))
    visitor.wait_until(SETTLED)
    assert visitor.evaluate(STICKING_OUT) == []
    assert visitor.evaluate(OVERLAPS) == []
    assert visitor.evaluate(OUT_OF_BOX) == []
