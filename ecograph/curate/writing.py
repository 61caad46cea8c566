"""Texts as YAML writes them, and files put in place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkstemp

_PLAIN = re.compile(r"[^\W_](?:[\w./+@()-]| (?=[\w(])|:(?=[\w/]))*")


def quote_text(text: str) -> str:
    """A text as a YAML scalar that may stand in a flow list, in quotes where it must."""
    if _PLAIN.fullmatch(text) and text.lower() not in ("null", "true", "false"):
        return text
    return "'" + text.replace("'", "''") + "'"


def write_texts(texts: Mapping[Path, str]) -> None:
    """Put files in place, each whole or not at all."""
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        if path.exists():
            os.chmod(name, path.stat().st_mode)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
