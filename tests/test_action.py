"""The GitHub Action: its shell steps, run in a repository of git with a gh that writes down."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import OperationDefinitionNode, parse

from tests.commands import ROOT
from tests.data_cases.changed import SMALL, TOOLS
from tests.test_curate_revisions import change, git

ACTION = ROOT / "action"
FILE = ACTION / "action.yml"
ECOGRAPH = Path(sys.executable).parent / "ecograph"
MARK = "<!-- ecograph -->"
STEPS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))["runs"]["steps"]
SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
QUERY = '# Which?\n# 哪个？\nquery Runc {{ tool(name: "runc") {{ id {} }} }}\n'

GH = f"""\
#!{sys.executable}
# Keeps the comments of one pull request in comments.json, as GitHub would.
import json, os, sys
from pathlib import Path
import jq

called = sys.argv[1:]
kept = Path(os.environ["GH_COMMENTS"])
comments = json.loads(kept.read_text("utf-8"))
with open(os.environ["GH_CALLS"], "a", encoding="utf-8") as calls:
    calls.write(json.dumps(called) + "\\n")
if not os.environ.get("GH_TOKEN") or os.environ.get("GH_DENIES"):
    sys.exit("gh: Resource not accessible by integration (HTTP 403)")


def value(flag, name=None):
    for at, one in enumerate(called):
        if one == flag and (name is None or called[at + 1].startswith(name + "=")):
            return called[at + 1].partition("=")[2] if name else called[at + 1]


if called[:2] == ["pr", "comment"]:
    body = Path(value("--body-file")).read_text("utf-8")
    comments.append({{"id": f"IC_{{len(comments)}}", "body": body, "viewerDidAuthor": True}})
elif "mutation" in value("-f", "query"):
    body = Path(value("-F", "body").removeprefix("@")).read_text("utf-8")
    [one] = [c for c in comments if c["id"] == value("-f", "id")]
    one["body"] = body
else:
    nodes = {{"nodes": comments}}
    answer = {{"data": {{"repository": {{"pullRequest": {{"comments": nodes}}}}}}}}
    for line in jq.compile(value("--jq")).input_value(answer).all():
        print(line)
