"""Load, store, names and API, put together once; the server and the command line start here."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ecograph.api.job import Response
from ecograph.api.run import Api
from ecograph.errors import DataError, EcographError, StoreError
from ecograph.load import open_graph
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Entity, Graph, Outline, taxonomies_of
from ecograph.model.keys import forget_keys
from ecograph.model.names import NameEntry, NameIndex
from ecograph.settings import Settings, find_cache, find_folders
from ecograph.store.base import Budget, Store
from ecograph.store.memory import MemoryStore

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ecograph.api.compared import Comparison
    from ecograph.export.selection import Selection
    from ecograph.model.ontology import Language
    from ecograph.store.database import Address

DEFAULT_SCHEME = "seed"
UNREADABLE = ("x x x", "某 某 某")
"""Questions that every pattern is tried on, in each language, since none fits."""
ReadPart = Callable[[Collection[str], Budget, bool], Graph]
"""Reads of a stored graph what is among some ids, and whether also what is classified in them."""


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
    already; then the index of its names comes along, and what reads a part of it.
    """

    def __init__(
        self, data: Graph | Outline, store: Store | None = None, *,
        names: NameIndex | None = None, read_part: ReadPart | None = None,
        answer_cache: int = 32 * 2**20, deadline: float | None = 2.0,
    ) -> None:  # fmt: skip
        self.store = store if store is not None else MemoryStore(keep_roots=not answer_cache)
        self._graph = data if isinstance(data, Graph) else None
        self._read_part = read_part
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

    def graph_of(self, data: Any, budget: Budget | None = None) -> Graph:
        """The graph, to draw the data of an answer; over a database the part that it speaks of.

        Raises: StoreTimeout, StoreUnavailable, StoreError.
        """
        if self._read_part is None:
            return self.graph
        from ecograph.view.gather import has_tree, ids_in

        given = budget or Budget(self.api.deadline)
        return self._read_part(ids_in(data), given, has_tree(data))

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
        """The GraphQL response to one request: {"data": ..., "errors": [...]}.

        `document` may be the name of a named operation. Raises: QueryError if there is none of it.
        """
        if document.isidentifier():
            from ecograph.export.asked import read_question

            document = read_question(document)[0]
        return orjson.loads(self.answer(document, variables, operation_name).body)

    def ask(self, text: str, lang: Language | None = None) -> dict[str, Any]:
        """The answer to a plain question: `outcome`, `sentence`, `readings` with their data.

        In the language of the question unless `lang` says another. docs/asking.md says what is
        understood. Raises: EcographError if the answer has errors.
        """
        from ecograph.api.asked import ASK

        told = self.query(ASK, {"text": text, "lang": lang and lang.upper()})
        if "errors" in told:
            raise EcographError(str(told["errors"][0]["message"]))
        answer: dict[str, Any] = told["data"]["ask"]
        return answer

    def compare(
        self, what: str, days: Sequence[str], variables: Mapping[str, Any] | None = None
    ) -> Comparison:
        """What differs between the answers of two days: of a named operation, or a document.

        Raises: QueryError if the question takes no day, EcographError if an answer has errors.
        """
        from ecograph.api.compared import check_days, comparable, compare_answers
        from ecograph.api.places import write_message
        from ecograph.export.asked import read_question

        document = comparable(self.api.core, read_question(what)[0])
        both = check_days(days)
        told = [self.query(document, {**(variables or {}), "asOf": day}) for day in both]
        for one in told:
            if "errors" in one:
                raise EcographError(write_message(one["errors"][0]))
        return compare_answers(told[0]["data"], told[1]["data"], both)

    def warm_up(self) -> None:
        """Find what first questions would wait for: words, changes, importance, communities.

        May run in a thread of its own.
        """
        asker, calendar = self.api.questions.asker, self.outline.calendar
        _ = calendar.changes, calendar.importance
        if self._graph is not None:
            _ = calendar.community
        for question in UNREADABLE:
            asker.read(question)

    def is_outdated(self) -> bool:
        """Whether the store has a newer version to answer from. Raises: StoreError."""
        return self.store.is_outdated()

    def close(self) -> None:
        """Let go of what is held outside the process."""
        self.store.close()

    def select(self, what: str, variables: Mapping[str, Any] | None = None) -> Selection:
        """What the answer to a question speaks of: a named operation, or a document of GraphQL.

        Raises: QueryError if there is no such operation, EcographError if the answer has errors.
        """
        from ecograph.api.identified import identify
        from ecograph.api.places import write_message
        from ecograph.export.asked import read_day, read_question
        from ecograph.export.selection import select_answer

        given = dict(variables or {})
        document, name, question = read_question(what)
        told = self.query(identify(self.api.core, document), given)
        if "errors" in told:
            raise EcographError(write_message(told["errors"][0]))
        day = read_day(document, given)
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
    packs, folders = find_cache(os.environ, cache, cache_dir), find_folders(data)
    with pause_collector(), schema_faults_placed(folders):
        return Service(open_graph(folders, packs), **options)


@contextmanager
def schema_faults_placed(folders: Sequence[Path]) -> Iterator[None]:
    """Tell a name that the schema has taken already at its line. Raises: DataErrors."""
    try:
        yield
    except DataError as fault:
        # Only now, for it takes time: who opens a pack needs nothing that reads YAML.
        from ecograph.load.ontology import place_fault

        raise place_fault(fault, folders) from fault


def open_stored(address: Address, **options: Any) -> Service:
    """A service over the dataset version that a database answers with.

    What a service holds itself (names, ids, taxonomies) is read from there.
    Raises: StoreUnavailable, StoreError.
    """
    from ecograph.store.bolt import BoltStore
    from ecograph.store.database import Database
    from ecograph.store.directory import Directory
    from ecograph.store.part import read_part
    from ecograph.store.versions import read_calendar, read_sources, read_version, stream_entities

    database = Database(address)
    try:
        outline = read_version(database)
        ids: list[str] = []
        labels: list[str] = []
        categories: list[Entity] = []

        def noted() -> Iterator[Entity]:
            for entity in stream_entities(database, outline):
                ids.append(entity.id)
                labels.append(entity.name)
                if entity.kind == "Category":
                    categories.append(entity)
                yield entity

        with pause_collector():
            names = index_entities(noted())
        sources = read_sources(database, outline.version)
        outline = replace(
            outline, taxonomies=taxonomies_of(categories),
            calendar=read_calendar(database, outline),
        )  # fmt: skip
        directory = Directory(outline.version, outline.as_of, ids, labels, sources)
        store = BoltStore(database)
        store.attach(outline.ontology, directory)
        part = partial(read_part, database, outline)
        return Service(outline, store, names=names, read_part=part, **options)
    except BaseException:
        database.close()
        raise


def address_of(settings: Settings) -> Address:
    """Where the settings say that the database is."""
    from ecograph.store.database import Address

    return Address(
        settings.store, settings.store_user, settings.store_password, settings.store_database,
        settings.store_pool, settings.deadline,
    )  # fmt: skip
