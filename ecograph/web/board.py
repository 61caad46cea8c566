"""What several server processes tell each other, as files of a folder that they share.

Each posts what it counted, once a second; who is asked for metrics adds all of it up. A reload
that one of them is asked for is a note that the others find.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import orjson

BOARD = "ECOGRAPH_BOARD"
"""The environment's variable with the folder; for workers, and no setting."""
LOOK = 1.0
"""Seconds between two looks at it."""


class Board:
    """One process' view of the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note = folder / "reload"
        self._seen = self._noted()

    def post(self, counted: Any) -> None:
        """Put up what this process counted."""
        self._write(self._folder / f"{os.getpid()}.json", orjson.dumps(counted))

    def others(self) -> list[Any]:
        """What the other processes put up, those that ended too."""
        own = f"{os.getpid()}.json"
        found = (path for path in sorted(self._folder.glob("*.json")) if path.name != own)
        return [orjson.loads(path.read_bytes()) for path in found]

    def ask_reload(self) -> None:
        """Ask the others to load the data anew."""
        self._write(self._note, b"%d" % time.time_ns())
        self._seen = self._noted()

    def is_asked(self) -> bool:
        """Whether another asked since the last look."""
        before, self._seen = self._seen, self._noted()
        return self._seen != before

    def _noted(self) -> bytes:
        return self._note.read_bytes() if self._note.exists() else b""

    def _write(self, path: Path, data: bytes) -> None:
        # Written beside and renamed, so that nobody reads a half of it.
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(path)
