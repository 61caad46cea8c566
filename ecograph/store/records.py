"""What the records of a view hold: readers of their scalars, and what their references lead to.

Entities, statements and sources are numbers; rows are `Row`, paths `Found`, hops (statement,
forward); all others mappings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from ecograph.errors import PlanError
from ecograph.model.calendar import Change
from ecograph.model.graph import Event, Evidence
from ecograph.model.ontology import screaming
from ecograph.store.snapshot import Snapshot
from ecograph.store.view import Memo, View

Read = Callable[[Any], Any]

NEGATION = {"en": "It is not so that {}", "zh": "并非：{}"}


class Row(NamedTuple):
    """A node, the statement that led to it (-1 = none), and what else the way carries."""

    node: Any
    statement: int = -1
    carried: Any = None


class Records:
    """Readers over one view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.snapshot = view.snapshot
        self.scanned = Memo(self._scan)
        """Kinds -> the rows of all entities of them, by id."""

    def _scan(self, kinds: tuple[str, ...]) -> list[Row]:
        wanted = frozenset(kinds)
        return [Row(i) for i, kind in enumerate(self.snapshot.kinds) if kind in wanted]

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
            case "change":
                return attrgetter(name)
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
            case _ if name in snapshot.ontology.askable:
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
            return lambda hop: hop[1]
        read = self._statement(name, lang)
        return lambda hop: read(hop[0])

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
                return lambda found: found.hops
            case "hop", "statement":
                return lambda hop: hop[0]
            case "hop", "from":
                return lambda hop: (snapshot.subject if hop[1] else snapshot.object)[hop[0]]
            case "hop", "to":
                return lambda hop: (snapshot.object if hop[1] else snapshot.subject)[hop[0]]
            case "change", _:
                return self._change(name)
        return lambda value: value[name]

    def _change(self, name: str) -> Read:
        entities, index = self.snapshot.entities, self.snapshot.index
        statements, number = self.snapshot.statements, self.snapshot.statement_index

        def happened(c: Change) -> Event | None:
            return None if c.place is None else entities[index[c.entity]].history[c.place]

        def evidence(c: Change) -> list[Mapping[str, Any]]:
            said = happened(c) if c.statement is None else statements[number[c.statement]]
            return [] if said is None else self._evidence(said.evidence)

        readers: dict[str, Read] = {
            "entity": lambda c: index[c.entity],
            "event": lambda c: None if (event := happened(c)) is None else self._event(event),
            "statement": lambda c: None if c.statement is None else number[c.statement],
            "evidence": evidence,
        }
        return readers[name]

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


def records_of_days(snapshot: Snapshot, kept: int = 8) -> Callable[[int], Records]:
    """Day -> the records of its view; those of the last few days asked for are kept."""
    return lru_cache(maxsize=kept)(lambda day: Records(View(snapshot, day)))
