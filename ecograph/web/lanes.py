"""Where work runs: what is short at once, what is long in a few threads behind a queue.

The event loop stays free for health checks and for light requests while heavy ones run. What
neither runs nor waits is refused with 503 and Retry-After, so that no queue grows without end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ecograph.api.job import Job, Response
from ecograph.service import Service
from ecograph.store.base import Budget, Overrun, Trial
from ecograph.web.http import BadRequest

RETRY_AFTER = b"1"
TRIAL = 2_000
"""Expansions, about a millisecond, that a run may take before it leaves the event loop."""


def try_now(service: Service, job: Job) -> Response | None:
    """The response of a job that takes no more than about a millisecond."""
    if job.heavy:
        return None
    try:
        return service.api.finish(job, job.run(Trial(TRIAL)))
    except Overrun:
        return None


class Lanes:
    """`running` jobs at once, `queued` more that wait; a job's deadline counts from its arrival."""

    def __init__(self, running: int = 8, queued: int = 32) -> None:
        self.running = running
        self.queued = queued
        self.inside = 0
        self._threads = ThreadPoolExecutor(running, thread_name_prefix="ecograph")

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
        if self.inside >= self.running + self.queued:
            raise BadRequest(
                503,
                f"{self.running} questions run and {self.queued} wait already; ask again in a "
                "second (settings running and queued)",
                ((b"retry-after", RETRY_AFTER),),
                code="BUSY",
            )
        self.inside += 1
        budget = Budget(service.api.deadline)
        work = asyncio.get_running_loop().run_in_executor(self._threads, job.run, budget)
        work.add_done_callback(self._leave)
        gone = asyncio.ensure_future(left()) if left is not None else None
        try:
            if gone is not None:
                both: set[asyncio.Future[Any]] = {work, gone}
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    budget.end()
            # The thread ends by its deadline, and only then makes room.
            return service.api.finish(job, await asyncio.shield(work))
        finally:
            if gone is not None:
                gone.cancel()

    def _leave(self, _: object) -> None:
        self.inside -= 1

    def close(self) -> None:
        """Let waiting work go."""
        self._threads.shutdown(wait=False, cancel_futures=True)
