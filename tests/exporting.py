"""What the tests of exports share: a graph full of what formats stumble over, and all pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ecograph.export.formats import FORMATS
from ecograph.model.graph import Evidence, Graph, Source
from tests.world import SOURCES, entity, make_graph, says

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "\"quoted\" and 'single'",
    "</data><script>alert(1)</script>]]>&amp;",
    "first\nsecond\r\nthird\tand a tab",
    "nul \x00 escape \x1b bell \x07 noncharacter \ufffe",
    "surrogate \ud800 alone",
    'end"]; x -> y [label="',
    "a | b || c",
    "@import; -1+1; +1",
    "\u202eright to left 容器",
)


@cache
def hostile_world() -> Graph:
    """A tool for each hostile text: its label, its alias, a qualifier, a locator."""
    tools = [
        entity(f"t{n}", "Tool", text, text, text, homepage=f'https://example.org/{n}?"<>{text}')
        for n, text in enumerate(HOSTILE)
    ]
    statements = [
        says(f"t{n} uses t{(n + 1) % len(HOSTILE)}", version=text) for n, text in enumerate(HOSTILE)
    ]
    graph = make_graph(tools, statements)
    source = Source("list", HOSTILE[2], f"https://example.org/{HOSTILE[2]}", HOSTILE[1])
    evidence = tuple(Evidence("list", text) for text in HOSTILE)
    return replace(
        graph,
        title={"en": HOSTILE[6], "zh": HOSTILE[4]},
        statements=tuple(replace(s, evidence=evidence) for s in graph.statements),
        sources={s.id: s for s in [source, *SOURCES[1:]]},
    )


@cache
def several() -> Graph:
    """Two things with two relations between them, two periods of one, a denial and a loop."""
    return make_graph(
        [entity("a", "Tool", "A"), entity("b", "Tool", "B", history=[("2015", "begun")])],
        [
            says("a uses a"),
            says("a uses b", since="2016-02", until="2017"),
            says("a uses b", since="2019-05-06", key="again"),
            says("a requires b", strength="LISTED"),
            says("a forkOf b", negated=True, source="blog"),
        ],
    )


def written(graph: Graph, name: str, table: str = "") -> bytes:
    """All that a format writes."""
    return b"".join(_encoded(FORMATS[name].writer_of(table)(graph)))


def _encoded(pieces: Iterator[str] | Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece if isinstance(piece, bytes) else piece.encode()
