"""A taxonomy of the graph -> the Mermaid text that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecograph.errors import UnresolvedName
from ecograph.formats.mermaid import Diagram, Edge, chain, write_mermaid
from ecograph.model.graph import Graph, Statement
from ecograph.model.keys import closest

TAXONOMY = ("broader", "classifiedIn")
ARROW = "-->"


def write_diagram(graph: Graph, scheme: str) -> str:
    """The Mermaid text of a scheme, from its `broader` and `classifiedIn` statements alone.

    The order of siblings, their texts, edge labels and node ids are qualifiers of the statements;
    a parent's node id stands in their evidence (`A-->B`). Where a statement has none of these, the
    entity's id and Chinese label stand in.
    Raises: UnresolvedName if the graph has no such scheme.
    """
    statements = [s for s in graph.statements if _is_of(graph, s, scheme)]
    if not statements:
        schemes = {str(e.attributes["scheme"]) for e in graph.entities.values()
                   if "scheme" in e.attributes}  # fmt: skip
        raise UnresolvedName(
            "UNKNOWN_NAME", f"no taxonomy {scheme!r}", suggestions=closest(scheme, schemes)
        )
    placed = {s.subject: node for s in statements if (node := s.qualifiers.get("diagramNode"))}
    texts: dict[str, str] = {}
    edges: list[Edge] = []
    for statement in sorted(statements, key=_by_order):
        edge = _edge(statement, placed)
        edges.append(edge)
        texts[edge.target] = _text(graph, statement.subject, statement.qualifiers)
        texts.setdefault(edge.source, _text(graph, statement.object, {}))
    return write_mermaid(Diagram(tuple(chain(edges)), texts))


def _is_of(graph: Graph, statement: Statement, scheme: str) -> bool:
    return (
        statement.relation in TAXONOMY
        and not statement.negated
        and graph.entities[statement.object].attributes.get("scheme") == scheme
    )


def _by_order(statement: Statement) -> tuple[int, str]:
    return int(statement.qualifiers.get("order", 0)), statement.id


def _edge(statement: Statement, placed: Mapping[str, Any]) -> Edge:
    child = statement.qualifiers.get("diagramNode") or _node_id(statement.subject)
    parent = placed.get(statement.object) or _node_id(statement.object)
    for evidence in statement.evidence:
        source, arrow, target = (evidence.locator or "").partition(ARROW)
        if arrow and target == child:
            parent = source
    written = statement.qualifiers.get("edgeLabel")
    if written is None:
        return Edge(parent, child)
    label = written.rstrip(" ")
    return Edge(parent, child, label, written[len(label) :])


def _node_id(id: str) -> str:
    return id.replace("-", "_")


def _text(graph: Graph, id: str, qualifiers: Mapping[str, Any]) -> str:
    entity = graph.entities[id]
    return str(qualifiers.get("asWritten") or entity.label.get("zh") or entity.name)
