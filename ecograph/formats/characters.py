"""What no file of the dataset may hold: characters that hide or reorder text, and too many."""

from __future__ import annotations

import re
import unicodedata

from ecograph.errors import Place
from ecograph.formats.faults import Faults

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, line feed, carriage return
    "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # formatting
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
MOST_SHOWN = 20
MOST_BYTES = 16 * 1024 * 1024


def spell(character: str) -> str:
    """The code point and the name of a character: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


def check_size(text: str, file: str, faults: Faults) -> bool:
    """Whether a file's text is at most 16 MB; it is a fault if not."""
    if len(text) * 4 <= MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) <= MOST_BYTES:
        return True
    faults.add("FILE_TOO_LARGE", "the file is larger than 16 MB", Place(file), "split it")
    return False


def check_characters(text: str, file: str, faults: Faults) -> bool:
    """Whether a file's text holds no forbidden character; each one is a fault."""
    line, start, shown = 1, 0, 0
    for match in FORBIDDEN.finditer(text):
        position = match.start()
        line += text.count("\n", start, position)
        start = position
        column = position - text.rfind("\n", 0, position)
        faults.add(
            "FORBIDDEN_CHARACTER", f"the character {spell(match[0])} is not allowed",
            Place(file, line, column), "take it out",
        )  # fmt: skip
        shown += 1
        if shown == MOST_SHOWN:
            break
    return shown == 0
