"""Rows of an answer as people read them: a thing is a link, a source a link, a value a word.

What is the same in every row is left out: it was asked for. Read by the names of the columns, as
`ecograph.api.tables` gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecograph.api.tables import SEPARATOR, Table
from ecograph.web.words import Words

MOST = 100
SOURCES = 2
"""The most sources of a row that are shown; how many more there are is told."""
NAMES: Mapping[str, tuple[str, str]] = {
    "": ("what", "事物"), "one": ("the one", "其一"), "other": ("the other", "其二"),
    "object": ("what", "事物"), "subject": ("what", "事物"), "statement.subject": ("from", "从"),
    "statement.object": ("to", "到"), "evidence.source": ("sources", "出处"),
    "kind": ("kind", "种类"), "relation": ("relation", "关系"), "date": ("day", "日期"),
    "event": ("event", "事件"), "note": ("note", "说明"), "length": ("steps", "步数"),
    "distance": ("steps", "步数"), "since": ("since", "起始"), "until": ("until", "结束"),
    "negated": ("denied", "否认"), "sentence": ("in words", "陈述"),
    "path.hops.sentence": ("by which way", "途径"), "memberCount": ("members", "成员数"),
    "label": ("what happened", "发生了什么"),
    "count": ("how many", "数量"), "value": ("value", "取值"),
    "description": ("what it is", "简介"),
    "aliases": ("also called", "别名"), "readOn": ("read on", "阅读日期"),
}  # fmt: skip
"""Column, without what tells how it is nested -> what it is called in English and Chinese."""
VALUES: Mapping[str, tuple[str, str]] = {
    "true": ("yes", "是"), "false": ("no", "否"),
    "KNOWN": ("known", "已知"), "DENIED": ("denied", "已否认"),
    "DISPUTED": ("disputed", "有争议"), "UNKNOWN": ("unknown", "未知"),
}  # fmt: skip
"""A value that the ontology has no word for, in English and Chinese."""
UNSEEN = ("id", "labelZh", "sentenceZh", "forward")
"""Columns that others stand for; so do the names of a thing, and the label of an event for it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Texts with where they lead, or nowhere."""

    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """What a page shows of an answer."""

    headers: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def read_rows(table: Table, words: Words, entity: Callable[[str], str]) -> Rows:
    """The rows of a table in a page's language; `entity` gives the address of an entity's page."""
    columns = {header.removeprefix("node."): n for n, header in enumerate(table.headers)}
    shown = table.rows[:MOST]
    found: dict[str, list[Cell]] = {}
    for name in _order(columns):
        cells = [_cell(name, columns, row, words, entity) for row in shown]
        # What a row is of or stands beside was asked for, if it is the same in all.
        told = len(cells) == 1 or len(set(cells)) > 1
        if any(cell.parts for cell in cells) and (told or not _is_asked_for(name, columns)):
            found[name] = cells
    return Rows(
        tuple(_title(name, words) for name in found), tuple(zip(*found.values(), strict=True))
    )


def _is_asked_for(name: str, columns: Mapping[str, int]) -> bool:
    last = name.rpartition(".")[2]
    return last in ("kind", "relation") or (name not in columns and last != "source")


def _order(columns: Mapping[str, int]) -> Iterable[str]:
    """The columns that are shown, what a row is of first, its sources last."""
    things = [name.removesuffix(".id") for name in columns if f".{name}".endswith(".id")]
    things = sorted((name if name != "id" else "" for name in things), key=bool)
    plain = []
    for name in columns:
        of, _, last = name.rpartition(".")
        told = last in ("name", "label") and of in things
        told = told or (last == "event" and name.replace("event", "label") in columns)
        if not told and last not in UNSEEN and "evidence." not in name:
            plain.append(name)
    sources = [name.removesuffix(".title") for name in columns if name.endswith("source.title")]
    return dict.fromkeys([*things, *plain, *sources])


def _cell(
    name: str, columns: Mapping[str, int], row: Sequence[str], words: Words,
    entity: Callable[[str], str],
) -> Cell:  # fmt: skip
    def get(*places: str) -> str:
        at = ".".join(part for part in places if part)
        return row[columns[at]] if at in columns else ""

    if name.endswith("source"):
        titles, urls = get(name, "title").split(SEPARATOR), get(name, "url").split(SEPARATOR)
        linked = urls if len(urls) == len(titles) else [""] * len(titles)
        pairs = [one for one in dict.fromkeys(zip(titles, linked, strict=True)) if one[0]]
        told = [(title, url if _is_address(url) else "") for title, url in pairs[:SOURCES]]
        if more := len(pairs) - len(told):
            told.append((f"另 {more} 处" if words.lang == "zh" else f"{more} more", ""))
        return Cell(tuple(told))
    if name not in columns:
        id_ = get(name, "id")
        if "~" in id_:
            return Cell()  # A statement's, which has no page.
        said = (get(name, "labelZh") or get(name, "label")) if words.lang == "zh" else ""
        return Cell(((said or get(name, "name") or id_, entity(id_)),)) if id_ else Cell()
    value = get(name)
    if words.lang == "zh":
        value = get(f"{name}Zh") or value
    if not value:
        return Cell()
    return Cell(((_said(name, value, words), value if _is_address(value) else ""),))


def _said(name: str, value: str, words: Words) -> str:
    match name.rpartition(".")[2]:
        case "kind":
            return words.kind(value)
        case "relation":
            return words.relation(value)
        case "event":
            return words.event(value)
        case _ if value in VALUES:
            return VALUES[value][words.lang == "zh"]
        case last:
            return words.value(last[:1].upper() + last[1:], value)


def _is_address(value: str) -> bool:
    return value.startswith(("https://", "http://")) and SEPARATOR not in value


def _title(name: str, words: Words) -> str:
    last = name.rpartition(".")[2]
    for known in (name, "evidence.source" if last == "source" else last):
        if known in NAMES:
            return NAMES[known][words.lang == "zh"]
    attribute = words.attribute(last)
    return attribute if attribute != last else words.kind(last[:1].upper() + last[1:])
