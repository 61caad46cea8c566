"""docs/extending.md and CONTRIBUTING.md: their commands, in their order, on a copy of the data.

A block of YAML or CSV behind the name of a file is that file; one behind `below KEY: in FILE` is
put below that line of it. The copy is a repository of git, so that versions can be compared.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from ecograph.load import load
from ecograph.settings import bundled
from tests.commands import ROOT, Done, call
from tests.test_curate_revisions import git

TEXT = (ROOT / "docs" / "extending.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCK = re.compile(
    r"(?:(?:below `(?P<key>\w+:)` in )?`(?P<file>(?:data|ours)/[\w./-]+)`:\n\n)?"
    r"^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
FOLDER_IS_AN_ARGUMENT = {"check", "fmt"}


def run(line: str, data: Path) -> Done:
    """A command of the page, over the copy; what it writes elsewhere goes beside that."""
    command, _, target = line.partition(" > ")
    words = shlex.split(command)[1:]
    where = [str(data)] if words[0] in FOLDER_IS_AN_ARGUMENT else ["--data", str(data)]
    if {"data", "ours"} & {*words}:
        words = [str(data.parent / w) if w in ("data", "ours") else w for w in words]
        where = []
    done = call(*words, *where)
    # What a merge loses is told there.
    assert not done.stderr or words[0] == "rename", done.stderr
    assert done.returncode == 0, line
    if target:
        path = data.parent / target
        path.parent.mkdir(exist_ok=True)
        path.write_text(done.stdout, "utf-8")
    return done


def put(found: re.Match[str], checkout: Path) -> None:
    """A block into its file."""
    file, text = checkout / found["file"], found["text"]
    file.parent.mkdir(parents=True, exist_ok=True)
    if found["key"]:
        before = file.read_text("utf-8")
        assert before.count(f"\n{found['key']}\n") == 1
        text = before.replace(f"\n{found['key']}\n", f"\n{found['key']}\n{text}")
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What each command of the page printed."""
    return {}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, told: dict[str, str]) -> Path:
    """A copy of the dataset on which the page has been followed to its end."""
    copy = tmp_path_factory.mktemp("checkout") / "data"
    shutil.copytree(bundled("data"), copy)
    git(copy.parent, "init", "--quiet")
    for message in ("before", "the same again"):
        git(copy.parent, "add", "--all")
        git(copy.parent, "commit", "--quiet", "--allow-empty", f"--message={message}")
    for found in BLOCK.finditer(TEXT):
        if found["language"] == "sh":
            for line in found["text"].splitlines():
                told[line] = run(line, copy).stdout
        elif found["file"]:
            put(found, copy.parent)
    return copy


def test_what_the_page_adds_is_in_the_graph(data: Path) -> None:
    graph = load(data)
    assert graph.entities["example-runtime"].label["zh"] == "示例运行时"
    assert graph.former_ids["example-runtime-a"] == "example-runtime-one"
    assert graph.former_ids["example-runtime-b"] == "example-runtime-one"
    assert {s.id for s in graph.statements if s.subject.startswith("example-")} == {
        "example-runtime~implements~oci-runtime-spec",
        "example-runtime~requires~linux",
        "example-runtime-one~implements~oci-runtime-spec",
        "example-runtime-one~implements~example-spec",
        "example-benchmark~measures~example-runtime",
    }
    assert {item.locator for item in graph.entities["example-runtime-one"].evidence} == {
        "row 1", "row 2",
    }  # fmt: skip
    [runc] = [s for s in graph.statements if s.id == "runc~implements~oci-runtime-spec"]
    assert "example-list" in {item.source for item in runc.evidence}


def test_what_the_page_asks_is_answered_with_what_it_added(
    data: Path, told: dict[str, str]
) -> None:
    [line] = [line for line in told if line.startswith("ecograph query '{ benchmarks")]
    assert json.loads(told[line]) == {"data": {"benchmarks": {"nodes": [
        {"id": "example-benchmark", "measures": {"nodes": [{"id": "example-runtime"}]}}
    ]}}}  # fmt: skip
    asked = {line: json.loads(told[line]) for line in told if line.startswith("ecograph ask ")}
    assert [
        (answer["readings"][0]["understood"], answer["sentence"]) for answer in asked.values()
    ] == [
        ("What measures Example runtime?", "Example benchmark."),
        ("哪些事物测量示例运行时？", "示例基准。"),
    ]
    assert "example-runtime~requires~linux" in told["ecograph path example-runtime linux"]
    assert "+ example-benchmark  Benchmark: Example benchmark" in told["ecograph diff HEAD"]
    assert told["ecograph diff HEAD~1 HEAD --format md"].startswith("**No difference")


def test_folder_of_ones_own_amends_the_dataset(data: Path, told: dict[str, str]) -> None:
    diff = told["ecograph diff data ours --data data --data ours --no-answers"]
    assert diff.startswith("Entity: 1 changed; statements: 1 added, 1 removed; source: 1 added\n")
    assert "- containerd uses runc" in diff
    containerd = load(data, data.parent / "ours").entities["containerd"]
    assert containerd.attributes["homepage"] == "https://containerd.example.org"
    assert "our runtime daemon" in containerd.aliases


@pytest.mark.parametrize("name", ["schema.graphql", "data/entities.schema.json"])
def test_printed_schemas_follow_the_new_kind_and_relation(data: Path, name: str) -> None:
    before = (ROOT / name).read_text("utf-8").splitlines()
    after = (data.parent / name).read_text("utf-8").splitlines()
    assert "enchmark" in "".join(line for line in after if line not in before)
    assert len(after) > len(before)
    assert [line for line in before if line not in after and "Benchmark" not in line] == []


def test_commands_of_contributing_are_there_and_run(data: Path, told: dict[str, str]) -> None:
    named = re.findall(r"`ecograph ([^`]+)`", CONTRIBUTING)
    assert len(named) >= 8
    for text in named:
        words = shlex.split(text.partition(" > ")[0])
        if {"OLD", "NEW", "ID"} & {*words} or words in (["add"],):
            assert call(words[0], "--help").returncode == 0, text
        elif f"ecograph {text}" not in told:
            run(f"ecograph {text}", data)


def test_targets_of_contributing_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"(?:^    |`)make ([\w-]+)", CONTRIBUTING, re.MULTILINE))
    assert named >= {"serve", "check"}
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_gap_is_told_on_the_page() -> None:
    from ecograph.curate.gaps import GROUPS

    rows = re.findall(r"^\|(?: `([\w-]+)`)? \| `([\w-]+)` \|", TEXT, re.MULTILINE)
    assert [group for group, _ in rows if group] == [*GROUPS]
    assert [gap for _, gap in rows] == [gap for gaps in GROUPS.values() for gap in gaps]


def test_report_on_the_data_is_that_of_the_data() -> None:
    told = call("coverage", "--check", str(ROOT / "docs" / "data.md"), "--data", str(ROOT / "data"))
    assert (told.returncode, told.stderr) == (0, "")
