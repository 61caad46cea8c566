"""The command line run: in this process, which is fast, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from ecograph.cli.app import app
from ecograph.service import Service

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def call(
    *arguments: str, stdin: str = "", service: Service | None = None, **environment: str
) -> Done:
    """Run a command in this process; over a service, unless it names another folder."""
    told = CliRunner().invoke(
        app, arguments, input=stdin, env=environment, obj=service, prog_name="ecograph"
    )
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return Done(told.exit_code, told.stdout, told.stderr)


def run(*arguments: str, stdin: str = "", **environment: str) -> Done:
    """Run a command in a process of its own, as a user does, into a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "ecograph", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)