kept.write_text(json.dumps(comments), "utf-8")
"""


@dataclass
class Job:
    """A job of a workflow: a checked out repository, and what the steps of the action leave."""

    folder: Path
    repository: Path
    inputs: dict[str, str] = field(default_factory=dict)
    pull_request: str = "7"
    base: str = ""
    path: str = os.environ["PATH"]
    denies: str = ""
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    said: str = ""

    def __post_init__(self) -> None:
        commands = self.folder / "commands"
        commands.mkdir()
        (commands / "gh").write_text(GH, "utf-8")
        (commands / "gh").chmod(0o755)
        (self.folder / "comments.json").write_text("[]", "utf-8")
        self.path = f"{commands}{os.pathsep}{self.path}"

    @property
    def comments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.folder / "comments.json").read_text("utf-8"))
        return found

    def run(self) -> int:
        """Every step until one fails; the status of the last one that was run."""
        self.outputs.clear()
        self.said = ""
        for number, step in enumerate(STEPS):
            if status := self.run_step(number, step):
                return status
        return 0

    def run_step(self, number: int, step: dict[str, Any]) -> int:
        output = self.folder / f"output-{number}"
        output.write_text("", "utf-8")
        script = self.folder / "step.sh"
        script.write_text(step["run"], "utf-8")
        given = {name: self.resolve(text) for name, text in step.get("env", {}).items()}
        done = subprocess.run(
            [*SHELL, str(script)], cwd=self.repository, capture_output=True, text=True, timeout=120,
            check=False,
            env={
                **os.environ, "PATH": self.path, "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                "GITHUB_ACTION_PATH": str(ACTION), "RUNNER_TEMP": str(self.folder),
                "GH_COMMENTS": str(self.folder / "comments.json"), "GH_DENIES": self.denies,
                "GH_CALLS": str(self.folder / "calls.jsonl"), "NO_COLOR": "1", **given,
            },
        )  # fmt: skip
        self.said += done.stdout + done.stderr
        pairs = (line.partition("=") for line in output.read_text("utf-8").splitlines())
        self.outputs[step.get("id", "")] = {name: value for name, _, value in pairs}
        return done.returncode

    def resolve(self, text: str) -> str:
        """A text with its expressions evaluated, of which the action has three sorts."""
        defaults = {
            name: str(one["default"])
            for name, one in yaml.safe_load(FILE.read_text("utf-8"))["inputs"].items()
        }
        known = {
            "github.event.pull_request.number": self.pull_request,
            "github.event.pull_request.base.sha": self.base,
            "github.repository": "example/facts", "github.token": "a token",
            **{f"inputs.{n}": self.inputs.get(n, value) for n, value in defaults.items()},
        }  # fmt: skip

        def evaluate(found: re.Match[str]) -> str:
            name = found[1]
            if of_step := re.fullmatch(r"steps\.(\w+)\.outputs\.(\w+)", name):
                return self.outputs[of_step[1]][of_step[2]]
            return self.resolve(known[name])

        return re.sub(r"\$\{\{ (\S+) \}\}", evaluate, text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A commit with the small dataset, and a branch that is checked out, with a change."""
    made = tmp_path / "repository"
    shutil.copytree(SMALL, made / "data")
    (made / "queries").mkdir()
    (made / "queries" / "Runc.graphql").write_text(QUERY.format("stars"), "utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(made))
    git(made, "add", ".")
    git(made, "commit", "--quiet", "--message=first")
    git(made, "switch", "--quiet", "--create=change")
    change(made / "data" / TOOLS, "stars: 12", "stars: 13")
    git(made, "commit", "--quiet", "--all", "--message=more stars")
    return made


@pytest.fixture
def job(tmp_path: Path, repository: Path) -> Job:
    folder = tmp_path / "runner"
    folder.mkdir()
    inputs = {"command": str(ECOGRAPH), "queries": "queries"}
    return Job(folder, repository, inputs, base=git(repository, "rev-parse", "main"))


REPORT = f"""\
{MARK}
### What this changes in the data

**Entity: 1 changed; 1 of 1 question answered differently**

<details><summary>Entities</summary>

- changed `runc`
  - stars: `12` → `13`

</details>

<details><summary>Answers</summary>

- **Runc**: Which?
  - `runc`: tool.stars: `12` → `13`

</details>
"""


def test_pull_request_gets_a_comment_with_what_it_changes(job: Job) -> None:
    assert job.run() == 0, job.said
    [comment] = job.comments
    assert comment["body"] == REPORT
    assert (job.folder / "summary.md").read_text("utf-8") == REPORT
    assert job.outputs["check"]["faults"] == "false"


def test_comment_is_edited_by_the_next_run_and_others_are_left_alone(job: Job) -> None:
    others = [
        {"id": "IC_person", "body": f"{MARK} mine", "viewerDidAuthor": False},
        {"id": "IC_same_bot", "body": "Coverage: 99 %", "viewerDidAuthor": True},
    ]
    (job.folder / "comments.json").write_text(json.dumps(others), "utf-8")
    assert job.run() == 0
    change(job.repository / "data" / TOOLS, "stars: 13", "stars: 14")
    assert job.run() == 0
    assert job.comments[:2] == others
    [comment] = job.comments[2:]
    assert "`12` → `14`" in comment["body"]
    change(job.repository / "data" / TOOLS, "stars: 14", "stars: 12")
    assert job.run() == 0
    [comment] = job.comments[2:]
    assert "No difference in what the data says" in comment["body"]


def test_nothing_is_said_where_nothing_changes(job: Job) -> None:
    git(job.repository, "switch", "--quiet", "main")
    assert job.run() == 0
    assert job.comments == []


def test_faults_are_annotated_at_their_lines_and_fail_the_job_at_its_end(job: Job) -> None:
    change(job.repository / "data" / TOOLS, "kind: Tool", "kind: Tol")
    assert job.run() == 1
    [told] = [line for line in job.said.splitlines() if line.startswith("::error ")]
    assert told.startswith("::error file=data/entities/tools.yaml,line=2,col=9::unknown kind 'Tol'")
    assert job.outputs["check"]["faults"] == "true"
    [comment] = job.comments
    assert "The data has faults." in comment["body"]


def test_strict_check_tells_what_the_core_lacks(job: Job) -> None:
    job.inputs["strict"] = "true"
    assert job.run() == 1
    assert "libseccomp has no description in English" in job.said


def test_merge_is_compared_with_the_base_into_which_it_merges(job: Job) -> None:
    git(job.repository, "switch", "--quiet", "main")
    change(job.repository / "data" / TOOLS, "homepage: https://example.org/runc",
           "homepage: https://example.org/moved")  # fmt: skip
    git(job.repository, "commit", "--quiet", "--all", "--message=meanwhile")
    git(job.repository, "merge", "--quiet", "--no-edit", "--no-ff", "change")
    assert job.run() == 0
    [comment] = job.comments
    assert comment["body"] == REPORT


def test_base_is_fetched_where_the_clone_has_it_not(job: Job, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    url = job.repository.as_uri()
    git(job.repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=change", url, str(shallow))
    job.repository = shallow
    assert job.run() == 0
    assert job.comments[0]["body"] == REPORT


def test_base_without_the_data_is_told_and_fails_nothing(job: Job) -> None:
    git(job.repository, "mv", "data", "facts")
    git(job.repository, "commit", "--quiet", "--all", "--message=moved")
    job.inputs["data"] = "facts"
    assert job.run() == 0
    [comment] = job.comments
    assert "It cannot be compared:\n\n    ecograph: the revision" in comment["body"]
    assert "has no folder facts" in comment["body"]


def test_token_that_may_not_write_is_a_warning(job: Job) -> None:
    job.denies = "yes"
    assert job.run() == 0
    assert "::warning::no comment was written; the token needs" in job.said
    assert (job.folder / "summary.md").read_text("utf-8") == REPORT


def test_outside_of_a_pull_request_only_the_check_is_run(job: Job) -> None:
    job.pull_request = job.base = ""
    assert job.run() == 0
    assert job.comments == []
    assert (job.folder / "summary.md").read_text("utf-8").endswith("The data has no faults.\n")


def test_comments_can_be_turned_off(job: Job) -> None:
    job.inputs["comment"] = "false"
    assert job.run() == 0
    assert not (job.folder / "calls.jsonl").exists()


def test_private_folder_lies_over_the_dataset_of_the_action(job: Job) -> None:
    ours = job.repository / "our facts"
    (ours / "sources").mkdir(parents=True)
    (ours / "entities").mkdir()
    (ours / "sources" / "wiki.yaml").write_text(
        "- {id: our-wiki, title: Our wiki, url: https://wiki.example.org}\n", "utf-8"
    )
    told = "- id: runc\n  homepage: https://runc.example.org\n  evidence: [our-wiki]\n"
    (ours / "entities" / "tools.yaml").write_text(told, "utf-8")
    git(job.repository, "add", ".")
    git(job.repository, "commit", "--quiet", "--message=ours")
    job.base = git(job.repository, "rev-parse", "HEAD")
    change(ours / "entities" / "tools.yaml", "runc.example.org", "r.example.org")
    job.inputs |= {"data": "our facts", "overlay": "true", "queries": ""}
    assert job.run() == 0, job.said
    [comment] = job.comments
    assert "homepage: `https://runc.example.org` → `https://r.example.org`" in comment["body"]
    assert " questions answered differently" in comment["body"]


def test_installation_is_of_this_version_into_a_folder_of_the_job(job: Job) -> None:
    python = job.folder / "commands" / "python3"
    called = job.folder / "python.txt"
    python.write_text(
        f'#!/bin/sh\necho "$@" >> "{called}"\n'
        f'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n', "utf-8"
    )  # fmt: skip
    python.chmod(0o755)
    job.inputs["command"] = ""
    assert job.run_step(0, STEPS[0]) == 0
    home = job.folder / "ecograph"
    assert called.read_text("utf-8").splitlines()[1:] == [
        f"-m venv {home}",
        f"-m pip install --quiet --disable-pip-version-check {ACTION}/..",
    ]
    assert job.outputs["install"] == {"command": f"{home}/bin/ecograph"}
    python.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert job.run_step(0, STEPS[0]) == 1
    assert "::error::ecograph needs Python 3.11 or later" in job.said


def valid(kind: str, file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(file)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_action_and_workflows_follow_the_published_schemas(tmp_path: Path) -> None:
    valid("github-actions", FILE)
    for workflow in (ROOT / ".github" / "workflows").iterdir():
        valid("github-workflows", workflow)
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    [shown] = re.findall(r"^```yaml\n(name: .*?)^```$", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "shown.yml").write_text(shown, "utf-8")
    valid("github-workflows", tmp_path / "shown.yml")
    job = yaml.safe_load(shown)["jobs"]["data"]
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    taken = yaml.safe_load(FILE.read_text("utf-8"))["inputs"]
    assert job["steps"][-1]["with"].keys() <= taken.keys()


def test_what_others_write_never_becomes_a_part_of_a_script() -> None:
    for step in STEPS:
        assert "uses" not in step
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_questions_to_github_are_graphql() -> None:
    [comment] = [step["run"] for step in STEPS if step["name"] == "Comment"]
    found = re.findall(r"-f query='(.*?)'", comment, re.DOTALL)
    kinds = []
    for text in found:
        [operation] = parse(text).definitions
        assert isinstance(operation, OperationDefinitionNode)
        kinds.append(operation.operation.value)
    assert kinds == ["query", "mutation"]
