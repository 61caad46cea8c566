"""Two versions of a dataset, compared by what they say and by what they answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ecograph.api.operations import NamedOperation
from ecograph.curate.answers import compare_answers
from ecograph.curate.differences import Change, Difference, Section, Thing, compare_graphs
from ecograph.curate.tell_difference import quote_code, tell_markdown, tell_text
from ecograph.load import load
from ecograph.model.graph import Evidence, Graph
from ecograph.service import Service
from tests.commands import call
from tests.data_cases.changed import DATASET, OTHERS, SMALL, SOURCES, TOOLS, change_small
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says, world


def after(folder: Path, *changes: tuple[str, str, str]) -> Difference:
    """How the small dataset differs after changes."""
    return compare_graphs(load(SMALL), load(change_small(folder, *changes)))


def changes_of(section: Section) -> dict[str, list[tuple[str, str | None, str | None]]]:
    return {t.id: [(c.field, c.old, c.new) for c in t.changes] for t in section.changed}


def test_same_text_in_another_order_and_form_is_no_difference(tmp_path: Path) -> None:
    folder = change_small(tmp_path)
    tools = (folder / TOOLS).read_text("utf-8").split("- id: ")
    (folder / TOOLS).write_text("- id: ".join([tools[0], *reversed(tools[1:])]), "utf-8")
    assert not compare_graphs(load(SMALL), load(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (TOOLS, "license: Apache-2.0", "license: MIT", ("license", "Apache-2.0", "MIT")),
        (TOOLS, "en: Starts containers.", "en: It starts.",
         ("description.en", "Starts containers.", "It starts.")),
        (TOOLS, "stars: 12", "stars: 13", ("stars", "12", "13")),
        (TOOLS, "official: true", "official: false", ("official", "true", "false")),
        (TOOLS, "[opencontainers/runc]", "[opencontainers/runc, c]", ("aliases", None, "c")),
        (TOOLS, "  formerIds: [libcontainer]\n", "", ("formerIds", "libcontainer", None)),
        (TOOLS, "value: MIT", "value: 0BSD", ("history 2019-03 relicensed", "MIT", "0BSD")),
        (TOOLS, "date: 2019-03,", "date: 2019-04,", ("history", "2019-03 relicensed MIT", None)),
        (TOOLS, "value: MIT, evidence: [runc-readme]", "value: MIT, evidence: [runc-readme#12]",
         ("history 2019-03 relicensed evidence", "runc-readme", None)),
    ],
)  # fmt: skip
def test_each_value_of_an_entity_is_told(
    tmp_path: Path, file: str, old: str, new: str, expected: tuple[str, str | None, str | None]
) -> None:
    told = after(tmp_path, (file, old, new))
    assert expected in changes_of(told.entities)["runc"]
    assert not told.statements
    assert not told.sources


def test_each_value_of_a_statement_is_told(tmp_path: Path) -> None:
    told = after(
        tmp_path,
        (TOOLS, "since: 2015-07", "since: 2015-08"),
        (TOOLS, "strength: LISTED", "strength: SELF_DECLARED"),
        (TOOLS, "handbook#Runtime", "handbook#Engine"),
        (TOOLS, "key: again", "key: later"),
    )
    assert changes_of(told.statements) == {
        "runc~implements~oci-runtime-spec": [
            ("since", "2015-07", "2015-08"),
            ("strength", "LISTED", "SELF_DECLARED"),
            ("evidence", "handbook#Runtime", None),
            ("evidence", None, "handbook#Engine"),
        ]
    }
    assert [t.id for t in told.statements.added] == ["runc~uses~libseccomp~later"]
    assert [t.id for t in told.statements.removed] == ["runc~uses~libseccomp~again"]
    assert not told.entities


def test_entities_and_statements_that_come_and_go_are_told(tmp_path: Path) -> None:
    fresh = "- id: crun\n  kind: Tool\n  label: {en: crun, zh: crun}\n  evidence: [handbook]\n"
    told = after(
        tmp_path,
        (TOOLS, "- id: libseccomp", f"{fresh}- id: libseccomp"),
        (OTHERS, "    - {object: oci, since: 2015-06, evidence: [runc-readme]}",
         "    - {object: docker-inc, evidence: [runc-readme]}"),
    )  # fmt: skip
    assert told.entities.added == (Thing("crun", "Tool", "crun"),)
    assert told.statements.added == (
        Thing(
            "oci-runtime-spec~stewardedBy~docker-inc",
            "stewardedBy",
            "oci-runtime-spec stewardedBy docker-inc",
        ),
    )
    # The diagram states it, too.
    assert changes_of(told.statements)["oci-runtime-spec~stewardedBy~oci"] == [
        ("since", "2015-06", None), ("evidence", "runc-readme", None),
    ]  # fmt: skip


def test_renamed_entity_is_told_once_and_its_statements_not_at_all(tmp_path: Path) -> None:
    folder = change_small(tmp_path)
    assert call("rename", "runc", "run-c", "--data", str(folder)).returncode == 0
    told = compare_graphs(load(SMALL), load(folder))
    assert told.entities == Section(renamed=(Thing("run-c", "Tool", "runc", former="runc"),))
    assert not told.statements


def test_merged_entities_are_told_as_one() -> None:
    others = [e for e in ENTITIES if e.id not in ("crun", "youki")]
    merged = entity("crun", "Tool", "crun", "crun", "youki", former=("youki",))
    said = [s for s in STATEMENTS if s.subject != "youki"]
    told = compare_graphs(world(), make_graph([*others, merged], said, version="1" * 16))
    assert told.entities.renamed == (Thing("crun", "Tool", "crun", former="youki", merged=True),)
    assert ("aliases", None, "youki") in changes_of(told.entities)["crun"]
    assert not told.entities.removed
    # Both stated it; that the other's evidence is gone is all that is told.
    assert not told.statements.removed


def test_source_read_again_is_one_change_and_not_one_of_all_that_cites_it(tmp_path: Path) -> None:
    told = after(tmp_path, (SOURCES, "read: 2026-11-01", "read: 2026-11-22"))
    assert changes_of(told.sources) == {"handbook": [("read", "2026-11-01", "2026-11-22")]}
    assert not told.entities
    assert not told.statements


def test_dataset_and_ontology_are_told(tmp_path: Path) -> None:
    told = after(
        tmp_path,
        (DATASET, "asOf: 2026-11-24", "asOf: 2026-11-25"),
        ("ontology.yaml", "en: Tool, zh: 工具", "en: Program, zh: 工具"),
    )
    assert told.about == (Change("asOf", "2026-11-24", "2026-11-25"),)
    assert changes_of(told.ontology) == {"kinds.Tool": [("label.en", "Tool", "Program")]}


def test_whatever_changes_the_version_is_told() -> None:
    """Every field of an entity and a statement: none is forgotten."""
    graph = world()
    runc = graph.entities["runc"]
    for changed in (
        replace(runc, kind="Service"), replace(runc, label={"en": "runc"}),
        replace(runc, description={}), replace(runc, aliases=()),
        replace(runc, former_ids=("run-c",)), replace(runc, attributes={}),
        replace(runc, history=()), replace(runc, evidence=()),
        replace(runc, ambiguous=("runc",)),
    ):  # fmt: skip
        entities = {**graph.entities, "runc": changed}
        assert compare_graphs(graph, replace(graph, entities=entities)).entities.changed
    first = graph.statements[0]
    for said in (
        replace(first, since="1999"), replace(first, until="2030"), replace(first, negated=True),
        replace(first, key="again"), replace(first, qualifiers={"version": "9"}),
        replace(first, evidence=(Evidence("blog"),)),
    ):  # fmt: skip
        other = replace(graph, statements=(said, *graph.statements[1:]))
        assert compare_graphs(graph, other).statements


def test_order_of_names_is_a_difference_of_its_own() -> None:
    graph = world()
    docker = graph.entities["docker-engine"]
    turned = replace(docker, aliases=docker.aliases[::-1])
    other = replace(graph, entities={**graph.entities, docker.id: turned})
    [thing] = compare_graphs(graph, other).entities.changed
    assert thing.changes == (
        Change("order of aliases", "Docker; dockerd; moby/moby", "moby/moby; dockerd; Docker"),
    )


IMPLEMENTERS = NamedOperation(
    "Implementers", {"en": "Who implements it?", "zh": "谁实现了它？"},
    {"spec": "oci-runtime-spec"},
    """query Implementers($spec: String!) { specification(name: $spec) { id implementedBy {
       totalCount edges { since cursor node { id name status } } } } }""",
)  # fmt: skip
VERSION = NamedOperation(
    "Version", {"en": "Which?", "zh": "哪个？"}, {}, "query Version { dataset { version } }"
)


def other_world() -> Graph:
    """The world with one more implementer, one less, and one since another day."""
    said = [s for s in STATEMENTS if not s.id.startswith(("youki~", "runc~implements"))]
    said.append(says("kata implements oci-runtime-spec", since="2018"))
    said.append(says("runc implements oci-runtime-spec", since="2015-06", strength="CERTIFIED"))
    return make_graph([*ENTITIES, entity("kata", "Tool", "Kata")], said, version="fedcba9876543210")


def test_answers_differ_row_by_row_and_not_by_version_or_cursor() -> None:
    told = compare_answers(Service(world()), Service(other_world()), [IMPLEMENTERS, VERSION])
    assert told.asked == 2
    [answer] = told.changed
    assert answer.name == "Implementers"
    assert answer.added == ("2018 | kata | Kata",)
    assert answer.removed == ("2021-10-08 | youki | youki | ACTIVE",)
    [row] = answer.changed
    assert (row.key, row.changes) == ("runc", (Change("since", "2015-07", "2015-06"),))


def test_version_that_a_statement_is_of_is_told_unlike_that_of_the_dataset() -> None:
    def of(version: str, dataset: str) -> Service:
        said = says("runc implements oci-runtime-spec", since="2015-07", version=version)
        others = [s for s in STATEMENTS if not s.id.startswith("runc~implements")]
        return Service(make_graph([*ENTITIES], [*others, said], version=dataset))

    asked = NamedOperation(
        "Versions", {"en": "Of which version?", "zh": "哪个版本？"}, {},
        """query Versions { specification(name: "oci-runtime-spec") { implementedBy {
           edges { version node { id } } } } }""",
    )  # fmt: skip
    told = compare_answers(of("1.0", "0" * 16), of("1.1", "1" * 16), [asked, VERSION])
    [answer] = told.changed
    [row] = answer.changed
    assert (row.key, row.changes) == ("runc", (Change("version", "1.0", "1.1"),))


def test_answer_that_becomes_an_error_is_told_as_that() -> None:
    without = make_graph([e for e in ENTITIES if e.id != "oci-runtime-spec"], [], version="0" * 16)
    [answer] = compare_answers(Service(world()), Service(without), [IMPLEMENTERS]).changed
    [error] = [change for change in answer.beside if change.field == "error"]
    assert error.old is None
    assert error.new is not None
    assert error.new.startswith("'oci-runtime-spec' in argument 'name'")


def test_text_is_for_people_and_says_how_much_it_leaves_out() -> None:
    old, new = world(), other_world()
    asked = compare_answers(Service(old), Service(new), [IMPLEMENTERS])
    assert (
        tell_text(compare_graphs(old, new), asked, 1)
        == """\
