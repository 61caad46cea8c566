"""The small dataset beside this file, with some text of its files changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from ecograph.errors import DataErrors
from ecograph.load import load

SMALL = Path(__file__).parent / "small"
Change = tuple[str, str, str]
TOOLS = "entities/tools.yaml"
OTHERS = "entities/others.yaml"
SOURCES = "sources/sources.yaml"
DATASET = "dataset.yaml"
TREE = "seed/tree.mmd"
MAPPING = "seed/tree.yaml"


def change_small(folder: Path, *changes: Change) -> Path:
    """A copy of the small dataset, with each (file, old text, new text) done once."""
    copy = folder / "data"
    shutil.copytree(SMALL, copy)
    for name, old, new in changes:
        path = copy / name
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8", newline="")
    return copy


def faults_in(data: Path) -> list[str]:
    """The faults of a folder, as they are shown, with places that begin at the folder."""
    try:
        load(data)
    except DataErrors as errors:
        return [str(fault).replace(f"{data.as_posix()}/", "") for fault in errors.faults]
    return []


def faults_after(folder: Path, *changes: Change) -> list[str]:
    """The faults of the small dataset with changes."""
    return faults_in(change_small(folder, *changes))
