"""The strict check tells what the core lacks, and nothing of what is no part of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecograph.curate.strict import check_strictly, find_core
from ecograph.errors import DataErrors
from tests.commands import call
from tests.data_cases.changed import change_small
from tests.world import world


def test_core_is_the_seed_the_specifications_their_implementers_and_cncf_projects() -> None:
    core = find_core(world())
    assert {"core", "runc", "flannel", "cadvisor-heapster", "heapster"} <= core  # the seed
    assert {"cri", "oci-image-spec"} <= core  # specifications
    assert {"crun", "railcar", "cri-dockerd", "quay-io"} <= core  # implementers, once or now
    assert {"kubernetes", "rkt"} <= core  # with a maturity
    assert not core & {"incus", "lxd", "docker-inc", "today-monitoring", "oci-runtime-tools"}


def lacking(folder: Path, *changes: tuple[str, str, str]) -> list[str]:
    """What the small dataset lacks after changes."""
    data = change_small(folder, *changes)
    with pytest.raises(DataErrors) as caught:
        check_strictly([data])
    return [str(fault).replace(f"{data.as_posix()}/", "") for fault in caught.value.faults]


def test_descriptions_and_days_that_are_missing_are_told_at_their_entity(tmp_path: Path) -> None:
    told = lacking(tmp_path)
    hint = "say in one or two sentences what its source says"
    assert f"entities/tools.yaml:24:7: libseccomp has no description in English; {hint}" in told
    assert f"entities/tools.yaml:24:7: libseccomp has no description in Chinese; {hint}" in told
    assert not [line for line in told if "runc has no description" in line]
    # It is declared, but neither of the seed nor of anything else in the core.
    assert not [line for line in told if "docker-inc" in line]


def test_chinese_text_that_is_not_chinese_is_told(tmp_path: Path) -> None:
    told = lacking(tmp_path, ("entities/tools.yaml", "zh: 启动容器。", "zh: Starts containers."))
    assert "entities/tools.yaml:1:7: the Chinese description of runc is not in Chinese" in told


def test_source_without_a_day_is_told_once(tmp_path: Path) -> None:
    before, after = (f"evidence: [{name}]\n  history" for name in ("handbook", "runc-readme"))
    told = lacking(tmp_path, ("entities/tools.yaml", before, after))
    assert [line for line in told if "runc-readme" in line] == [
        "entities/tools.yaml:1:7: nobody said when runc-readme, evidence of runc, was read; write "
        "'read' at the source"
    ]


def test_command_fails_with_what_is_lacking_in_every_form(tmp_path: Path) -> None:
    data = str(change_small(tmp_path))
    assert call("check", data).returncode == 0
    told = call("check", data, "--strict", "--format", "json")
    assert told.returncode == 1
    assert {fault["code"] for fault in json.loads(told.stdout)["faults"]} == {"LACKS_DESCRIPTION"}
    assert "::error file=" in call("check", data, "--strict", "--format", "github").stdout
