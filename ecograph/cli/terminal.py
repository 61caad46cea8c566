"""What a terminal is told and a pipe is not: colour, and a word to who waits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TextIO

PATIENCE = 1.0
"""Seconds that pass without a word."""


def wants_color(stream: TextIO) -> bool:
    """Whether colour is shown there, and wanted: https://no-color.org/."""
    shown = stream.isatty() and os.environ.get("TERM") != "dumb"
    return shown and not os.environ.get("NO_COLOR")


@contextmanager
def waiting(
    what: str, stream: TextIO | None = None, *, patience: float = PATIENCE
) -> Iterator[None]:
    """Tell who waits at a terminal, after a while, what for and how long already."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield
        return
    done, began = Event(), monotonic()

    def tell() -> None:
        pause, told = patience, False
        while not done.wait(pause):
            stream.write(f"\r{what}: {monotonic() - began:.0f} s")
            stream.flush()
            pause, told = 0.5, True
        if told:
            stream.write("\r\x1b[2K")
            stream.flush()

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
