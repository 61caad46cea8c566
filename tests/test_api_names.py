"""Names and ids: what finds an entity, and what is said where nothing does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.answers import data, ids, partial, serve
from tests.world import entity, make_graph, says

SPECIFICATION = "query ($name: String!) { specification(name: $name) { id } }"


@pytest.mark.parametrize(
    "name",
    [
        "oci-runtime-spec",
        "OCI Runtime Specification",
        "OCI runtime spec",
        "runtime-spec",
        "runtime spec",
        "RUNTIME_SPEC",
        "OCI 运行时规范",
        "OCI运行时规范",
        "ＯＣＩ　运行时规范",
    ],
)
def test_id_label_and_alias_name_one_thing_in_either_language(name: str) -> None:
    assert data(SPECIFICATION, name=name) == {"specification": {"id": "oci-runtime-spec"}}


def test_unknown_name_is_null_with_suggestions_while_other_fields_answer() -> None:
    told, errors = partial('{ tool(name: "kuberntes") { id } other: tool(name: "runc") { id } }')
    assert told == {"tool": None, "other": {"id": "runc"}}
    (error,) = errors
    assert error["path"] == ["tool"]
    assert error["extensions"] == {
        "code": "UNKNOWN_NAME",
        "argument": "name",
        "value": "kuberntes",
        "suggestions": [{"id": "kubernetes", "name": "Kubernetes", "kind": "TOOL"}],
    }


def test_error_of_a_name_has_the_path_of_its_alias() -> None:
    told, (error,) = partial('{ it: entity(name: "nothing at all") { id } }')
    assert told == {"it": None}
    assert error["path"] == ["it"]
    assert error["locations"] == [{"line": 1, "column": 3}]


def test_no_more_than_three_suggestions_are_made() -> None:
    _, (error,) = partial('{ entity(name: "OCI R") { id } }')
    assert error["extensions"]["code"] == "UNKNOWN_NAME"
    assert len(error["extensions"]["suggestions"]) <= 3


def test_name_of_several_things_is_null_with_the_candidates() -> None:
    told, (error,) = partial('{ entity(name: "docker") { id } }')
    assert told == {"entity": None}
    assert error["extensions"]["code"] == "AMBIGUOUS_NAME"
    assert error["extensions"]["suggestions"] == [
        {"id": "docker-engine", "name": "Docker Engine", "kind": "TOOL"},
        {"id": "docker-inc", "name": "Docker, Inc.", "kind": "ORGANIZATION"},
    ]


def test_kind_of_the_field_tells_equal_names_apart() -> None:
    assert data(
        '{ tool(name: "docker") { id } organization(name: "docker") { id }'
        ' entity(name: "docker", kind: ORGANIZATION) { id } }'
    ) == {
        "tool": {"id": "docker-engine"},
        "organization": {"id": "docker-inc"},
        "entity": {"id": "docker-inc"},
    }


def test_thing_of_another_kind_is_null_and_named() -> None:
    told, (error,) = partial('{ specification(name: "runc") { id } }')
    assert told == {"specification": None}
    assert error["extensions"] == {
        "code": "WRONG_KIND",
        "argument": "name",
        "value": "runc",
        "suggestions": [{"id": "runc", "name": "runc", "kind": "TOOL"}],
    }


@pytest.mark.parametrize(
    ("field", "argument"),
    [
        ('path(from: "nobody", to: "runc") { length }', "from"),
        ('path(from: "runc", to: "nobody") { length }', "to"),
        ('paths(from: "nobody", to: "runc") { nodes { length } }', "from"),
        ('paths(from: "runc", to: "nobody") { nodes { length } }', "to"),
        ('reach(from: "nobody", along: "uses") { totalCount }', "from"),
        ('neighborhood(of: "nobody") { truncated }', "of"),
        ('claim(subject: "nobody", relation: USES, object: "runc") { verdict }', "subject"),
        ('claim(subject: "runc", relation: USES, object: "nobody") { verdict }', "object"),
        ('entity(name: "nobody") { id }', "name"),
        ('category(name: "nobody") { id }', "name"),
    ],
)
def test_every_field_whose_name_fails_is_null(field: str, argument: str) -> None:
    told, (error,) = partial(f'{{ it: {field} node(id: "runc") {{ id }} }}')
    assert told == {"it": None, "node": {"id": "runc"}}
    assert error["path"] == ["it"]
    assert error["extensions"]["code"] == "UNKNOWN_NAME"
    assert error["extensions"]["argument"] == argument


def test_each_name_that_fails_has_its_own_error() -> None:
    told, errors = partial('{ path(from: "nobody", to: "docker") { length } }')
    assert told == {"path": None}
    assert [e["extensions"]["code"] for e in errors] == ["UNKNOWN_NAME", "AMBIGUOUS_NAME"]


def test_failed_names_of_a_list_are_null_at_their_places() -> None:
    told, (error,) = partial('{ entities(names: ["runc", "nobody", "CRI"]) { id } }')
    assert told == {"entities": [{"id": "runc"}, None, {"id": "cri"}]}
    assert error["path"] == ["entities", 1]
    assert error["extensions"]["value"] == "nobody"


def test_exact_id_wins_over_a_label() -> None:
    own = serve(
        make_graph([entity("one", "Tool", "two", "二"), entity("two", "Tool", "three", "三")], [])
    )
    assert data('{ tool(name: "two") { id } }', own) == {"tool": {"id": "two"}}


def test_former_id_is_a_name_for_ever() -> None:
    assert data('{ entity(name: "moby") { id formerIds } }') == {
        "entity": {"id": "docker-engine", "formerIds": ["moby"]}
    }


def test_node_takes_ids_and_former_ids_but_no_names() -> None:
    assert data(
        '{ id: node(id: "runc") { id } former: node(id: "moby") { id }'
        ' label: node(id: "Docker Engine") { id } none: node(id: "nobody") { id } }'
    ) == {
        "id": {"id": "runc"},
        "former": {"id": "docker-engine"},
        "label": None,
        "none": None,
    }


def test_nodes_keep_the_order_asked_for_and_repeat() -> None:
    assert data('{ nodes(ids: ["runc", "nobody", "moby", "runc"]) { id } }') == {
        "nodes": [{"id": "runc"}, None, {"id": "docker-engine"}, {"id": "runc"}]
    }


def test_statement_is_found_by_its_id() -> None:
    document = (
        '{ yes: statement(id: "runc~implements~oci-runtime-spec") { id relation negated }'
        ' no: statement(id: "docker-engine~implements~cri~not") { id relation negated }'
        ' none: statement(id: "runc~uses~runc") { id } }'
    )
    assert data(document) == {
        "yes": {
            "id": "runc~implements~oci-runtime-spec",
            "relation": "IMPLEMENTS",
            "negated": False,
        },
        "no": {
            "id": "docker-engine~implements~cri~not",
            "relation": "IMPLEMENTS",
            "negated": True,
        },
        "none": None,
    }


def test_key_of_a_second_period_is_part_of_a_statements_id() -> None:
    tools = [entity("a", "Tool", "A", "甲"), entity("b", "Tool", "B", "乙")]
    own = serve(
        make_graph(tools, [says("a uses b", until="2019"), says("a uses b", since="2021", key="b")])
    )
    told = data('{ node(id: "a") { ... on Tool { statements { nodes { id } } } } }', own)
    assert ids(told["node"]["statements"]) == ["a~uses~b", "a~uses~b~b"]


def test_relation_has_one_spelling_a_place() -> None:
    document = """{
      field: tool(name: "Incus") { forkOf { nodes { id } } }
      inverse: tool(name: "LXD") { forks { nodes { id } } }
      reach(from: "Incus", along: "forkOf") { edges { path { hops { statement { relation } } } } }
    }"""
    assert data(document) == {
        "field": {"forkOf": {"nodes": [{"id": "lxd"}]}},
        "inverse": {"forks": {"nodes": [{"id": "incus"}]}},
        "reach": {"edges": [{"path": {"hops": [{"statement": {"relation": "FORK_OF"}}]}}]},
    }


def test_name_is_the_english_label_and_a_missing_language_is_null() -> None:
    own = serve(make_graph([entity("x", "Tool", "Ex")], []))
    document = '{ entity(name: "x") { name en: label zh: label(lang: ZH) } }'
    assert data(document, own) == {"entity": {"name": "Ex", "en": "Ex", "zh": None}}


def test_label_and_description_speak_both_languages() -> None:
    document = """{ tool(name: "dockerd") {
      name label zh: label(lang: ZH) description aboutZh: description(lang: ZH) aliases
    } }"""
    assert data(document) == {
        "tool": {
            "name": "Docker Engine",
            "label": "Docker Engine",
            "zh": "Docker 引擎",
            "description": "About Docker Engine.",
            "aboutZh": "关于 Docker 引擎。",
            "aliases": ["Docker", "dockerd", "moby/moby"],
        }
    }


# Search


def search(text: str, arguments: str = "") -> list[tuple[str, int, str, str, str | None]]:
    """(id, score, text, field, language) of what is found."""
    document = f"""query ($text: String!) {{ search(text: $text {arguments}) {{
      edges {{ score matched {{ text field lang }} node {{ id }} }}
    }} }}"""
    edges: list[Any] = data(document, text=text)["search"]["edges"]
    return [
        (e["node"]["id"], e["score"], *(e["matched"][k] for k in ("text", "field", "lang")))
        for e in edges
    ]


def test_equal_label_alias_and_id_score_highest() -> None:
    assert search("runc")[0] == ("runc", 1000, "runc", "LABEL", "EN")
    assert search("k8s") == [("kubernetes", 980, "k8s", "ALIAS", "EN")]
    assert search("oci-image-spec")[0] == ("oci-image-spec", 960, "oci-image-spec", "ID", None)


def test_search_forgives_a_misspelling() -> None:
    assert search("kuberntes") == [("kubernetes", 562, "Kubernetes", "LABEL", "EN")]


def test_search_reads_chinese() -> None:
    assert search("运行时规范")[0][0] == "oci-runtime-spec"
    assert search("运行时规范")[0][2:] == ("OCI 运行时规范", "LABEL", "ZH")


def test_search_reads_full_width_letters() -> None:
    assert search("ｒｕｎｃ")[0] == ("runc", 1000, "runc", "LABEL", "EN")


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ('{eq: "moby"}', ["docker-engine"]),
        ('{in: ["moby", "runc", "nothing"]}', ["docker-engine", "runc"]),
    ],
)
def test_a_former_id_stands_for_the_one_in_force_in_a_filter(where: str, ids: list[str]) -> None:
    told = data(f"{{ tools(where: {{ id: {where} }}) {{ nodes {{ id }} }} }}")
    assert told == {"tools": {"nodes": [{"id": id} for id in ids]}}


@pytest.mark.parametrize("where", ['ne: "moby"', 'notIn: ["moby"]'])
def test_a_former_id_leaves_out_what_it_stands_for(where: str) -> None:
    told = data(f"{{ tools(first: 100, where: {{ id: {{ {where} }} }}) {{ nodes {{ id }} }} }}")
    ids = [node["id"] for node in told["tools"]["nodes"]]
    assert ("docker-engine" in ids, "containerd" in ids) == (False, True)


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("moby~uses~containerd", "docker-engine~uses~containerd"),
        ("cri-dockerd~adapts~moby", "cri-dockerd~adapts~docker-engine"),
        ("moby~implements~cri~not", "docker-engine~implements~cri~not"),
        ("docker-engine~moby~containerd", None),
        ("moby", None),
    ],
)
def test_a_statement_is_found_by_the_former_ids_of_its_ends(id: str, found: str | None) -> None:
    told = data(f'{{ statement(id: "{id}") {{ id }} }}')
    assert told == {"statement": None if found is None else {"id": found}}


def test_search_finds_a_former_id() -> None:
    assert ("docker-engine", "moby") in [(hit[0], hit[2]) for hit in search("moby")]


def test_search_keeps_to_kinds() -> None:
    both = {hit[0] for hit in search("docker")}
    assert {"docker-engine", "docker-inc"} <= both
    assert [hit[0] for hit in search("docker", ", kinds: [ORGANIZATION]")] == ["docker-inc"]
    assert search("docker", ", kinds: []") == []


def test_search_ranks_by_score_then_id() -> None:
    keys = [(-score, id_) for id_, score, *_ in search("container")]
    assert len(keys) > 2
    assert keys == sorted(keys)


def test_search_for_nothing_finds_nothing() -> None:
    assert search("") == []
    assert search("!?") == []


def test_search_counts_all_and_pages() -> None:
    document = """query ($after: String) { search(text: "docker", first: 1, after: $after) {
      totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }
    } }"""
    first = data(document)["search"]
    second = data(document, after=first["pageInfo"]["endCursor"])["search"]
    assert first["totalCount"] == second["totalCount"] == len(search("docker"))
    assert ids(first) + ids(second) == [hit[0] for hit in search("docker")[:2]]
    assert (first["pageInfo"]["hasPreviousPage"], second["pageInfo"]["hasPreviousPage"]) == (
        False,
        True,
    )
