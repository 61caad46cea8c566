"""The scripts that the package carries are those that web/ makes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ecograph.web.html import STATIC

WEB = Path(__file__).parent.parent / "web"
BUILT = ("ecograph-view.js", "explorer.js")


def run(*command: str) -> str:
    """What a command in web/ says; it must end well."""
    told = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_the_scripts_are_what_the_source_makes(tmp_path: Path) -> None:
    run("node", "build.mjs", "--to", str(tmp_path))
    for name in BUILT:
        assert (STATIC / name).read_bytes() == (tmp_path / name).read_bytes(), f"{name}: make web"


def test_the_source_is_well_typed() -> None:
    run("npx", "--no-install", "tsc", "--noEmit")


def test_the_types_are_those_of_the_schema() -> None:
    before = (WEB / "src" / "answers.ts").read_text("utf-8")
    run("npx", "--no-install", "graphql-codegen", "--config", "codegen.ts")
    assert (WEB / "src" / "answers.ts").read_text("utf-8") == before
