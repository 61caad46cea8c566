"""How wide a text is, and where its lines break, without any font at hand.

The widths are the largest of DejaVu Sans, Liberation Sans (as wide as Arial) and Noto Sans CJK, so
that what fits by them fits in each.
"""

from __future__ import annotations

import re
import unicodedata

REGULAR = (
    32, 40, 47, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 39, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 56, 102, 68, 69, 72, 77, 67, 61, 78, 75, 29, 54, 67, 56, 86, 75, 79,
    67, 79, 72, 67, 61, 73, 68, 99, 69, 67, 69, 39, 39, 39, 84, 56, 61, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
)  # fmt: skip
"""Hundredths of the font size, of the characters from space to ~."""
BOLD = 1.12
OTHER = 0.68
"""Of the font size, of every other character that is not wide."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, at most."""
    total = 0.0
    for character in text:
        code = ord(character)
        if 32 <= code < 127:
            total += REGULAR[code - 32] / 100
        elif unicodedata.combining(character):
            continue
        else:
            total += 1.0 if is_wide(character) else OTHER
    return total * size * (BOLD if bold else 1.0)


def is_wide(character: str) -> bool:
    """Whether a character takes a whole square, as Chinese and its punctuation do."""
    return unicodedata.east_asian_width(character) in "WFA"


def wrap(
    text: str, size: float, room: float, lines: int = 2, *, bold: bool = False
) -> tuple[str, ...]:
    """The lines of a text, at most `lines`, about equally long; what is cut off ends with an …."""
    if width_of(text, size, bold=bold) <= room:
        return (text,)
    pieces = _PIECES.findall(text)
    found = _fill(pieces, size, room, bold)
    if len(found) > lines:
        rest = "".join(found[lines - 1 :])
        return (*(line.rstrip() for line in found[: lines - 1]), cut(rest, size, room, bold=bold))
    # The narrowest room that needs no further line is the most even one.
    # As long as no word is broken for it.
    widest = widest_word(text, size, bold=bold)
    narrow, wide = max(room / 2, min(widest, room)), room
    for _ in range(6):
        middle = (narrow + wide) / 2
        if len(_fill(pieces, size, middle, bold)) <= len(found):
            wide = middle
        else:
            narrow = middle
    return tuple(line.strip() for line in _fill(pieces, size, wide, bold))


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The width of the longest part of a text within which no line may break."""
    return max(
        (width_of(piece.rstrip(), size, bold=bold) for piece in _PIECES.findall(text)), default=0.0
    )


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text that fits into a room, with an … for what does not."""
    text = text.strip()
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(f"{text}…", size, bold=bold) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


# A run of letters with the sign or the space after which a line may break; Chinese one by one,
# with the punctuation that may not begin a line.
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_PIECES = re.compile(
    rf"[（「『【《]*(?:[{_WIDE}]|[^\s/\-+_.{_WIDE}]+)[，。；：、！？）」』】》]*[/\-+_.]*\s*"
    rf"|[/\-+_.]+\s*|\s+",
    re.ASCII,
)


def _fill(pieces: list[str], size: float, room: float, bold: bool) -> list[str]:
    lines, line = [], ""
    for piece in pieces:
        if line and width_of((line + piece).rstrip(), size, bold=bold) > room:
            lines.append(line)
            line = piece
        else:
            line += piece
        while width_of(line.rstrip(), size, bold=bold) > room and len(line) > 1:
            fits = len(line) - 1
            while fits > 1 and width_of(line[:fits], size, bold=bold) > room:
                fits -= 1
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line.strip() or not lines else lines
