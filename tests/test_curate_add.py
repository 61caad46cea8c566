"""What is added stands where it is looked for, and nothing is added that check would refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ecograph.load import load
from ecograph.model.graph import Evidence
from tests.commands import Done, call
from tests.data_cases.changed import SMALL, TOOLS, change_small


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path / "data"


def add(data: Path, *arguments: str, stdin: str = "") -> Done:
    """Call the command over a folder."""
    return call("add", *arguments, "--data", str(data), stdin=stdin)


def test_entity_goes_to_the_file_of_its_kind(data: Path) -> None:
    done = add(
        data, "crun", "--kind", "Tool", "--label", "crun", "--description", "Fast: and small.",
        "--description-zh", "又快又小。", "--alias", "containers/crun", "--set", "stars=7",
        "--event", "begun=2017-06", "--event", "relicensed=2020=MIT", "-e", "handbook#Runtimes",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    text = (data / TOOLS).read_text("utf-8")
    assert text.endswith("""\
- id: crun
  kind: Tool
  label: {en: crun, zh: crun}
  description:
    en: 'Fast: and small.'
    zh: '又快又小。'
  aliases: [containers/crun]
  stars: 7
  evidence: ['handbook#Runtimes']
  history:
    - {event: begun, date: 2017-06, evidence: ['handbook#Runtimes']}
    - {event: relicensed, date: 2020, value: MIT, evidence: ['handbook#Runtimes']}
