"""GraphML: a node an entity, an edge a statement under its id, what is known as typed data.

Source: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ecograph.export.xml import HEADER, element, open_tag
from ecograph.model.flat import Cell, Columns, Flat, flatten, write_cell
from ecograph.model.graph import Graph

NAMESPACES = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns "
    "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
}
TYPES = {"text": "string", "texts": "string", "integer": "int", "boolean": "boolean"}
OF_GRAPH: Columns = dict.fromkeys(("title", "version", "as_of", "license"), "text")
NODE, EDGE = ("id",), ("id", "subject", "object")
"""The columns that stand elsewhere than among the data."""


def to_graphml(graph: Graph) -> Iterator[str]:
    """The graph, an entity or a statement at a time."""
    flat = Flat(graph)
    keys = {
        "graph": _keys("g", OF_GRAPH),
        "node": _keys("n", flat.entity_columns, NODE),
        "edge": _keys("e", flat.statement_columns, EDGE),
    }
    types = {"graph": OF_GRAPH, "node": flat.entity_columns, "edge": flat.statement_columns}
    yield HEADER + open_tag("graphml", NAMESPACES) + "\n"
    for owner, columns in keys.items():
        for name, key in columns.items():
            told = {"id": key, "for": owner, "attr.name": name}
            yield "  " + element("key", {**told, "attr.type": TYPES[types[owner][name]]}) + "\n"
    yield "  " + open_tag("graph", {"id": "ecograph", "edgedefault": "directed"}) + "\n"
    whole: dict[str, Cell] = {
        "title": graph.title["en"], "version": graph.version, "as_of": graph.as_of,
        "license": graph.license,
    }  # fmt: skip
    yield _data(whole, keys["graph"]) + "\n"
    for cells in map(flatten, flat.entities()):
        tag = open_tag("node", {"id": str(cells["id"])})
        yield f"    {tag}{_data(cells, keys['node'])}</node>\n"
    for cells in map(flatten, flat.statements()):
        ends = {"source": str(cells["subject"]), "target": str(cells["object"])}
        tag = open_tag("edge", {"id": str(cells["id"]), **ends})
        yield f"    {tag}{_data(cells, keys['edge'])}</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _keys(prefix: str, columns: Columns, but: tuple[str, ...] = ()) -> dict[str, str]:
    kept = [name for name in columns if name not in but]
    return {name: f"{prefix}{place}" for place, name in enumerate(kept)}


def _data(cells: Mapping[str, Cell], keys: Mapping[str, str]) -> str:
    return "".join(
        element("data", {"key": key}, write_cell(cells[name]))
        for name, key in keys.items()
        if name in cells
    )
