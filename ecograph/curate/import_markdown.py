"""A list or a table in a Markdown file -> rows. A link's text is the name, its target the page.

The recipe's `section` is the heading below which it stands; without one the whole file is read.
For a table `columns` say which heading is which, for a list there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ecograph.curate.import_recipe import Recipe, read_text
from ecograph.curate.import_rows import Found, repository_key, repository_name
from ecograph.curate.import_table import find_row
from ecograph.errors import DataError, Place
from ecograph.model.keys import did_you_mean

PAGE = "page"
"""A column that every row of a table has beside the table's own: the target of its first link."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What stands in an item or a cell: its text, that of its first link, and the link's target."""

    text: str = ""
    linked: str = ""
    target: str = ""

    @property
    def name(self) -> str:
        """The first link's text, or what stands before a colon or a dash."""
        if self.linked:
            return self.linked
        for separator in (": ", " - ", " – ", " — "):
            before, found, _ = self.text.partition(separator)
            if found:
                return before.strip()
        return self.text


def read_markdown(path: Path, recipe: Recipe) -> list[Found]:
    """The items of the lists, or the rows of the tables, of a section. Raises: DataError."""
    tokens = MarkdownIt("commonmark").enable("table").parse(read_text(path))
    part = list(_section(tokens, recipe.section, path))
    if recipe.columns:
        return [find_row(row, line, path, recipe) for line, row in _table_rows(part)]
    return [_read_item(text, line, path, recipe) for line, text in _list_items(part)]


def _section(tokens: Sequence[Token], title: str, path: Path) -> Iterator[Token]:
    """The tokens below a heading, up to the next one of its level or above."""
    if not title:
        yield from tokens
        return
    headings = [_Text(_plain(tokens[i + 1])).text for i, t in enumerate(tokens)
                if t.type == "heading_open"]  # fmt: skip
    if title not in headings:
        near = did_you_mean(title, headings) or f"headings are: {', '.join(headings)}"
        raise DataError("UNKNOWN_SECTION", f"there is no heading {title!r}",
                        Place(path.as_posix()), near)  # fmt: skip
    level = 0
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            depth = int(token.tag[1:])
            if level and depth <= level:
                return
            if not level and _plain(tokens[index + 1]) == title:
                level = depth
        if level:
            yield token


def _list_items(tokens: Sequence[Token]) -> Iterator[tuple[int, _Text]]:
    """Each item's first line; items inside an item come on their own."""
    waiting = False
    for token in tokens:
        if token.type == "list_item_open":
            waiting = True
        elif token.type == "inline" and waiting:
            waiting = False
            yield (token.map or [0])[0] + 1, _read_inline(token)


def _table_rows(tokens: Sequence[Token]) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] = []
    cells: list[_Text] = []
    line = 0
    for token in tokens:
        match token.type:
            case "table_open":
                header = []
            case "tr_open":
                cells, line = [], (token.map or [0])[0] + 1
            case "inline" if line:
                cells.append(_read_inline(token))
            case "tr_close" if not header:
                header, line = [cell.text for cell in cells], 0
            case "tr_close":
                targets = [cell.target for cell in cells if cell.target]
                texts = (cell.linked or cell.text for cell in cells)
                row = dict(zip(header, texts, strict=False))
                yield line, row | {PAGE: targets[0] if targets else ""}
                line = 0


def _read_inline(token: Token) -> _Text:
    found = _Text(_plain(token))
    inside = False
    for child in token.children or ():
        if child.type == "link_open" and not found.target:
            inside, found = True, replace(found, target=str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            inside = False
        elif inside:
            found = replace(found, linked=found.linked + child.content)
    return replace(found, linked=found.linked.strip())


def _plain(token: Token) -> str:
    parts = (" " if child.type == "softbreak" else child.content for child in token.children or ()
             if child.type in ("text", "code_inline", "softbreak"))  # fmt: skip
    return "".join(parts).strip()


def _read_item(text: _Text, line: int, path: Path, recipe: Recipe) -> Found:
    column = "repository" if repository_key(text.target) else "homepage"
    cells = {column: text.target} if text.target.startswith("http") else {}
    also = (repository_name(text.target),) if repository_name(text.target) else ()
    section = f"{recipe.section}, " if recipe.section else ""
    return Found(text.name, f"{recipe.at}{section}{text.name}", Place(path.as_posix(), line, 1),
                 also=also, cells=cells)  # fmt: skip
