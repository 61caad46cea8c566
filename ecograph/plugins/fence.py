"""The text of a fence or a directive: a question, its variables, how it is to be drawn.

The first line is a named operation, alone or as an address has it after /q/; each further line is
`name: value`. A variable that takes several values stands in several lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecograph.errors import FenceError, QueryError
from ecograph.web.addresses import read_pairs

OWN = ("caption", "server")
"""What may be said beside variables and how a picture is drawn."""


@dataclass(frozen=True, slots=True)
class Said:
    """A name with its value, and the line in which it stands, from 1."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Fence:
    """What is asked: an operation's name, and all that is said of it in order."""

    name: str
    said: tuple[Said, ...]

    def line_of(self, name: str = "", value: str | None = None) -> int:
        """The line that says a name, or gives a value; the first if there is none."""
        for one in self.said:
            # Some generators know names in small letters alone.
            if (name and one.name.casefold() == name.casefold()) or (
                value is not None and one.value == value
            ):
                return one.line
        return 1


def read_fence(text: str) -> Fence:
    """What a fence says. Raises: FenceError."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    if not lines:
        raise FenceError(1, "the fence is empty; write a question, e.g. Neighborhood?of=runc")
    said: list[Said] = []
    (first, question), *rest = lines
    name, _, tail = question.partition("?")
    try:
        # An address may be written with letters that a browser would encode.
        pairs = read_pairs(_encode(tail))
    except QueryError as error:
        raise FenceError(first, error.message) from error
    said += [Said(*pair, first) for pair in pairs]
    for number, line in rest:
        key, colon, value = line.partition(":")
        if not colon or not key.strip():
            raise FenceError(number, f"{line!r} is not name: value")
        said.append(Said(key.strip(), value.strip(), number))
    return Fence(name.strip(), tuple(said))


def write_fence(question: str, said: Iterable[tuple[str, str]]) -> str:
    """The text of a fence that says so, a line each."""
    return "\n".join([question, *(f"{name}: {value}" for name, value in said)])


def _encode(tail: str) -> bytes:
    from urllib.parse import quote

    return quote(tail, safe="%&=+;/:?@!$'()*,~-._[]").encode()
