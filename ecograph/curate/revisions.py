"""A data folder as a revision of git has it, to be compared with another."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ecograph.errors import DataError, DataErrors, EcographError, QueryError
from ecograph.load import open_graph
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Graph

SECONDS = 120
"""That git may take; it only reads what is on this machine."""


def read_version(name: str, folders: Sequence[Path], cache: Path | None = None) -> Graph:
    """The graph of a data folder, or of a revision of git in which the last of `folders` is.

    A data folder wins over a revision of its name; one of `folders` is read over those before it,
    another one in place of the last.
    Of a revision, each of them that is in it is read; `REVISION:PATH` names the last by itself.
    Raises: DataErrors, whose places begin with the revision; QueryError if there is no such thing;
    EcographError if git cannot be asked.
    """
    if Path(name).is_dir():
        same = (n for n, known in enumerate(folders) if known.resolve() == Path(name).resolve())
        below = folders[: next(same, -1)]
        with pause_collector():
            return open_graph((*below, Path(name)), cache)
    with TemporaryDirectory(prefix="ecograph-") as made, pause_collector():
        there = [_extract(name, path, Path(made, str(n))) for n, path in enumerate(folders[:-1])]
        last = Path(made, "last")
        _extract(name, folders[-1], last, needed=True)
        try:
            return open_graph((*there, last), cache)
        except DataErrors as errors:
            raise DataErrors([_show_at(fault, made, name) for fault in errors.faults]) from None


def _show_at(fault: DataError, made: str, name: str) -> DataError:
    """The fault, at the revision instead of at the folder to which it was written."""
    shown = f"{name}/" if ":" in name else f"{name}:"
    file, hint = (
        re.sub(rf"{re.escape(Path(made).as_posix())}/\w+/", lambda _: shown, text)
        for text in (fault.place.file, fault.hint)
    )
    return DataError(fault.code, fault.message, replace(fault.place, file=file), hint)


def _extract(name: str, folder: Path, there: Path, *, needed: bool = False) -> Path:
    """The folder as a revision has it, written to another; itself, if none has it.

    Raises: QueryError if it is needed; EcographError.
    """
    where = folder if folder.is_dir() else Path()
    if not needed and (":" in name or _ask(where, "rev-parse", "--show-prefix").returncode):
        return folder
    tree = name if ":" in name else f"{name}:{_find_prefix(name, where)}"
    found = _ask(where, "rev-parse", "--verify", "--quiet", "--end-of-options", tree)
    if found.returncode:
        if not needed:
            return folder
        commit = name.partition(":")[0]
        known = _ask(where, "rev-parse", "--verify", "--quiet", "--end-of-options", commit)
        raise QueryError(
            f"the revision {commit!r} has no folder {tree.partition(':')[2] or '.'}"
            if not known.returncode
            else f"{name!r} is neither a folder nor a revision of git; write one like main or "
            "HEAD~1, and of a shallow clone fetch it first"
        )
    # Asked within a folder, git would look for that folder in the tree.
    git_dir = _ask(where, "rev-parse", "--absolute-git-dir").stdout.decode().strip()
    object_ = found.stdout.decode().strip()
    done = _ask(where, f"--git-dir={git_dir}", "archive", "--format=tar", object_)
    if done.returncode:
        raise EcographError(f"git cannot read {name!r}: {_said(done)}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(there, filter="data")
    return there


def _find_prefix(name: str, where: Path) -> str:
    """The path of a folder within its repository. Raises: QueryError, EcographError."""
    done = _ask(where, "rev-parse", "--show-prefix")
    if done.returncode:
        raise QueryError(
            f"{name!r} is no folder, and {where.as_posix()!r} is in no repository of git, of which "
            f"it could be a revision; give a data folder (git: {_said(done)})"
        )
    return done.stdout.decode().strip().rstrip("/")


def _ask(where: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(where), *arguments],
            capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise EcographError(
            "git is not installed, without which only data folders can be compared"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise EcographError(f"git did not answer within {SECONDS} seconds") from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(done.stderr.decode(errors="replace").split())
