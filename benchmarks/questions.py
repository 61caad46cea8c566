"""The five questions, each with some hundred different settings of its variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ecograph.model.graph import Graph
from ecograph.service import Service

SETTINGS = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A document, and the variables with which it is asked in turn."""

    key: str
    title: str
    document: str
    settings: Sequence[Mapping[str, Any]]


NODE = """
query Node($id: ID!) {
  node(id: $id) { id ... on Tool { kind name label(lang: ZH) status license homepage } }
}"""

SPECIFICATION = """
query Implementers($spec: String!, $first: Int = 100) {
  specification(name: $spec) {
    id
    name
    label(lang: ZH)
    implementedBy(first: $first) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        cursor
        since
        strength
        evidence { source { title url } locator readOn }
        node { id kind name status homepage }
      }
    }
  }
}"""

LIST = """
query Tools($after: String) {
  tools(first: 100, after: $after) {
    nodes {
      id kind name label(lang: ZH) description(lang: EN)
      status license homepage repository maturity
    }
  }
}"""

DEEP = """
query Deep($names: [String!]!) {
  entities(names: $names) {
    id name
    ... on Tool { uses(first: 10) { nodes {
      id name
      ... on Tool { uses(first: 10) { nodes {
        id name
        ... on Tool { uses(first: 4) { nodes { id name } } }
      } } }
    } } }
  }
}"""

PATH = """
query Path($from: String!, $to: String!) {
  path(from: $from, to: $to) {
    length
    nodes { id kind name }
    hops {
      forward
      statement { id relation subject { id } object { id } since evidence { source { title url } } }
      sentence(lang: EN)
    }
  }
}"""


def questions(service: Service) -> list[Question]:
    """The questions about a generated graph; `service` gives the cursors to start from."""
    graph, random = service.graph, Random(5)
    tools = ids_of(graph, "Tool")
    core = tools[: len(graph.entities) // 8]
    specs = ids_of(graph, "Specification")

    def name(ids: list[str]) -> str:
        return graph.entities[random.choice(ids)].name

    return [
        Question("node", "node by id", NODE, [{"id": random.choice(tools)} for _ in each()]),
        Question("specification", "one specification, 20 implementers", SPECIFICATION,
                 [{"spec": name(specs)} for _ in each()]),
        Question("list", "100 tools x 10 fields", LIST,
                 [{"after": cursor} for cursor in _cursors(service)]),
        Question("deep", "1,022 objects, 4 deep", DEEP,
                 [{"names": [name(core), name(core)]} for _ in each()]),
        Question("path", "shortest path", PATH,
                 [{"from": name(tools), "to": name(tools)} for _ in each()]),
    ]  # fmt: skip


def each() -> range:
    """Once for every setting."""
    return range(SETTINGS)


def ids_of(graph: Graph, kind: str) -> list[str]:
    """The ids of a kind in order."""
    return [e.id for e in graph.entities.values() if e.kind == kind]


def _cursors(service: Service) -> list[str]:
    """Cursors of the list of tools, none of the last hundred."""
    found: list[str] = []
    after = None
    document = "query Q($after: String) { tools(first: 100, after: $after) { edges { cursor } } }"
    while len(found) < 10 * SETTINGS:
        edges = service.query(document, {"after": after})["data"]["tools"]["edges"]
        found += [edge["cursor"] for edge in edges]
        after = found[-1]
    return found[: 10 * SETTINGS : 10]
