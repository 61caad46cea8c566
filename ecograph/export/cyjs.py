"""Cytoscape's JSON, for Cytoscape and Cytoscape.js: elements with their data; lists stay lists.

Source: https://js.cytoscape.org/#notation/elements-json, and what Cytoscape writes as .cyjs
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ecograph.model.flat import Flat, Record
from ecograph.model.graph import Graph


def to_cyjs(graph: Graph) -> Iterator[str]:
    """The graph, an entity or a statement a line.

    Cytoscape shows `name`; an edge's is its relation, which is its `interaction` too.
    """
    flat = Flat(graph)
    whole = {
        "name": graph.title["en"], "version": graph.version, "as_of": graph.as_of,
        "license": graph.license,
    }  # fmt: skip
    begun = {"format_version": "1.0", "generated_by": "ecograph", "data": whole}
    yield _write(begun)[:-1] + ',"elements":{"nodes":[\n'
    yield from _lines({"data": _known(record)} for record in flat.entities())
    yield '],"edges":[\n'
    yield from _lines({"data": _edge(_known(record))} for record in flat.statements())
    yield "]}}\n"


def _known(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None and value != []}


def _edge(record: Record) -> Record:
    id_, subject, relation, object_ = (
        record.pop(name) for name in ("id", "subject", "relation", "object")
    )
    ends = {"id": id_, "source": subject, "target": object_}
    return {**ends, "name": relation, "interaction": relation, **record}


def _lines(elements: Iterator[Record]) -> Iterator[str]:
    before = ""
    for one in elements:
        yield before + _write(one)
        before = ",\n"
    yield "\n"


def _write(value: Any) -> str:
    return orjson.dumps(value).decode()
