"""What an import did, told to a person or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from ecograph.curate.import_list import ImportReport

MOST_TOLD = 20
"""Rows of one heading that a person is told of; JSON has all."""


def tell_text(report: ImportReport, path: str, changes: Sequence[str], *, dry: bool) -> str:
    """A line of numbers, then what a person should look at, under headings."""
    declaring = {at: report.declared[at] for at in report.new if at in report.declared}
    speaking = {at: report.matched[at] for at in report.new if at in report.matched}
    counts = {
        f"new ({len(declaring)} declare, {len(speaking)} match what is known)": report.new,
        "changed": report.changed, "vanished": report.vanished,
        "ambiguous": report.ambiguous, "kept by hand": report.kept,
    }  # fmt: skip
    told = ", ".join(f"{len(rows)} {what}" for what, rows in counts.items())
    done = f"{'would write' if dry else 'wrote'} {', '.join(changes)}"
    done = done if changes else "nothing to write"
    lines = [f"{path}: {report.rows} rows: {told}; {done}"]
    by_sight = {k: v for k, v in report.matched.items() if v[1] in ("repository", "homepage")}
    for heading, rows in (
        ("new: declares", [f"{at}: {id}, a {kind}" for at, (id, kind) in declaring.items()]),
        ("new: matches what is known",
         [f"{at}: {id}, {_say_how(how)}" for at, (id, how) in speaking.items()]),
        ("matches what is known and says nothing new: left out",
         [f"{at}: {report.matched[at][0]}, {_say_how(report.matched[at][1])}"
          for at in report.silent]),
        ("changed", report.changed),
        ("vanished: no longer in the list; the row stays", report.vanished),
        ("taken out by hand: in the list, not in the file", report.taken_out),
        ("kept by hand: the list says something else",
         [f"{k.at}: {k.column} is {k.ours!r}, the list says {k.theirs!r}" for k in report.kept]),
        ("ambiguous, left out: say in the recipe, same: {row: id}, or new: [row]",
         _pairs(report.ambiguous)),
        ("taken for a known entity by its address alone",
         [f"{at}: {id}, by its {how}" for at, (id, how) in by_sight.items()]),
        ("new, but like: if it is one of these, say so in the recipe, same: {row: id}",
         _pairs(report.like)),
        ("left out: no id or no kind", report.unnamed),
        ("other names left out: they belong to another", _pairs(report.dropped)),
        ("left out: no column of ours holds it",
         [f"{column}: in {rows} rows" for column, rows in report.no_column.items()]),
    ):  # fmt: skip
        lines.extend(_section(heading, rows))
    return "\n".join(lines)


def _pairs(rows: dict[str, tuple[str, ...]]) -> list[str]:
    return [f"{at}: {', '.join(others)}" for at, others in rows.items()]


def _section(heading: str, rows: Iterable[str]) -> Iterator[str]:
    told = list(rows)
    if not told:
        return
    yield f"\n{heading} ({len(told)})"
    yield from (f"  {row}" for row in told[:MOST_TOLD])
    if len(told) > MOST_TOLD:
        yield f"  and {len(told) - MOST_TOLD} more; --format json tells all"


def _say_how(how: str) -> str:
    return f"by {how}" if " " in how else f"by its {how}"


def tell_json(report: ImportReport, path: str, changes: Sequence[str], *, dry: bool) -> str:
    """The whole report; `matched` gives each row's entity and what it was found by.

    `changes` are the files that were written, or that would be.
    """
    told = {"path": path, "written": bool(changes) and not dry, "changes": list(changes)}
    return json.dumps(told | asdict(report), ensure_ascii=False)
