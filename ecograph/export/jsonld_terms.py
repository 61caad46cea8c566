"""The words of the JSON-LD: prefixes, IRIs, literals, the ontology as classes and properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from ecograph.model.flat import tidy
from ecograph.model.ontology import Described, Ontology

Node = dict[str, Any]

PREFIXES = {
    "ecograph": "urn:ecograph:ontology:",
    "entity": "urn:ecograph:entity:",
    "statement": "urn:ecograph:statement:",
    "event": "urn:ecograph:event:",
    "scheme": "urn:ecograph:scheme:",
    "source": "urn:ecograph:source:",
    "dataset": "urn:ecograph:dataset:",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CONTEXT = {"@version": 1.1, **PREFIXES}
DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""The type of a partial date, by its length."""
OF_IRIS = ":/?#[]@!$&'()*+,;=-._~%"


def iri(prefix: str, name: str) -> str:
    """The compact IRI of something here."""
    return f"{prefix}:{quote(tidy(name), safe='-._~')}"


def refer(prefix: str, name: str) -> Node:
    """A reference to it."""
    return {"@id": iri(prefix, name)}


def address(url: str) -> Node | str:
    """A web address as a reference, with what no IRI may hold escaped; anything else as a text."""
    plain = tidy(url)
    if not plain.startswith(("http://", "https://")):
        return plain
    return {"@id": quote(plain, safe=OF_IRIS)}


def date_literal(text: str) -> Node:
    """A partial date."""
    return {"@value": text, "@type": DATES[len(text)]}


def texts(text: Mapping[str, str]) -> list[Node]:
    """A text in its languages."""
    return [{"@value": tidy(told), "@language": language} for language, told in text.items()]


def write_vocabulary(ontology: Ontology) -> Iterator[Node]:
    """The kinds as classes; relations, attributes, qualifiers as properties; kinds of events."""
    parts: list[tuple[str, str, Mapping[str, Described]]] = [
        ("ecograph", "rdfs:Class", ontology.kinds),
        ("ecograph", "rdf:Property", ontology.relations),
        ("ecograph", "rdf:Property", ontology.attributes),
        ("ecograph", "rdf:Property", ontology.qualifiers),
        ("event", "rdfs:Class", ontology.events),
    ]
    for prefix, type_, described in parts:
        for name, one in described.items():
            node: Node = {
                "@id": iri(prefix, name),
                "@type": type_,
                "rdfs:label": texts(one.label.model_dump()),
                "rdfs:comment": texts(one.description.model_dump()),
            }
            if one.term is not None:
                node["rdfs:seeAlso"] = {"@id": one.term}
            yield node
