"""Tables as text: CSV for programs and spreadsheets, Markdown for pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from ecograph.api.tables import Cited, Table

FORMULA = (*"=+-@＝＋－＠", "\t", "\r", "\n")


def to_csv(table: Table) -> str:
    """The table by RFC 4180, a line of headers first.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.headers)
    writer.writerows([harmless(one) for one in row] for row in table.rows)
    return text.getvalue()


def harmless(text: str) -> str:
    """A cell; one that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) else text


def to_markdown(
    table: Table, cited: Iterable[Cited], *,
    question: Mapping[str, str] | None = None, variables: Mapping[str, Any] | None = None,
    level: int = 1, foot: Iterable[str] = (),
) -> str:  # fmt: skip
    """The question in both languages, its variables, the table, the sources and notes below it.

    `level` is that of the question's heading, from 1 to 6; 0 leaves the question out.
    """
    lines: list[str] = []
    if question is not None and level:
        lines += [f"{'#' * level} {escape(question['en'])}", "", escape(question["zh"]), ""]
    given = [f"{escape(name)}: {escape(_given(v))}" for name, v in (variables or {}).items()]
    if given:
        lines += ["; ".join(given), ""]
    for text in table.prose:
        lines += [*text.splitlines(), ""]
    beside = [f"- {escape(header)}: {escape(text)}" for header, text in table.beside if text]
    if beside:
        lines += [*beside, ""]
    if table.rows:
        lines += [
            _line(escape(h) for h in table.headers),
            _line("---" for _ in table.headers),
            *(_line(escape(one) for one in row) for row in table.rows),
            "",
        ]
    lines += [note_of(table), ""]
    sources = [f"{n}. [{escape(c.title)}](<{safe_address(c.url)}>)" for n, c in enumerate(cited, 1)]
    if sources:
        lines += ["Sources:", "", *sources, ""]
    lines += [line for note in foot for line in (escape(note), "")]
    return "\n".join(lines[:-1]) + "\n"


def _given(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_given(one) for one in value)
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def note_of(table: Table) -> str:
    """How much of the whole list the table is."""
    shown = len(table.rows)
    if table.total is None or table.total == shown:
        return "1 row." if shown == 1 else f"{shown} rows."
    return f"{shown} of {table.total} rows."


def escape(text: str) -> str:
    """A text on one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


_MARKUP = re.compile(r"[\\`*_\[\]<>|#~&]")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def safe_address(url: str) -> str:
    """An address without what would end it, or run; empty if it is none of the web's."""
    safe = re.sub(r"[<>\s\\\"']", lambda found: f"%{ord(found[0]):02X}", url)
    return safe if safe.startswith(("https://", "http://")) else ""
