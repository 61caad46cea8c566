"""What is kept for who asks again, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar

import orjson

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SEEN = 4_096
"""Keys after which those that came before them are forgotten, if they came once."""
ONCE = 8
"""The share of the room, one part in so many, for what was asked for once."""


class Kept(Generic[K, V]):
    """Values by key, bounded in bytes; those not asked for longest go first.

    What was asked for once has a small part of the room, so that questions which come once,
    however many, take little and push nothing out that is asked again.
    Source: segmented LRU, Karedla, Love and Wherry, Caching strategies to improve disk system
    performance, 1994; the marks of keys that came are the doorkeeper of Einziger, Friedman and
    Manes, TinyLFU, 2017, as two sets that take turns.
    """

    def __init__(self, limit: int, weigh: Callable[[K, V], int]) -> None:
        self.limit = limit
        self._weigh = weigh
        self._again: _Part[K, V] = _Part(limit - limit // ONCE)
        self._once: _Part[K, V] = _Part(limit // ONCE)
        self._seen: set[int] = set()
        self._seen_before: set[int] = set()
        # Plain questions ask from worker threads.
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._again) + len(self._once)

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return self._again.size + self._once.size

    def get(self, key: K) -> V | None:
        """The kept value, if there is one."""
        if not self.limit:
            return None
        with self._lock:
            found = self._again.get(key)
            if found is not None:
                self._again.move_to_end(key)
                return found[0]
            if key not in self._once:
                return None
            value, weight = self._once.remove(key)
            self._again.add(key, value, weight)
            return value

    def put(self, key: K, value: V) -> None:
        """Keep a value, if it takes no more than a tenth of the room."""
        if not self.limit:
            return
        weight = self._weigh(key, value)
        with self._lock:
            if weight <= self.limit // 10 and key not in self._again and key not in self._once:
                (self._again if self._came(hash(key)) else self._once).add(key, value, weight)

    def weigh_again(self, key: K) -> None:
        """Count anew a value that has grown, if it is kept."""
        with self._lock:
            part = self._again if key in self._again else self._once
            if key in part:
                value, _ = part.remove(key)
                part.add(key, value, self._weigh(key, value))

    def clear(self) -> None:
        """Let go of all values."""
        with self._lock:
            for part in (self._again, self._once):
                part.clear()
                part.size = 0

    def _came(self, mark: int) -> bool:
        """Whether a key came before; notes that it did."""
        if mark in self._seen or mark in self._seen_before:
            return True
        self._seen.add(mark)
        if len(self._seen) >= SEEN:
            self._seen, self._seen_before = set(), self._seen
        return False


class _Part(OrderedDict[K, tuple[V, int]]):
    """Values with their weights, bounded in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.size = 0

    def add(self, key: K, value: V, weight: int) -> None:
        self[key] = value, weight
        self.size += weight
        while self.size > self.limit:
            self.size -= self.popitem(last=False)[1][1]

    def remove(self, key: K) -> tuple[V, int]:
        found = self.pop(key)
        self.size -= found[1]
        return found


Asked = tuple[str, str | None, str]
"""Document, operation and variables of a request."""


def key_of(
    document: str, name: str | None, variables: Mapping[str, Any] | None
) -> Asked | None:  # fmt: skip
    """The key of a request's answer, None if it has none."""
    if not variables:
        return document, name, ""
    try:
        # As a text, since orjson's own bytes keep the room of its buffer.
        return document, name, orjson.dumps(variables, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # a value that JSON has no form of; the variables' types refuse it
        return None


def weigh_answer(key: Asked, body: bytes) -> int:
    """The bytes that a kept answer takes."""
    return len(body) + len(key[0]) + len(key[2]) + 400
