"""ecograph query, ecograph plan, ecograph schema"""

from __future__ import annotations

import difflib
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from ecograph.api.operations import (
    NamedOperation,
    find_operation,
    hint_operation,
    read_operations,
)
from ecograph.errors import EcographError, QueryError
from ecograph.settings import bundled

Named = Annotated[
    str,
    typer.Argument(help="A named operation, a file, a query in braces, or - for standard input."),
]
Variables = Annotated[str | None, typer.Option("--variables", help="Variables as JSON.")]
Single = Annotated[list[str] | None, typer.Option("--set", "-v", help="One variable: name=value.")]
Data = Annotated[Path | None, typer.Option(help="Data folder; the bundled one unless said.")]


class Form(StrEnum):
    """What an answer is printed as."""

    JSON = "json"
    CSV = "csv"
    MD = "md"
    TABLE = "table"


def query(
    what: Named, variables: Variables = None, single: Single = None, data: Data = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="[table on a terminal, json elsewhere]", show_default=False),
    ] = None,
) -> None:  # fmt: skip
    """Ask a question: a table for people, JSON, CSV or Markdown for programs and pages.

    A named operation runs under its example's variables, as far as --set and --variables give no
    others. The tables are of the first connection of the question, or of its first list.
    """
    from ecograph.cli.show import show_answer
    from ecograph.service import open_service

    document, given = read_question(what, variables, single)
    service = open_service(data, deadline=None)
    told = service.query(document, given)
    chosen = form or (Form.TABLE if sys.stdout.isatty() else Form.JSON)
    show_answer(service, document, told, chosen.value, find_named(what))
    if "errors" in told:
        raise typer.Exit(1)


def plan(
    what: Named, variables: Variables = None, single: Single = None, data: Data = None
) -> None:
    """Print the plan of a question, as every store gets it."""
    from ecograph.plan.show import show
    from ecograph.service import open_service

    document, given = read_question(what, variables, single)
    typer.echo(show(open_service(data).api.plan_of(document, given)), nl=False)


def schema(
    check: Annotated[
        Path | None, typer.Option(help="Compare with this file and fail where they differ.")
    ] = None,
    data: Data = None,
) -> None:
    """Print the GraphQL schema, or check that a file still holds it."""
    from ecograph.api.schema import print_sdl
    from ecograph.load import load

    text = print_sdl(load(data or bundled("data")).ontology)
    if check is None:
        typer.echo(text, nl=False)
        return
    kept = check.read_text("utf-8")
    if kept != text:
        lines = difflib.unified_diff(
            kept.splitlines(), text.splitlines(), str(check), "the ontology", lineterm="", n=1
        )
        typer.echo("\n".join([*lines][:40]))
        raise EcographError(f"{check} is not the schema any more; run: ecograph schema > {check}")


def read_question(
    what: str, variables: str | None, single: list[str] | None
) -> tuple[str, dict[str, Any]]:
    """The document and its variables. Raises: QueryError."""
    given: dict[str, Any] = {}
    if what == "-":
        document = sys.stdin.read()
    elif "{" in what:
        document = what
    elif Path(what).suffix == ".graphql":
        try:
            document = Path(what).read_text("utf-8")
        except OSError as error:
            raise QueryError(f"cannot read {what}: {error.strerror}") from error
    else:
        operations = read_operations(bundled("queries"))
        operation = find_operation(operations, what)
        if operation is None:
            hint = hint_operation(operations, what)
            raise QueryError(f"unknown operation {what!r}; {hint}")
        document, given = operation.document, dict(operation.variables)
    if variables is not None:
        try:
            more = orjson.loads(variables)
        except orjson.JSONDecodeError as error:
            raise QueryError(f"--variables: no JSON: {error}") from None
        if not isinstance(more, dict):
            raise QueryError(f"--variables: {variables!r} is no object")
        given = {**given, **more}
    return document, {**given, **_read_single(document, single or [])}


def find_named(what: str) -> NamedOperation | None:
    """The named operation that is meant; None for a file, a text or standard input."""
    if what == "-" or "{" in what or Path(what).suffix == ".graphql":
        return None
    return find_operation(read_operations(bundled("queries")), what)


def _read_single(document: str, single: list[str]) -> dict[str, Any]:
    """Each name=value as its variable's type wants it; of a list, one for each of its values."""
    from ecograph.api.variables import read_variables, variables_of

    pairs = []
    for item in single:
        name, equals, value = item.partition("=")
        if not equals:
            raise QueryError(f"--set: {item!r} is not name=value")
        pairs.append((name, value))
    return read_variables(variables_of(document), pairs) if pairs else {}
