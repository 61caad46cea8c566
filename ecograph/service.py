"""Load, store, names and API, put together once; the server and the command line start here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from ecograph.api.job import Response
from ecograph.api.run import Api
from ecograph.load import open_graph
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Entity, Graph
from ecograph.model.names import NameEntry, NameIndex
from ecograph.settings import bundled, find_cache
from ecograph.store.base import Store
from ecograph.store.memory import MemoryStore

DEFAULT_SCHEME = "seed"


def index_names(graph: Graph) -> NameIndex:
    """The names of a graph's entities; categories give way to those of the default taxonomy."""
    return NameIndex(
        NameEntry(e.id, e.kind, e.label, e.aliases, e.former_ids, yields=_gives_way(e))
        for e in graph.entities.values()
    )


def _gives_way(entity: Entity) -> bool:
    return entity.kind == "Category" and entity.attributes.get("scheme") != DEFAULT_SCHEME


class Service:
    """One dataset version, ready to be asked."""

    def __init__(
        self, graph: Graph, store: Store | None = None, *,
        answer_cache: int = 32 * 2**20, deadline: float | None = 2.0,
    ) -> None:  # fmt: skip
        self.graph = graph
        self.store = store if store is not None else MemoryStore()
        self.store.fill(graph)
        self.names = index_names(graph)
        self.api = Api(graph, self.store, self.names, answer_cache=answer_cache, deadline=deadline)

    def answer(
        self, document: str, variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Response:  # fmt: skip
        """The GraphQL response to one request, as JSON."""
        return self.api.answer(document, variables, operation_name)

    def query(
        self, document: str, variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Any:  # fmt: skip
        """The GraphQL response to one request: {"data": ..., "errors": [...]}."""
        return orjson.loads(self.answer(document, variables, operation_name).body)

    def close(self) -> None:
        """Let go of what is held outside the process."""
        self.store.close()


def open_service(
    data: Path | None = None, *,
    cache: bool | None = None, cache_dir: Path | None = None, **options: Any,
) -> Service:  # fmt: skip
    """A service over a data folder, the bundled one unless said.

    A graph that was read is kept in the cache folder, packed, to be there sooner the next time.
    `cache` and `cache_dir` are those settings; the environment says what is not given.
    Raises: DataErrors, SettingsError.
    """
    packs = find_cache(os.environ, cache, cache_dir)
    with pause_collector():
        return Service(open_graph(data if data is not None else bundled("data"), packs), **options)
