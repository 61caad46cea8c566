"""`ecograph export`: a format or an ending, the whole or a part, what is wrong with a call."""

from __future__ import annotations

import csv
import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest

from ecograph.export.formats import FORMATS
from ecograph.service import Service
from tests.commands import ROOT, call
from tests.exporting import written
from tests.world import world

SERVICE = Service(world(), deadline=None)
ENDINGS = [(suffix, one.name) for one in FORMATS.values() for suffix in one.suffixes]


def export(*arguments: str) -> str:
    done = call("export", *arguments, service=SERVICE)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_help_names_every_format() -> None:
    told = call("export", "--help").stdout
    assert all(name in told for name in FORMATS)


@pytest.mark.parametrize("name", ["graphml", "gexf", "cyjs", "jsonld", "dot"])
def test_the_whole_goes_to_standard_output(name: str) -> None:
    assert export(name).encode() == written(world(), name)


@pytest.mark.parametrize(("suffix", "name"), ENDINGS)
def test_the_ending_of_a_file_says_the_format(suffix: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"runc{suffix}"
    told = export("-o", str(path), "--around", "runc").splitlines()
    part = SERVICE.around("runc").graph
    tables = list(FORMATS[name].writers)
    files = [path] if len(tables) == 1 else [
        path.with_name(f"runc_{table}{suffix}") for table in tables
    ]  # fmt: skip
    assert [file.read_bytes() for file in files] == [written(part, name, t) for t in tables]
    counts = ["3 entities, 2 statements"] if len(tables) == 1 else ["3 entities", "2 statements"]
    assert told == [
        f"wrote {file}: {count}" for file, count in zip(files, counts, strict=True)
    ]  # fmt: skip


def test_a_folder_gets_both_tables(tmp_path: Path) -> None:
    export("csv", "-o", str(tmp_path / "tables"))
    assert sorted(p.name for p in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]
    assert rows((tmp_path / "tables" / "edges.csv").read_text("utf-8")) == [
        s.id for s in world().statements
    ]


def test_a_part_is_what_an_answer_speaks_of() -> None:
    asked = ("csv", "--table", "nodes", "--query", "Implementers")
    assert rows(export(*asked, "--set", "spec=cri")) == ["containerd", "cri", "cri-dockerd"]
    assert rows(export(*asked, "--variables", '{"spec": "cri"}')) == [
        "containerd", "cri", "cri-dockerd",
    ]  # fmt: skip
    document = '{ tool(name: "runc") { name } }'
    assert rows(export("csv", "--table", "nodes", "--query", document)) == ["runc"]


def test_a_part_is_what_is_around_a_thing() -> None:
    edges = ("csv", "--table", "edges", "--around", "Docker Engine")
    assert rows(export(*edges)) == [
        "cri-dockerd~adapts~docker-engine",
        "docker-engine~uses~containerd",
    ]
    assert "containerd~uses~runc" in rows(export(*edges, "--hops", "2"))


def test_a_part_is_a_taxonomy() -> None:
    told = orjson.loads(export("cyjs", "--scheme", "today"))
    assert [n["data"]["id"] for n in told["elements"]["nodes"]] == ["cadvisor", "today-monitoring"]


def test_mermaid_of_a_part_is_a_flowchart_and_of_the_whole_the_seed(tmp_path: Path) -> None:
    assert '"implements"' in export("mermaid", "--around", "runc")
    [seed] = (ROOT / "data" / "seed").glob("*.mmd")
    done = call("export", "-o", str(tmp_path / "seed.mmd"))
    assert (done.returncode, done.stdout) == (0, f"wrote {tmp_path / 'seed.mmd'}\n")
    assert (tmp_path / "seed.mmd").read_bytes() == seed.read_bytes()


def test_an_answer_that_goes_on_is_told_on_standard_error() -> None:
    done = call(
        "export", "csv", "--table", "edges", "--query", "Implementers", "--set",
        "spec=runtime-spec", "--set", "first=1", service=SERVICE,
    )  # fmt: skip
    assert (done.returncode, len(rows(done.stdout))) == (0, 1)
    assert "the answer goes on" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "say a format (graphml, gexf,"),
        (["graphm"], 2, "no format 'graphm'; did you mean: graphml?"),
        (["xyz"], 2, "no format 'xyz'; there are: graphml, gexf,"),
        (["-o", "x.txt"], 2, "'x.txt' does not say the format; say it, or end the name with one"),
        (["csv"], 2, "csv is two tables; say --table nodes or --table edges, or a folder by -o"),
        (["kgx", "--table", "node"], 2, "'node' is no table of kgx"),
        (["gexf", "--table", "nodes"], 2, "gexf is one file and has no tables"),
        (["dot", "--query", "Path", "--around", "runc"], 2, "--query and --around: say one"),
        (["dot", "--hops", "2"], 2, "say which by --around"),
        (["dot", "--set", "spec=cri"], 2, "say which by --query"),
        (["dot", "--around", "runc", "--hops", "-1"], 2, "hops: -1 is below 0"),
        (["dot", "--around", "kuberntes"], 2, "did you mean: kubernetes (Tool)?"),
        (["dot", "--query", "Implementer"], 2, "did you mean: Implementers"),
        (["dot", "--query", "Implementers", "--set", "spec=zzz"], 1, "names no Specification"),
        (["dot", "--scheme", "sead"], 2, "no taxonomy 'sead'; did you mean: seed?"),
        (["dot", "--around", "runc", "-o", "/dev/null/x.dot"], 1, "cannot write /dev/null/x.dot"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(
    arguments: list[str], status: int, message: str
) -> None:
    done = call("export", *arguments, service=SERVICE)
    assert (done.returncode, done.stdout) == (status, "")
    assert message in done.stderr


def test_who_waits_at_a_terminal_sees_how_far_it_is(tmp_path: Path) -> None:
    reader, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "ecograph", "export", "-o", str(tmp_path / "x.graphml")],
        cwd=ROOT, stderr=terminal, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm"},
    ) as process:  # fmt: skip
        os.close(terminal)
        told = bytearray()
        try:
            while piece := os.read(reader, 4096):
                told += piece
        except OSError:
            pass  # Linux ends a terminal that nobody holds any more by an error.
        assert process.wait(60) == 0
    os.close(reader)
    assert b"Writing graphml" in told
    ElementTree.parse(tmp_path / "x.graphml")
