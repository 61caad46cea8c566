"""What is said of an entity: its statements from either side, sentences, evidence, history."""

from __future__ import annotations

from typing import Any

import pytest

from tests.answers import data, ids, serve
from tests.world import entity, make_graph, says


def statements(name: str, side: str) -> list[str]:
    document = f"""query ($name: String!) {{ entity(name: $name) {{
      statements(side: {side}) {{ totalCount nodes {{ id }} }}
    }} }}"""
    told = data(document, name=name)["entity"]["statements"]
    assert told["totalCount"] == len(told["nodes"])
    return ids(told)


def test_subject_side_holds_denied_ended_and_hub_statements() -> None:
    assert statements("docker-engine", "SUBJECT") == [
        "docker-engine~implements~cri~not",
        "docker-engine~ownedBy~docker-inc",
        "docker-engine~uses~containerd",
    ]


def test_object_side_holds_denied_ended_and_hub_statements() -> None:
    assert statements("docker-engine", "OBJECT") == [
        "cri-dockerd~adapts~docker-engine",
        "kubernetes~uses~docker-engine",
    ]


def test_either_side_holds_both_in_the_order_of_ids() -> None:
    assert statements("docker-engine", "EITHER") == [
        "cri-dockerd~adapts~docker-engine",
        "docker-engine~implements~cri~not",
        "docker-engine~ownedBy~docker-inc",
        "docker-engine~uses~containerd",
        "kubernetes~uses~docker-engine",
    ]


@pytest.mark.parametrize("side", ["SUBJECT", "OBJECT", "EITHER"])
def test_self_loop_stands_once_on_each_side(side: str) -> None:
    assert statements("rkt", side) == ["rkt~manages~rkt"]


def test_self_loop_is_on_both_fields_of_its_relation() -> None:
    document = '{ tool(name: "rkt") { manages { nodes { id } } managedBy { nodes { id } } } }'
    assert data(document)["tool"] == {
        "manages": {"nodes": [{"id": "rkt"}]},
        "managedBy": {"nodes": [{"id": "rkt"}]},
    }


def test_statements_keep_to_the_relations_named() -> None:
    document = """{ entity(name: "docker-engine") {
      statements(relations: [OWNED_BY, ADAPTS]) { nodes { relation } }
      none: statements(relations: []) { totalCount }
    } }"""
    assert data(document)["entity"] == {
        "statements": {"nodes": [{"relation": "ADAPTS"}, {"relation": "OWNED_BY"}]},
        "none": {"totalCount": 0},
    }


# In words


def sentences(id_: str, of: Any = None) -> tuple[str, str]:
    document = "query ($id: ID!) { statement(id: $id) { sentence zh: sentence(lang: ZH) } }"
    told = data(document, of, id=id_)["statement"]
    return told["sentence"], told["zh"]


def test_sentence_says_the_statement_in_both_languages() -> None:
    assert sentences("runc~implements~oci-runtime-spec") == (
        "runc implements OCI Runtime Specification",
        "runc 实现了 OCI 运行时规范",
    )


def test_sentence_of_a_denial_denies() -> None:
    assert sentences("docker-engine~implements~cri~not") == (
        "It is not so that Docker Engine implements Container Runtime Interface",
        "并非：Docker 引擎 实现了 容器运行时接口",
    )


def test_sentence_names_by_the_english_label_what_has_no_chinese_one() -> None:
    own = serve(make_graph([entity("a", "Tool", "A {0}"), entity("b", "Tool", "B", "乙")],
                           [says("a uses b")]))  # fmt: skip
    assert sentences("a~uses~b", own) == ("A {0} uses B", "A {0} 使用 乙")


def test_hop_against_a_statement_says_the_statement_and_not_the_walk() -> None:
    document = """{ path(from: "runtime-spec", to: "runc") { hops {
      forward sentence zh: sentence(lang: ZH) from { id } to { id }
    } } }"""
    assert data(document)["path"]["hops"] == [
        {
            "forward": False,
            "sentence": "runc implements OCI Runtime Specification",
            "zh": "runc 实现了 OCI 运行时规范",
            "from": {"id": "oci-runtime-spec"},
            "to": {"id": "runc"},
        }
    ]


# Who says so


