"""An entity as a page of Markdown: what is said of it, from either side, with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ecograph.api.tables import Cited, cited_in
from ecograph.api.written import escape

PAGE = """
query Page($id: String!) {
  entity(name: $id) {
    id kind name description(lang: EN) descriptionZh: description(lang: ZH) label(lang: ZH)
    aliases homepage repository license status maturity
    evidence { source { title url } }
    history { date event label(lang: EN) evidence { source { title url } } }
    statements(side: EITHER, first: 100) {
      totalCount
      nodes {
        sentence(lang: EN) since until negated disputed evidence { source { title url } }
      }
    }
  }
}
"""
FACTS = ("id", "kind", "status", "maturity", "license", "homepage", "repository")


def write_page(entity: Mapping[str, Any], foot: str) -> str:
    """The page of an entity that was asked for by `PAGE`."""
    numbers: dict[Cited, int] = {}
    lines = [f"# {escape(entity['name'])}", "", escape(entity["label"]), ""]
    for words in ("description", "descriptionZh"):
        if entity[words]:
            lines += [escape(entity[words]), ""]
    lines += [f"- {name}: {escape(entity[name])}" for name in FACTS if entity[name]]
    if entity["aliases"]:
        lines.append(f"- also: {escape(', '.join(entity['aliases']))}")
    said = _number(entity["evidence"], numbers)
    lines += [f"- described after {said}"] if said else []
    lines += ["", *_history(entity["history"], numbers)]
    lines += _statements(entity["statements"], numbers)
    if numbers:
        lines += ["## Sources", ""]
        lines += [f"{n}. [{escape(c.title)}](<{c.url}>)" for c, n in numbers.items()]
        lines.append("")
    return "\n".join([*lines, foot]) + "\n"


def _history(events: list[dict[str, Any]], numbers: dict[Cited, int]) -> Iterator[str]:
    if events:
        yield from ("## History", "")
        for event in events:
            yield _cited(f"- {event['date']}: {escape(event['label'])}", event, numbers)
        yield ""


def _statements(page: Mapping[str, Any], numbers: dict[Cited, int]) -> Iterator[str]:
    nodes, total = page["nodes"], page["totalCount"]
    if nodes:
        yield from ("## What is said", "")
        for one in nodes:
            days = [f"{word} {one[word]}" for word in ("since", "until") if one[word]]
            notes = [*days, *(["disputed"] if one["disputed"] else [])]
            text = f"- {escape(one['sentence'])}" + (f" ({', '.join(notes)})" if notes else "")
            yield _cited(text, one, numbers)
        yield from ("", f"{len(nodes)} of {total} statements.", "")


def _cited(text: str, thing: Mapping[str, Any], numbers: dict[Cited, int]) -> str:
    said = _number(thing["evidence"], numbers)
    return f"{text} {said}" if said else text


def _number(evidence: Any, numbers: dict[Cited, int]) -> str:
    found = dict.fromkeys(numbers.setdefault(c, len(numbers) + 1) for c in cited_in(evidence))
    return " ".join(f"[{n}]" for n in found)
