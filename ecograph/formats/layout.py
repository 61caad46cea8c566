"""YAML text put into another order, its own words and comments kept: texts move, none is rewritten.

Block records and lists move by whole lines; a comment that stands above a key or an item, no deeper
than it, moves with it. Flow ones (`{a: 1, b: 2}`) move by the texts between their commas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

Path = tuple[str, ...]
"""The keys that lead to a place; `*` is an item of a list."""
ITEM = "*"


@dataclass(slots=True)
class Span:
    """A value and where it stands: from `start` to `end`, the latter exact for scalars and flow."""

    start: int
    column: int
    flow: bool
    end: int = 0
    text: str | None = None
    items: list[Span] = field(default_factory=list)
    pairs: list[tuple[Span, Span]] = field(default_factory=list)

    def get(self, key: str) -> str | None:
        """The text under a key of a record."""
        return next((value.text for name, value in self.pairs if name.text == key), None)


class Rules(Protocol):
    """What order there is to be."""

    def rank(self, path: Path, key: str) -> int:
        """The place of a key among those of its record; equal ones stay as they are."""

    def item_key(self, path: Path) -> Callable[[Span], Any] | None:
        """What the items of a list are sorted by; None if their order has a meaning."""


def arrange(text: str, rules: Rules) -> str:
    """A text that parse_yaml has found no fault in, in the order of the rules."""
    if not text.endswith("\n"):
        text += "\n"
    root = read_spans(text)
    if root is None or root.flow or root.text is not None:
        return text
    starts = [pair[0] for pair in root.pairs] or root.items
    # What stands above the first entry is the head of the file, and stays there.
    head = text.rfind("\n", 0, starts[0].start) + 1
    return text[:head] + _Arranger(text, rules).block(root, head, len(text), ())


def read_spans(text: str) -> Span | None:
    """The values of a text that parse_yaml has found no fault in, with their places in it."""
    loader = yaml.CSafeLoader(text)
    try:
        return _collect(loader)
    finally:
        loader.dispose()


def _collect(loader: yaml.CSafeLoader) -> Span | None:
    root: Span | None = None
    stack: list[tuple[Span, list[Span]]] = []
    while (event := loader.get_event()) is not None:
        if isinstance(event, yaml.StreamEndEvent):
            return root
        done: Span | None = None
        mark: Any = event.start_mark
        if isinstance(event, yaml.ScalarEvent):
            end: Any = event.end_mark
            done = Span(mark.index, mark.column, True, end.index, event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            stack.append((Span(mark.index, mark.column, bool(event.flow_style)), []))
        elif isinstance(event, yaml.CollectionEndEvent):
            done, inner = stack.pop()
            end = event.end_mark
            done.end = end.index
            if isinstance(event, yaml.MappingEndEvent):
                done.pairs = list(zip(inner[::2], inner[1::2], strict=True))
            else:
                done.items = inner
        if done is not None and stack:
            stack[-1][1].append(done)
        elif done is not None:
            root = done
    return root


class _Arranger:
    def __init__(self, text: str, rules: Rules) -> None:
        self._text = text
        self._rules = rules

    def _value(self, span: Span, start: int, end: int, path: Path) -> str:
        """The text from `start` to `end`, in which one value begins at its own place."""
        if span.text is not None:
            return self._text[start:end]
        if span.flow:
            before, after = self._text[start : span.start], self._text[span.end : end]
            return before + self._flow(span, path) + after
        if span.start < start:
            return self._text[start:end]
        return self._text[start : span.start] + self.block(span, span.start, end, path)

    def _flow(self, span: Span, path: Path) -> str:
        """A flow record or list; one of several lines stays as it is, for it may hold comments."""
        written = self._text[span.start : span.end]
        if span.text is not None or "\n" in written:
            return written
        slots: list[tuple[int, int]] = []
        told: list[str] = []
        for key, value in span.pairs:
            slots.append((key.start, value.end))
            inner = self._flow(value, (*path, key.text or ""))
            told.append(self._text[key.start : value.start] + inner)
        for item in span.items:
            slots.append((item.start, item.end))
            told.append(self._flow(item, (*path, ITEM)))
        out, at = [], span.start
        for (start, end), index in zip(slots, self._order(span, path), strict=True):
            out += [self._text[at:start], told[index]]
            at = end
        return "".join(out) + self._text[at : span.end]

    def block(self, span: Span, start: int, end: int, path: Path) -> str:
        """A block record or list whose text is from `start` to `end`."""
        parts = [(key, value, key.text or "") for key, value in span.pairs]
        parts += [(item, item, ITEM) for item in span.items]
        # An item's dash stands before it, in the column of the list.
        column = span.column
        begins = [self._begin(first.start, column) for first, _, _ in parts]
        cuts = [start, *(self._above(at, column) for at in begins[1:]), end]
        heads: list[str] = []
        bodies: list[str] = []
        for index, (_, value, name) in enumerate(parts):
            at = max(begins[index], cuts[index])
            heads.append(self._text[cuts[index] : at])
            bodies.append(self._value(value, at, cuts[index + 1], (*path, name)))
        order = self._order(span, path)
        midway = self._text[start - 1 : start] not in ("", "\n")
        if order[0] and (midway and heads[order[0]].strip()):
            # What is to come first has a comment above it, for which there is no line.
            order = list(range(len(parts)))
        return self._write(heads, bodies, order, column, midway)

    def _write(
        self,
        heads: Sequence[str],
        bodies: Sequence[str],
        order: Sequence[int],
        column: int,
        midway: bool,
    ) -> str:
        """The parts in their new order; each but one that begins midway has its indentation."""
        spaced = len(heads) > 1 and heads[1].startswith("\n")
        out: list[str] = []
        for place, index in enumerate(order):
            head = heads[index].rstrip(" ") if index else ""
            if column == 0:
                head = head.lstrip("\n")
                head = f"\n{head}" if place and spaced else head
            if midway and place == 0:
                head = indent = ""
            else:
                indent = " " * column
            out.append(head + indent + bodies[index].rstrip("\n") + "\n")
        return "".join(out)

    def _begin(self, at: int, column: int) -> int:
        """Where the line of a part has its key or its dash."""
        line = self._text.rfind("\n", 0, at) + 1
        return line + column

    def _above(self, at: int, column: int) -> int:
        """Where the comments and empty lines begin that stand above a place and belong to it."""
        cut = self._text.rfind("\n", 0, at) + 1
        while cut > 0:
            line_start = self._text.rfind("\n", 0, cut - 1) + 1
            line = self._text[line_start : cut - 1]
            bare = line.lstrip(" ")
            if bare and not (bare.startswith("#") and len(line) - len(bare) <= column):
                break
            cut = line_start
        return cut

    def _order(self, span: Span, path: Path) -> list[int]:
        if span.pairs:
            ranks = [self._rules.rank(path, key.text or "") for key, _ in span.pairs]
            return sorted(range(len(ranks)), key=ranks.__getitem__)
        key = self._rules.item_key(path)
        if key is None:
            return list(range(len(span.items)))
        keys = [key(item) for item in span.items]
        return sorted(range(len(keys)), key=keys.__getitem__)
