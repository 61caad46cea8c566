"""A checked graph <-> bytes that are quick to read: a line that seals them, then JSON.

Nothing in a pack can run, and none is believed that is not sealed as it should be. What occurs
often stands once and is referred to by number. Communities are in it, for finding them takes what a
server else does without. docs/decisions/0005-packed-snapshot.md says why.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from ecograph.model.graph import Entity, Event, Evidence, Graph, Source, Statement
from ecograph.model.ontology import Ontology

MAGIC = "ecograph-pack"
FORMAT = 2
_LONGEST_SEAL = 512
_STRANGE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading JSON of another shape raises; pydantic's and orjson's errors are among them."""


def write_pack(graph: Graph, release: str, content: str) -> bytes | None:
    """The pack of a graph; None if it would not give the same graph back.

    `release` is who wrote it, `content` a hash of what the graph was read from.
    """
    try:
        payload = orjson.dumps(_to_rows(graph))
    except _STRANGE:
        return None
    data = _seal(payload, release, content) + payload
    return data if read_pack(data, release, content) == graph else None


def read_pack(data: bytes, release: str, content: str) -> Graph | None:
    """The graph of a pack; None if it is damaged, or not of this release and this content."""
    end = data.find(b"\n", 0, _LONGEST_SEAL) + 1
    payload = data[end:]
    if not hmac.compare_digest(data[:end], _seal(payload, release, content)):
        return None
    try:
        return _from_rows(*orjson.loads(payload))
    except _STRANGE:
        return None


def _seal(payload: bytes, release: str, content: str) -> bytes:
    digest = hashlib.sha256(payload).hexdigest()
    return f"{MAGIC} {FORMAT} {release} {content} {digest}\n".encode()


def _to_rows(graph: Graph) -> list[Any]:
    numbers: dict[Evidence, int] = {}

    def cite(evidence: Iterable[Evidence]) -> list[int]:
        return [numbers.setdefault(item, len(numbers)) for item in evidence]

    # Unset fields stay unset, so that nothing tells the ontology from the one that was read.
    ontology = graph.ontology.model_dump_json(exclude_unset=True)
    of_dataset = (graph.as_of, graph.license, graph.title, graph.version)
    sources = [(s.id, s.title, s.url, s.license, s.read_on) for s in graph.sources.values()]
    entities = [
        (
            e.id, e.kind, e.label, e.description, e.aliases, e.former_ids, e.attributes,
            [(h.date, h.event, h.value, h.note, cite(h.evidence)) for h in e.history],
            cite(e.evidence), e.ambiguous,
        )
        for e in graph.entities.values()
    ]  # fmt: skip
    entity_at = {id: number for number, id in enumerate(graph.entities)}
    relation_at = graph.ontology.relation_rank
    statements = [
        (
            entity_at[s.subject], relation_at[s.relation], entity_at[s.object],
            s.since, s.until, s.negated, s.key, s.qualifiers, cite(s.evidence),
        )
        for s in graph.statements
    ]  # fmt: skip
    evidence = [(item.source, item.locator, item.read_on) for item in numbers]
    communities = [[entity_at[id] for id in one] for one in graph.calendar.communities]
    return [ontology, of_dataset, sources, evidence, entities, statements, communities]


def _from_rows(
    ontology_text: str,
    of_dataset: Sequence[Any],
    source_rows: Sequence[Any],
    evidence_rows: Sequence[Any],
    entity_rows: Sequence[Any],
    statement_rows: Sequence[Any],
    community_rows: Sequence[Any],
) -> Graph:
    ontology = Ontology.model_validate_json(ontology_text, strict=True)
    as_of, license, title, version = of_dataset
    sources = {row[0]: Source(*row) for row in source_rows}
    told = [Evidence(*row) for row in evidence_rows]

    def cited(numbers: Sequence[int]) -> tuple[Evidence, ...]:
        return tuple([told[number] for number in numbers])

    entities: dict[str, Entity] = {}
    for row in entity_rows:
        id, kind, label, description, aliases, former, attributes, history, proof, ambiguous = row
        entities[id] = Entity(
            id, kind, label, description, tuple(aliases), tuple(former), attributes,
            tuple([Event(day, event, value, note, cited(by))
                   for day, event, value, note, by in history]),
            cited(proof), tuple(ambiguous),
        )  # fmt: skip
    ids, relations = tuple(entities), tuple(ontology.relations)
    statements = tuple(
        [
            Statement(ids[a], relations[by], ids[b], since, until, negated, key, more, cited(proof))
            for a, by, b, since, until, negated, key, more, proof in statement_rows
        ]
    )
    graph = Graph(ontology, entities, statements, sources, as_of, license, title, version)
    graph.calendar.communities = [[ids[number] for number in one] for one in community_rows]
    return graph
