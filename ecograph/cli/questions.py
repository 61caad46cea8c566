"""The named operations as commands: `ecograph path docker-engine oci-runtime-spec`.

What a question needs stands in the operation's order; what it may be given are options.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from functools import cached_property
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from ecograph.cli.ask import Data, Form, Format, answer_question

if TYPE_CHECKING:
    from ecograph.api.operations import NamedOperation
    from ecograph.api.variables import Variable

QUESTIONS = "Questions"
"""The heading of the questions in the help."""
GIVEN = "given_"
"""Begins the parameters of variables, as some are named like Python's own words."""


def questions_in(folder: Path) -> dict[str, Question]:
    """The operations of a folder as commands, by name. Raises: DataErrors."""
    from ecograph.api.operations import read_operations

    return {to_kebab(name): Question(one) for name, one in read_operations(folder).items()}


def to_kebab(name: str) -> str:
    """`CncfProjects` as `cncf-projects`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


class Question(TyperCommand):
    """A named operation as a command; its parameters are read when they are needed."""

    def __init__(self, operation: NamedOperation) -> None:
        self.operation = operation
        english, chinese = operation.question["en"], operation.question["zh"]
        super().__init__(
            to_kebab(operation.name),
            help=f"{english}\n\n{chinese}",
            short_help=english,
            rich_help_panel=QUESTIONS,
            rich_markup_mode=None,
        )

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """The variables of the operation, by name."""
        from ecograph.api.variables import variables_of

        return variables_of(self.operation.document)

    @cached_property
    def whole(self) -> Any:
        """The command that typer makes of the variables."""
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(self.name)(self._to_function())
        return typer.main.get_command(app)

    @property
    def example(self) -> str:
        """The call that asks the example."""
        needed, given = [], []
        for name, variable in self.variables.items():
            value = self.operation.variables.get(name)
            for text in _texts(value):
                if stands(variable):
                    needed.append(text)
                elif variable.base == "Boolean":
                    given.append(f"--{'' if value else 'no-'}{to_kebab(name)}")
                else:
                    given += [f"--{to_kebab(name)}", text]
        return f"ecograph {self.name} {shlex.join([*needed, *given])}".rstrip()

    def get_params(self, ctx: Any) -> Any:
        return self.whole.get_params(ctx)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"\b\nExamples:\n  {self.example}")

    def invoke(self, ctx: Any) -> Any:
        return self.whole.invoke(ctx)

    def _to_function(self) -> Any:
        """A function of the variables: typer reads its signature."""
        from ecograph.api.variables import read_variables

        def ask(
            ctx: typer.Context, data: list[Path] | None, form: Form | None, **given: object
        ) -> None:
            pairs = [
                (name, text) for name in self.variables for text in _texts(given[GIVEN + name])
            ]
            values = read_variables(self.variables, pairs)
            answer_question(ctx, self.operation.document, values, data, form, self.operation)

        parameters = [
            Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
            *self._parameters(),
            _optional("data", Data),
            _optional("form", Format),
        ]
        ask.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        ask.__annotations__ = {one.name: one.annotation for one in parameters}
        return ask

    def _parameters(self) -> Iterator[Parameter]:
        kind = Parameter.KEYWORD_ONLY
        for variable in self.variables.values():
            name, here = GIVEN + variable.name, to_kebab(variable.name)
            told = _told(variable, self.operation.variables.get(variable.name))
            word = "JSON" if told.startswith("JSON") else variable.base
            if stands(variable):
                argument = typer.Argument(metavar=here.upper(), help=told)
                yield Parameter(name, kind, annotation=Annotated[str, argument])
                continue
            if variable.base == "Boolean" and not variable.listed:
                option = typer.Option(f"--{here}/--no-{here}", help=told, show_default=False)
                yield _optional(name, Annotated[bool | None, option])
                continue
            option = typer.Option(f"--{here}", metavar=word, help=told, show_default=False)
            if variable.required:
                yield Parameter(name, kind, annotation=Annotated[list[str], option])
            elif variable.listed:
                yield _optional(name, Annotated[list[str] | None, option])
            else:
                yield _optional(name, Annotated[str | None, option])


def stands(variable: Variable) -> bool:
    """Whether a variable is given by its place; a list is always an option, to be repeated."""
    return variable.required and not variable.listed


def _optional(name: str, annotation: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _told(variable: Variable, example: object) -> str:
    """What a variable is, in the help."""
    told = "JSON" if isinstance(example, dict) else variable.base
    told += ", to be repeated" if variable.listed else ""
    shown = "" if isinstance(example, dict) else shlex.join(_texts(example)[:1])
    told += f", e.g. {shown}" if shown else ""
    return told + (f" [{variable.default.strip('[]')}]" if variable.default else "")


def _texts(value: object) -> list[str]:
    """A value as it is written on a command line: one text, or one for each of a list."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, str):
        return [value]
    import json

    return [json.dumps(value, ensure_ascii=False)]
