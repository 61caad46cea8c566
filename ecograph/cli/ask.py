"""ecograph query, ecograph plan, ecograph schema"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph.cli.opening import Folders, open_asked
from ecograph.errors import EcographError, QueryError
from ecograph.settings import bundled, find_folders

if TYPE_CHECKING:
    from ecograph.api.operations import NamedOperation


def complete_named(incomplete: str) -> list[tuple[str, str]]:
    """The named operations that begin so, each with its question."""
    from ecograph.api.operations import read_operations

    begun = incomplete.casefold()
    return [
        (name, one.question["en"])
        for name, one in read_operations(bundled("queries")).items()
        if name.casefold().startswith(begun)
    ]


Named = Annotated[
    str,
    typer.Argument(
        help="A named operation, a file, a query in braces, or - for standard input.",
        autocompletion=complete_named,
    ),
]
Variables = Annotated[str | None, typer.Option("--variables", help="Variables as JSON.")]
Single = Annotated[list[str] | None, typer.Option("--set", "-v", help="One variable: name=value.")]
Data = Folders
Compare = Annotated[
    list[str] | None,
    typer.Option(
        help="A day; given twice, what differs between the answers of the two.",
        metavar="DAY",
        show_default=False,
    ),
]


class Form(StrEnum):
    """What an answer is printed as."""

    JSON = "json"
    CSV = "csv"
    MD = "md"
    TABLE = "table"


Format = Annotated[
    Form | None,
    typer.Option("--format", help="[table on a terminal, json elsewhere]", show_default=False),
]


def choose_form(form: Form | None) -> Form:
    """The form that is said, else a table for who reads it on a terminal and JSON for programs."""
    return form or (Form.TABLE if sys.stdout.isatty() else Form.JSON)


def query(
    ctx: typer.Context, what: Named, variables: Variables = None, single: Single = None,
    data: Data = None, form: Format = None, compare: Compare = None,
) -> None:  # fmt: skip
    """Ask a question: a table for people, JSON, CSV or Markdown for programs and pages.

    A named operation runs under the variables that --set and --variables give, or under those of
    its example if they give none. The tables are of the first connection of the question, or of its
    first list.
    """
    document, given = read_question(what, variables, single)
    if compare:
        compare_days(ctx, document, given, data, form, compare)
        return
    answer_question(ctx, document, given, data, form, find_named(what))


def compare_days(
    ctx: typer.Context, document: str, given: dict[str, Any], data: list[Path] | None,
    form: Form | None, days: list[str],
) -> None:  # fmt: skip
    """Print what differs between the answers of two days."""
    from ecograph.cli.show import show_compared

    found = open_asked(ctx, data).compare(document, days, given)
    show_compared(found, choose_form(form).value)


def answer_question(
    ctx: typer.Context, document: str, given: dict[str, Any], data: list[Path] | None,
    form: Form | None, named: NamedOperation | None,
) -> None:  # fmt: skip
    """Print the answer, and what is wrong with it to standard error; with errors, exit with 1."""
    from ecograph.api.places import write_message
    from ecograph.cli.show import show_answer

    service = open_asked(ctx, data)
    told = service.query(document, given)
    if named is not None:
        for error in told.get("errors", ()):
            error["message"] = write_message(error)
    show_answer(service, document, told, choose_form(form).value, named)
    if "errors" in told:
        raise typer.Exit(1)


def plan(
    ctx: typer.Context, what: Named, variables: Variables = None, single: Single = None,
    data: Data = None,
) -> None:  # fmt: skip
    """Print the plan of a question, as every store gets it."""
    from ecograph.plan.show import show

    document, given = read_question(what, variables, single)
    typer.echo(show(open_asked(ctx, data).api.plan_of(document, given)), nl=False)


class SchemaOf(StrEnum):
    """What a schema is of."""

    api = "api"
    guide = "guide"
    entities = "entities"
    sources = "sources"


def schema(
    what: Annotated[
        SchemaOf,
        typer.Argument(
            help="GraphQL of the API, a guide to it, or JSON Schema of a file of the data."
        ),
    ] = SchemaOf.api,
    check: Annotated[
        Path | None, typer.Option(help="Compare with this file and fail where they differ.")
    ] = None,
    data: Data = None,
) -> None:
    """Print a schema that the ontology gives, or check that a file still holds it."""
    from ecograph.load.ontology import load_ontology

    ontology = load_ontology(*find_folders(data))
    if what is SchemaOf.api:
        from ecograph.api.schema import print_sdl

        text = print_sdl(ontology)
    elif what is SchemaOf.guide:
        from ecograph.api.guide import write_guide
        from ecograph.api.operations import read_operations
        from ecograph.api.schema import build_schema, graphql_core

        text = write_guide(
            graphql_core(build_schema(ontology)), read_operations(bundled("queries"))
        )
    else:
        from ecograph.curate.schema import write_entity_schema, write_source_schema

        entities = what is SchemaOf.entities
        text = write_entity_schema(ontology) if entities else write_source_schema()
    if check is None:
        typer.echo(text, nl=False)
        return
    kept = check.read_text("utf-8")
    if kept != text:
        lines = difflib.unified_diff(
            kept.splitlines(), text.splitlines(), str(check), "the ontology", lineterm="", n=1
        )
        typer.echo("\n".join([*lines][:40]))
        call = "ecograph schema" if what is SchemaOf.api else f"ecograph schema {what.value}"
        raise EcographError(f"{check} is not the schema any more; run: {call} > {check}")


def read_question(
    what: str, variables: str | None, single: list[str] | None
) -> tuple[str, dict[str, Any]]:
    """The document and its variables: those that are set, or else the example's, which is said.

    Raises: QueryError, also if some are set and one that is needed is not.
    """
    import orjson

    from ecograph.api.operations import (
        find_operation,
        hint_operation,
        read_example,
        read_operations,
    )
    from ecograph.api.variables import hold_complete, variables_of

    example: Mapping[str, Any] = {}
    if what == "-":
        document = sys.stdin.read()
    elif "{" in what:
        document = what
    elif Path(what).suffix == ".graphql":
        try:
            document = Path(what).read_text("utf-8")
        except OSError as error:
            raise QueryError(f"cannot read {what}: {error.strerror}") from error
        example = read_example(document)
    else:
        operations = read_operations(bundled("queries"))
        operation = find_operation(operations, what)
        if operation is None:
            hint = hint_operation(operations, what)
            raise QueryError(f"unknown operation {what!r}; {hint}")
        document, example = operation.document, operation.variables
    given: dict[str, Any] = {}
    if variables is not None:
        try:
            given = orjson.loads(variables)
        except orjson.JSONDecodeError as error:
            raise QueryError(f"--variables: no JSON: {error}") from None
        if not isinstance(given, dict):
            raise QueryError(f"--variables: {variables!r} is no object")
    given |= _read_single(document, single or [])
    if not example:
        return document, given
    if not given:
        typer.echo(f"ecograph: the example is asked: {_write_single(example)}", err=True)
        return document, dict(example)
    try:
        hold_complete(variables_of(document), given)
    except QueryError as error:
        raise QueryError(f"{error.message}; for example {_write_single(example)}") from None
    return document, given


def find_named(what: str) -> NamedOperation | None:
    """The named operation that is meant; None for a file, a text or standard input."""
    from ecograph.api.operations import find_operation, read_operations

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


def _write_single(variables: Mapping[str, Any]) -> str:
    """Variables as one sets them on the command line."""
    import shlex

    import orjson

    pairs = [
        (name, one if isinstance(one, str) else orjson.dumps(one).decode())
        for name, value in variables.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return " ".join(f"--set {shlex.quote(f'{name}={text}')}" for name, text in pairs)
