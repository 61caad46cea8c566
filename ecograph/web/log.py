"""What the server says of itself: one JSON line an event, and nothing that a client wrote.

No question, no variable, no address, no token: a line holds names that the server knows.
"""

from __future__ import annotations

import logging
import random
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson

from ecograph.web.live import Reload

Write = Callable[[str], object]
MOST_LINES = 50
"""Lines in one second about requests; what is more is counted in the next line."""
MOST_FAULTS = 20


class Log:
    """Writes lines.

    `sample` is the share of requests that is told, 0 to 1; refused ones and those of `slow`
    seconds or more are told always, 0 tells none for being slow.
    """

    def __init__(self, write: Write, *, sample: float = 0.0, slow: float = 1.0) -> None:
        self._write = write
        self.sample = sample
        self.slow = slow
        self.tells_all = sample > 0
        """Whether requests may be told that are neither refused nor slow."""
        self.quick = slow or float("inf")
        """Seconds up to which a request is not slow."""
        self._second = 0
        self._lines = 0
        self._left_out = 0

    def request(
        self, method: str, route: str, status: int, code: str, operation: str, seconds: float,
        version: str,
    ) -> None:  # fmt: skip
        """Tell of one request, if it is to be told."""
        slow = self.slow and seconds >= self.slow
        if status < 400 and not code and not slow and not (
            self.sample and random.random() < self.sample
        ):  # fmt: skip
            return
        if self._room():
            told: dict[str, Any] = {
                "method": method if method in _METHODS else "other",
                "route": route, "status": status, "ms": round(seconds * 1000, 3),
            }  # fmt: skip
            told |= {"operation": operation} if operation else {}
            told |= {"code": code} if code else {}
            told |= {"version": version} if version else {}
            self.say("request", **told)

    def failure(self, error: BaseException) -> None:
        """Tell of a fault of the server: its type and where, not its message, which may quote."""
        if self._room():
            places = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
            self.say("failure", type=type(error).__name__, at=places[-8:])

    def reload(self, done: Reload) -> None:
        """Tell of a load, and of the faults of the data."""
        told: dict[str, Any] = {
            "result": done.result, "version": done.version, "ms": round(done.seconds * 1000),
        }  # fmt: skip
        if done.faults:
            told |= {"faults": done.faults[:MOST_FAULTS], "fault_count": len(done.faults)}
        self.say("load", **told)

    def say(self, event: str, **told: Any) -> None:
        """Write one line."""
        if self._left_out:
            told["left_out"], self._left_out = self._left_out, 0
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = orjson.dumps({"time": now, "event": event, **told}, default=str)
        with suppress(OSError, ValueError):  # nobody reads it any more
            self._write(line.decode() + "\n")

    def _room(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._lines = second, 0
        self._lines += 1
        if self._lines > MOST_LINES:
            self._left_out += 1
            return False
        return True


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class ServerLog(logging.Handler):
    """What uvicorn logs, as lines of the same kind."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, without a traceback."""
        if self._log._room():
            self._log.say("server", level=record.levelname.lower(), message=record.getMessage())
