"""What the reader of a format gives: rows, each with its place in the list and in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ecograph.errors import Place

SEPARATOR = "; "
_OUTSIDE = re.compile(r"[^a-z0-9]+")
_BRACKETED = re.compile(r"^(?P<before>.+?)\s*[(（](?P<inside>[^()（）]+)[)）]$")
_REPOSITORY = re.compile(
    r"^https?://(?:www\.)?(?P<host>github\.com|gitlab\.com|gitee\.com|codeberg\.org)/"
    r"(?P<path>[^/?#]+/[^/?#]+?)(?:\.git)?/?$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One row of a list.

    `at` is its place in the source and tells it from all others; `cells` are columns of ours.
    `names` are its other names, and `also` those too weak to be matched by, such as an acronym;
    `kind` is empty where the recipe's default holds.
    """

    name: str
    at: str
    place: Place
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    kind: str = ""
    id: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


def to_slug(name: str) -> str:
    """An id made of a name: lower case, letters and digits, hyphens between.

    Empty if the name has no Latin letter or digit.
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore")
    spelled = plain.decode().lower().replace("+", " plus ").replace("&", " and ")
    return _OUTSIDE.sub("-", spelled).strip("-")


def split_brackets(name: str) -> tuple[str, ...]:
    """A name and what it says in brackets: `Open Policy Agent (OPA)` -> both parts; else none."""
    found = _BRACKETED.match(name)
    return (found["before"], found["inside"]) if found else ()


def repository_key(url: str) -> str:
    """The key under which two addresses are one repository; empty if it is not one of a forge."""
    found = _REPOSITORY.match(url.strip().lower())
    return f"{found['host']}/{found['path']}" if found else ""


def repository_name(url: str) -> str:
    """`owner/name` of a repository at GitHub, or an empty text."""
    found = _REPOSITORY.match(url.strip())
    return found["path"] if found and found["host"] == "github.com" else ""


def homepage_key(url: str) -> str:
    """The key under which two addresses are one page: without scheme, www and ending slash."""
    parts = urlsplit(url.strip().lower())
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"


def join_cell(texts: Sequence[str]) -> str:
    """Several values in one cell, each once."""
    return SEPARATOR.join(dict.fromkeys(text for text in texts if text))
