"""The page at /gaps: what the data lacks, by sort and kind, each gap with what would mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.curate.gaps import GROUPS
from ecograph.curate.mends import Way
from ecograph.errors import DataErrors
from ecograph.settings import Settings, find_folders
from ecograph.web.answering import Asked, Show
from ecograph.web.http import NO_STORE, BadRequest
from ecograph.web.lacks import SORTS, Lack, Lacks, read_repository

PAGE = 25
DIGITS = 5
NAMES: Mapping[str, tuple[str, str]] = {
    "missing": ("missing", "缺失"), "description": ("description", "描述"),
    "license": ("licence", "许可证"), "status": ("status", "状态"),
    "since": ("since when", "起始时间"), "read": ("day of reading", "阅读日期"),
    "source-license": ("licence of a source", "出处的许可证"), "stale": ("stale", "过时"),
    "uncited": ("uncited", "未引用"), "one-sided": ("one-sided", "单方面"),
    "own-document": ("own document", "自身文档"), "implementer": ("implementer", "实现者"),
    "alone": ("alone", "孤立"), "category": ("category", "类别"), "steward": ("steward", "托管方"),
}  # fmt: skip
"""Groups and sorts of gaps, in English and Chinese."""
SIMPLE = frozenset("description license status since read source-license category steward".split())
"""Sorts of which the name says all; the others are told by a sentence, in English."""
HOW: Mapping[Way, tuple[str, str]] = {
    Way.ENTRY: ("Say in the entry", "在该条目中写明"),
    Way.ROW: ("Write instead of the row", "替换该行"),
    Way.COLUMN: (
        "Write instead of the header and the row, and lengthen the other rows by a comma",
        "替换表头和该行，其余各行末尾加一个逗号",
    ),
    Way.END: ("Add at the end of the file", "添加到文件末尾"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A gap as the page shows it; without a repository there is nowhere to lead to."""

    lack: Lack
    how: str
    edit: str
    propose: str


def gaps_page(settings: Settings) -> Show:
    """What makes the page."""
    lacks = Lacks(find_folders(settings.data))
    repository = read_repository(settings.repository)

    async def show(asked: Asked) -> bytes:
        if settings.store:
            raise refuse("this server answers from a database; ecograph gaps reads the files")
        visit, place = asked.visit, 1 if asked.visit.lang == "zh" else 0
        try:
            found = await lacks.find(asked.graph.version)
        except DataErrors as errors:
            # What stands in the files is told to nobody but who works on them.
            first = f": {errors.faults[0]}" if settings.watch else ""
            raise refuse(f"the files have faults{first}; ecograph check names them") from None
        gap = visit.get("gap") if visit.get("gap") in NAMES else ""
        kind = visit.get("kind") if visit.get("kind") in {one.kind for one in found} else ""
        of_kind = [one for one in found if not kind or one.kind == kind]
        chosen = [one for one in of_kind if not gap or gap in (one.gap, SORTS[one.gap])]
        pages = max(1, -(-len(chosen) // PAGE))
        page = min(_read_page(visit.get("page")), pages)
        told = [
            Told(
                one, HOW[one.way][place],
                repository.edit(one) if repository else "",
                repository.propose(one) if repository else "",
            )
            for one in chosen[(page - 1) * PAGE : page * PAGE]
        ]  # fmt: skip
        counts = Counter(one.gap for one in of_kind)
        return asked.fill(
            "gaps.html",
            told=told, total=len(chosen), gap=gap, kind=kind, page=page, pages=pages,
            groups={group: [(g.value, counts[g.value]) for g in gaps]
                    for group, gaps in GROUPS.items()},
            counts={group: sum(counts[g.value] for g in gaps) for group, gaps in GROUPS.items()},
            named={name: texts[place] for name, texts in NAMES.items()},
            simple=SIMPLE, kinds=sorted({one.kind for one in found}),
        )  # fmt: skip

    return show


def refuse(message: str) -> BadRequest:
    """The refusal of what only the files can tell."""
    return BadRequest(503, message, (NO_STORE,), "STORE_ERROR")


def _read_page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 1
