"""Small sites, made of what docs/embedding.md says, built by the real generators."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.commands import ROOT, Done

SVG = "{http://www.w3.org/2000/svg}"
LOADED = re.compile(
    r"""<(?:script|img|link|iframe|source|use)\b[^>]*?\s(?:src|href)=["']?([^"'\s>]+)"""
)


def files_of(section: str) -> dict[str, str]:
    """The files that a section of the document gives, by name."""
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    found = re.search(
        rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert found, section
    return blocks_of(found[1])


def blocks_of(text: str) -> dict[str, str]:
    """The files that a text gives: each a block below its name."""
    blocks = re.findall(r"^`([\w./-]+)`:\n\n(`{3,})\w*\n(.*?)^\2$", text, re.DOTALL | re.MULTILINE)
    return {name: content for name, _, content in blocks}


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder with the files in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def build(folder: Path, *command: str) -> Done:
    """Run a generator, as a module of this Python, in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"},
        timeout=120, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def pictures(page: str) -> list[ElementTree.Element]:
    """The pictures in a page, each well-formed."""
    return [
        ElementTree.fromstring(one)
        for one in re.findall(r"<svg[^>]*class=\"eg .*?</svg>", page, re.DOTALL)
    ]


def said(picture: ElementTree.Element) -> tuple[str, str]:
    """A picture's title and description."""
    told = [picture.findtext(f"{SVG}{name}") for name in ("title", "desc")]
    assert all(told)
    return str(told[0]), str(told[1])


def elsewhere(page: str) -> list[str]:
    """The addresses beyond the site that a page loads something from."""
    return [url for url in LOADED.findall(page) if re.match(r"(https?:)?//", url)]
