"""Hostile folders are refused within a second of work, at the right place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from ecograph.load import load
from tests.data_cases.changed import TOOLS, TREE, change_small, faults_in


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return change_small(tmp_path)


@pytest.fixture(autouse=True)
def within_a_second() -> Iterator[None]:
    begun = process_time()
    yield
    assert process_time() - begun < 1


def test_billion_laughs(data: Path) -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for n in range(1, 30):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]")
    (data / TOOLS).write_text("\n".join(lines))
    assert faults_in(data) == [
        "entities/tools.yaml:1:5: the anchor &a0 is not allowed; take it out",
        "entities/tools.yaml:2:5: the anchor &a1 is not allowed; take it out",
        "entities/tools.yaml:2:10: the alias *a0 is not allowed; write the value out",
    ]


def test_link_out_of_the_folder(data: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("- password\n")
    (data / "entities" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert faults_in(data) == ["entities/link.yaml: the link leads out of the data folder"]


def test_folder_that_is_a_link_out(data: Path, tmp_path: Path) -> None:
    (data / "sources").rename(tmp_path / "sources")
    (data / "sources").symlink_to(tmp_path / "sources")
    assert "sources: this must be a folder" in faults_in(data)


def test_link_to_itself(data: Path) -> None:
    (data / "entities" / "ring.yaml").symlink_to("ring.yaml")
    assert faults_in(data) == ["entities/ring.yaml: this is not a regular file"]


def test_link_to_a_device(data: Path) -> None:
    (data / "entities" / "zero.yaml").symlink_to("/dev/zero")
    assert faults_in(data) == ["entities/zero.yaml: the link leads out of the data folder"]


def test_link_inside_the_folder_is_followed(data: Path) -> None:
    (data / TOOLS).rename(data / "tools.txt")
    (data / TOOLS).symlink_to("../tools.txt")
    assert "runc" in load(data).entities


def test_fifo(data: Path) -> None:
    os.mkfifo(data / "entities" / "pipe.yaml")
    assert faults_in(data) == ["entities/pipe.yaml: this is not a regular file"]


def test_folder_in_place_of_a_file(data: Path) -> None:
    (data / "dataset.yaml").unlink()
    (data / "dataset.yaml").mkdir()
    assert faults_in(data) == ["dataset.yaml: this is not a regular file"]


def test_file_of_more_than_16_megabytes(data: Path) -> None:
    with (data / "entities" / "large.yaml").open("wb") as file:
        file.truncate(1024 * 1024 * 1024)
    assert faults_in(data) == ["entities/large.yaml: the file is larger than 16 MB; split it"]


def test_bytes_that_are_not_utf_8(data: Path) -> None:
    (data / "entities" / "latin.yaml").write_bytes("- a\n- 容".encode() + b"\xe9\n")
    assert faults_in(data) == ["entities/latin.yaml:2:4: the byte 0xE9 is not UTF-8"]


def test_utf_16(data: Path) -> None:
    (data / "entities" / "wide.yaml").write_bytes("- a\n".encode("utf-16"))
    assert faults_in(data) == ["entities/wide.yaml:1:1: the byte 0xFF is not UTF-8"]


def test_script_in_a_diagram(data: Path) -> None:
    with (data / TREE).open("a") as file:
        file.write('click A "javascript:alert(1)"\n')
    assert faults_in(data) == [
        "seed/tree.mmd:8:10: 'javascript:alert(1)\"' is not allowed; keep plain text and <br/>"
    ]


def test_file_of_nothing_but_faults(data: Path) -> None:
    (data / "entities" / "many.yaml").write_text("- {id: x, kind: T, usez: y}\n" * 2_000)
    messages = faults_in(data)
    assert len(messages) == 1001
    assert any(message.endswith("8999 further fault(s) are not shown") for message in messages)


def test_list_of_many_texts(data: Path) -> None:
    (data / "entities" / "many.yaml").write_text("- a\n" * 60_000)
    assert faults_in(data) == [
        "entities/many.yaml:1:1: a file of entities has 60,000 items, more than 50,000"
    ]


@pytest.mark.parametrize("text", ["(" * 100, "MIT" + " OR MIT" * 28, "-" * 200])
def test_licence_that_is_hard_to_read(data: Path, text: str) -> None:
    path = data / TOOLS
    path.write_text(path.read_text("utf-8").replace("license: Apache-2.0", f"license: '{text}'"))
    assert len(faults_in(data)) <= 1
