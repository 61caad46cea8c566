"""Pages look as they did: screenshots, made small and grey, loosely compared with those kept.

A kept one is a text of a digit (0 black, f white) for a field of some 27 by 27 pixels, so that
another font or a shifted line passes, and a picture that is gone or has other colours does not.
`UPDATE_GOLDEN=1 pytest tests/test_browser_screens.py` writes them anew: look at them.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.places import in_language

SCREENS = Path(__file__).parent / "golden" / "screens"
WIDE, HIGH = 48, 34
PAGES = {
    "start": "/?scheme=seed&category=networking",
    "path": "/path?from=docker-engine&to=oci-runtime-spec",
    "entity": "/e/runc",
    "compare": "/compare?a=runc&b=crun",
}
SETTLED = "[...document.querySelectorAll('ecograph-view')].every(view => view.dataset.state)"
SHRINK = """new Promise(done => {
    const image = new Image();
    image.onload = () => {
        const canvas = Object.assign(document.createElement("canvas"), {width: %d, height: %d});
        const brush = canvas.getContext("2d");
        brush.imageSmoothingQuality = "high";
        brush.drawImage(image, 0, 0, canvas.width, canvas.height);
        const {data} = brush.getImageData(0, 0, canvas.width, canvas.height);
        done(Array.from({length: data.length / 4}, (_, at) =>
            Math.round((0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2])
                / 17).toString(16)).join(""));
    };
    image.src = "data:image/png;base64,%s";
})"""
MOST = 0.5
"""The difference up to which two screens are alike."""


def look(visitor: Browser, address: str, scheme: str) -> str:
    """A page as digits, line by line."""
    visitor.resize(1280)
    visitor.prefer(scheme)
    visitor.open(address)
    visitor.wait_until(SETTLED)
    shot = visitor.call("Page.captureScreenshot", format="png")["data"]
    visitor.open("about:blank")
    digits: str = visitor.evaluate(SHRINK % (WIDE, HIGH, shot))
    return "".join(digits[at : at + WIDE] + "\n" for at in range(0, WIDE * HIGH, WIDE))


def difference(one: str, kept: str) -> float:
    """How far two screens are apart, as a share of all that stands on the kept one's ground."""
    ground = int(Counter(kept.replace("\n", "")).most_common(1)[0][0], 16)
    fields = zip("".join(one.split()), "".join(kept.split()), strict=True)
    pairs = [(int(a, 16), int(b, 16)) for a, b in fields]
    return sum(abs(a - b) for a, b in pairs) / sum(abs(b - ground) for _, b in pairs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(visitor: Browser, explorer: str, name: str, scheme: str) -> None:
    seen = look(visitor, explorer + in_language(PAGES[name], "en"), scheme)
    kept = SCREENS / f"{name}-{scheme}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(seen, "ascii")
    assert difference(seen, kept.read_text("ascii")) <= MOST, f"it looks like this:\n{seen}"


def test_pages_that_look_different_are_told_apart() -> None:
    kept = [path.read_text("ascii") for path in sorted(SCREENS.glob("*.txt"))]
    assert len(kept) == 2 * len(PAGES)
    assert min(difference(a, b) for a, b in permutations(kept, 2)) > MOST
