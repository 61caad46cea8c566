"""A history as a line: where events stand, which status held between them, which years to write.

Lengths are in units of the drawing, WIDTH wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ecograph.model.dates import earliest
from ecograph.web.words import Words

WIDTH = 720
EDGE = 14
LABEL = 44
"""The room that a year needs."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the line in which one status held; None where nothing is known."""

    x: float
    width: float
    status: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Spans from the first event to the day; x of each event, in order; (x, year) of each mark."""

    spans: tuple[Span, ...]
    events: tuple[float, ...]
    years: tuple[tuple[float, str], ...]
    now: float


def draw_timeline(history: Sequence[Mapping[str, Any]], day: str, words: Words) -> Timeline | None:
    """The line of a history until a day; None if there is nothing to draw."""
    if not history:
        return None
    days = [earliest(event["date"]) for event in history]
    first, last = min(days), max(earliest(day), *days)
    length = max(last - first, 1)

    def place(at: int) -> float:
        return round(EDGE + (at - first) / length * (WIDTH - 2 * EDGE), 1)

    changes: list[tuple[int, str | None]] = [(first, None)]
    for at, event in sorted(zip(days, history, strict=True), key=lambda pair: pair[0]):
        status = words.status_after(event["event"])
        if status is not None and status != changes[-1][1]:
            changes.append((at, status))
    ends = [at for at, _ in changes[1:]] + [last]
    spans = tuple(
        Span(place(at), round(place(end) - place(at), 1), status)
        for (at, status), end in zip(changes, ends, strict=True)
        if end > at
    )
    begin, end = date.fromordinal(first).year + 1, date.fromordinal(last).year
    step = max(1, -(-(end - begin + 1) * LABEL // (WIDTH - 2 * EDGE)))
    years = tuple(
        (place(date(year, 1, 1).toordinal()), str(year)) for year in range(begin, end + 1, step)
    )
    return Timeline(spans, tuple(place(at) for at in days), years, place(earliest(day)))
