"""What a page is asked for: its place, the language, the day, and the rest of the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from ecograph.web.html import Lang
from ecograph.web.http import BadRequest, Request

PARTS = 40
"""The most parts that a page's query string may have."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as asked for; `given` is its query string, `base` leads up to the start page."""

    path: str
    base: str
    lang: Lang
    day: str | None
    given: Mapping[str, str]

    @property
    def variables(self) -> dict[str, Any]:
        """The language and the day as every page's document takes them."""
        return {"lang": self.lang.upper(), "asOf": self.day}

    def get(self, name: str) -> str:
        """A part of the query string without white space around it; empty if it is not there."""
        return self.given.get(name, "").strip()

    def to(self, place: str = "", **parts: str | None) -> str:
        """The address of another page, in the same language and on the same day if it says so."""
        kept = {name: self.given[name] for name in ("lang", "asof") if self.given.get(name)}
        return _address(self.base + place or "./", {**kept, **parts})

    def entity(self, id_: str) -> str:
        """The address of an entity's page."""
        return self.to(f"e/{quote(id_, safe='')}")

    def here(self, **parts: str | None) -> str:
        """The address of this page with some parts changed; None takes a part out."""
        return _address(self.base + self.path.removeprefix("/") or "./", {**self.given, **parts})

    def keep(self, *taken: str) -> list[tuple[str, str]]:
        """What a form carries on unseen, beside the parts that it asks for itself."""
        return [(name, value) for name, value in self.given.items() if name not in taken and value]


def _address(path: str, parts: Mapping[str, str | None]) -> str:
    given = [(name, value) for name, value in parts.items() if value]
    return f"{path}?{urlencode(given, quote_via=quote)}" if given else path


def read_visit(request: Request) -> Visit:
    """The visit of a request. Raises: BadRequest for a query string or a day that is none."""
    try:
        pairs = parse_qsl(
            request.query_string.decode("ascii"),
            keep_blank_values=True, errors="strict", max_num_fields=PARTS,
        )  # fmt: skip
    except ValueError:
        raise BadRequest(
            400, f"the query string is not UTF-8, percent-encoded, of at most {PARTS} parts"
        ) from None
    # The API writes asOf; here either does.
    given = {name.lower() if name == "asOf" else name: value[:300] for name, value in pairs}
    if given.get("lang") not in ("en", "zh"):
        given.pop("lang", None)
    lang = given.get("lang") or prefer(request.headers.get(b"accept-language", ""))
    path = quote(unquote(request.path), safe="/")
    # A / that is part of a name, as %2F, leads no further down for who resolves an address.
    named = request.scope.get("raw_path", b"").upper().count(b"%2F")
    base = "../" * (path.count("/") - 1 - named)
    return Visit(path, base, "zh" if lang == "zh" else "en", _read_day(given), given)


def _read_day(given: dict[str, str]) -> str | None:
    day = given.get("asof", "").strip()
    if not day:
        given.pop("asof", None)
        return None
    try:
        if not DAY.fullmatch(day):
            raise ValueError(day)
        date.fromisoformat(day)
    except ValueError:
        del given["asof"]
        raise BadRequest(
            400, f"asof: {day!r} is no day; write it as 2019-08-16", code="BAD_VARIABLES"
        ) from None
    return day


def prefer(accept_language: str) -> Lang:
    """The language of an Accept-Language header that the pages have; English if none is."""
    best: Lang = "en"
    most = 0.0
    for part in accept_language.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        primary = tag.lower().partition("-")[0]
        if primary in ("en", "zh") and weight > most:
            best, most = ("zh" if primary == "zh" else "en"), weight
    return best
