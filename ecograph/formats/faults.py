"""The faults of one load, gathered so that all of them are told at once."""

from __future__ import annotations

from collections.abc import Iterable

from ecograph.errors import DataError, DataErrors, Place
from ecograph.model.keys import did_you_mean

MOST_FAULTS = 1000
LONGEST_SHOWN = 80
MOST_SUGGESTIONS = 100
"""Looking for near spellings costs milliseconds, so a file full of faults gets only so many."""


class Faults:
    """A growing list of faults; those beyond the limit are counted, not kept."""

    def __init__(self, limit: int = MOST_FAULTS) -> None:
        self._limit = limit
        self._kept: list[DataError] = []
        self._seen: set[tuple[str, Place]] = set()
        self._dropped = 0
        self._suggestions = 0

    def __len__(self) -> int:
        return len(self._kept) + self._dropped

    def add(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Note one fault, once: a value that many rows share can be read many times."""
        if (message, place) in self._seen:
            return
        if len(self._kept) < self._limit:
            self._seen.add((message, place))
            self._kept.append(DataError(code, message, place, hint))
        else:
            self._dropped += 1

    def add_unknown(
        self, code: str, what: str, wrong: str, known: Iterable[str], place: Place, *,
        otherwise: str = "", remedy: str = "",
    ) -> None:  # fmt: skip
        """Note a name that nothing has, with the remedy, the nearest ones, or else the hint."""
        shown = wrong if len(wrong) <= LONGEST_SHOWN else wrong[: LONGEST_SHOWN - 3] + "..."
        message = f"unknown {what} {shown!r}"
        if (message, place) in self._seen:
            return
        self._suggestions += 1
        seek = not remedy and self._suggestions <= MOST_SUGGESTIONS
        near = did_you_mean(shown, known) if seek else ""
        self.add(code, message, place, remedy or near or otherwise)

    def raise_any(self) -> None:
        """Raise DataErrors with every fault noted so far, if there is one."""
        if not self._kept:
            return
        kept = self._kept
        if self._dropped:
            message = f"{self._dropped} further fault(s) are not shown"
            kept = [*kept, DataError("TOO_MANY_FAULTS", message, kept[-1].place)]
        raise DataErrors(kept)
