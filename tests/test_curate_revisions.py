"""The data as a revision of git has it, and what is said where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import Done, call, run
from tests.data_cases.changed import SMALL, TOOLS


def git(repository: Path, *arguments: str) -> str:
    """What git prints; nobody's settings count."""
    identity = {f"GIT_{who}_{what}": f"{who.lower()}@example.org"
                for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    return subprocess.run(
        ["git", "-C", str(repository), "-c", "commit.gpgsign=false", *arguments],
        env={**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout.strip()  # fmt: skip


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits: the small dataset, and with another licence; its folder has one more change."""
    made = tmp_path / "repository"
    shutil.copytree(SMALL, made / "facts" / "data")
    git(made.parent, "init", "--quiet", "--initial-branch=main", str(made))
    git(made, "add", ".")
    git(made, "commit", "--quiet", "--message=first")
    change(made / "facts" / "data" / TOOLS, "license: Apache-2.0", "license: MIT")
    git(made, "commit", "--quiet", "--all", "--message=second")
    change(made / "facts" / "data" / TOOLS, "stars: 12", "stars: 13")
    return made


def diff(repository: Path, *arguments: str) -> Done:
    """The command over the folder of the repository, from anywhere."""
    data = str(repository / "facts" / "data")
    return call("diff", "--no-answers", *arguments, "--data", data)


def told(repository: Path, *arguments: str) -> list[str]:
    done = diff(repository, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.strip() for line in done.stdout.splitlines() if "->" in line]


LICENCE = "license: Apache-2.0 -> MIT"
STARS = "stars: 12 -> 13"


def test_a_revision_is_compared_with_the_folder_as_it_is(repository: Path) -> None:
    assert told(repository, "HEAD") == [STARS]
    assert told(repository, "HEAD~1") == [LICENCE, STARS]


def test_two_revisions_are_compared_with_each_other(repository: Path) -> None:
    assert told(repository, "HEAD~1", "main") == [LICENCE]
    assert told(repository, "main", git(repository, "rev-parse", "HEAD~1")) == [
        "license: MIT -> Apache-2.0"
    ]


def test_a_path_behind_the_revision_names_another_folder(repository: Path) -> None:
    git(repository, "mv", "facts/data", "facts/moved")
    git(repository, "commit", "--quiet", "--message=third")
    shutil.copytree(repository / "facts" / "moved", repository / "facts" / "data")
    assert told(repository, "HEAD~1") == [STARS]
    assert told(repository, "HEAD~2:facts/data", "HEAD:facts/moved") == [LICENCE]


def test_a_folder_wins_over_a_revision_of_its_name(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "branch", "data", "HEAD~1")
    monkeypatch.chdir(repository / "facts")
    assert told(repository, "data") == []
    assert told(repository, "refs/heads/data") == [LICENCE, STARS]


def test_folders_of_one_repository_are_those_of_the_revision(repository: Path) -> None:
    ours = repository / "ours"
    (ours / "entities").mkdir(parents=True)
    file = ours / "entities" / "ours.yaml"
    file.write_text("- id: runc\n  stars: 20\n  evidence: [handbook]\n", "utf-8")
    git(repository, "add", "ours")
    git(repository, "commit", "--quiet", "--all", "--message=ours")
    change(file, "20", "21")
    data = str(repository / "facts" / "data")
    done = call("diff", "HEAD", "--no-answers", "--data", data, "--data", str(ours))
    assert "stars: 20 -> 21" in done.stdout
    # Data from elsewhere is the same for both.
    done = call("diff", "HEAD", "--no-answers", "--data", str(SMALL), "--data", str(ours))
    assert "stars: 20 -> 21" in done.stdout


def test_faults_of_a_revision_are_told_at_it(repository: Path) -> None:
    change(repository / "facts" / "data" / TOOLS, "kind: Tool", "kind: Tol")
    git(repository, "commit", "--quiet", "--all", "--message=broken")
    done = diff(repository, "HEAD~1", "HEAD")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("HEAD:entities/tools.yaml\n  2:9     unknown kind 'Tol'")
    assert "/ecograph-" not in done.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "nothing",
            "ecograph: 'nothing' is neither a folder nor a revision of git; write one like",
        ),
        ("--output=x", "No such option"),
        ("HEAD:nowhere", "ecograph: the revision 'HEAD' has no folder nowhere"),
    ],
)
def test_what_is_no_version_is_refused(repository: Path, name: str, message: str) -> None:
    done = diff(repository, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert sorted(path.name for path in repository.iterdir()) == [".git", "facts"]


def test_a_folder_outside_of_every_repository_has_no_revisions(tmp_path: Path) -> None:
    done = call("diff", "main", "--data", str(shutil.copytree(SMALL, tmp_path / "data")),
                GIT_CEILING_DIRECTORIES=str(tmp_path.parent))  # fmt: skip
    assert done.returncode == 2
    assert "'main' is no folder, and" in done.stderr
    assert "is in no repository of git" in done.stderr


def test_without_git_only_folders_are_compared(tmp_path: Path) -> None:
    done = run("diff", "main", "--data", str(SMALL), PATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (
        1, "",
        "ecograph: git is not installed, without which only data folders can be compared\n",
    )  # fmt: skip
    assert run("diff", str(SMALL), str(SMALL), PATH=str(tmp_path)).returncode == 0
