"""The page of two things side by side: their facts, and what is said of one, both, the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecograph.web.answering import Asked
from ecograph.web.entity_page import OPEN, Said, gather, group, in_order
from ecograph.web.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of both."""

    label: str
    a: str
    b: str
    link: bool = False

    @property
    def same(self) -> bool:
        """Whether it tells the two apart."""
        return self.a == self.b


@dataclass(frozen=True, slots=True)
class Shared:
    """One relation on one side: the other ends of the first alone, of both, of the second alone."""

    label: str
    only_a: list[Said]
    both: list[Said]
    only_b: list[Said]


async def show_compare(asked: Asked) -> bytes:
    """The page at /compare?a=&b=; without both it asks for them."""
    visit = asked.visit
    a, b = visit.get("a"), visit.get("b")
    if not a or not b:
        return asked.fill("compare.html", a=a, b=b, things=None, faults=[], rows=[], shared=[])
    data, errors = await asked.ask("Compare", a=a, b=b)
    if data["a"] is None or data["b"] is None:
        faults = list({error.value or str(error): error for error in errors}.values())
        return asked.fill("compare.html", a=a, b=b, things=None, faults=faults, rows=[], shared=[])
    one, other = [
        {
            **data[side],
            "statements": await gather(asked, data[side]["id"], data[side]["statements"]),
        }
        for side in ("a", "b")
    ]
    return asked.fill(
        "compare.html", a=a, b=b, things=(one, other), faults=[],
        rows=_rows(one, other, asked.words), shared=share(one, other, asked.words), few=OPEN,
    )  # fmt: skip


def _rows(a: Mapping[str, Any], b: Mapping[str, Any], words: Words) -> list[Row]:
    def began(thing: Mapping[str, Any]) -> str:
        history = in_order(thing["history"])
        return f"{history[0]['date']} · {history[0]['label']}" if history else ""

    def latest(thing: Mapping[str, Any]) -> str:
        history = in_order(thing["history"])
        return f"{history[-1]['date']} · {history[-1]['label']}" if history else ""

    chinese = words.lang == "zh"
    rows = [
        Row("种类" if chinese else "Kind", words.kind(a["kind"]), words.kind(b["kind"])),
        *(
            Row(words.attribute(name), words.value(type_, a[name]), words.value(type_, b[name]))
            for name, type_ in (("status", "Status"), ("maturity", "Maturity"))
        ),
        Row(words.attribute("license"), a["license"] or "", b["license"] or ""),
        Row("最早记录" if chinese else "First event", began(a), began(b)),
        Row("最近记录" if chinese else "Latest event", latest(a), latest(b)),
        *(
            Row(words.attribute(name), a[name] or "", b[name] or "", link=True)
            for name in ("homepage", "repository")
        ),
    ]
    return [row for row in rows if row.a or row.b]


def share(a: Mapping[str, Any], b: Mapping[str, Any], words: Words) -> list[Shared]:
    """What is said of either, by relation and side, in the order of the ontology."""
    groups = [group(one["id"], one["statements"]["nodes"], words) for one in (a, b)]
    keys = {(one.rank, one.inverse): one.label for groups_of_one in groups for one in groups_of_one}
    told = []
    for key, label in sorted(keys.items()):
        ends_a, ends_b = (
            {
                (said.other["id"], said.statement["negated"]): said
                for one in groups_of_one
                if (one.rank, one.inverse) == key
                for said in one.said
            }
            for groups_of_one in groups
        )
        told.append(
            Shared(
                label,
                [said for end, said in ends_a.items() if end not in ends_b],
                [said for end, said in ends_a.items() if end in ends_b],
                [said for end, said in ends_b.items() if end not in ends_a],
            )
        )
    return told