def test_statement_carries_its_qualifiers_and_evidence() -> None:
    document = """{ statement(id: "runc~implements~oci-runtime-spec") {
      strength since until negated version role
      evidence { locator readOn source { id title url license readOn statementCount } }
    } }"""
    assert data(document)["statement"] == {
        "strength": "CERTIFIED",
        "since": "2015-07",
        "until": None,
        "negated": False,
        "version": None,
        "role": None,
        "evidence": [
            {
                "locator": "about runc",
                "readOn": "2026-11-01",
                "source": {
                    "id": "list",
                    "title": "List of implementations",
                    "url": "https://example.org/list",
                    "license": "Apache-2.0",
                    "readOn": "2026-11-01",
                    "statementCount": 28,
                },
            }
        ],
    }


def test_edge_says_what_its_statement_says() -> None:
    document = """{ specification(name: "runtime-spec") { implementedBy(first: 1) { edges {
      since until strength negated disputed evidence { source { id } }
      statement { id since strength subject { id } object { id } }
    } } } }"""
    assert data(document)["specification"]["implementedBy"]["edges"] == [
        {
            "since": None,
            "until": None,
            "strength": "LISTED",
            "negated": False,
            "disputed": False,
            "evidence": [{"source": {"id": "list"}}],
            "statement": {
                "id": "crun~implements~oci-runtime-spec",
                "since": None,
                "strength": "LISTED",
                "subject": {"id": "crun"},
                "object": {"id": "oci-runtime-spec"},
            },
        }
    ]


def test_history_tells_every_event_in_both_languages() -> None:
    document = """{ tool(name: "rkt", asOf: "2016-01-01") {
      history { date event label zh: label(lang: ZH) value note evidence { source { id } locator } }
    } }"""
    told = data(document)["tool"]["history"]
    assert [(e["date"], e["event"], e["label"], e["zh"]) for e in told] == [
        ("2014-12-01", "BEGUN", "begun", "开始"),
        ("2019-08-16", "ARCHIVED_BY_CNCF", "archived by the CNCF", "被 CNCF 归档"),
        ("2020-02-24", "ENDED", "ended", "终止"),
    ]
    assert [(e["value"], e["note"]) for e in told] == [(None, None)] * 3
    assert told[2]["evidence"] == [{"source": {"id": "docs"}, "locator": "ended"}]


def test_entity_has_evidence_and_attributes() -> None:
    document = """{ tool(name: "runc") {
      homepage repository license status maturity evidence { source { title } locator }
    } }"""
    assert data(document)["tool"] == {
        "homepage": "https://opencontainers.org",
        "repository": None,
        "license": "Apache-2.0",
        "status": "ACTIVE",
        "maturity": None,
        "evidence": [{"source": {"title": "Documentation"}, "locator": None}],
    }


def test_dataset_tells_what_it_holds() -> None:
    document = """{ dataset {
      version asOf title zh: title(lang: ZH) license entityCount statementCount
      kinds { kind label zh: label(lang: ZH) count } relations { relation count }
      sources(first: 2) { totalCount nodes { id statementCount } pageInfo { hasNextPage } }
    } }"""
    told = data(document)["dataset"]
    kinds = {k["kind"]: k["count"] for k in told.pop("kinds") if k["count"]}
    relations = {r["relation"]: r["count"] for r in told.pop("relations") if r["count"]}
    assert kinds == {
        "TOOL": 16, "SPECIFICATION": 3, "ORGANIZATION": 1, "CATEGORY": 6, "GROUP": 1, "SERVICE": 1,
    }  # fmt: skip
    assert relations == {
        "IMPLEMENTS": 10, "TESTS": 1, "USES": 4, "ADAPTS": 1, "PART_OF": 2, "MANAGES": 1,
        "FORK_OF": 1, "OWNED_BY": 1, "CLASSIFIED_IN": 5, "BROADER": 4,
    }  # fmt: skip
    assert told == {
        "version": "0123456789abcdef",
        "asOf": "2026-11-24",
        "title": "The world of the tests",
        "zh": "测试世界",
        "license": "CC-BY-4.0",
        "entityCount": 28,
        "statementCount": 30,
        "sources": {
            "totalCount": 3,
            "nodes": [{"id": "blog", "statementCount": 1}, {"id": "docs", "statementCount": 1}],
            "pageInfo": {"hasNextPage": True},
        },
    }
