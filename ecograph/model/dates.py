"""Partial dates (2019, 2019-08, 2019-08-16) and what surely holds at a day.

A day is the proleptic Gregorian ordinal of `datetime.date`, an int.
Source: Extended Date/Time Format (ISO 8601-2) level 0, reduced precision.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

BEGINNING = 0
"""Before every date: a period whose beginning is not known holds from here."""

END = 4_000_000
"""After every date: a period whose end is not known holds until here."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=8192)
def span(text: str) -> tuple[int, int]:
    """The first and the last day that a partial date can mean.

    Raises: ValueError if it is not a date of the calendar.
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date; write 2019, 2019-08 or 2019-08-16")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if match[3]:
            exact = date(year, month, day).toordinal()
            return exact, exact
        if match[2]:
            first = date(year, month, 1)
            return first.toordinal(), first.replace(
                day=calendar.monthrange(year, month)[1]
            ).toordinal()
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar: {_missing(year, month, day)}") from None


def _missing(year: int, month: int, day: int) -> str:
    """What of a date is not there; a month is 0 where none is said."""
    if year == 0:
        return "there is no year 0"
    if not 1 <= month <= 12:
        return f"there is no month {month:02}"
    return f"{year:04}-{month:02} has no day {day:02}"


def earliest(text: str) -> int:
    """The first day that a partial date can mean."""
    return span(text)[0]


def latest(text: str) -> int:
    """The last day that a partial date can mean."""
    return span(text)[1]
