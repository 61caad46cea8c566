"""Nothing is imported that check would refuse; a fault is told where its reader can mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ecograph.curate.import_check import check_recipe
from ecograph.curate.import_recipe import read_recipe
from tests.commands import ROOT, Done, call
from tests.importing import make_data
from tests.world import ontology

LIST = "Title,Website,Licence\nyouki,https://youki.example,Apache-2.0\nRunC,,\ncrun,,\n"
RECIPE = """source: the-list
kind: Tool
columns:
  name: Title
  homepage: Website
  license: Licence
constants: {implements: oci-runtime-spec}
"""
NOTHING = "ecograph: nothing is written"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_data(tmp_path)


def bring(data: Path, *changes: tuple[str, str], dry: bool = False) -> Done:
    """Import the list by the recipe, after changes of either; places begin beside the data."""
    texts = {"list.csv": LIST, "them.yaml": RECIPE}
    for old, new in changes:
        [name] = [name for name, text in texts.items() if old in text]
        texts[name] = texts[name].replace(old, new)
    beside = data.parent
    for name, text in texts.items():
        (beside / name).write_text(text, "utf-8")
    done = call(
        "import", "table", str(beside / "list.csv"), "--recipe", str(beside / "them.yaml"),
        "--data", str(data), *(["--dry-run"] if dry else []),
    )  # fmt: skip
    out, err = (text.replace(f"{beside}/", "") for text in (done.stdout, done.stderr))
    return Done(done.returncode, out, err)


def told_in(done: Done) -> list[str]:
    """The faults of a report, each with its file."""
    faults: list[str] = []
    file = ""
    for line in done.stderr.splitlines():
        if found := re.match(r"  (\d+:\d+|-) +(.*)  \[\w+\]$", line):
            place = file if found[1] == "-" else f"{file}:{found[1]}"
            faults.append(f"{place}: {found[2]}")
        elif line.startswith("ecograph: "):
            faults += [line.removeprefix("ecograph: ")] if line != NOTHING else []
        elif line:
            file = line
    return faults


def test_report_tells_what_declares_and_what_matches(data: Path) -> None:
    assert (
        bring(data).stdout
        == """\
data/lists/them.csv: 3 rows: 3 new (2 declare, 1 match what is known), 0 changed, 0 vanished, \
0 ambiguous, 0 kept by hand; wrote data/lists/them.csv, data/imports/them.lock

new: declares (2)
  youki: youki, a Tool
  crun: crun, a Tool

new: matches what is known (1)
  RunC: runc, by its name
