"""ecograph stats"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from ecograph.cli.ask import Data, Form, Format, choose_form
from ecograph.cli.opening import open_asked

if TYPE_CHECKING:
    from ecograph.api.tables import Table
    from ecograph.model.graph import Graph
    from ecograph.service import Service

STATUSES = "{ facets(by: [STATUS]) { values { value count } missing } }"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of how many; `group` is kind, relation, status or coverage."""

    group: str
    name: str
    count: int
    of: int


def stats(ctx: typer.Context, data: Data = None, form: Format = None) -> None:
    """Count what the dataset holds, by kind, relation and status, and how far it is covered.

    Coverage is the share of entities with a label and a description in each language, and of
    entities, events and statements that name their evidence.
    """
    from ecograph.api.written import to_markdown
    from ecograph.cli.show import show_csv, show_json, show_table

    service = open_asked(ctx, data)
    figures = [*count(service)]
    chosen = choose_form(form)
    if chosen is Form.JSON:
        show_json(_to_json(service.graph, figures))
    elif chosen is Form.CSV:
        show_csv(_to_table(figures, shares=False))
    elif chosen is Form.MD:
        typer.echo(to_markdown(_to_table(figures), ()), nl=False)
    else:
        graph = service.graph
        heading = (
            f"{len(graph.entities)} entities, {len(graph.statements)} statements, "
            f"{len(graph.sources)} sources, as of {graph.as_of}; version {graph.version}"
        )
        show_table(_to_table(figures), heading=heading)


def count(service: Service) -> Iterator[Figure]:
    """The figures of a dataset, the largest of each group first."""
    graph = service.graph
    kinds = Counter(e.kind for e in graph.entities.values())
    relations = Counter(s.relation for s in graph.statements)
    for group, counter in (("kind", kinds), ("relation", relations)):
        of = counter.total()
        for name, number in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])):
            yield Figure(group, name, number, of)
    [statuses] = service.query(STATUSES)["data"]["facets"]
    for one in statuses["values"]:
        yield Figure("status", one["value"], one["count"], len(graph.entities))
    yield Figure("status", "(none)", statuses["missing"], len(graph.entities))
    yield from _cover(graph)


def _cover(graph: Graph) -> Iterator[Figure]:
    entities = [*graph.entities.values()]
    for field, texts in (
        ("label", [e.label for e in entities]),
        ("description", [e.description for e in entities]),
    ):
        for language in LANGUAGES:
            yield _covered(f"{field}.{language}", (text.get(language) for text in texts))
    yield _covered("evidence of entities", (e.evidence for e in entities))
    yield _covered("evidence of events", (v.evidence for e in entities for v in e.history))
    yield _covered("evidence of statements", (s.evidence for s in graph.statements))


def _covered(name: str, values: Iterable[object]) -> Figure:
    there = [bool(value) for value in values]
    return Figure("coverage", name, sum(there), len(there))


def _to_table(figures: Iterable[Figure], *, shares: bool = True) -> Table:
    from ecograph.api.tables import Table

    headers = ("group", "name", "count", "of")
    rows = [
        (f.group, f.name, str(f.count), str(f.of), f"{f.count / f.of:.1%}" if f.of else "")
        for f in figures
    ]
    if shares:
        return Table((*headers, "share"), tuple(rows))
    return Table(headers, tuple(row[:-1] for row in rows))


def _to_json(graph: Graph, figures: Iterable[Figure]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "version": graph.version,
        "asOf": graph.as_of,
        "entities": len(graph.entities),
        "statements": len(graph.statements),
        "sources": len(graph.sources),
    }
    for f in figures:
        told.setdefault(f.group, {})[f.name] = (
            {"count": f.count, "of": f.of} if f.group == "coverage" else f.count
        )
    return told
