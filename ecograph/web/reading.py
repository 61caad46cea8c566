"""A body that is read and kept by browsers: its tag, its policy, how long it may be kept."""

from __future__ import annotations

from hashlib import sha256

from ecograph.web.http import Reply

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
        self.tag = f'"{sha256(body).hexdigest()[:20]}"'
        self.headers = (
            # Weak, as the packed bytes are another form of the same.
            (b"etag", b"W/" + self.tag.encode()),
            (b"cache-control", cache),
            (b"content-security-policy", policy),
            (b"referrer-policy", b"no-referrer"),
            (b"vary", b"accept-encoding" + (b", " + vary if vary else b"")),
        )

    def reply(self, known: str) -> Reply:
        """The page, or 304 to a client that has it, as its If-None-Match says."""
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        if self.tag in tags or "*" in tags:
            return Reply(304, self.media_type, b"", self.headers)
        return Reply(200, self.media_type, self.body, self.headers)
