"""Whether a thing is in a state, or was: what its present values and its dated events say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ecograph.ask.readings import Life
from ecograph.model.ontology import Ontology, screaming

Event = Mapping[str, Any]
Known = Literal["is", "was", "no longer", "is not", "unsaid", "no value"]


@dataclass(frozen=True, slots=True)
class State:
    """A value of an attribute, with the last event that set it."""

    attribute: str
    value: str
    by: Event | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the data says of the state asked about, and which other state is the present one."""

    known: Known
    asked: State | None = None
    present: State | None = None


def judge(ontology: Ontology, asked: Life, entity: Mapping[str, Any]) -> Judgement:
    """Whether a thing is in a state, or was (`ever`).

    A word such as "archived" may be a state of several attributes; any of them will do. A state
    that came before another one still stands (what was deprecated and then ended) unless it is
    the one with which things begin, a level, or work began anew after it.
    """
    value = asked.value or ""
    history: Sequence[Event] = entity.get("history") or ()
    names = list(ontology.attributes)
    among = [
        name
        for name in names[names.index(asked.asks) :]
        if value in ontology.enumerations.get(ontology.attributes[name].type, {})
    ]
    now = entity.get(asked.asks)
    present = None if now is None else _state(ontology, asked.asks, now, history)
    before = [one for name in among if (one := _state(ontology, name, value, history)).by]
    for name in among:
        if entity.get(name) == value:
            state = _state(ontology, name, value, history)
            return Judgement("is", state, present if now != value else None)
    for one in before:
        if asked.ever or _stands(ontology, one, history):
            return Judgement("was", one, present)
    if present is None:
        return Judgement("no value")
    if before and value not in _fresh(ontology, before[0].attribute):
        return Judgement("no longer", before[0], present)
    return Judgement("unsaid" if asked.ever else "is not", None, present)


def _state(ontology: Ontology, attribute: str, value: str, history: Sequence[Event]) -> State:
    by = [event for event in history if _sets(ontology, event, attribute) == value]
    return State(attribute, value, by[-1] if by else None)


def _sets(ontology: Ontology, event: Event, attribute: str) -> str | None:
    for name, told in ontology.events.items():
        if screaming(name) == event["event"]:
            set_to = told.sets.get(attribute)
            return event.get("value") if set_to == "$value" else set_to
    return None


def _stands(ontology: Ontology, state: State, history: Sequence[Event]) -> bool:
    fresh = _fresh(ontology, state.attribute)
    sightings = {screaming(name) for name, told in ontology.events.items() if told.sighting}
    if not fresh or state.value in fresh or state.by is None or state.by["event"] in sightings:
        return False
    return not any(
        event["date"] > state.by["date"] and _sets(ontology, event, state.attribute) in fresh
        for event in history
    )


def _fresh(ontology: Ontology, attribute: str) -> frozenset[str]:
    """The values with which things begin."""
    began = (told.sets for told in ontology.events.values() if told.begins)
    return frozenset(sets[attribute] for sets in began if attribute in sets)
