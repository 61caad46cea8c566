"""Imports in general: matching, evidence, the second import, edits by hand between."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ecograph.curate.import_formats import Format
from ecograph.curate.import_list import ImportReport
from ecograph.curate.import_merge import Kept, merge_rows
from ecograph.errors import DataError, DataErrors
from ecograph.load import load
from tests.importing import bring_in, make_data, rows_of

TABLE = """Name,Also,Page,Code
youki,,https://youki.example,https://github.com/youki-dev/youki
RunC,,,
crun,containers/crun,,
"""
COLUMNS = {"name": "Name", "aliases": "Also", "homepage": "Page", "repository": "Code"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_data(tmp_path)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, "utf-8")
    return path


def edit(data: Path, old: str, new: str) -> None:
    path = data / "lists" / "them.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def bring(
    table: Path, data: Path, **recipe: object
) -> tuple[ImportReport, Mapping[str, Mapping[str, str]]]:
    return bring_in(Format.table, table, data, columns=COLUMNS, **recipe)


def test_new_rows_declare_and_known_ones_are_spoken_of(table: Path, data: Path) -> None:
    report, _ = bring(table, data, constants={"implements": "oci-runtime-spec"})
    assert (data / "lists" / "them.csv").read_text("utf-8") == (
        "# evidence: the-list\n"
        "# implements: oci-runtime-spec\n"
        "id,kind,label.en,aliases,homepage,repository,at\n"
        "crun,Tool,crun,containers/crun,,,crun\n"
        "runc,,,,,,RunC\n"
        "youki,Tool,youki,,https://youki.example,https://github.com/youki-dev/youki,youki\n"
    )
    assert report.new == ["youki", "RunC", "crun"]
    assert report.matched == {"RunC": ("runc", "name")}
    graph = load(data)
    assert graph.entities["youki"].evidence[0].locator == "youki"
    made = {s.subject: s.evidence[0] for s in graph.statements if s.relation == "implements"}
    assert {subject: e.source for subject, e in made.items()} == {
        "crun": "the-list", "runc": "the-list", "youki": "the-list",
    }  # fmt: skip
    assert made["runc"].locator == "RunC"


def test_a_second_import_changes_nothing(table: Path, data: Path) -> None:
    bring(table, data)
    before = {p: p.read_bytes() for p in data.rglob("them*")}
    report, _ = bring(table, data)
    assert (report.new, report.changed, report.vanished, report.kept) == ([], [], [], [])
    assert {p: p.read_bytes() for p in data.rglob("them*")} == before


def test_a_hand_edit_stays_and_is_told_of(table: Path, data: Path) -> None:
    bring(table, data)
    edit(data, "https://youki.example,", "https://youki.dev,")
    report, rows = bring(table, data)
    assert rows["youki"]["homepage"] == "https://youki.dev"
    assert report.kept == [Kept("youki", "homepage", "https://youki.dev", "https://youki.example")]
    assert report.changed == []


def test_what_only_the_list_changed_is_taken_over_beside_a_hand_edit(
    table: Path, data: Path
) -> None:
    bring(table, data)
    edit(data, "https://youki.example,", "https://youki.dev,")
    table.write_text(TABLE.replace("youki-dev/youki", "containers/youki"), "utf-8")
    report, rows = bring(table, data)
    assert rows["youki"]["homepage"] == "https://youki.dev"
    assert rows["youki"]["repository"] == "https://github.com/containers/youki"
    assert report.changed == ["youki"]


def test_a_column_that_only_a_person_wrote_stays(table: Path, data: Path) -> None:
    bring(table, data)
    edit(data, "id,kind,label.en,", "id,kind,label.en,label.zh,")
    edit(data, "crun,Tool,crun,", "crun,Tool,crun,克伦,")
    edit(data, "youki,Tool,youki,", "youki,Tool,youki,,")
    report, rows = bring(table, data)
    assert rows["crun"]["label.zh"] == "克伦"
    assert report.changed == []


def test_a_row_that_vanished_stays_and_one_taken_out_stays_out(table: Path, data: Path) -> None:
    bring(table, data)
    edit(data, "crun,Tool,crun,containers/crun,,,crun\n", "")
    table.write_text(
        TABLE.replace("youki,,https://youki.example,https://github.com/youki-dev/youki\n", ""),
        "utf-8",
    )
    report, rows = bring(table, data)
    assert sorted(rows) == ["youki"]
    assert (report.vanished, report.taken_out, report.new) == (["youki"], ["crun"], [])


def test_an_id_given_by_hand_stays_when_the_list_renames_the_row(table: Path, data: Path) -> None:
    bring(table, data)
    edit(data, "youki,Tool,youki", "youki-runtime,Tool,youki")
    report, rows = bring(table, data)
    assert rows["youki"]["id"] == "youki-runtime"
    assert report.kept == []


def test_a_name_of_several_is_ambiguous_and_left_out(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name\nDocker\n", "utf-8")
    report, rows = bring_in(Format.table, path, data, columns={"name": "Name"})
    assert report.ambiguous == {"Docker": ("docker-compose", "docker-engine")}
    assert rows == {}
    report, rows = bring_in(
        Format.table, path, data, columns={"name": "Name"}, same={"Docker": "docker-engine"},
        constants={"implements": "oci-runtime-spec"},
    )  # fmt: skip
    assert rows["Docker"]["id"] == "docker-engine"


def test_repository_and_homepage_match_and_a_likeness_is_only_proposed(
    tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Name,Code,Page\n"
        "The runtime,https://github.com/OpenContainers/RunC.git,\n"
        "Its page,,http://runc.example\n"
        "Harbour,,\n",
        "utf-8",
    )
    columns = {"name": "Name", "repository": "Code", "homepage": "Page"}
    report, rows = bring_in(Format.table, path, data, columns=columns)
    assert report.matched == {
        "The runtime": ("runc", "repository"), "Its page": ("runc", "homepage"),
    }  # fmt: skip
    assert report.like == {"Harbour": ("harbor",)}
    assert rows["Harbour"]["kind"] == "Tool"


def test_two_rows_with_one_place_are_refused_with_their_lines(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name\nyouki\nyouki\n", "utf-8")
    with pytest.raises(DataErrors, match="'youki' stands twice in the list") as caught:
        bring_in(Format.table, path, data, columns={"name": "Name"})
    assert caught.value.faults[0].place.line == 3


def test_a_lost_lock_makes_every_difference_a_hand_edit(table: Path, data: Path) -> None:
    bring(table, data)
    (data / "imports" / "them.lock").unlink()
    table.write_text(TABLE.replace("https://youki.example", "https://other.example"), "utf-8")
    report, rows = bring(table, data)
    assert rows["youki"]["homepage"] == "https://youki.example"
    assert [kept.column for kept in report.kept] == ["homepage"]


def test_a_broken_lock_is_named(table: Path, data: Path) -> None:
    bring(table, data)
    (data / "imports" / "them.lock").write_text("[]", "utf-8")
    with pytest.raises(DataError, match="it does not say what the last import gave"):
        bring(table, data)


def test_merge_takes_a_cell_away_that_the_list_took_away() -> None:
    first = merge_rows([], [{"id": "a", "at": "a", "homepage": "x"}], {})
    second = merge_rows(first.rows, [{"id": "a", "at": "a"}], first.digests)
    assert second.rows == [{"id": "a", "at": "a"}]
    assert second.changed == ["a"]


def test_rows_stay_readable_by_their_place(table: Path, data: Path) -> None:
    bring(table, data)
    assert list(rows_of(data)) == ["crun", "youki"]
