"""Filters: two-valued, and-ed, through relations; and the counts of facets."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ecograph.model.ontology import Ontology
from ecograph.service import Service
from tests.answers import data, ids, refusal, serve
from tests.world import entity, make_graph, ontology, world

FILTERED = """query ($where: ToolFilter) {
  tools(where: $where, first: 100) { totalCount nodes { id } }
}"""
ALL = [e.id for e in world().entities.values() if e.kind == "Tool"]


def fits(where: Any, of: Service | None = None) -> list[str]:
    told = data(FILTERED, of, where=where)["tools"]
    assert told["totalCount"] == len(told["nodes"])
    return ids(told)


def others(*gone: str) -> list[str]:
    return [id_ for id_ in ALL if id_ not in gone]


NO_LICENSE = [
    "cadvisor", "calico", "cri-dockerd", "heapster", "incus", "oci-runtime-tools",
]  # fmt: skip
APACHE = [
    "containerd", "docker-engine", "flannel", "kubernetes", "rkt", "runc", "youki",
]  # fmt: skip


# Comparisons


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"eq": "Apache-2.0"}, APACHE),
        ({"in": ["UPL-1.0", "AGPL-3.0-only"]}, ["lxd", "railcar"]),
        ({"in": []}, []),
        ({"contains": "gpl"}, ["crun", "lxd"]),
        ({"startsWith": "agpl"}, ["lxd"]),
        ({"isNull": True}, NO_LICENSE),
        ({"isNull": False}, others(*NO_LICENSE)),
        ({"contains": ""}, others(*NO_LICENSE)),
    ],
)
def test_comparison_with_a_missing_value_is_false(condition: Any, expected: list[str]) -> None:
    assert fits({"license": condition}) == expected


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        ({"eq": "Apache-2.0"}, {"ne": "Apache-2.0"}),
        ({"in": ["Apache-2.0", "UPL-1.0"]}, {"notIn": ["Apache-2.0", "UPL-1.0"]}),
        ({"in": []}, {"notIn": []}),
        ({"eq": None}, {"ne": None}),
        ({"in": None}, {"notIn": None}),
        ({"isNull": True}, {"isNull": False}),
    ],
)
def test_opposite_operator_is_the_plain_complement(condition: Any, opposite: Any) -> None:
    assert fits({"license": opposite}) == others(*fits({"license": condition}))


@pytest.mark.parametrize(
    "where",
    [
        {"license": {"contains": "gpl"}},
        {"status": {"eq": "ACTIVE"}},
        {"license": {"eq": None}},
        {"implements": {"some": {"id": {"eq": "cri"}}}},
        {},
    ],
)
def test_not_is_the_plain_complement(where: Any) -> None:
    assert fits({"not": where}) == others(*fits(where))


@pytest.mark.parametrize(
    "operator", ["eq", "in", "contains", "startsWith", "isNull"]
)  # fmt: skip
def test_comparison_with_null_is_false(operator: str) -> None:
    assert fits({"license": {operator: None}}) == []


def test_conditions_that_are_null_as_a_whole_say_nothing() -> None:
    for name in ("and", "or", "not", "license", "implements"):
        assert fits({name: None}) == ALL
    assert fits({"implements": {"some": None}}) == ALL
    assert fits({}) == fits(None) == ALL


def test_siblings_are_and_ed() -> None:
    assert fits({"license": {"eq": "Apache-2.0"}, "status": {"eq": "ENDED"}}) == ["rkt"]
    assert fits({"license": {"contains": "gpl", "ne": "AGPL-3.0-only"}}) == ["crun"]


def test_and_of_nothing_is_true_and_or_of_nothing_false() -> None:
    assert fits({"and": []}) == ALL
    assert fits({"or": []}) == []


def test_or_joins_and_nests() -> None:
    where = {
        "or": [
            {"id": {"eq": "runc"}},
            {"and": [{"status": {"eq": "ARCHIVED"}}, {"not": {"id": {"eq": "heapster"}}}]},
        ]
    }
    assert fits(where) == ["railcar", "runc"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"contains": "DOCKER"}, ["cri-dockerd", "docker-engine"]),
        ({"startsWith": "ku"}, ["kubernetes"]),
        ({"eq": "kubernetes"}, []),
        ({"eq": "Kubernetes"}, ["kubernetes"]),
        ({"lt": "Calico"}, ["cadvisor"]),
        ({"lte": "CALICO"}, ["cadvisor", "calico"]),
        ({"gt": "runc"}, ["youki"]),
        ({"gte": "RUNC"}, ["runc", "youki"]),
    ],
)
def test_names_compare_by_casefold_but_are_equal_to_the_letter(
    condition: Any, expected: list[str]
) -> None:
    assert fits({"name": condition}) == expected


def test_ids_compare_by_code_points() -> None:
    assert fits({"id": {"lte": "calico"}}) == ["cadvisor", "calico"]
    assert fits({"id": {"gt": "rkt", "lt": "youki"}}) == ["runc"]


def test_status_is_filtered_as_of_the_day() -> None:
    document = """query ($day: Date) {
      tools(where: { status: { notIn: [ACTIVE] }, license: { eq: "Apache-2.0" } }, asOf: $day) {
        nodes { id }
      }
    }"""
    assert ids(data(document)["tools"]) == ["flannel", "rkt"]
    assert ids(data(document, day="2016-01-01")["tools"]) == ["flannel", "youki"]


@cache
def measured() -> Service:
    """A service over an ontology with attributes of every type."""
    told = ontology().model_dump()
    text = {"label": {"en": "x", "zh": "甲"}, "description": {"en": "x", "zh": "甲"}}
    for type_ in ("date", "integer", "boolean"):
        told["attributes"][f"{type_}Value"] = {"type": type_, **text}
    own = Ontology.model_validate(told)
    tools = [
        entity("a", "Tool", "A", dateValue="2019", integerValue=1, booleanValue=True),
        entity("b", "Tool", "B", dateValue="2019-08-16", integerValue=3, booleanValue=False),
        entity("c", "Tool", "C"),
    ]
    return serve(make_graph(tools, [], of=own))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"dateValue": {"lt": "2019-08"}}, ["a"]),
        ({"dateValue": {"lte": "2019-01-01"}}, ["a"]),
        ({"dateValue": {"gt": "2019"}}, ["b"]),
        ({"dateValue": {"gte": "2019"}}, ["a", "b"]),
        ({"dateValue": {"eq": "2019"}}, ["a"]),
        ({"dateValue": {"isNull": True}}, ["c"]),
        ({"integerValue": {"gt": 1}}, ["b"]),
        ({"integerValue": {"lte": 3}}, ["a", "b"]),
        ({"integerValue": {"notIn": [3]}}, ["a", "c"]),
        ({"booleanValue": {"eq": False}}, ["b"]),
        ({"booleanValue": {"ne": False}}, ["a", "c"]),
    ],
)
def test_values_of_every_type_compare(where: Any, expected: list[str]) -> None:
    assert fits(where, measured()) == expected


def test_values_of_every_type_are_told() -> None:
    document = '{ tool(name: "b") { dateValue integerValue booleanValue } }'
    assert data(document, measured()) == {
        "tool": {"dateValue": "2019-08-16", "integerValue": 3, "booleanValue": False}
    }


# Through relations

RUNTIME_SPEC = {"id": {"eq": "oci-runtime-spec"}}


def test_some_every_and_none_ask_the_other_ends() -> None:
    assert fits({"implements": {"some": RUNTIME_SPEC}}) == ["crun", "runc", "youki"]
    assert fits({"implements": {"none": RUNTIME_SPEC}}) == others("crun", "runc", "youki")
    every = fits({"implements": {"every": RUNTIME_SPEC}})
    assert every == others("containerd", "cri-dockerd")


def test_every_over_nothing_is_true_and_some_over_nothing_false() -> None:
    assert "lxd" in fits({"implements": {"every": {"id": {"eq": "nothing"}}}})
    assert fits({"implements": {"some": {}}}) == [
        "containerd", "cri-dockerd", "crun", "runc", "youki",
    ]  # fmt: skip
    assert fits({"implements": {"none": {}}}) == others(*fits({"implements": {"some": {}}}))


def test_filter_goes_through_several_relations() -> None:
    where = {"uses": {"some": {"uses": {"some": {"implements": {"some": RUNTIME_SPEC}}}}}}
    assert fits(where) == ["docker-engine"]


def test_relation_takes_a_filter_and_counts_what_fits() -> None:
    document = """{ specification(name: "runtime-spec") {
      implementedBy(where: { license: { ne: "Apache-2.0" } }, first: 1) {
        totalCount pageInfo { hasNextPage } nodes { id }
      }
    } }"""
    assert data(document)["specification"]["implementedBy"] == {
        "totalCount": 1,
        "pageInfo": {"hasNextPage": False},
        "nodes": [{"id": "crun"}],
    }


def test_variable_inside_a_filter_that_is_left_out_says_nothing_and_null_is_false() -> None:
    document = """query ($license: String) {
      tools(where: { license: { eq: $license } }, first: 100) { nodes { id } }
    }"""
    for _ in range(2):
        assert ids(data(document)["tools"]) == ALL
        assert ids(data(document, license=None)["tools"]) == []
        assert ids(data(document, license="UPL-1.0")["tools"]) == ["railcar"]
        assert ids(data(document, license="Apache-2.0")["tools"]) == APACHE


def test_values_of_a_filter_are_no_part_of_the_plan() -> None:
    own = serve(world())
    document = """query ($id: ID!, $where: ToolFilter) {
      one: tools(where: { id: { eq: $id } }) { nodes { id } } tools(where: $where) { nodes { id } }
    }"""
    for id_ in ("runc", "crun", "youki"):
        told = data(document, own, id=id_, where={"id": {"in": [id_]}})
        assert ids(told["one"]) == ids(told["tools"]) == [id_]
    operation = own.api._operations.get((document, None))
    assert operation is not None
    assert len(operation.variants) == 1


def test_condition_of_another_kind_is_refused() -> None:
    error = refusal('{ tools(where: { syntax: { eq: "x" } }) { totalCount } }')
    assert "'syntax'" in error["message"]


# Facets

FACETS = """query ($where: EntityFilter, $by: [FacetField!]!, $day: Date) {
  facets(where: $where, by: $by, asOf: $day) {
    by total missing values { value label zh: label(lang: ZH) count }
  }
}"""


def facet(by: str, where: Any = None, day: str | None = None) -> Any:
    (told,) = data(FACETS, by=[by], where=where, day=day)["facets"]
    return told


def test_facet_counts_by_value_most_frequent_first_then_by_value() -> None:
    assert facet("STATUS", {"kind": {"eq": "TOOL"}}) == {
        "by": "STATUS",
        "total": 16,
        "missing": 7,
        "values": [
            {"value": "ACTIVE", "label": "active", "zh": "活跃", "count": 6},
            {"value": "ARCHIVED", "label": "archived", "zh": "已归档", "count": 2},
            {"value": "ENDED", "label": "ended", "zh": "已终止", "count": 1},
        ],
    }
    licenses = facet("LICENSE", {"license": {"contains": "PL"}})["values"]
    assert [(v["value"], v["count"]) for v in licenses] == [
        ("AGPL-3.0-only", 1), ("GPL-2.0-or-later", 1), ("UPL-1.0", 1),
    ]  # fmt: skip


def test_facet_counts_as_of_the_day() -> None:
    told = facet("STATUS", {"id": {"in": ["rkt", "youki"]}}, "2019-01-01")
    assert (told["total"], told["missing"]) == (2, 1)
    assert [(v["value"], v["count"]) for v in told["values"]] == [("ACTIVE", 1)]


def test_facet_of_several_values_counts_once_a_value() -> None:
    told = facet("CATEGORY")
    assert (told["total"], told["missing"]) == (28, 23)
    assert [(v["value"], v["label"], v["zh"], v["count"]) for v in told["values"]] == [
        ("networking", "Container networking", "容器网络", 2),
        ("core", "Core technology", "容器核心技术", 1),
        ("monitoring", "Monitoring", "监控", 1),
        ("today-monitoring", "Monitoring", "监控", 1),
    ]


def test_facets_answer_in_the_order_asked_for() -> None:
    told = data(FACETS, by=["SCHEME", "KIND", "MATURITY"])["facets"]
    assert [(f["by"], f["total"], f["missing"]) for f in told] == [
        ("SCHEME", 28, 22), ("KIND", 28, 0), ("MATURITY", 28, 25),
    ]  # fmt: skip
    assert [(v["value"], v["count"]) for v in told[0]["values"]] == [("seed", 5), ("today", 1)]
    assert told[1]["values"][0] == {"value": "TOOL", "label": "Tool", "zh": "工具", "count": 16}


def test_facet_over_nothing_is_empty() -> None:
    assert facet("KIND", {"id": {"eq": "nothing"}}) == {
        "by": "KIND", "total": 0, "missing": 0, "values": [],
    }  # fmt: skip
