"""The Neo4j store: a plan becomes one statement, asked of a `Database`, and its row is told.

Who calls what: `Database` (database.py) owns the driver, its errors, retries and time limits; this
store owns the statements. It answers for one dataset version, that of its directory: the service
over a database reads the pointer, makes the directory and calls `attach`; `fill` takes a graph
that the database holds already. A run blocks its thread while the database works, so `waits` says
that it never runs on the event loop.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any

from ecograph.errors import StoreUnavailable
from ecograph.model.graph import Graph
from ecograph.model.ontology import Ontology
from ecograph.plan.steps import Page, Plan, Root, Walk
from ecograph.plan.traverse import parts
from ecograph.store.base import Answer, Budget
from ecograph.store.cypher import Statement, to_cypher
from ecograph.store.cypher_text import Asked
from ecograph.store.cypher_walk import round_up
from ecograph.store.database import Database
from ecograph.store.directory import Directory
from ecograph.store.versions import IF_WHOLE, read_pointer

MOST_TEXTS = 64
"""Texts kept of one plan: one for each set of parameters that are null, and each bound."""


class BoltStore:
    """Answers every plan over one dataset version in a database."""

    waits = True
    """A run waits for another process, and may never do so on the event loop."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._held: tuple[Ontology, Directory] | None = None

    def fill(self, graph: Graph) -> None:
        """Answer for the version of this graph, which the database holds."""
        self.attach(graph.ontology, Directory.of(graph))

    def attach(self, ontology: Ontology, directory: Directory) -> None:
        """Answer for the version of this directory, which the database holds."""
        self._held = ontology, directory

    def prepare(self, plan: Plan) -> Program:
        """Make a plan ready to run. Raises: PlanError; StoreUnavailable before `fill`."""
        if self._held is None:
            raise StoreUnavailable("the Neo4j store answers for no version yet; call fill first")
        return Program(plan, self.database, *self._held)

    def is_outdated(self) -> bool:
        """Whether the database answers with another version by now. Raises: StoreError."""
        return self._held is not None and read_pointer(self.database) != self._held[1].version

    def close(self) -> None:
        """Let go of the connections."""
        self.database.close()


class Program:
    """A plan over one version; its text differs only by which parameters are null, and bounds."""

    def __init__(
        self, plan: Plan, database: Database, ontology: Ontology, directory: Directory
    ) -> None:
        self._plan = plan
        self._database = database
        self._ontology = ontology
        self._directory = directory
        self._given = tuple(dict.fromkeys(_optional(plan)))
        self._limits = tuple(dict.fromkeys(_limits(plan)))
        self._statements: OrderedDict[tuple[Any, ...], Statement] = OrderedDict()
        self._lock = Lock()
        if plan.roots:
            self.statement(dict.fromkeys((*self._given, *self._limits)))

    def statement(self, parameters: Mapping[str, Any]) -> Statement:
        """The statement for these parameters. Raises: PlanError."""
        given = frozenset(name for name in self._given if parameters[name] is not None)
        bounds = {name: round_up(parameters[name]) for name in self._limits}
        key = (given, *bounds.values())
        with self._lock:
            found = self._statements.get(key)
            if found is None:
                found = to_cypher(self._plan, self._ontology, given, bounds)
                self._statements[key] = found
                if len(self._statements) > MOST_TEXTS:
                    self._statements.popitem(last=False)
        return found

    def run(self, parameters: Mapping[str, Any], budget: Budget) -> Answer:
        """One JSON value a root. Raises: CursorError, StoreTimeout, StoreUnavailable."""
        if not self._plan.roots:
            return []
        statement = self.statement(parameters)
        asked = Asked(parameters, self._directory, budget)
        version = {"version": self._directory.version}
        row = self._database.read_row(
            IF_WHOLE + statement.text, statement.parameters(asked) | version, budget
        )
        if row is None:
            raise StoreUnavailable(
                "this version of the dataset has left the database; ask again in a second"
            )
        return statement.answer(row, asked)


def _optional(plan: Plan) -> Iterator[str]:
    """The parameters of which the text depends on whether they are null."""
    for part in parts(plan):
        if isinstance(part, Root) and part.as_of is not None:
            yield part.as_of.name
        if isinstance(part, Page):
            for param in (part.first, part.after, part.last, part.before):
                if param is not None:
                    yield param.name


def _limits(plan: Plan) -> Iterator[str]:
    """The parameters that limit walks, of which the text depends on the bound above."""
    for part in parts(plan):
        if isinstance(part, Walk) and part.limit is not None:
            yield part.limit.name
