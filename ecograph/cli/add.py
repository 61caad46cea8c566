"""ecograph add"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from ecograph.cli.opening import Folders
from ecograph.errors import DataErrors, QueryError
from ecograph.settings import find_folders

Many = list[str] | None
EVIDENCE = "--evidence SOURCE[#PLACE], a source of data/sources/"


def add(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="ID | SUBJECT RELATION OBJECT", help="A new entity, or a new statement."
        ),
    ],
    kind: Annotated[str, typer.Option(help="The kind of the entity.")] = "",
    label: Annotated[str, typer.Option(help="Its English name.")] = "",
    label_zh: Annotated[
        str, typer.Option(help="Its Chinese name; the English one unless said.")
    ] = "",
    description: Annotated[str, typer.Option(help="One or two sentences in English.")] = "",
    description_zh: Annotated[str, typer.Option(help="The same in Chinese.")] = "",
    alias: Annotated[Many, typer.Option(help="Another name; to be repeated.")] = None,
    event: Annotated[
        Many, typer.Option(metavar="NAME=DATE[=VALUE]", help="What happened; to be repeated.")
    ] = None,
    given: Annotated[
        Many,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="An attribute or a qualifier, since or until."
        ),
    ] = None,
    evidence: Annotated[
        Many, typer.Option("--evidence", "-e", metavar="SOURCE[#PLACE]", help="Who says so.")
    ] = None,
    file: Annotated[str | None, typer.Option(help="File in entities/; that of the kind.")] = None,
    interactive: Annotated[
        bool | None, typer.Option("--ask/--no-ask", help="Ask for what is missing. [on a terminal]")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    data: Folders = None,
) -> None:
    """Add an entity or a statement with its evidence, unless check would refuse it."""
    from ecograph.curate.add import (
        NewEntity,
        NewStatement,
        add_entity,
        add_statement,
        read_data,
        refuse_known,
    )
    from ecograph.curate.writing import write_texts

    if len(what) not in (1, 3):
        raise QueryError(
            f"{len(what)} words; write the id of an entity, or subject, relation and object"
        )
    asks = interactive if interactive is not None else sys.stdin.isatty()
    known, values = read_data(find_folders(data)), dict(_split(given or (), "--set"))
    try:
        if len(what) == 1:
            refuse_known(known, what[0])
            if not asks:
                _need({"Kind": (kind, "--kind KIND"), "English name": (label, "--label NAME"),
                       "Evidence": (evidence, EVIDENCE)})  # fmt: skip
            kind = _ask(kind, "Kind", asks, option="--kind KIND")
            label = _ask(label, "English name", asks, option="--label NAME")
            label_zh = _ask(label_zh, "Chinese name", asks, label) or label
            description = _ask(description, "English description (may be empty)", asks, "")
            if description:
                description_zh = _ask(
                    description_zh, "Chinese description", asks, option="--description-zh TEXT"
                )
            texts = {"en": description, "zh": description_zh}
            new = NewEntity(
                what[0], kind, {"en": label, "zh": label_zh}, texts if any(texts.values()) else {},
                alias or [], values, [_split_event(text) for text in event or ()],
                _ask_evidence(evidence, asks),
            )  # fmt: skip
            added = add_entity(known, new, file)
        else:
            if (
                asks
                and "since" not in values
                and (since := _ask("", "Since (may be empty)", asks, ""))
            ):
                values["since"] = since
            added = add_statement(
                known,
                NewStatement(what[0], what[1], what[2], values, _ask_evidence(evidence, asks)),
            )
    except DataErrors:
        typer.echo("ecograph: nothing is added, for check would say:", err=True)
        raise
    if not dry:
        write_texts({added.path: added.text})
    typer.echo(f"# {'would go' if dry else 'added'} to {added.path}\n{added.told}", nl=False)


def _need(given: Mapping[str, tuple[object, str]]) -> None:
    """All that is missing is told at once."""
    missing = [
        f"{what} is missing; write it as {option}"
        for what, (value, option) in given.items()
        if not value
    ]
    if missing:
        raise QueryError("; ".join(missing))


def _ask(value: str, what: str, asks: bool, default: str | None = None, option: str = "") -> str:
    """What is given, or else what is answered, or else the default; `option` gives it."""
    if value or not asks:
        if not value and default is None:
            named = what.split(" (", maxsplit=1)[0]
            raise QueryError(f"{named} is missing; write it as {option}")
        return value
    return str(typer.prompt(what, default=default, err=True))


def _ask_evidence(given: Many, asks: bool) -> list[str]:
    return given or [_ask("", "Evidence (source#place)", asks, option=EVIDENCE)]


def _split(given: Iterable[str], option: str) -> Iterable[tuple[str, str]]:
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise QueryError(f"{option}: {text!r} has no value; write name=value")
        yield name, value


def _split_event(text: str) -> tuple[str, str, str]:
    name, _, rest = text.partition("=")
    date, _, value = rest.partition("=")
    if not date:
        raise QueryError(f"--event: {text!r} has no date; write begun=2019-08-16")
    return name, date, value
