"""The part of a graph that a database gave, and the order of rows by the numbers it gave."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from ecograph.store.cypher_page import Keyset
from ecograph.store.cypher_paths import Raws
from ecograph.store.records import Row

PASSES, NUMBERS, KEYS = 1, 2, 3
"""Places in what is fetched of a node, after its number."""


class Section:
    """The part of a graph that came back: nodes and statements by their numbers."""

    __slots__ = ("among", "edges", "nodes")

    def __init__(self, nodes: Raws, edges: Raws, among: Sequence[Sequence[Any]]) -> None:
        self.nodes, self.edges, self.among = nodes, edges, among


class ClientOrder(Keyset):
    """The order of rows of which the numbers were fetched."""

    part: Section

    def key(self, row: Row) -> tuple[float, ...]:
        """The numbers by which a row is ordered."""
        raws = iter(self.part.nodes[row.node][NUMBERS])
        return tuple(
            float(row.carried["length"]) if key.name == "length"
            else inf if (number := next(raws)) is None
            else float(self.signed(key, number))
            for key in self.keys
        )  # fmt: skip

    def cursor(self, row: Row) -> str:
        """The row's key as opaque text."""
        if self.by_offset:
            return self.write_offset(row.carried["question"], row.carried["place"])
        raws = list(self.part.nodes[row.node][KEYS])
        return self.write([
            row.carried["length"] if raw == "length" else raw for raw in raws
        ])  # fmt: skip
