"""KGX: nodes and edges as TSV, with CURIEs under the prefix `ecograph` and lists between bars.

Kinds and relations are this ontology's, not Biolink's. `ecograph import kgx` reads the files.
Source: https://github.com/biolink/kgx/blob/master/specification/kgx-format.md
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ecograph.model.flat import Flat, Record, write_cell
from ecograph.model.graph import Graph

PREFIX = "ecograph"
KGX = {
    "kind": "category", "aliases": "synonym", "homepage": "iri", "relation": "predicate",
    "sources": "provided_by", "source_urls": "publications",
}  # fmt: skip
"""Column here -> column of KGX; the others keep their names."""
CURIES = frozenset({"id", "kind", "subject", "relation", "object", "sources"})


def entities_to_kgx(graph: Graph) -> Iterator[str]:
    """The nodes: a line of headers, then one an entity."""
    flat = Flat(graph)
    return _write(list(flat.entity_columns), flat.entities())


def statements_to_kgx(graph: Graph) -> Iterator[str]:
    """The edges: a line of headers, then one a statement."""
    flat = Flat(graph)
    return _write(list(flat.statement_columns), flat.statements())


def _write(names: list[str], records: Iterable[Record]) -> Iterator[str]:
    yield "\t".join(KGX.get(name, name) for name in names) + "\n"
    for record in records:
        yield "\t".join(_cell(name, record[name]) for name in names) + "\n"


def _cell(name: str, value: Any) -> str:
    if name == "kind":
        # KGX wants one of Biolink's classes beside others.
        return f"{PREFIX}:{value}|biolink:NamedThing"
    if name == "negated" and not value:
        # Its readers take any text for true.
        return ""
    if isinstance(value, list):
        return "|".join(_curie(name, _plain(one).replace("|", "¦")) for one in value)
    return _curie(name, _plain(write_cell(value)))


def _curie(name: str, text: str) -> str:
    return f"{PREFIX}:{text}" if name in CURIES and text else text


def _plain(text: str) -> str:
    """A text on one line without a tab, as TSV has nothing to quote them by."""
    return " ".join(text.split())
