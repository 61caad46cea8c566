"""Load, store, names and API, put together once; the server and the command line start here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from ecograph.api.job import Response
from ecograph.api.run import Api
from ecograph.errors import StoreError
from ecograph.load import open_graph
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Entity, Graph, Outline
from ecograph.model.keys import forget_keys
from ecograph.model.names import NameEntry, NameIndex
from ecograph.settings import find_cache, find_folders
from ecograph.store.base import Store
from ecograph.store.memory import MemoryStore

DEFAULT_SCHEME = "seed"


def index_names(graph: Graph) -> NameIndex:
    """The names of a graph's entities."""
    return index_entities(graph.entities.values())


def index_entities(entities: Iterable[Entity]) -> NameIndex:
    """The names of entities; categories give way to those of the default taxonomy."""
    return NameIndex(
        NameEntry(e.id, e.kind, e.label, e.aliases, e.former_ids, yields=_gives_way(e))
        for e in entities
    )


def _gives_way(entity: Entity) -> bool:
    return entity.kind == "Category" and entity.attributes.get("scheme") != DEFAULT_SCHEME


class Service:
    """One dataset version, ready to be asked.

    Over a graph, which the store is filled with, or over the outline of one that the store holds
    already; then the index of its names comes along.
    """

    def __init__(
        self, data: Graph | Outline, store: Store | None = None, *,
        names: NameIndex | None = None,
        answer_cache: int = 32 * 2**20, deadline: float | None = 2.0,
    ) -> None:  # fmt: skip
        self.store = store if store is not None else MemoryStore(keep_roots=not answer_cache)
        self._graph = data if isinstance(data, Graph) else None
        if isinstance(data, Graph):
            self.store.fill(data)
            names = index_names(data)
            forget_keys()
        self.outline = data.outline if isinstance(data, Graph) else data
        self.names = names if names is not None else index_entities(())
        self.api = Api(data, self.store, self.names, answer_cache=answer_cache, deadline=deadline)

    @property
    def graph(self) -> Graph:
        """The graph. Raises: StoreError if it is not in memory, but in a database."""
        if self._graph is None:
            raise StoreError("the graph is in a database and not in memory; ask it by queries")
        return self._graph

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
    data: Path | str | Iterable[Path | str] = (), *,
    cache: bool | None = None, cache_dir: Path | None = None, **options: Any,
) -> Service:  # fmt: skip
    """A service over a data folder, the bundled one unless said, or over several.

    Later folders add to the first, amend and deny it: docs/extending.md.
    A graph that was read is kept in the cache folder, packed, to be there sooner the next time.
    `cache` and `cache_dir` are those settings; the environment says what is not given.
    Raises: DataErrors, SettingsError.
    """
    packs = find_cache(os.environ, cache, cache_dir)
    with pause_collector():
        return Service(open_graph(find_folders(data), packs), **options)
