"""Help, docs/cli.md and completion: every example is run, and nothing is slow to begin."""

from __future__ import annotations

import os
import re
import select
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecograph.service import Service, open_service
from tests.commands import ROOT, call, run
from tests.worked import BLOCK
from tests.worked import run as run_in_shell

DOCUMENT = ROOT / "docs" / "cli.md"
FIXED = [
    "serve", "query", "render", "fence", "plan", "cost", "stats", "check", "schema", "add",
    "coverage", "fmt", "rename", "diff", "gaps", "insights", "export",
]  # fmt: skip
SECONDS = 60


def examples_in(text: str) -> list[str]:
    """What stands below Examples in a help."""
    return re.findall(r"^ +(ecograph .*)$", text.partition("Examples:\n")[2], re.MULTILINE)


HELPED = {name: examples_in(call(*name.split(), "--help").stdout) for name in ["", *FIXED]}
DOCUMENTED = [
    line
    for language, text in BLOCK.findall(DOCUMENT.read_text("utf-8"))
    if language == "sh"
    for line in text.splitlines()
]
EXAMPLES = list(dict.fromkeys([*(one for told in HELPED.values() for one in told), *DOCUMENTED]))
SERVERS = [one for one in EXAMPLES if one.startswith("ecograph serve")]
PLAIN = re.compile(r"ecograph (?!serve)[^|]*")
SHORT = [one for one in EXAMPLES if PLAIN.fullmatch(one)]
IN_A_SHELL = [one for one in EXAMPLES if one not in SERVERS and one not in SHORT]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    opened = open_service(deadline=None)
    yield opened
    opened.close()


ITS_EXAMPLE = "ecograph: the example is asked: --set "
"""Begins what is said of a question for which no variable is set."""


@pytest.mark.parametrize("name", HELPED)
def test_every_help_has_examples(name: str) -> None:
    assert HELPED[name]


@pytest.mark.parametrize("example", SHORT)
def test_the_example_does_what_it_says(
    example: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    done = call(*shlex.split(example)[1:], service=service)
    said = [line for line in done.stderr.splitlines() if not line.startswith(ITS_EXAMPLE)]
    assert (done.returncode, said) == (0, [])
    assert "--set" not in example or not done.stderr
    if "--check" not in example and "--format github" not in example:
        assert done.stdout


@pytest.mark.parametrize("example", IN_A_SHELL)
def test_the_example_does_what_it_says_in_a_shell(example: str) -> None:
    assert run_in_shell(example, ROOT)


@pytest.mark.parametrize("example", SERVERS)
def test_the_example_serves_until_it_is_told_to_stop(example: str) -> None:
    command = [sys.executable, "-m", *shlex.split(example)]
    environment = {**os.environ, "ECOGRAPH_PORT": "0", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], SECONDS)
            assert ready
            assert "at http://127.0.0.1:" in process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) in (0, -signal.SIGTERM)
        finally:
            process.kill()


def test_the_commands_that_documents_name_are_there() -> None:
    call_of = re.compile(r"(?:^ {4}|`)(?:\.venv/bin/)?ecograph ([a-z][a-z-]+)", re.MULTILINE)
    listed = call("--help").stdout
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for word in call_of.findall(path.read_text("utf-8")):
            assert re.search(rf"^  {word} ", listed, re.MULTILINE), f"{path.name}: {word}"


@pytest.mark.parametrize("arguments", ["--version", "--help", "query --help"])
def test_help_loads_nothing_heavy(arguments: str) -> None:
    heavy = "graphql strawberry networkx starlette uvicorn yaml rich".split()
    code = (
        "import sys; from ecograph.cli.app import app\n"
        f"try: app({arguments.split()!r})\n"
        f"finally: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert done.stderr == "[]\n"


def test_no_colour_goes_into_a_pipe() -> None:
    for arguments in (["--help"], ["stats", "--format", "table"], ["pth"], ["check", "nowhere"]):
        done = run(*arguments, TERM="xterm-256color")
        assert done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m ecograph schema | head -n 1"],
        cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o default -F _ecograph_completion ecograph"),
        ("zsh", "compdef _ecograph_completion ecograph"),
        ("fish", "complete --command ecograph --no-files"),
    ],
)
def test_show_completion_prints_what_the_shell_around_it_needs(shell: str, line: str) -> None:
    # Only the name of the process tells the shell; so one stands in for all of them.
    done = subprocess.run(
        [shell, "-c", f"{_program()} --show-completion; exit $?"], executable="/bin/sh",
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert line in done.stdout
    asked = subprocess.run(
        [_program()], env={**os.environ, "_ECOGRAPH_COMPLETE": f"source_{shell}"},
        capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    assert asked.stdout.strip() == done.stdout.strip()


@pytest.mark.parametrize(
    ("shell", "typed", "expected"),
    [
        ("bash", "ecograph pat", ["path", "paths"]),
        ("zsh", "ecograph pat", ['"path"', '"paths"']),
        ("fish", "ecograph pat", ["path\t", "paths\t"]),
        ("bash", "ecograph query Impl", ["ImplementBoth", "Implementers"]),
        ("bash", "ecograph csi-drivers --", ["--first", "--after", "--data", "--format"]),
        ("bash", "ecograph export ", ["mermaid"]),
    ],
)
def test_completion_offers_commands_operations_and_options(
    shell: str, typed: str, expected: list[str]
) -> None:
    told = run(
        _ECOGRAPH_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_ARGS=typed,
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        COMP_WORDS=typed,
        COMP_CWORD=str(typed.count(" ")),
    ).stdout
    for word in expected:
        assert word in told


def test_bash_completes_with_what_is_printed_for_it() -> None:
    typed = (
        f'export PATH={shlex.quote(str(Path(_program()).parent))}:"$PATH"\n'
        'eval "$(_ECOGRAPH_COMPLETE=source_bash ecograph)"\n'
        "COMP_WORDS=(ecograph implementer) COMP_CWORD=1\n"
        "_ecograph_completion ecograph\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "-c", typed], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert done.stdout == "implementers\n"


def _program() -> str:
    return str(Path(sys.executable).parent / "ecograph")
