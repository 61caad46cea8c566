"""The pages for people: the start page and what it needs."""

from __future__ import annotations

from pathlib import Path

from ecograph.service import Service
from ecograph.web.http import Handler, Reply, fixed

STATIC = Path(__file__).parent / "static"

POLICY = (
    (
        b"content-security-policy",
        b"default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"referrer-policy", b"no-referrer"),
)

PAGES = {
    "/": ("index.html", "text/html"),
    "/start.js": ("start.js", "text/javascript"),
    "/start.css": ("start.css", "text/css"),
}


def page_routes(service: Service) -> dict[str, Handler]:
    """The start page of a service."""
    return {
        path: fixed(Reply(200, media, (STATIC / name).read_bytes(), POLICY))
        for path, (name, media) in PAGES.items()
    }
