"""A site of Docusaurus with pictures, built by Docusaurus; and the plugin's built file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT
from tests.sites import elsewhere, files_of, pictures, said, write

SITE = ROOT / "tests" / "docusaurus"
PLUGIN = ROOT / "plugins" / "docusaurus"
SECONDS = 600
LIVE = """---
lang: zh
---

- 一

  ```ecograph
  Path?from=runc&to=cri
  server: https://g.example
  ```
"""


def run(folder: Path, *command: str) -> str:
    """What a command prints; it finds this Python's commands first."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False,
        env={**os.environ, "PATH": path, "NO_UPDATE_NOTIFIER": "1", "CI": "true"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the document, and a page more."""
    folder = write(tmp_path_factory.mktemp("docusaurus"), files_of("Docusaurus"))
    write(folder, {"docs/more.md": LIVE, "package.json": '{"private": true}'})
    (folder / "node_modules").symlink_to(SITE / "node_modules")
    run(folder, "node_modules/.bin/docusaurus", "build", "--no-minify")
    return folder / "build"


def test_a_page_holds_its_picture_in_what_is_sent_first(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    [picture] = pictures(page)
    assert said(picture)[0] == "OCI Runtime Specification · implemented by"
    assert "The tools that implement the OCI Runtime Specification</figcaption>" in page
    assert "<li>runc implements OCI Runtime Specification (2015-08 · listed)" in page
    assert elsewhere(page.replace('href="https://docs.example/', 'href="/')) == []


def test_a_fence_with_a_server_is_live(site: Path) -> None:
    page = (site / "more" / "index.html").read_text("utf-8")
    assert '<ecograph-view src="https://g.example/" question="Path?from=runc&amp;to=cri"' in page
    assert '<script type="module" src="https://g.example/ecograph-view.js"></script>' in page
    assert '<figure class="ecograph" lang="zh-Hans">' in page


def read(tmp_path: Path, text: str, **options: Any) -> Any:
    """What the plugin makes of a page, whose file has front matter of three lines."""
    write(tmp_path, {"page.md": f"---\nlang: zh\n---\n{text}"})
    told = run(
        SITE, "node", "remark.mjs", str(tmp_path / "page.md"), text, json.dumps(options)
    )  # fmt: skip
    return json.loads(told)


def test_a_fault_is_told_with_its_place(tmp_path: Path) -> None:
    told = read(tmp_path, "# A\n\n```ecograph\nImplementers\nspec: runtim-spec\n```\n")
    assert "page.md:8: 'runtim-spec' in argument 'spec' names no Specification" in told["message"]
    told = read(tmp_path, "```ecograph\nPth\n```\n", strict=False)
    assert told["message"] == ""
    [made] = told["tree"]["children"]
    assert "did you mean: Path, Paths?" in made["attributes"][0]["value"]["value"]


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = read(tmp_path, "```ecograph\nPath?from=runc&to=cri\n```\n", command=["no-ecograph"])
    assert told["message"].startswith("cannot run no-ecograph: ")
    assert told["message"].endswith("; pip install ecograph")


def test_the_script_of_the_sites_server_is_on_every_page(tmp_path: Path) -> None:
    assert read(tmp_path, "text\n", server="https://g.example/")["tags"] == [
        {
            "tagName": "script",
            "attributes": {"type": "module", "src": "https://g.example/ecograph-view.js"},
        }
    ]


def test_the_built_file_is_what_the_source_makes(tmp_path: Path) -> None:
    run(PLUGIN, "npx", "--no-install", "tsc", "--outDir", str(tmp_path))
    for name in ("index.js", "index.d.ts"):
        told = f"{name}: npm run build --prefix plugins/docusaurus"
        assert (PLUGIN / name).read_bytes() == (tmp_path / name).read_bytes(), told
