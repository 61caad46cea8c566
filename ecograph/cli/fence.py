"""ecograph fence: the figure of a fence, for generators that are not written in Python."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph.cli.opening import Folders, open_asked
from ecograph.errors import FenceError, QueryError

if TYPE_CHECKING:
    from ecograph.plugins.figure import Defaults, Figures


def fence(
    ctx: typer.Context,
    text: Annotated[
        str, typer.Argument(help="The text of the fence. [read]", show_default=False)
    ] = "",
    server: Annotated[
        str, typer.Option(help="Address of a server; the picture is live with it.",
                          show_default=False),
    ] = "",
    lang: Annotated[str, typer.Option(help="en or zh")] = "en",
    theme: Annotated[str, typer.Option(help="auto, light or dark")] = "auto",
    width: Annotated[int, typer.Option(help="Pixels that the picture may take.")] = 760,
    lines: Annotated[
        bool, typer.Option("--lines", help="Read JSON, one fence a line, and write JSON.")
    ] = False,
    data: Folders = None,
) -> None:  # fmt: skip
    """Write the figure of a fence, as documentation has it, as HTML.

    The text is read unless it is given. With --lines each line read is {"text": ..., "lang": ...},
    of which `lang` may be absent; its answer is {"html": ..., "script": ...}, or
    {"line": ..., "message": ...} for a fault.
    """
    from ecograph.plugins.figure import Defaults, Figures

    figures = Figures(service=open_asked(ctx, data))
    defaults = Defaults(server, lang, theme, width)
    if lines:
        _answer_lines(figures, defaults)
        return
    try:
        figure = figures.draw(text or sys.stdin.read(), defaults)
    except FenceError as error:
        raise QueryError(f"line {error.line}: {error.message}") from error
    typer.echo(figure.html + figure.tag)


def _answer_lines(figures: Figures, defaults: Defaults) -> None:
    from dataclasses import replace

    import orjson

    for line in sys.stdin:
        told: dict[str, Any]
        try:
            asked = orjson.loads(line)
            lang = asked.get("lang") or defaults.lang
            figure = figures.draw(str(asked["text"]), replace(defaults, lang=lang))
            told = {"html": figure.html, "script": figure.script}
        except FenceError as error:
            told = {"line": error.line, "message": error.message}
        except (orjson.JSONDecodeError, AttributeError, KeyError):
            raise QueryError(f'{line.strip()[:80]!r} is not {{"text": ...}} as JSON') from None
        sys.stdout.write(orjson.dumps(told).decode() + "\n")
        sys.stdout.flush()
