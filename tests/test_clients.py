"""docs/clients.md: what runs without node, and that each section is run somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecograph.service import open_service
from tests import test_clients_node
from tests.serving import serving
from tests.worked import ROOT, section_of, try_out

CLIENTS = ROOT / "docs" / "clients.md"
SECTIONS = ["curl", "Python with httpx", "Python with gql"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(open_service()) as at:
        yield at


@pytest.mark.parametrize("title", SECTIONS)
def test_the_example_prints_what_the_document_says(
    title: str, address: str, tmp_path: Path
) -> None:
    for expected, printed in try_out(section_of(CLIENTS, title), tmp_path, address):
        assert printed == expected


def test_every_section_is_run() -> None:
    titles = re.findall(r"^## (.*)$", CLIENTS.read_text("utf-8"), re.MULTILINE)
    assert titles == [*SECTIONS, *test_clients_node.SECTIONS]
