"""A small data folder with the shipped ontology, and imports into it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

from ecograph.curate.import_formats import Format, read_found
from ecograph.curate.import_list import ImportReport, import_list
from ecograph.curate.import_recipe import Recipe
from ecograph.curate.writing import write_texts
from tests.commands import ROOT

KNOWN = """
- id: runc
  kind: Tool
  label: {en: runc, zh: runc}
  aliases: [opencontainers/runc, 'runC, the runtime']
  repository: https://github.com/opencontainers/runc
  homepage: https://www.runc.example/
  evidence: [handbook]
- id: harbor
  kind: Tool
  label: {en: Harbor, zh: Harbor}
  evidence: [handbook]
- id: docker-engine
  kind: Tool
  label: {en: Docker Engine, zh: Docker 引擎}
  aliases: [Docker]
  ambiguous: [Docker]
  evidence: [handbook]
- id: docker-compose
  kind: Tool
  label: {en: Docker Compose, zh: Docker Compose}
  aliases: [Docker]
  ambiguous: [Docker]
  evidence: [handbook]
- id: cncf
  kind: Organization
  label: {en: CNCF, zh: CNCF}
  evidence: [handbook]
- id: oci-runtime-spec
  kind: Specification
  label: {en: OCI Runtime Specification, zh: OCI 运行时规范}
  evidence: [handbook]
- id: cncf-container-runtime
  kind: Category
  scheme: cncf
  label: {en: Container Runtime, zh: 容器运行时}
  evidence: [handbook]
"""
SOURCES = """
- {id: handbook, title: The handbook, url: "https://example.org/handbook", read: 2026-11-01}
- {id: the-list, title: The list, url: "https://example.org/list", read: 2026-11-02}
"""


def make_data(tmp_path: Path) -> Path:
    """A data folder that passes the check: two tools, a specification, an ambiguous name."""
    data = tmp_path / "data"
    for part in ("entities", "sources"):
        (data / part).mkdir(parents=True)
    for name in ("ontology.yaml", "dataset.yaml"):
        shutil.copy(ROOT / "data" / name, data / name)
    (data / "entities" / "known.yaml").write_text(KNOWN, "utf-8")
    (data / "sources" / "sources.yaml").write_text(SOURCES, "utf-8")
    return data


def bring_in(
    form: Format, path: Path, data: Path, **recipe: object
) -> tuple[ImportReport, Mapping[str, Mapping[str, str]]]:
    """Import a list and write it: the report, and the rows of the file by their place."""
    how = Recipe.model_validate({"source": "the-list", "list": "them", **recipe})
    written = import_list(read_found(form, path, how), how, data)
    write_texts(written.changes())
    return written.report, rows_of(data)


def rows_of(data: Path) -> dict[str, dict[str, str]]:
    """The rows of the list that tests import, by their place, without empty cells."""
    lines = (data / "lists" / "them.csv").read_text("utf-8").splitlines()
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["at"]: {k: v for k, v in row.items() if v} for row in table}
