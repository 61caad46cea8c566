"""JSON-LD: categories by SKOS, things by schema.org, evidence by PROV, the dataset by DCAT.

A statement that is not denied and holds on the graph's day is a triple of its relation; each
statement is a node besides, with its period, its qualifiers and its sources.
Source: https://www.w3.org/TR/json-ld11/, https://www.w3.org/TR/prov-o/#PrimarySource
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ecograph.export.jsonld_terms import (
    CONTEXT,
    Node,
    address,
    date_literal,
    iri,
    refer,
    texts,
    write_vocabulary,
)
from ecograph.model.flat import Flat, Record, tidy
from ecograph.model.graph import Entity, Event, Evidence, Graph, Source, Statement

MATCHES = {"exact": "skos:exactMatch", "close": "skos:closeMatch", "broader": "skos:broadMatch"}
STANDARD = {
    "broader": "skos:broader", "classifiedIn": "dcterms:subject", "partOf": "dcterms:isPartOf",
}  # fmt: skip
"""Relations that say exactly what a standard property says, and are told by both."""
THING = ("schema:name", "schema:alternateName", "schema:description")
CONCEPT = ("skos:prefLabel", "skos:altLabel", "skos:definition")


def to_jsonld(graph: Graph) -> Iterator[str]:
    """One document, a node a line."""
    yield f'{{"@context":{_write(CONTEXT)},"@graph":[\n'
    before = ""
    for node in _nodes(graph):
        yield before + _write(node)
        before = ",\n"
    yield "\n]}\n"


def _write(value: Any) -> str:
    return orjson.dumps(value).decode()


def _nodes(graph: Graph) -> Iterator[Node]:
    flat = Flat(graph)
    records = list(flat.statements())
    direct: dict[str, list[Statement]] = {}
    below: set[str] = set()
    for record, statement in zip(records, graph.statements, strict=True):
        if record["holds"] and not statement.negated:
            direct.setdefault(statement.subject, []).append(statement)
            if statement.relation == "broader":
                below.add(statement.subject)
    yield _dataset(graph)
    yield from _schemes(graph, below)
    yield from map(_source, graph.sources.values())
    yield from write_vocabulary(graph.ontology)
    for entity in graph.entities.values():
        yield _entity(entity, flat.entity(entity), direct.get(entity.id, ()), graph)
    for record, statement in zip(records, graph.statements, strict=True):
        yield _statement(statement, record, graph)


def _dataset(graph: Graph) -> Node:
    return {
        "@id": iri("dataset", graph.version),
        "@type": "dcat:Dataset",
        "dcterms:title": texts(graph.title),
        "dcterms:license": {"@id": f"https://spdx.org/licenses/{graph.license}"},
        "dcterms:modified": date_literal(graph.as_of),
        "dcat:version": graph.version,
        "dcterms:source": [refer("source", id_) for id_ in graph.sources],
        "dcat:distribution": {
            "@type": "dcat:Distribution",
            "dcat:mediaType": {
                "@id": "https://www.iana.org/assignments/media-types/application/ld+json"
            },
        },
    }


def _schemes(graph: Graph, below: set[str]) -> Iterator[Node]:
    for scheme, categories in sorted(graph.taxonomies.items()):
        yield {
            "@id": iri("scheme", scheme),
            "@type": "skos:ConceptScheme",
            "skos:prefLabel": tidy(scheme),
            "skos:hasTopConcept": [refer("entity", c) for c in sorted(categories - below)],
        }


def _source(source: Source) -> Node:
    node: Node = {
        "@id": iri("source", source.id),
        "@type": ["prov:Entity", "schema:CreativeWork"],
        "dcterms:title": tidy(source.title),
        "schema:url": address(source.url),
    }
    if source.license is not None:
        node["schema:license"] = tidy(source.license)
    if source.read_on is not None:
        node["ecograph:readOn"] = date_literal(source.read_on)
    return node


def _entity(
    entity: Entity, record: Record, statements: Iterable[Statement], graph: Graph
) -> Node:  # fmt: skip
    term = graph.ontology.kinds[entity.kind].term
    name, alias, description = CONCEPT if entity.kind in ("Category", "Concept") else THING
    node: Node = {
        "@id": iri("entity", entity.id),
        "@type": [iri("ecograph", entity.kind), *([term] if term else [])],
        name: texts(entity.label),
    }
    if entity.aliases:
        node[alias] = record["aliases"]
    if entity.description:
        node[description] = texts(entity.description)
    if entity.former_ids:
        node["owl:sameAs"] = [refer("entity", former) for former in entity.former_ids]
    for key, attribute in graph.ontology.attributes.items():
        value = record[key]
        if value is None:
            continue
        if attribute.term == "skos:inScheme":
            node["skos:inScheme"] = refer("scheme", value)
        else:
            node[attribute.term or iri("ecograph", key)] = _value(value, attribute.type)
    for statement in statements:
        for told in _properties(statement):
            node.setdefault(told, []).append(refer("entity", statement.object))
    if entity.history:
        node["ecograph:event"] = [_event(event, graph) for event in entity.history]
    return {**node, **_evidence(entity.evidence)}


def _properties(statement: Statement) -> Iterator[str]:
    yield iri("ecograph", statement.relation)
    if statement.relation in STANDARD:
        yield STANDARD[statement.relation]
    elif statement.relation == "matches":
        yield MATCHES.get(str(statement.qualifiers.get("level")), "skos:relatedMatch")


def _event(event: Event, graph: Graph) -> Node:
    node: Node = {
        "@type": iri("event", event.event),
        "dcterms:date": date_literal(event.date),
        "rdfs:label": texts(graph.ontology.events[event.event].label.model_dump()),
    }
    if event.value is not None:
        node["rdf:value"] = tidy(event.value)
    if event.note:
        node["rdfs:comment"] = texts(event.note)
    return {**node, **_evidence(event.evidence)}


def _statement(statement: Statement, record: Record, graph: Graph) -> Node:
    node: Node = {
        "@id": iri("statement", statement.id),
        "@type": "rdf:Statement",
        "rdf:subject": refer("entity", statement.subject),
        "rdf:predicate": refer("ecograph", statement.relation),
        "rdf:object": refer("entity", statement.object),
        "ecograph:negated": statement.negated,
    }
    for key, date in (("schema:startDate", statement.since), ("schema:endDate", statement.until)):
        if date is not None:
            node[key] = date_literal(date)
    for key, qualifier in graph.ontology.qualifiers.items():
        if record[key] is not None:
            node[iri("ecograph", key)] = _value(record[key], qualifier.type)
    return {**node, **_evidence(statement.evidence)}


def _evidence(evidence: Iterable[Evidence]) -> Node:
    told = [_cited(one) for one in evidence]
    if not told:
        return {}
    return {
        "prov:hadPrimarySource": [one["prov:entity"] for one in told],
        "prov:qualifiedPrimarySource": told,
    }


def _cited(evidence: Evidence) -> Node:
    node: Node = {"@type": "prov:PrimarySource", "prov:entity": refer("source", evidence.source)}
    if evidence.locator is not None:
        node["ecograph:locator"] = tidy(evidence.locator)
    if evidence.read_on is not None:
        node["ecograph:readOn"] = date_literal(evidence.read_on)
    return node


def _value(value: Any, type_: str) -> Any:
    if type_ == "url":
        return address(value)
    return date_literal(value) if type_ == "date" else value
