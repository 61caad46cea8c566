"""CSV, KGX, Parquet and pandas: the same columns, whatever the part; typed where types are."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet
import pytest

from ecograph.curate.import_kgx import read_kgx
from ecograph.curate.import_recipe import Recipe
from ecograph.errors import EcographError
from ecograph.export.files import write_graph
from ecograph.export.frames import to_frames
from ecograph.export.part import take_part
from ecograph.model.flat import tidy
from ecograph.model.graph import Graph
from tests.exporting import HOSTILE, hostile_world, several, written
from tests.world import world

TABLES = [("csv", "nodes"), ("csv", "edges"), ("kgx", "nodes"), ("kgx", "edges")]


def read_csv(graph: Graph, table: str) -> list[dict[str, str]]:
    text = written(graph, "csv", table).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def read_tsv(graph: Graph, table: str) -> list[dict[str, str]]:
    lines = written(graph, "kgx", table).decode().split("\n")
    assert lines.pop() == ""
    names, *rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} <= {len(names)}
    return [dict(zip(names, row, strict=True)) for row in rows]


def known(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}


def test_a_row_of_csv_is_an_entity_as_of_the_day() -> None:
    rows = {row["id"]: row for row in read_csv(world(), "nodes")}
    assert list(rows) == list(world().entities)
    assert known(rows["docker-engine"]) == {
        "id": "docker-engine",
        "kind": "Tool",
        "name": "Docker Engine",
        "label_zh": "Docker 引擎",
        "description": "About Docker Engine.",
        "description_zh": "关于 Docker 引擎。",
        "aliases": "Docker; dockerd; moby/moby",
        "former_ids": "moby",
        "license": "Apache-2.0",
        "status": "ACTIVE",
        "sources": "docs",
        "source_titles": "Documentation",
        "source_urls": "https://example.org/docs",
        "read_on": "2026-11-02",
    }
    assert (rows["rkt"]["status"], rows["rkt"]["maturity"]) == ("ENDED", "ARCHIVED")


def test_a_row_of_csv_is_a_statement_with_its_sources() -> None:
    rows = {row["id"]: row for row in read_csv(world(), "edges")}
    assert list(rows) == [s.id for s in world().statements]
    assert known(rows["railcar~implements~oci-runtime-spec"]) == {
        "id": "railcar~implements~oci-runtime-spec",
        "subject": "railcar",
        "relation": "implements",
        "object": "oci-runtime-spec",
        "until": "2021-03",
        "negated": "false",
        "holds": "false",
        "strength": "LISTED",
        "sources": "list",
        "source_titles": "List of implementations",
        "source_urls": "https://example.org/list",
        "locators": "about railcar",
        "read_on": "2026-11-01",
    }
    assert rows["docker-engine~implements~cri~not"]["negated"] == "true"


def test_no_cell_of_csv_is_a_formula_and_every_text_is_there() -> None:
    rows = read_csv(hostile_world(), "nodes")
    for text, row in zip(HOSTILE, rows, strict=True):
        expected = tidy(text)
        assert row["name"] == ("'" + expected if text[0] in "=@+-\t\r" else expected)
        assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert {row["name"][:2] for row in rows} >= {"'=", "'@"}


def test_kgx_has_curies_and_lists_between_bars() -> None:
    nodes = {row["id"]: row for row in read_tsv(world(), "nodes")}
    docker = nodes["ecograph:docker-engine"]
    assert docker["category"] == "ecograph:Tool|biolink:NamedThing"
    assert docker["synonym"] == "Docker|dockerd|moby/moby"
    assert docker["provided_by"] == "ecograph:docs"
    [edge] = [r for r in read_tsv(world(), "edges") if r["id"] == "ecograph:containerd~uses~runc"]
    assert (edge["subject"], edge["predicate"], edge["object"]) == (
        "ecograph:containerd", "ecograph:uses", "ecograph:runc",
    )  # fmt: skip
    assert edge["publications"] == "https://example.org/list"
    # Any text is true to KGX.
    assert {row["negated"] for row in read_tsv(world(), "edges")} == {"", "true"}


def test_a_hostile_text_stays_in_its_cell_of_kgx() -> None:
    rows = read_tsv(hostile_world(), "nodes")
    assert len(rows) == len(HOSTILE)
    for text, row in zip(HOSTILE, rows, strict=True):
        assert row["name"] == " ".join(tidy(text).split())
        assert row["synonym"] == row["name"].replace("|", "¦")


def test_what_is_written_as_kgx_can_be_imported(tmp_path: Path) -> None:
    for table in ("nodes", "edges"):
        (tmp_path / f"{table}.tsv").write_bytes(written(world(), "kgx", table))
    found = read_kgx(tmp_path, Recipe(source="list", list="again"))
    by_id = {row.id: row for row in found if row.kind}
    assert len(found) == len(world().entities) + len(world().statements)
    assert (by_id["docker-engine"].kind, by_id["docker-engine"].name) == ("Tool", "Docker Engine")
    assert {"uses": "runc"} in [row.cells for row in found if row.id == "containerd"]
    docker = [row.cells for row in found if row.id == "docker-engine" and not row.kind]
    assert {"implements": "cri", "implements.negated": "true"} in docker
    assert {"uses": "containerd", "uses.since": "2016-04"} in docker


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_a_part_has_the_columns_of_the_whole(name: str, table: str) -> None:
    part = take_part(world(), ["calico"], [])
    head = written(world(), name, table).split(b"\n")[0]
    assert written(part, name, table).split(b"\n")[0] == head
    assert written(world(), name, table) == written(world(), name, table)


def test_frames_have_types() -> None:
    entities, statements = to_frames(world())
    assert (entities.index.name, statements.index.name) == ("id", "id")
    assert {name: str(statements[name].dtype) for name in (
        "relation", "negated", "order", "strength", "since_day"
    )} == {
        "relation": "category", "negated": "boolean", "order": "Int64", "strength": "category",
        "since_day": "datetime64[ms]",
    }  # fmt: skip
    assert isinstance(statements["subject"].dtype, pd.StringDtype)
    assert {str(entities[name].dtype) for name in ("kind", "status", "maturity")} == {"category"}


def test_frames_hold_what_the_graph_says() -> None:
    entities, statements = to_frames(world())
    assert (len(entities), len(statements)) == (28, 30)
    aliases: Any = entities.loc["docker-engine", "aliases"]
    assert list(aliases) == ["Docker", "dockerd", "moby/moby"]
    told: Any = statements.loc["railcar~implements~oci-runtime-spec"]
    assert (told.until, told.until_day) == ("2021-03", pd.Timestamp("2021-03-31"))
    assert pd.isna(told.since)
    in_force = statements[
        (statements.relation == "implements") & (statements.object == "oci-runtime-spec")
        & statements.holds & ~statements.negated
    ]  # fmt: skip
    assert sorted(in_force.subject) == ["crun", "runc", "youki"]


def test_a_part_without_statements_has_typed_columns_too() -> None:
    _, statements = to_frames(take_part(world(), ["calico"], []))
    assert len(statements) == 0
    assert str(statements["order"].dtype) == "Int64"
    assert str(statements["since_day"].dtype) == "datetime64[ms]"


def test_parquet_is_read_back_as_the_same_frame() -> None:
    for graph in (world(), several(), hostile_world()):
        read = pyarrow.parquet.read_table(io.BytesIO(written(graph, "parquet", "edges")))
        assert read.num_rows == len(graph.statements)
        assert read.column("id").to_pylist() == [tidy(s.id) for s in graph.statements]
        assert read.schema.metadata[b"version"] == graph.version.encode()
        nodes = pd.read_parquet(io.BytesIO(written(graph, "parquet", "nodes")))
        assert list(nodes["id"]) == list(graph.entities)
        assert written(graph, "parquet", "edges") == written(graph, "parquet", "edges")


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(EcographError, match=r"pip install 'ecograph\[pandas\]'"):
        written(world(), "parquet", "nodes")


def test_without_pyarrow_no_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    kept = tmp_path / "w_nodes.parquet"
    kept.write_bytes(b"what was there")
    for path in (tmp_path / "w.parquet", tmp_path / "folder" / "w.parquet"):
        with pytest.raises(EcographError, match=r"pip install 'ecograph\[pandas\]'"):
            write_graph(world(), path)
    assert [*tmp_path.iterdir()] == [kept]
    assert kept.read_bytes() == b"what was there"
