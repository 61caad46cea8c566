"""Time to the first picture of an embed in a real browser: `python -m benchmarks.first_picture`.

From the start of the navigation to the frame after what is drawn is there, with nothing cached, on
the loopback: as it is, and as over a slow line (150 ms, 1.6 Mbit/s). `--beside ADDRESS SELECTOR`
measures another page in turn, by the element that its picture is made of. It needs chromium.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from ecograph.service import open_service
from tests.browser import Browser
from tests.serving import serving

ROUNDS = 15
QUESTION = "CategoryTree?name=container-ecosystem"
LINES = {"loopback": (0, -1), "slow line": (150, 1.6e6 / 8)}
"""Name -> milliseconds that an answer takes longer, bytes a second."""
MARK = """(() => {
    const drawn = () => {
        const views = [...document.querySelectorAll('ecograph-view')].map(one => one.shadowRoot);
        return [document, ...views].some(one => one?.querySelector(%r));
    };
    const look = () => drawn()
        ? requestAnimationFrame(() => setTimeout(() => { globalThis.drawnAt = performance.now(); }))
        : requestAnimationFrame(look);
    look();
})()"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Docs</title>
<link rel="icon" href="data:,"><script type="module" src="{server}/ecograph-view.js"></script>
<ecograph-view src="{server}/" question="{question}"></ecograph-view>"""


class Other(BaseHTTPRequestHandler):
    """A page of another site."""

    def __init__(self, body: bytes, *given: Any) -> None:
        self.body = body
        super().__init__(*given)

    def do_GET(self) -> None:
        """The page, whatever is asked for."""
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@contextmanager
def page_of_another_site(body: bytes) -> Iterator[str]:
    """The address of a page at a port of its own."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Other, body))
    Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_port}/"
    finally:
        site.shutdown()


def measure(beside: tuple[str, str] | None = None) -> Iterator[str]:
    """A line for each page and each line, in milliseconds."""
    with (
        serving(open_service()) as server,
        page_of_another_site(PAGE.format(server=server, question=QUESTION).encode()) as other,
        TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        Browser(Path(profile)) as browser,
    ):
        pages = {
            "framed page": (f"{server}/embed/{QUESTION}", ".eg-node"),
            "image alone": (f"{server}/q/{QUESTION.replace('?', '.svg?')}", ".eg-node"),
            "component": (other, ".eg-node"),
            **({"beside": beside} if beside else {}),
        }
        for line, (latency, speed) in LINES.items():
            taken: dict[str, list[float]] = {name: [] for name in pages}
            # The pages in turn, so that other work on the machine falls on all alike.
            for _ in range(ROUNDS + 1):
                for name, (address, selector) in pages.items():
                    taken[name].append(_first(browser, address, selector, latency, speed))
            for name, found in taken.items():
                low, middle, high = quantiles(found[1:], n=4)
                yield f"{line:10} {name:12} {middle:7.0f} ms ({low:.0f} to {high:.0f})"


def _first(browser: Browser, address: str, selector: str, latency: int, speed: float) -> float:
    browser.start_anew()
    browser.resize(960)
    browser.call("Network.setCacheDisabled", cacheDisabled=True)
    browser.call("Network.emulateNetworkConditions", offline=False, latency=latency,
                 downloadThroughput=speed, uploadThroughput=speed)  # fmt: skip
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=MARK % selector)
    browser.open(address)
    browser.wait_until("globalThis.drawnAt")
    return float(browser.evaluate("drawnAt"))


def main() -> int:
    """Print the lines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_picture", description=__doc__)
    parser.add_argument("--beside", nargs=2, metavar=("ADDRESS", "SELECTOR"), help="another page")
    beside = parser.parse_args().beside
    for line in measure(None if beside is None else tuple(beside)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
