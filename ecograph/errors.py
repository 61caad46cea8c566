"""Every error that ecograph raises, as one tree. Imports nothing.

EcographError                   a code, a message; `code` is stable and reaches GraphQL clients
├── DataError                   one fault in the data, with file, line and column
├── DataErrors                  all faults of one load, grouped by file
├── InnerError                  a question within another that was not answered
├── PlanError                   a plan that cannot be built or answered
│   └── ExpressionError         a fault in a path expression, with the offset of the character
├── QueryError                  what a client sent cannot be answered
│   ├── UnresolvedName              UNKNOWN_NAME, AMBIGUOUS_NAME, WRONG_KIND
│   ├── LimitExceeded           a number over the largest that is answered
│   ├── CursorError             BAD_CURSOR, STALE_CURSOR
│   └── FenceError                  a fence in a document asks for what cannot be drawn
├── SettingsError               a setting with a wrong value
└── StoreError                  a store that cannot answer
    ├── StoreUnavailable        not reachable
    └── StoreTimeout            the deadline passed
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class EcographError(Exception):
    """The root of the tree; `code` is stable across releases."""

    code = "ECOGRAPH_ERROR"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; line and column count from 1, 0 = the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class InnerError(EcographError):
    """A question that stands in another one was not answered; `code` is its own."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class DataError(EcographError):
    """One fault in the data: what is wrong, with which value, and what would be right."""

    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f"; {self.hint}" if self.hint else "")


class DataErrors(EcographError):
    """All the faults of one load, sorted by place."""

    code = "BAD_DATA"

    def __init__(self, faults: Sequence[DataError]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.place, f.code, f.message)))
        files = len({f.place.file for f in self.faults})
        super().__init__(f"{len(self.faults)} fault(s) in {files} file(s)")

    def __str__(self) -> str:
        return "\n".join([self.message, *map(str, self.faults)])


class PlanError(EcographError):
    """A plan that cannot be built or answered."""

    code = "BAD_PLAN"


class ExpressionError(PlanError):
    """A fault in a path expression; `offset` counts characters from 0."""

    code = "BAD_PATH_EXPRESSION"

    def __init__(self, message: str, text: str, offset: int) -> None:
        super().__init__(message)
        self.text = text
        self.offset = offset


class QueryError(EcographError):
    """What a client sent cannot be answered; `extensions` go to the client."""

    code = "BAD_QUERY"

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message)
        self.extensions: Mapping[str, Any] = extensions


class UnresolvedName(QueryError):
    """A name that fits nothing, several things, or a thing of another kind."""

    def __init__(self, code: str, message: str, **extensions: Any) -> None:
        super().__init__(message, **extensions)
        self.code = code


class LimitExceeded(QueryError):
    """A number in an argument over the largest that is answered; `bound` says which that is."""

    code = "LIMIT_EXCEEDED"


class CursorError(QueryError):
    """A cursor of another order (BAD_CURSOR) or of another dataset version (STALE_CURSOR)."""

    def __init__(self, code: str, message: str, **extensions: Any) -> None:
        super().__init__(message, **extensions)
        self.code = code


class FenceError(QueryError):
    """What a fence in a document asks for cannot be drawn; `line` counts in its text, from 1."""

    code = "BAD_FENCE"

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class SettingsError(EcographError):
    """A setting with a wrong value."""

    code = "BAD_SETTING"


class StoreError(EcographError):
    """A store that cannot answer."""

    code = "STORE_ERROR"


class StoreUnavailable(StoreError):
    """The store is not reachable."""

    code = "STORE_UNAVAILABLE"


class StoreTimeout(StoreError):
    """The deadline passed before the answer was complete."""

    code = "TIMEOUT"
