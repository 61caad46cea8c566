"""Kept answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import orjson


class Answers:
    """Kept answers, bounded in bytes; the least recently used go first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Any, bytes] = OrderedDict()

    def key(
        self, document: str, name: str | None, variables: Mapping[str, Any] | None
    ) -> Any | None:
        """The key of a request, None if nothing is kept."""
        if not self.limit:
            return None
        if not variables:
            return document, name, b""
        try:
            # Copied, since orjson's own bytes keep the room of its buffer, a thousand or two.
            text = b"%b" % orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
            return document, name, text
        except TypeError:  # a value that JSON has no form of; the variables' types refuse it
            return None

    def get(self, key: Any) -> bytes | None:
        """The kept answer, if there is one."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Any, body: bytes) -> None:
        """Keep an answer that takes no more than a tenth of the room."""
        if len(body) > self.limit // 10:
            return
        self.size += _weight(key, body)
        self._kept[key] = body
        while self.size > self.limit:
            old, gone = self._kept.popitem(last=False)
            self.size -= _weight(old, gone)


def _weight(key: Any, body: bytes) -> int:
    return len(body) + len(key[0]) + len(key[2]) + 200
