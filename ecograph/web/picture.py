"""Where the picture of a named operation is, in a page's language and on its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ecograph.web.answering import Asked

SMALL = 320
"""Pixels that a picture may take on a small screen."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its question as a component takes it, its file, and what stands in its place.

    `narrow` is its file for small screens.
    """

    base: str
    question: str
    file: str
    narrow: str
    alt: str


def picture(asked: Asked, operation: str, variables: Mapping[str, str], alt: str) -> Picture:
    """The picture of an operation under some variables."""
    given = dict(variables)
    if asked.visit.day:
        given["asOf"] = asked.visit.day
    tail = urlencode(given, quote_via=quote)
    file = urlencode({**given, "lang": asked.visit.lang}, quote_via=quote)
    base = asked.visit.base
    at = f"{base}q/{operation}.svg?{file}"
    return Picture(base or "./", f"{operation}?{tail}", at, f"{at}&width={SMALL}", alt)
