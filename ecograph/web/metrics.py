"""What the server counts, as plain numbers; Prometheus' text is made when it is asked for.

Nothing here is locked: all of it is counted on the event loop.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from ecograph.web.board import Board
from ecograph.web.http import NO_STORE, Handler, Reply, Request
from ecograph.web.lanes import Lanes
from ecograph.web.live import Live
from ecograph.web.tags import for_reading

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Upper bounds of the latencies' buckets, in seconds."""
OTHER = "other"


@dataclass(slots=True)
class Tally:
    """Numbers by name; those of several processes can be added up."""

    requests: Counter[str] = field(default_factory=Counter)
    """By "route status"."""
    refused: Counter[str] = field(default_factory=Counter)
    buckets: dict[str, list[int]] = field(default_factory=dict)
    """By operation: how many took up to each bound, and longer than all."""
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """By operation."""
    counted: Counter[str] = field(default_factory=Counter)
    """What others count: questions, heavy questions, loads."""

    def add(self, told: Mapping[str, Any]) -> None:
        """Add what another process counted."""
        for name in ("requests", "refused", "counted"):
            getattr(self, name).update(told[name])
        for operation, seconds in told["seconds"].items():
            self.seconds[operation] += seconds
        for operation, counts in told["buckets"].items():
            own = self.buckets.get(operation) or [0] * len(counts)
            self.buckets[operation] = [a + b for a, b in zip(own, counts, strict=True)]

    def told(self) -> dict[str, Any]:
        """The numbers as JSON has them."""
        return {name: dict(getattr(self, name)) for name in self.__slots__}


class Metrics(Collector):
    """The numbers of one process. Labels are bounded: routes, statuses, codes, named operations."""

    def __init__(
        self, live: Live, lanes: Lanes, operations: Collection[str], board: Board | None = None
    ) -> None:
        self.operations = frozenset({*operations, OTHER})
        self._own = Tally()
        self._kept = self._kept_told = 0
        self._live = live
        self._lanes = lanes
        self._board = board
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def name(self, operation: str) -> str:
        """The name under which an operation is counted."""
        return operation if not operation or operation in self.operations else OTHER

    def count(self, route: str, status: int, code: str, operation: str, seconds: float) -> None:
        """Count one request; `operation` is empty if it asked for none."""
        own = self._own
        own.requests[f"{route} {status}"] += 1
        if code:
            own.refused[code] += 1
        if operation:
            buckets = own.buckets.get(operation)
            if buckets is None:
                buckets = own.buckets[operation] = [0] * (len(BOUNDS) + 1)
            buckets[bisect_left(BOUNDS, seconds)] += 1
            own.seconds[operation] += seconds

    def count_kept(self, operation: str, seconds: float) -> None:
        """Count a request to /graphql whose whole reply was kept."""
        self._kept += 1
        buckets = self._own.buckets.get(operation)
        if buckets is not None:
            buckets[bisect_left(BOUNDS, seconds)] += 1
            self._own.seconds[operation] += seconds

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        told: bytes = generate_latest(self._registry)
        return told

    def tally(self) -> Tally:
        """What this process counted by now."""
        counters, inside, running = self._live.counters(), self._lanes.inside, self._lanes.running
        self._own.requests["/graphql 200"] += self._kept - self._kept_told
        self._kept_told = self._kept
        self._own.counted = Counter(
            {
                "ecograph_questions": counters.requests + self._kept,
                "ecograph_answer_cache_hits": counters.cached + self._kept,
                "ecograph_fallbacks": counters.fallbacks,
                "ecograph_plan_runs": counters.statements,
                "running": min(inside, running),
                "waiting": max(0, inside - running),
                **self._live.results,
            }
        )
        return self._own

    def collect(self) -> Iterator[Metric]:
        """The families of metrics, of all processes that share a board."""
        told = Tally()
        told.add(self.tally().told())
        for other in self._board.others() if self._board is not None else ():
            told.add(other)
        yield from _of_requests(told)
        yield from _of_answers(told)
        yield from self._of_data(told)
        if (resident := read_memory()) is not None:
            yield GaugeMetricFamily(
                "process_resident_memory_bytes", "Resident memory of this process.", resident
            )

    def _of_data(self, told: Tally) -> Iterator[Metric]:
        loads = CounterMetricFamily("ecograph_loads", "Loads of the data.", labels=("result",))
        for result in self._live.results:
            loads.add_metric((result,), told.counted[result])
        yield loads
        yield GaugeMetricFamily(
            "ecograph_data_faulty",
            "1 if the newest data has faults, so that older data is served.",
            int(self._live.error is not None),
        )
        if self._live.loaded:
            outline = self._live.service.outline
            dataset = GaugeMetricFamily(
                "ecograph_dataset_info", "The dataset that is served.", labels=("version", "as_of")
            )
            dataset.add_metric((outline.version, str(outline.as_of)), 1)
            yield dataset
            counts = {"entities": outline.entity_count, "statements": outline.statement_count}
            for name, count in counts.items():
                yield GaugeMetricFamily(f"ecograph_{name}", f"How many {name}.", count)


def _of_requests(told: Tally) -> Iterator[Metric]:
    requests = CounterMetricFamily(
        "ecograph_requests", "Requests, by route and status.", labels=("route", "status")
    )
    for key, count in sorted(told.requests.items()):
        requests.add_metric(key.rsplit(" ", 1), count)
    yield requests
    refused = CounterMetricFamily(
        "ecograph_refused", "Requests that were refused, by code.", labels=("code",)
    )
    for code, count in sorted(told.refused.items()):
        refused.add_metric((code,), count)
    yield refused
    latency = HistogramMetricFamily(
        "ecograph_request_seconds",
        "Time from a question's arrival to its answer, by named operation.",
        labels=("operation",),
    )
    for name, buckets in sorted(told.buckets.items()):
        latency.add_metric((name,), _cumulative(buckets), told.seconds[name])
    yield latency


def _of_answers(told: Tally) -> Iterator[Metric]:
    for name, help_ in (
        ("ecograph_questions", "GraphQL questions, refused ones too."),
        ("ecograph_answer_cache_hits", "Questions with a kept answer."),
        ("ecograph_fallbacks", "Answers that graphql-core walked."),
        ("ecograph_plan_runs", "Plans that a store ran."),
    ):
        yield CounterMetricFamily(name, help_, told.counted[name])
    queue = GaugeMetricFamily(
        "ecograph_heavy_questions", "Heavy questions that run, and that wait.", labels=("state",)
    )
    for state in ("running", "waiting"):
        queue.add_metric((state,), told.counted[state])
    yield queue


def _cumulative(buckets: list[int]) -> list[tuple[str, float]]:
    total, told = 0, []
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
        total += count
        told.append((bound, float(total)))
    return told


def read_memory() -> int | None:
    """Resident bytes of this process; None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * 4096


def metric_routes(metrics: Metrics) -> dict[str, Handler]:
    """/metrics, never kept by a cache."""

    async def handle(request: Request) -> Reply:
        return Reply(200, CONTENT_TYPE_LATEST, metrics.text(), (NO_STORE,))

    return {"/metrics": for_reading(handle)}
