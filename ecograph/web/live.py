"""The service that answers now, and how another takes its place: whole, or not at all."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

from ecograph.api.job import Job, Response
from ecograph.api.run import Counters
from ecograph.errors import DataErrors, EcographError, StoreError
from ecograph.service import Service
from ecograph.store.base import Budget
from ecograph.web.http import BadRequest

Open = Callable[[], Service]
RETRY_AFTER = b"1"
LONGEST = 60.0
"""Seconds after which a service without a deadline counts as no longer asked."""
PROBE = '{ node(id: "nothing") { id } }'
PATIENCE = 1.0
"""Seconds that a store may take to show that it is there."""


@dataclass(frozen=True, slots=True)
class Reload:
    """How a load ended: loaded, unchanged or faulty; what was wrong, and how long it took."""

    result: str
    version: str
    faults: tuple[str, ...] = ()
    seconds: float = 0.0


class Live:
    """The service that new requests get; those under way end with the one they began with.

    `tell` is called after every load, `settle` when what was loaded stays for long.
    """

    def __init__(
        self, service: Service | None = None, opener: Open | None = None, *,
        tell: Callable[[Reload], None] = lambda _: None,
        settle: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        self.tell = tell
        self.last: Reload | None = None
        self.results = {"loaded": 0, "unchanged": 0, "faulty": 0}
        self.tried = asyncio.Event()
        """Set once a load has ended, well or not."""
        self.error: EcographError | None = None
        """Why the last load did not succeed."""
        self._open = opener
        self._service = service
        self._settle = settle
        self._loading: asyncio.Task[Reload] | None = None
        self._probing: asyncio.Task[str] | None = None
        self._warming: asyncio.Task[None] | None = None
        """Held until it has ended, since the loop itself holds no task."""
        self._before = Counters()
        self._retired: list[Service] = []

    @property
    def current(self) -> Service | None:
        """The service that answers now, None before the first is loaded."""
        return self._service

    @property
    def loaded(self) -> bool:
        """Whether there is a service."""
        return self._service is not None

    @property
    def service(self) -> Service:
        """The service that answers now. Raises: BadRequest (503) before the first is loaded."""
        return self.get()

    def get(self) -> Service:
        """The same."""
        if self._service is None:
            faulty = isinstance(self.error, DataErrors)
            told = "the data has faults" if faulty else "the data is being loaded"
            more = "ecograph check names them" if faulty else "ask again in a second"
            raise BadRequest(
                503, f"{told}; {more}",
                ((b"retry-after", RETRY_AFTER),), code="NOT_READY",
            )  # fmt: skip
        return self._service

    @property
    def version(self) -> str:
        """The version of the dataset; empty before one is loaded."""
        return self._service.outline.version if self._service is not None else ""

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults of the newest data, each with its place; none if it was loaded."""
        if self.last is None or not isinstance(self.error, DataErrors):
            return ()
        return self.last.faults

    def counters(self) -> Counters:
        """What all the services did, one after the other."""
        told, before = Counters(), self._before
        now = self._service.api.counters if self._service is not None else Counters()
        for name in Counters.__slots__:
            setattr(told, name, getattr(before, name) + getattr(now, name))
        return told

    async def reload(self) -> Reload:
        """Load the data anew; who asks meanwhile is told the same. Raises nothing of the data."""
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._reload())
        return await asyncio.shield(self._loading)

    async def _reload(self) -> Reload:
        began = time.perf_counter()
        faults: tuple[str, ...] = ()
        result: str = "unchanged"
        failed: EcographError | None = None
        try:
            if self._open is not None:
                fresh = await asyncio.to_thread(self._open)
                if self._service is None or fresh.outline.version != self.version:
                    result = "loaded"
                    self.swap(fresh)
                else:
                    fresh.close()
        except DataErrors as errors:
            result, failed, faults = "faulty", errors, tuple(map(str, errors.faults))
        except EcographError as error:
            result, failed, faults = "faulty", error, (error.message,)
        except Exception as error:
            # Whatever it is, it must not end the watching, nor what is served.
            message = f"the data could not be loaded ({type(error).__name__})"
            result, failed, faults = "faulty", EcographError(message), (message,)
        # Not before it is known: what is wrong is told until something else is.
        self.error = failed
        self.last = Reload(result, self.version, faults, time.perf_counter() - began)
        self.results[result] += 1
        self.tell(self.last)
        self.tried.set()
        return self.last

    def swap(self, service: Service) -> None:
        """Give new requests another service; the one before is closed when none can ask it."""
        self._before, before = self.counters(), self._service
        self._service = service
        self._warming = asyncio.create_task(asyncio.to_thread(service.warm_up))
        if before is None:
            self._settle_down()
            return
        self._retired.append(before)
        longest = before.api.deadline or LONGEST
        asyncio.get_running_loop().call_later(longest + 1, self._retire, before)

    def _retire(self, service: Service) -> None:
        if service in self._retired:
            self._retired.remove(service)
            service.close()
            del service
            self._settle_down()

    def _settle_down(self) -> None:
        if self._settle is not None:
            # What was before is free for the collector, which settling runs.
            gc.unfreeze()
            self._settle()

    async def ready(self) -> str:
        """Why requests cannot be answered now; nothing if they can."""
        if self._service is None:
            if isinstance(self.error, StoreError):
                return self.error.message
            return "the data is being loaded" if self.error is None else "the data has faults"
        if self._probing is None or self._probing.done():
            begun = self._service.api.begin(PROBE)
            self._probing = asyncio.create_task(asyncio.to_thread(probe, begun))
        try:
            return await asyncio.wait_for(asyncio.shield(self._probing), PATIENCE)
        except TimeoutError:
            return f"the store did not answer within {PATIENCE:g} s"

    def close(self) -> None:
        """Let go of every service."""
        for service in [*self._retired, *([self._service] if self._service else [])]:
            service.close()
        self._retired.clear()


def probe(begun: Response | Job) -> str:
    """Ask the store for a thing that is not there: why it cannot answer, or nothing."""
    response = begun if isinstance(begun, Response) else begun.run(Budget(PATIENCE))
    return "" if response.clean else "the store does not answer"
