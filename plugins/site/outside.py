"""A hook of the site: files of the project that documents link to, beyond docs/, come along.

So that a link says the same on a code host, where it leads to the file, and on the site.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)#\s]+)")
INTO = "project"


def _outside(page: str, link: str) -> str:
    """The path from the project's root of what a page links to beyond docs/; empty if within."""
    path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), link))
    return "" if path.startswith(("docs/", "..")) else path


def on_files(files: Files, config: MkDocsConfig, **_: Any) -> Files:
    """Add what is linked to; a folder cannot be, and stays a fault of its link."""
    root = Path(config.docs_dir).parent
    for page in list(files.documentation_pages()):
        for link in LINK.findall(page.content_string):
            path = _outside(page.src_uri, link)
            source, uri = root / path, f"{INTO}/{path}"
            if path and source.is_file() and files.get_file_from_path(uri) is None:
                kept = InclusionLevel.NOT_IN_NAV
                files.append(File.generated(config, uri, abs_src_path=str(source), inclusion=kept))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: Any) -> str:
    """Lead links to where the files are in the site."""
    here = page.file.src_uri

    def lead(link: re.Match[str]) -> str:
        path = _outside(here, link[1])
        if not path or files.get_file_from_path(f"{INTO}/{path}") is None:
            return link[1]
        return posixpath.relpath(f"{INTO}/{path}", posixpath.dirname(here) or ".")

    return LINK.sub(lead, markdown)
