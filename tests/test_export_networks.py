"""GraphML, GEXF and Cytoscape's JSON: networkx reads back what was written, and nothing else."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import orjson
import pytest

from ecograph.model.graph import Graph
from ecograph.service import open_service
from tests.exporting import hostile_world, several, written
from tests.world import world

GRAPHS = [world(), several(), hostile_world()]
EMPTY: dict[str, Any] = {"node_default": {}, "edge_default": {}}


def read_graphml(graph: Graph) -> nx.MultiDiGraph[Any]:
    read: Any = nx.read_graphml(io.BytesIO(written(graph, "graphml")), force_multigraph=True)
    assert isinstance(read, nx.MultiDiGraph)
    return read


def read_gexf(graph: Graph) -> nx.Graph[Any]:
    return nx.read_gexf(io.BytesIO(written(graph, "gexf")))


@pytest.mark.parametrize("graph", GRAPHS)
def test_networkx_reads_graphml_back_as_the_graph_it_would_be_given(graph: Graph) -> None:
    read, given = read_graphml(graph), graph.to_networkx()
    assert {id_: read.nodes[id_] for id_ in read} == {id_: given.nodes[id_] for id_ in given}
    assert sorted(read.edges(keys=True)) == sorted(given.edges(keys=True))
    for ends in given.edges(keys=True):
        assert read.edges[ends] == given.edges[ends]


def test_graphml_says_what_the_graph_is() -> None:
    assert read_graphml(world()).graph == {
        **EMPTY,
        "title": "The world of the tests",
        "version": "0123456789abcdef",
        "as_of": "2026-11-24",
        "license": "CC-BY-4.0",
    }


def test_relations_and_periods_between_two_things_stay_apart() -> None:
    edges = ["a~forkOf~b~not", "a~requires~b", "a~uses~a", "a~uses~b", "a~uses~b~again"]
    assert sorted(key for *_, key in read_graphml(several()).edges(keys=True)) == edges
    gexf = read_gexf(several())
    assert gexf.is_multigraph()
    assert sorted(data["id"] for *_, data in gexf.edges(data=True)) == edges


def test_evidence_is_among_the_data_of_an_edge() -> None:
    told = read_graphml(world()).edges[
        "runc", "oci-runtime-spec", "runc~implements~oci-runtime-spec"
    ]
    assert told == {
        "relation": "implements",
        "since": "2015-07",
        "negated": False,
        "holds": True,
        "strength": "CERTIFIED",
        "sources": "list",
        "source_titles": "List of implementations",
        "source_urls": "https://example.org/list",
        "locators": "about runc",
        "read_on": "2026-11-01",
    }


def test_gexf_has_labels_kinds_and_a_period_in_days() -> None:
    read = read_gexf(several())
    assert read.nodes["b"]["label"] == "B"
    [again] = [d for *_, d in read.edges(data=True) if d["id"] == "a~uses~b"]
    assert (again["start"], again["end"]) == ("2016-02-01", "2017-12-31")
    assert (again["since"], again["until"]) == ("2016-02", "2017")
    root = ElementTree.fromstring(written(several(), "gexf"))
    kinds = [e.get("kind") for e in root.iter("{http://gexf.net/1.3}edge")]
    assert kinds == ["forkOf", "requires", "uses", "uses", "uses"]


@pytest.mark.parametrize("graph", GRAPHS)
def test_networkx_reads_gexf_back_with_the_same_data(graph: Graph) -> None:
    read, given = read_gexf(graph), graph.to_networkx()
    for id_, told in read.nodes(data=True):
        assert told.pop("label") == given.nodes[id_]["name"]
        assert told == {k: v for k, v in given.nodes[id_].items() if k != "name"}
    assert len(read) == len(given)
    assert read.number_of_edges() == given.number_of_edges()
    for source, target, data in read.edges(data=True):
        told = {k: v for k, v in data.items() if k not in ("id", "label", "start", "end")}
        assert told == given.edges[source, target, data["id"]]


def test_cytoscape_has_elements_with_ids_of_their_own_and_ends_that_are_there() -> None:
    for graph in GRAPHS:
        told = orjson.loads(written(graph, "cyjs"))
        assert told.keys() == {"format_version", "generated_by", "data", "elements"}
        nodes = [one["data"] for one in told["elements"]["nodes"]]
        edges = [one["data"] for one in told["elements"]["edges"]]
        assert {one["id"] for one in nodes} == set(graph.entities)
        assert len({one["id"] for one in [*nodes, *edges]}) == len(nodes) + len(edges)
        assert len(edges) == len(graph.statements)
        assert {one[end] for one in edges for end in ("source", "target")} <= set(graph.entities)
        assert all(one["name"] and isinstance(one["name"], str) for one in [*nodes, *edges])
        assert None not in {value for one in nodes for value in map(_hashable, one.values())}


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def test_an_edge_of_cytoscape_keeps_lists() -> None:
    edges = orjson.loads(written(world(), "cyjs"))["elements"]["edges"]
    [told] = [e["data"] for e in edges if e["data"]["id"] == "crun~implements~oci-runtime-spec"]
    assert told == {
        "id": "crun~implements~oci-runtime-spec",
        "source": "crun",
        "target": "oci-runtime-spec",
        "name": "implements",
        "interaction": "implements",
        "negated": False,
        "holds": True,
        "strength": "LISTED",
        "sources": ["list"],
        "source_titles": ["List of implementations"],
        "source_urls": ["https://example.org/list"],
        "locators": ["about crun"],
        "read_on": ["2026-11-01"],
    }


def test_what_no_xml_can_hold_is_replaced() -> None:
    for name in ("graphml", "gexf", "cyjs"):
        text = written(hostile_world(), name).decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", text)
        assert "nul \ufffd escape \ufffd bell" in text


def test_the_same_graph_gives_the_same_bytes() -> None:
    for name in ("graphml", "gexf", "cyjs"):
        assert written(world(), name) == written(world(), name)


def test_the_whole_dataset_is_read_back_with_equal_counts() -> None:
    graph = open_service().graph
    read = read_graphml(graph)
    assert (len(read), read.number_of_edges()) == (len(graph.entities), len(graph.statements))
    gexf = read_gexf(graph)
    assert (len(gexf), gexf.number_of_edges()) == (len(graph.entities), len(graph.statements))
