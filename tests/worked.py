"""Worked examples of a document: a section's files, its commands, and what they print.

A block that begins with a comment of a file's name is that file. A block of `sh` is run, and the
next block of `text` or `json` is what it prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = "http://127.0.0.1:8000"
SECONDS = 120
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"(?:#|//) ([\w.-]+)\n")


def section_of(document: Path, title: str) -> str:
    """The text below a heading of the second level."""
    found = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)",
        document.read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    assert found, f"{document.name} has no section {title!r}"
    return found[1]


def try_out(section: str, folder: Path, address: str) -> list[tuple[str, str]]:
    """What each command of a section should print, and what it does, in a folder."""
    told: list[tuple[str, str]] = []
    printed: str | None = None
    for language, text in BLOCK.findall(section):
        named = NAME.match(text)
        if named:
            (folder / named[1]).write_text(text.replace(SHOWN, address), "utf-8")
        elif language == "sh":
            printed = run(text.replace(SHOWN, address), folder)
        elif printed is not None:
            told.append((text.strip(), printed.strip()))
            printed = None
    assert told, "the section runs nothing"
    return told


def run(command: str, folder: Path) -> str:
    """What a command prints; it finds this Python first, and asks no other host."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, timeout=SECONDS, capture_output=True, text=True,
        check=False,
        env={**os.environ, "PATH": path, "NO_COLOR": "1", "npm_config_offline": "true"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
