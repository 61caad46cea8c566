"""What the records of a view hold: readers of their scalars, and what their references lead to.

Entities, statements and sources are numbers; rows are `Row`, paths `Found`; all others mappings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ecograph.errors import PlanError
from ecograph.model.graph import Event, Evidence
from ecograph.model.ontology import screaming
from ecograph.plan.encode import scalar
from ecograph.store.snapshot import Snapshot
from ecograph.store.view import Memo, View
from ecograph.store.walk import Found

Read = Callable[[Any], Any]

NEGATION = {"en": "It is not so that {}", "zh": "并非：{}"}


class Row(NamedTuple):
    """A node, the statement that led to it (-1 = none), and what else the way carries."""

    node: Any
    statement: int = -1
    carried: Any = None


class Hop(NamedTuple):
    """One step of a path: from a to b, over a statement, along it or against it."""

    a: int
    b: int
    statement: int
    forward: bool


class Records:
    """Readers over one view. `read` gives plain values, `encoded` gives JSON."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.snapshot = view.snapshot
        self.scanned = Memo(self._scan)
        """Kinds -> the rows of all entities of them, by id."""
        self._encoded: dict[tuple[str, str, str | None], Read] = {}

    def _scan(self, kinds: tuple[str, ...]) -> list[Row]:
        wanted = frozenset(kinds)
        return [Row(i) for i, kind in enumerate(self.snapshot.kinds) if kind in wanted]

    def encoded(self, record: str, name: str, lang: str | None = None) -> Read:
        """Record -> JSON of a scalar; kept for entities and statements."""
        found = self._encoded.get((record, name, lang))
        if found is None:
            read = self.read(record, name, lang)
            if record in ("entity", "statement", "source"):
                found = Memo(lambda i: scalar(read(i))).__getitem__
            else:
                found = lambda value: scalar(read(value))  # noqa: E731
            self._encoded[record, name, lang] = found
        return found

    def read(self, record: str, name: str, lang: str | None = None) -> Read:
        """Record -> the value of a scalar. Raises: PlanError if it has none of that name."""
        match record:
            case "entity":
                return self._entity(name, lang)
            case "statement":
                return self._statement(name, lang)
            case "source":
                return self._source(name)
            case "row":
                return self._row(name, lang)
            case "path":
                return lambda found: len(found.hops)
            case "hop":
                return self._hop(name, lang)
        if lang is not None:
            return lambda value: value[name].get(lang)
        return lambda value: value[name]

    def _entity(self, name: str, lang: str | None) -> Read:
        snapshot = self.snapshot
        entities = snapshot.entities
        match name:
            case "id":
                return snapshot.ids.__getitem__
            case "kind":
                return lambda i: screaming(entities[i].kind)
            case "type":
                return lambda i: entities[i].kind
            case "name":
                return lambda i: entities[i].name
            case "label":
                return lambda i: entities[i].label.get(lang or "en")
            case "description":
                return lambda i: entities[i].description.get(lang or "en")
            case "aliases":
                return lambda i: entities[i].aliases
            case "formerIds":
                return lambda i: entities[i].former_ids
            case _ if name in snapshot.ontology.attributes:
                return self.view.attribute(name).__getitem__
        raise PlanError(f"an entity has no attribute {name!r}")

    def _statement(self, name: str, lang: str | None) -> Read:
        statements, view = self.snapshot.statements, self.view
        match name:
            case "id":
                return self.snapshot.statement_ids.__getitem__
            case "relation":
                return lambda s: screaming(statements[s].relation)
            case "since" | "until" | "negated":
                return lambda s: getattr(statements[s], name)
            case "disputed":
                return view.disputed
            case "sentence":
                return lambda s: self.sentence(s, lang or "en")
            case _ if name in self.snapshot.ontology.qualifiers:
                return lambda s: statements[s].qualifiers.get(name)
        raise PlanError(f"a statement has no {name!r}")

    def _source(self, name: str) -> Read:
        sources = self.snapshot.sources
        if name == "statementCount":
            return self.snapshot.source_counts.__getitem__
        attribute = {"readOn": "read_on"}.get(name, name)
        return lambda i: getattr(sources[i], attribute)

    def _row(self, name: str, lang: str | None) -> Read:
        if name in ("length", "score"):
            return lambda row: row.carried[name]
        read = self._statement(name, lang)
        return lambda row: read(row.statement)

    def _hop(self, name: str, lang: str | None) -> Read:
        if name == "forward":
            return lambda hop: hop.forward
        read = self._statement(name, lang)
        return lambda hop: read(hop.statement)

    def sentence(self, s: int, lang: str) -> str:
        """What the statement says, from the template of its relation."""
        statement, snapshot = self.snapshot.statements[s], self.snapshot
        template = snapshot.ontology.relations[statement.relation].sentence.in_language(lang)
        subject = snapshot.entities[snapshot.subject[s]]
        object_ = snapshot.entities[snapshot.object[s]]
        text = template.format(
            subject=subject.label.get(lang, subject.name),
            object=object_.label.get(lang, object_.name),
        )
        return NEGATION[lang].format(text) if statement.negated else text

    def follow(self, record: str, name: str) -> Read:
        """Record -> the record, or the records, that a reference leads to."""
        snapshot = self.snapshot
        match record, name:
            case "entity" | "statement", "self":
                return lambda i: i
            case "entity", "history":
                return lambda i: [self._event(h) for h in snapshot.entities[i].history]
            case "entity", "evidence":
                return lambda i: self._evidence(snapshot.entities[i].evidence)
            case "statement", "subject":
                return snapshot.subject.__getitem__
            case "statement", "object":
                return snapshot.object.__getitem__
            case "statement", "evidence":
                return lambda s: self._evidence(snapshot.statements[s].evidence)
            case "row", "node":
                return lambda row: row.node
            case "row", "statement":
                return lambda row: row.statement
            case "row", "evidence":
                return lambda row: self._evidence(snapshot.statements[row.statement].evidence)
            case "row", "path":
                return lambda row: row.carried["witness"]()
            case "row", _:
                return lambda row: row.carried[name]
            case "path", "nodes":
                return lambda found: found.nodes
            case "path", "hops":
                return hops
            case "hop", "statement":
                return lambda hop: hop.statement
            case "hop", "from":
                return lambda hop: hop.a
            case "hop", "to":
                return lambda hop: hop.b
        return lambda value: value[name]

    def _evidence(self, evidence: Sequence[Evidence]) -> list[Mapping[str, Any]]:
        index = self.snapshot.source_index
        return [
            {"source": index[e.source], "locator": e.locator, "readOn": e.read_on} for e in evidence
        ]

    def _event(self, event: Event) -> Mapping[str, Any]:
        kind = self.snapshot.ontology.events[event.event]
        return {
            "date": event.date,
            "event": screaming(event.event),
            "label": kind.label.model_dump(),
            "value": event.value,
            "note": event.note,
            "evidence": self._evidence(event.evidence),
        }


def hops(found: Found) -> list[Hop]:
    """The steps of a path with their two ends."""
    steps = zip(found.nodes, found.nodes[1:], found.hops, strict=False)
    return [Hop(a, b, s, forward) for a, b, (s, forward) in steps]


def records_of_days(snapshot: Snapshot, kept: int = 8) -> Callable[[int], Records]:
    """Day -> the records of its view; those of the last few days asked for are kept."""
    return lru_cache(maxsize=kept)(lambda day: Records(View(snapshot, day)))
