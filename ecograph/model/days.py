"""What a day means: when entities began, when statements hold, what events have set by then.

A day is an ordinal, as in `ecograph.model.dates`. Source: docs/decisions/0002.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from ecograph.model.dates import BEGINNING, END, earliest, latest
from ecograph.model.graph import Entity, Event, Statement
from ecograph.model.ontology import Ontology

Timeline = Sequence[tuple[int, Any]]
"""(day, the value from that day on), by day, from BEGINNING on; None where there is no value."""


def began(entity: Entity, ontology: Ontology) -> int:
    """The first day on which the entity may have existed; BEGINNING if nothing says so."""
    events = ontology.events
    days = [earliest(h.date) for h in entity.history if events[h.event].begins]
    return min(days, default=BEGINNING)


def in_order(history: Iterable[Event]) -> tuple[Event, ...]:
    """Events by date; of those of one date, as they stand."""
    return tuple(sorted(history, key=lambda event: (earliest(event.date), latest(event.date))))


def period(statement: Statement, subject_began: int, object_began: int) -> tuple[int, int]:
    """From the first day on which it may hold, up to the first on which it surely does not."""
    if statement.since is not None:
        since = earliest(statement.since)
    else:
        since = max(subject_began, object_began)
    return since, END if statement.until is None else latest(statement.until)


def timeline(entity: Entity, attribute: str, ontology: Ontology) -> Timeline:
    """What an attribute that events set has been from which day on.

    The latest event by a day says it; before the first one, the base value does.
    """
    set_by = []
    for place, event in enumerate(entity.history):
        sets = ontology.events[event.event].sets.get(attribute)
        if sets is not None:
            value = event.value if sets == "$value" else sets
            set_by.append((earliest(event.date), latest(event.date), place, value))
    found = {BEGINNING: entity.attributes.get(attribute)}
    for day, _, _, value in sorted(set_by, key=lambda change: change[:3]):
        found[day] = value
    return list(found.items())


def value_at(changes: Timeline, day: int) -> Any:
    """The value of a timeline at a day."""
    place = bisect_right(changes, day, key=lambda change: change[0]) - 1
    return changes[place][1] if place >= 0 else None
