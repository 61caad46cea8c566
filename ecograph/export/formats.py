"""The formats that there are, and how one is found by its name or a file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecograph.errors import QueryError
from ecograph.export.csv import entities_to_csv, statements_to_csv
from ecograph.export.cyjs import to_cyjs
from ecograph.export.drawn import to_dot, to_mermaid
from ecograph.export.gexf import to_gexf
from ecograph.export.graphml import to_graphml
from ecograph.export.jsonld import to_jsonld
from ecograph.export.kgx import entities_to_kgx, statements_to_kgx
from ecograph.export.parquet import entities_to_parquet, statements_to_parquet
from ecograph.model.graph import Graph
from ecograph.model.keys import hint_among

Writer = Callable[[Graph], Iterator[str] | Iterator[bytes]]
WHOLE, NODES, EDGES = "", "nodes", "edges"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its files by the name of their table, `WHOLE` if it is one file.

    `suffixes` are the endings that stand for it, the usual one first.
    """

    name: str
    suffixes: tuple[str, ...]
    writers: Mapping[str, Writer]

    @property
    def is_binary(self) -> bool:
        """Whether a terminal cannot show it."""
        return self.name == "parquet"

    def writer_of(self, table: str) -> Writer:
        """What writes a table, or the one file. Raises: QueryError."""
        if table in self.writers:
            return self.writers[table]
        if WHOLE in self.writers:
            raise QueryError(f"--table: {self.name} is one file and has no tables")
        said = f"{table!r} is no table of {self.name}" if table else f"{self.name} is two tables"
        raise QueryError(f"{said}; say --table nodes or --table edges, or a folder by -o")


def _tables(nodes: Writer, edges: Writer) -> Mapping[str, Writer]:
    return {NODES: nodes, EDGES: edges}


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("graphml", (".graphml",), {WHOLE: to_graphml}),
        Format("gexf", (".gexf",), {WHOLE: to_gexf}),
        Format("cyjs", (".cyjs",), {WHOLE: to_cyjs}),
        Format("jsonld", (".jsonld",), {WHOLE: to_jsonld}),
        Format("dot", (".dot", ".gv"), {WHOLE: to_dot}),
        Format("mermaid", (".mmd", ".mermaid"), {WHOLE: to_mermaid}),
        Format("csv", (".csv",), _tables(entities_to_csv, statements_to_csv)),
        Format("kgx", (".tsv",), _tables(entities_to_kgx, statements_to_kgx)),
        Format("parquet", (".parquet",), _tables(entities_to_parquet, statements_to_parquet)),
    )
}


def find_format(name: str | None, path: Path | None) -> Format:
    """The format of a name, else of a file's ending. Raises: QueryError."""
    if name is not None:
        found = FORMATS.get(name.lower())
        if found is None:
            hint = hint_among(name, FORMATS)
            raise QueryError(f"no format {name!r}; {hint}")
        return found
    if path is None:
        raise QueryError(f"say a format ({', '.join(FORMATS)}) or a file by -o")
    endings = {suffix: one for one in FORMATS.values() for suffix in one.suffixes}
    found = endings.get(path.suffix.lower())
    if found is None:
        raise QueryError(
            f"{path.name!r} does not say the format; say it, or end the name with one of "
            + ", ".join(endings)
        )
    return found
