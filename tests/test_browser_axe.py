"""No violation of accessibility that axe-core finds, on any page, in either language and theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import Browser
from tests.places import GAPS, PAGES, in_language

AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.flatMap(
    one => one.nodes.map(node =>
        `${one.id}: ${node.target.flat().join(" ")}: ${node.failureSummary}`)
))"""
SETTLED = "[...document.querySelectorAll('ecograph-view')].every(view => view.dataset.state)"


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
@pytest.mark.parametrize("page", [*PAGES, *GAPS])
def test_axe_finds_nothing(
    visitor: Browser, explorer: str, page: str, lang: str, scheme: str
) -> None:
    visitor.prefer(scheme)
    visitor.resize(1280)
    visitor.open(explorer + in_language(page, lang))
    visitor.wait_until(SETTLED)
    visitor.evaluate(AXE.read_text("utf-8") + "; 0")
    assert visitor.evaluate(RUN) == []
