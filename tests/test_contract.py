"""The users' questions, word for word: each answers with one run of its plan and no fallback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from ecograph.service import Service
from tests.answers import ids, serve
from tests.world import world

DOCUMENT = (Path(__file__).parent / "contract" / "operations.graphql").read_text("utf-8")

EXAMPLES: dict[str, dict[str, Any]] = {
    "Implementers": {"spec": "OCI 运行时规范"},
    "Maintained": {"spec": "runtime-spec"},
    "Category": {"name": "容器支持技术"},
    "Path": {"from": "Docker Engine", "to": "runtime-spec"},
    "Paths": {"from": "kubernetes", "to": "runc"},
    "Reach": {"from": "docker-engine", "along": "uses+/implements"},
    "Claim": {"subject": "Docker Engine", "object": "CRI"},
    "Neighborhood": {"of": "containerd"},
    "Search": {"text": "kuberntes"},
    "Tools": {
        "where": {
            "implements": {"some": {"id": {"eq": "oci-runtime-spec"}}},
            "not": {"status": {"in": ["ARCHIVED", "ENDED"]}},
        }
    },
    "Facets": {"where": {"kind": {"eq": "TOOL"}}},
    "About": {"name": "rkt"},
    "AsOf": {"spec": "runtime-spec", "day": "2018-01-01"},
    "Dataset": {},
}


@pytest.fixture(scope="module")
def own() -> Service:
    return serve(world())


def answer(own: Service, operation: str, /, **variables: Any) -> Any:
    """The data of one operation, whose plan ran once and answered all of it."""
    counters = own.api.counters
    before = counters.statements, counters.fallbacks
    told = own.query(DOCUMENT, EXAMPLES[operation] | variables, operation)
    assert (counters.statements, counters.fallbacks) == (before[0] + 1, before[1])
    assert "errors" not in told, told["errors"]
    return told["data"]


def test_every_operation_has_an_example() -> None:
    definitions = parse(DOCUMENT).definitions
    operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
    assert [o.name.value for o in operations if o.name] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_operation_runs_one_plan_once_and_never_falls_back(own: Service, name: str) -> None:
    counters = own.api.counters
    before = counters.requests, counters.statements
    for _ in range(2):
        assert "errors" not in own.query(DOCUMENT, EXAMPLES[name], name)
    assert (counters.requests, counters.statements) == (before[0] + 2, before[1] + 2)
    assert counters.fallbacks == 0


def test_kept_answer_is_the_same_bytes_without_another_run() -> None:
    keeping = Service(world())
    for name, variables in EXAMPLES.items():
        first = keeping.answer(DOCUMENT, variables, name).body
        assert keeping.answer(DOCUMENT, variables, name).body == first
    assert keeping.api.counters.statements == len(EXAMPLES)


@pytest.mark.parametrize(
    "spec",
    [
        "oci-runtime-spec", "OCI runtime spec", "OCI Runtime Specification", "runtime-spec",
        "OCI 运行时规范",
    ],
)  # fmt: skip
def test_implementers(own: Service, spec: str) -> None:
    told = answer(own, "Implementers", spec=spec)["specification"]
    edges = told["implementedBy"].pop("edges")
    assert told == {
        "id": "oci-runtime-spec",
        "name": "OCI Runtime Specification",
        "label": "OCI 运行时规范",
        "implementedBy": {
            "totalCount": 3,
            "pageInfo": {"hasNextPage": False, "endCursor": edges[-1]["cursor"]},
        },
    }
    assert [(e["node"]["id"], e["since"], e["strength"]) for e in edges] == [
        ("crun", None, "LISTED"),
        ("runc", "2015-07", "CERTIFIED"),
        ("youki", "2021-10-08", "SELF_DECLARED"),
    ]
    assert edges[1]["node"] == {
        "id": "runc",
        "kind": "TOOL",
        "name": "runc",
        "status": "ACTIVE",
        "homepage": "https://opencontainers.org",
    }
    assert edges[1]["evidence"] == [
        {
            "source": {"title": "List of implementations", "url": "https://example.org/list"},
            "locator": "about runc",
            "readOn": "2026-11-01",
        }
    ]


def test_maintained(own: Service) -> None:
    told = answer(own, "Maintained")["specification"]["implementedBy"]
    assert told == {
        "totalCount": 3,
        "nodes": [
            {"id": "runc", "name": "runc"},
            {"id": "crun", "name": "crun"},
            {"id": "youki", "name": "youki"},
        ],
    }


def test_category(own: Service) -> None:
    assert answer(own, "Category") == {
        "category": {
            "id": "support",
            "label": "Supporting technology",
            "labelZh": "容器支持技术",
            "ancestors": [{"id": "ecosystem", "name": "Container ecosystem"}],
            "children": [
                {"id": "monitoring", "name": "Monitoring", "memberCount": 1},
                {"id": "networking", "name": "Container networking", "memberCount": 2},
            ],
            "members": {
                "totalCount": 3,
                "nodes": [
                    {"id": "cadvisor-heapster", "kind": "GROUP", "name": "cAdvisor and Heapster"},
                    {"id": "calico", "kind": "TOOL", "name": "Calico"},
                    {"id": "flannel", "kind": "TOOL", "name": "Flannel"},
                ],
            },
        }
    }


def test_path(own: Service) -> None:
    told = answer(own, "Path")["path"]
    assert told["length"] == 3
    assert told["nodes"] == [
        {"id": "docker-engine", "kind": "TOOL", "name": "Docker Engine"},
        {"id": "containerd", "kind": "TOOL", "name": "containerd"},
        {"id": "runc", "kind": "TOOL", "name": "runc"},
        {"id": "oci-runtime-spec", "kind": "SPECIFICATION", "name": "OCI Runtime Specification"},
    ]
    assert [(h["forward"], h["sentence"], h["sentenceZh"]) for h in told["hops"]] == [
        (True, "Docker Engine uses containerd", "Docker 引擎 使用 containerd"),
        (True, "containerd uses runc", "containerd 使用 runc"),
        (True, "runc implements OCI Runtime Specification", "runc 实现了 OCI 运行时规范"),
    ]
    assert told["hops"][0]["statement"] == {
        "id": "docker-engine~uses~containerd",
        "relation": "USES",
        "subject": {"id": "docker-engine"},
        "object": {"id": "containerd"},
        "since": "2016-04",
        "evidence": [
            {"source": {"title": "List of implementations", "url": "https://example.org/list"}}
        ],
    }


def test_paths(own: Service) -> None:
    told = answer(own, "Paths")["paths"]
    assert [(p["length"], ids(p["nodes"])) for p in told["nodes"]] == [
        (3, ["kubernetes", "cri", "containerd", "runc"]),
        (5, ["kubernetes", "cri", "cri-dockerd", "docker-engine", "containerd", "runc"]),
    ]
    assert told["nodes"][0]["hops"] == [
        {"forward": True, "statement": {"relation": "USES"}},
        {"forward": False, "statement": {"relation": "IMPLEMENTS"}},
        {"forward": True, "statement": {"relation": "USES"}},
    ]
    assert told["pageInfo"]["hasNextPage"] is False


def test_reach(own: Service) -> None:
    told = answer(own, "Reach")["reach"]
    assert told["totalCount"] == 3
    assert [(e["node"]["id"], e["path"]["length"]) for e in told["edges"]] == [
        ("cri", 2),
        ("oci-image-spec", 2),
        ("oci-runtime-spec", 3),
    ]
    assert told["edges"][2] == {
        "node": {
            "id": "oci-runtime-spec",
            "kind": "SPECIFICATION",
            "name": "OCI Runtime Specification",
        },
        "path": {
            "length": 3,
            "nodes": [
                {"id": "docker-engine"},
                {"id": "containerd"},
                {"id": "runc"},
                {"id": "oci-runtime-spec"},
            ],
            "hops": [
                {"forward": True, "statement": {"relation": "USES"}},
                {"forward": True, "statement": {"relation": "USES"}},
                {"forward": True, "statement": {"relation": "IMPLEMENTS"}},
            ],
        },
    }


def test_claim(own: Service) -> None:
    assert answer(own, "Claim")["claim"] == {
        "verdict": "DENIED",
        "statements": [
            {
                "id": "docker-engine~implements~cri~not",
                "negated": True,
                "evidence": [
                    {
                        "source": {"title": "Documentation", "url": "https://example.org/docs"},
                        "locator": "about docker-engine",
                    }
                ],
            }
        ],
    }


def test_neighborhood(own: Service) -> None:
    told = answer(own, "Neighborhood")["neighborhood"]
    assert [(n["distance"], n["node"]["id"]) for n in told["nodes"]] == [
        (0, "containerd"), (1, "cri"), (1, "docker-engine"), (1, "oci-image-spec"), (1, "runc"),
    ]  # fmt: skip
    assert ids(told["statements"]) == [
        "containerd~implements~cri",
        "containerd~implements~oci-image-spec",
        "containerd~uses~runc",
        "docker-engine~uses~containerd",
    ]
    assert told["truncated"] is False


def test_search(own: Service) -> None:
    assert answer(own, "Search")["search"] == {
        "totalCount": 1,
        "edges": [
            {
                "score": 562,
                "matched": {"text": "Kubernetes", "field": "LABEL", "lang": "EN"},
                "node": {
                    "id": "kubernetes",
                    "kind": "TOOL",
                    "name": "Kubernetes",
                    "description": "About Kubernetes.",
                },
            }
        ],
    }


def test_tools_page_by_page(own: Service) -> None:
    first = answer(own, "Tools", first=2)["tools"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    assert first["nodes"][0] == {
        "id": "crun",
        "name": "crun",
        "status": "ACTIVE",
        "license": "GPL-2.0-or-later",
        "implements": {
            "nodes": [{"id": "oci-runtime-spec", "name": "OCI Runtime Specification"}]
        },
        "uses": {"nodes": []},
    }  # fmt: skip
    second = answer(own, "Tools", first=2, after=first["pageInfo"]["endCursor"])["tools"]
    assert ids(first) + ids(second) == ["crun", "runc", "youki"]
    assert second["pageInfo"]["hasNextPage"] is False
    assert answer(own, "Tools", where=None)["tools"]["totalCount"] == 16


def test_facets(own: Service) -> None:
    told = {f["by"]: f for f in answer(own, "Facets")["facets"]}
    assert list(told) == ["KIND", "STATUS", "LICENSE", "CATEGORY"]
    assert [(f["total"], f["missing"]) for f in told.values()] == [
        (16, 0), (16, 7), (16, 6), (16, 12),
    ]  # fmt: skip
    assert told["STATUS"]["values"] == [
        {"value": "ACTIVE", "label": "active", "count": 6},
        {"value": "ARCHIVED", "label": "archived", "count": 2},
        {"value": "ENDED", "label": "ended", "count": 1},
    ]
    assert told["CATEGORY"]["values"][0] == {
        "value": "networking", "label": "Container networking", "count": 2,
    }  # fmt: skip


def test_about(own: Service) -> None:
    told = answer(own, "About")["entity"]
    assert (told["id"], told["kind"], told["label"]) == ("rkt", "TOOL", "rkt")
    assert (told["description"], told["aliases"]) == ("关于 rkt。", ["CoreOS Rocket"])
    assert [(e["date"], e["event"]) for e in told["history"]] == [
        ("2014-12-01", "BEGUN"), ("2019-08-16", "ARCHIVED_BY_CNCF"), ("2020-02-24", "ENDED"),
    ]  # fmt: skip
    assert told["statements"]["totalCount"] == 1
    rkt = {"id": "rkt", "kind": "TOOL", "name": "rkt", "aliases": ["CoreOS Rocket"]}
    (statement,) = told["statements"]["nodes"]
    assert (statement["id"], statement["relation"]) == ("rkt~manages~rkt", "MANAGES")
    assert statement["subject"] == statement["object"] == rkt


def test_about_tells_denials_and_hubs_page_by_page(own: Service) -> None:
    first = answer(own, "About", name="dockerd", first=3)["entity"]["statements"]
    cursor = first["pageInfo"]["endCursor"]
    second = answer(own, "About", name="dockerd", after=cursor)["entity"]["statements"]
    assert [(s["relation"], s["negated"]) for s in (*first["nodes"], *second["nodes"])] == [
        ("ADAPTS", False), ("IMPLEMENTS", True), ("OWNED_BY", False), ("USES", False),
        ("USES", False),
    ]  # fmt: skip


def test_as_of(own: Service) -> None:
    told = answer(own, "AsOf")["specification"]["implementedBy"]
    assert ids(told) == ["crun", "railcar", "runc"]


def test_dataset(own: Service) -> None:
    told = answer(own, "Dataset")["dataset"]
    assert (told["version"], told["asOf"], told["license"]) == (
        "0123456789abcdef", "2026-11-24", "CC-BY-4.0",
    )  # fmt: skip
    assert (told["entityCount"], told["statementCount"]) == (28, 30)
    assert {"kind": "TOOL", "count": 16} in told["kinds"]
    assert {"relation": "IMPLEMENTS", "count": 10} in told["relations"]
    assert told["sources"]["nodes"][0] == {
        "id": "blog",
        "title": "A dissenting view",
        "url": "https://example.org/blog",
        "license": None,
        "readOn": "2026-11-03",
        "statementCount": 1,
    }
