"""docs/extending.md: its commands, one after the other, do what it says on a copy of the data."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ecograph.load import load
from ecograph.settings import bundled
from tests.commands import ROOT, call

TEXT = (ROOT / "docs" / "extending.md").read_text("utf-8")
BLOCK = re.compile(r"(?:`(data/[\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FOLDER_IS_AN_ARGUMENT = {"check", "fmt"}


def run(line: str, data: Path) -> int:
    """A command of the page, over the copy; what it writes elsewhere goes beside that."""
    command, _, target = line.partition(" > ")
    words = shlex.split(command)[1:]
    where = [str(data)] if words[0] in FOLDER_IS_AN_ARGUMENT else ["--data", str(data)]
    done = call(*words, *where)
    # What a merge loses is told there.
    assert not done.stderr or words[0] == "rename", done.stderr
    if target:
        path = data.parent / target
        path.parent.mkdir(exist_ok=True)
        path.write_text(done.stdout, "utf-8")
    return done.returncode


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the dataset on which the page has been followed to its end."""
    copy = tmp_path_factory.mktemp("checkout") / "data"
    shutil.copytree(bundled("data"), copy)
    for name, language, text in BLOCK.findall(TEXT):
        if language == "sh":
            for line in text.splitlines():
                assert run(line, copy) == 0, line
        elif name:
            (copy.parent / name).write_text(text, "utf-8")
    return copy


def test_what_the_page_adds_is_in_the_graph(data: Path) -> None:
    graph = load(data)
    assert graph.entities["example-runtime"].label["zh"] == "示例运行时"
    assert graph.former_ids["example-runtime-a"] == "example-runtime-one"
    assert graph.former_ids["example-runtime-b"] == "example-runtime-one"
    assert {s.id for s in graph.statements if s.subject.startswith("example-")} == {
        "example-runtime~implements~oci-runtime-spec",
        "example-runtime-one~implements~oci-runtime-spec",
        "example-runtime-one~implements~example-spec",
    }
    [runc] = [s for s in graph.statements if s.id == "runc~implements~oci-runtime-spec"]
    assert "example-list" in {item.source for item in runc.evidence}


@pytest.mark.parametrize("name", ["schema.graphql", "data/entities.schema.json"])
def test_printed_schemas_are_those_of_the_checkout(data: Path, name: str) -> None:
    assert (data.parent / name).read_text("utf-8") == (ROOT / name).read_text("utf-8")


def test_report_on_the_data_is_that_of_the_data() -> None:
    told = call("coverage", "--check", str(ROOT / "docs" / "data.md"), "--data", str(ROOT / "data"))
    assert (told.returncode, told.stderr) == (0, "")
