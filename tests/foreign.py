"""A page of another site that embeds a view."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

VIEW = "document.querySelector('ecograph-view')"
ROOT = f"{VIEW}.shadowRoot"
READY = f"{VIEW}.dataset.state === 'ready'"
FOCUSED = f"{ROOT}.activeElement?.getAttribute('aria-label')"


class Foreign(BaseHTTPRequestHandler):
    """One page under the strictest policy that lets the component in."""

    def __init__(self, body: str, policy: str, *given: object) -> None:
        self.body, self.policy = body.encode(), policy
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """The page, whatever is asked for."""
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-security-policy", self.policy)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@contextmanager
def foreign_page(server: str, view: str, *, head: str = "", more: str = "") -> Iterator[str]:
    """The address of another site's page that embeds a view."""
    body = (
        f'<!doctype html><html lang="en"><meta charset="utf-8">{head}<title>Docs</title>'
        '<link rel="icon" href="data:,"><body><h1>Docs</h1>'
        f'<script type="module" src="{server}/ecograph-view.js"></script>{view}</body></html>'
    )
    policy = (
        f"default-src 'none'; script-src {server}; connect-src {server}; img-src {server} data:; "
        f"base-uri 'none'; form-action 'none'{more}"
    )
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(Foreign, body, policy))
    thread = Thread(target=site.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.server_port}/"
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


def view_of(server: str, question: str = "Neighborhood?of=runc", more: str = "") -> str:
    """The line that a site writes."""
    return (
        f'<ecograph-view src="{server}/" question="{question}"{more}>'
        f'<img src="{server}/q/Neighborhood.svg?of=runc" alt="What is around runc"></ecograph-view>'
    )
