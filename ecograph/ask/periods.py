"""Periods in questions: in 2020, since May 2021, before 2015; 2020 年以来."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ecograph.ask.text import read_day
from ecograph.model.ontology import Language

Period = tuple[str | None, str | None]
"""The first and the last day that count; None where it is open."""

_DAY_EN = (
    r"(?:the year )?(?:\d{4}(?:[-/.]\d{1,2}){0,2}"
    r"|(?:\d{1,2} )?[a-z]{3,9} (?:\d{1,2}(?:st|nd|rd|th)? ,? ?)?\d{4})"
)
_PERIOD_EN = (
    rf"(?:(?P<both>between|from) (?P<a>{_DAY_EN}) (?:and|to|until|till) (?P<b>{_DAY_EN})"
    rf"|(?P<how>in|during|since|from|after|before|until|till|by|up to) (?P<day>{_DAY_EN})"
    r"(?: on| onwards?)?)"
)
_EN = (
    re.compile(rf"(?P<rest>.+?)(?: ,)? {_PERIOD_EN}"),
    re.compile(rf"{_PERIOD_EN}(?: ,)? (?P<rest>.+)"),
)
_DAY_ZH = r"\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?"
_ZH = re.compile(
    f"(?:自|从|自从|在|于|到|截至|截止)?(?:(?P<a>{_DAY_ZH})(?:到|至|和|与)(?P<b>{_DAY_ZH})(?:之间|期间|为止|间)?"
    f"|(?P<day>{_DAY_ZH})(?P<how>以来|起|至今|到现在|之后|以后|后|之前|以前|前|为止|底|间|里|内|期间)?),?"
)
_SINCE = frozenset("since from 以来 起 至今 到现在".split())
_AFTER = frozenset("after 之后 以后 后".split())
_BEFORE = frozenset("before 之前 以前 前".split())
_UNTIL = frozenset(("until", "till", "by", "up to", "为止"))


def periods(text: str, own: Language) -> Iterator[tuple[str, Period]]:
    """The question without its period, and the period."""
    patterns = _EN if own == "en" else ()
    for pattern in patterns:
        if (found := pattern.fullmatch(text)) and (period := _period(found)):
            yield found["rest"], period
    if own == "zh":
        for found in _ZH.finditer(text):
            rest = text[: found.start()] + text[found.end() :]
            if rest and (period := _period(found)):
                yield rest, period


def _period(found: re.Match[str]) -> Period | None:
    if found["a"]:
        return _both(_read(found["a"], end=False), _read(found["b"], end=True))
    first, last = _read(found["day"], end=False), _read(found["day"], end=True)
    if first is None or last is None:
        return None
    how = found["how"] or "in"
    if how in _SINCE:
        return first, None
    if how in _AFTER:
        return _moved(last, 1), None
    if how in _BEFORE:
        return None, _moved(first, -1)
    return (None, last) if how in _UNTIL else (first, last)


def _both(first: str | None, last: str | None) -> Period | None:
    return None if first is None or last is None or first > last else (first, last)


def _read(text: str, *, end: bool) -> str | None:
    return read_day(text.removeprefix("the year "), end=end)


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(by)).isoformat()
