"""What a list says now, what it said at the last import, and what stands in our file, made one.

Three-way, cell by cell: what a person wrote stands, what only the list changed is taken over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

Row = Mapping[str, str]
"""Column -> cell, without the empty ones. `at` tells the rows of one list apart."""

Digests = Mapping[str, Mapping[str, str]]
"""`at` -> column -> digest of the cell as the list gave it at the last import."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell in which a person's word stands and the list says something else."""

    at: str
    column: str
    ours: str
    theirs: str


@dataclass(slots=True)
class Merged:
    """The rows to write, and what became of each."""

    rows: list[Row] = field(default_factory=list)
    digests: dict[str, Mapping[str, str]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


def merge_rows(ours: Sequence[Row], theirs: Sequence[Row], last: Digests) -> Merged:
    """Our rows with what the list says now.

    A row that the list no longer has stays; one that a person took out stays out; one that a
    person added stays.
    """
    merged = Merged()
    by_at = {row.get("at", ""): row for row in ours}
    seen: set[str] = set()
    for row in theirs:
        at = row["at"]
        seen.add(at)
        before, mine = last.get(at), by_at.get(at)
        merged.digests[at] = {column: digest(cell) for column, cell in row.items()}
        if mine is not None:
            merged.rows.append(_merge_row(mine, row, before or {}, merged))
        elif before is None:
            merged.new.append(at)
            merged.rows.append(row)
        else:
            merged.taken_out.append(at)
    for row in ours:
        at = row.get("at", "")
        if at not in seen:
            merged.rows.append(row)
            if at in last:
                merged.vanished.append(at)
                merged.digests[at] = last[at]
    merged.rows.sort(key=lambda row: (row["id"], row.get("at", "")))
    return merged


def _merge_row(mine: Row, theirs: Row, before: Mapping[str, str], merged: Merged) -> Row:
    at = theirs["at"]
    result = dict(mine)
    for column in dict.fromkeys((*theirs, *before, *mine)):
        our, their = mine.get(column, ""), theirs.get(column, "")
        if our == their or (column not in theirs and column not in before):
            continue
        if before.get(column, digest("")) == digest(our):
            result[column] = their
            if at not in merged.changed:
                merged.changed.append(at)
        else:
            merged.kept.append(Kept(at, column, our, their))
    return {column: cell for column, cell in result.items() if cell}


def digest(cell: str) -> str:
    """Eight characters that tell whether a cell is as it was."""
    return blake2b(cell.encode(), digest_size=4).hexdigest() if cell else ""


def write_digests(digests: Digests) -> str:
    """What an import remembers for the next, as JSON with a row in each line."""
    lines = (
        f"{json.dumps(at, ensure_ascii=False)}: {json.dumps(digests[at], sort_keys=True)}"
        for at in sorted(digests)
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_digests(text: str) -> Digests:
    """What the last import remembered. Raises: ValueError."""
    told = json.loads(text)
    if not isinstance(told, dict) or not all(isinstance(row, dict) for row in told.values()):
        raise ValueError("not the digests of an import")
    return told
