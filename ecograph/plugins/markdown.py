"""An extension of Python-Markdown: a fence with the language `ecograph` becomes a figure.

MkDocs reads it through its plugin, Zensical and others by its name, `ecograph.plugins.markdown`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from ecograph.errors import FenceError
from ecograph.plugins.figure import Defaults, Figures

log = logging.getLogger("ecograph")
OPENING = re.compile(r"(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)")
LANGUAGE = re.compile(r"\{?[ \t]*\.?ecograph[ \t]*\}?")
CONTAINER = re.compile(r"[ \t>]*([-*+]|\d+[.)]|!!!|\?\?\?|===|\[\^|:)")
"""A line below which what is indented belongs to it, and is no code."""
BEFORE_OTHERS = 29
"""After white space is made regular (30), before fences of code are read (25)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fence: its text, where it stands, lines from 0; `end` is that after it."""

    text: str
    indent: str
    start: int
    end: int


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
            yield Found("\n".join(inner), indent, at, end + 1)
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


Draw = Callable[[str, int, Markdown], str]
"""From a fence's text, the line in which that begins, from 1, and the document: HTML."""


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
            html = self._draw(found.text, found.start + 2, self.md)
            kept = self.md.htmlStash.store(html)
            out += [*lines[done : found.start], found.indent.rstrip(), found.indent + kept,
                    found.indent.rstrip()]  # fmt: skip
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

    def extendMarkdown(self, md: Markdown) -> None:
        """Register what reads the fences."""
        draw = self._own or _Drawer(self.getConfigs()).draw
        md.preprocessors.register(FencePreprocessor(md, draw), "ecograph", BEFORE_OTHERS)


class _Drawer:
    """Draws the fences of one document by the extension's own settings."""

    def __init__(self, settings: dict[str, Any]) -> None:
        data = settings["data"]
        self._figures = open_figures(tuple([data] if isinstance(data, str) else data))
        self._settings = settings
        self._scripts: set[str] = set()

    def draw(self, text: str, line: int, md: Markdown) -> str:
        settings, page = self._settings, page_of(md)
        lang = str(page.meta.get("lang") or settings["lang"]) if page else settings["lang"]
        defaults = Defaults(settings["server"], lang, settings["theme"], int(settings["width"]))
        try:
            figure = self._figures.draw(text, defaults)
        except FenceError as error:
            where = f"{page.path}: " if page else ""
            told = f"{where}fence, line {line + error.line - 1}: {error.message}"
            if settings["strict"]:
                raise FenceError(line + error.line - 1, told) from error
            log.warning(told)
            return to_fault(error.message)
        new = figure.script not in self._scripts
        self._scripts.add(figure.script)
        return figure.html + (figure.tag if new else "")


def page_of(md: Markdown) -> Any:
    """The page of a document as Zensical keeps it: with `path` and `meta`; None elsewhere."""
    pages = (getattr(one, "page", None) for one in md.preprocessors)
    return next((page for page in pages if hasattr(page, "path") and hasattr(page, "meta")), None)


def to_fault(message: str) -> str:
    """What stands in the place of a figure that could not be drawn."""
    from html import escape

    return f'<figure class="ecograph"><p>{escape(message)}</p></figure>'


@lru_cache(maxsize=4)
def open_figures(data: tuple[str, ...]) -> Figures:
    """What draws, kept from page to page: generators make a new extension for each."""
    return Figures(data)


def makeExtension(**options: Any) -> EcographExtension:
    """The extension, as Python-Markdown asks for it."""
    return EcographExtension(**options)
