"""JSON-LD: two processors make the same triples of it, and SPARQL finds who says what."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import rdflib
from pyld import jsonld
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDF, SKOS, XSD

from ecograph.model.graph import Graph
from tests.exporting import HOSTILE, hostile_world, several, written
from tests.world import entity, make_graph, says, world

# rdflib's own reader makes one.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

ECOGRAPH = rdflib.Namespace("urn:ecograph:ontology:")
ENTITY = rdflib.Namespace("urn:ecograph:entity:")
SCHEMA = rdflib.Namespace("https://schema.org/")
PREFIXES = """
PREFIX ecograph: <urn:ecograph:ontology:>
PREFIX entity: <urn:ecograph:entity:>
PREFIX schema: <https://schema.org/>
"""


@cache
def triples() -> rdflib.Graph:
    return parse(world())


def parse(graph: Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(graph, "jsonld"), format="json-ld")


def ask(query: str) -> list[tuple[str, ...]]:
    rows: Any = triples().query(PREFIXES + query)
    return sorted(tuple(str(cell) for cell in row) for row in rows)


def test_sparql_finds_the_implementers_with_their_sources() -> None:
    assert ask("""
        SELECT ?name ?strength ?source ?place WHERE {
          ?tool ecograph:implements entity:oci-runtime-spec ; schema:name ?name .
          ?said rdf:subject ?tool ; rdf:predicate ecograph:implements ;
                rdf:object entity:oci-runtime-spec ; ecograph:strength ?strength ;
                prov:qualifiedPrimarySource [ ecograph:locator ?place ;
                                              prov:entity [ dcterms:title ?source ] ] .
          FILTER (lang(?name) = "en")
        }""") == [
        ("crun", "LISTED", "List of implementations", "about crun"),
        ("runc", "CERTIFIED", "List of implementations", "about runc"),
        ("youki", "SELF_DECLARED", "List of implementations", "about youki"),
    ]  # fmt: skip


def test_what_is_denied_or_over_is_told_and_not_asserted() -> None:
    graph = triples()
    for subject, object_ in (("docker-engine", "cri"), ("railcar", "oci-runtime-spec")):
        assert (ENTITY[subject], ECOGRAPH.implements, ENTITY[object_]) not in graph
    said = rdflib.URIRef("urn:ecograph:statement:docker-engine~implements~cri~not")
    assert graph.value(said, ECOGRAPH.negated) == rdflib.Literal(True)
    assert graph.value(said, PROV.hadPrimarySource) == rdflib.URIRef("urn:ecograph:source:docs")


def test_categories_are_a_taxonomy_of_skos() -> None:
    graph = triples()
    seed = rdflib.URIRef("urn:ecograph:scheme:seed")
    assert (seed, RDF.type, SKOS.ConceptScheme) in graph
    assert list(graph.objects(seed, SKOS.hasTopConcept)) == [ENTITY.ecosystem]
    assert set(graph.subjects(SKOS.broader, ENTITY.support)) == {
        ENTITY.networking, ENTITY.monitoring,
    }  # fmt: skip
    assert set(graph.objects(ENTITY.monitoring, SKOS.prefLabel)) == {
        rdflib.Literal("Monitoring", lang="en"), rdflib.Literal("监控", lang="zh"),
    }  # fmt: skip
    assert graph.value(ENTITY.monitoring, SKOS.inScheme) == seed
    assert graph.value(ENTITY.calico, DCTERMS.subject) == ENTITY.networking


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("exact", SKOS.exactMatch), ("close", SKOS.closeMatch), ("broader", SKOS.broadMatch),
        (None, SKOS.relatedMatch),
    ],
)  # fmt: skip
def test_a_match_of_categories_is_the_match_of_skos(
    level: str | None, expected: rdflib.URIRef
) -> None:
    told: dict[str, Any] = {} if level is None else {"level": level}
    graph = parse(
        make_graph(
            [entity("a", "Category", "A", scheme="seed"),
             entity("b", "Category", "B", scheme="today")],
            [says("a matches b", **told)],
        )
    )  # fmt: skip
    assert (ENTITY.a, expected, ENTITY.b) in graph


def test_a_tool_is_one_of_schema_org_with_its_former_id() -> None:
    graph = triples()
    docker = ENTITY["docker-engine"]
    assert (docker, RDF.type, SCHEMA.SoftwareApplication) in graph
    assert graph.value(docker, OWL.sameAs) == ENTITY.moby
    assert set(graph.objects(docker, SCHEMA.alternateName)) == {
        rdflib.Literal("Docker"), rdflib.Literal("dockerd"), rdflib.Literal("moby/moby"),
    }  # fmt: skip
    assert graph.value(ENTITY.runc, SCHEMA.url) == rdflib.URIRef("https://opencontainers.org")
    assert graph.value(ENTITY.rkt, SCHEMA.creativeWorkStatus) == rdflib.Literal("ENDED")


def test_dates_have_the_precision_that_they_have() -> None:
    graph = triples()

    def since(subject: str, object_: str, relation: str = "implements") -> Any:
        said = rdflib.URIRef(f"urn:ecograph:statement:{subject}~{relation}~{object_}")
        return graph.value(said, SCHEMA.startDate)

    assert since("youki", "oci-runtime-spec") == rdflib.Literal("2021-10-08", datatype=XSD.date)
    assert since("runc", "oci-runtime-spec").datatype == XSD.gYearMonth
    assert since("cri-dockerd", "cri").datatype == XSD.gYear


def test_the_dataset_is_one_of_dcat() -> None:
    graph = triples()
    dataset = rdflib.URIRef("urn:ecograph:dataset:0123456789abcdef")
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert graph.value(dataset, DCTERMS.license) == rdflib.URIRef(
        "https://spdx.org/licenses/CC-BY-4.0"
    )
    assert len(list(graph.objects(dataset, DCTERMS.source))) == 3


@pytest.mark.parametrize("graph", [world(), several(), hostile_world()])
def test_two_processors_make_as_many_triples(graph: Graph) -> None:
    told = jsonld.to_rdf(json.loads(written(graph, "jsonld")))
    assert set(told) == {"@default"}
    distinct = {json.dumps(triple, sort_keys=True) for triple in told["@default"]}
    assert len(distinct) == len(parse(graph))


def test_nothing_is_relative_and_nothing_is_dropped() -> None:
    [*nodes] = jsonld.expand(json.loads(written(hostile_world(), "jsonld")))
    for node in nodes:
        assert node["@id"].startswith("urn:ecograph:")
        assert all(":" in key or key.startswith("@") for key in node)


def test_hostile_texts_come_back_and_hostile_addresses_are_iris() -> None:
    graph = parse(hostile_world())
    for n, text in enumerate(HOSTILE):
        names = {str(one) for one in graph.objects(ENTITY[f"t{n}"], SCHEMA.name)}
        if "\x00" not in text and "\ud800" not in text:
            assert names == {text}
        [url] = graph.objects(ENTITY[f"t{n}"], SCHEMA.url)
        assert not set(str(url)) & set('<>" {}|\\^`\n\r\t')
    graph.serialize(format="turtle")


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert written(world(), "jsonld") == written(world(), "jsonld")


def test_another_day_asserts_what_holds_then() -> None:
    uses = ENTITY["docker-engine"], ECOGRAPH.uses, ENTITY.containerd
    assert uses in triples()
    assert uses not in parse(replace(world(), as_of="2016-03-31"))
