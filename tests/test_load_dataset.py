"""A sound folder gives the graph that its files say."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from ecograph.formats.diagram import write_diagram
from ecograph.load import load
from ecograph.model.graph import Event, Evidence, Source, Statement
from ecograph.settings import bundled
from tests.data_cases.changed import MAPPING, OTHERS, SMALL, SOURCES, TOOLS, TREE, change_small


def test_entity_holds_what_its_file_says() -> None:
    runc = load(SMALL).entities["runc"]
    assert runc.kind == "Tool"
    assert runc.label == {"en": "runc", "zh": "runc"}
    assert runc.description == {"en": "Starts containers.", "zh": "启动容器。"}
    assert runc.aliases == ("opencontainers/runc",)
    assert runc.former_ids == ("libcontainer",)
    assert runc.evidence == (Evidence("handbook", None, "2026-11-01"),)


def test_attributes_are_typed_and_in_the_order_of_the_ontology() -> None:
    assert list(load(SMALL).entities["runc"].attributes.items()) == [
        ("homepage", "https://example.org/runc"),
        ("license", "Apache-2.0"),
        ("stars", 12),
        ("official", True),
        ("firstSeen", "2015-06"),
    ]


def test_history_stays_in_the_order_of_the_file() -> None:
    assert load(SMALL).entities["runc"].history == (
        Event("2015-06-22", "begun", evidence=(Evidence("handbook", None, "2026-11-01"),)),
        Event("2019-03", "relicensed", "MIT", evidence=(Evidence("runc-readme"),)),
    )


def test_release_may_say_its_version(tmp_path: Path) -> None:
    data = change_small(tmp_path, (TOOLS, "date: 2015-06-22, ", "date: 2015-06-22, value: 1.10, "))
    assert load(data).entities["runc"].history[0].value == "1.10"


def test_entities_and_statements_are_sorted_by_id() -> None:
    graph = load(SMALL)
    assert list(graph.entities) == [
        "containers", "docker-inc", "libseccomp", "oci", "oci-runtime-spec", "runc", "runtimes",
        "specifications", "youki",
    ]  # fmt: skip
    assert [s.id for s in graph.statements] == [
        "libseccomp~classifiedIn~runtimes",
        "oci-runtime-spec~classifiedIn~specifications",
        "oci-runtime-spec~stewardedBy~oci",
        "runc~classifiedIn~runtimes",
        "runc~implements~oci-runtime-spec",
        "runc~stewardedBy~docker-inc",
        "runc~uses~libseccomp",
        "runc~uses~libseccomp~again",
        "runtimes~broader~containers",
        "specifications~broader~containers",
        "youki~alternativeTo~runc",
        "youki~classifiedIn~runtimes",
        "youki~implements~oci-runtime-spec~not",
    ]


def test_evidence_is_read_from_a_text_and_from_a_mapping() -> None:
    [statement] = [s for s in load(SMALL).statements if s.id == "runc~implements~oci-runtime-spec"]
    assert statement.evidence == (
        Evidence("handbook", "Runtime", "2026-11-01"),
        Evidence("runc-readme", "Intro", "2026-11-20"),
    )


def test_source_was_read_on_the_latest_day_that_its_evidence_names() -> None:
    assert load(SMALL).sources == {
        "handbook": Source(
            "handbook", "The handbook", "https://example.org/handbook", "CC-BY-4.0", "2026-11-01"
        ),
        "runc-readme": Source(
            "runc-readme", "README of runc", "https://example.org/runc", None, "2026-11-20"
        ),
    }


def test_dataset_file_gives_title_licence_and_day() -> None:
    graph = load(SMALL)
    assert graph.title == {"en": "A small world", "zh": "小世界"}
    assert (graph.license, graph.as_of) == ("CC-BY-4.0", "2026-11-24")


def test_edge_between_categories_is_broader_and_any_other_classified_in() -> None:
    by_id = {s.id: s for s in load(SMALL).statements}
    assert by_id["runtimes~broader~containers"] == Statement(
        "runtimes", "broader", "containers",
        qualifiers={"order": 2, "asWritten": "容器 runtime", "diagramNode": "B02"},
        evidence=(Evidence("handbook", "A-->B02", "2026-11-01"),),
    )  # fmt: skip
    assert by_id["runc~classifiedIn~runtimes"].qualifiers == {
        "order": 1, "asWritten": "runc ", "edgeLabel": "Docker", "role": "STEWARD",
        "diagramNode": "B0201",
    }  # fmt: skip


def test_label_means_something_else_at_another_child() -> None:
    by_id = {s.id: s for s in load(SMALL).statements}
    assert by_id["youki~classifiedIn~runtimes"].qualifiers == {
        "order": 2, "asWritten": "youki<br/>Rust", "edgeLabel": "Docker ", "access": "PUBLIC",
        "capability": "for everyone", "diagramNode": "B0202",
    }  # fmt: skip
    assert by_id["runc~stewardedBy~docker-inc"].qualifiers == {
        "role": "STEWARD", "edgeLabel": "Docker",
    }  # fmt: skip
    assert "youki~stewardedBy~docker-inc" not in by_id


def test_statement_of_an_entity_stands_and_gets_the_evidence_of_the_diagram() -> None:
    by_id = {s.id: s for s in load(SMALL).statements}
    assert by_id["oci-runtime-spec~stewardedBy~oci"] == Statement(
        "oci-runtime-spec", "stewardedBy", "oci", since="2015-06",
        qualifiers={"role": "STEWARD", "edgeLabel": "OCI"},
        evidence=(Evidence("runc-readme"), Evidence("handbook", "B01-->B0101", "2026-11-01")),
    )  # fmt: skip


def test_evidence_of_the_diagram_goes_to_the_last_of_several_periods(tmp_path: Path) -> None:
    early = "    - {object: oci, until: 2014, key: early, evidence: [handbook]}\n"
    data = change_small(tmp_path, (OTHERS, "  stewardedBy:\n", f"  stewardedBy:\n{early}"))
    by_id = {s.id: s for s in load(data).statements}
    assert [e.locator for e in by_id["oci-runtime-spec~stewardedBy~oci~early"].evidence] == [None]
    assert [e.locator for e in by_id["oci-runtime-spec~stewardedBy~oci"].evidence] == [
        None,
        "B01-->B0101",
    ]


def test_statements_give_the_diagram_back_byte_for_byte() -> None:
    assert write_diagram(load(SMALL), "seed").encode() == (SMALL / TREE).read_bytes()


def test_version_does_not_depend_on_the_layout_of_the_files(tmp_path: Path) -> None:
    data = change_small(tmp_path, (TOOLS, "- id: runc\n", "# A comment.\n- id:   'runc'\n"))
    shutil.move(data / OTHERS, data / "seed" / "moved.yaml")
    assert load(data).version == load(SMALL).version


def test_version_depends_on_each_part_of_the_content(tmp_path: Path) -> None:
    changes = [
        (TOOLS, "Starts containers.", "Starts a container."),
        (TOOLS, "handbook#Runtime", "handbook#Engine"),
        (SOURCES, "read: 2026-11-01", "read: 2026-11-02"),
        ("dataset.yaml", "2026-11-24", "2026-11-25"),
        ("ontology.yaml", "one: tool\n", "one: instrument\n"),
        (MAPPING, "for everyone", "for all"),
    ]
    versions = {load(SMALL).version}
    for number, change in enumerate(changes):
        versions.add(load(change_small(tmp_path / str(number), change)).version)
    assert len(versions) == 7


def test_version_depends_on_the_order_of_the_ontology(tmp_path: Path) -> None:
    enumeration = (
        "    ENDED:\n      label: {en: ended, zh: 值}\n"
        "      description: {en: For the tests., zh: 用于测试。}\n"
    )
    data = change_small(
        tmp_path,
        ("ontology.yaml", enumeration, ""),
        ("ontology.yaml", "  Status:\n", f"  Status:\n{enumeration}"),
    )
    assert load(data).version != load(SMALL).version


def test_yaml_words_for_truth_stay_text(tmp_path: Path) -> None:
    words = "[on, no, 1.10, 2015-06-22, 0x10, 'true']"
    data = change_small(tmp_path, (TOOLS, "[opencontainers/runc]", words))
    aliases = load(data).entities["runc"].aliases
    assert aliases == ("on", "no", "1.10", "2015-06-22", "0x10", "true")


def test_declared_ambiguous_name_may_be_shared(tmp_path: Path) -> None:
    shared = "evidence: [handbook]\n  aliases: [oci]\n  ambiguous: [OCI]\n"
    data = change_small(
        tmp_path,
        (OTHERS, "zh: 开放容器倡议}\n  evidence: [handbook]\n", f"zh: 开放容器倡议}}\n  {shared}"),
        (OTHERS, "zh: Docker 公司}\n  evidence: [handbook]\n", f"zh: Docker 公司}}\n  {shared}"),
    )
    assert load(data).entities["docker-inc"].ambiguous == ("OCI",)


def test_categories_of_two_schemes_may_share_a_name(tmp_path: Path) -> None:
    data = change_small(tmp_path)
    (data / "entities" / "today.yaml").write_text(
        "- id: containers-today\n  kind: Category\n  label: {en: Containers, zh: 容器}\n"
        "  scheme: today\n  evidence: [handbook]\n",
        "utf-8",
    )
    assert "containers-today" in load(data).entities


def test_negated_statement_may_overlap_the_positive_one(tmp_path: Path) -> None:
    positive = "    - {object: oci-runtime-spec, evidence: [handbook]}\n"
    negated = "    - {object: oci-runtime-spec, negated: true, evidence: [handbook]}\n"
    data = change_small(tmp_path, (TOOLS, negated, negated + positive))
    ids = {s.id for s in load(data).statements}
    assert {"youki~implements~oci-runtime-spec", "youki~implements~oci-runtime-spec~not"} <= ids


def test_new_kind_and_relation_need_no_code(tmp_path: Path) -> None:
    data = change_small(
        tmp_path,
        ("ontology.yaml", "enumerations:\n", """\
  Book:
    label: {en: Book, zh: 书}
    description: {en: Something to read., zh: 可读之物。}
    one: book
    many: books
