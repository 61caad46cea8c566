"""Lists: pages, cursors and orders."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import orjson
import pytest

from ecograph.service import Service
from ecograph.store.memory import MemoryStore
from tests.answers import data, ids, refusal, serve
from tests.asking import Asker
from tests.world import entity, make_graph, ontology, says, without, world

TOOLS = """query ($first: Int, $after: String, $last: Int, $before: String,
                  $order: [EntityOrder!]) {
  tools(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id }
    edges { cursor node { id } }
  }
}"""
BY_ID = [
    "cadvisor", "calico", "containerd", "cri-dockerd", "crun", "docker-engine", "flannel",
    "heapster", "incus", "kubernetes", "lxd", "oci-runtime-tools", "railcar", "rkt", "runc",
    "youki",
]  # fmt: skip


def tools(of: Service | None = None, **variables: Any) -> Any:
    return data(TOOLS, of, **variables)["tools"]


# Pages


def test_page_says_what_stands_before_and_after_it() -> None:
    first = tools(first=2)
    assert ids(first) == BY_ID[:2]
    assert first["totalCount"] == 16
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": first["edges"][0]["cursor"],
        "endCursor": first["edges"][1]["cursor"],
    }
    middle = tools(first=2, after=first["pageInfo"]["endCursor"])
    assert ids(middle) == BY_ID[2:4]
    assert middle["pageInfo"]["hasNextPage"] is True
    assert middle["pageInfo"]["hasPreviousPage"] is True


def test_pages_one_after_the_other_are_the_whole_list() -> None:
    found, after = [], None
    while True:
        page = tools(first=3, after=after)
        found += ids(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == BY_ID


def test_last_takes_the_end_in_the_same_order() -> None:
    page = tools(last=2)
    assert ids(page) == ["runc", "youki"]
    assert page["pageInfo"]["hasNextPage"] is False
    assert page["pageInfo"]["hasPreviousPage"] is True
    before = tools(last=2, before=page["pageInfo"]["startCursor"])
    assert ids(before) == ["railcar", "rkt"]
    assert before["pageInfo"]["hasNextPage"] is True


def test_after_and_before_cut_from_both_ends() -> None:
    cursors = {e["node"]["id"]: e["cursor"] for e in tools()["edges"]}
    page = tools(after=cursors["railcar"], before=cursors["youki"])
    assert ids(page) == ["rkt", "runc"]


def test_page_of_none_is_empty_and_counts_all() -> None:
    page = tools(first=0)
    assert (page["nodes"], page["totalCount"]) == ([], 16)
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    }


def test_page_has_twenty_five_unless_said() -> None:
    many = serve(make_graph([entity(f"t{n:02}", "Tool", f"T{n}") for n in range(30)], []))
    assert len(tools(many)["nodes"]) == 25
    assert len(tools(many, first=30)["nodes"]) == 30


@pytest.mark.parametrize(
    ("arguments", "code", "argument", "value"),
    [
        ("first: 101", "LIMIT_EXCEEDED", "first", 101),
        ("first: -1", "BAD_QUERY", "first", -1),
        ("last: 2147483647", "LIMIT_EXCEEDED", "last", 2147483647),
        ("last: -1", "BAD_QUERY", "last", -1),
        ("first: 1, last: 1", "BAD_QUERY", "first, last", [1, 1]),
    ],
)
def test_wrong_page_is_refused_and_never_clamped(
    arguments: str, code: str, argument: str, value: object
) -> None:
    extensions = refusal(f"{{ tools({arguments}) {{ totalCount }} }}")["extensions"]
    assert (extensions["code"], extensions["argument"], extensions["value"]) == (
        code,
        argument,
        value,
    )


def test_a_page_from_the_end_is_told_how_to_go_on() -> None:
    assert refusal("{ tools(last: 101) { totalCount } }")["message"] == (
        "last: 101 is too many; the limit is 100; ask for the rest with before: "
        "pageInfo.startCursor"
    )


@pytest.mark.parametrize(
    "field",
    [
        'specification(name: "CRI") { implementedBy(first: 101) { totalCount } }',
        'entity(name: "runc") { statements(first: 101) { totalCount } }',
        'category(name: "core") { members(first: 101) { totalCount } }',
        'search(text: "runc", first: 101) { totalCount }',
        'paths(from: "runc", to: "crun", first: 101) { nodes { length } }',
        'reach(from: "runc", along: "uses", first: 101) { totalCount }',
        'neighborhood(of: "runc", first: 101) { truncated }',
        "dataset { sources(first: 101) { totalCount } }",
    ],
)
def test_no_list_gives_more_than_a_hundred(field: str) -> None:
    error = refusal(f"{{ {field} }}")
    assert error["message"] == (
        "first: 101 is too many; the limit is 100; ask for the rest with after: pageInfo.endCursor"
    )
    assert error["extensions"] == {
        "code": "LIMIT_EXCEEDED", "argument": "first", "limit": "page", "value": 101, "bound": 100,
    }  # fmt: skip


def test_page_size_in_a_variable_is_refused_alike() -> None:
    assert refusal(TOOLS, first=101)["extensions"]["value"] == 101
    assert refusal(TOOLS, first=3, last=3)["extensions"]["argument"] == "first, last"


# Cursors


@cache
def asker() -> Asker:
    return Asker(ontology())


def reloaded(document: str, gone: str, **variables: Any) -> Any:
    """The data of the answer after a reload without an entity."""
    store, graph = MemoryStore(), without(world(), gone)
    store.fill(graph)
    return asker().answer(graph, store, document, **variables)


@pytest.mark.parametrize("gone", ["calico", "cadvisor"])
def test_cursor_resumes_strictly_after_its_key_even_when_the_row_is_gone(gone: str) -> None:
    cursors = {e["node"]["id"]: e["cursor"] for e in tools()["edges"]}
    later = serve(without(world(), gone))
    page = tools(later, first=2, after=cursors[gone])
    assert ids(page) == BY_ID[BY_ID.index(gone) + 1 :][:2]
    page = tools(later, last=2, before=cursors["containerd"])
    assert ids(page) == [id_ for id_ in ("cadvisor", "calico") if id_ != gone]


@pytest.mark.parametrize("field", ["NAME", "BEGAN"])
@pytest.mark.parametrize("way", ["ASC", "DESC"])
def test_cursor_of_every_order_survives_the_loss_of_its_row(field: str, way: str) -> None:
    order = [{"field": field, "order": way}]
    edges = tools(order=order)["edges"]
    all_ids = [e["node"]["id"] for e in edges]
    for place, edge in enumerate(edges):
        told = reloaded(TOOLS, edge["node"]["id"], after=edge["cursor"], order=order)
        assert ids(told["tools"]) == all_ids[place + 1 :]


@pytest.mark.parametrize("field", ["ID", "NAME", "BEGAN", "STRENGTH", "SINCE"])
def test_cursor_of_a_relation_survives_the_loss_of_its_row(field: str) -> None:
    document = """query ($after: String) { specification(name: "runtime-spec") {
      implementedBy(after: $after, orderBy: [{ field: %s, order: DESC }]) {
        edges { cursor node { id } } nodes { id }
      }
    } }""".replace("%s", field)
    edges = data(document)["specification"]["implementedBy"]["edges"]
    all_ids = [e["node"]["id"] for e in edges]
    for place, edge in enumerate(edges):
        told = reloaded(document, edge["node"]["id"], after=edge["cursor"])
        assert ids(told["specification"]["implementedBy"]) == all_ids[place + 1 :]


def test_cursors_of_statements_and_sources_and_reached_things_resume() -> None:
    document = """query ($s: String, $d: String, $r: String) {
      entity(name: "docker-engine") { statements(first: 2, after: $s) {
        nodes { id } pageInfo { endCursor } } }
      dataset { sources(first: 2, after: $d) { nodes { id } pageInfo { endCursor } } }
      reach(from: "docker-engine", along: "uses*", first: 2, after: $r) {
        nodes { id } pageInfo { endCursor } }
    }"""
    first = data(document)
    cursors = {
        "s": first["entity"]["statements"]["pageInfo"]["endCursor"],
        "d": first["dataset"]["sources"]["pageInfo"]["endCursor"],
        "r": first["reach"]["pageInfo"]["endCursor"],
    }
    assert ids(first["reach"]) == ["docker-engine", "containerd"]
    second = data(document, **cursors)
    assert ids(second["dataset"]["sources"]) == ["list"]
    assert ids(second["reach"]) == ["runc"]
    owned, uses, used = "docker-engine~ownedBy~docker-inc", "docker-engine~uses~containerd", (
        "kubernetes~uses~docker-engine"
    )  # fmt: skip
    assert ids(second["entity"]["statements"]) == [owned, uses]
    later = data(document, serve(without(world(), "containerd")), **cursors)
    assert ids(later["dataset"]["sources"]) == ["list"]
    assert ids(later["reach"]) == []
    assert ids(later["entity"]["statements"]) == [owned, used]


def test_cursor_of_another_order_is_bad() -> None:
    by_name = tools(first=1, order=[{"field": "NAME"}])["pageInfo"]["endCursor"]
    error = refusal(TOOLS, after=by_name)
    assert error["extensions"] == {"code": "BAD_CURSOR", "value": by_name, "variable": "after"}
    down = [{"field": "NAME", "order": "DESC"}]
    assert refusal(TOOLS, after=by_name, order=down)["extensions"]["code"] == "BAD_CURSOR"


def encode(*values: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "", "rubbish", "é", encode(), encode("entity id+"), encode("entity id+", "runc"),
        encode("entity id+", 1, 1), encode("entity id+", None, "runc"),
        encode("entity id+", "runc", "runc", "runc"),
    ],
)  # fmt: skip
def test_text_that_is_no_cursor_is_bad(cursor: str) -> None:
    assert refusal(TOOLS, after=cursor)["extensions"]["code"] == "BAD_CURSOR"
    assert refusal(TOOLS, before=cursor)["extensions"]["code"] == "BAD_CURSOR"


@pytest.mark.parametrize("began", ["2019", 10**18, -1e308, None, [], True])
def test_cursor_with_a_strange_key_never_breaks_a_list(began: Any) -> None:
    told = serve(world()).query(
        TOOLS,
        {"after": encode("entity began+,id+", began, "a", "a"), "order": [{"field": "BEGAN"}]},
    )
    assert "data" in told or told["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


PATHS = """query ($after: String) {
  paths(from: "kubernetes", to: "runc", first: 1, after: $after) {
    nodes { nodes { id } } pageInfo { endCursor hasNextPage }
  }
}"""
SEARCH = """query ($after: String) {
  search(text: "docker", first: 1, after: $after) { nodes { id } pageInfo { endCursor } }
}"""


@pytest.mark.parametrize(("field", "document"), [("paths", PATHS), ("search", SEARCH)])
def test_cursor_by_rank_holds_for_one_dataset_version(field: str, document: str) -> None:
    cursor = data(document)[field]["pageInfo"]["endCursor"]
    assert data(document, after=cursor)[field]["nodes"]
    later = serve(without(world(), "heapster"))
    assert refusal(document, later, after=cursor)["extensions"]["code"] == "STALE_CURSOR"


def test_cursor_of_a_search_is_none_of_paths() -> None:
    cursor = data(SEARCH)["search"]["pageInfo"]["endCursor"]
    assert refusal(PATHS, after=cursor)["extensions"]["code"] == "BAD_CURSOR"


@pytest.mark.parametrize("place", [-1, 2**63 - 1, 2**64 - 1, "1", None, 1.5])
def test_cursor_with_a_strange_place_is_bad(place: Any) -> None:
    cursor = encode("entity offset+", world().version, place)
    assert refusal(SEARCH, after=cursor)["extensions"]["code"] == "BAD_CURSOR"


# Orders


def test_default_order_is_by_id() -> None:
    assert ids(tools()) == BY_ID


def test_order_by_name_compares_code_points_after_casefold() -> None:
    names = {"a": "beta", "b": "Alpha", "c": "ALPHA", "d": "Żeta", "e": "_x", "f": "Straße"}
    own = serve(make_graph([entity(i, "Tool", name) for i, name in names.items()], []))
    assert ids(tools(own, order=[{"field": "NAME"}])) == ["e", "b", "c", "a", "f", "d"]
    down = [{"field": "NAME", "order": "DESC"}]
    assert ids(tools(own, order=down)) == ["d", "f", "a", "b", "c", "e"]


def test_tie_in_one_field_goes_on_to_the_next() -> None:
    own = serve(
        make_graph(
            [
                entity("a", "Tool", "Same", history=[("2020", "begun")]),
                entity("b", "Tool", "same", history=[("2019", "begun")]),
                entity("c", "Tool", "Same"),
            ],
            [],
        )
    )
    order = [{"field": "NAME"}, {"field": "BEGAN"}]
    assert ids(tools(own, order=order)) == ["b", "a", "c"]
    order = [{"field": "NAME"}, {"field": "ID", "order": "DESC"}]
    assert ids(tools(own, order=order)) == ["c", "b", "a"]


def test_missing_values_come_last_both_ways() -> None:
    begun = [
        "docker-engine", "kubernetes", "rkt", "runc", "containerd", "railcar", "youki",
    ]  # fmt: skip
    missing = [id_ for id_ in BY_ID if id_ not in begun]
    assert ids(tools(order=[{"field": "BEGAN"}])) == begun + missing
    down = [{"field": "BEGAN", "order": "DESC"}]
    assert ids(tools(order=down)) == begun[::-1] + missing


@pytest.mark.parametrize(
    ("field", "way", "expected"),
    [
        ("STRENGTH", "ASC", ["c", "b", "a", "d", "e"]),
        ("STRENGTH", "DESC", ["a", "b", "c", "d", "e"]),
        ("SINCE", "ASC", ["b", "d", "a", "c", "e"]),
        ("SINCE", "DESC", ["a", "b", "d", "c", "e"]),
        ("ID", "DESC", ["e", "d", "c", "b", "a"]),
        ("NAME", "DESC", ["e", "d", "c", "b", "a"]),
    ],
)
def test_relation_orders_by_its_statements(field: str, way: str, expected: list[str]) -> None:
    own = serve(
        make_graph(
            [entity(i, "Tool", i) for i in "abcde"] + [entity("s", "Specification", "S")],
            [
                says("a implements s", strength="CERTIFIED", since="2020"),
                says("b implements s", strength="LISTED", since="2019-01-01"),
                says("c implements s", strength="SELF_DECLARED"),
                says("d implements s", since="2019"),
                says("e implements s"),
            ],
        )
    )
    document = f"""{{ specification(name: "s") {{
      implementedBy(orderBy: [{{ field: {field}, order: {way} }}]) {{ nodes {{ id }} }}
    }} }}"""
    assert ids(data(document, own)["specification"]["implementedBy"]) == expected


def test_field_named_twice_in_an_order_is_refused() -> None:
    error = refusal(TOOLS, order=[{"field": "NAME"}, {"field": "NAME", "order": "DESC"}])
    assert error["extensions"]["argument"] == "orderBy"


def test_empty_order_is_the_default_one() -> None:
    assert ids(tools(order=[])) == ids(tools(order=None)) == BY_ID


def test_cursor_of_another_search_or_way_is_none_of_this_one() -> None:
    search = """query ($t: String!, $a: String) {
      search(text: $t, first: 1, after: $a) { pageInfo { endCursor } }
    }"""
    first = data(search, t="runc")["search"]["pageInfo"]["endCursor"]
    assert refusal(search, t="oci", a=first)["extensions"]["code"] == "BAD_CURSOR"
    paths = """query ($f: String!, $a: String) {
      paths(from: $f, to: "oci-runtime-spec", first: 1, after: $a) { pageInfo { endCursor } }
    }"""
    first = data(paths, f="docker-engine")["paths"]["pageInfo"]["endCursor"]
    assert refusal(paths, f="containerd", a=first)["extensions"]["code"] == "BAD_CURSOR"
