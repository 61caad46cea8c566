"""The match key of a name, and closest spellings for "did you mean"."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

LONGEST_KEPT = 200
"""Characters up to which a text's key is kept; clients may send any text, of any length."""


def match_key(text: str) -> str:
    """The key under which two spellings are one name: NFKC, casefold, letters and digits only."""
    return _kept_key(text) if len(text) <= LONGEST_KEPT else _key(text)


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())


_kept_key = lru_cache(maxsize=65_536)(_key)


def forget_keys() -> None:
    """Let go of the keys that reading and indexing a dataset met: asking meets few of them."""
    _kept_key.cache_clear()


def fold(text: str) -> str:
    """The form in which names are ordered, and in which a text is sought in another."""
    return text.casefold()


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    if text.isascii():
        return False
    return any("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" for c in text)


def closest(wrong: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The spellings nearest to a wrong one, best first; none if nothing is near."""
    choices = sorted(set(known))
    found = process.extract(
        wrong, choices, scorer=fuzz.ratio, processor=str.casefold, limit=limit, score_cutoff=60
    )
    return [name for name, _, _ in found]


def likeness(a: str, b: str) -> float:
    """How like two spellings are, of 100."""
    return fuzz.ratio(a, b, processor=str.casefold)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """`did you mean: a, b?`, or an empty text if nothing is near."""
    near = closest(wrong, known)
    return f"did you mean: {', '.join(near)}?" if near else ""


def hint_among(wrong: str, known: Collection[str]) -> str:
    """What may be meant, else all that there is."""
    return did_you_mean(wrong, known) or f"there are: {', '.join(known)}"
