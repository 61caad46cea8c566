"""An extension of Python-Markdown: a fence with the language `ecograph` becomes a figure.

MkDocs reads it through its plugin, Zensical and others by its name, `ecograph.plugins.markdown`.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from ecograph.errors import FenceError
from ecograph.plugins.figure import Defaults, open_figures

log = logging.getLogger("ecograph")
OPENING = re.compile(r"(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)")
LANGUAGE = re.compile(r"\{?[ \t]*\.?ecograph[ \t]*\}?")
CONTAINER = re.compile(r"[ \t>]*([-*+]|\d+[.)]|!!!|\?\?\?|===|\[\^|:)")
"""A line below which what is indented belongs to it, and is no code."""
BEFORE_OTHERS = 29
"""After white space is made regular (30), before fences of code are read (25)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fence: its text, its lines as they stand, the first of them and that after it, from 0."""

    text: str
    lines: tuple[str, ...]
    indent: str
    start: int
    end: int

    def place(self, source: str, file: str, line: int) -> str:
        """Where a line of the text, from 1, stands in the file, as file:line.

        A document is read without its front matter, and with what was put into it.
        """
        lines = [one.expandtabs(4) for one in source.splitlines()]
        own, length = [*self.lines], len(self.lines)
        found = (n for n in range(len(lines)) if lines[n : n + length] == own)
        return f"{file}:{next(found, self.start) + line + 1}"


def find_fences(lines: list[str]) -> Iterator[Found]:
    """The fences of a document that ask for pictures, without those that stand in others."""
    at = 0
    while at < len(lines):
        opening = OPENING.fullmatch(lines[at])
        if opening is None:
            at += 1
            continue
        marks, indent = opening["marks"], opening["indent"]
        closing = re.compile(rf"[ \t>]*{marks[0]}{{{len(marks)},}}[ \t]*")
        end = next((n for n in range(at + 1, len(lines)) if closing.fullmatch(lines[n])), None)
        if end is None:
            at += 1
            continue
        if LANGUAGE.fullmatch(opening["info"].strip()) and not _is_code(lines, at, indent):
            inner = (line.lstrip(" \t>") for line in lines[at + 1 : end])
            yield Found("\n".join(inner), tuple(lines[at : end + 1]), indent, at, end + 1)
        at = end + 1


def _is_code(lines: list[str], at: int, indent: str) -> bool:
    """Whether a fence is indented so far that it is text of a block of code."""
    width = len(indent.expandtabs(4))
    if width < 4 or ">" in indent:
        return False
    for line in reversed(lines[:at]):
        if line.strip() and len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) < width:
            return CONTAINER.match(line) is None
    return True


def _apart(beside: list[str], indent: str) -> list[str]:
    """The empty line that makes a paragraph of its own, if there is none yet."""
    return [indent.rstrip()] if any(line.strip(" \t>") for line in beside) else []


Draw = Callable[[Found, Markdown], str]
"""From a fence and its document: HTML."""


class FencePreprocessor(Preprocessor):
    """Puts a figure in the place of each fence."""

    def __init__(self, md: Markdown, draw: Draw) -> None:
        super().__init__(md)
        self._draw = draw

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a placeholder for each fence. Raises: FenceError."""
        out: list[str] = []
        done = 0
        for found in find_fences(lines):
            kept = self.md.htmlStash.store(self._draw(found, self.md))
            before = lines[done : found.start]
            out += before
            out += _apart(before[-1:], found.indent)
            out.append(found.indent + kept)
            out += _apart(lines[found.end : found.end + 1], found.indent)
            done = found.end
        return [*out, *lines[done:]]


class EcographExtension(Extension):
    """The extension; with `draw` its user says what becomes of a fence."""

    def __init__(self, draw: Draw | None = None, **options: Any) -> None:
        self.config = {
            "server": ["", "Address of a server; pictures are live with it."],
            "data": [[], "Data folders; the bundled one unless said."],
            "lang": ["en", "en or zh, where a page does not say it."],
            "theme": ["auto", "auto, light or dark."],
            "width": [760, "Pixels that a picture may take."],
            "strict": [True, "Whether a fault in a fence ends the build; else it is a warning."],
        }
        super().__init__(**options)
        self._own = draw
        self._drawer: _Drawer | None = None

    def reset(self) -> None:
        """Begin another document, as Python-Markdown asks for between two."""
        if self._drawer is not None:
            self._drawer.scripts.clear()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register what reads the fences."""
        draw = self._own
        if draw is None:
            self._drawer = _Drawer(self.getConfigs())
            draw = self._drawer.draw
            md.registerExtension(self)
        md.preprocessors.register(FencePreprocessor(md, draw), "ecograph", BEFORE_OTHERS)


class _Drawer:
    """Draws the fences of one document by the extension's own settings."""

    def __init__(self, settings: dict[str, Any]) -> None:
        data = settings["data"]
        self._figures = open_figures(tuple([data] if isinstance(data, str) else data))
        self._settings = settings
        self.scripts: set[str] = set()

    def draw(self, found: Found, md: Markdown) -> str:
        settings, page = self._settings, page_of(md)
        lang = str(page.meta.get("lang") or settings["lang"]) if page else settings["lang"]
        defaults = Defaults(settings["server"], lang, settings["theme"], int(settings["width"]))
        try:
            figure = self._figures.draw(found.text, defaults)
        except FenceError as error:
            file, source = (page.file, page.source) if page else ("fence at line", "")
            told = f"{found.place(source, file, error.line)}: {error.message}"
            if settings["strict"]:
                raise FenceError(error.line, told) from error
            log.warning(told)
            return to_fault(error.message)
        new = figure.script not in self.scripts
        self.scripts.add(figure.script)
        return figure.html + (figure.tag if new else "")


@dataclass(frozen=True, slots=True)
class _Page:
    """The page that a document is of; `file` as a person finds it."""

    file: str
    meta: dict[str, Any]

    @property
    def source(self) -> str:
        try:
            return Path(self.file).read_text("utf-8")
        except OSError:
            return ""


def page_of(md: Markdown) -> _Page | None:
    """The page of a document, which Zensical hands over as a preprocessor; None elsewhere."""
    for one in md.preprocessors:
        page: Any = getattr(one, "page", None)
        config = getattr(one, "config", None)
        if hasattr(page, "path") and hasattr(page, "meta") and isinstance(config, dict):
            file = Path(str(config.get("docs_dir", "docs")), page.path)
            return _Page(os.path.relpath(file), dict(page.meta))
    return None


def to_fault(message: str) -> str:
    """What stands in the place of a figure that could not be drawn."""
    return f'<figure class="ecograph"><p>{escape(message)}</p></figure>'


def makeExtension(**options: Any) -> EcographExtension:
    """The extension, as Python-Markdown asks for it."""
    return EcographExtension(**options)
