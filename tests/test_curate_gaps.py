"""What a dataset lacks; and that each snippet, put where it says, mends its gap."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ecograph.curate.choose_gaps import Order, choose_gaps
from ecograph.curate.gaps import GROUPS, Found, Gap, find_gaps
from ecograph.curate.mends import Mend, Way
from ecograph.errors import DataErrors, QueryError
from tests.commands import call
from tests.data_cases.changed import SMALL, SOURCES, TOOLS, change_small

TODAY = date(2026, 11, 24)
LIST = """\
# evidence: handbook
# implements: oci-runtime-spec
id,kind,label,aliases,license,at
crun,Tool,crun,containers/crun,MIT,row 1
kata,Tool,Kata,,,row 2
"""
SAID_ALONE = """\
- id: alone
  kind: Tool
  label: {en: alone, zh: alone}
  evidence: [handbook]
"""
FILLED = {
    "<source>": "runc-readme", "<place>": "row 7", "<own document>": "crun-readme",
    "<YYYY-MM-DD>": "2020-01-02", "<SPDX identifier>": "MIT",
    "<one or two sentences>": "It does.", "<一两句话>": "它会。",
    "<category>": "today-things", "<organization>": "oci", "<tool>": "runc", "<thing>": "runc",
}  # fmt: skip
OWN = "- id: crun-readme\n  title: README of crun\n  url: https://example.org/crun\n"


def with_gaps(folder: Path) -> Path:
    """The small dataset with a list, an uncited source, a lonely and a undescribed entity."""
    data = change_small(folder)
    (data / "lists").mkdir()
    (data / "lists" / "more.csv").write_text(LIST, "utf-8")
    (data / "entities" / "alone.yaml").write_text(SAID_ALONE, "utf-8")
    (data / "sources" / "own.yaml").write_text(OWN, "utf-8")
    (data / "entities" / "spec.yaml").write_text(
        "- id: cri\n  kind: Specification\n  label: {en: CRI, zh: CRI}\n  evidence: [handbook]\n"
        "  classifiedIn:\n    - {object: today-things, evidence: [handbook]}\n"
        "- id: today-things\n  kind: Category\n  label: {en: Things, zh: 事物}\n"
        "  scheme: today\n  evidence: [handbook]\n", "utf-8"
    )  # fmt: skip
    return data


def gaps_of(data: Path, today: date = TODAY, days: int = 365) -> dict[tuple[Gap, str], Found]:
    return {(one.gap, one.id): one for one in find_gaps([data], today, days).found}


def put(mend: Mend) -> None:
    """A snippet where it says that it goes, as a person would put it, with what was left open."""
    snippet = mend.snippet
    for blank, value in FILLED.items():
        snippet = snippet.replace(blank, value)
    file = Path(mend.place.file)
    text = file.read_text("utf-8") if file.exists() else ""
    if mend.way is Way.END:
        file.write_text(text + snippet, "utf-8")
    elif mend.way is Way.ENTRY:
        line = text.splitlines()[mend.place.line - 1]
        [entry] = yaml.safe_load(snippet)
        assert entry["id"] in line or "object" in line
        entries = yaml.safe_load(text)
        [known] = [one for one in entries if one["id"] == entry["id"]]
        say(known, entry)
        file.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), "utf-8")
    else:
        lines = text.splitlines()
        new = snippet.splitlines()
        if mend.way is Way.COLUMN:
            at = next(n for n, line in enumerate(lines) if not line.startswith("#"))
            added = len(next(csv.reader([new[0]]))) - len(next(csv.reader([lines[at]])))
            lines[at] = new[0]
            lines[at + 1 :] = [line + "," * added for line in lines[at + 1 :]]
        lines[mend.place.line - 1] = new[-1]
        file.write_text("\n".join(lines) + "\n", "utf-8")


def say(known: dict[str, Any], entry: dict[str, Any]) -> None:
    """What a snippet says, in the entry: in the statement that it speaks of, or besides."""
    for key, value in entry.items():
        if isinstance(value, dict):
            known[key] = {**known.get(key, {}), **value}
        elif isinstance(value, list):
            for item in value:
                same = [
                    one for one in known.setdefault(key, [])
                    if isinstance(item, dict) and one.get("object") == item.get("object", 0)
                ]  # fmt: skip
                if same:
                    same[0].update(item, evidence=[*same[0]["evidence"], *item["evidence"]])
                else:
                    known[key].append(item)
        else:
            known[key] = value


EXPECTED = {
    (Gap.DESCRIPTION, "alone"), (Gap.DESCRIPTION, "crun"),
    (Gap.DESCRIPTION, "kata"), (Gap.DESCRIPTION, "youki"), (Gap.LICENSE, "kata"),
    (Gap.LICENSE, "youki"), (Gap.LICENSE, "cri"), (Gap.STATUS, "crun"), (Gap.STATUS, "youki"),
    (Gap.SINCE, "crun~implements~oci-runtime-spec"),
    (Gap.READ, "crun-readme"), (Gap.SOURCE_LICENSE, "runc-readme"), (Gap.UNCITED, "crun-readme"),
    (Gap.OWN_DOCUMENT, "crun~implements~oci-runtime-spec"), (Gap.IMPLEMENTER, "cri"),
    (Gap.ALONE, "alone"), (Gap.CATEGORY, "crun"), (Gap.STEWARD, "crun"), (Gap.STEWARD, "cri"),
}  # fmt: skip


def test_gaps_of_each_sort_are_found(tmp_path: Path) -> None:
    found = gaps_of(with_gaps(tmp_path))
    assert found.keys() >= EXPECTED
    assert {gap for gap, _ in EXPECTED} == {*Gap} - {Gap.STALE}
    # What it has, it does not lack.
    assert not [key for key in found if key[1] == "runc" and key[0] is not Gap.CATEGORY]
    # Who denies it need not say since when.
    assert (Gap.SINCE, "youki~implements~oci-runtime-spec") not in found
    # What is alone lacks more than a category.
    assert (Gap.CATEGORY, "alone") not in found


@pytest.mark.parametrize("key", sorted(EXPECTED), ids=lambda key: f"{key[0].value}-{key[1]}")
def test_snippet_where_it_says_mends_the_gap(tmp_path: Path, key: tuple[Gap, str]) -> None:
    data = with_gaps(tmp_path)
    put(gaps_of(data)[key].mend)
    assert key not in gaps_of(data)


def test_source_is_stale_after_the_days_that_are_said(tmp_path: Path) -> None:
    data = change_small(tmp_path)
    assert (Gap.STALE, "handbook") not in gaps_of(data, date(2026, 12, 1), 30)
    found = gaps_of(data, date(2026, 12, 2), 30)
    assert found[Gap.STALE, "handbook"].message == "handbook was read 31 days ago"
    assert found[Gap.STALE, "handbook"].mend == Mend(
        Way.ENTRY, found[Gap.STALE, "handbook"].mend.place,
        "- id: handbook\n  read: <YYYY-MM-DD>\n",
    )  # fmt: skip
    assert found[Gap.STALE, "handbook"].mend.place.file == f"{data.as_posix()}/{SOURCES}"


def test_what_an_earlier_folder_lacks_is_mended_in_the_last(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    (ours / "entities").mkdir(parents=True)
    found = {(f.gap, f.id): f for f in find_gaps([SMALL, ours], TODAY, 365).found}
    mend = found[Gap.LICENSE, "youki"].mend
    assert mend.place.file == f"{ours.as_posix()}/entities/additions.yaml"
    put(mend)
    left = {(f.gap, f.id) for f in find_gaps([SMALL, ours], TODAY, 365).found}
    assert (Gap.LICENSE, "youki") not in left


def test_data_with_faults_has_no_gaps_yet(tmp_path: Path) -> None:
    with pytest.raises(DataErrors):
        gaps_of(change_small(tmp_path, (TOOLS, "kind: Tool", "kind: Tol")))


def chosen(data: Path, *arguments: Any, **options: Any) -> Iterator[tuple[str, str]]:
    for one in choose_gaps(find_gaps([data], TODAY, 365), *arguments, **options):
        yield one.gap.value, one.id


def test_gaps_are_chosen_by_sort_kind_and_area(tmp_path: Path) -> None:
    data = with_gaps(tmp_path)
    assert {*chosen(data, ["implementer", "uncited"])} == {
        ("implementer", "cri"), ("uncited", "crun-readme"),
    }  # fmt: skip
    assert {gap for gap, _ in chosen(data, ["one-sided"])} <= {*GROUPS["one-sided"]}
    assert {id for _, id in chosen(data, ["description"], ["Specification"])} == {
        "cri", "oci-runtime-spec",
    }  # fmt: skip
    assert {id for _, id in chosen(data, ["license"], [], ["more"])} == {"kata"}
    assert {id for _, id in chosen(data, ["license"], [], ["容器规范"])} == {
        "oci-runtime-spec",
    }  # fmt: skip
    below = {id for _, id in chosen(data, ["license"], [], ["containers"])}
    assert below == {"oci-runtime-spec", "youki", "libseccomp"}
    assert {id for _, id in chosen(data, ["source-license"], [], ["own"])} == {"crun-readme"}
    assert "alone" not in {id for _, id in chosen(data, core=True)}


def test_gaps_are_sorted_as_asked(tmp_path: Path) -> None:
    data = with_gaps(tmp_path)
    by_name = [id for _, id in chosen(data, ["status"], order=Order.NAMED)]
    assert by_name[0] == "oci-runtime-spec"
    assert [id for _, id in chosen(data, ["status"], order=Order.ID)] == sorted(by_name)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([["licence"]], "unknown gap 'licence'; did you mean: license"),
        ([[], ["Tol"]], "unknown kind 'Tol'; did you mean: Tool"),
        ([[], [], ["runtime"]], "unknown area 'runtime'; did you mean: runtimes"),
    ],
)
def test_what_there_is_not_is_refused(arguments: list[list[str]], message: str) -> None:
    gaps = find_gaps([SMALL], TODAY, 365)
    with pytest.raises(QueryError, match=message):
        choose_gaps(gaps, *arguments)


def test_command_tells_them_in_every_form(tmp_path: Path) -> None:
    data = str(with_gaps(tmp_path))
    asked = ["gaps", "--gap", "license", "--today", "2026-11-24", "--data", data]
    told = call(*asked, "--area", "more").stdout
    assert (
        told
        == f"""\
