"""Milliseconds that plain questions take, read alone and answered whole, in one process."""

from __future__ import annotations

import csv
import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from ecograph.api.asked import ASK
from ecograph.service import Service, open_service

LIMIT = 5.0
"""Milliseconds within which a question is to be answered."""
TESTS = Path(__file__).parents[1] / "tests"


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds that some questions took, of each the median of its rounds."""

    title: str
    questions: int
    middle: float
    slow: float
    """Within which 99 % were."""
    worst: float
    question: str
    """The slowest."""
    held: bool
    """Whether the limit is one for them."""


def measure(rounds: int) -> list[Asked]:
    """Ask all questions of the tests on one core. Raises: RuntimeError if one took too long."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        found = [*_kept(rounds), _first(rounds)]
    finally:
        os.sched_setaffinity(0, cores)
    for asked in found:
        if asked.held and asked.worst > LIMIT:
            raise RuntimeError(f"{asked} took longer than {LIMIT:g} ms")
    return found


def _kept(rounds: int) -> list[Asked]:
    """Questions that were asked before, so that their documents are kept, and no answers."""
    service = _opened()
    ways: dict[str, Callable[[str], object]] = {
        "read": service.api.questions.asker.read,
        "read and answered": partial(_ask, service),
    }
    found = []
    for title, texts in (("questions", answered()), ("refused texts", refused())):
        for way, ask in ways.items():
            _round(texts, ask)
            taken = [_round(texts, ask) for _ in range(rounds)]
            found.append(_tell(f"{title}, {way}", texts, taken))
    service.close()
    gc.unfreeze()
    return found


def _opened() -> Service:
    """A service as a server settles it: with its words gathered, and out of the collector's way."""
    service = open_service(answer_cache=0)
    service.warm_up()
    gc.collect()
    gc.freeze()
    return service


def _first(rounds: int) -> Asked:
    """Questions that a service has not been asked, each round a service of its own."""
    texts, taken = answered(), []
    for _ in range(rounds):
        service = _opened()
        taken.append(_round(texts, partial(_ask, service)))
        service.close()
        gc.unfreeze()
    return _tell("questions, read and answered for the first time", texts, taken, held=False)


def answered() -> list[str]:
    """The questions that the tests hold to their readings."""
    with (TESTS / "questions.csv").open(encoding="utf-8", newline="") as file:
        return [row["question"] for row in csv.DictReader(file)]


def refused() -> list[str]:
    """The texts that the tests hold to be refused."""
    return (TESTS / "not_questions.txt").read_text("utf-8").splitlines()


def _ask(service: Service, text: str) -> None:
    service.answer(ASK, {"text": text})


def _round(texts: list[str], ask: Callable[[str], object]) -> list[float]:
    taken = []
    for text in texts:
        began = time.perf_counter()
        ask(text)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _tell(title: str, texts: list[str], taken: list[list[float]], *, held: bool = True) -> Asked:
    ordered = sorted(zip(map(median, zip(*taken, strict=True)), texts, strict=True))
    times = [one for one, _ in ordered]
    slow = times[99 * (len(times) - 1) // 100]
    return Asked(title, len(texts), median(times), slow, *ordered[-1], held)
