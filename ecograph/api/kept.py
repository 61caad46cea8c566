"""What is kept for who asks again, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

import orjson

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SEEN = 4_096
"""Keys after which those that came before them are forgotten, if they came once."""


class Kept(Generic[K, V]):
    """Values by key, bounded in bytes; those not asked for longest go first.

    A value is kept when its key comes for the second time, so that questions which come once,
    however many, leave nothing behind and push nothing out.
    Source: the doorkeeper of Einziger, Friedman and Manes, TinyLFU, ACM Transactions on Storage
    13(4), 2017; here two sets of hashes that take turns.
    """

    def __init__(self, limit: int, weigh: Callable[[K, V], int]) -> None:
        self.limit = limit
        self.size = 0
        self._weigh = weigh
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._seen: set[int] = set()
        self._seen_before: set[int] = set()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        """The kept value, if there is one."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V) -> None:
        """Keep a value whose key came before, if it takes no more than a tenth of the room."""
        if key not in self._kept and self.limit and self._came(hash(key)):
            self._add(key, value)

    def weigh_again(self, key: K) -> None:
        """Count anew a value that has grown, if it is kept."""
        if key in self._kept:
            value, before = self._kept.pop(key)
            self.size -= before
            self._add(key, value)

    def clear(self) -> None:
        """Let go of all values."""
        self._kept.clear()
        self.size = 0

    def _add(self, key: K, value: V) -> None:
        weight = self._weigh(key, value)
        if weight > self.limit // 10:
            return
        self._kept[key] = value, weight
        self.size += weight
        while self.size > self.limit:
            self.size -= self._kept.popitem(last=False)[1][1]

    def _came(self, mark: int) -> bool:
        """Whether a key came before; notes that it did."""
        if mark in self._seen or mark in self._seen_before:
            return True
        self._seen.add(mark)
        if len(self._seen) >= SEEN:
            self._seen, self._seen_before = set(), self._seen
        return False


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
