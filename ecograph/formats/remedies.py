"""What would be right where a text is no YAML: the remedy that its parser does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

FULL_WIDTH_COLON = "："
LONGEST_SHOWN = 60
_FIELD = re.compile(r"(?P<before>\s*(?:- +)*)(?P<key>[^\s:#'\"{}\[\],][^:#'\"{}\[\],]*): +")
_GLUED = re.compile(r"\s*(?:- +)*(?P<key>\w[\w.]*):(?P<value>\S.*)", re.ASCII)
_FULL_WIDTH = re.compile(r"(?:^\s*(?:- +)*|[{,]\s*)(?P<key>\w[\w.]*)(?P<colon>：)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text, both counted from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a parser met: its words, where it gave up, and where what it was reading begins."""

    context: str
    problem: str
    at: Spot
    begun: Spot | None = None


def find_remedy(lines: Sequence[str], trouble: Trouble) -> tuple[Spot, str]:
    """Where the fault stands, and what would be right there; an empty text if that is not known."""
    at, problem = trouble.at, trouble.problem
    line = lines[at.line] if at.line < len(lines) else ""
    if line[at.column :].startswith("\t"):
        return at, "a tab stands here; indent with spaces"
    if found := _find_full_width(lines, trouble):
        return found
    if "cannot start any token" in problem:
        return at, f"a text that begins with {line[at.column : at.column + 1]!r} stands in quotes"
    if "mapping values are not allowed" in problem:
        return at, _quote_value(line, at.column)
    begun = trouble.begun
    if begun is None:
        return at, ""
    if "end of stream" in problem and "quoted" in trouble.context:
        return begun, "the quote that begins here has no end"
    if "expected ':'" in problem:
        return begun, _part_field(lines[begun.line])
    if "flow" in trouble.context:
        return at, _close(line, at, begun, problem)
    if line[: at.column].rstrip().endswith(("'", '"')):
        return at, "put the whole text in quotes, and double a quote inside it"
    return at, "the fields of one record begin in one column, below its first"


def spot_full_width(text: str) -> str:
    """The remedy for a text in which a full-width colon stands behind what seems to be a key."""
    found = _FULL_WIDTH.search(text)
    return _write_colon(found["key"]) if found else ""


def _find_full_width(lines: Sequence[str], trouble: Trouble) -> tuple[Spot, str] | None:
    first = min(trouble.at.line, trouble.begun.line if trouble.begun else trouble.at.line)
    for number in range(max(first - 1, 0), min(trouble.at.line + 1, len(lines))):
        # In the text of a field it may well stand.
        found = None if _FIELD.match(lines[number]) else _FULL_WIDTH.search(lines[number])
        if found:
            return Spot(number, found.start("colon")), _write_colon(found["key"])
    return None


def _write_colon(key: str) -> str:
    return f"{FULL_WIDTH_COLON!r} is a full-width colon; write '{key}: '"


def _quote_value(line: str, column: int) -> str:
    field = _FIELD.match(line)
    if field is None or field.end() > column:
        return "the fields of one record begin in one column, below its first"
    text = line[field.end() :].rstrip().replace("'", "''")
    if text.startswith(('"', "'")) or len(text) > LONGEST_SHOWN:
        return "a text that holds ': ' stands in quotes"
    return f"a text that holds ': ' stands in quotes: '{text}'"


def _part_field(line: str) -> str:
    glued = _GLUED.match(line)
    if glued is None or len(glued["value"]) > LONGEST_SHOWN:
        return "write 'key: value', with a space behind the colon"
    return f"write '{glued['key']}: {glued['value'].rstrip()}', with a space behind the colon"


def _close(line: str, at: Spot, begun: Spot, problem: str) -> str:
    if at.line == begun.line and line[at.column :].startswith(":"):
        return "a text that holds ': ' stands in quotes"
    end = "]" if "']'" in problem else "}"
    return f"write {end!r} at the end of what begins at {begun.line + 1}:{begun.column + 1}"
