"""A site of Zensical with pictures, built by Zensical."""

from __future__ import annotations

from pathlib import Path

from tests.sites import build, elsewhere, files_of, pictures, said, write


def test_a_page_holds_its_picture_in_its_language(tmp_path: Path) -> None:
    done = build(write(tmp_path, files_of("Zensical")), "zensical", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    [picture] = pictures(page)
    assert said(picture)[0] == "OCI 运行时规范 · 被实现"
    assert "<li>runc 实现了 OCI 运行时规范 (2015-08 · 列名)" in page
    assert elsewhere(page) == []


def test_a_fault_ends_the_build_and_says_where(tmp_path: Path) -> None:
    files = files_of("Zensical")
    files["docs/index.md"] = files["docs/index.md"].replace("oci-runtime-spec", "runtim-spec")
    done = build(write(tmp_path, files), "zensical", "build")
    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "docs/index.md:9: 'runtim-spec' in argument 'spec' names no Specification" in told
