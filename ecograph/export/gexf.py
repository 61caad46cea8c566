"""GEXF 1.3, for Gephi: labels, a kind of edge for each relation, and since when until when.

Source: https://gexf.net/schema.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ecograph.export.xml import HEADER, element, open_tag
from ecograph.model.dates import earliest, latest
from ecograph.model.flat import Cell, Columns, Flat, flatten, write_cell
from ecograph.model.graph import Graph, Statement

NAMESPACES = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
    "version": "1.3",
}
TYPES = {"text": "string", "texts": "string", "integer": "integer", "boolean": "boolean"}
NODE, EDGE = ("id", "name"), ("id", "subject", "object")
"""The columns that stand elsewhere than among the values."""


def to_gexf(graph: Graph) -> Iterator[str]:
    """The graph, an entity or a statement at a time.

    A partial date is the first day that it can mean where a period begins, the last where it ends.
    """
    flat = Flat(graph)
    nodes = [name for name in flat.entity_columns if name not in NODE]
    edges = [name for name in flat.statement_columns if name not in EDGE]
    yield HEADER + open_tag("gexf", NAMESPACES) + "\n"
    yield "  " + open_tag("meta", {"lastmodifieddate": graph.as_of})
    yield element("creator", {}, "ecograph")
    yield element("description", {}, f"{graph.title['en']}, version {graph.version}")
    yield "</meta>\n"
    form = {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"}
    yield "  " + open_tag("graph", form) + "\n"
    yield from _declare("node", nodes, flat.entity_columns)
    yield from _declare("edge", edges, flat.statement_columns)
    yield "    <nodes>\n"
    for cells in map(flatten, flat.entities()):
        tag = open_tag("node", {"id": str(cells["id"]), "label": str(cells["name"])})
        yield f"      {tag}{_values(cells, nodes)}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for statement in graph.statements:
        cells = flatten(flat.statement(statement))
        ends = {"source": statement.subject, "target": statement.object}
        said = {"kind": statement.relation, "label": statement.relation, **_period(statement)}
        tag = open_tag("edge", {"id": str(cells["id"]), **ends, **said})
        yield f"      {tag}{_values(cells, edges)}</edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declare(owner: str, names: list[str], types: Columns) -> Iterator[str]:
    yield "    " + open_tag("attributes", {"class": owner, "mode": "static"}) + "\n"
    for name in names:
        told = {"id": f"{owner}_{name}", "title": name, "type": TYPES[types[name]]}
        yield "      " + element("attribute", told) + "\n"
    yield "    </attributes>\n"


def _values(cells: Mapping[str, Cell], names: list[str]) -> str:
    owner = "edge" if "relation" in cells else "node"
    told = "".join(
        element("attvalue", {"for": f"{owner}_{name}", "value": write_cell(cells[name])})
        for name in names
        if name in cells
    )
    return f"<attvalues>{told}</attvalues>"


def _period(statement: Statement) -> dict[str, str]:
    found = {}
    if statement.since is not None:
        found["start"] = date.fromordinal(earliest(statement.since)).isoformat()
    if statement.until is not None:
        found["end"] = date.fromordinal(latest(statement.until)).isoformat()
    return found
