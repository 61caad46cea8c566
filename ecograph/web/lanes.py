"""Where work runs: what is short at once, what is long in a few threads behind a queue.

The event loop stays free for health checks and for light requests while heavy ones run. What
neither runs nor waits is refused with 503 and Retry-After, so that no queue grows without end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from ecograph.api.job import Job, Response, refusal
from ecograph.service import Service
from ecograph.store.base import Budget, Overrun, Trial, overdue
from ecograph.web.http import BadRequest

RETRY_AFTER = b"1"
SLACK = 0.2
"""Seconds after its deadline that a database has to say that it ended a question."""
Drawn = TypeVar("Drawn")
TRIAL = 2_000
"""Expansions, about a millisecond, that a run may take before it leaves the event loop."""


def try_now(service: Service, job: Job) -> Response | None:
    """The response of a job that takes no more than about a millisecond."""
    if job.heavy or service.store.waits:
        return None
    try:
        return service.api.finish(job, job.run(Trial(TRIAL)))
    except Overrun:
        return None


class Lanes:
    """`running` heavy jobs at once, `queued` more that wait; a deadline counts from arrival.

    Over a database short jobs have `short` threads of their own, so that heavy ones do not hold
    them up, and a queue as long as a deadline allows.
    """

    def __init__(self, running: int = 8, queued: int = 32, short: int = 8) -> None:
        self.running = running
        self.queued = queued
        self.inside = 0
        self._threads = ThreadPoolExecutor(running, thread_name_prefix="ecograph")
        self._short = ThreadPoolExecutor(short, thread_name_prefix="ecograph-short")

    async def answer(
        self, service: Service, begun: Response | Job,
        left: Callable[[], Awaitable[None]] | None = None,
    ) -> Response:  # fmt: skip
        """The response of what was begun; `left` ends when the client has left.

        Raises: BadRequest (503) when there is no room.
        """
        if isinstance(begun, Response):
            return begun
        return try_now(service, begun) or await self.take(service, begun, left)

    async def take(
        self, service: Service, job: Job,
        left: Callable[[], Awaitable[None]] | None = None,
    ) -> Response:  # fmt: skip
        """The response of a long job, from a thread. Raises: BadRequest (503)."""
        short = service.store.waits and not job.heavy
        if not short and self.inside >= self.running + self.queued:
            raise BadRequest(
                503,
                f"{self.running} questions run and {self.queued} wait already; ask again in a "
                "second (settings running and queued)",
                ((b"retry-after", RETRY_AFTER),),
                code="BUSY",
            )
        budget = Budget(service.api.deadline)
        threads = self._short if short else self._threads
        work = asyncio.get_running_loop().run_in_executor(threads, job.run, budget)
        if not short:
            self.inside += 1
            work.add_done_callback(self._leave)
        gone = asyncio.ensure_future(left()) if left is not None else None
        left_over = budget.left if service.store.waits else None
        try:
            awaited: set[asyncio.Future[Any]] = {work} if gone is None else {work, gone}
            await asyncio.wait(
                awaited, timeout=None if left_over is None else left_over + SLACK,
                return_when=asyncio.FIRST_COMPLETED,
            )  # fmt: skip
            if not work.done():
                budget.end()
                if service.store.waits:
                    # A database that stands still is not waited for; its thread ends with it.
                    return refusal(overdue(service.api.deadline))
            # The thread ends by its deadline, and only then makes room.
            return service.api.finish(job, await asyncio.shield(work))
        finally:
            if gone is not None:
                gone.cancel()

    async def draw(self, service: Service, work: Callable[[Budget], Drawn]) -> Drawn:
        """What an answer's picture takes, from a thread: it is laid out, or waits for a database.

        Raises: StoreTimeout, StoreUnavailable, StoreError.
        """
        budget = Budget(service.api.deadline)
        drawing = asyncio.get_running_loop().run_in_executor(self._short, work, budget)
        left = budget.left
        done, _ = await asyncio.wait({drawing}, timeout=None if left is None else left + SLACK)
        if not done:
            budget.end()
            raise overdue(service.api.deadline)
        return drawing.result()

    def _leave(self, _: object) -> None:
        self.inside -= 1

    def close(self) -> None:
        """Let waiting work go."""
        for threads in (self._threads, self._short):
            threads.shutdown(wait=False, cancel_futures=True)
