"""docs/clients.md: what runs on node, with the packages of tests/clients."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecograph.service import open_service
from tests.serving import serving
from tests.worked import ROOT, section_of, try_out

CLIENTS = ROOT / "docs" / "clients.md"
PACKAGES = ROOT / "tests" / "clients"
SECTIONS = ["TypeScript with generated types", "Apollo Client"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(open_service()) as at:
        yield at


@pytest.mark.parametrize("title", SECTIONS)
def test_the_example_prints_what_the_document_says(
    title: str, address: str, tmp_path: Path
) -> None:
    (tmp_path / "node_modules").symlink_to(PACKAGES / "node_modules")
    (tmp_path / "package.json").write_text('{ "type": "module" }\n', "utf-8")
    for expected, printed in try_out(section_of(CLIENTS, title), tmp_path, address):
        assert printed == expected


@pytest.mark.parametrize("title", SECTIONS)
def test_the_packages_that_are_named_are_those_that_are_tested(title: str) -> None:
    named = re.search(r"`npm install (.*?)`", section_of(CLIENTS, title))
    assert named
    tested = json.loads((PACKAGES / "package.json").read_text("utf-8"))["dependencies"]
    assert set(named[1].split()) <= set(tested)
