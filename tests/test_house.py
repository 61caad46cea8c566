"""Rules of the house that no linter knows."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = 400
NOT_BY_HAND = ("answers.ts", "*.min.css")  # From schema.graphql; of a library.
FOLDERS = {"ecograph": (".py", ".html", ".css"), "web/src": (".ts",), "tests": (".py",),
           "benchmarks": (".py",), "plugins": (".py",)}  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_short_enough_to_be_read_at_once(folder: str) -> None:
    files = [
        path for ending in FOLDERS[folder] for path in (ROOT / folder).rglob(f"*{ending}")
        if "node_modules" not in path.parts and not any(map(path.match, NOT_BY_HAND))
    ]  # fmt: skip
    assert files
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
    }
    assert {name: lines for name, lines in lengths.items() if lines > LINES} == {}