"""
    )


def test_dry_run_tells_what_it_would_write(data: Path) -> None:
    done = bring(data, dry=True)
    assert "; would write data/lists/them.csv, data/imports/them.lock\n" in done.stdout
    assert not (data / "lists").exists()
    bring(data)
    assert "; nothing to write\n" in bring(data, dry=True).stdout


def test_row_that_says_nothing_new_is_told(data: Path) -> None:
    told = bring(data, ("constants: {implements: oci-runtime-spec}\n", "")).stdout
    assert "2 rows: 2 new (2 declare, 0 match what is known)" in told
    assert "matches what is known and says nothing new: left out (1)\n  RunC: runc, by its" in told


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ([("homepage: Website", "home: Website")],
         ["them.yaml:5:3: unknown column 'home'; did you mean: homepage, scheme?"]),
        ([("{implements:", "{implement:")],
         ["them.yaml:7:13: unknown column 'implement'; did you mean: implements, "]),
        ([("{implements:", "{implementedBy:")],
         ["them.yaml:7:13: 'implementedBy' is the other side of 'implements'; write 'implements' "
          "in the rows of the other entities"]),
        ([("homepage: Website", "uses.since: Website")],
         ["them.yaml:5:3: 'uses.since' stands without 'uses'; add the column 'uses'"]),
        ([("{implements: oci-runtime-spec}", "{license: MIT}")],
         ["them.yaml:6:3: the column 'license' has one value in every row; it is among "
          "'constants' at them.yaml:7:13"]),
        ([("source: the-list", "source: the-lst")],
         ["them.yaml:1:9: unknown source 'the-lst'; did you mean: the-list?"]),
        ([("kind: Tool", "kind: Tol")], ["them.yaml:2:7: unknown kind 'Tol'; did you mean: Tool?"]),
        ([("kind: Tool", "kind: Tool\nkinds: {youki: Servce}\namong: [Tool, Spec]")],
         ["them.yaml:3:16: unknown kind 'Servce'; did you mean: Service?",
          "them.yaml:4:15: unknown kind 'Spec'; write one of: "]),
        ([("columns:", "colums:")],
         ["them.yaml:3:1: unknown key 'colums'; did you mean: columns?"]),
        ([("homepage: Website", "homepage: Web")],
         ["them.yaml:5:13: the list has no column 'Web'; did you mean: Website?"]),
        ([("  name: Title\n", "")],
         ["them.yaml:3:1: columns: the recipe does not say where the name is; write 'columns: "
          "{name: Title}'"]),
        ([("source: the-list\n", "")], ["them.yaml:1:1: source: is missing; write 'source: ...'"]),
        ([("Apache-2.0", "Apache2"), ("RunC,,\ncrun,,", "RunC,,\ncrun,not a url,")],
         ["list.csv:2:1: 'license' of youki: 'Apache2' is not an SPDX licence expression; see "
          "spdx.org/licenses, or write LicenseRef-...",
          "list.csv:4:1: 'homepage' of crun: 'not a url' is not a web address; write https:// or "
          "http:// and a host"]),
        ([("oci-runtime-spec}", "oci-runtme-spec}")],
         ["them.yaml:7:25: unknown entity 'oci-runtme-spec'; did you mean: oci-runtime-spec?"]),
        ([("kind: Tool", "kind: Category"), ("crun,,\n", "")],
         ["list.csv:2:1: youki has no 'scheme'",
          "list.csv:2:1: youki, of kind Category, cannot be the subject of 'implements'"]),
    ],
)  # fmt: skip
def test_what_check_would_refuse_is_not_written(
    data: Path, changes: list[tuple[str, str]], faults: list[str]
) -> None:
    done = bring(data, *changes)
    assert done.returncode == 1
    assert not (data / "lists").exists()
    assert not (data / "imports").exists()
    told = told_in(done)
    assert len(told) == len(faults)
    assert [fault[: len(says)] for fault, says in zip(told, faults, strict=True)] == faults


def test_an_option_that_names_nothing_is_told_as_an_option(data: Path, tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("- youki\n")
    words = ["import", "markdown", str(tmp_path / "list.md"), "--data", str(data)]
    for options, says in (
        (["--list", "them", "--source", "the-lst"], "--source: unknown source 'the-lst'"),
        (["--list", "them", "--source", "the-list", "--kind", "Tol"], "--kind: unknown kind 'Tol'"),
        (["--list", "Them all", "--source", "the-list"], "--list: list: String should match"),
    ):
        done = call(*words, *options)
        assert done.returncode == 1
        assert says in "".join(told_in(done))


def test_faults_that_were_there_before_do_not_stand_in_the_way(data: Path) -> None:
    known = data / "entities" / "known.yaml"
    known.write_text(known.read_text("utf-8").replace("https://www.runc.example/", "runc"), "utf-8")
    assert bring(data).returncode == 0


def test_what_no_column_holds_is_told(data: Path, tmp_path: Path) -> None:
    (tmp_path / "nodes.tsv").write_text("id\tcategory\tname\ne:a\te:Tool\tA\ne:b\te:Tool\tB\n")
    (tmp_path / "edges.tsv").write_text("subject\tpredicate\tobject\ne:a\te:adores\te:b\n")
    done = call("import", "kgx", str(tmp_path), "--data", str(data), "--list", "them", "--source",
                "the-list")  # fmt: skip
    assert (done.returncode, "2 rows: 2 new" in done.stdout) == (0, True), done.stderr
    assert "left out: no column of ours holds it (1)\n  adores: in 1 rows" in done.stdout


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "imports").glob("*.yaml")), ids=lambda p: p.stem
)
def test_recipes_of_the_dataset_name_what_there_is(path: Path) -> None:
    check_recipe(read_recipe(path), ontology())
