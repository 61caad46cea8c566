"""The places of ids and names in a dataset version whose graph is in a database."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ecograph.model.dates import earliest
from ecograph.model.graph import Graph
from ecograph.model.keys import fold


class Directory:
    """The ids and names of one version, in order: what cursors and filters compare with.

    Ids of statements are not among them: they are ASCII, and compare alike everywhere.
    """

    __slots__ = ("day", "ids", "names", "sources", "version")

    def __init__(
        self, version: str, as_of: str, ids: Iterable[str], names: Iterable[str],
        sources: Iterable[str],
    ) -> None:  # fmt: skip
        self.version = version
        self.day = earliest(as_of)
        self.ids: Sequence[str] = sorted(ids)
        self.names: Sequence[str] = sorted(map(fold, names))
        self.sources: Sequence[str] = sorted(sources)

    @classmethod
    def of(cls, graph: Graph) -> Directory:
        """The directory of a graph."""
        names = (e.name for e in graph.entities.values())
        return cls(graph.version, graph.as_of, graph.entities, names, graph.sources)

    def id_rank(self, id_: str) -> float:
        """The place of an entity's id; between two if it is not there."""
        return _place(self.ids, id_)

    def rank_of_name(self, name: str) -> float:
        """The place of a name, one for equal ones; between two if it is not there."""
        return _place(self.names, fold(name))

    def statement_rank(self, id_: str) -> str:
        """The id itself."""
        return id_

    def source_rank(self, id_: str) -> float:
        """The place of a source's id; between two if it is not there."""
        return _place(self.sources, id_)


def _place(ordered: Sequence[str], text: str) -> float:
    place = bisect_left(ordered, text)
    return place if ordered[place : place + 1] == [text] else place - 0.5
