"""ecograph export"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph.cli.ask import Single, Variables, complete_named, find_named, read_question
from ecograph.cli.opening import Folders, load_asked, open_asked
from ecograph.cli.terminal import progressing
from ecograph.errors import EcographError, QueryError

if TYPE_CHECKING:
    from ecograph.export.files import Pieces
    from ecograph.export.formats import Format
    from ecograph.export.selection import Selection
    from ecograph.model.graph import Graph

LARGEST_FLOWCHART = 500
"""Lines that Mermaid draws unless it is told otherwise."""


def complete_format(incomplete: str) -> list[str]:
    """The formats that begin so."""
    from ecograph.export.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete.lower())]


def export(
    ctx: typer.Context,
    form: Annotated[
        str | None,
        typer.Argument(
            metavar="[FORMAT]",
            help="graphml, gexf, cyjs, jsonld, dot, mermaid, csv, kgx or parquet; -o may say it.",
            autocompletion=complete_format,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File or folder; its ending says the format. [printed]",
                     show_default=False),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(help="Only what the answer to this question speaks of.",
                     autocompletion=complete_named),
    ] = None,
    variables: Variables = None,
    single: Single = None,
    around: Annotated[str | None, typer.Option(help="Only what is around this thing.")] = None,
    hops: Annotated[
        int | None, typer.Option(help="How far around it. [1]", show_default=False)
    ] = None,
    scheme: Annotated[
        str | None, typer.Option(help="Only this taxonomy; mermaid draws seed unless said.")
    ] = None,
    table: Annotated[
        str, typer.Option(help="nodes or edges, of a format that is two tables.",
                          show_default=False)
    ] = "",
    data: Folders = None,
) -> None:  # fmt: skip
    """Write the dataset, or a part of it, in the form of another tool.

    A part is what the answer to a question speaks of, what is around a thing, or a taxonomy.
    """
    from ecograph.export.formats import find_format

    _hold_one(query, around, scheme)
    if query is None and (variables or single):
        raise QueryError("--set and --variables are of a question; say which by --query")
    if around is None and hops is not None:
        raise QueryError("--hops is how far around a thing; say which by --around")
    found = find_format(form, output)
    if found.name == "mermaid" and query is None and around is None:
        _export_taxonomy(scheme or "seed", output, data)
        return
    if output is None:
        found.writer_of(table)
        _hold_shown(found)
    if query is not None:
        selected = _ask(ctx, query, variables, single, data)
    elif around is not None:
        selected = open_asked(ctx, data).around(around, 1 if hops is None else hops)
    elif scheme is not None:
        selected = open_asked(ctx, data).scheme(scheme)
    else:
        selected = open_asked(ctx, data).whole
    if selected.cut:
        typer.echo(
            "ecograph: the answer goes on; this is its first page, and --set first=N asks for more",
            err=True,
        )
    graph = selected.graph
    if found.name == "mermaid" and len(graph.statements) > LARGEST_FLOWCHART:
        typer.echo(
            f"ecograph: {len(graph.statements):,} lines; Mermaid draws {LARGEST_FLOWCHART} unless "
            "its maxEdges is set",
            err=True,
        )
    _write(graph, found, output, table)


def _hold_one(query: str | None, around: str | None, scheme: str | None) -> None:
    said = {"--query": query, "--around": around, "--scheme": scheme}
    given = [name for name, value in said.items() if value is not None]
    if len(given) > 1:
        raise QueryError(f"{' and '.join(given)}: say one of them")


def _hold_shown(form: Format) -> None:
    if form.is_binary and sys.stdout.isatty():
        raise QueryError(f"a terminal cannot show {form.name}; say a file by -o")


def _ask(
    ctx: typer.Context, query: str, variables: str | None, single: list[str] | None,
    data: list[Path] | None,
) -> Selection:  # fmt: skip
    document, given = read_question(query, variables, single)
    named = find_named(query)
    return open_asked(ctx, data).select(named.name if named else document, given)


def _export_taxonomy(scheme: str, output: Path | None, data: list[Path] | None) -> None:
    """The diagram of a taxonomy, from the texts: that of the seed byte for byte."""
    from ecograph.export.files import write_pieces
    from ecograph.formats.diagram import write_diagram

    text = write_diagram(load_asked(data), scheme)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_pieces(output, iter([text]))
        typer.echo(f"wrote {output}")


def _write(graph: Graph, form: Format, output: Path | None, table: str) -> None:
    from ecograph.export.files import encode, write_graph
    from ecograph.export.formats import EDGES, NODES, WHOLE

    total = len(graph.entities) + len(graph.statements)
    entities = f"{len(graph.entities):,} entities"
    statements = f"{len(graph.statements):,} statements"
    held = {WHOLE: f"{entities}, {statements}", NODES: entities, EDGES: statements}

    def watch(pieces: Pieces) -> Iterator[Any]:
        return progressing(f"Writing {form.name}", pieces, total)

    if output is not None:
        for path, one in write_graph(graph, output, form.name, table, watch).items():
            typer.echo(f"wrote {path}: {held[one]}")
        return
    out = typer.get_binary_stream("stdout")
    try:
        for piece in watch(form.writer_of(table)(graph)):
            out.write(encode(piece))
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise EcographError(f"cannot write: {error.strerror}") from error
