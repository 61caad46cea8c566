"""Parquet: a table of entities and one of statements. Needs pyarrow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ecograph.export.frames import tabulate_entities, tabulate_statements
from ecograph.model.graph import Graph

if TYPE_CHECKING:
    import pyarrow as pa


def entities_to_parquet(graph: Graph) -> Iterator[bytes]:
    """One row an entity, in one piece."""
    yield _write(tabulate_entities(graph))


def statements_to_parquet(graph: Graph) -> Iterator[bytes]:
    """One row a statement, in one piece."""
    yield _write(tabulate_statements(graph))


def _write(table: pa.Table) -> bytes:
    from pyarrow import parquet

    told = io.BytesIO()
    parquet.write_table(table, told, compression="zstd")
    return told.getvalue()
