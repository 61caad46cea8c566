"""Each check, with the message that an analyst sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.data_cases.changed import (
    OTHERS,
    SOURCES,
    TOOLS,
    TREE,
    change_small,
    faults_after,
    faults_in,
)

FAULTS = Path(__file__).parent / "data_cases" / "faults"
CASES: list[dict[str, Any]] = [
    case for file in sorted(FAULTS.glob("*.yaml")) for case in yaml.safe_load(file.read_bytes())
]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_fault_is_told_where_it_stands(tmp_path: Path, case: dict[str, Any]) -> None:
    assert faults_after(tmp_path, (case["in"], case["for"], case["write"])) == case["faults"]


def test_list_and_text_limits_are_told(tmp_path: Path) -> None:
    names = ", ".join(f"a{n}" for n in range(101))
    places = ", ".join(f"handbook#{n}" for n in range(51))
    assert faults_after(
        tmp_path,
        (TOOLS, "[opencontainers/runc]", f"[{names}]"),
        (TOOLS, "Starts containers.", "x" * 2001),
        (TOOLS, "{object: runc, evidence: [handbook]", f"{{object: runc, evidence: [{places}]"),
    ) == [
        "entities/tools.yaml:4:21: 'description' of runc in 'en' has 2,001 characters, "
        "more than 2,000",
        "entities/tools.yaml:5:12: 'aliases' of runc has 101 items, more than 100",
        "entities/tools.yaml:35:32: the evidence of youki alternativeTo runc has 51 items, "
        "more than 50",
    ]  # fmt: skip


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    assert faults_after(
        tmp_path,
        (TOOLS, "kind: Tool", "kind: Tol"),
        (OTHERS, "zh: 开放容器倡议", "de: OCI"),
        (SOURCES, "read: 2026-11-01", "read: yesterday"),
    ) == [
        "entities/others.yaml:9:10: 'label' of oci lacks the language 'zh'",
        "entities/others.yaml:9:42: unknown field of 'label' of oci: 'de'; it may have: en, zh",
        "entities/tools.yaml:2:9: unknown kind 'Tol'; did you mean: Tool?",
        "sources/sources.yaml:5:9: 'read' of source handbook: 'yesterday' is not a date; "
        "write 2019, 2019-08 or 2019-08-16",
    ]  # fmt: skip


def test_unreadable_file_makes_no_faults_of_references_into_it(tmp_path: Path) -> None:
    assert faults_after(tmp_path, (OTHERS, "kind: Specification", "kind: [")) == [
        "entities/others.yaml:4:3: not YAML: while parsing a flow sequence, "
        "did not find expected ',' or ']'; write ']' at the end of what begins at 2:9"
    ]


def test_missing_and_misplaced_files_are_faults(tmp_path: Path) -> None:
    data = change_small(tmp_path)
    (data / "ontology.yaml").rename(data / "entities" / "ontology.yml")
    (data / "entities" / "empty.yaml").write_text("")
    (data / "entities" / "deeper").mkdir()
    below = (
        f"a folder that lies over another comes behind it: ecograph check data {data.as_posix()}"
    )
    assert faults_in(data) == [
        "entities/deeper: folders inside this folder are not read",
        "entities/empty.yaml: the file holds nothing",
        "entities/ontology.yml: no file of this name is read here; "
        "put .yaml files into entities/, sources/ or seed/, .csv files into lists/",
        f"ontology.yaml: the file is missing; {below}",
    ]


def test_missing_folder_is_a_fault(tmp_path: Path) -> None:
    assert faults_in(tmp_path / "none") == [f"{tmp_path / 'none'}: there is no such folder"]


def test_diagram_that_its_statements_would_not_give_back_is_a_fault(tmp_path: Path) -> None:
    moved = "B02-->B0203[libseccomp]\n"
    assert faults_after(
        tmp_path,
        (TREE, moved, ""),
        (TREE, "B01-->|OCI|", f"{moved}B01-->|OCI|"),
    ) == [
        "seed/tree.mmd:4:1: the statements give another line than 'B02-->B0203[libseccomp]'; "
        "they give 'B01-->|OCI| B0101[runtime spec]'"
    ]  # fmt: skip


def test_further_cycles_are_told_too(tmp_path: Path) -> None:
    assert faults_after(
        tmp_path,
        (TOOLS, "zh: libseccomp}\n", "zh: libseccomp}\n"
         "  uses: [{object: runc, evidence: [handbook]}, {object: youki, evidence: [handbook]}]\n"),
        (TOOLS, "zh: youki}\n", "zh: youki}\n"
         "  uses: [{object: libseccomp, evidence: [handbook]}]\n"),
    ) == [
        "entities/tools.yaml:27:19: a cycle of 'uses': libseccomp -> runc -> libseccomp; "
        "take one of its statements out",
        "entities/tools.yaml:32:19: a cycle of 'uses': libseccomp -> youki -> libseccomp; "
        "take one of its statements out",
    ]  # fmt: skip
