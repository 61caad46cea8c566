"""Ways between things: path, paths, reach, neighborhood, and faults in expressions."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.service import Service
from tests.answers import data, ids, refusal, serve
from tests.world import entity, make_graph, says


def path(start: str, end: str, arguments: str = "", of: Service | None = None) -> Any:
    """The ids of a shortest path, None if there is none."""
    document = f"""query ($from: String!, $to: String!) {{
      path(from: $from, to: $to {arguments}) {{ length nodes {{ id }} }}
    }}"""
    told = data(document, of, **{"from": start, "to": end})["path"]
    if told is None:
        return None
    assert told["length"] == len(told["nodes"]) - 1
    return ids(told["nodes"])


def paths(start: str, end: str, arguments: str = "", of: Service | None = None) -> list[list[str]]:
    document = f"""query ($from: String!, $to: String!) {{
      paths(from: $from, to: $to {arguments}) {{ nodes {{ length nodes {{ id }} }} }}
    }}"""
    told = data(document, of, **{"from": start, "to": end})["paths"]["nodes"]
    return [ids(p["nodes"]) for p in told]


def reach(start: str, along: str, of: Service | None = None) -> list[tuple[str, list[str]]]:
    """(end, the ids of its witness) of what an expression reaches."""
    document = """query ($from: String!, $along: PathExpression!) {
      reach(from: $from, along: $along, first: 100) {
        totalCount edges { length node { id } path { length nodes { id } } }
      }
    }"""
    told = data(document, of, **{"from": start, "along": along})["reach"]
    assert told["totalCount"] == len(told["edges"])
    for edge in told["edges"]:
        assert edge["length"] == edge["path"]["length"] == len(edge["path"]["nodes"]) - 1
    return [(e["node"]["id"], ids(e["path"]["nodes"])) for e in told["edges"]]


# path


def test_path_walks_statements_either_way() -> None:
    assert path("docker-engine", "runtime-spec") == [
        "docker-engine", "containerd", "runc", "oci-runtime-spec",
    ]  # fmt: skip
    assert path("crun", "runc") == ["crun", "oci-runtime-spec", "runc"]


def test_direction_forbids_walking_the_other_way() -> None:
    assert path("docker-engine", "runc", ", direction: FORWARD") == [
        "docker-engine", "containerd", "runc",
    ]  # fmt: skip
    assert path("runc", "docker-engine", ", direction: FORWARD") is None
    assert path("runc", "docker-engine", ", direction: BACKWARD") == [
        "runc", "containerd", "docker-engine",
    ]  # fmt: skip
    assert path("crun", "runc", ", direction: FORWARD") is None
    assert path("crun", "runc", ", direction: EITHER") == ["crun", "oci-runtime-spec", "runc"]


def test_no_way_is_null_without_an_error() -> None:
    assert path("runc", "incus") is None


def test_path_to_itself_has_length_nothing() -> None:
    assert path("runc", "runc") == ["runc"]
    assert path("rkt", "rkt", ", maxLength: 0") == ["rkt"]
    assert paths("runc", "runc") == [["runc"]]
    assert path("runc", "runc", ", via: []") == ["runc"]


def test_via_keeps_to_the_relations_named() -> None:
    assert path("crun", "runc", ", via: [USES]") is None
    assert path("kubernetes", "runc", ", via: [USES]") is None
    assert path("kubernetes", "runc", ", via: [USES, IMPLEMENTS]") == [
        "kubernetes", "cri", "containerd", "runc",
    ]  # fmt: skip


def test_hub_relations_are_left_out_unless_named() -> None:
    assert path("flannel", "calico") is None
    assert path("flannel", "calico", ", via: [CLASSIFIED_IN]") == [
        "flannel", "networking", "calico",
    ]  # fmt: skip
    assert paths("flannel", "calico") == []
    assert path("docker-engine", "docker-inc") is None
    assert path("docker-engine", "docker-inc", ", via: [OWNED_BY]") is not None


def test_denied_and_ended_statements_are_no_way() -> None:
    assert path("railcar", "oci-runtime-spec") is None
    assert path("docker-engine", "cri", ", maxLength: 1") is None


def test_maximum_length_bounds_the_way() -> None:
    assert path("docker-engine", "runtime-spec", ", maxLength: 3") is not None
    assert path("docker-engine", "runtime-spec", ", maxLength: 2") is None


def chain(count: int) -> Service:
    tools = [entity(f"t{n:02}", "Tool", f"T{n}") for n in range(count + 1)]
    return serve(make_graph(tools, [says(f"t{n:02} uses t{n + 1:02}") for n in range(count)]))


def test_maximum_length_is_ten_unless_said_and_twenty_at_most() -> None:
    long = chain(21)
    assert path("t00", "t10", of=long) is not None
    assert path("t00", "t11", of=long) is None
    assert path("t00", "t20", ", maxLength: 20", long) is not None
    assert path("t00", "t21", ", maxLength: 20", long) is None


@pytest.mark.parametrize("field", ["path", "paths"])
def test_maximum_length_out_of_range_is_refused(field: str) -> None:
    ask = f'{{ {field}(from: "runc", to: "cri", maxLength: %d) {{ __typename }} }}'
    error = refusal(ask % -1)
    assert error["message"] == "maxLength: -1 is out of range; write 0 to 20"
    assert error["extensions"] == {"code": "BAD_QUERY", "argument": "maxLength", "value": -1}
    error = refusal(ask % 21)
    assert error["message"] == "maxLength: 21 is too many; the limit is 20"
    assert error["extensions"] == {
        "code": "LIMIT_EXCEEDED", "argument": "maxLength", "limit": "maxLength", "value": 21,
        "bound": 20,
    }  # fmt: skip


def test_tie_goes_to_the_smallest_sequence_of_ids_from_the_start() -> None:
    own = serve(
        make_graph(
            [entity(i, "Tool", i) for i in ("a", "b1", "b2", "c1", "c2", "z")],
            [
                says("a uses b1"), says("a uses b2"), says("b1 uses c2"), says("b2 uses c1"),
                says("c1 uses z"), says("c2 uses z"),
            ],
        )
    )  # fmt: skip
    assert path("a", "z", of=own) == ["a", "b1", "c2", "z"]
    assert path("z", "a", of=own) == ["z", "c1", "b2", "a"]
    assert paths("a", "z", of=own) == [["a", "b1", "c2", "z"], ["a", "b2", "c1", "z"]]


def test_parallel_statements_are_one_hop_over_the_first_relation_and_forward() -> None:
    own = serve(
        make_graph(
            [entity("a", "Tool", "A"), entity("b", "Tool", "B")],
            [says("a requires b"), says("b uses a"), says("a uses b"), says("a adapts b")],
        )
    )
    document = """{ paths(from: "a", to: "b") {
      nodes { hops { forward statement { id } } }
    } }"""
    assert data(document, own)["paths"]["nodes"] == [
        {"hops": [{"forward": True, "statement": {"id": "a~uses~b"}}]}
    ]


# paths


def test_paths_repeat_no_node_and_come_by_length_then_ids() -> None:
    assert paths("kubernetes", "runc") == [["kubernetes", "cri", "containerd", "runc"],
        ["kubernetes", "cri", "cri-dockerd", "docker-engine", "containerd", "runc"]]  # fmt: skip


def test_paths_are_paged_one_by_one() -> None:
    document = """query ($after: String) {
      paths(from: "kubernetes", to: "runc", first: 1, after: $after) {
        edges { cursor node { length } } pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }"""
    first = data(document)["paths"]
    second = data(document, after=first["pageInfo"]["endCursor"])["paths"]
    assert [e["node"]["length"] for e in (*first["edges"], *second["edges"])] == [3, 5]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert second["pageInfo"]["hasPreviousPage"] is True
    assert second["pageInfo"]["endCursor"] == second["edges"][0]["cursor"]


# along and reach


def test_along_says_what_the_way_must_look_like() -> None:
    assert path("docker-engine", "runtime-spec", ', along: "uses+/implements"') == [
        "docker-engine", "containerd", "runc", "oci-runtime-spec",
    ]  # fmt: skip
    assert path("docker-engine", "runtime-spec", ', along: "uses/implements"') is None
    assert path("runtime-spec", "crun", ', along: "^implements"') is not None


def test_along_walks_and_may_come_back_where_path_repeats_no_node() -> None:
    assert path("runc", "runc", ', along: "implements/^implements"') == [
        "runc", "oci-runtime-spec", "runc",
    ]  # fmt: skip
    assert path("rkt", "rkt", ', along: "manages"') == ["rkt", "rkt"]
    assert path("runc", "runc", ', along: "uses*"') == ["runc"]


@pytest.mark.parametrize("other", ["via: [USES]", "direction: FORWARD", "direction: EITHER"])
def test_along_excludes_via_and_direction(other: str) -> None:
    error = refusal(f'{{ path(from: "runc", to: "crun", along: "uses", {other}) {{ length }} }}')
    assert error["extensions"]["argument"] == "along"


def test_reach_gives_each_end_once_with_a_witness_by_length_then_id() -> None:
    assert reach("docker-engine", "uses+/implements") == [
        ("cri", ["docker-engine", "containerd", "cri"]),
        ("oci-image-spec", ["docker-engine", "containerd", "oci-image-spec"]),
        ("oci-runtime-spec", ["docker-engine", "containerd", "runc", "oci-runtime-spec"]),
    ]


def test_start_counts_only_for_the_empty_walk_or_a_walk_back() -> None:
    assert reach("docker-engine", "uses*") == [
        ("docker-engine", ["docker-engine"]),
        ("containerd", ["docker-engine", "containerd"]),
        ("runc", ["docker-engine", "containerd", "runc"]),
    ]
    assert [end for end, _ in reach("docker-engine", "uses+")] == ["containerd", "runc"]
    assert reach("rkt", "manages+") == [("rkt", ["rkt", "rkt"])]
    assert ("runc", ["runc", "oci-runtime-spec", "runc"]) in reach("runc", "implements/^implements")


@pytest.mark.parametrize(
    ("start", "along", "expected"),
    [
        ("incus", "(forkOf|succeeds)*", ["incus", "lxd"]),
        ("lxd", "^forkOf", ["incus"]),
        ("cri-dockerd", "adapts?/uses", ["containerd"]),
        ("runc", "uses", []),
        ("flannel", "!(uses)", []),
        ("flannel", "!(uses|^uses)", []),
        ("flannel", "classifiedIn/broader", ["support"]),
        ("containerd", "!(uses|^uses)", ["cri", "oci-image-spec"]),
        ("docker-engine", "!()", ["containerd"]),
    ],
)
def test_expression_reaches(start: str, along: str, expected: list[str]) -> None:
    assert [end for end, _ in reach(start, along)] == expected


# Faults in expressions


def test_fault_in_a_literal_is_pointed_at() -> None:
    document = '{\n  reach(from: "runc", along: "uses/dependsOn") { totalCount }\n}'
    error = refusal(document)
    assert error["locations"] == [{"line": 2, "column": 36}]
    assert error["extensions"]["code"] == "BAD_PATH_EXPRESSION"
    assert error["extensions"]["expression"] == "uses/dependsOn"
    assert error["extensions"]["offset"] == 5
    assert error["message"].startswith("unknown relation 'dependsOn'")


def test_fault_in_a_variable_is_pointed_at() -> None:
    document = """query ($along: PathExpression!) {
      reach(from: "runc", along: $along) { totalCount }
    }"""
    error = refusal(document, along="uses/dependsOn")
    assert error["extensions"]["code"] == "BAD_PATH_EXPRESSION"
    assert error["extensions"]["expression"] == "uses/dependsOn"
    assert error["extensions"]["offset"] == 5
    assert "unknown relation 'dependsOn'" in error["message"]


def test_fault_in_a_default_is_pointed_at() -> None:
    document = """query ($along: PathExpression = "uses//uses") {
      path(from: "runc", to: "crun", along: $along) { length }
    }"""
    error = refusal(document)
    assert error["locations"] == [{"line": 1, "column": 39}]
    assert error["extensions"]["offset"] == 5


def test_expression_of_too_many_states_is_refused() -> None:
    along = "/".join(["uses"] * 200)
    document = """query ($along: PathExpression!) {
      reach(from: "runc", along: $along) { totalCount }
    }"""
    extensions = refusal(document, along=along)["extensions"]
    assert (extensions["code"], extensions["offset"]) == ("BAD_PATH_EXPRESSION", 0)


# neighborhood

AROUND = """query ($of: String!, $hops: Int!, $first: Int!, $via: [Relation!]) {
  neighborhood(of: $of, hops: $hops, first: $first, via: $via) {
    nodes { distance node { id } } statements { id } truncated
  }
}"""


def around(
    centre: str, hops: int = 1, first: int = 50, via: list[str] | None = None
) -> tuple[list[tuple[int, str]], list[str], bool]:
    told = data(AROUND, None, of=centre, hops=hops, first=first, via=via)["neighborhood"]
    nodes = [(n["distance"], n["node"]["id"]) for n in told["nodes"]]
    return nodes, ids(told["statements"]), told["truncated"]


def test_neighborhood_has_the_nearest_first_then_by_id_and_the_statements_among_them() -> None:
    assert around("containerd") == (
        [(0, "containerd"), (1, "cri"), (1, "docker-engine"), (1, "oci-image-spec"), (1, "runc")],
        [
            "containerd~implements~cri",
            "containerd~implements~oci-image-spec",
            "containerd~uses~runc",
            "docker-engine~uses~containerd",
        ],
        False,
    )


def test_neighborhood_holds_statements_that_no_shortest_way_needs() -> None:
    nodes, statements, _ = around("cri-dockerd", 2)
    assert (2, "containerd") in nodes
    assert "docker-engine~uses~containerd" in statements
    assert "containerd~implements~cri" in statements
    assert "docker-engine~ownedBy~docker-inc" not in statements


def test_neighborhood_counts_nodes_with_the_centre_and_says_if_one_was_dropped() -> None:
    assert around("containerd", first=3) == (
        [(0, "containerd"), (1, "cri"), (1, "docker-engine")],
        ["containerd~implements~cri", "docker-engine~uses~containerd"],
        True,
    )
    assert around("containerd", first=5)[2] is False
    assert around("containerd", first=1) == ([(0, "containerd")], [], True)
    assert around("containerd", first=0) == ([], [], True)


def test_neighborhood_of_no_hops_is_the_centre_with_its_self_loops() -> None:
    assert around("rkt", 0) == ([(0, "rkt")], ["rkt~manages~rkt"], False)


def test_neighborhood_leaves_out_hubs_unless_named() -> None:
    assert around("flannel") == ([(0, "flannel")], [], False)
    assert around("flannel", via=["CLASSIFIED_IN"]) == (
        [(0, "flannel"), (1, "networking")], ["flannel~classifiedIn~networking"], False,
    )  # fmt: skip


def test_hops_out_of_range_are_refused() -> None:
    assert refusal('{ neighborhood(of: "runc", hops: 7) { truncated } }')["message"] == (
        "hops: 7 is too many; the limit is 6"
    )