enumerations:
"""),
        ("ontology.yaml", "relations:\n", """\
relations:
  mentions:
    inverse: mentionedIn
    label: {en: mentions, zh: 提及}
    inverse_label: {en: mentioned in, zh: 见于}
    description: {en: The subject speaks of the object., zh: 主体谈到客体。}
    domain: [Book]
    range: [Tool]
    qualifiers: [strength]
    sentence: {en: '{subject} mentions {object}', zh: '{subject} 提及 {object}'}
"""),
    )  # fmt: skip
    (data / "entities" / "books.yaml").write_text(
        "- id: a-book\n  kind: Book\n  label: {en: A book, zh: 一本书}\n  evidence: [handbook]\n"
        "  mentions:\n    - {object: runc, strength: LISTED, evidence: [handbook#p. 3]}\n",
        "utf-8",
    )
    graph = load(data)
    [statement] = [s for s in graph.statements if s.relation == "mentions"]
    assert graph.entities["a-book"].kind == "Book"
    assert statement == Statement(
        "a-book", "mentions", "runc", qualifiers={"strength": "LISTED"},
        evidence=(Evidence("handbook", "p. 3", "2026-11-01"),),
    )  # fmt: skip


def test_renaming_one_label_of_the_seed_changes_one_line_of_its_diagram() -> None:
    graph = load(bundled("data"))
    renamed = replace(
        graph,
        statements=tuple(
            replace(s, qualifiers={**s.qualifiers, "asWritten": "runc 2"})
            if s.id == "runc~classifiedIn~container-runtime"
            else s
            for s in graph.statements
        ),
    )
    before = write_diagram(graph, "seed").splitlines()
    after = write_diagram(renamed, "seed").splitlines()
    assert len(before) == len(after) == 60
    assert [(b, a) for b, a in zip(before, after, strict=True) if b != a] == [
        ("B02-->|Docker| B0202[runc]", "B02-->|Docker| B0202[runc 2]")
    ]
