"""Small graphs for property tests, and the ontology that they use: the real one and a bit more."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from ecograph.model.graph import Entity, Event, Evidence, Graph, Statement
from ecograph.model.ontology import Ontology
from tests.world import make_graph, ontology

KINDS = ("Tool", "Tool", "Tool", "Specification", "Category", "Organization", "Vulnerability")
NAMES = ("b", "B", "a", "ß", "SS", "É", "é", "z2", "Z10", "中")
DATES = ("2015", "2015-07", "2016-01-31", "2017", "2018-06", "2019-02-28")
DAYS = ("2015-06-30", "2015-12-31", "2016-01-31", "2017-01-01", "2018-06-15", "2021-01-01")
"""Days at which something begins or ends, and one after all."""

RELATIONS = (
    "implements", "uses", "requires", "partOf", "ownedBy", "classifiedIn", "affects", "resembles",
)  # fmt: skip
"""What the generated statements say; `broader` comes on top, without cycles."""


def words(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"en": text, "zh": f"{text}（中文）"}


days = st.none() | st.sampled_from(DAYS)
"""A day to ask for; None is the graph's own."""


@cache
def extended() -> Ontology:
    """The real ontology with a kind, attributes and relations that nobody has thought of."""
    parts: dict[str, Any] = ontology().model_dump()
    parts["kinds"] |= {
        "Vulnerability": {
            "label": words("Vulnerability"),
            "description": words("A weakness."),
            "one": "vulnerability",
            "many": "vulnerabilities",
        }
    }
    of_kind = {"description": words("Said of a weakness."), "kinds": ["Vulnerability"]}
    parts["attributes"] |= {
        "severity": {**of_kind, "label": words("Severity"), "type": "integer", "facet": True},
        "found": {**of_kind, "label": words("Found"), "type": "date"},
        "fixed": {**of_kind, "label": words("Fixed"), "type": "boolean", "facet": True},
    }
    parts["relations"] |= {
        "affects": {
            "label": words("affects"),
            "description": words("The subject weakens the object."),
            "inverse": "affectedBy",
            "inverse_label": words("affected by"),
            "domain": ["Vulnerability"],
            "range": ["Tool", "Specification"],
            "qualifiers": ["strength"],
            "sentence": {"en": "{subject} affects {object}", "zh": "{subject} 影响 {object}"},
        },
        "resembles": {
            "label": words("resembles"),
            "description": words("Each is like the other."),
            "inverse": "resembles",
            "inverse_label": words("resembles"),
            "domain": ["Tool"],
            "range": ["Tool"],
            "symmetric": True,
            "sentence": {"en": "{subject} resembles {object}", "zh": "{subject} 类似 {object}"},
        },
    }
    return Ontology.model_validate(parts)


@st.composite
def entities(draw: st.DrawFn, number: int) -> Entity:
    kind = draw(st.sampled_from(KINDS))
    name = draw(st.sampled_from(NAMES))
    history = []
    if draw(st.booleans()):
        history.append(Event(draw(st.sampled_from(DATES)), "begun"))
    if draw(st.booleans()):
        history.append(Event(draw(st.sampled_from(DATES)), draw(st.sampled_from(ENDS))))
    attributes: dict[str, Any] = {}
    if kind == "Category":
        attributes["scheme"] = "seed"
    if draw(st.booleans()):
        attributes["license"] = draw(st.sampled_from(("MIT", "Apache-2.0")))
    if kind == "Vulnerability":
        attributes |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "severity": st.integers(-1, 2),
                    "found": st.sampled_from(DATES),
                    "fixed": st.booleans(),
                },
            )
        )
    aliases = (f"alias {number}",) if draw(st.booleans()) else ()
    label = {"en": name, "zh": f"名{number}"} if draw(st.booleans()) else {"en": name}
    # Ids whose order is not that of their numbers, one with a hyphen, which sorts before letters.
    id_ = f"{'ecadbf'[number % 6]}{'-x' if number > 5 else ''}"
    return Entity(id_, kind, label, {}, aliases, (), attributes, tuple(history))


ENDS = ("archived", "seenActive", "ended")
EVIDENCE = ((), (Evidence("list", "a"),), (Evidence("docs"), Evidence("list", "b", "2026-01-01")))

PERIODS: tuple[tuple[tuple[str | None, str | None, str | None], ...], ...] = (
    ((None, None, None),),
    ((None, None, None),),
    (("2017", None, None),),
    ((None, "2016-01", None),),
    (("2015-07", "2018-06-15", None),),
    (("2015", "2016", None), ("2018", None, "again")),
    ((None, "2015-12", None), ("2016-03-01", "2017-05", "again"), ("2019", None, "third")),
    (),
)
"""Disjoint periods of the positive statements of one triple: (since, until, key)."""


@st.composite
def triples(draw: st.DrawFn, subject: str, relation: str, object_: str) -> list[Statement]:
    said = [
        Statement(subject, relation, object_, since, until, False, key)
        for since, until, key in draw(st.sampled_from(PERIODS))
    ]
    if draw(st.integers(0, 3)) == 0:
        since, until = draw(st.sampled_from(((None, None), ("2016", None), (None, "2016-06"))))
        said.append(Statement(subject, relation, object_, since, until, True))
    return [_with_more(s, draw) for s in said]


def _with_more(said: Statement, draw: st.DrawFn) -> Statement:
    qualifiers: dict[str, Any] = {}
    if "strength" in extended().relations[said.relation].qualifiers and draw(st.booleans()):
        qualifiers["strength"] = draw(st.sampled_from(("SELF_DECLARED", "LISTED", "CERTIFIED")))
    if said.relation in ("broader", "partOf") and draw(st.booleans()):
        qualifiers["order"] = draw(st.integers(1, 3))
    return Statement(
        said.subject, said.relation, said.object, said.since, said.until, said.negated, said.key,
        qualifiers, draw(st.sampled_from(EVIDENCE)),
    )  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A graph of four to nine entities, with periods, negations, self-loops and second periods."""
    things = [draw(entities(n)) for n in range(draw(st.integers(4, 9)))]
    possible = [
        (a.id, name, b.id)
        for name in RELATIONS
        for a in things
        for b in things
        if a.kind in extended().relations[name].domain
        and b.kind in extended().relations[name].range
        # A symmetric statement is written once.
        and (name != "resembles" or a.id <= b.id)
    ]
    possible += [
        (a.id, "broader", b.id)
        for n, a in enumerate(things)
        for b in things[:n]
        if a.kind == b.kind == "Category"
    ]
    least = min(10, len(possible))
    several = st.lists(st.sampled_from(possible), min_size=least, max_size=20, unique=True)
    chosen = draw(several) if possible else []
    said = [s for triple in chosen for s in draw(triples(*triple))]
    return make_graph(things, said, as_of=draw(st.sampled_from(DAYS)), of=extended())
