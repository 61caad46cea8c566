"""What a terminal is told and a pipe is not: colour, and a word to who waits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TextIO, TypeVar

Piece = TypeVar("Piece")

STEP = 100
"""Pieces between two looks at the progress."""
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


def progressing(what: str, pieces: Iterable[Piece], total: int) -> Iterator[Piece]:
    """The pieces as they pass; who waits at a terminal sees how many of about how many have."""
    if not sys.stderr.isatty():
        yield from pieces
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        for done, piece in enumerate(pieces):
            if done % STEP == 0:
                progress.update(task, completed=min(done, total))
            yield piece
