"""Plan -> one statement of Cypher, its parameters, and how its one row is told. Knows no driver.

The text depends on the shape of a plan alone: names of parameters and variables are numbered in
order, values are parameters, labels and types come from the ontology. Parts: `cypher_rows` (where
rows come from), `cypher_where` (which count), `cypher_page` (which come back), `cypher_records`
and `cypher_forms` (what is told), `cypher_walk` and `cypher_paths` (walks), `cypher_client` (walks
that the database cannot follow: it gives the part of the graph that they may meet).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecograph.errors import PlanError
from ecograph.model.ontology import Ontology
from ecograph.plan.automaton import Automaton
from ecograph.plan.encode import scalar
from ecograph.plan.steps import (
    MOST_STEPS,
    Claim,
    Const,
    Count,
    Dataset,
    Each,
    Get,
    Plan,
    Ref,
    Root,
    Rows,
    Select,
    Shape,
    Value,
    Walk,
)
from ecograph.store.base import Answer
from ecograph.store.cypher_client import client_form
from ecograph.store.cypher_facts import claim, dataset, facets
from ecograph.store.cypher_forms import Form
from ecograph.store.cypher_paths import best_path
from ecograph.store.cypher_records import EntityRecord, Record
from ecograph.store.cypher_rows import compile_rows, variable
from ecograph.store.cypher_tally import client_facets
from ecograph.store.cypher_text import Asked, Column, Make, Tell, Text, listed, returning, single
from ecograph.store.cypher_walk import may_match, may_reach


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; `tells` has one for each column of its one row."""

    text: str
    makes: Mapping[str, Make]
    tells: tuple[Column, ...]

    def parameters(self, run: Asked) -> dict[str, Any]:
        """The values of its parameters. Raises: CursorError."""
        return {name: make(run) for name, make in self.makes.items()}

    def answer(self, row: Sequence[Any], run: Asked) -> Answer:
        """One JSON value a column. Raises: CursorError, StoreTimeout."""
        return [scalar(column.read(raw, run)) for column, raw in zip(self.tells, row, strict=True)]


def to_cypher(
    plan: Plan, ontology: Ontology, given: Collection[str], bounds: Mapping[str, int | None]
) -> Statement:
    """Translate a plan, of one root at least, into one statement.

    Shape:  one row; one column a root, in the plan's order.
    Given:  the parameters of pages and days that are not null; parameter -> bound of a walk.
    Raises: PlanError if a part has no translation.
    Source: docs/decisions/0008-neo4j-model.md.
    """
    compiler = Compiler(ontology, given, bounds)
    columns = [compiler.root(root) for root in plan.roots]
    shown = ", ".join(f"{column.text} AS c{number}" for number, column in enumerate(columns))
    return Statement(f"RETURN {shown}", compiler.text.makes, tuple(columns))


