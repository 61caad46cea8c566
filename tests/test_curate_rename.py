"""An id changed everywhere; the old one resolves, and no statement is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ecograph.curate.rename import rename
from ecograph.curate.writing import quote_text, write_texts
from ecograph.errors import DataErrors, QueryError
from ecograph.load import load
from ecograph.model.graph import Graph
from tests.commands import call
from tests.data_cases.changed import OTHERS, SMALL, TOOLS, change_small

LIST = (
    "# evidence: handbook\nid,kind,label,implements,uses,uses.since,at\n"
    "crun,Tool,crun,oci-runtime-spec,libseccomp; runc,2019,row 1\n"
    "runc,,,,youki,,row 2\n"
)


def with_list(folder: Path, *changes: tuple[str, str, str], text: str = LIST) -> Path:
    """The small dataset with changes and a list."""
    data = change_small(folder, *changes)
    (data / "lists").mkdir()
    (data / "lists" / "a.csv").write_text(text, "utf-8")
    return data


def renamed(data: Path, old: str, new: str) -> Graph:
    """The graph after the change is written."""
    write_texts(rename([data], old, new).texts)
    return load(data)


def ids(graph: Graph, id: str) -> set[str]:
    """The statements of an entity."""
    return {s.id for s in graph.statements if id in (s.subject, s.object)}


def test_renamed_entity_keeps_its_statements_and_its_old_id(tmp_path: Path) -> None:
    data = with_list(tmp_path)
    before = load(data)
    after = renamed(data, "runc", "run-c")
    assert after.entities["run-c"].former_ids == ("libcontainer", "runc")
    assert ids(after, "run-c") == {
        "~".join("run-c" if part == "runc" else part for part in id.split("~"))
        for id in ids(before, "runc")
    }
    assert "runc" not in after.entities
    assert len(after.statements) == len(before.statements)


def test_renaming_touches_only_the_words_that_change(tmp_path: Path) -> None:
    data = with_list(tmp_path)
    texts = rename([data], "youki", "yuki").texts
    assert sorted(path.relative_to(data).as_posix() for path in texts) == [
        "entities/tools.yaml", "lists/a.csv", "seed/tree.yaml",
    ]  # fmt: skip
    before = (SMALL / TOOLS).read_text("utf-8").splitlines()
    after = texts[data / TOOLS].splitlines()
    assert [line for line in after if line not in before] == [
        "- id: yuki", "  formerIds: [youki]",
    ]  # fmt: skip
    assert texts[data / "lists/a.csv"] == LIST.replace("youki", "yuki")


def test_entity_that_a_list_declares_is_renamed_too(tmp_path: Path) -> None:
    data = with_list(tmp_path)
    after = renamed(data, "crun", "c-run")
    assert after.entities["c-run"].former_ids == ("crun",)
    assert "c-run~uses~runc" in ids(after, "c-run")


def test_id_of_before_can_be_taken_up_again(tmp_path: Path) -> None:
    data = with_list(tmp_path)
    renamed(data, "runc", "run-c")
    assert renamed(data, "run-c", "runc").entities["runc"].former_ids == ("libcontainer", "run-c")


RUN_C = """\
- id: run-c
  kind: Tool
  label: {en: The run C, zh: runc}
  homepage: https://run-c.example.org
  evidence: [runc-readme]
  history:
    - {event: begun, date: 2014, evidence: [handbook]}
  uses:
    - {object: libseccomp, key: again, since: 2020, evidence: [runc-readme]}
    - {object: runc, evidence: [handbook]}
  alternativeTo:
    - {object: runc, evidence: [handbook]}
"""


def test_merged_entity_gets_names_statements_events_and_former_ids(tmp_path: Path) -> None:
    data = change_small(tmp_path)
    (data / "entities" / "more.yaml").write_text(RUN_C)
    after = renamed(data, "run-c", "runc")
    runc = after.entities["runc"]
    assert runc.label == {"en": "runc", "zh": "runc"}
    assert runc.aliases == ("opencontainers/runc", "The run C")
    assert runc.former_ids == ("libcontainer", "run-c")
    assert [event.date for event in runc.history] == ["2014", "2015-06-22", "2019-03"]
    # What was said between the two is gone.
    assert ids(after, "runc") == ids(load(SMALL), "runc")
    assert (
        (data / "entities" / "more.yaml").read_text("utf-8")
        == """\
- id: runc
  aliases: [The run C]
  formerIds: [run-c]
  evidence: [runc-readme]
  history:
    - {event: begun, date: 2014, evidence: [handbook]}
  uses:
    - {object: libseccomp, key: again, since: 2020, evidence: [runc-readme]}
