"""ecograph render: pictures and data of named operations as files, which need no server."""

from __future__ import annotations

from enum import StrEnum
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph.cli.ask import complete_named, read_question
from ecograph.cli.opening import Folders, open_asked
from ecograph.errors import EcographError, QueryError
from ecograph.settings import bundled

if TYPE_CHECKING:
    from ecograph.api.operations import NamedOperation
    from ecograph.service import Service
    from ecograph.web.pictures import Drawing, Pictures


class Drawn(StrEnum):
    """What is written of an answer."""

    SVG = "svg"
    HTML = "html"
    MMD = "mmd"
    DOT = "dot"
    JSON = "json"
    CSV = "csv"
    MD = "md"


PICTURED = (Drawn.SVG, Drawn.HTML, Drawn.MMD, Drawn.DOT)
TABLES = (Drawn.JSON, Drawn.CSV, Drawn.MD)


def render(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="A named operation.", autocompletion=complete_named)
    ] = None,
    single: Annotated[
        list[str] | None, typer.Option("--set", "--var", "-v", help="One variable: name=value.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file; its ending says the form. [printed]",
                     show_default=False),
    ] = None,
    form: Annotated[
        Drawn | None,
        typer.Option("--form", help="The form, if the file's ending does not say it. [svg]",
                     show_default=False),
    ] = None,
    every: Annotated[
        Path | None,
        typer.Option("--all", metavar="FOLDER", help="Write all operations, in every form."),
    ] = None,
    lang: Annotated[str, typer.Option(help="en or zh")] = "en",
    theme: Annotated[str, typer.Option(help="auto, light or dark")] = "auto",
    focus: Annotated[str, typer.Option(help="The id of what is to be marked.")] = "",
    width: Annotated[int, typer.Option(help="Pixels that the picture may take.")] = 960,
    base: Annotated[
        str, typer.Option(help="Address of a server to whose pages things link. [no links]",
                          show_default=False),
    ] = "",
    data: Folders = None,
) -> None:  # fmt: skip
    """Write the picture of an answer as a file: SVG, HTML, Mermaid or DOT, or its data.

    A named operation runs under the variables that --set gives, or under those of its example if it
    gives none. The picture is the one that a server gives at /q/<name>.svg, but that things link
    only with --base.
    """
    from ecograph.api.operations import find_operation, hint_operation, read_operations
    from ecograph.web.pictures import Pictures, find_focus, read_drawing

    if (name is None) == (every is None):
        raise QueryError("say either a named operation or --all FOLDER")
    said = {"lang": lang, "theme": theme, "focus": focus, "width": str(width)}
    drawing, _ = read_drawing([(n, v) for n, v in said.items() if v], {}, "svg")
    origin = base.rstrip("/")
    if origin and not origin.startswith(("https://", "http://")):
        raise QueryError(f"--base: {base!r} is no address; write https://...")
    operations = read_operations(bundled("queries"))
    pictures = Pictures()
    if every is not None:
        _render_all(open_asked(ctx, data), operations, pictures, drawing, origin, every)
        return
    assert name is not None
    operation = find_operation(operations, name)
    if operation is None:
        raise QueryError(f"unknown operation {name!r}; {hint_operation(operations, name)}")
    wanted = form or _form_of(output)
    _, variables = read_question(operation.name, None, single)
    service = open_asked(ctx, data)
    find_focus(service.names, drawing.focus)
    _hold_drawn(service, operation, wanted)
    maker = _Maker(service, operation, variables, pictures, drawing, origin)
    body = maker.make(wanted, {})
    if output is None:
        typer.echo(body.decode(), nl=False)
    else:
        _write(output, body)


class _Maker:
    """The forms of one answer."""

    def __init__(
        self, service: Service, operation: NamedOperation, variables: dict[str, Any],
        pictures: Pictures, drawing: Drawing, origin: str,
    ) -> None:  # fmt: skip
        self.service = service
        self.operation = operation
        self.variables = variables
        self.pictures = pictures
        self.drawing = drawing
        self.origin = origin
        self.response = service.answer(operation.document, variables)
        if not self.response.clean:
            import orjson

            from ecograph.api.places import write_message

            error = orjson.loads(self.response.body)["errors"][0]
            raise EcographError(write_message(error))

    def make(self, form: Drawn, forms: dict[str, str]) -> bytes:
        """The bytes of a form; `forms` are the addresses of the others."""
        import orjson

        if form is Drawn.JSON:
            return self.response.body
        told = orjson.loads(self.response.body)["data"]
        if form in PICTURED:
            picture = self.pictures.picture(
                self.service, self.operation, self.variables, told, self.drawing, self.origin
            )
            kind = "embed" if form is Drawn.HTML else str(form)
            return self.pictures.draw(picture, kind, self.drawing, "", forms).body
        return self._table(form, told)

    def _table(self, form: Drawn, told: Any) -> bytes:
        from ecograph.api.tables import lay_out, tabulate, tabulate_for_people
        from ecograph.api.written import to_csv, to_markdown

        layout = lay_out(self.service.api.core, self.operation.document)
        if form is Drawn.CSV:
            return to_csv(tabulate(layout, told)).encode()
        table, cited = tabulate_for_people(layout, told)
        outline = self.service.outline
        return to_markdown(
            table, cited, question=self.operation.question, variables=self.variables,
            foot=[f"Dataset {outline.version}, as of {outline.as_of}, {outline.license}."],
        ).encode()  # fmt: skip


def _render_all(
    service: Service, operations: dict[str, NamedOperation], pictures: Pictures,
    drawing: Drawing, origin: str, folder: Path,
) -> None:  # fmt: skip
    from ecograph.web.pictures import draws

    items: list[str] = []
    failed = 0
    for operation in operations.values():
        drawn = draws(operation, service.outline.ontology)
        forms = [*(PICTURED if drawn else ()), *TABLES]
        files = {str(form): f"{operation.name}.{form}" for form in forms}
        try:
            maker = _Maker(service, operation, dict(operation.variables), pictures, drawing, origin)
        except EcographError as error:
            # Another dataset need not have what the examples are about.
            typer.echo(f"ecograph: {operation.name}: {error.message}", err=True)
            failed += 1
            continue
        for form in forms:
            _write(folder / files[str(form)], maker.make(form, files))
        links = " · ".join(f'<a href="{file}">{one}</a>' for one, file in files.items())
        question = escape(operation.question[drawing.language])
        items.append(f"<li>{question}<br>{links}</li>")
    lang = "zh-Hans" if drawing.language == "zh" else "en"
    index = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>ecograph</title>\n</head>\n<body>\n<h1>ecograph</h1>\n<ul>\n"
        + "\n".join(items)
        + "\n</ul>\n</body>\n</html>\n"
    )
    _write(folder / "index.html", index.encode())
    if failed:
        raise typer.Exit(1)


def _form_of(output: Path | None) -> Drawn:
    if output is None:
        return Drawn.SVG
    ending = output.suffix.removeprefix(".").lower()
    if ending not in set(Drawn):
        raise QueryError(f"-o: {output.name!r} ends with no form; write one of {', '.join(Drawn)}")
    return Drawn(ending)


def _hold_drawn(service: Service, operation: NamedOperation, form: Drawn) -> None:
    from ecograph.web.pictures import draws

    if form in PICTURED and not draws(operation, service.outline.ontology):
        raise QueryError(
            f"{operation.name} gives nothing that can be drawn; there are: {', '.join(TABLES)}"
        )


def _write(path: Path, body: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    except OSError as error:
        raise EcographError(f"cannot write {path}: {error.strerror}") from error
