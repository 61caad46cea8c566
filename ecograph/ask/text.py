"""A question as it is typed -> the text that the grammars read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from ecograph.model.keys import has_han
from ecograph.model.ontology import Language

LONGEST = 300
"""Characters that a question may have."""

HAN = "\u3400-\u9fff"
_QUOTES = re.compile('["“”‘«»„「」『』《》`<>()（）\\[\\]]')
_NOT_NAME = re.compile(r"[^\w\s'.,\-/+&@#:、;]")
_ENDS = re.compile(r"[\s?!.。！;,，、…]+$")
_ASKS_IN_ENGLISH = re.compile(r"\s*(?:what|which|who|how|when|where|is|does)\s", re.IGNORECASE)
_BETWEEN = re.compile(f"(?<=[{HAN}、,])\\s+|\\s+(?=[{HAN}、,])")


def tidy(text: str) -> str:
    """Folded, without quotes, marks at the end and doubled spaces; empty if nothing is left."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = folded.replace("’", "'").replace("，", ",").replace("；", ";")
    folded = _QUOTES.sub(" ", folded)
    folded = re.sub(r"[?!。…]+", " ", folded)
    return _ENDS.sub("", " ".join(folded.split())).strip()


def is_plain(tidied: str) -> bool:
    """Whether nothing stands in it that neither a name nor a sentence holds, such as a brace."""
    return not _NOT_NAME.search(tidied)


def language_of(text: str) -> Language:
    """The language in which a question is put; a name in it may be in the other one."""
    return "zh" if has_han(text) and not _ASKS_IN_ENGLISH.match(text) else "en"


def spread(tidied: str) -> str:
    """English: words with single spaces between; commas and possessives stand alone."""
    apart = re.sub(r"\b(what|who|where|how|that|it)'s\b", r"\1 is", tidied)
    apart = re.sub(r"(\w)n't\b", r"\1 not", apart.replace("can't", "can not"))
    apart = re.sub(r"'s\b|(?<=s)'(?=\s)", " 's ", apart).replace(" '", " ' ")
    apart = re.sub(r"[,;]", " , ", apart.replace("' s", "'s"))
    return " ".join(re.sub(r"(?<!\S)['.:]+|[.:]+(?!\S)", lambda m: _keep(m[0]), apart).split())


def _keep(mark: str) -> str:
    return mark if mark.startswith("'") else " "


def close_up(tidied: str) -> str:
    """Chinese: no space beside a Chinese character, so that words stand as they are written."""
    return _BETWEEN.sub("", tidied)


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_ZH = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_EN = re.compile(r"(?:(\d{1,2}) )?([a-z]+) (?:(\d{1,2})(?:st|nd|rd|th)? ,? ?)?(\d{4})")


def read_day(text: str, *, end: bool) -> str | None:
    """The first or the last day of a year, a month or a day that a text says; None if it is none.

    Shape: YYYY-MM-DD.
    """
    text = text.strip()
    year = month = day = None
    if found := _ISO.fullmatch(text) or _ZH.fullmatch(text):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif (found := _EN.fullmatch(text)) and found[2] in _MONTHS:
        year, month = int(found[4]), _MONTHS[found[2]]
        day = int(found[1] or found[3] or 0) or None
    if year is None or not 1900 <= year <= 2100:
        return None
    try:
        if day is not None:
            return date(year, month or 1, day).isoformat()
        first = date(year, month or 1, 1)
    except ValueError:
        return None
    if not end:
        return first.isoformat()
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return (after - timedelta(1)).isoformat()
