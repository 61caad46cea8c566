"""ecograph query, ecograph plan, ecograph schema"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from ecograph.api.operations import find_operation, hint_operation, read_operations
from ecograph.errors import EcographError, QueryError
from ecograph.settings import bundled

Named = Annotated[
    str,
    typer.Argument(help="A named operation, a file, a query in braces, or - for standard input."),
]
Variables = Annotated[str | None, typer.Option("--variables", help="Variables as JSON.")]
Single = Annotated[list[str] | None, typer.Option("--set", "-v", help="One variable: name=value.")]
Data = Annotated[Path | None, typer.Option(help="Data folder; the bundled one unless said.")]


def query(
    what: Named, variables: Variables = None, single: Single = None, data: Data = None
) -> None:
    """Ask a question and print the answer as JSON."""
    from ecograph.service import open_service

    document, given = _read(what, variables, single)
    told = open_service(data, deadline=None).query(document, given)
    typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
    if "errors" in told:
        raise typer.Exit(1)


def plan(
    what: Named, variables: Variables = None, single: Single = None, data: Data = None
) -> None:
    """Print the plan of a question, as every store gets it."""
    from ecograph.plan.show import show
    from ecograph.service import open_service

    document, given = _read(what, variables, single)
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


def _read(what: str, variables: str | None, single: list[str] | None) -> tuple[str, dict[str, Any]]:
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
    for item in single or ():
        name, equals, value = item.partition("=")
        if not equals:
            raise QueryError(f"--set: {item!r} is not name=value")
        given[name] = _value(value)
    return document, given


def _value(text: str) -> Any:
    """A number or a boolean as such, anything else as text."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return value if isinstance(value, int | float | bool) else text
