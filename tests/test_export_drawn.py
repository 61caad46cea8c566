"""DOT and Mermaid of a graph: everything that it holds, and no label is anything but a label."""

from __future__ import annotations

import re

import pydot
import pytest

from ecograph.export.part import take_among
from ecograph.model.graph import Graph
from tests.exporting import hostile_world, several, written
from tests.world import world

# pydot's grammar is written in the older names of pyparsing.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated - use:DeprecationWarning")

MERMAID_LABEL = r'"(?:[\w .,:/+\-()\'·…]|[^\x00-\x7f]|#\d+;)*"'
MERMAID_LINE = re.compile(
    rf"flowchart LR|%% [^{{}}]*|  n\d+(?:\[{MERMAID_LABEL}\]|\({MERMAID_LABEL}\)"
    rf"|\(\[{MERMAID_LABEL}\]\)|\[\[{MERMAID_LABEL}\]\])"
    rf"|  n\d+ (?:-->|---|-\.->)\|{MERMAID_LABEL}\| n\d+"
)


def read_dot(graph: Graph) -> pydot.Dot:
    [read] = pydot.graph_from_dot_data(written(graph, "dot").decode()) or []
    return read


@pytest.mark.parametrize("graph", [world(), several(), hostile_world()])
def test_graphviz_s_grammar_reads_every_node_and_line(graph: Graph) -> None:
    read = read_dot(graph)
    defaults = {"graph", "node", "edge"}
    nodes = {str(node.get_name()).strip('"') for node in read.get_nodes()} - defaults
    assert nodes == set(graph.entities)
    assert len(read.get_edges()) == len(graph.statements)
    assert not read.get_subgraphs()


def test_what_is_denied_is_dashed() -> None:
    [denied] = [e for e in read_dot(several()).get_edges() if e.get("style") == "dashed"]
    assert denied.get("label") == '"not: is a fork of"'


@pytest.mark.parametrize("graph", [world(), several(), hostile_world()])
def test_every_line_is_one_of_mermaid(graph: Graph) -> None:
    lines = written(graph, "mermaid").decode().splitlines()
    for line in lines:
        assert MERMAID_LINE.fullmatch(line), line
    assert len(lines) == 3 + len(graph.entities) + len(graph.statements)


def test_a_part_in_mermaid() -> None:
    part = take_among(world(), ["containerd", "runc", "oci-runtime-spec"])
    assert written(part, "mermaid").decode() == (
        "%% The world of the tests\n"
        "%% Dataset 0123456789abcdef, as of 2026-11-24, CC-BY-4.0\n"
        "flowchart LR\n"
        '  n0["containerd"]\n'
        '  n1("OCI Runtime Specification")\n'
        '  n2["runc"]\n'
        '  n0 -->|"uses"| n2\n'
        '  n2 -->|"implements"| n1\n'
    )
