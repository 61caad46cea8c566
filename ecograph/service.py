"""Load, store, names and API, put together once; the server and the command line start here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ecograph.api.job import Response
from ecograph.api.operations import find_operation, hint_operation, read_operations
from ecograph.api.run import Api
from ecograph.errors import EcographError, QueryError, StoreError
from ecograph.load import open_graph
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Entity, Graph, Outline
from ecograph.model.names import NameEntry, NameIndex
from ecograph.settings import bundled, find_cache, find_folders
from ecograph.store.base import Store
from ecograph.store.memory import MemoryStore

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ecograph.export.selection import Selection

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
        self.store = store if store is not None else MemoryStore()
        self._graph = data if isinstance(data, Graph) else None
        if isinstance(data, Graph):
            self.store.fill(data)
            names = index_names(data)
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

    def select(self, what: str, variables: Mapping[str, Any] | None = None) -> Selection:
        """What the answer to a question speaks of: a named operation, or a document of GraphQL.

        Raises: QueryError if there is no such operation, EcographError if the answer has errors.
        """
        from ecograph.api.identified import identify
        from ecograph.export.selection import select_answer

        given = dict(variables or {})
        document, name, question = _read_question(what)
        told = self.query(identify(self.api.core, document), given)
        if "errors" in told:
            raise EcographError(str(told["errors"][0]["message"]))
        day = _read_day(document, given)
        return select_answer(self.graph, told["data"], name, question, given, day)

    def around(self, name: str, hops: int = 1) -> Selection:
        """What is at most some hops from an entity. Raises: UnresolvedName, QueryError."""
        from ecograph.export.selection import select_around

        return select_around(self.graph, self.names.resolve(name, None, "name"), hops)

    def scheme(self, name: str) -> Selection:
        """A taxonomy and what stands in it. Raises: QueryError."""
        from ecograph.export.part import take_scheme
        from ecograph.export.selection import Selection

        return Selection(take_scheme(self.graph, name), f"The taxonomy {name}")

    @property
    def whole(self) -> Selection:
        """The whole graph, to be analysed or written. Raises: StoreError, as `graph` does."""
        from ecograph.export.selection import Selection

        return Selection(self.graph, self.graph.title["en"])

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """The whole graph: one node an entity, one edge a statement."""
        return self.graph.to_networkx()

    def to_pandas(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The entities and the statements: `Selection.to_pandas`."""
        return self.whole.to_pandas()

    def __repr__(self) -> str:
        told = self.outline
        return (f"Service({told.title['en']!r}: {told.entity_count} entities, "
                f"{told.statement_count} statements)")  # fmt: skip

    def _repr_html_(self) -> str | None:
        return None if self._graph is None else self.whole._repr_html_()

    def close(self) -> None:
        """Let go of what is held outside the process."""
        self.store.close()


def _read_question(what: str) -> tuple[str, str, Mapping[str, str]]:
    """The document, its name and what it asks, of a named operation or of a document."""
    if "{" in what:
        return what, "", {"en": "What the answer speaks of", "zh": "答案所及"}
    operations = read_operations(bundled("queries"))
    found = find_operation(operations, what)
    if found is None:
        raise QueryError(f"unknown operation {what!r}; {hint_operation(operations, what)}")
    return found.document, found.name, found.question


def _read_day(document: str, variables: Mapping[str, Any]) -> str | None:
    """The day of a question; none if it says none, or one for some of its parts only."""
    said = _AS_OF.findall(document)
    days = {variables.get(name) if name else day for name, day in said}
    roots = {day for day in days if isinstance(day, str)}
    return roots.pop() if len(days) == len(roots) == 1 else None


_AS_OF = re.compile(r'\basOf\s*:\s*(?:\$(\w+)|"([\d-]+)")')


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
