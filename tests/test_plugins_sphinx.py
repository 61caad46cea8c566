"""A site of Sphinx with pictures, built by Sphinx; and other builders, which draw none."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from sphinx.cmd.build import main

from tests.commands import Done
from tests.sites import elsewhere, files_of, pictures, said, write


def make(folder: Path, builder: str, *options: str) -> Done:
    """Run Sphinx in this process, which has the data open after the first time."""
    told, wrong = StringIO(), StringIO()
    read, made = str(folder / "_build" / "read"), str(folder / "_build" / builder)
    with redirect_stdout(told), redirect_stderr(wrong):
        status = main(["-q", "-b", builder, "-d", read, *options, str(folder), made])
    return Done(status, told.getvalue(), wrong.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the document, as pages, as text and for LaTeX."""
    folder = write(tmp_path_factory.mktemp("sphinx"), files_of("Sphinx"))
    for builder in ("html", "text", "latex"):
        done = make(folder, builder, "-W")
        assert done.returncode == 0, done.stderr
    return folder


def test_a_page_holds_its_pictures(folder: Path) -> None:
    page = (folder / "_build" / "html" / "index.html").read_text("utf-8")
    first, second = pictures(page)
    assert said(first)[0] == "OCI Runtime Specification · implemented by"
    assert "runc implements OCI Runtime Specification." in said(first)[1]
    assert '"maturity":["GRADUATED","INCUBATING"]' in (second.get("data-variables") or "")
    assert "The tools that implement the OCI Runtime Specification</figcaption>" in page
    assert '<figure class="ecograph" lang="zh-Hans">' in page
    assert "<li>runc implements OCI Runtime Specification (2015-08 · listed)" in page
    assert elsewhere(page) == []


def test_a_text_holds_the_same_as_a_list(folder: Path) -> None:
    text = (folder / "_build" / "text" / "index.txt").read_text("utf-8")
    assert "* runc implements OCI Runtime Specification (2015-08 · listed)" in text
    assert "The tools that implement the OCI Runtime Specification" in text
    assert "<svg" not in text


def test_for_latex_it_is_a_list_too(folder: Path) -> None:
    [text] = (folder / "_build" / "latex").glob("*.tex")
    assert "runc implements OCI Runtime Specification" in text.read_text("utf-8")


def test_a_server_makes_pages_live(tmp_path: Path) -> None:
    files = files_of("Sphinx")
    files["conf.py"] += 'ecograph_server = "https://graph.example"\n'
    write(tmp_path, files)
    assert make(tmp_path, "html").returncode == 0
    page = (tmp_path / "_build" / "html" / "index.html").read_text("utf-8")
    assert '<ecograph-view src="https://graph.example/" question="Implementers?spec=' in page
    assert page.count("https://graph.example/ecograph-view.js") == 1


def test_every_fault_is_told_with_its_line_and_fails_the_build(tmp_path: Path) -> None:
    files = files_of("Sphinx")
    files["index.rst"] = files["index.rst"].replace("GRADUATED", "GRADUAL").replace(
        "oci-runtime-spec", "runtim-spec"
    )  # fmt: skip
    write(tmp_path, files)
    for _ in range(2):
        done = make(tmp_path, "html")
        assert done.returncode == 1
        assert f"{tmp_path}/index.rst:5: ERROR: 'runtim-spec' in argument 'spec'" in done.stderr
        assert f"{tmp_path}/index.rst:11: ERROR: Variable '$maturity' has invalid" in done.stderr
        assert "Traceback" not in done.stderr
    done = make(tmp_path, "html", "-D", "ecograph_strict=0")
    assert done.returncode == 0
    assert f"{tmp_path}/index.rst:5: WARNING: 'runtim-spec'" in done.stderr
