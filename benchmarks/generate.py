"""A generated graph of any size: the same numbers give the same graph, on every machine.

An eighth of the entities are core tools, which use twelve other core tools each; who is used much
gets used more. Every specification has 20 implementers. What else is used, required, supported or
extended leads from a later tool to an earlier one, which grows a scale-free graph.
Source: preferential attachment, Barabasi and Albert, Emergence of scaling in random networks, 1999.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from ecograph.formats.faults import Faults
from ecograph.formats.yaml import parse_yaml
from ecograph.load.ontology import read_ontology
from ecograph.model.graph import Entity, Event, Evidence, Graph, Source, Statement
from ecograph.model.ontology import Ontology
from ecograph.settings import bundled

IMPLEMENTERS = 20
CORE_USES = 12
SHARES = {
    "Tool": 0.70, "Specification": 0.06, "Service": 0.07, "Image": 0.05, "Concept": 0.05,
    "Organization": 0.04, "Category": 0.02, "OperatingSystem": 0.01,
}  # fmt: skip
CORE = 0.125
FREE = ("uses", "requires", "supports", "extends")
LICENSES = ("Apache-2.0", "MIT", "BSD-3-Clause", "MPL-2.0", "GPL-2.0-or-later")
STRENGTHS = ("SELF_DECLARED", "LISTED", "CERTIFIED")
NAMES = "amber basalt cedar delta ember fjord garnet harbor indigo juniper kestrel lagoon".split()


def bundled_ontology() -> Ontology:
    """The ontology that ships, without the data around it."""
    path, faults = bundled("data") / "ontology.yaml", Faults()
    root = parse_yaml(path.read_text("utf-8"), path.name, faults)
    found = None if root is None else read_ontology(root, faults)
    faults.raise_any()
    assert found is not None
    return found


def generate(entities: int = 5_000, statements: int = 25_000) -> Graph:
    """A graph of so many entities and statements, some five an entity."""
    random = Random(entities)
    ids = {kind: [f"{kind.lower()}-{n:06d}" for n in range(int(entities * share))]
           for kind, share in SHARES.items()}  # fmt: skip
    ids["Concept"] += [f"more-{n:06d}" for n in range(entities - sum(map(len, ids.values())))]
    made = [_entity(id_, kind, random) for kind, own in ids.items() for id_ in own]
    triples = dict.fromkeys(_fixed(ids, int(entities * CORE), random))
    grown = _grown(ids, random)
    while len(triples) < statements:
        triples[next(grown)] = None
    said = [_statement(*triple, random) for triple in triples]
    sources = (
        Source(
            f"source-{n:02d}", f"Source {n}", f"https://example.org/{n}", "CC0-1.0", "2026-01-01"
        )
        for n in range(50)
    )
    return Graph(
        bundled_ontology(),
        {e.id: e for e in sorted(made, key=lambda e: e.id)},
        tuple(sorted(said, key=lambda s: s.id)),
        {s.id: s for s in sources},
        "2026-11-24",
        "CC0-1.0",
        {"en": "A generated graph", "zh": "生成的图"},
        f"generated-{entities}-{statements}",
    )


Triple = tuple[str, str, str]


def _fixed(ids: dict[str, list[str]], core: int, random: Random) -> Iterator[Triple]:
    tools = ids["Tool"]
    for spec in ids["Specification"]:
        for tool in random.sample(tools, IMPLEMENTERS):
            yield tool, "implements", spec
    urn = tools[:core]
    for tool in tools[:core]:
        chosen: dict[str, None] = {}
        while len(chosen) < CORE_USES:
            other = random.choice(urn)
            if other != tool:
                chosen[other] = None
        urn += chosen
        yield from ((tool, "uses", other) for other in chosen)
    for number, tool in enumerate(tools):
        if number % 3 == 0:
            yield tool, "ownedBy", random.choice(ids["Organization"])
            yield tool, "classifiedIn", random.choice(ids["Category"])
    for kind in ("Service", "Image", "Concept"):
        for id_ in ids[kind]:
            yield id_, "uses", random.choice(tools)


def _grown(ids: dict[str, list[str]], random: Random) -> Iterator[Triple]:
    tools = ids["Tool"]
    urn = tools[:10]
    while True:
        for number in range(10, len(tools)):
            earlier = random.choice(urn)
            if earlier < tools[number]:
                yield tools[number], random.choice(FREE), earlier
                urn += (earlier, tools[number])


def _entity(id_: str, kind: str, random: Random) -> Entity:
    number = id_.rpartition("-")[2]
    name = f"{random.choice(NAMES)} {kind} {id_.partition('-')[0][0]}{number}"
    attributes: dict[str, Any] = {"homepage": f"https://example.org/{id_}"}
    if kind == "Category":
        attributes["scheme"] = "today"
    else:
        attributes["repository"] = f"https://example.org/code/{id_}"
        attributes["license"] = random.choice(LICENSES)
    history = [Event(f"20{random.randrange(13, 25)}-0{random.randrange(1, 10)}", "begun")]
    if random.random() < 0.2:
        history.append(Event("2025-06-01", random.choice(("archived", "lastSeen", "graduated"))))
    evidence = (Evidence(f"source-{random.randrange(50):02d}", id_, "2026-01-01"),)
    return Entity(
        id_, kind, {"en": name, "zh": f"{name} 号"},
        {"en": f"{name}, made to be measured.", "zh": f"{name}，为测量而生成。"},
        (f"example/{id_}",), (), attributes,
        tuple(Event(h.date, h.event, evidence=evidence) for h in history), evidence,
    )  # fmt: skip


def _statement(subject: str, relation: str, object_: str, random: Random) -> Statement:
    graded = relation in ("implements", *FREE)
    return Statement(
        subject, relation, object_,
        f"20{random.randrange(13, 26)}-0{random.randrange(1, 10)}" if graded else None,
        qualifiers={"strength": random.choice(STRENGTHS)} if graded else {},
        evidence=tuple(
            Evidence(f"source-{random.randrange(50):02d}", f"line {random.randrange(999)}")
            for _ in range(random.choice((1, 1, 2)))
        ),
    )  # fmt: skip


def to_yaml(graph: Graph, entities: Sequence[Entity]) -> str:
    """Entities, with the statements of which they are the subject, as docs/data-format.md says."""
    by_subject: dict[str, dict[str, list[Statement]]] = {}
    for s in graph.statements:
        by_subject.setdefault(s.subject, {}).setdefault(s.relation, []).append(s)
    lines: list[str] = []
    for e in entities:
        lines += [
            f"- id: {e.id}", f"  kind: {e.kind}",
            f"  label: {{en: {e.label['en']}, zh: {e.label['zh']}}}", "  description:",
            f"    en: {e.description['en']}", f"    zh: {e.description['zh']}",
            f"  aliases: [{', '.join(e.aliases)}]",
            *(f"  {name}: {value}" for name, value in e.attributes.items()),
            f"  evidence: [{_cited(e.evidence)}]", "  history:",
            *(f"    - {{event: {h.event}, date: {h.date}, evidence: [{_cited(h.evidence)}]}}"
              for h in e.history),
        ]  # fmt: skip
        for relation, said in by_subject.get(e.id, {}).items():
            lines.append(f"  {relation}:")
            for s in said:
                parts = [f"object: {s.object}", *(f"{k}: {v}" for k, v in s.qualifiers.items())]
                if s.since:
                    parts.append(f"since: {s.since}")
                lines.append(f"    - {{{', '.join(parts)}, evidence: [{_cited(s.evidence)}]}}")
    return "\n".join(lines) + "\n"


def _cited(evidence: Sequence[Evidence]) -> str:
    return ", ".join(f'"{e.source}#{e.locator}"' for e in evidence)