class Compiler:
    """Shapes and selects -> expressions of one statement."""

    def __init__(
        self, ontology: Ontology, given: Collection[str], bounds: Mapping[str, int | None]
    ) -> None:
        self.text = Text(ontology, given, bounds)
        self._plain: bool | None = None
        """Whether shortest walks are matched by allShortestPaths; None: none is matched yet."""

    def root(self, root: Root) -> Column:
        """The expression of a root."""
        as_of = root.as_of
        asked = as_of is not None and as_of.name in self.text.given
        self.text.day = self.text.value(as_of) if as_of is not None and asked else None
        return self.form(root.select, None)

    def form(self, select: Select, start: str | None) -> Column:
        """The expression of a select; `start` is the variable of the entity it starts from."""
        match select.source:
            case Claim():
                return claim(select, select.source, self)
            case Count():
                over = select.source.over.source
                if isinstance(over, Walk) and not may_reach(over.automaton):
                    return client_facets(select, select.source, over, start, self)
                return facets(select, select.source, start, self)
            case Dataset():
                return dataset(select, self)
            case Walk():
                return self._walk(select, select.source, start)
        return Form(select, start, self).column()

    def _walk(self, select: Select, walk: Walk, start: str | None) -> Column:
        if walk.mode == "reach":
            if may_reach(walk.automaton) and (
                not _asks_path(select.shape) or self._may_match(walk.automaton)
            ):
                return Form(select, start, self).column()
        elif walk.mode == "shortest" and select.form == "one" and self._may_match(walk.automaton):
            return self._shortest(select, walk)
        may_match = walk.mode == "simple" and self._may_match(walk.automaton)
        return client_form(select, walk, start, self, may_match=may_match)

    def _may_match(self, automaton: Automaton) -> bool:
        """Whether the statement can match the shortest walks of an automaton.

        Cypher has allShortestPaths or ALL SHORTEST in a statement, not both: the first comes first.
        """
        if not may_match(automaton):
            return False
        plain = automaton.states == 1
        if self._plain is None:
            self._plain = plain
        return self._plain == plain

    def _shortest(self, select: Select, walk: Walk) -> Column:
        text = self.text
        assert walk.start is not None
        assert walk.to is not None
        a, b = text.alias("a"), text.alias("b")
        most = text.bound(walk.limit)
        told = best_path(self, select.shape, walk.automaton, a, b, most or MOST_STEPS, walk.limit)
        return single(
            f"MATCH {text.entity(a, walk.start)} MATCH {text.entity(b, walk.to)} "
            f"{returning(text, told.text)}", told.tell,
        )  # fmt: skip

    def counted(self, over: Select, start: str | None) -> tuple[str, str]:
        """The clauses that bind the entities of a select, and their variable."""
        rows = compile_rows(over, start, self)
        return rows.matched, variable(rows.record)

    def node(self, shape: Shape, expression: str) -> Column:
        """What is told of an entity that an expression leads to."""
        if not shape.cases and not any(isinstance(v, Rows | Each) for _, v in shape.fields):
            return self.shape(shape, EntityRecord(expression))
        n = self.text.alias("n")
        told = self.shape(shape, EntityRecord(n))
        return single(f"WITH {expression} AS {n} {returning(self.text, told.text)}", told.tell)

    def shape(self, shape: Shape, record: Record) -> Column:
        """What is told of a record: a list of columns, told as an object."""
        if shape.cases:
            return self._cases(shape, record)
        columns: list[Column] = []
        parts: list[tuple[str, int, Tell | None]] = []
        constants = dict[str, str]()
        for key, value in shape.fields:
            if isinstance(value, Const):
                constants[key] = value.value
                parts.append((key, -1, None))
                continue
            column = self._value(value, record)
            texts = [c.text for c in columns]
            place = texts.index(column.text) if column.text in texts else len(columns)
            if place == len(columns):
                columns.append(column)
            parts.append((key, place, column.tell))
        text = listed(c.text for c in columns) if columns else "[true]"
        keys = [key for key, _, _ in parts]
        plain = not constants and all(tell is None for _, _, tell in parts)
        if plain and [place for _, place, _ in parts] == list(range(len(columns))):
            return Column(text, lambda raw, _: None if raw is None else dict(zip(keys, raw)))  # noqa: B905

        def tell_all(raw: Any, run: Asked) -> Any:
            if raw is None:
                return None
            return {
                key: constants[key] if place < 0
                else raw[place] if tell is None
                else tell(raw[place], run)
                for key, place, tell in parts
            }  # fmt: skip

        return Column(text, tell_all)

    def _cases(self, shape: Shape, record: Record) -> Column:
        """By kind; kinds of which the same is told stand together."""
        assert isinstance(record, EntityRecord)
        alike: dict[Shape, list[str]] = {}
        for kind, part in shape.cases:
            alike.setdefault(part, []).append(kind)
        told = {part: self.shape(part, record) for part in alike}
        by_kind = {kind: told[part] for part, kinds in alike.items() for kind in kinds}
        if any("{ " in column.text for column in told.values()):
            return self._every_case(record, told, by_kind)
        branches = " ".join(
            f"WHEN {' OR '.join(self._is_kind(record.n, kind) for kind in kinds)} "
            f"THEN {told[part].text}"
            for part, kinds in alike.items()
        )

        def tell(raw: Any, run: Asked) -> Any:
            if raw is None or raw[0] is None:
                return None
            return by_kind[raw[0]].read(raw[1], run)

        return Column(f"[{record.n}.kind, CASE {branches} END]", tell)

    def _every_case(
        self, record: EntityRecord, told: Mapping[Shape, Column], by_kind: Mapping[str, Column]
    ) -> Column:
        """What is told of any kind, side by side, since subqueries within a CASE are slow."""
        columns = list(told.values())
        places = {kind: columns.index(column) + 1 for kind, column in by_kind.items()}

        def tell(raw: Any, run: Asked) -> Any:
            if raw is None or raw[0] is None:
                return None
            return by_kind[raw[0]].read(raw[places[raw[0]]], run)

        return Column(listed([f"{record.n}.kind", *(column.text for column in columns)]), tell)

    def _is_kind(self, n: str, kind: str) -> str:
        return f"{n}.kind = {self.text.param(('kind', (kind,)), lambda _: kind)}"

    def _value(self, value: Value, record: Record) -> Column:
        match value:
            case Get(name, lang):
                return record.get(name, lang, self.text)
            case Ref(name, shape):
                return record.follow(name, shape, self)
            case Each(name, shape):
                return record.follow(name, shape, self)
            case Rows(select):
                if not isinstance(record, EntityRecord):
                    raise PlanError("rows start from an entity")
                return self.form(select, record.n)
        raise PlanError(f"{value} has no translation")


def _asks_path(shape: Shape) -> bool:
    """Whether the rows under a shape are told with their paths."""
    return any(
        (isinstance(value, Ref) and value.name == "path")
        or (isinstance(value, Each | Ref) and value.name == "edges" and _asks_path(value.shape))
        or (isinstance(value, Each) and value.name == "nodes" and _asks_path(value.shape))
        for _, value in shape.fields
    )
