"""What is recorded of a thing and its interfaces, and how two things stand to one of them.

Pure functions over rows. An interface is what a relation of the bond `provides` leads to, or
whatever is of the kinds that are only ever provided, such as specifications. May import: model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

from ecograph.model.ontology import Bond, Ontology, screaming

Raw = Mapping[str, Any]
"""What a plan told of an entity or a statement."""
State = Literal["holds", "denied", "ended"]

SIDES: Mapping[Bond, frozenset[str]] = {
    "provides": frozenset({"provider"}),
    "needs": frozenset({"user"}),
    "requires": frozenset({"user"}),
    "adapts": frozenset({"user"}),
    "supports": frozenset({"provider", "user"}),
    "part": frozenset({"provider", "user"}),
}
"""The sides of an interface on which a bond may put its subject. Something that supports an
interface, or of which the interface is a part, may stand on either."""
TIED: frozenset[Bond] = frozenset({"requires", "adapts"})
"""The bonds of what does not work without their object."""
WORKS: tuple[Bond, ...] = ("supports", "needs", "requires", "adapts")
"""The bonds of what works with their object."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement on a thing and another, under its bond."""

    relation: str
    bond: Bond
    state: State
    raw: Raw


@dataclass(slots=True)
class Line:
    """All that is said of one thing and one interface."""

    interface: Raw
    said: list[Said] = field(default_factory=list)

    @property
    def holding(self) -> list[Said]:
        """What is said for it and holds."""
        return [one for one in self.said if one.state == "holds"]

    @property
    def sides(self) -> frozenset[str]:
        """The sides of the interface on which the thing stands."""
        return frozenset[str]().union(*(SIDES[one.bond] for one in self.holding))


Lines = Mapping[str, Line]
"""Id of an interface -> what is said of it and one thing."""


class Bonds:
    """Reads rows by the bonds of an ontology's relations."""

    def __init__(self, ontology: Ontology) -> None:
        self._kinds = frozenset(map(screaming, ontology.interface_kinds))
        self._bonds = {
            screaming(name): relation.bond
            for name, relation in ontology.relations.items()
            if relation.bond is not None
        }

    def said(self, thing: Raw) -> Iterator[tuple[Raw, Said]]:
        """Of a thing with `provided`, `bound` and `holding`, each node and what is said of both.

        A denial that holds no more says nothing.
        """
        now = {row["statement"]["id"] for row in thing["holding"]}
        for row in (*thing["provided"], *thing["bound"]):
            raw = row["statement"]
            state: State = "holds" if raw["id"] in now else "ended"
            if raw["negated"]:
                if state == "ended":
                    continue
                state = "denied"
            yield row["node"], Said(raw["relation"], self._bonds[raw["relation"]], state, raw)

    def lines(self, thing: Raw) -> Lines:
        """Of a thing, with its `parts` too, what is said of it and each interface."""
        lines: dict[str, Line] = {}
        for node, said in self.said(thing):
            if said.bond == "provides" or (said.bond != "part" and node["kind"] in self._kinds):
                lines.setdefault(node["id"], Line(node)).said.append(said)
        for row in thing.get("parts", ()):
            node, raw = row["node"], row["statement"]
            if node["kind"] in self._kinds:
                said = Said(raw["relation"], "part", "holds", raw)
                lines.setdefault(node["id"], Line(node)).said.append(said)
        return lines


def lacks(line: Line | None, like: Line) -> bool:
    """Whether it is recorded that a thing has not, or no more, what another has of an interface.

    It is, where the relation of the other is denied of it or ended, or that it supports the
    interface; and that it provides what is a part of the other. Not to require it is no lack.
    """
    if line is None:
        return False
    relations = {one.relation for one in like.holding}
    bonds = (
        {"supports", "provides"} if any(o.bond == "part" for o in like.holding) else {"supports"}
    )
    return any(
        one.state == "ended" or one.bond not in TIED
        for one in line.said
        if one.state != "holds" and (one.relation in relations or one.bond in bonds)
    )


def refused(a: Line, b: Line) -> bool:
    """Whether two would meet, were it not recorded that one has the interface not, or no more.

    Not to require it is no lack.
    """
    if bool(a.holding) == bool(b.holding):
        return False
    has, lost = (a, b) if a.holding else (b, a)
    return _meet(
        has.holding, [one for one in lost.said if one.state == "ended" or one.bond not in TIED]
    )


def meet(a: Line, b: Line) -> bool:
    """Whether one of two things provides an interface that the other works over.

    That both support it is no meeting: they may be two users of it.
    """
    return _meet(a.holding, b.holding)


def _meet(a: Iterable[Said], b: Iterable[Said]) -> bool:
    return any(
        SIDES[x.bond] != SIDES[y.bond] or {x.bond, y.bond} == {"supports", "part"}
        for x, y in product(a, b)
    )


def linked(a: Line, b: Line) -> bool:
    """Whether two things may work with each other by an interface, being neither free not to.

    What supports an interface can do without it, so that it does not count, unless the interface
    is a part of the other.
    """
    return any(
        "part" in bonds or (SIDES[x.bond] != SIDES[y.bond] and "supports" not in bonds)
        for x in a.holding
        for y in b.holding
        for bonds in ({x.bond, y.bond},)
    )


def carries_on(user: Line, second: Line) -> bool:
    """Whether a user may go on with a second thing by an interface that linked it to a first.

    What a user provides, the second may take, though it can do without it.
    """
    offers = Line(user.interface, [one for one in user.said if one.bond == "provides"])
    return linked(user, second) or meet(offers, second)


def raws(said: Iterable[Said]) -> list[Raw]:
    """What the plan told of the statements, by id."""
    return sorted((one.raw for one in said), key=lambda raw: str(raw["id"]))