1 gap: 1 license

{data}/lists/more.csv:5  the licence of kata is unknown  [license]
  write instead of the row:
    kata,Tool,Kata,,<SPDX identifier>,row 2
"""
    )
    told = call(*asked, "--area", "alone", "--format", "md").stdout
    assert (
        told
        == f"""\
**1 gap: 1 license**

- `{data}/entities/alone.yaml:1`: `the licence of alone is unknown`; say in the entry:

  ```yaml
  - id: alone
    license: <SPDX identifier>
  ```
"""
    )
    one = json.loads(call(*asked, "--area", "more", "--format", "json").stdout)
    assert one == {"count": 1, "counts": {"license": 1}, "gaps": [{
        "gap": "license", "id": "kata", "kind": "Tool", "entity": "kata",
        "message": "the licence of kata is unknown", "named": 1,
        "mend": {"way": "row", "place": {"file": f"{data}/lists/more.csv", "line": 5, "column": 1},
                 "snippet": "kata,Tool,Kata,,<SPDX identifier>,row 2\n"},
    }]}  # fmt: skip
    rows = [*csv.DictReader(io.StringIO(call(*asked, "--format", "csv").stdout))]
    assert {row["id"] for row in rows} >= {"kata", "youki", "cri"}
    assert {row["how"] for row in rows} == {"entry", "row"}


def test_long_reports_are_cut_with_a_count(tmp_path: Path) -> None:
    data = str(with_gaps(tmp_path))
    told = call("gaps", "--most", "2", "--data", data).stdout
    assert told.count("  [") == 2
    assert "more; --gap, --kind, --area and --most choose others" in told
    assert len(json.loads(call("gaps", "--format", "json", "--data", data).stdout)["gaps"]) > 30


def test_day_that_is_none_is_refused() -> None:
    done = call("gaps", "--today", "24 November", "--data", str(SMALL))
    assert (done.returncode, done.stderr) == (
        2, "ecograph: --today: '24 November' is no day; write one like 2026-11-24\n",
    )  # fmt: skip
