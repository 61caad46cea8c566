"""What entities, statements, sources and an ontology's parts say, as values to be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ecograph.model.graph import Entity, Event, Evidence, Graph, Source, Statement

Values = dict[tuple[str, str], str]
"""What a thing says: (field, item of the field if it is a list) -> the value as text."""


class Days:
    """The day on which each source of a graph was read by most of what cites it.

    Only another one is told beside an evidence: who reads a source again changes the source.
    """

    def __init__(self, graph: Graph) -> None:
        days: dict[str, Counter[str | None]] = {}
        for item in _evidence_of(graph):
            days.setdefault(item.source, Counter())[item.read_on] += 1
        self._usual = {
            source: min(found, key=lambda day: (-found[day], day or ""))
            for source, found in days.items()
        }

    def tell(self, evidence: Iterable[Evidence], field: str = "evidence") -> Values:
        """Evidence as it is written, by source and place."""
        told: Values = {}
        for item in evidence:
            text = item.source + (f"#{item.locator}" if item.locator else "")
            unusual = item.read_on is not None and item.read_on != self._usual[item.source]
            told[field, text] = f"{text} (read {item.read_on})" if unusual else text
        return told


def _evidence_of(graph: Graph) -> Iterator[Evidence]:
    for entity in graph.entities.values():
        yield from entity.evidence
        for event in entity.history:
            yield from event.evidence
    for statement in graph.statements:
        yield from statement.evidence


def count_events(history: Iterable[Event]) -> dict[str, Event]:
    """Events by day and sort; one of those that are equal in both has its number."""
    found: dict[str, Event] = {}
    for event in history:
        key = told = f"{event.date} {event.event}"
        number = 1
        while key in found:
            number += 1
            key = f"{told} ({number})"
        found[key] = event
    return found


def show_event(event: Event | None) -> str | None:
    """An event in a few words."""
    if event is None:
        return None
    return f"{event.date} {event.event}" + (f" {event.value}" if event.value else "")


def tell_event(event: Event, key: str, days: Days) -> Values:
    """The value, the note and the evidence of the event of a key."""
    name = f"history {key}"
    told: Values = {} if event.value is None else {(name, ""): event.value}
    told |= _tell_texts(f"{name} note", event.note)
    return told | days.tell(event.evidence, f"{name} evidence")


def tell_entity(entity: Entity, days: Days) -> Values:
    """All that an entity says but its history."""
    told: Values = {("kind", ""): entity.kind}
    told |= _tell_texts("label", entity.label)
    told |= _tell_texts("description", entity.description)
    for name, values in (
        ("aliases", entity.aliases), ("formerIds", entity.former_ids),
        ("ambiguous", entity.ambiguous),
    ):  # fmt: skip
        told |= {(name, value): value for value in values}
    told |= {(name, ""): _to_text(value) for name, value in entity.attributes.items()}
    return told | days.tell(entity.evidence)


def tell_statement(s: Statement, days: Days) -> Values:
    """The period, the qualifiers and the evidence of a statement."""
    said = {"since": s.since, "until": s.until, **s.qualifiers}
    told = {(name, ""): _to_text(value) for name, value in said.items() if value is not None}
    return told | days.tell(s.evidence)


def tell_source(source: Source) -> Values:
    """All that is known of a source."""
    said = {"title": source.title, "url": source.url, "license": source.license,
            "read": source.read_on}  # fmt: skip
    return {(name, ""): value for name, value in said.items() if value is not None}


def tell_dataset(graph: Graph) -> Values:
    """What is told of a dataset as a whole."""
    told = {("asOf", ""): graph.as_of, ("license", ""): graph.license}
    return told | _tell_texts("title", graph.title)


def flatten(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, str], str]]:
    """The values of a part of an ontology, by the path that leads to each."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            yield from flatten(value, (*path, name))
    elif isinstance(part, list):
        yield from (((".".join(path), str(item)), str(item)) for item in part)
    elif part is not None:
        yield (".".join(path), ""), _to_text(part)


def _tell_texts(name: str, texts: Mapping[str, str]) -> Values:
    return {(f"{name}.{language}", ""): text for language, text in texts.items()}


def _to_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
