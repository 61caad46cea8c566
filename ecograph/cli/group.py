"""The commands as one group: the fixed ones and the questions, and how each of them ends.

The statuses are those of docs/cli.md.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import typer
from typer.core import TyperGroup

from ecograph.cli.questions import Question, questions_in
from ecograph.cli.terminal import wants_color
from ecograph.errors import DataErrors, EcographError, QueryError, SettingsError
from ecograph.settings import bundled

FAILED = 1
"""The answer has errors, the data has faults, or something could not be done."""
MISUSED = 2
"""The call is wrong: a command, an option, an operation, a variable or a setting."""

LONGEST = 200
"""Characters of a command's line in the list; it is wrapped."""


class Commands(TyperGroup):
    """The fixed commands, then one for each named operation; those are made when they are meant.

    Contexts are typer's, whose type it does not export.
    """

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The named operations as commands, by their names here."""
        return questions_in(bundled("queries"))

    def list_commands(self, ctx: Any) -> list[str]:
        fixed = super().list_commands(ctx)
        return [*fixed, *(name for name in self.questions if name not in fixed)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return super().get_command(ctx, cmd_name) or self.questions.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from ecograph.model.keys import did_you_mean

            hint = did_you_mean(name, self.list_commands(ctx))
            ctx.fail(f"no such command: {name!r}; {hint or 'ecograph --help lists them'}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands below the headings that they were given, in that order."""
        sections: dict[str, list[tuple[str, str]]] = {}
        names = self.list_commands(ctx)
        for name in names:
            command = self.get_command(ctx, name)
            rows = sections.setdefault(command.rich_help_panel, [])
            rows.append((name, command.get_short_help_str(LONGEST)))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error of ours ends it with a message and never a traceback."""
        try:
            return super().invoke(ctx)
        except DataErrors as errors:
            from ecograph.load.report import report_text

            typer.echo(report_text(errors, color=wants_color(sys.stderr)), nl=False, err=True)
            raise typer.Exit(FAILED) from None
        except EcographError as error:
            typer.echo(f"ecograph: {error}", err=True)
            misused = isinstance(error, QueryError | SettingsError)
            raise typer.Exit(MISUSED if misused else FAILED) from None


def examples(*lines: str) -> str:
    """What stands at the end of a command's help."""
    # The backspace keeps the lines as they are.
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
