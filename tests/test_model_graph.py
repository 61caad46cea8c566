"""Statements' ids, and what a graph derives from its parts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from ecograph.model.graph import Statement
from tests.world import entity, make_graph, says, world


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (says("runc implements oci-runtime-spec"), "runc~implements~oci-runtime-spec"),
        (says("a uses b", negated=True), "a~uses~b~not"),
        (says("a uses b", key="2018"), "a~uses~b~2018"),
        (says("a uses b", negated=True, key="2018"), "a~uses~b~not~2018"),
        (says("rkt manages rkt"), "rkt~manages~rkt"),
    ],
)
def test_id_of_a_statement_is_its_triple(statement: Statement, expected: str) -> None:
    assert statement.id == expected


def test_id_does_not_depend_on_the_period() -> None:
    assert says("a uses b", since="2018", until="2019").id == says("a uses b").id


def test_ids_of_the_world_are_distinct_and_sorted() -> None:
    ids = [s.id for s in world().statements]
    assert ids == sorted(set(ids))
    assert len(ids) == 30


def test_parts_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        says("a uses b").subject = "c"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        world().as_of = "2020-01-01"  # type: ignore[misc]


def test_name_is_the_english_label() -> None:
    assert world().entities["oci-runtime-spec"].name == "OCI Runtime Specification"


def test_former_ids_lead_to_the_one_in_force() -> None:
    assert world().former_ids == {"moby": "docker-engine"}


def test_taxonomies_hold_the_categories_of_each_scheme() -> None:
    assert world().taxonomies == {
        "seed": frozenset({"ecosystem", "core", "support", "networking", "monitoring"}),
        "today": frozenset({"today-monitoring"}),
    }


def test_networkx_has_a_node_an_entity() -> None:
    graph = world().to_networkx()
    assert set(graph.nodes) == set(world().entities)
    assert graph.nodes["runc"] == {
        "kind": "Tool",
        "name": "runc",
        "label_zh": "runc",
        "description": "About runc.",
        "description_zh": "关于 runc。",
        "aliases": "opencontainers/runc",
        "homepage": "https://opencontainers.org",
        "license": "Apache-2.0",
        "status": "ACTIVE",
        "sources": "docs",
        "source_titles": "Documentation",
        "source_urls": "https://example.org/docs",
        "read_on": "2026-11-02",
    }
    assert graph.graph == {"version": "0123456789abcdef", "as_of": "2026-11-24"}


def test_networkx_has_an_edge_a_statement_under_its_id() -> None:
    graph = world().to_networkx()
    assert graph.number_of_edges() == len(world().statements)
    assert graph.edges["runc", "oci-runtime-spec", "runc~implements~oci-runtime-spec"] == {
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
    assert graph.edges["docker-engine", "cri", "docker-engine~implements~cri~not"]["negated"]


def test_networkx_keeps_loops_and_several_periods() -> None:
    graph = make_graph(
        [entity("a", "Tool", "A"), entity("b", "Tool", "B", scheme="seed")],
        [
            says("a uses a"),
            says("a uses b", until="2016"),
            says("a uses b", since="2018", key="again"),
        ],
    ).to_networkx()
    assert sorted(graph.edges(keys=True)) == [
        ("a", "a", "a~uses~a"),
        ("a", "b", "a~uses~b"),
        ("a", "b", "a~uses~b~again"),
    ]
