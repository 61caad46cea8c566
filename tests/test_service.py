"""The service over a dataset whose ontology has a kind and relations that the code never names."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import pytest

import ecograph
from ecograph.errors import EcographError, QueryError
from ecograph.service import Service
from tests.generate import extended
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says


@cache
def service() -> Service:
    """The world with two weaknesses, what they affect, and tools that resemble each other."""
    entities = [
        entity("leaky-fd", "Vulnerability", "Leaky descriptor", "描述符泄漏", "CVE-2024-21626",
               severity=8, found="2024-01", fixed=True),
        entity("loud-log", "Vulnerability", "Loud log", severity=3, fixed=False),
    ]  # fmt: skip
    statements = [
        says("leaky-fd affects runc", since="2024-01-31", strength="CERTIFIED"),
        says("loud-log affects containerd"),
        says("loud-log affects youki", negated=True),
        says("crun resembles youki"),
    ]
    graph = make_graph([*ENTITIES, *entities], [*STATEMENTS, *statements], of=extended())
    return Service(graph, answer_cache=0, deadline=None)


def ask(document: str, **variables: Any) -> Any:
    told = service().query(document, variables)
    assert told.keys() == {"data"}, told
    return told["data"]


def test_a_new_kind_has_its_root_fields() -> None:
    assert ask('{ vulnerability(name: "cve 2024 21626") { id kind severity found fixed } }') == {
        "vulnerability": {
            "id": "leaky-fd", "kind": "VULNERABILITY", "severity": 8, "found": "2024-01",
            "fixed": True,
        }
    }  # fmt: skip
    assert ask("{ vulnerabilities { totalCount nodes { id } } }") == {
        "vulnerabilities": {"totalCount": 2, "nodes": [{"id": "leaky-fd"}, {"id": "loud-log"}]}
    }


def test_a_new_kind_is_a_type_that_introspection_knows() -> None:
    told = ask('{ __type(name: "Vulnerability") { interfaces { name } fields { name } } }')
    assert {i["name"] for i in told["__type"]["interfaces"]} == {"Node", "Entity"}
    assert {"severity", "found", "fixed", "affects"} <= {
        f["name"] for f in told["__type"]["fields"]
    }


def test_new_attributes_are_filtered_by() -> None:
    document = """query Q($where: VulnerabilityFilter) {
        vulnerabilities(where: $where) { nodes { id } } }"""
    for where, expected in (
        ({"severity": {"gte": 4}}, ["leaky-fd"]),
        ({"found": {"lt": "2024-01-02"}}, ["leaky-fd"]),
        ({"found": {"isNull": True}}, ["loud-log"]),
        ({"fixed": {"ne": True}}, ["loud-log"]),
        ({"severity": {"in": [3, 8]}}, ["leaky-fd", "loud-log"]),
    ):
        nodes = ask(document, where=where)["vulnerabilities"]["nodes"]
        assert [n["id"] for n in nodes] == expected


def test_a_new_relation_is_filtered_through_from_both_sides() -> None:
    document = """{
        by_object: tools(where: { affectedBy: { some: { severity: { gt: 5 } } } }) { nodes { id } }
        alike: tools(where: { resembles: { some: { id: { eq: "crun" } } } }) { nodes { id } }
        by_subject: vulnerabilities(
            where: { affects: { some: { implements: { some: { id: { eq: "cri" } } } } } }
        ) { nodes { id } }
    }"""
    assert ask(document) == {
        "by_object": {"nodes": [{"id": "runc"}]},
        "alike": {"nodes": [{"id": "youki"}]},
        "by_subject": {"nodes": [{"id": "loud-log"}]},
    }


def test_a_new_relation_is_a_field_on_both_sides() -> None:
    document = """{ vulnerability(name: "loud-log") { affects { edges { negated node { id } } } }
        runc: tool(name: "runc") { affectedBy { totalCount edges { strength node { name } } } }
        youki: tool(name: "youki") {
            affectedBy(include: [NEGATED]) { edges { negated node { id } } }
            resembles { nodes { id } }
        } }"""
    assert ask(document) == {
        "vulnerability": {"affects": {"edges": [{"negated": False, "node": {"id": "containerd"}}]}},
        "runc": {
            "affectedBy": {
                "totalCount": 1,
                "edges": [{"strength": "CERTIFIED", "node": {"name": "Leaky descriptor"}}],
            }
        },
        "youki": {
            "affectedBy": {"edges": [{"negated": True, "node": {"id": "loud-log"}}]},
            "resembles": {"nodes": [{"id": "crun"}]},
        },
    }


def test_a_new_relation_holds_from_its_day_on() -> None:
    document = '{ tool(name: "runc", asOf: "2023-12-31") { affectedBy { totalCount } } }'
    assert ask(document) == {"tool": {"affectedBy": {"totalCount": 0}}}


def test_a_new_relation_is_walked() -> None:
    document = """{
        path(from: "CVE-2024-21626", to: "docker-engine") {
            nodes { id } hops { forward sentence statement { relation } } }
        alike: path(from: "youki", to: "crun", via: [RESEMBLES], direction: FORWARD) { length }
        reach(from: "loud-log", along: "affects/implements") { nodes { id } }
        back: reach(from: "oci-runtime-spec", along: "^implements/^affects") { nodes { id } }
        neighborhood(of: "leaky-fd") { nodes { distance node { id } } statements { id } }
    }"""
    assert ask(document) == {
        "path": {
            "nodes": [
                {"id": "leaky-fd"},
                {"id": "runc"},
                {"id": "containerd"},
                {"id": "docker-engine"},
            ],
            "hops": [
                {
                    "forward": True,
                    "sentence": "Leaky descriptor affects runc",
                    "statement": {"relation": "AFFECTS"},
                },
                {
                    "forward": False,
                    "sentence": "containerd uses runc",
                    "statement": {"relation": "USES"},
                },
                {
                    "forward": False,
                    "sentence": "Docker Engine uses containerd",
                    "statement": {"relation": "USES"},
                },
            ],
        },
        "alike": {"length": 1},
        "reach": {"nodes": [{"id": "cri"}, {"id": "oci-image-spec"}]},
        "back": {"nodes": [{"id": "leaky-fd"}]},
        "neighborhood": {
            "nodes": [
                {"distance": 0, "node": {"id": "leaky-fd"}},
                {"distance": 1, "node": {"id": "runc"}},
            ],
            "statements": [{"id": "leaky-fd~affects~runc"}],
        },
    }


def test_new_attributes_and_kinds_are_counted() -> None:
    document = """{ facets(where: { kind: { eq: VULNERABILITY } }, by: [KIND, SEVERITY, FIXED]) {
        by total missing values { value label count } } }"""
    assert ask(document)["facets"] == [
        {
            "by": "KIND",
            "total": 2,
            "missing": 0,
            "values": [{"value": "VULNERABILITY", "label": "Vulnerability", "count": 2}],
        },
        {
            "by": "SEVERITY",
            "total": 2,
            "missing": 0,
            "values": [
                {"value": "3", "label": "3", "count": 1},
                {"value": "8", "label": "8", "count": 1},
            ],
        },
        {
            "by": "FIXED",
            "total": 2,
            "missing": 0,
            "values": [
                {"value": "false", "label": "false", "count": 1},
                {"value": "true", "label": "true", "count": 1},
            ],
        },
    ]


def test_a_new_kind_is_found_counted_and_claimed() -> None:
    document = """{
        search(text: "leaky descriptr", kinds: [VULNERABILITY]) { nodes { id } }
        known: claim(subject: "leaky-fd", relation: AFFECTS, object: "runc") { verdict }
        denied: claim(subject: "loud-log", relation: AFFECTS, object: "youki") { verdict }
        alike: claim(subject: "youki", relation: RESEMBLES, object: "crun") { verdict }
        entity(name: "runc") {
            statements(relations: [AFFECTS]) { nodes { id sentence(lang: ZH) } } }
        dataset { kinds { kind count } relations { relation count } }
    }"""
    told = ask(document)
    dataset = told.pop("dataset")
    assert told == {
        "search": {"nodes": [{"id": "leaky-fd"}]},
        "known": {"verdict": "KNOWN"},
        "denied": {"verdict": "DENIED"},
        "alike": {"verdict": "KNOWN"},
        "entity": {
            "statements": {
                "nodes": [{"id": "leaky-fd~affects~runc", "sentence": "描述符泄漏 影响 runc"}]
            }
        },
    }
    assert dataset["kinds"][-1] == {"kind": "VULNERABILITY", "count": 2}
    assert dataset["relations"][-2:] == [
        {"relation": "AFFECTS", "count": 3},
        {"relation": "RESEMBLES", "count": 1},
    ]


def test_the_package_opens_the_bundled_dataset() -> None:
    told = ecograph.open(cache=False).query('{ specification(name: "runtime-spec") { id } }')
    assert told == {"data": {"specification": {"id": "oci-runtime-spec"}}}


def test_a_named_operation_is_asked_by_its_name() -> None:
    opened = ecograph.open()
    told = opened.query("Path", {"from": "docker-engine", "to": "runc"})
    assert told["data"]["path"]["length"] == 2
    with pytest.raises(QueryError, match="unknown operation 'Pathe'; did you mean: Path"):
        opened.query("Pathe")


def test_a_plain_question_is_asked_in_either_language() -> None:
    opened = ecograph.open()
    told = opened.ask("is rkt still maintained")
    assert (told["outcome"], told["sentence"][:4]) == ("CLEAR", "No: ")
    assert opened.ask("is rkt still maintained", "zh")["sentence"].startswith("不是")
    assert opened.ask("does it taste good")["outcome"] == "REFUSED"
    with pytest.raises(EcographError, match="Language"):
        opened.ask("is rkt still maintained", cast(Any, "fr"))
