"""Categories: what is above, below and in them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.answers import data, ids, partial, serve
from tests.world import entity, make_graph, says


def category(name: str, fields: str, arguments: str = "") -> Any:
    document = f"query ($name: String!) {{ category(name: $name {arguments}) {{ {fields} }} }}"
    return data(document, name=name)["category"]


def test_ancestors_come_root_first_without_the_category_itself() -> None:
    assert category("容器网络", "ancestors { id }") == {
        "ancestors": [{"id": "ecosystem"}, {"id": "support"}]
    }
    assert category("Container ecosystem", "ancestors { id }") == {"ancestors": []}


def test_children_come_in_the_taxonomys_order() -> None:
    assert ids(category("support", "children { id }")["children"]) == ["monitoring", "networking"]
    assert ids(category("ecosystem", "children { id }")["children"]) == ["core", "support"]
    assert category("networking", "children { id }") == {"children": []}


def test_children_without_a_place_come_last_by_id() -> None:
    own = serve(
        make_graph(
            [entity(i, "Category", i, scheme="seed") for i in ("top", "a", "b", "c", "d")],
            [says("a broader top"), says("b broader top", order=2), says("c broader top"),
             says("d broader top", order=1)],
        )
    )  # fmt: skip
    told = data('{ category(name: "top") { children { id } } }', own)
    assert ids(told["category"]["children"]) == ["d", "b", "a", "c"]


def test_members_are_what_is_classified_directly_unless_recursive() -> None:
    direct = category("support", "members { totalCount nodes { id } }")["members"]
    assert direct == {"totalCount": 0, "nodes": []}
    every = category("support", "members(recursive: true) { totalCount nodes { id kind } }")
    assert every["members"] == {
        "totalCount": 3,
        "nodes": [
            {"id": "cadvisor-heapster", "kind": "GROUP"},
            {"id": "calico", "kind": "TOOL"},
            {"id": "flannel", "kind": "TOOL"},
        ],
    }


def test_group_counts_as_a_member_and_its_parts_do_not() -> None:
    told = category("monitoring", "memberCount members { nodes { id } }")
    assert told == {"memberCount": 1, "members": {"nodes": [{"id": "cadvisor-heapster"}]}}


@pytest.mark.parametrize(
    ("name", "direct", "recursive"),
    [("ecosystem", 0, 4), ("core", 1, 1), ("support", 0, 3), ("networking", 2, 2)],
)
def test_member_count_counts_distinct_members(name: str, direct: int, recursive: int) -> None:
    assert category(name, "memberCount all: memberCount(recursive: true)") == {
        "memberCount": direct,
        "all": recursive,
    }


def test_member_of_two_subcategories_counts_once() -> None:
    own = serve(
        make_graph(
            [entity(i, "Category", i, scheme="seed") for i in ("top", "a", "b")]
            + [entity("tool", "Tool", "T")],
            [says("a broader top"), says("b broader top"), says("tool classifiedIn a"),
             says("tool classifiedIn b")],
        )
    )  # fmt: skip
    document = """{ category(name: "top") {
      memberCount(recursive: true) members(recursive: true) { totalCount nodes { id } }
    } }"""
    assert data(document, own)["category"] == {
        "memberCount": 1,
        "members": {"totalCount": 1, "nodes": [{"id": "tool"}]},
    }


def test_members_take_a_filter_an_order_and_a_page() -> None:
    fields = """members(
      recursive: true, where: { kind: { eq: TOOL } }, orderBy: [{ field: NAME, order: DESC }]
      first: 2
    ) { totalCount nodes { id } pageInfo { hasNextPage } }"""
    assert category("ecosystem", fields)["members"] == {
        "totalCount": 3,
        "nodes": [{"id": "runc"}, {"id": "flannel"}],
        "pageInfo": {"hasNextPage": True},
    }


@pytest.mark.parametrize("recursive", ["true", "false"])
def test_members_are_paged_by_cursor(recursive: str) -> None:
    document = f"""query ($after: String) {{ category(name: "networking") {{
      members(first: 1, after: $after, recursive: {recursive}) {{
        nodes {{ id }} edges {{ cursor node {{ id }} }} pageInfo {{ endCursor hasPreviousPage }}
      }}
    }} }}"""
    first = data(document)["category"]["members"]
    second = data(document, after=first["pageInfo"]["endCursor"])["category"]["members"]
    assert ids(first) + ids(second) == ["calico", "flannel"]
    assert second["pageInfo"]["hasPreviousPage"] is True


def test_tree_has_each_category_after_the_one_above_it_to_a_depth() -> None:
    told = category("ecosystem", "tree { depth category { id } }")["tree"]
    assert [(row["depth"], row["category"]["id"]) for row in told] == [
        (0, "ecosystem"), (1, "core"), (1, "support"), (2, "monitoring"), (2, "networking"),
    ]  # fmt: skip
    told = category("ecosystem", "tree(depth: 1) { depth category { id } }")["tree"]
    assert [row["category"]["id"] for row in told] == ["ecosystem", "core", "support"]
    told = category("support", "tree(depth: 0) { depth category { id } }")["tree"]
    assert told == [{"depth": 0, "category": {"id": "support"}}]


def test_facets_of_a_category_count_its_members_at_any_depth_unless_told_otherwise() -> None:
    fields = """facets(by: [KIND, LICENSE]) { by total missing values { value count } }
      direct: facets(by: [KIND], recursive: false) { total }"""
    assert category("support", fields) == {
        "facets": [
            {
                "by": "KIND",
                "total": 3,
                "missing": 0,
                "values": [{"value": "TOOL", "count": 2}, {"value": "GROUP", "count": 1}],
            },
            {
                "by": "LICENSE",
                "total": 3,
                "missing": 2,
                "values": [{"value": "Apache-2.0", "count": 1}],
            },
        ],
        "direct": [{"total": 0}],
    }


def test_group_holds_its_parts_by_a_relation() -> None:
    document = '{ group(name: "cadvisor-heapster") { parts { nodes { id } } } }'
    assert ids(data(document)["group"]["parts"]) == ["cadvisor", "heapster"]


# Schemes


def test_category_is_of_the_seed_unless_another_scheme_is_named() -> None:
    assert category("监控", "id scheme") == {"id": "monitoring", "scheme": "seed"}
    assert category("Monitoring", "id scheme", ', scheme: "today"') == {
        "id": "today-monitoring",
        "scheme": "today",
    }


def test_name_in_any_scheme_is_the_seeds_where_the_seed_has_it() -> None:
    document = """{
      any: category(name: "Monitoring", scheme: null) { id }
      entity(name: "Monitoring") { id }
      other: category(name: "today-monitoring", scheme: null) { id }
    }"""
    assert data(document) == {
        "any": {"id": "monitoring"},
        "entity": {"id": "monitoring"},
        "other": {"id": "today-monitoring"},
    }


def test_name_in_several_other_schemes_is_ambiguous() -> None:
    own = serve(
        make_graph([entity("a", "Category", "Same", scheme="today"),
                    entity("b", "Category", "Same", scheme="cncf")], [])
    )  # fmt: skip
    told, (error,) = partial('{ category(name: "same", scheme: null) { id } }', own)
    assert told == {"category": None}
    assert error["extensions"]["code"] == "AMBIGUOUS_NAME"
    assert ids(error["extensions"]["suggestions"]) == ["a", "b"]


def test_id_wins_over_the_scheme() -> None:
    document = '{ category(name: "today-monitoring", scheme: "seed") { id } }'
    assert data(document) == {"category": {"id": "today-monitoring"}}


def test_name_is_looked_for_within_the_scheme() -> None:
    document = 'query ($s: ID) { category(name: "监控", scheme: $s) { id } }'
    assert data(document, s="seed") == {"category": {"id": "monitoring"}}
    assert data(document, s="today") == {"category": {"id": "today-monitoring"}}
    assert data(document, s=None) == {"category": {"id": "monitoring"}}


def test_unknown_scheme_is_named() -> None:
    told, (error,) = partial('{ category(name: "监控", scheme: "none") { id } }')
    assert told == {"category": None}
    assert error["message"] == (
        "'none' in argument 'scheme' names no taxonomy; there are: seed, today"
    )
    assert error["extensions"]["argument"] == "scheme"


def test_categories_are_listed_by_scheme() -> None:
    document = '{ categories(where: { scheme: { eq: "seed" } }) { totalCount nodes { id } } }'
    assert data(document)["categories"] == {
        "totalCount": 5,
        "nodes": [
            {"id": "core"}, {"id": "ecosystem"}, {"id": "monitoring"}, {"id": "networking"},
            {"id": "support"},
        ],
    }  # fmt: skip


def test_members_hold_as_of_the_day() -> None:
    own = serve(
        make_graph(
            [entity("top", "Category", "top", scheme="seed"), entity("tool", "Tool", "T")],
            [says("tool classifiedIn top", until="2020-01-01")],
        )
    )
    document = """query ($day: Date) { category(name: "top", asOf: $day) {
      memberCount all: memberCount(recursive: true)
    } }"""
    assert data(document, own, day="2019-12-31")["category"] == {"memberCount": 1, "all": 1}
    assert data(document, own)["category"] == {"memberCount": 0, "all": 0}
