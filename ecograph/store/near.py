"""Paths of at most four steps, by masks: a set of nodes as the bits of one whole number.

Most paths that are asked for are short, and what such a search costs is the memory that it looks
at. A mask of 5,000 nodes is 700 bytes in one piece, no more than a set of ten, so that two layers
meet in one pass over it; and the smallest node, which wins, is the lowest bit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import reduce
from operator import or_

Step = Callable[[int], Collection[int]]

MOST_NODES = 16_384
"""Of a larger graph masks would take more room than sets do."""
MOST_GATHERED = 256
"""Neighbours of a node beyond which it is not gathered what is two steps away."""
ROOM = 8 * 2**20
"""Bytes of all masks that are kept for one view."""


class Room:
    """How many bytes the masks of a view may take; when they are more, all are dropped."""

    def __init__(self, limit: int = ROOM) -> None:
        self.limit = limit
        self.size = 0
        self._tables: list[Masks] = []

    def open(self, compute: Callable[[int], int]) -> Masks:
        """A table that computes what it lacks."""
        self._tables.append(Masks(compute, self))
        return self._tables[-1]

    def close(self, table: Masks) -> None:
        """Empty a table and forget it; until all are dropped, its bytes are still counted."""
        self._tables = [other for other in self._tables if other is not table]
        table.clear()

    def take(self, size: int) -> None:
        """Make room for so many bytes."""
        self.size += size
        if self.size > self.limit:
            self.size = size
            for table in self._tables:
                table.clear()


class Masks(dict[int, int]):
    """Node -> mask, computed when first asked for."""

    __slots__ = ("_compute", "_room")

    def __init__(self, compute: Callable[[int], int], room: Room) -> None:
        super().__init__()
        self._compute = compute
        self._room = room

    def __missing__(self, node: int) -> int:
        mask = self._compute(node)
        self._room.take(mask.bit_length() // 7 + 100)
        self[node] = mask
        return mask


class Near:
    """What is one and two steps from each node, onward and backward, under one set of symbols."""

    def __init__(self, step: Step, back: Step, room: Room) -> None:
        self._room = room
        self._one, self._two = self._open(step)
        # The same both ways: tables are shared where the steps are.
        self._one_back, self._two_back = (
            (self._one, self._two) if back == step else self._open(back)
        )

    def _open(self, step: Step) -> tuple[Masks, Masks]:
        one = self._room.open(lambda node: mask_of(step(node)))

        def gather(node: int) -> int:
            beside = step(node)
            return (
                reduce(or_, map(one.__getitem__, beside), 0) if len(beside) <= MOST_GATHERED else 0
            )

        return one, self._room.open(gather)

    def close(self) -> None:
        """Let go of all masks."""
        for table in (self._one, self._two, self._one_back, self._two_back):
            self._room.close(table)

    def path(self, source: int, target: int) -> list[int] | None:
        """The smallest of the shortest sequences of nodes, None if it is none of 1 to 4 steps.

        It may be None as well where a node has very many neighbours.
        """
        one = self._one
        after = one[source]
        if after >> target & 1:
            return [source, target]
        before = self._one_back[target]
        # A walk this short is a path, since shorter ones were looked for before.
        if both := after & before:
            return [source, _lowest(both), target]
        beyond = self._two[source]
        if both := beyond & before:
            a = _first(after, one, both)
            return [source, a, _lowest(one[a] & both), target]
        if both := beyond & self._two_back[target]:
            a = _first(after, one, both)
            b = _lowest(one[a] & both)
            return [source, a, b, _lowest(one[b] & before), target]
        return None


def mask_of(nodes: Collection[int]) -> int:
    """The nodes as bits."""
    if not nodes:
        return 0
    bits = bytearray(max(nodes) // 8 + 1)
    for node in nodes:
        bits[node >> 3] |= 1 << (node & 7)
    return int.from_bytes(bits, "little")


def _lowest(mask: int) -> int:
    """The smallest node of a mask that is not empty."""
    return (mask & -mask).bit_length() - 1


def _first(mask: int, one: Masks, wanted: int) -> int:
    """The smallest node of a mask from which one step leads to a wanted one; there is one."""
    while True:
        lowest = mask & -mask
        node = lowest.bit_length() - 1
        if one[node] & wanted:
            return node
        mask ^= lowest
