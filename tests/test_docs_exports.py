"""docs/exports.md and its notebook do what they say; UPDATE_GOLDEN=1 keeps its outputs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from ecograph.export.formats import FORMATS
from ecograph.model.flat import Flat
from tests.worked import BLOCK, NAME, ROOT, run
from tests.world import world

DOCUMENT = ROOT / "docs" / "exports.md"
NOTEBOOK = ROOT / "docs" / "notebooks" / "analysis.ipynb"
LARGEST = 60_000
"""Bytes of the notebook, that it can be read where it is kept."""
TYPED: Any = nbformat
"""Its functions have no types."""


def test_every_command_of_the_document_does_what_it_says(tmp_path: Path) -> None:
    printed = ""
    for language, text in BLOCK.findall(DOCUMENT.read_text("utf-8")):
        if named := NAME.match(text):
            (tmp_path / named[1]).write_text(text, "utf-8")
        elif language == "sh":
            printed = run(text, tmp_path)
        elif language == "text":
            assert printed == text
    assert {path.name for path in tmp_path.iterdir()} >= {
        "ecosystem.graphml", "ecosystem.gexf", "tables", "runc_nodes.csv", "cri.graphml", "way.dot",
        "runc.jsonld", "around.gexf", "today.cyjs", "spec.jsonld", "near.graphml",
    }  # fmt: skip
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_the_document_names_every_format_ending_and_column() -> None:
    text = DOCUMENT.read_text("utf-8")
    for one in FORMATS.values():
        assert f"| `{one.name}` |" in text
        assert all(f"`{suffix}`" in text for suffix in one.suffixes)
    flat = Flat(world())
    ontology = world().ontology
    own = {*flat.entity_columns, *flat.statement_columns}
    for name in own - ontology.attributes.keys() - ontology.qualifiers.keys():
        assert f"`{name}`" in text


def read() -> Any:
    return TYPED.read(NOTEBOOK, as_version=4)


@cache
def executed() -> Any:
    notebook = read()
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return notebook


def outputs(notebook: Any) -> Iterator[tuple[str, Any]]:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for output in cell.outputs:
                yield cell.source, output


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


def test_the_notebook_runs_from_top_to_bottom() -> None:
    notebook = executed()
    if os.environ.get("UPDATE_GOLDEN"):
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        notebook.metadata = read().metadata
        TYPED.write(notebook, NOTEBOOK)
    kinds = [output.output_type for _, output in outputs(notebook)]
    assert set(kinds) == {"execute_result"}
    assert len(kinds) == sum(cell.cell_type == "code" for cell in notebook.cells)


def test_the_notebook_shows_tables_and_a_picture() -> None:
    shown = [set(output.data) for _, output in outputs(executed())]
    assert sum("image/svg+xml" in kinds for kinds in shown) == 1
    assert sum("text/html" in kinds for kinds in shown) >= 4


def test_the_notebook_is_kept_with_outputs_of_the_same_kinds_and_small() -> None:
    kept = read()
    nbformat.validate(kept)
    assert NOTEBOOK.stat().st_size < LARGEST
    assert [(source, set(output.data)) for source, output in outputs(kept)] == [
        (source, set(output.data)) for source, output in outputs(executed())
    ]
    assert not re.search(r"/(?:home|tmp|root)/", NOTEBOOK.read_text("utf-8"))
