"""Importance: PageRank over dependencies, held against that of networkx."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms.link_analysis import pagerank_alg

from ecograph.model.importance import rank, scores
from tests.answers import data
from tests.asking import properties
from tests.world import entity, make_graph, says, world

ENDS = st.sampled_from("abcdefgh")
LINKS = st.lists(st.tuples(ENDS, ENDS), max_size=25)


@properties
@given(links=LINKS)
def test_ranks_are_those_of_networkx(links: list[tuple[str, str]]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([(a, b) for a, b in links if a != b])
    # The form without scipy, which networkx keeps for itself.
    python: Any = vars(pagerank_alg)["_pagerank_python"]
    expected = python(graph, alpha=0.85, max_iter=500, tol=1e-13) if graph else {}
    assert rank(links) == pytest.approx(expected, abs=1e-9)


@properties
@given(links=LINKS)
def test_the_order_of_links_does_not_matter(links: list[tuple[str, str]]) -> None:
    assert rank(links) == rank(reversed([*links, *links]))


def test_what_many_depend_on_comes_first_and_those_alike_by_id() -> None:
    assert list(scores([("b", "x"), ("a", "x"), ("x", "y")])) == ["y", "x", "a", "b"]
    assert scores([]) == {}


def test_a_graph_has_its_importance_as_of_its_day() -> None:
    assert dict(world().calendar.importance) == {
        "runc": 1000, "containerd": 807, "docker-engine": 581, "cri": 581, "cri-dockerd": 314,
        "kubernetes": 314,
    }  # fmt: skip


def test_what_ended_is_denied_or_to_come_does_not_count() -> None:
    things = [entity(one, "Tool", one, one) for one in "abcd"]
    graph = make_graph(
        things,
        [
            says("a uses b", until="2020"),
            says("a uses c", negated=True),
            says("a uses d", since="2030"),
            says("b requires c"),
        ],
    )
    assert graph.calendar.dependencies == [("b", "c")]


def test_a_client_asks_what_is_important() -> None:
    document = """query ($where: EntityFilter) { important(first: 2, where: $where) {
      totalCount pageInfo { hasNextPage } edges { score node { id } } } }"""
    told = data(document)["important"]
    assert told == {
        "totalCount": 6,
        "pageInfo": {"hasNextPage": True},
        "edges": [
            {"score": 1000, "node": {"id": "runc"}},
            {"score": 807, "node": {"id": "containerd"}},
        ],
    }
    told = data(document, where={"kind": {"eq": "SPECIFICATION"}})["important"]
    assert [edge["node"]["id"] for edge in told["edges"]] == ["cri"]
    assert told["totalCount"] == 1
