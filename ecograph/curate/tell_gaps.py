"""Gaps as text for people, as Markdown, as a table for programs, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import orjson

from ecograph.api.tables import Table
from ecograph.curate.gaps import Found
from ecograph.curate.mends import Mend, Way
from ecograph.curate.tell_difference import quote_code

HOW = {
    Way.ENTRY: "say in the entry",
    Way.ROW: "write instead of the row",
    Way.COLUMN: "write instead of the header and the row, and lengthen the other rows by a comma",
    Way.END: "add at the end of the file",
}
HEADERS = ("gap", "id", "kind", "entity", "named", "message", "file", "line", "how", "snippet")


def gaps_to_text(found: Sequence[Found], most: int | None) -> str:
    """Counts, then each gap with its place and its snippet; no more than `most`."""
    lines = [_summarize(found)]
    for one in found[:most]:
        lines += ["", f"{_place(one.mend)}  {one.message}  [{one.gap}]", f"  {HOW[one.mend.way]}:"]
        lines += [f"    {line}" for line in one.mend.snippet.splitlines()]
    lines += (f"\n{told}" for told in _tell_rest(found, most))
    return "\n".join(lines) + "\n"


def gaps_to_markdown(found: Sequence[Found], most: int | None) -> str:
    """The same, the snippets as blocks."""
    lines = [f"**{_summarize(found)}**", ""]
    for one in found[:most]:
        language = "yaml" if one.mend.way in (Way.ENTRY, Way.END) else "csv"
        lines += [
            f"- {quote_code(_place(one.mend))}: {quote_code(one.message)}; {HOW[one.mend.way]}:",
            "",
            f"  ```{language}",
            *(f"  {line}" for line in one.mend.snippet.splitlines()),
            "  ```",
            "",
        ]
    lines += [line for told in _tell_rest(found, most) for line in (told, "")]
    return "\n".join(lines[:-1]) + "\n"


def gaps_to_json(found: Sequence[Found], most: int | None) -> str:
    """{"count": ..., "counts": {gap: ...}, "gaps": [{"gap", "id", ..., "mend": {...}}]}."""
    told = {"count": len(found), "counts": _count(found), "gaps": found[:most]}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n"


def gaps_to_table(found: Sequence[Found], most: int | None) -> Table:
    """A row for each gap."""
    rows = [
        (
            one.gap.value, one.id, one.kind, one.entity, str(one.named), one.message,
            one.mend.place.file, str(one.mend.place.line or ""), one.mend.way.value,
            one.mend.snippet,
        )
        for one in found[:most]
    ]  # fmt: skip
    return Table(HEADERS, tuple(rows), len(found))


def _count(found: Sequence[Found]) -> dict[str, int]:
    return {gap.value: number for gap, number in Counter(one.gap for one in found).most_common()}


def _summarize(found: Sequence[Found]) -> str:
    if not found:
        return "no gaps"
    counts = ", ".join(f"{number:,} {gap}" for gap, number in _count(found).items())
    return f"{len(found):,} {'gap' if len(found) == 1 else 'gaps'}: {counts}"


def _place(mend: Mend) -> str:
    return f"{mend.place.file}:{mend.place.line}" if mend.place.line else mend.place.file


def _tell_rest(found: Sequence[Found], most: int | None) -> Iterator[str]:
    if most is not None and len(found) > most:
        yield f"… and {len(found) - most:,} more; --gap, --kind, --area and --most choose others"
