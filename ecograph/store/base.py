"""What every store offers: fill, prepare, run, close. A new question is a new plan, never more."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ecograph.errors import StoreTimeout
from ecograph.model.graph import Graph
from ecograph.plan.steps import Plan

Answer = Sequence[bytes]
"""One JSON value a root, in the plan's order."""


class Budget:
    """The time that one run may take; asked at least every 1,024 expansions.

    `seconds` is measured from construction; None sets no limit. `cut` says that an answer came
    back with less than all there is, as its part of the time was up.
    """

    __slots__ = ("_deadline", "cut", "seconds")

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        self.cut = False
        self._deadline = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        """The seconds that are left, None without a limit."""
        return None if self._deadline is None else self._deadline - time.monotonic()

    def share(self, part: float) -> Budget | None:
        """A budget of a part of the time that is left; None without a limit."""
        return None if self.left is None else Budget(max(self.left, 0.0) * part)

    def extend(self, seconds: float) -> None:
        """Give more time, for what was done meanwhile and is no part of the question."""
        if self._deadline is not None:
            self._deadline += seconds

    def end(self) -> None:
        """Let the time be up, as when nobody waits for the answer any more."""
        self._deadline = 0.0
        self.seconds = self.seconds or 0.0

    def spend(self, expansions: int = 0) -> None:
        """Raise StoreTimeout if the time is up; `expansions` says what was done since."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise overdue(self.seconds)


def overdue(seconds: float | None) -> StoreTimeout:
    """What is said when the time is up."""
    within = "the time that it had" if seconds is None else f"{seconds:g} s"
    return StoreTimeout(
        f"the answer was not complete within {within}; ask for less "
        "(a smaller maxLength, fewer relations in via) or raise the setting deadline"
    )


class Overrun(Exception):
    """A trial that turned out to be long; not an error: the run starts again elsewhere."""


class Trial(Budget):
    """A budget of so many expansions, for a run that must not hold up others."""

    __slots__ = ("_left",)

    def __init__(self, expansions: int) -> None:
        super().__init__()
        self._left = expansions

    def spend(self, expansions: int = 0) -> None:
        """Raise Overrun when the expansions are spent."""
        self._left -= expansions
        if self._left < 0:
            raise Overrun


class Prepared(Protocol):
    """A plan made ready to run many times."""

    def run(self, parameters: Mapping[str, Any], budget: Budget) -> Answer:
        """Answer the plan. Raises: CursorError, StoreTimeout, StoreUnavailable."""
        ...


class Store(Protocol):
    """Holds one graph and answers plans over it."""

    @property
    def waits(self) -> bool:
        """Whether a run waits for another process, so that it may not be on the event loop."""
        ...

    def fill(self, graph: Graph) -> None:
        """Take the graph; what was there before is no longer asked."""
        ...

    def prepare(self, plan: Plan) -> Prepared:
        """Make a plan ready to run. Raises: PlanError."""
        ...

    def is_outdated(self) -> bool:
        """Whether there is a newer version to answer from. Raises: StoreError."""
        ...

    def close(self) -> None:
        """Let go of what is held outside the process."""
        ...
