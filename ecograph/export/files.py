"""Files of an export: which there are, and writing them a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ecograph.errors import EcographError
from ecograph.export.formats import WHOLE, Format, find_format
from ecograph.model.graph import Graph

Pieces = Iterator[str] | Iterator[bytes]


def name_files(form: Format, path: Path, table: str = WHOLE) -> Mapping[Path, str]:
    """File -> the table that it holds.

    Two tables are `x_nodes.csv` and `x_edges.csv` for `x.csv`, `nodes.csv` and `edges.csv` in a
    folder. Raises: QueryError if there is no such table.
    """
    if table or WHOLE in form.writers:
        form.writer_of(table)
        return {path: table}
    if path.suffix and not path.is_dir():
        return {path.with_name(f"{path.stem}_{one}{path.suffix}"): one for one in form.writers}
    return {path / f"{one}{form.suffixes[0]}": one for one in form.writers}


def write_graph(
    graph: Graph, path: Path, name: str | None = None, table: str = WHOLE,
    watch: Callable[[Pieces], Iterator[Any]] | None = None,
) -> Mapping[Path, str]:  # fmt: skip
    """Write a graph to a file, or to the two of a format of tables; file -> the table in it.

    The format is the one named, else that of the file's ending; `watch` sees the pieces pass.
    Raises: QueryError; EcographError if a file cannot be written.
    """
    form = find_format(name, path)
    files = name_files(form, path, table)
    for file, one in files.items():
        pieces = form.writer_of(one)(graph)
        write_pieces(file, watch(pieces) if watch else pieces)
    return files


def write_pieces(path: Path, pieces: Pieces) -> None:
    """Write a file. Raises: EcographError if it cannot be written."""
    told = map(encode, pieces)
    # What the format lacks is told before anything is opened.
    first = [*islice(told, 1)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(chain(first, told))
    except OSError as error:
        raise EcographError(f"cannot write {path}: {error.strerror}") from error


def encode(piece: str | bytes) -> bytes:
    """A piece as bytes; text is UTF-8."""
    return piece if isinstance(piece, bytes) else piece.encode()
