"""From an answer to a picture: its form, what is in it, what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ecograph.api.dated import dated
from ecograph.load.ontology import load_ontology
from ecograph.settings import bundled
from ecograph.view.compose import Asked, compose
from ecograph.view.gather import Lookup, can_draw
from ecograph.view.notes import label_of
from ecograph.view.picture import Form, clean
from tests.drawing import OPERATIONS, ask_over, picture, service
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, ontology, says

LISTS = [kind.many for kind in ontology().kinds.values() if kind.many]
UNDRAWN = {"CategoryFacets", "Changes", "Dataset", "Facets", "Important", "LifeOf"}
FORMS = {
    "About": Form.AROUND, "Around": Form.AROUND, "Category": Form.TREE, "CategoryTree": Form.TREE,
    "CompareTwo": Form.LAYERS, "Implementers": Form.AROUND, "Neighborhood": Form.AROUND,
    "Path": Form.LAYERS, "Paths": Form.LAYERS, "Reach": Form.LAYERS, "Search": Form.TREE,
    "NewestTools": Form.TREE, "LineageOf": Form.LAYERS, "Claim": Form.AROUND,
    "ProcedureSteps": Form.AROUND, "Certified": Form.AROUND,
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_counts_or_tells_of_one_thing_draws_nothing(name: str) -> None:
    drawn = can_draw(OPERATIONS[name].document, ontology().sides, LISTS)
    assert drawn == (name not in UNDRAWN)


@pytest.mark.parametrize(("name", "form"), FORMS.items())
def test_the_form_follows_from_the_answer(name: str, form: Form) -> None:
    assert picture(name).form is form


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - UNDRAWN))
def test_every_operation_that_draws_draws_something(name: str) -> None:
    told = picture(name)
    assert told.nodes, name
    assert told.title
    assert told.credits
    groups = {group.id for top in told.groups for group in top.every()}
    for edge in told.edges:
        assert {edge.source, edge.target} <= told.nodes.keys() | groups


def test_a_neighbourhood_has_a_card_for_each_relation_and_direction() -> None:
    told = picture("Neighborhood", {"of": "containerd"})
    assert told.centre == "containerd"
    assert [(g.label, g.outward, g.nodes) for g in told.groups] == [
        ("implements", True, ("cri", "oci-image-spec")),
        ("uses", True, ("runc",)),
        ("used by", False, ("docker-engine",)),
    ]
    assert told.subtitle == "4 neighbours by 3 relations"


def test_a_card_of_some_says_how_many_there_are_in_all() -> None:
    told = picture("Around", {"name": "oci-runtime-spec", "each": 1})
    [group] = [g for g in told.groups if g.relation == "implements"]
    assert (group.label, len(group.nodes), group.count, group.more) == ("implemented by", 1, 4, 3)


def test_what_is_denied_counts_apart_from_what_is_not() -> None:
    more = [says(f"t{n} implements cri") for n in range(9)]
    tools = [entity(f"t{n}", "Tool", f"T{n}") for n in range(9)]
    told = ask_over(
        make_graph([*ENTITIES, *tools], [*STATEMENTS, *more]), "Around", {"name": "cri"}
    )
    assert [
        (g.label, len(g.nodes), g.count) for g in told.groups if g.relation == "implements"
    ] == [
        ("implemented by", 8, 11),
        ("not: implemented by", 1, 1),
    ]


@pytest.mark.parametrize("name", ["Around", "About"])
def test_what_had_not_begun_on_the_day_is_not_around_a_thing(name: str) -> None:
    document = dated(service().api.core, OPERATIONS[name].document)
    assert document is not None
    variables = {"name": "cri", "asOf": "2020-01-01"}
    answer = service().query(document, variables)
    told = compose(answer["data"], Lookup(service().graph), Asked(name, {"en": ""}, variables))
    [card] = [g for g in told.groups if g.relation == "implements" and not g.negated]
    assert (card.nodes, card.count) == (("containerd",), 1)


def test_every_relation_that_is_no_hub_is_asked_for_around_a_thing() -> None:
    asked = set(re.findall(r"[A-Z]{3,}(?:_[A-Z]+)*", OPERATIONS["Around"].document))
    told = load_ontology(bundled("data"))
    relations = {value: told.relations.get(name) for value, name in told.by_enum_value.items()}
    assert {value for value, r in relations.items() if r is not None and not r.hub} <= asked


def test_a_card_says_when_how_strongly_and_that_it_is_over() -> None:
    [group] = picture("Implementers").groups
    assert group.label == "implemented by"
    assert dict(group.notes) == {
        "crun": "listed",
        "runc": "2015-07 · certified",
        "youki": "2021-10 · self-declared",
    }
    assert (
        picture("Neighborhood", {"of": "containerd"}, "zh").groups[0].notes["cri"] == "2017-12 起"
    )


def test_the_language_is_that_of_labels_relations_and_words() -> None:
    told = picture("Path", {"from": "docker-engine", "to": "oci-runtime-spec"}, "zh")
    assert told.title == "从 Docker 引擎 到 OCI 运行时规范"
    assert told.subtitle == "3 步；箭头由主体指向客体"
    assert [e.label for e in told.edges] == ["使用", "使用", "实现"]
    assert told.told[0] == "Docker 引擎 使用 containerd"


def test_a_path_marks_its_ends_and_its_way() -> None:
    told = picture("Path")
    assert [n.id for n in told.nodes.values() if n.strong] == ["docker-engine", "oci-runtime-spec"]
    assert all(edge.main for edge in told.edges)


def test_a_step_against_a_statement_leads_back() -> None:
    told = picture("Paths", {"from": "kubernetes", "to": "containerd"})
    assert [(e.source, e.target, e.back) for e in told.edges if e.main] == [
        ("kubernetes", "cri", False),
        ("containerd", "cri", True),
    ]


def test_a_denied_statement_is_said_to_be_denied() -> None:
    told = picture("Claim")
    assert told.title == "Docker Engine · not: implements"
    [edge] = told.edges
    assert edge.negated
    assert edge.sentence == (
        "It is not so that Docker Engine implements Container Runtime Interface"
    )


def test_a_tree_has_the_entries_of_its_categories_in_the_order_of_the_taxonomy() -> None:
    [top] = picture("CategoryTree").groups
    assert (top.id, [g.id for g in top.groups]) == ("ecosystem", ["core", "support"])
    assert {g.id: g.nodes for g in top.every() if g.nodes} == {
        "core": ("runc",),
        "networking": ("calico", "flannel"),
        "monitoring": ("cadvisor-heapster",),
    }


def test_the_label_of_a_taxonomys_edge_stands_beside_the_entry() -> None:
    more = [*STATEMENTS, says("rkt classifiedIn core", order=2, edgeLabel="CoreOS ")]
    [top] = ask_over(make_graph(ENTITIES, more), "CategoryTree", {"name": "ecosystem"}).groups
    assert top.groups[0].notes["rkt"] == "CoreOS"


@pytest.mark.parametrize(
    ("qualifiers", "en", "zh"),
    [
        ({"edgeLabel": "CoreOS "}, "CoreOS", "CoreOS"),
        ({"edgeLabel": "HTTP接口", "capability": "HTTP interface"}, "HTTP interface", "HTTP接口"),
        ({"edgeLabel": "公共 ", "role": "ACCESS", "access": "PUBLIC"}, "public", "公共"),
        ({"edgeLabel": "Google 领导", "role": "LEADER"}, "Google · leader", "Google 领导"),
        ({"capability": "routing"}, "routing", "routing"),
    ],
)
def test_a_label_that_the_source_writes_in_chinese_is_told_in_english_by_what_it_means(
    qualifiers: dict[str, Any], en: str, zh: str
) -> None:
    said = says("rkt classifiedIn core", **qualifiers)
    told = load_ontology(bundled("data"))
    assert [label_of(said, told, lang).lower() for lang in ("en", "zh")] == [en.lower(), zh.lower()]


def test_a_tree_leaves_out_what_is_over_on_its_day() -> None:
    more = [*STATEMENTS, says("rkt classifiedIn core", order=2, until="2020-02-24")]
    told = ask_over(make_graph(ENTITIES, more), "CategoryTree", {"name": "ecosystem"})
    assert "rkt" not in told.nodes


def test_sources_are_those_of_what_is_drawn() -> None:
    assert [c.title for c in picture("Path").credits] == ["List of implementations"]
    assert [c.title for c in picture("Claim").credits] == ["Documentation"]
    assert picture("Path").foot == "Dataset 0123456789abcdef, as of 2026-11-24, CC-BY-4.0"


def test_an_answer_without_things_says_so() -> None:
    told = picture("Search", {"text": "qqqqqqqq"})
    assert not told.nodes
    assert told.subtitle == "Nothing is known that answers this."


def test_things_link_where_the_asker_says() -> None:
    told = picture("Path", link=lambda id_: f"https://example.org/e/{id_}")
    assert told.nodes["runc"].link == "https://example.org/e/runc"


def test_focus_marks_a_thing() -> None:
    told = picture("Neighborhood", {"of": "containerd"}, focus="runc")
    assert [n.id for n in told.nodes.values() if n.strong] == ["containerd", "runc"]


def test_a_label_has_nothing_that_no_reader_sees() -> None:
    assert clean("a\u202eb\u2066\x00\x1b\n  c\ufffe\u200b") == "ab c"
    assert clean("容器\u3000网络") == "容器 网络"


def test_a_card_with_a_page_of_many_says_how_many_there_are() -> None:
    tools = [entity(f"t{n:02}", "Tool", f"Tool {n}") for n in range(30)]
    all_of = [says(f"t{n:02} implements cri") for n in range(30)]
    graph = make_graph([*ENTITIES, *tools], [*STATEMENTS, *all_of])
    told = ask_over(graph, "Implementers", {"spec": "cri", "first": 10})
    assert told.subtitle == "10 of 32 shown"


def test_a_tree_of_more_than_three_hundred_entries_keeps_seven_of_each_category() -> None:
    tools = [entity(f"t{n:03}", "Tool", f"Tool {n}") for n in range(310)]
    said = [says(f"t{n:03} classifiedIn networking") for n in range(310)]
    graph = make_graph([*ENTITIES, *tools], [*STATEMENTS, *said])
    told = ask_over(graph, "CategoryTree", {"name": "ecosystem"})
    [card] = [g for top in told.groups for g in top.every() if g.id == "networking"]
    assert (card.count, len(card.nodes), card.more) == (312, 7, 305)
    assert len(told.nodes) == 9
    assert told.subtitle == "4 categories, 314 entries"


def test_a_thing_of_which_nothing_is_said_names_its_picture() -> None:
    told = ask_over(make_graph([entity("lone", "Tool", "Lone")], []), "Around", {"name": "lone"})
    assert told.title == "Lone"
    assert told.subtitle.startswith("In which relations does this thing stand")
    # The one answer is not what was asked about.
    assert picture("SuccessorsOf").title.startswith("What took over from this thing")


def test_what_is_asked_about_names_a_picture_of_its_descent() -> None:
    told = picture("LineageOf")
    [asked] = [node for node in told.nodes.values() if node.strong]
    assert told.title == asked.label
    assert told.subtitle.startswith("From what does this thing descend")
