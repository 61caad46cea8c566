"""Mermaid text <-> a diagram: the small part of flowcharts that a taxonomy is written in.

One edge a line: `A[text]-->|label| B[text]`. A node's text stands at its first mention; a parent's
is repeated until the node has been a child. Everything else that Mermaid knows, above all what can
act on a page (`click`, `javascript:`, directives), is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecograph.errors import Place
from ecograph.formats.characters import check_characters
from ecograph.formats.faults import Faults

MOST_EDGES = 20_000
MOST_FAULTS = 100
HEADER = "graph LR"

_HEADER = re.compile(r"(?:graph|flowchart) +(?:LR|RL|TD|TB|BT)", re.ASCII)
_NODE = (
    r"(?P<{0}>[A-Za-z0-9_]{{1,80}})"
    r"(?:\[(?:\"(?P<{0}_quoted>[^\"]*)\"|(?P<{0}_text>[^\[\]\"]*))\])?"
)
_EDGE = re.compile(
    _NODE.format("source")
    + r" *(?P<arrow>-->)(?:\|(?P<label>[^|]*)\|)?(?P<gap> *)"
    + _NODE.format("target"),
    re.ASCII,
)
_ACTS_ON_A_PAGE = re.compile(r"javascript\s*:|data\s*:\s*text/html|%%\{", re.IGNORECASE)
_TAG = re.compile(r"<(?!br ?/?>)")
_NEEDS_QUOTES = re.compile(r'[][(){}|"]')
_KEYWORDS = frozenset(
    "accDescr accTitle class classDef click direction end href interpolate linkStyle style"
    " subgraph call callback".split()
)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge from a parent to a child; `gap` is the spacing after the label."""

    source: str
    target: str
    label: str | None = None
    gap: str = ""
    line: int = 0
    label_column: int = 0
    target_column: int = 0


@dataclass(frozen=True, slots=True)
class Diagram:
    """Edges in the order of the file, and the text of each node by its id."""

    edges: tuple[Edge, ...]
    texts: Mapping[str, str]
    header: str = HEADER


def write_mermaid(diagram: Diagram) -> str:
    """The diagram as Mermaid text; a parent's text is repeated until it has been a child."""
    lines = [diagram.header]
    children: set[str] = set()
    for edge in diagram.edges:
        source, target = edge.source, edge.target
        if source not in children:
            source += _bracket(diagram.texts.get(source))
        if target not in children:
            children.add(target)
            target += _bracket(diagram.texts.get(target))
        label = "" if edge.label is None else f"|{edge.label}|"
        lines.append(f"{source}-->{label}{edge.gap}{target}")
    return "\n".join(lines) + "\n"


def _bracket(text: str | None) -> str:
    if text is None:
        return ""
    if _NEEDS_QUOTES.search(text):
        return '["' + text.replace('"', "#quot;") + '"]'
    return f"[{text}]"


def parse_mermaid(text: str, file: str, faults: Faults) -> Diagram | None:
    """The diagram of a Mermaid text, or None if a line of it could not be read."""
    if not check_characters(text, file, faults):
        return None
    lines = text.split("\n")
    header = lines[0].rstrip()
    if not _HEADER.fullmatch(header):
        faults.add(
            "MERMAID_SYNTAX", f"{_short(header)} begins no flowchart", Place(file, 1, 1),
            f"begin with: {HEADER}",
        )  # fmt: skip
        return None
    before = len(faults)
    edges: list[Edge] = []
    texts: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        if len(edges) == MOST_EDGES:
            faults.add(
                "TOO_MANY_EDGES", f"the diagram has more than {MOST_EDGES:,} edges",
                Place(file, number, 1), "split it into several diagrams",
            )  # fmt: skip
            break
        if len(faults) - before >= MOST_FAULTS:
            break
        match = _EDGE.fullmatch(line.rstrip())
        if match is None or _ACTS_ON_A_PAGE.search(line) or _TAG.search(line):
            _explain(line, Place(file, number, 1), faults)
            continue
        for side in ("source", "target"):
            _note_text(match, side, texts, Place(file, number, match.start(side) + 1), faults)
        edges.append(_edge(match, number))
    return Diagram(tuple(edges), texts, header) if len(faults) == before else None


def _edge(match: re.Match[str], line: int) -> Edge:
    return Edge(
        match["source"], match["target"], match["label"], match["gap"], line,
        match.start("label") + 1, match.start("target") + 1,
    )  # fmt: skip


def _note_text(
    match: re.Match[str], side: str, texts: dict[str, str], place: Place, faults: Faults
) -> None:
    quoted = match[f"{side}_quoted"]
    text = match[f"{side}_text"] if quoted is None else quoted.replace("#quot;", '"')
    if text is None:
        return
    node = match[side]
    if texts.setdefault(node, text) != text:
        faults.add(
            "TWO_TEXTS", f"the node {node} has two texts: {texts[node]!r} and {text!r}", place,
            "keep one",
        )  # fmt: skip


def _explain(line: str, place: Place, faults: Faults) -> None:
    words = re.split(r"[^A-Za-z]", line.strip(), maxsplit=1)
    if found := _ACTS_ON_A_PAGE.search(line) or _TAG.search(line):
        at = Place(place.file, place.line, found.start() + 1)
        faults.add(
            "MERMAID_REFUSED", f"{_short(line[found.start() :])} is not allowed", at,
            "keep plain text and <br/>",
        )  # fmt: skip
    elif words[0] in _KEYWORDS:
        faults.add(
            "MERMAID_REFUSED", f"{words[0]!r} lines are not allowed", place, "keep only the edges"
        )
    else:
        faults.add(
            "MERMAID_SYNTAX", f"{_short(line)} is not an edge", place,
            "write A[text]-->B[text] or A-->|label|B",
        )  # fmt: skip


def _short(line: str) -> str:
    return repr(line if len(line) <= 60 else line[:57] + "...")


def chain(edges: Iterable[Edge]) -> list[Edge]:
    """The edges node by node, a node before its children, each node's in the order given."""
    by_source: dict[str, list[Edge]] = {}
    for edge in edges:
        by_source.setdefault(edge.source, []).append(edge)
    children = {edge.target for group in by_source.values() for edge in group}
    waiting = [node for node in reversed(by_source) if node not in children]
    ordered: list[Edge] = []
    while waiting:
        group = by_source.pop(waiting.pop(), [])
        ordered.extend(group)
        waiting.extend(edge.target for edge in reversed(group))
    return ordered
