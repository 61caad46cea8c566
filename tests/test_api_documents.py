"""What a GraphQL document may say: fragments, aliases, merging, directives, variables."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.service import Service
from tests.answers import data, partial, refusal, serve
from tests.world import world

# Aliases and merging


def test_alias_keeps_both_answers() -> None:
    document = """{
      a: tool(name: "runc") { one: id two: id en: label zh: label(lang: ZH) }
      b: tool(name: "crun") { id }
    }"""
    assert data(document) == {
        "a": {"one": "runc", "two": "runc", "en": "runc", "zh": "runc"},
        "b": {"id": "crun"},
    }


def test_answers_keep_the_order_of_the_document() -> None:
    told = data('{ b: node(id: "runc") { id } __typename a: node(id: "crun") { id } }')
    assert list(told) == ["b", "__typename", "a"]
    told = data('{ tool(name: "runc") { name ...A kind } } fragment A on Tool { status id name }')
    assert list(told["tool"]) == ["name", "status", "id", "kind"]


def test_fields_of_one_key_are_merged_at_every_depth() -> None:
    document = """{
      tool(name: "runc") { implements { nodes { id } } }
      tool(name: "runc") { implements { totalCount nodes { name evidence { locator } } } }
      ...More
    }
    fragment More on Query { tool(name: "runc") { implements { nodes { kind } } } }"""
    assert data(document) == {
        "tool": {
            "implements": {
                "nodes": [
                    {
                        "id": "oci-runtime-spec",
                        "name": "OCI Runtime Specification",
                        "evidence": [{"locator": None}],
                        "kind": "SPECIFICATION",
                    }
                ],
                "totalCount": 1,
            }
        }
    }


def test_fields_of_one_key_that_differ_are_refused() -> None:
    error = refusal('{ tool(name: "runc") { id: name id } }')
    assert error["message"].startswith("Fields 'id' conflict")


# Fragments and types


def test_fragment_is_told_once_however_often_it_is_spread() -> None:
    document = """{ tool(name: "runc") { ...A ...A ...B } }
    fragment A on Tool { id ...B } fragment B on Entity { name }"""
    assert data(document) == {"tool": {"id": "runc", "name": "runc"}}


def test_type_condition_selects_by_kind() -> None:
    document = """{ nodes(ids: ["runc", "cri", "core"]) {
      id
      ... on Entity { name }
      ... on Tool { status }
      ... on Specification { implementedBy { totalCount } }
      ... on Category { scheme }
    } }"""
    assert data(document)["nodes"] == [
        {"id": "runc", "name": "runc", "status": "ACTIVE"},
        {"id": "cri", "name": "Container Runtime Interface", "implementedBy": {"totalCount": 2}},
        {"id": "core", "name": "Core technology", "scheme": "seed"},
    ]


def test_one_key_may_mean_different_things_by_kind() -> None:
    document = """{ nodes(ids: ["runc", "cri"]) {
      ... on Tool { it: implements { totalCount } }
      ... on Specification { it: implementedBy { totalCount } }
    } }"""
    assert data(document)["nodes"] == [{"it": {"totalCount": 1}}, {"it": {"totalCount": 2}}]


def test_type_conditions_nest_and_interfaces_hold_for_their_types() -> None:
    document = """{ node(id: "runc") {
      ... on Entity { ... on Node { ... on Tool { id ... on Node { name: id } } } }
    } specification(name: "CRI") { implementedBy(first: 1) { edges {
      ... on RelationEdge { since node { id ... on Tool { status } } }
    } } } }"""
    assert data(document) == {
        "node": {"id": "runc", "name": "runc"},
        "specification": {
            "implementedBy": {
                "edges": [{"since": "2017-12", "node": {"id": "containerd", "status": "ACTIVE"}}]
            }
        },
    }


def test_typename_is_told_everywhere() -> None:
    document = """{ __typename
      node(id: "runc") { __typename }
      specification(name: "CRI") { __typename implementedBy(first: 1) {
        __typename pageInfo { __typename } nodes { type: __typename }
        edges { __typename node { __typename } evidence { __typename source { __typename } } }
      } }
      path(from: "runc", to: "crun") { __typename hops { __typename statement { __typename } } }
      neighborhood(of: "runc") { __typename nodes { __typename } }
      facets(by: [KIND]) { __typename }
      dataset { __typename }
    }"""
    told = data(document)
    assert told["__typename"] == "Query"
    assert told["node"] == {"__typename": "Tool"}
    assert told["specification"] == {
        "__typename": "Specification",
        "implementedBy": {
            "__typename": "ImplementedByConnection",
            "pageInfo": {"__typename": "PageInfo"},
            "nodes": [{"type": "Tool"}],
            "edges": [
                {
                    "__typename": "ImplementedByEdge",
                    "node": {"__typename": "Tool"},
                    "evidence": [
                        {"__typename": "Evidence", "source": {"__typename": "Source"}}
                    ],
                }
            ],
        },
    }  # fmt: skip
    hop = {"__typename": "Hop", "statement": {"__typename": "Statement"}}
    assert told["path"] == {"__typename": "Path", "hops": [hop, hop]}
    assert told["neighborhood"]["__typename"] == "Subgraph"
    assert told["neighborhood"]["nodes"][0] == {"__typename": "SubgraphNode"}
    assert told["facets"] == [{"__typename": "Facet"}]
    assert told["dataset"] == {"__typename": "Dataset"}


# Directives and variables


@pytest.mark.parametrize("yes", [True, False])
def test_skip_and_include_choose_fields_fragments_and_roots(yes: bool) -> None:
    document = """query ($yes: Boolean!) {
      tool(name: "runc") {
        id
        name @include(if: $yes)
        kind @skip(if: $yes)
        ... @include(if: $yes) { status }
        ...F @skip(if: $yes)
        aliases @skip(if: false) @include(if: true)
        label @skip(if: true) @include(if: true)
      }
      crun: tool(name: "crun") @include(if: $yes) { id }
    }
    fragment F on Tool { homepage }"""
    always = {"id": "runc", "aliases": ["opencontainers/runc"]}
    if yes:
        assert data(document, yes=True) == {
            "tool": always | {"name": "runc", "status": "ACTIVE"},
            "crun": {"id": "crun"},
        }
    else:
        assert data(document, yes=False) == {
            "tool": always | {"kind": "TOOL", "homepage": "https://opencontainers.org"}
        }


def test_variable_that_first_counts_below_a_skipped_field_still_counts() -> None:
    document = """query ($all: Boolean!, $null: Boolean!) {
      tools(where: { license: { isNull: $null } }) { totalCount nodes @include(if: $all) {
        id name @include(if: $null)
      } }
    }"""
    own = serve(world())
    for _ in range(2):
        for all_, null in ((False, True), (False, False), (True, True), (True, False)):
            told = data(document, own, all=all_, null=null)["tools"]
            assert told["totalCount"] == (6 if null else 10)
            assert ("nodes" in told) is all_
            if all_:
                assert ("name" in told["nodes"][0]) is null


def test_defaults_of_variables_and_arguments_apply_where_nothing_is_given() -> None:
    document = """query ($lang: Language = ZH, $kind: Kind, $name: String = "cri") {
      entity(name: $name, kind: $kind) { label(lang: $lang) }
    }"""
    assert data(document) == {"entity": {"label": "容器运行时接口"}}
    assert data(document, lang="EN") == {"entity": {"label": "Container Runtime Interface"}}
    assert data(document, kind=None, name="runc") == {"entity": {"label": "runc"}}


def test_variable_without_a_value_leaves_the_arguments_default() -> None:
    document = "query ($lang: Language!, $scheme: ID, $first: Int) { " + (
        'category(name: "Monitoring", scheme: $scheme) { id label(lang: $lang) '
        "members(first: $first) { totalCount } } }"
    )
    told = data(document, lang="ZH")["category"]
    assert told == {"id": "monitoring", "label": "监控", "members": {"totalCount": 1}}


@pytest.mark.parametrize(
    ("document", "argument"),
    [
        ('query ($x: Language = ZH) { entity(name: "cri") { label(lang: $x) } }', "lang"),
        ('query ($x: Int = 1) { neighborhood(of: "runc", hops: $x) { truncated } }', "hops"),
        ('query ($x: Int = 1) { neighborhood(of: "runc", first: $x) { truncated } }', "first"),
        ("query ($x: String = \"runc\") { entities(names: [$x]) { id } }", "names"),
        ("query ($x: String = \"\") { search(text: $x) { totalCount } }", "text"),
        ('query ($x: Boolean = true) { category(name: "core") { memberCount(recursive: $x) } }',
         "recursive"),
        ("query ($x: ToolFilter = {}) { tools(where: { and: [$x] }) { totalCount } }", "where"),
    ],
)  # fmt: skip
def test_null_in_a_variable_where_a_value_is_needed_is_refused(
    document: str, argument: str
) -> None:
    data(document)
    error = refusal(document, x=None)
    assert error["extensions"] == {"code": "BAD_QUERY", "argument": argument, "value": None}


def test_variable_of_a_wrong_type_is_refused() -> None:
    document = """query ($first: Int, $id: ID!) {
      tools(first: $first) { totalCount } node(id: $id) { id }
    }"""
    for first in ("1", 1.5, True, 2**31, [1]):
        assert "$first" in refusal(document, first=first, id="runc")["message"]
    assert "$id" in refusal(document)["message"]
    assert "$id" in refusal(document, id=None)["message"]


def test_id_may_be_given_as_a_number() -> None:
    assert data("query ($id: ID!) { node(id: $id) { id } }", id=1) == {"node": None}


def test_single_value_is_a_list_of_one() -> None:
    document = """query ($order: [EntityOrder!]) {
      tools(orderBy: $order, first: 1, where: { id: { in: "runc" } }) { nodes { id } }
      facets(by: KIND) { by }
    }"""
    assert data(document, order={"field": "NAME"}) == {
        "tools": {"nodes": [{"id": "runc"}]},
        "facets": [{"by": "KIND"}],
    }


# Requests


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{ tool(name: ", "Syntax Error"),
        ("{ nothing }", "Cannot query field 'nothing'"),
        ("mutation { x }", "it answers queries, and no mutations"),
        ("query A { __typename } query B { __typename }", "which operation is meant is not said"),
        ("{ tool { id } }", "Argument 'Query.tool(name:)' of type 'String!' is required"),
    ],
)
def test_request_that_cannot_be_answered_has_errors_and_no_data(
    document: str, message: str
) -> None:
    assert message in refusal(document)["message"]


def test_operation_is_chosen_by_its_name() -> None:
    document = "query A { a: __typename } query B { b: __typename }"
    own = serve(world())
    assert own.query(document, None, "B") == {"data": {"b": "Query"}}
    told = own.query(document, None, "C")
    assert told["errors"][0]["message"] == "unknown operation 'C'; operationName is one of: A, B"


def test_answer_with_an_error_is_not_kept_and_one_without_is() -> None:
    own = Service(world())
    good, bad = '{ node(id: "runc") { id } }', '{ tool(name: "nobody") { id } }'
    assert own.query(good) == own.query(good)
    assert own.query(bad) == own.query(bad)
    assert (own.api.counters.cached, own.api.counters.statements) == (1, 3)


def test_value_that_json_has_no_form_of_is_refused() -> None:
    told = Service(world()).query(
        "query ($first: Int) { tools(first: $first) { totalCount } }", {"first": 2**70}
    )
    assert told.keys() == {"errors"}


def test_kept_answers_differ_by_variables() -> None:
    own = Service(world())
    document = "query ($id: ID!) { node(id: $id) { id } }"
    told: list[Any] = [own.query(document, {"id": id_}) for id_ in ("runc", "crun", "runc")]
    assert [t["data"]["node"]["id"] for t in told] == ["runc", "crun", "runc"]
    assert own.api.counters.cached == 1


# Introspection and what goes beside it


def test_introspection_answers_by_the_fallback() -> None:
    own = serve(world())
    told = own.query('{ __schema { queryType { name } } __type(name: "Tool") { kind name } }')
    assert told == {
        "data": {
            "__schema": {"queryType": {"name": "Query"}},
            "__type": {"kind": "OBJECT", "name": "Tool"},
        }
    }
    assert own.api.counters.fallbacks == 1


def test_query_mixed_with_introspection_answers_both() -> None:
    own = serve(world())
    document = """{
      __schema { queryType { name } }
      nodes(ids: ["cri", "nobody"]) { id ... on Specification { implementedBy(first: 1) {
        edges { node { ... on Tool { status } } since }
      } } }
    }"""
    assert own.query(document) == {
        "data": {
            "__schema": {"queryType": {"name": "Query"}},
            "nodes": [
                {
                    "id": "cri",
                    "implementedBy": {
                        "edges": [{"node": {"status": "ACTIVE"}, "since": "2017-12"}]
                    },
                },
                None,
            ],
        }
    }
    assert (own.api.counters.fallbacks, own.api.counters.statements) == (1, 1)


def test_error_of_a_name_is_the_same_beside_introspection() -> None:
    plain, errors = partial('{ it: tool(name: "docker-in") { id } }')
    told, beside = partial('{ it: tool(name: "docker-in") { id } __schema { __typename } }')
    assert told == {**plain, "__schema": {"__typename": "__Schema"}}
    assert beside == errors
