"""Elements of XML as text, in which nothing that is told is markup."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What is not escaped is read back as another: a carriage return as a line feed, a tab as a space.
KEPT = {"\r": "&#13;", "\t": "&#9;"}


def open_tag(name: str, attributes: Mapping[str, str]) -> str:
    """`<name key="value">`."""
    told = "".join(f" {key}={quoteattr(value, KEPT)}" for key, value in attributes.items())
    return f"<{name}{told}>"


def element(name: str, attributes: Mapping[str, str], text: str | None = None) -> str:
    """A whole element; an empty one if there is no text."""
    tag = open_tag(name, attributes)
    return f"{tag[:-1]}/>" if text is None else f"{tag}{escape(text, KEPT)}</{name}>"