""")
    assert done.stdout == f"# added to {data / TOOLS}\n" + text[text.index("- id: crun") :]
    assert load(data).entities["crun"].evidence == (Evidence("handbook", "Runtimes", "2026-11-01"),)


def test_first_entity_of_a_kind_begins_a_file(data: Path) -> None:
    add(data, "appc", "--kind", "Specification", "--label", "appc", "-e", "handbook")
    assert (data / "entities" / "specifications.yaml").read_text("utf-8") == (
        "- id: appc\n  kind: Specification\n  label: {en: appc, zh: appc}\n  evidence: [handbook]\n"
    )


def test_file_can_be_said(data: Path) -> None:
    done = add(data, "crun", "--kind", "Tool", "--label", "c", "-e", "handbook", "--file", "x.yaml")
    assert done.stdout.startswith(f"# added to {data / 'entities' / 'x.yaml'}\n")


def test_statement_goes_to_its_subject(data: Path) -> None:
    done = add(
        data, "runc", "uses", "youki", "--set", "since=2019", "-e", "handbook#p. 1", "-e",
        "runc-readme",
    )  # fmt: skip
    assert done.returncode == 0
    assert (
        "  uses:\n"
        "    - {object: libseccomp, since: 2016, until: 2018-01, evidence: [handbook]}\n"
        "    - {object: libseccomp, since: 2020, key: again, evidence: [handbook]}\n"
        "    - {object: youki, since: 2019, evidence: ['handbook#p. 1', runc-readme]}\n"
    ) in (data / TOOLS).read_text("utf-8")


def test_first_statement_of_a_relation_makes_its_list(data: Path) -> None:
    add(data, "libseccomp", "uses", "youki", "-e", "handbook")
    text = (data / TOOLS).read_text("utf-8")
    assert "  uses:\n    - {object: youki, evidence: [handbook]}\n" in text
    assert "libseccomp~uses~youki" in {s.id for s in load(data).statements}


def test_statement_of_an_entity_of_a_list_is_an_amendment(data: Path) -> None:
    (data / "lists").mkdir()
    (data / "lists" / "a.csv").write_text("# evidence: handbook\nid,kind,label\ncrun,Tool,crun\n")
    add(data, "crun", "uses", "youki", "-e", "handbook")
    assert (data / "entities" / "additions.yaml").read_text("utf-8") == (
        "- id: crun\n  uses:\n    - {object: youki, evidence: [handbook]}\n"
    )


def test_addition_goes_to_the_last_folder(data: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    (ours / "entities").mkdir(parents=True)
    done = call(
        "add", "runc", "uses", "youki", "-e", "handbook", "--data", str(data), "--data", str(ours)
    )
    assert done.stdout.startswith(f"# added to {ours / 'entities' / 'additions.yaml'}\n")
    assert "runc~uses~youki" in {s.id for s in load(data, ours).statements}


def test_dry_run_writes_nothing(data: Path) -> None:
    done = add(data, "runc", "uses", "youki", "-e", "handbook", "--dry-run")
    assert done.stdout == (
        f"# would go to {data / TOOLS}\n"
        "- id: runc\n  uses:\n    - {object: youki, evidence: [handbook]}\n"
    )
    assert (data / TOOLS).read_text("utf-8") == (SMALL / TOOLS).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["runc", "usess", "youki", "-e", "handbook"], 1,
         "unknown relation 'usess'; did you mean: uses?"),
        (["runc", "uses", "yuki", "-e", "handbook"], 1,
         "unknown entity 'yuki'; did you mean: youki?"),
        (["runc", "uses", "youki", "-e", "hanbook"], 1,
         "unknown source 'hanbook'; did you mean: handbook?"),
        (["runc", "uses", "youki", "-e", "handbook", "--set", "since=soon"], 1,
         "'since' of runc uses youki: 'soon' is not a date"),
        (["runc", "implements", "oci-runtime-spec", "-e", "handbook"], 1, "stands twice"),
        (["runk", "uses", "youki", "-e", "handbook"], 2,
         "no entity has the id 'runk'; did you mean: runc?"),
        (["runc", "uses"], 2,
         "2 words; write the id of an entity, or subject, relation and object"),
        (["runc", "uses", "youki"], 2,
         "Evidence is missing; write it as --evidence SOURCE[#PLACE], a source of data/sources/"),
        (["a", "--label", "a", "-e", "handbook"], 2, "Kind is missing; write it as --kind KIND"),
        (["a", "--kind", "Tol", "--label", "a", "-e", "handbook"], 2,
         "unknown kind 'Tol'; did you mean: Tool?"),
        (["a", "--kind", "Tool", "--label", "Run C", "-e", "handbook"], 1,
         "take one away, or add ambiguous: ['Run C']"),
        (["a", "--kind", "Tool", "-e", "handbook"], 2,
         "English name is missing; write it as --label NAME"),
        (["a", "--kind", "Tool", "--label", "a", "-e", "handbook", "--set", "stars"], 2,
         "--set: 'stars' has no value; write name=value"),
        (["a", "--kind", "Tool", "--label", "a", "-e", "handbook", "--event", "begun"], 2,
         "--event: 'begun' has no date; write begun=2019-08-16"),
    ],
)  # fmt: skip
def test_what_check_would_refuse_is_not_written(
    data: Path, arguments: list[str], status: int, message: str
) -> None:
    done = add(data, *arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert {p.name: p.read_text("utf-8") for p in (data / "entities").iterdir()} == {
        p.name: p.read_text("utf-8") for p in (SMALL / "entities").iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "place", "message"),
    [
        (["crun", "--kind", "Tool", "--label", "c", "-e", "hanbook"], "--evidence",
         "unknown source 'hanbook'"),
        (["c_run", "--kind", "Tool", "--label", "c", "-e", "handbook"], "ID", "'c_run' is not an"),
        (["crun: a", "--kind", "Tool", "--label", "c", "-e", "handbook"], "ID", "'crun: a' is not"),
        (["crun", "--kind", "Tool", "--label", "Run C", "-e", "handbook"], "--label",
         "'Run C' is a name of crun and of runc"),
        (["crun", "--kind", "Tool", "--label", "c", "--label-zh", "。", "-e", "handbook"],
         "--label-zh", "has no letter and no digit"),
        (["crun", "--kind", "Tool", "--label", "c", "--alias", "x", "--alias", "runc", "-e",
          "handbook"], "--alias", "'runc' is a name of crun and of runc"),
        (["crun", "--kind", "Tool", "--label", "c", "--set", "license=Apache2", "-e", "handbook"],
         "--set license", "'Apache2' is not an SPDX"),
        (["crun", "--kind", "Tool", "--label", "c", "--event", "begon=2019", "-e", "handbook"],
         "--event", "unknown event 'begon'"),
        (["runc", "usess", "youki", "-e", "handbook"], "RELATION", "unknown relation 'usess'"),
        (["runc", "uses", "yuki", "-e", "handbook"], "OBJECT", "unknown entity 'yuki'"),
        (["runc", "uses", "runc", "-e", "handbook"], "OBJECT", "cannot stand in 'uses' to itself"),
        (["libseccomp", "uses", "youki", "-e", "hanbook"], "--evidence",
         "unknown source 'hanbook'"),
        (["runc", "uses", "youki", "-e", "handbook", "--set", "since=soon"], "--set since",
         "'soon' is not a date"),
    ],
)  # fmt: skip
def test_fault_is_told_of_the_word_that_says_it(
    data: Path, arguments: list[str], place: str, message: str
) -> None:
    lines = add(data, *arguments).stderr.splitlines()
    assert lines[1] == place
    assert lines[2].startswith("  -       ")
    assert message in lines[2]


def test_fault_elsewhere_in_the_file_is_told_at_the_line_that_is_there(data: Path) -> None:
    done = add(data, "runc", "implements", "oci-runtime-spec", "-e", "handbook")
    assert f"it stands at {data / TOOLS}:17:15 already" in done.stderr
    call("fmt", str(data))
    done = add(data, "runc", "implements", "oci-runtime-spec", "-e", "handbook")
    [line] = [
        number
        for number, text in enumerate((data / TOOLS).read_text("utf-8").splitlines(), start=1)
        if "oci-runtime-spec" in text and "negated" not in text
    ]
    assert done.stderr.splitlines()[1] == "OBJECT"
    assert f"it stands at {data / TOOLS}:{line}:15 already" in done.stderr


def test_fault_behind_what_is_added_is_told_at_the_line_that_is_there(data: Path) -> None:
    done = add(data, "runc", "alternativeTo", "youki", "-e", "handbook")
    assert (
        f"{data / TOOLS}\n  35:16   youki~alternativeTo~runc (... to ...) overlaps" in done.stderr
    )


@pytest.mark.parametrize(
    ("id", "told"), [("runc", "runc exists"), ("libcontainer", "libcontainer was renamed to runc")]
)
@pytest.mark.parametrize("asks", ["--ask", "--no-ask"])
def test_what_exists_is_told_with_its_entry_and_nothing_is_asked(
    data: Path, id: str, told: str, asks: str
) -> None:
    done = add(data, id, "--alias", "X", "--evidence", "handbook", asks)
    assert done.returncode == 2
    assert done.stderr == (
        f"ecograph: {told}; its entry is {data / TOOLS}:1:7: write names and attributes there, and "
        "what it does by ecograph add runc RELATION OBJECT\n"
    )


def test_all_that_is_missing_is_told_at_once(data: Path) -> None:
    assert add(data, "crun", "--no-ask").stderr == (
        "ecograph: Kind is missing; write it as --kind KIND; English name is missing; write it as "
        "--label NAME; Evidence is missing; write it as --evidence SOURCE[#PLACE], a source of "
        "data/sources/\n"
    )


def test_faults_that_were_there_before_do_not_stand_in_the_way(tmp_path: Path) -> None:
    data = change_small(tmp_path, (TOOLS, "license: Apache-2.0", "license: Apache 2"))
    assert add(data, "runc", "uses", "youki", "-e", "handbook").returncode == 0


def test_what_is_missing_is_asked_for(data: Path) -> None:
    answers = "Tool\ncrun\n跑\nFast.\n快。\nhandbook#Runtimes\n"
    done = add(data, "crun", "--ask", stdin=answers)
    assert done.returncode == 0
    entity = load(data).entities["crun"]
    assert entity.label == {"en": "crun", "zh": "跑"}
    assert entity.description == {"en": "Fast.", "zh": "快。"}