"""
    )


def test_what_both_say_in_one_file_is_said_once_with_both_evidences(tmp_path: Path) -> None:
    data = change_small(tmp_path, (TOOLS, "- id: libseccomp\n", f"{RUN_C}- id: libseccomp\n"))
    after = renamed(data, "run-c", "runc")
    [statement] = [s for s in after.statements if s.id == "runc~uses~libseccomp~again"]
    assert [e.source for e in statement.evidence] == ["handbook", "runc-readme"]


def test_row_that_declared_the_merged_entity_becomes_an_amendment(tmp_path: Path) -> None:
    data = with_list(
        tmp_path,
        text=(
            "# kind: Tool\n# evidence: handbook\nid,label,uses,at\n"
            "bun,Bun,runc,1\ncrun,The C run,youki,2\n"
        ),
    )
    after = renamed(data, "crun", "runc")
    assert (data / "lists" / "a.csv").read_text("utf-8") == (
        "# evidence: handbook\nid,kind,label,aliases,formerIds,uses,at\n"
        "bun,Tool,Bun,,,runc,1\nrunc,,,The C run,crun,youki,2\n"
    )
    assert after.entities["runc"].former_ids == ("libcontainer", "crun")


def test_rows_of_one_list_become_one(tmp_path: Path) -> None:
    data = with_list(
        tmp_path,
        text=(
            "# kind: Tool\n# evidence: handbook\n# implements: oci-runtime-spec\n"
            "id,label,uses,uses.since,at\nbun,Bun,youki,2019,1\ncrun,The C run,runc,2019,2\n"
        ),
    )
    after = renamed(data, "crun", "bun")
    assert (data / "lists" / "a.csv").read_text("utf-8") == (
        "# kind: Tool\n# evidence: handbook\n# implements: oci-runtime-spec\n"
        "id,label,aliases,formerIds,uses,uses.since,at\n"
        "bun,Bun,The C run,crun,youki; runc,2019,1 | 2\n"
    )
    assert ids(after, "bun") == {
        "bun~implements~oci-runtime-spec", "bun~uses~runc", "bun~uses~youki",
    }  # fmt: skip


def test_what_two_rows_of_a_list_say_is_said_once_with_both_evidences(tmp_path: Path) -> None:
    data = with_list(
        tmp_path,
        text=(
            "# evidence: handbook\n# implements: oci-runtime-spec\nid,kind,label,at\n"
            "bun,Tool,Bun,row 1; first\ncrun,Tool,The C run,row 2\n"
        ),
    )
    assert rename([data], "crun", "bun").notes == ()
    after = renamed(data, "crun", "bun")
    [statement] = [s for s in after.statements if s.subject == "bun"]
    assert [(e.source, e.locator) for e in statement.evidence] == [
        ("handbook", "row 1; first"), ("handbook", "row 2"),
    ]  # fmt: skip
    assert statement.evidence == after.entities["bun"].evidence


def test_rows_that_say_different_things_of_one_relation_stay_two(tmp_path: Path) -> None:
    data = with_list(
        tmp_path,
        text=(
            "# evidence: handbook\nid,kind,label,uses,uses.since,at\n"
            "bun,Tool,Bun,youki,2018,1\ncrun,Tool,C,runc; youki,2019,2\n"
        ),
    )
    after = renamed(data, "crun", "bun")
    assert {s.id: s.since for s in after.statements if s.subject == "bun"} == {
        "bun~uses~runc": "2019", "bun~uses~youki": "2018",
    }  # fmt: skip


def test_what_a_merge_loses_is_told(tmp_path: Path) -> None:
    data = change_small(tmp_path)
    (data / "entities" / "more.yaml").write_text(RUN_C)
    assert rename([data], "run-c", "runc").notes == (
        "homepage: https://run-c.example.org",
        "run-c~uses~runc, as both are one now",
        "run-c~alternativeTo~runc, as both are one now",
    )


def test_what_a_merge_loses_of_statements_is_told(tmp_path: Path) -> None:
    data = with_list(
        tmp_path,
        text=(
            "# evidence: handbook\nid,kind,label,uses,uses.since,at\n"
            "bun,Tool,Bun,youki,2018,1\ncrun,Tool,C,runc; youki; bun,2019,2\n"
        ),
    )
    assert rename([data], "crun", "bun").notes == (
        "bun~uses~youki: since: 2019",
        "bun~uses~youki: evidence: handbook#2",
        "crun~uses~bun, as both are one now",
    )


def test_two_leaves_of_a_diagram_are_not_merged(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="the statements give another line"):
        rename([change_small(tmp_path)], "youki", "runc")


def test_merging_entities_of_two_kinds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="docker-inc, of kind Organization, cannot be merged"):
        rename([change_small(tmp_path)], "docker-inc", "runc")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("runk", "x", "no entity has the id 'runk'; did you mean: runc?"),
        ("libcontainer", "x", "no entity has the id 'libcontainer'; it is a former id of runc"),
        ("runc", "Run C", "'Run C' is no id; use a-z, 0-9 and single hyphens between them"),
        ("runc", "runc", "'runc' is its id already"),
        ("youki", "libcontainer", "'libcontainer' is a former id of runc"),
    ],
)
def test_id_of_no_use_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        rename([change_small(tmp_path)], old, new)
    assert caught.value.message == message


def test_faulty_data_is_left_alone(tmp_path: Path) -> None:
    data = change_small(tmp_path, (OTHERS, "kind: Organization", "kind: Organisation"))
    with pytest.raises(DataErrors):
        rename([data], "runc", "run-c")


def test_command_tells_what_it_changes_and_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    dry = call("rename", "oci", "opencontainers", "--data", str(data), "--dry-run")
    assert "oci" in load(data).entities
    done = call("rename", "oci", "opencontainers", "--data", str(data))
    assert dry.stdout.replace("would change", "changed") == done.stdout
    assert load(data).former_ids["oci"] == "opencontainers"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("runc", "runc"), ("containers/crun", "containers/crun"), ("a, b", "'a, b'"),
        ("it's", "'it''s'"), ("yes: no", "'yes: no'"), ("- a", "'- a'"), ("null", "'null'"),
        ("容器 运行时", "容器 运行时"), ("a #b", "'a #b'"), ("{a}", "'{a}'"), ("", "''"),
    ],
)  # fmt: skip
def test_text_is_quoted_where_yaml_would_read_another(text: str, written: str) -> None:
    assert quote_text(text) == written
