"""Resident memory of the server before and after many distinct questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.load import serving
from ecograph.api.operations import read_operations
from ecograph.load import load
from ecograph.model.graph import Graph
from ecograph.settings import bundled

QUESTIONS = 10_000
BOUND = 20.0
"""MB by which the memory may grow."""
ENTITY = (
    "query Q($id: String!) { entity(name: $id) { id kind name description"
    " statements(first: 20) { totalCount nodes { id object { id name } since } } } }"
)
PATH = "query Q($a: String!, $b: String!) { path(from: $a, to: $b) { length nodes { id } } }"
SEARCH = "query Q($text: String!) { search(text: $text, first: 5) { nodes { id name } } }"
WHERE = "query Q($w: ToolFilter) { tools(where: $w, first: 5) { totalCount nodes { id name } } }"


@dataclass(frozen=True, slots=True)
class Grown:
    """Memory in MB before and after the questions, and what they were."""

    title: str
    before: float
    after: float


def measure() -> list[Grown]:
    """Ask servers over the bundled dataset. Raises: RuntimeError if one grew over the bound."""
    graph = load(bundled("data"))
    operations = read_operations(bundled("queries")).values()
    first = [_body(o.query, o.variables) for o in operations]
    found = []
    for title, bodies in (
        ("other documents each time", [_document(n, graph) for n in range(QUESTIONS)]),
        ("the same documents, other variables", [_variables(n, graph) for n in range(QUESTIONS)]),
    ):
        if len(set(bodies)) < QUESTIONS:
            raise RuntimeError(f"{title}: {len(set(bodies))} of {QUESTIONS} are distinct")
        with serving("bundled", Path()) as server:
            server.ask(first)
            before = server.memory
            for answer in server.ask(bodies):
                if answer.startswith(b'{"errors"'):
                    raise RuntimeError(f"{title}: {answer[:500]!r}")
            found.append(Grown(title, before, server.memory))
    for grown in found:
        if grown.after - grown.before > BOUND:
            raise RuntimeError(f"{grown} grew by more than {BOUND:g} MB")
    return found


def _document(number: int, graph: Graph) -> bytes:
    """A document of its own: another alias, another selection, another entity."""
    ids = list(graph.entities)
    fields = "kind name description aliases homepage repository license status".split()
    chosen = " ".join(f for place, f in enumerate(fields) if number >> place & 1)
    return _body(f'{{ a{number}: entity(name: "{ids[number % len(ids)]}") {{ id {chosen} }} }}', {})


def _variables(number: int, graph: Graph) -> bytes:
    """One of four documents, with variables that no other has."""
    ids = list(graph.entities)
    one, other = ids[number % len(ids)], ids[number * 7 % len(ids)]
    match number % 4:
        case 0:
            return _body(PATH, {"a": one, "b": other, "n": number})
        case 1:
            return _body(SEARCH, {"text": f"{one} {number}"})
        case 2:
            return _body(WHERE, {"w": {"name": {"contains": one[:3]}, "id": {"ne": str(number)}}})
    return _body(ENTITY, {"id": one, "n": number})


def _body(document: str, variables: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"query": document, "variables": variables})
