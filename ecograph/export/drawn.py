"""DOT, Mermaid and SVG: boxes, and a line for each statement; drawn by `ecograph.view`."""

from __future__ import annotations

from collections.abc import Iterator

from ecograph.model.graph import Graph, Statement
from ecograph.model.ontology import Relation
from ecograph.view.dot import to_dot as draw_dot
from ecograph.view.mermaid import to_mermaid as draw_mermaid
from ecograph.view.picture import Edge, Form, Node, Picture, clean
from ecograph.view.svg import to_svg as draw_svg
from ecograph.view.words import word


def to_dot(graph: Graph) -> Iterator[str]:
    """The graph in Graphviz's language, in one piece."""
    yield draw_dot(_picture(graph))


def to_mermaid(graph: Graph) -> Iterator[str]:
    """The graph as a Mermaid flowchart, in one piece."""
    yield draw_mermaid(_picture(graph))


def to_svg(graph: Graph) -> str:
    """The graph as a picture, for files and pages."""
    return draw_svg(_picture(graph)).text


def _picture(graph: Graph) -> Picture:
    """Everything that the graph holds, nothing folded; a denied statement is drawn as such."""
    foot = word(
        "dataset", "en", version=graph.version, day=graph.as_of, license=clean(graph.license)
    )
    return Picture(
        Form.LAYERS, "en", clean(graph.title["en"]), "", "", "", {}, graph.version, foot,
        {id_: Node(id_, e.kind, clean(e.name) or id_) for id_, e in graph.entities.items()},
        tuple(_edge(s, graph.ontology.relations[s.relation]) for s in graph.statements),
        ranks=graph.ontology.relation_rank,
    )  # fmt: skip


def _edge(statement: Statement, relation: Relation) -> Edge:
    label = relation.label.en
    if statement.negated:
        label = word("not", "en", what=label)
    return Edge(
        statement.id, statement.subject, statement.object, statement.relation, label, "",
        negated=statement.negated, symmetric=relation.symmetric,
    )  # fmt: skip
