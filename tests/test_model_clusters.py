"""What alone holds a graph together, and what clusters: held against networkx."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.clusters import count_cut_off, find_communities, find_cut_off
from tests.answers import data, serve
from tests.asking import properties
from tests.test_curate_insights import two_clusters

ENDS = st.sampled_from("abcdefghij")
LINKS = st.lists(st.tuples(ENDS, ENDS), max_size=18)


@properties
@given(links=LINKS)
def test_what_is_cut_off_is_what_stands_apart_when_a_node_is_taken_away(
    links: list[tuple[str, str]],
) -> None:
    graph: nx.Graph[str] = nx.Graph([(a, b) for a, b in links if a != b])
    expected = {}
    for node in nx.articulation_points(graph):
        whole = graph.subgraph(nx.node_connected_component(graph, node)).copy()
        whole.remove_node(node)
        parts = sorted(map(sorted, nx.connected_components(whole)), key=lambda c: (-len(c), c))
        expected[node] = sorted(id_ for part in parts[1:] for id_ in part)
    assert find_cut_off(links) == expected
    assert count_cut_off(links) == {node: len(apart) for node, apart in expected.items()}


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = [(f"{n:05}", f"{n + 1:05}") for n in range(20_000)]
    assert count_cut_off(chain)["10000"] == 10_000


@properties
@given(links=LINKS)
def test_each_stands_in_one_community_whatever_the_order_of_links(
    links: list[tuple[str, str]],
) -> None:
    found = find_communities(links)
    members = [id_ for one in found for id_ in one]
    assert sorted(members) == sorted({end for a, b in links for end in (a, b) if a != b})
    assert find_communities([(b, a) for a, b in reversed(links)]) == found


def test_a_community_is_named_by_its_most_important_member_and_counted() -> None:
    document = """{
        facets(by: [COMMUNITY], where: { kind: { eq: TOOL } }) {
            total missing values { value label(lang: EN) count } }
        tools(orderBy: { field: IMPORTANCE, order: DESC }, first: 3) {
            nodes { id importance cutsOff community } }
        joints: tools(where: { cutsOff: { gte: 1 } }) { nodes { id cutsOff } } }"""
    assert data(document, serve(two_clusters())) == {
        "facets": [
            {
                "total": 10,
                "missing": 0,
                "values": [
                    {"value": "a0", "label": "a0", "count": 5},
                    {"value": "b0", "label": "b0", "count": 5},
                ],
            }
        ],
        "tools": {
            "nodes": [
                {"id": "b0", "importance": 1000, "cutsOff": 4, "community": "b0"},
                {"id": "a0", "importance": 927, "cutsOff": None, "community": "a0"},
                {"id": "b1", "importance": 519, "cutsOff": None, "community": "b0"},
            ]
        },
        "joints": {"nodes": [{"id": "a4", "cutsOff": 4}, {"id": "b0", "cutsOff": 4}]},
    }
