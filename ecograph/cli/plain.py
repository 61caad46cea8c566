"""ecograph ask"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from ecograph.cli.ask import Data, Form, Format, choose_form
from ecograph.cli.opening import open_asked


class Lang(StrEnum):
    """The language of an answer."""

    EN = "en"
    ZH = "zh"


def ask(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In English or Chinese.")],
    lang: Annotated[
        Lang | None, typer.Option(help="The language of the answer.", show_default=False)
    ] = None,
    data: Data = None, form: Format = None,
) -> None:  # fmt: skip
    """Ask a plain question: how it was understood, the answer in a sentence, and its rows.

    What cannot be read for certain is refused, with what could be asked instead (status 1).
    In CSV and Markdown the table is that of the first reading.
    """
    from ecograph.api.asked import ASK
    from ecograph.cli.show import show_answer, show_json

    service = open_asked(ctx, data)
    chosen = choose_form(form)
    told = service.query(
        ASK, {"text": " ".join(words), "lang": lang.value.upper() if lang else None}
    )
    if "errors" in told:
        show_json(told)
        raise typer.Exit(1)
    answer: dict[str, Any] = told["data"]["ask"]
    if chosen is Form.JSON:
        show_json(answer)
    if answer["outcome"] == "REFUSED":
        typer.echo(f"ecograph: {answer['sentence']}", err=True)
        for one in answer["nearest"]:
            typer.echo(f"  {one}", err=True)
        raise typer.Exit(1)
    if chosen is Form.JSON:
        return
    readings = answer["readings"] if chosen is Form.TABLE else answer["readings"][:1]
    for one in readings:
        if chosen is Form.TABLE:
            typer.secho(one["understood"], bold=True)
            typer.echo(one["sentence"])
        show_answer(service, one["query"], {"data": one["data"]}, chosen.value)