Entity: 1 added; statements: 1 added, 1 removed, 1 changed; 1 of 1 question answered differently

Entities
  + kata  Tool: Kata

Statements
  + kata implements oci-runtime-spec
  - youki implements oci-runtime-spec
  ~ runc implements oci-runtime-spec
      since: 2015-07 -> 2015-06

Answers
  Implementers: Who implements it? (spec: oci-runtime-spec)
      + 2018 | kata | Kata
      - 2021-10-08 | youki | youki | ACTIVE
      runc: since: 2015-07 -> 2015-06
"""
    )
    empty = make_graph([], [], version="0" * 16)
    told = tell_text(compare_graphs(empty, old), None, 2)
    assert f"… and {len(ENTITIES) - 2} more added" in told
    assert len(told.splitlines()) < 15


def test_markdown_folds_out_and_nothing_in_it_is_markup() -> None:
    bad = entity("bad", "Tool", "</details> @everyone `x` <script>")
    told = tell_markdown(
        compare_graphs(world(), make_graph([*ENTITIES, bad], STATEMENTS, version="1" * 16)), None, 9
    )
    assert (
        told
        == """\
**Entity: 1 added**

<details><summary>Entities</summary>

- added `bad`  Tool: ``</details> @everyone `x` <script>``

</details>
"""
    )
    assert quote_code("`") == "`` ` ``"


def test_markdown_is_never_too_long_for_a_comment() -> None:
    many = [entity(f"tool-{n}", "Tool", f"The tool of the number {n}") for n in range(3_000)]
    told = tell_markdown(
        compare_graphs(make_graph([], []), make_graph(many, [], version="1" * 16)), None, 5_000
    )
    assert 59_000 < len(told) < 60_001
    assert told.endswith(" lines more\n\n</details>\n")
    assert told.count("<details>") == told.count("</details>") == 1


def test_command_compares_two_folders_in_every_form(tmp_path: Path) -> None:
    new = str(change_small(tmp_path, (TOOLS, "license: Apache-2.0", "license: MIT")))
    told = call("diff", str(SMALL), new, "--no-answers")
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, "Entity: 1 changed")
    data = json.loads(call("diff", str(SMALL), new, "--no-answers", "--format", "json").stdout)
    assert data["entities"]["changed"] == [{
        "id": "runc", "sort": "Tool", "name": "runc", "former": "", "merged": False,
        "changes": [{"field": "license", "old": "Apache-2.0", "new": "MIT"}],
    }]  # fmt: skip
    assert data["answers"] is None
    told = call("diff", str(SMALL), new, "--no-answers", "--format", "md")
    assert told.stdout.startswith("**Entity: 1 changed**\n\n<details>")


def test_command_asks_the_operations_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "Runc.graphql").write_text(
        '# Which?\n# 哪个？\nquery Runc { tool(name: "runc") { id stars } }\n',
        "utf-8",
    )
    new = str(change_small(tmp_path, (TOOLS, "stars: 12", "stars: 13")))
    told = call("diff", str(SMALL), new, "--queries", str(tmp_path))
    assert "1 of 1 question answered differently" in told.stdout
    nothing = call("diff", str(SMALL), new, "--queries", str(SMALL))
    assert nothing.returncode == 2
    assert "there is no operation in" in nothing.stderr


def test_exit_status_tells_a_difference_only_if_asked_to(tmp_path: Path) -> None:
    new = str(change_small(tmp_path, (TOOLS, "license: Apache-2.0", "license: MIT")))
    assert call("diff", str(SMALL), new, "--no-answers", "--exit-code").returncode == 3
    (tmp_path / "Version.graphql").write_text(f"# Which?\n# 哪个？\n{VERSION.document}\n", "utf-8")
    same = call("diff", str(SMALL), str(SMALL), "--exit-code", "--queries", str(tmp_path))
    assert (same.returncode, same.stdout) == (
        0, "No difference in what the data says; 0 of 1 question answered differently\n",
    )  # fmt: skip


def test_fault_in_one_of_them_is_told_at_its_place(tmp_path: Path) -> None:
    new = change_small(tmp_path, (TOOLS, "kind: Tool", "kind: Tol"))
    done = call("diff", str(SMALL), str(new), "--exit-code")
    assert done.returncode == 1
    assert f"{new.as_posix()}/entities/tools.yaml" in done.stderr
