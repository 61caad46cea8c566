"""Patterns compiled once: there are more of them than the standard library keeps."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern."""
    return re.compile(pattern)


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """The match of a whole text, or None."""
    return compiled(pattern).fullmatch(text)
