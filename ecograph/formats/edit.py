"""Small changes of a YAML text at the places that layout.read_spans gives; the rest stays."""

from __future__ import annotations

from collections.abc import Iterable

from ecograph.formats.layout import Span

Edit = tuple[int, int, str]
"""From, to, and what stands there instead."""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after changes that do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def replace_value(span: Span, new: str) -> Edit:
    """Another word in place of a scalar."""
    return span.start, span.end, new


def find_end(text: str, span: Span) -> int:
    """The exact end of a value; a block one ends with its last line."""
    while span.text is None and not span.flow:
        span = span.pairs[-1][1] if span.pairs else span.items[-1]
    return span.end - 1 if span.end and text[span.end - 1] == "\n" else span.end


def drop_part(text: str, parent: Span, index: int) -> Edit:
    """A field of a record or an item of a list taken out."""
    slots = [(key.start, value) for key, value in parent.pairs]
    slots += [(item.start, item) for item in parent.items]
    start, value = slots[index]
    if not parent.flow:
        line = text.rfind("\n", 0, start) + 1
        return line, _next_line(text, find_end(text, value)), ""
    if index:
        return slots[index - 1][1].end, value.end, ""
    return start, slots[1][0] if len(slots) > 1 else value.end, ""


def insert_item(text: str, items: Span, new: str) -> Edit:
    """One more item at the end of a list."""
    if items.flow:
        at = items.end - 1
        return at, at, f", {new}" if items.items else new
    at = _next_line(text, find_end(text, items))
    return at, at, f"{' ' * items.column}- {new}\n"


def insert_field(text: str, record: Span, key: str, value: str) -> Edit:
    """One more field of a record, behind its first; the value is written as YAML."""
    first = record.pairs[0][1]
    if record.flow:
        return first.end, first.end, f", {key}: {value}"
    at = _next_line(text, find_end(text, first))
    return at, at, f"{' ' * record.column}{key}: {value}\n"


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
