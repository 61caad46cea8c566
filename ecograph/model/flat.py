"""Entities and statements as flat records: what tables, networkx and the exports hold of them.

A record holds every column, with None or an empty list where nothing is known; what depends on a
day is as of the graph's. The columns follow the ontology and not the data, so that a part of a
graph has those of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from ecograph.model.dates import span
from ecograph.model.days import began, period, timeline, value_at
from ecograph.model.graph import Entity, Evidence, Graph, Statement

Type = Literal["text", "texts", "integer", "boolean"]
Columns = Mapping[str, Type]
Record = dict[str, Any]
Cell = str | int | bool

SEPARATOR = "; "
"""Between the texts of a list in one cell."""
EVIDENCE: Columns = dict.fromkeys(
    ("sources", "source_titles", "source_urls", "locators", "read_on"), "texts"
)
"""One text each for every piece of evidence, in its order; an empty one where it says nothing."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """A text that every format can hold: what XML 1.0 forbids becomes U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


def flatten(record: Mapping[str, Any]) -> dict[str, Cell]:
    """What is known of a record, each value in one cell: lists joined by `; `."""
    cells: dict[str, Cell] = {}
    for name, value in record.items():
        if isinstance(value, list):
            if any(value):
                cells[name] = SEPARATOR.join(value)
        elif value is not None:
            cells[name] = value
    return cells


def write_cell(cell: Cell | None) -> str:
    """A cell as text; none is empty."""
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


class Flat:
    """The flat records of one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._ontology = graph.ontology
        self._day = span(graph.as_of)[0]
        self._begins = {e.id: began(e, graph.ontology) for e in graph.entities.values()}
        attributes = {n: _type(a.type) for n, a in graph.ontology.attributes.items()}
        qualifiers = {n: _type(q.type) for n, q in graph.ontology.qualifiers.items()}
        self.entity_columns: Columns = {
            "id": "text", "kind": "text", "name": "text", "label_zh": "text",
            "description": "text", "description_zh": "text", "aliases": "texts",
            "former_ids": "texts", **attributes, **EVIDENCE,
        }  # fmt: skip
        self.statement_columns: Columns = {
            "id": "text", "subject": "text", "relation": "text", "object": "text",
            "since": "text", "until": "text", "negated": "boolean", "holds": "boolean",
            **qualifiers, **EVIDENCE,
        }  # fmt: skip

    def entities(self) -> Iterator[Record]:
        """The records of all entities, in order."""
        return map(self.entity, self.graph.entities.values())

    def statements(self) -> Iterator[Record]:
        """The records of all statements, in order."""
        return map(self.statement, self.graph.statements)

    def entity(self, entity: Entity) -> Record:
        """The record of an entity; attributes that events set are as of the graph's day."""
        values = {name: self._value(entity, name) for name in self._ontology.attributes}
        return {
            "id": entity.id,
            "kind": entity.kind,
            "name": tidy(entity.name),
            "label_zh": _tidied(entity.label.get("zh")),
            "description": _tidied(entity.description.get("en")),
            "description_zh": _tidied(entity.description.get("zh")),
            "aliases": [tidy(alias) for alias in entity.aliases],
            "former_ids": list(entity.former_ids),
            **values,
            **self._evidence(entity.evidence),
        }

    def holds(self, statement: Statement) -> bool:
        """Whether a statement's period does not surely leave out the graph's day."""
        since, until = period(
            statement, self._begins[statement.subject], self._begins[statement.object]
        )
        return since <= self._day < until

    def statement(self, statement: Statement) -> Record:
        """The record of a statement, with whether it holds."""
        told = statement.qualifiers
        values = {name: _tidied(told.get(name)) for name in self._ontology.qualifiers}
        return {
            "id": tidy(statement.id),
            "subject": statement.subject,
            "relation": statement.relation,
            "object": statement.object,
            "since": statement.since,
            "until": statement.until,
            "negated": statement.negated,
            "holds": self.holds(statement),
            **values,
            **self._evidence(statement.evidence),
        }

    def _value(self, entity: Entity, name: str) -> Any:
        if self._ontology.attributes[name].events:
            return _tidied(value_at(timeline(entity, name, self._ontology), self._day))
        return _tidied(entity.attributes.get(name))

    def _evidence(self, evidence: Iterable[Evidence]) -> Record:
        found: dict[str, list[str]] = {name: [] for name in EVIDENCE}
        for one in evidence:
            source = self.graph.sources[one.source]
            told = one.source, source.title, source.url, one.locator, one.read_on
            for column, text in zip(found.values(), told, strict=True):
                column.append(tidy(text or ""))
        return dict(found)


def _type(of_ontology: str) -> Type:
    if of_ontology == "integer":
        return "integer"
    return "boolean" if of_ontology == "boolean" else "text"


def _tidied(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value
