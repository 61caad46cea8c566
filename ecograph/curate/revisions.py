"""A data folder as a revision of git has it, to be compared with another."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ecograph.errors import DataError, DataErrors, EcographError, QueryError
from ecograph.load import open_graph
from ecograph.load.collector import pause_collector
from ecograph.model.graph import Graph

SECONDS = 120
"""That git may take; it only reads what is on this machine."""


def read_version(
    name: str, folder: Path, below: Sequence[Path] = (), cache: Path | None = None
) -> Graph:
    """The graph of a data folder, or of `folder` as a revision of git has it.

    A folder wins over a revision of its name; `REVISION:PATH` names a folder by itself. `below`
    are data folders over which it lies.
    Raises: DataErrors, whose places begin with the revision; QueryError if there is no such thing;
    EcographError if git cannot be asked.
    """
    if Path(name).is_dir():
        with pause_collector():
            return open_graph((*below, Path(name)), cache)
    with _extracted(name, folder) as there, pause_collector():
        try:
            return open_graph((*below, there), cache)
        except DataErrors as errors:
            raise DataErrors([_show_at(fault, there, name) for fault in errors.faults]) from None


def _show_at(fault: DataError, there: Path, name: str) -> DataError:
    """The fault, at the revision instead of at the folder to which it was written."""
    file = fault.place.file.replace(f"{there.as_posix()}/", f"{name}:", 1)
    hint = fault.hint.replace(f"{there.as_posix()}/", f"{name}:")
    return DataError(fault.code, fault.message, replace(fault.place, file=file), hint)


@contextmanager
def _extracted(name: str, folder: Path) -> Iterator[Path]:
    """A folder for a while, with the files of a revision."""
    where = folder if folder.is_dir() else Path()
    tree = name if ":" in name else f"{name}:{_find_prefix(name, where)}"
    found = _ask(where, "rev-parse", "--verify", "--quiet", "--end-of-options", tree)
    if found.returncode:
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
    with TemporaryDirectory(prefix="ecograph-") as made:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(made, filter="data")
        yield Path(made)


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
