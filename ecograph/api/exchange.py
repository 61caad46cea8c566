"""What a swap changes and what two things share, worked out from rows. May import: model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ecograph.api.bonds import (
    SIDES,
    TIED,
    Bonds,
    Line,
    Lines,
    Raw,
    Said,
    carries_on,
    lacks,
    linked,
    meet,
    raws,
    refused,
)
from ecograph.model.ontology import Ontology

INTERFACES = ("LOST", "MAYBE_LOST", "OTHER_SIDE", "KEPT", "GAINED", "MAYBE_GAINED")
USERS = ("BREAKS", "NOT_RECORDED", "BY_INTERFACE", "GOES_ON")
FITS = ("DIRECT", "MEET", "ADAPTED", "ALIKE", "LACKED", "NOT_RECORDED")
Record = dict[str, Any]


def find_swap(first: Raw, second: Raw, ontology: Ontology) -> Record:
    """The record of a Swap, of what a plan told of the two things."""
    bonds = Bonds(ontology)
    exchange = _Exchange(first, second, bonds)
    interfaces = [
        exchange.interface(id_) for id_, outcome in exchange.outcomes.items() if outcome is not None
    ]
    users = _ordered(exchange.users(), USERS, "user")
    return {
        "from": first,
        "to": second,
        "between": _between(first, second),
        "interfaces": _ordered(interfaces, INTERFACES, "interface"),
        "users": users,
        "userCount": len(users),
    }


def find_common(first: Raw, second: Raw, ontology: Ontology) -> Record:
    """The record of a Compatibility, of what a plan told of the two things."""
    bonds = Bonds(ontology)
    a_lines, b_lines = bonds.lines(first), bonds.lines(second)
    shared: list[Record] = []
    lacking: list[Record] = []
    for id_ in a_lines.keys() & b_lines.keys():
        a, b = a_lines[id_], b_lines[id_]
        line = {"interface": a.interface, "a": raws(a.said), "b": raws(b.said)}
        if a.holding and b.holding:
            alike = "ALIKE" if a.sides & b.sides else "NOT_RECORDED"
            fit = "MEET" if meet(a, b) else alike
            shared.append({**line, "fit": fit, "a": raws(a.holding), "b": raws(b.holding)})
        elif refused(a, b):
            lacking.append({**line, "fit": "LACKED"})
    adapters = [
        *_adapters(bonds, first, second["id"], b_lines),
        *_adapters(bonds, second, first["id"], a_lines),
    ]
    direct = any(
        one.state == "holds"
        for one in (*_about(bonds, first, second), *_about(bonds, second, first))
    )
    fits = ["DIRECT"] if direct else [line["fit"] for line in (*shared, *lacking)]
    fits += ["ADAPTED" for adapter in adapters if adapter["holds"]]
    return {
        "fit": min(fits, key=FITS.index, default="NOT_RECORDED"),
        "a": first,
        "b": second,
        "between": _between(first, second),
        "shared": _ordered(shared, FITS, "interface", "fit"),
        "lacking": _ordered(lacking, FITS, "interface", "fit"),
        "adapters": sorted(adapters, key=_by_adapter),
    }


def _adapters(bonds: Bonds, thing: Raw, other: str, lines: Lines) -> Iterable[Record]:
    """What adapts a thing to an interface that the other works over, or did."""
    nodes = {row["node"]["id"]: row["node"] for row in thing["adapters"]}
    for node in nodes.values():
        adapts = [
            one for one in _about(bonds, node, thing)
            if one.bond == "adapts" and one.state != "denied"
        ]  # fmt: skip
        for id_, line in bonds.lines(node).items():
            provides = [
                one for one in line.said if one.bond == "provides" and one.state != "denied"
            ]
            needs = lines.get(id_)
            if node["id"] == other or not adapts or not provides or not needs:
                continue
            if any("user" in SIDES[one.bond] for one in needs.holding):
                yield {
                    "holds": all(
                        any(one.state == "holds" for one in said) for said in (adapts, provides)
                    ),
                    "adapter": node, "adapted": thing, "interface": line.interface,
                    "adapts": raws(adapts), "provides": raws(provides),
                    "needs": raws(needs.holding),
                }  # fmt: skip


def _by_adapter(record: Record) -> tuple[bool, str, str]:
    """What holds comes first."""
    return not record["holds"], record["adapter"]["id"], record["interface"]["id"]


class _Exchange:
    """The interfaces of two things side by side, and the users of the first."""

    def __init__(self, first: Raw, second: Raw, bonds: Bonds) -> None:
        self.first, self.second, self.bonds = first, second, bonds
        self.of_first: Lines = bonds.lines(first)
        self.of_second: Lines = bonds.lines(second)
        ids = self.of_first.keys() | self.of_second.keys()
        self.outcomes = {
            id_: _outcome(self.of_first.get(id_), self.of_second.get(id_)) for id_ in ids
        }

    def interface(self, id_: str) -> Record:
        """The record of a SwapInterface."""
        a, b = self.of_first.get(id_), self.of_second.get(id_)
        line = a or b
        assert line is not None
        return {
            "outcome": self.outcomes[id_],
            "interface": line.interface,
            "from": raws(a.said) if a else [],
            "to": raws(b.said) if b else [],
            "users": self._users_of(a) if a else [],
        }

    def _users_of(self, line: Line) -> list[Raw]:
        """Who needs an interface that the first provides or consists of, the two left out."""
        if not any(one.bond in ("provides", "part") for one in line.holding):
            return []
        both = (self.first["id"], self.second["id"])
        rows = line.interface.get("users", ())
        return [row["statement"] for row in rows if row["node"]["id"] not in both]

    def users(self) -> list[Record]:
        """The records of the SwapUsers."""
        rows: dict[str, list[Raw]] = {}
        for row in self.first.get("users", ()):
            rows.setdefault(row["node"]["id"], []).append(row)
        both = (self.first["id"], self.second["id"])
        return [self._user(several) for id_, several in rows.items() if id_ not in both]

    def _user(self, rows: list[Raw]) -> Record:
        user: Raw = rows[0]["node"]
        on_first = [one for one in _about(self.bonds, user, self.first) if one.state == "holds"]
        on_second = list(_about(self.bonds, user, self.second))
        plugs = any(one.bond == "supports" for one in on_first)
        through, kept, own = [], False, False
        for id_, line in self.bonds.lines(user).items():
            a, b = self.of_first.get(id_), self.of_second.get(id_)
            if a is None or not linked(line, a):
                continue
            # What needs the first goes on only by what it needs of it, not by what it offers it.
            carries = plugs or "user" in line.sides
            goes_on = carries and b is not None and carries_on(line, b)
            kept = kept or goes_on
            own = own or (not goes_on and any(one.bond == "part" for one in a.holding))
            through.append({
                "outcome": self.outcomes[id_],
                "interface": line.interface,
                "user": raws(line.holding),
                "from": raws(a.holding),
                "to": raws(b.said) if b else [],
            })  # fmt: skip
        lost = bool(through) and all(link["outcome"] == "LOST" for link in through)
        return {
            "outcome": _fate(on_first, on_second, by_interface=kept and not own, lost=lost),
            "user": user,
            "from": raws(on_first),
            "to": raws(on_second),
            "through": _ordered(through, INTERFACES, "interface"),
        }


def _outcome(a: Line | None, b: Line | None) -> str | None:
    """What becomes of an interface; None where neither thing has it."""
    of_a = a.sides if a else frozenset()
    of_b = b.sides if b else frozenset()
    if of_a & of_b:
        return "KEPT"
    if a is not None and of_a:
        if lacks(b, a):
            return "LOST"
        return "OTHER_SIDE" if of_b else "MAYBE_LOST"
    if b is not None and of_b:
        return "GAINED" if lacks(a, b) else "MAYBE_GAINED"
    return None


def _fate(on_first: list[Said], on_second: list[Said], *, by_interface: bool, lost: bool) -> str:
    """What becomes of a user: what is said of it and the second comes first.

    That it does not use or require the second says nothing; that it does not support it does, and
    so does an end of what holds of the first. What adapts the first has nothing to adapt any more.
    """
    if any(one.state == "holds" for one in on_second):
        return "GOES_ON"
    relations = {one.relation for one in on_first}
    against = any(
        one.bond == "supports" or (one.state == "ended" and one.relation in relations)
        for one in on_second
    )
    if against or any(one.bond == "adapts" for one in on_first):
        return "BREAKS"
    if by_interface:
        return "BY_INTERFACE"
    requires = any(one.bond in TIED for one in on_first)
    return "BREAKS" if requires or lost else "NOT_RECORDED"


def _about(bonds: Bonds, subject: Raw, object_: Raw) -> Iterable[Said]:
    """What is said of one thing and another under bonds."""
    for node, said in bonds.said(subject):
        if node["id"] == object_["id"]:
            yield said


def _between(first: Raw, second: Raw) -> list[Raw]:
    """All that is said of the second and the first, or of a thing and itself."""
    ends = sorted((first["id"], second["id"]))
    return [
        raw for raw in second.get("said", ())
        if sorted((raw["subject"]["id"], raw["object"]["id"])) == ends
    ]  # fmt: skip


def _ordered(
    records: Iterable[Record], outcomes: tuple[str, ...], of: str, by: str = "outcome"
) -> list[Record]:
    """Records by outcome, then by the id of what they are of."""
    return sorted(records, key=lambda record: (outcomes.index(record[by]), record[of]["id"]))
