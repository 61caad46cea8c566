"""What check would refuse of an addition, told of the word of the command that says it.

The lines that an addition would have are in no file yet, and those behind it have not moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ecograph.errors import DataError, Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Items, Node, Record, parse_yaml

Keys = tuple[str, ...]
Name = Callable[[Keys], str]
"""The word of the command that gives what stands at a path of an entry."""

_TEXTS = ("label", "description")
_WORDS = {"id": "ID", "kind": "--kind", "aliases": "--alias", "evidence": "--evidence",
          "history": "--event"}  # fmt: skip


def name_of_entity(path: Keys) -> str:
    """A word of `ecograph add ID --kind ...`."""
    first = path[0] if path else "id"
    if first in _TEXTS:
        return f"--{first}-zh" if path[1:] == ("zh",) else f"--{first}"
    return _WORDS.get(first, f"--set {first}")


def name_of_statement(path: Keys) -> str:
    """A word of `ecograph add SUBJECT RELATION OBJECT`."""
    if not path or path[0] == "id":
        return "SUBJECT"
    if len(path) < len(("uses", "0", "since")):
        return "RELATION"
    words = {"object": "OBJECT", "evidence": "--evidence"}
    return words.get(path[2], f"--set {path[2]}")


@dataclass(frozen=True, slots=True)
class _Region:
    """The lines that are new, `first` to `last`, and by how many those behind them have moved."""

    first: int
    last: int
    moved: int


def place_in_command(
    faults: Sequence[DataError], file: str, before: str, after: str, name: Name
) -> list[DataError]:
    """Faults of a file's new text, at the words of the command or at the lines that there are."""
    region = _find_region(before.splitlines(), after.splitlines())
    root = parse_yaml(after, file, Faults())

    def move(place: Place) -> Place:
        if place.file != file or place.line < region.first:
            return place
        if place.line > region.last:
            return Place(file, place.line - region.moved, place.column)
        return Place(name(_find_path(root, place)))

    named = re.compile(rf"{re.escape(file)}:(\d+):(\d+)")
    told: list[DataError] = []
    for fault in faults:
        place, hint = move(fault.place), fault.hint
        if found := named.search(hint):
            other = move(Place(file, int(found[1]), int(found[2])))
            if other.file != file and place.file == file:
                # Of two that do not fit it is the new one that is at fault, wherever it stands.
                place, other = other, place
            hint = named.sub(str(other), hint)
        told.append(DataError(fault.code, fault.message, place, hint))
    return told


def _find_region(before: Sequence[str], after: Sequence[str]) -> _Region:
    def count_same(one: Sequence[str], other: Sequence[str]) -> int:
        pairs = zip(one, other, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    above = count_same(before, after)
    below = count_same(before[above:][::-1], after[above:][::-1])
    return _Region(above + 1, len(after) - below, len(after) - len(before))


def _find_path(node: Node | None, place: Place) -> Keys:
    """The keys and indices within an entry that lead to what stands at a place."""
    at = place.line, place.column
    path: list[str] = []
    while isinstance(node, Items | Record):
        if isinstance(node, Items):
            parts = [(str(index), item.place, item) for index, item in enumerate(node.items)]
        else:
            parts = [(key, field.key.place, field.value) for key, field in node.fields.items()]
        begun = [part for part in parts if (part[1].line, part[1].column) <= at]
        if not begun:
            break
        key, _, node = max(begun, key=lambda part: part[1])
        path.append(key)
    return tuple(path[1:])
