"""The forms of a question: without politeness, without words that say little, without its date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecograph.ask.text import read_day
from ecograph.ask.words import FILLERS, KEPT, POLITE, ZH_FILLERS, ZH_POLITE
from ecograph.model.ontology import Language

_DATE_EN = re.compile(
    r"(?P<rest>.+?),? (?:as of|on|in|by|at the end of|at|back in|until|as at) "
    r"(?P<day>(?:the )?(?:year )?(?:\d{4}(?:[-/.]\d{1,2}){0,2}|(?:\d{1,2} )?[a-z]{3,9} (?:\d{1,2}"
    r"(?:st|nd|rd|th)? ,? ?)?\d{4}))"
)
_DATE_EN_WITHIN = re.compile(
    r"(?P<rest>.+?) , (?:as of|on|in|by|back in|at the end of) (?P<day>(?:\d{4}"
    r"(?:[-/.]\d{1,2}){0,2}"
    r"|(?:\d{1,2} )?[a-z]{3,9} \d{4})) ,(?P<more> .+)"
)
_DATE_EN_FIRST = re.compile(
    r"(?:as of|on|in|by|back in|at the end of) (?P<day>(?:\d{4}(?:[-/.]\d{1,2}){0,2}"
    r"|(?:\d{1,2} )?[a-z]{3,9} (?:\d{1,2}(?:st|nd|rd|th)? ,? ?)?\d{4})) ?,? (?P<rest>.+)"
)
_DAY_ZH = r"(?P<day>\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?))"
_DATE_ZH = re.compile(
    f"(?:在|截至|截止到?|到)?{_DAY_ZH}(?:底|初|的时候|时|为止|止|当时)?,?(?P<rest>.+)"
)
_DATE_ZH_IN = re.compile(
    f"(?P<before>.+?)(?:在|截至|截止到?|到)?{_DAY_ZH}(?:底|的时候|时|为止)?(?P<after>.*)"
)
COUNTED = re.compile("(?P<rest>.+?)(?: ,)? and how many|(?P<zh>.+),有多少")
_NOW = re.compile(
    r" (?:right now|at the moment|at present|at this time|these days|to date|so far|for now)\b"
)


def strip_polite(text: str, own: Language) -> str:
    """The question without words of politeness around it."""
    *_, last = polite_steps(text, own)
    return last


def polite_steps(text: str, own: Language) -> Iterator[str]:
    """The question, and each time with one more word of politeness cut off."""
    yield text
    if own == "zh":
        while (cut := ZH_POLITE.sub("", text)) != text:
            text = cut
            yield text
        return
    text = re.sub(r" (?:please|pls|thanks|thank you)$", "", text)
    yield text
    while not KEPT.match(text) and (cut := POLITE.sub("", text)) != text:
        text = cut
        yield text


_DENIED_FIRST = {
    "en": re.compile(
        r"(?P<left>.+?) (?:do|does|did) not (?P<no>.+?) ,? ?(?:but|yet) "
        r"(?:(?:do|does|did) )?(?P<yes>.+)"
    ),
    "zh": re.compile("(?P<left>.*?)(?:不|没有)(?P<no>.+?),?(?:但是|但|却|而)(?!不|没)(?P<yes>.+)"),
}


def denied_last(text: str, own: Language) -> str | None:
    """Which tools do not use runc but use crun, with what is denied after what is so."""
    found = _DENIED_FIRST[own].fullmatch(text)
    if found is None:
        return None
    if own == "zh":
        return f"{found['left']}{found['yes']}但不{found['no']}"
    return f"{found['left']} {found['yes']} but do not {found['no']}"


def strip_fillers(text: str, own: Language) -> str:
    """The question without adverbs that change nothing of what is asked."""
    if own == "zh":
        return ZH_FILLERS.sub("", text)
    return " ".join(w for w in _NOW.sub("", text).split() if w not in FILLERS)


def dated(text: str, own: Language) -> Iterator[tuple[str, str, bool]]:
    """The question without its date, the last day of the date, and whether it says "as of"."""
    if own == "en":
        for pattern in (_DATE_EN, _DATE_EN_FIRST, _DATE_EN_WITHIN):
            found = pattern.fullmatch(text)
            said = re.sub(r"^(?:the )?(?:year )?", "", found["day"]) if found else ""
            if found and (day := read_day(said, end=True)):
                more = found.groupdict().get("more") or ""
                yield found["rest"] + more, day, "as of" in text or "as at" in text
        return
    stated = re.search("截至|截止", text) is not None
    if (found := _DATE_ZH.fullmatch(text)) and (day := read_day(found["day"], end=True)):
        yield found["rest"], day, stated
    elif (found := _DATE_ZH_IN.fullmatch(text)) and (day := read_day(found["day"], end=True)):
        yield found["before"] + found["after"], day, stated
