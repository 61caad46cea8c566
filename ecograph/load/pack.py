"""Data folders -> their graph, from a pack in the cache folder where there is one.

The text is the truth. A pack goes by a hash of the text and of the code that reads it, so that a
change of either leaves it unused. Whatever is wrong with packs or their folder only costs time.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import mkstemp

from ecograph.formats.faults import Faults
from ecograph.formats.pack import read_pack, write_pack
from ecograph.load.collector import pause_collector
from ecograph.load.files import TextFile, read_folders
from ecograph.model.graph import Graph

KEPT = 8
"""Packs that a cache folder holds; those that were not used for longest are taken out."""

MOST_BYTES = 1 << 30
ABANDONED = 3600.0
"""Seconds after which a file that was never finished counts as left behind."""

READERS = ("formats", "load", "model")
"""The parts of the package that make a graph of a text."""


def open_graph(folders: Path | Sequence[Path], cache: Path | None) -> Graph:
    """The graph of one or more data folders; packs are read from and written to `cache`, if given.

    Raises: DataErrors.
    """
    faults = Faults()
    files = read_folders([folders] if isinstance(folders, Path) else folders, faults)
    # A faulty folder is read in full, for its faults.
    content = hash_files(files) if cache is not None and not len(faults) else ""
    path = cache / f"{content}.pack" if cache is not None and content else None
    with pause_collector():
        if path is not None and (graph := _read(path, content)) is not None:
            return graph
        # Only now, for it takes time: a graph that is packed needs nothing that reads YAML.
        from ecograph.load.dataset import load_files

        graph = load_files(files, faults)
        if path is not None:
            _write(path, content, graph)
        return graph


def hash_files(files: Iterable[TextFile]) -> str:
    """The SHA-256 of the texts, their names, and what else a graph depends on."""
    digest = hashlib.sha256()

    def add(*texts: str) -> None:
        for text in texts:
            data = text.encode("utf-8", "surrogatepass")  # a file name may be any bytes
            digest.update(f"{len(data)}:".encode())
            digest.update(data)

    add(version("ecograph"), "{}.{}".format(*sys.version_info))
    package = Path(__file__).parents[1]
    for part in READERS:
        for path in sorted((package / part).glob("*.py")):
            add(part, path.name, path.read_text("utf-8"))
    for file in files:
        add(str(file.layer), file.folder, file.name, file.text)
    return digest.hexdigest()


def _read(path: Path, content: str) -> Graph | None:
    try:
        data = _read_private(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        _say("cannot read", path, error.strerror)
        return None
    graph = None if data is None else read_pack(data, version("ecograph"), content)
    if graph is None:
        _say("will not trust", path, "it is damaged, or others may write it or its folder")
        return None
    with suppress(OSError):
        os.utime(path)
    return graph


def _read_private(path: Path) -> bytes | None:
    """The bytes of a file that only this user can have written, else None. Raises: OSError."""
    if not is_private_folder(path.parent):
        return None
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not (stat.S_ISREG(found.st_mode) and _is_private(found) and found.st_size <= MOST_BYTES):
            return None
        return file.read()


def is_private_folder(folder: Path) -> bool:
    """Whether it is a folder of this user that nobody else may write. Raises: OSError."""
    found = os.lstat(folder)
    return stat.S_ISDIR(found.st_mode) and _is_private(found)


def _is_private(found: os.stat_result) -> bool:
    if sys.platform == "win32":
        # There modes say nothing; the folder lies in the user's profile.
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, content: str, graph: Graph) -> None:
    """Put a pack in place, whole or not at all; packs that are too many go."""
    try:
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.parent.mkdir(mode=0o700)
        if not is_private_folder(path.parent):
            _say("will not write", path, "others may write its folder")
            return
        data = write_pack(graph, version("ecograph"), content)
        if data is None:
            _say("cannot write", path, "the graph would not come back the same")
            return
        _replace(path, data)
        _make_room(path.parent)
    except OSError as error:
        _say("cannot write", path, error.strerror)


def _replace(path: Path, data: bytes) -> None:
    # Made with mode 0600. Not forced to the disk: what a crash leaves of it is noticed.
    handle, name = mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _make_room(folder: Path) -> None:
    """Take out the packs beyond KEPT and what was never finished; another may do so as well."""
    used = {path: _last_used(path) for path in folder.glob("*.pack")}
    spare = sorted(used, key=lambda path: used[path], reverse=True)[KEPT:]
    limit = time.time() - ABANDONED
    left = [path for path in folder.glob(".*.tmp") if _last_used(path) < limit]
    for path in (*spare, *left):
        with suppress(OSError):
            path.unlink()


def _last_used(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return time.time()


def _say(what: str, path: Path, why: str | None) -> None:
    logging.getLogger(__name__).info("%s the pack %s: %s", what, path, why)
