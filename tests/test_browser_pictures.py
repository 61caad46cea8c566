"""Pictures of the shipped dataset in a real browser: every text fits, and follows the reader."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ecograph.service import Service, open_service
from ecograph.view.compose import Asked, compose
from ecograph.view.gather import Lookup
from ecograph.view.svg import to_svg
from tests.browser import Browser
from tests.drawing import OPERATIONS
from tests.test_view_compose import UNDRAWN

DRAWN = sorted(OPERATIONS.keys() - UNDRAWN)
# Texts that leave their box, and texts of which one covers another, more than a line's leading.
FAULTS = """(() => {
  const svg = document.querySelector("svg.eg"), faults = [];
  const at = (element) => element.getBoundingClientRect();
  const inside = (a, b) =>
    a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  for (const node of svg.querySelectorAll(".eg-node")) {
    const box = at(node.querySelector(".eg-box"));
    for (const text of node.querySelectorAll("text")) {
      if (!inside(at(text), box)) faults.push("leaves its box: " + text.textContent);
    }
  }
  const texts = [...svg.querySelectorAll("text")].map((one) => [one.textContent, at(one)]);
  for (const [n, [one, a]] of texts.entries()) {
    if (!inside(a, at(svg))) faults.push("leaves the picture: " + one);
    for (const [other, b] of texts.slice(n + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 6) faults.push(one + " covers " + other);
    }
  }
  return faults;
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.resize(1700, 2000)
        yield opened


@cache
def shipped() -> tuple[Service, Lookup]:
    service = open_service()
    return service, Lookup(service.graph)


def draw(name: str, language: str, **options: Any) -> str:
    service, lookup = shipped()
    operation = OPERATIONS[name]
    told = service.query(operation.document, operation.variables)
    asked = Asked(name, operation.question, operation.variables, language)
    return to_svg(compose(told["data"], lookup, asked), **options).text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWN)
def test_every_text_fits(browser: Browser, tmp_path: Path, name: str, language: str) -> None:
    for width in (360, 960):
        page = tmp_path / f"{width}.html"
        text = draw(name, language, width=width)
        page.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{text}", "utf-8")
        browser.open(page.as_uri())
        assert browser.evaluate(FAULTS) == []


def test_the_picture_follows_the_readers_scheme(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "path.html"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{draw('Path', 'en')}", "utf-8")
    ground = "getComputedStyle(document.querySelector('.eg > .eg-bg')).fill"
    browser.prefer("dark")
    browser.open(page.as_uri())
    assert browser.evaluate(ground) == "rgb(13, 17, 23)"
    browser.prefer("light")
    assert browser.evaluate(ground) == "rgb(255, 255, 255)"
    browser.evaluate("document.querySelector('.eg').setAttribute('data-theme', 'dark')")
    assert browser.evaluate(ground) == "rgb(13, 17, 23)"
