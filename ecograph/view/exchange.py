"""What a swap changes, as cards: the interfaces by what becomes of them, and who works with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ecograph.view.picture import Group
from ecograph.view.scene import SEPARATOR
from ecograph.view.words import word

PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "users": ("user", ("BREAKS", "GOES_ON", "BY_INTERFACE", "NOT_RECORDED")),
    "interfaces": (
        "interface",
        ("LOST", "MAYBE_LOST", "OTHER_SIDE", "KEPT", "GAINED", "MAYBE_GAINED"),
    ),
}
"""Field of a swap -> the field of the thing that a line is of, and the outcomes in their order."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A swap as answered: its two things, if it says them, and its lines."""

    ends: tuple[str, ...]
    lines: tuple[Line, ...] = ()

    @property
    def things(self) -> Iterator[str]:
        """What the lines are of."""
        return (line.thing for line in self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one thing, by which statements, and through which interfaces."""

    part: str
    outcome: str
    thing: str
    statements: tuple[str, ...]
    through: tuple[str, ...] = field(default=())


def read_exchange(value: Mapping[str, Any]) -> Exchange:
    """The swap in an answer."""
    ends = tuple(str((value.get(side) or {}).get("id", "")) for side in ("from", "to"))
    lines = [
        Line(
            part, str(one.get("outcome")), str(one[thing]["id"]),
            tuple(_ids(s for side in ("from", "to") for s in one.get(side) or ())),
            tuple(_ids(t.get("interface") for t in one.get("through") or ())),
        )
        for part, (thing, _) in PARTS.items()
        for one in value.get(part) or ()
        if isinstance(one.get(thing), Mapping) and "id" in one[thing]
    ]  # fmt: skip
    return Exchange(ends if all(ends) else (), tuple(lines))


def _ids(things: Iterable[Any]) -> Iterator[str]:
    """The ids of those that are told with one."""
    return (str(one["id"]) for one in things if isinstance(one, Mapping) and "id" in one)


def group_exchange(
    exchange: Exchange, language: str, label_of: Callable[[str], str],
    said_of: Callable[[str], str],
) -> tuple[Group, ...]:  # fmt: skip
    """A card for each outcome under a heading for each part; `said_of` names a relation."""
    found = []
    for part, (_, outcomes) in PARTS.items():
        cards = []
        for outcome in outcomes:
            lines = [one for one in exchange.lines if (one.part, one.outcome) == (part, outcome)]
            if lines:
                notes = {one.thing: _note(one, label_of, said_of) for one in lines}
                cards.append(
                    Group(
                        f"{part}-{outcome}",
                        word(f"{part}_{outcome}", language),
                        tuple(notes),
                        count=len(notes),
                        notes=notes,
                    )
                )
        if cards:
            count = sum(card.count for card in cards)
            found.append(Group(part, word(part, language), (), tuple(cards), count=count))
    return tuple(found)


def _note(line: Line, label_of: Callable[[str], str], said_of: Callable[[str], str]) -> str:
    if line.outcome == "BY_INTERFACE":
        return SEPARATOR.join(map(label_of, line.through))
    told = dict.fromkeys(map(said_of, line.statements)) if line.part == "users" else ()
    return SEPARATOR.join(told)
