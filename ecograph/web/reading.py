"""A body that is read and kept by browsers: its tag, its policy, how long it may be kept."""

from __future__ import annotations

from ecograph.web.http import Reply, Request
from ecograph.web.tags import has, make_tag

HTML = "text/html; charset=utf-8"
NOTHING = b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
EXPLORER_POLICY = NOTHING + (
    b"script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
FILE_POLICY = NOTHING + b"form-action 'none'"
REVALIDATE = b"no-cache"
FOR_EVER = b"public, max-age=31536000, immutable"


class Page:
    """A body with what to send beside it; `vary` is a header that it depends on, if any."""

    def __init__(
        self, media_type: str, body: bytes,
        policy: bytes = FILE_POLICY, cache: bytes = REVALIDATE, vary: bytes = b"",
    ) -> None:  # fmt: skip
        self.media_type = media_type
        self.body = body
        self.tag = make_tag(body)
        self.headers = (
            (b"etag", self.tag),
            (b"cache-control", cache),
            (b"content-security-policy", policy),
            (b"referrer-policy", b"no-referrer"),
            (b"vary", b"accept-encoding" + (b", " + vary if vary else b"")),
        )

    def reply(self, request: Request) -> Reply:
        """The page, or 304 to a client that has it."""
        if has(request, self.tag):
            return Reply(304, self.media_type, b"", self.headers)
        return Reply(200, self.media_type, self.body, self.headers)
