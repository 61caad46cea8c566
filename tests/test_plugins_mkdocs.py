"""A site of MkDocs with pictures, built by MkDocs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands import ROOT
from tests.sites import build, elsewhere, files_of, pictures, said, write

EMBEDDING = (ROOT / "docs" / "embedding.md").read_text("utf-8")
LIVE = "  - ecograph:\n      server: https://graph.example/\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the document."""
    folder = write(tmp_path_factory.mktemp("mkdocs"), files_of("MkDocs"))
    done = build(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_a_page_holds_its_pictures(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    first, second = pictures(page)
    assert said(first)[0] == "OCI Runtime Specification · implemented by"
    assert "runc implements OCI Runtime Specification." in said(first)[1]
    assert said(second)[0] == "From Docker Engine to Container Runtime Interface"
    assert "The tools that implement the OCI Runtime Specification</figcaption>" in page


def test_a_page_says_the_same_as_a_list(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert page.count("<summary>The same as a list</summary>") == 2
    assert "<li>runc implements OCI Runtime Specification (2015-08 · listed)" in page


def test_a_page_asks_nobody_else_for_anything(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert elsewhere(page) == []
    assert "ecograph-view" not in page


def test_the_search_finds_what_a_picture_says_and_none_of_its_style(site: Path) -> None:
    told = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    [text] = {one["text"] for one in told["docs"] if one["location"] == "#runtimes"}
    assert "runc implements OCI Runtime Specification" in text
    assert "light-dark" not in text


def test_with_a_server_pictures_are_live(tmp_path: Path) -> None:
    files = files_of("MkDocs")
    files["mkdocs.yml"] = files["mkdocs.yml"].replace("  - ecograph\n", LIVE)
    files["docs/zh.md"] = (
        "---\nlang: zh\n---\n\n```ecograph\nAround\nname: runc\ntheme: dark\n```\n"
    )
    done = build(write(tmp_path, files), "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert (
        '<ecograph-view src="https://graph.example/" question="Implementers?spec=oci-runtime-spec"'
        ' lang="en">\n<svg '
    ) in page
    script = '<script type="module" src="https://graph.example/ecograph-view.js"></script>'
    assert page.count(script) == 1
    other = (tmp_path / "site" / "zh" / "index.html").read_text("utf-8")
    assert 'question="Around?name=runc" lang="zh" theme="dark">' in other
    assert '<figure class="ecograph" lang="zh-Hans">' in other


def test_a_fault_ends_the_build_and_says_where(tmp_path: Path) -> None:
    files = files_of("MkDocs")
    files["docs/more.md"] = (
        "---\ntitle: More\n---\n\n# More\n\n```ecograph\nPath\nfrom: runcc\nto: cri\n```\n"
    )
    done = build(write(tmp_path, files), "mkdocs", "build")
    assert done.returncode == 1
    assert (
        "docs/more.md:9: 'runcc' in argument 'from' names no entity; did you mean: runc (Tool)"
        in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_the_fault_that_the_document_shows_is_the_one_that_comes(tmp_path: Path) -> None:
    files = files_of("MkDocs")
    files["docs/index.md"] = "# Runtimes\n\n```ecograph\nImplementers\nspec: runtim-spec\n```\n"
    done = build(write(tmp_path, files), "mkdocs", "build")
    [shown] = re.findall(r"^docs/index\.md:5: .*", EMBEDDING, re.MULTILINE)
    assert shown in done.stderr


def test_with_strict_off_a_fault_is_a_warning(tmp_path: Path) -> None:
    files = files_of("MkDocs")
    files["mkdocs.yml"] = files["mkdocs.yml"].replace(
        "  - ecograph\n", "  - ecograph:\n      strict: false\n"
    )
    files["docs/index.md"] = "```ecograph\nPth?from=runc\n```\n"
    done = build(write(tmp_path, files), "mkdocs", "build")
    assert done.returncode == 0
    told = "unknown operation 'Pth'; did you mean: Path, Paths?"
    assert f"docs/index.md:2: {told}" in done.stderr
    assert f"<p>{told.replace(chr(39), '&#x27;')}</p>" in (
        tmp_path / "site" / "index.html"
    ).read_text("utf-8")
