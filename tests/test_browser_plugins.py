"""A site of MkDocs with pictures in a real browser: without script, dark and light, and live."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from ecograph.service import open_service
from tests.browser import Browser
from tests.serving import serving
from tests.sites import build, files_of, write

GROUND = "getComputedStyle(document.querySelector('svg.eg > .eg-bg')).fill"
DARK, LIGHT = "rgb(13, 17, 23)", "rgb(255, 255, 255)"
LIVE_GROUND = GROUND.replace("document", "document.querySelector('ecograph-view').shadowRoot")
LIVE_LINK = "document.querySelector('ecograph-view').shadowRoot.querySelector('svg a')"
READY = "document.querySelector('ecograph-view').dataset.state === 'ready'"


class Quiet(SimpleHTTPRequestHandler):
    """Files, without a word to the terminal, under a policy that allows a script from elsewhere."""

    allowed = ""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Add the policy."""
        if self.allowed:
            self.send_header("Content-Security-Policy", self.allowed)
        super().end_headers()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Where a server of the shipped dataset listens."""
    with serving(open_service()) as address:
        yield address


@dataclass(frozen=True, slots=True)
class Pages:
    """A site, below still/ without a server and below live/ with one: where it lies and listens."""

    root: Path
    address: str


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Pages]:
    """The site of the document, under a strict policy."""
    root = tmp_path_factory.mktemp("pages")
    still = files_of("MkDocs")
    live = dict(still)
    live["mkdocs.yml"] = still["mkdocs.yml"].replace(
        "  - ecograph\n", f"  - ecograph:\n      server: {server}\n"
    )
    for name, files in (("still", still), ("live", live)):
        folder = write(root / f"source-{name}", files)
        done = build(folder, "mkdocs", "build", "--strict", "--site-dir", str(root / name))
        assert done.returncode == 0, done.stderr

    class Held(Quiet):
        allowed = (
            f"default-src 'self'; script-src 'self' {server}; connect-src {server}; "
            "style-src 'self'; object-src 'none'"
        )

    handler = partial(Held, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = Thread(target=httpd.serve_forever)
        thread.start()
        try:
            yield Pages(root, f"http://127.0.0.1:{httpd.server_address[1]}")
        finally:
            httpd.shutdown()
            thread.join()


@pytest.fixture
def still(pages: Pages) -> str:
    """The site as files on a disk, which no policy holds."""
    return (pages.root / "still" / "index.html").as_uri()


def test_the_picture_shows_without_script_and_without_a_server(
    chromium: Browser, still: str
) -> None:
    chromium.start_anew()
    chromium.call("Emulation.setScriptExecutionDisabled", value=True)
    chromium.open(still)
    wide = chromium.evaluate("document.querySelector('svg.eg').getBoundingClientRect().width")
    column = chromium.evaluate("document.querySelector('figure').getBoundingClientRect().width")
    assert 300 < wide <= column
    told = chromium.evaluate("document.querySelector('svg.eg').textContent")
    assert "runc" in told
    chromium.evaluate("document.querySelector('details').open = true")
    assert "runc implements" in chromium.evaluate("document.querySelector('details').innerText")
    assert [url for url in chromium.requests if not url.startswith("file:")] == []


@pytest.mark.parametrize(("scheme", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_the_picture_is_dark_where_the_site_is(
    chromium: Browser, still: str, scheme: str, ground: str
) -> None:
    chromium.start_anew()
    chromium.prefer(scheme)
    chromium.open(still)
    # The theme's own script reads what the reader prefers.
    chromium.wait_until(f"document.documentElement.dataset.bsTheme === {json.dumps(scheme)}")
    assert chromium.evaluate(GROUND) == ground
    other = "light" if scheme == "dark" else "dark"
    chromium.evaluate(f"document.documentElement.dataset.bsTheme = '{other}'")
    assert chromium.evaluate(GROUND) != ground


def test_the_picture_is_live_under_a_strict_policy(chromium: Browser, pages: Pages) -> None:
    chromium.start_anew()
    chromium.prefer("dark")
    chromium.open(f"{pages.address}/live/index.html")
    chromium.wait_until(READY)
    assert chromium.evaluate(LIVE_GROUND) == DARK
    linked = LIVE_LINK + ".getAttribute('href')"
    assert "/e/" in chromium.evaluate(linked)
    assert chromium.evaluate("document.querySelector('ecograph-view details').offsetHeight") == 0


def test_where_the_server_is_gone_the_picture_stays(
    chromium: Browser, pages: Pages, server: str
) -> None:
    chromium.start_anew()
    chromium.call("Network.setBlockedURLs", urls=[f"{server}/*"])
    chromium.open(f"{pages.address}/live/index.html")
    assert chromium.evaluate("document.querySelector('svg.eg').getBoundingClientRect().width") > 300
    assert chromium.evaluate("document.querySelector('details summary').offsetHeight") > 0
