"""The files of a data folder, read with care: nothing outside it, nothing but regular files."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecograph.errors import Place
from ecograph.formats.characters import MOST_BYTES
from ecograph.formats.faults import Faults

FIXED = ("dataset.yaml", "ontology.yaml")
FOLDERS = {
    "sources": (".yaml",), "entities": (".yaml",), "seed": (".yaml", ".mmd"), "lists": (".csv",),
}  # fmt: skip
_LOOKS_LIKE_DATA = (".yaml", ".yml", ".mmd", ".csv")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of the dataset: its name for messages, its text, the place of its data folder."""

    folder: str
    name: str
    shown: str
    text: str
    layer: int = 0


def read_folders(folders: Sequence[Path], faults: Faults) -> list[TextFile]:
    """The texts of several data folders, each a layer over those before it."""
    return [
        replace(file, layer=layer)
        for layer, folder in enumerate(folders)
        for file in read_folder(folder, faults, over_another=layer > 0)
    ]


def read_folder(folder: Path, faults: Faults, *, over_another: bool = False) -> list[TextFile]:
    """The texts of all data files, by folder and name; what cannot be read is a fault.

    A folder that lies over another needs no dataset.yaml and no ontology.yaml, and has no seed.
    """
    root = os.path.realpath(folder)
    if not os.path.isdir(root):
        faults.add("MISSING_FOLDER", "there is no such folder", Place(folder.as_posix()))
        return []
    found: list[TextFile] = []
    for part in ("", *FOLDERS):
        found.extend(_read_part(folder, root, part, faults))
    if over_another:
        found, seed = [f for f in found if f.folder != "seed"], folder / "seed"
        if os.path.lexists(seed):
            faults.add("MISPLACED_FILE", "only the first data folder has a seed",
                       Place(seed.as_posix()), "put its files into entities/")  # fmt: skip
        return found
    for name in FIXED:
        if not any(not file.folder and file.name == name for file in found):
            shown = (folder / name).as_posix()
            if not os.path.lexists(folder / name):
                faults.add(
                    "MISSING_FILE", "the file is missing", Place(shown),
                    f"a folder that lies over another comes behind it: ecograph check data "
                    f"{folder.as_posix()}",
                )  # fmt: skip
    return found


def _read_part(folder: Path, root: str, part: str, faults: Faults) -> list[TextFile]:
    path = folder / part
    if not os.path.lexists(path):
        return []
    if not os.path.isdir(path) or not _is_inside(path, root):
        faults.add("NOT_A_FOLDER", "this must be a folder", Place(path.as_posix()))
        return []
    found: list[TextFile] = []
    for name in sorted(os.listdir(path)):
        shown = (path / name).as_posix()
        if part == "" and name in FOLDERS:
            continue
        if name.startswith(".") or not _is_wanted(path, part, name, faults):
            continue
        text = read_text_file(path / name, root, faults)
        if text is not None:
            found.append(TextFile(part, name, shown, text))
    return found


def _is_wanted(path: Path, part: str, name: str, faults: Faults) -> bool:
    """Whether a file is read; one that looks like data but stands in a wrong place is a fault."""
    known = name in FIXED if part == "" else name.endswith(FOLDERS[part])
    if known:
        return True
    place = Place((path / name).as_posix())
    if name.endswith(_LOOKS_LIKE_DATA):
        faults.add(
            "MISPLACED_FILE", "no file of this name is read here", place,
            "put .yaml files into entities/, sources/ or seed/, .csv files into lists/",
        )  # fmt: skip
    elif part and os.path.isdir(path / name):
        faults.add("MISPLACED_FILE", "folders inside this folder are not read", place)
    return False


def _is_inside(path: Path, root: str) -> bool:
    real = os.path.realpath(path)
    return real == root or real.startswith(os.path.join(root, ""))


def read_text_file(path: Path, root: str, faults: Faults) -> str | None:
    """The text of one regular UTF-8 file inside the folder `root`, or None with a fault."""
    place = Place(path.as_posix())
    real = os.path.realpath(path)
    if not _is_inside(path, root):
        faults.add("LINK_OUT_OF_FOLDER", "the link leads out of the data folder", place)
        return None
    try:
        # Looked at before it is opened: opening a device can have an effect.
        if not stat.S_ISREG(os.lstat(real).st_mode):
            faults.add("NOT_A_FILE", "this is not a regular file", place)
            return None
        data = _read_bytes(real)
    except OSError as error:
        faults.add("UNREADABLE_FILE", f"it cannot be read: {error.strerror}", place)
        return None
    if data is None:
        faults.add("NOT_A_FILE", "this is not a regular file", place)
        return None
    if len(data) > MOST_BYTES:
        faults.add("FILE_TOO_LARGE", "the file is larger than 16 MB", place, "split it")
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        at = Place(place.file, line, column)
        faults.add("NOT_UTF8", f"the byte 0x{data[error.start]:02X} is not UTF-8", at)
        return None


def _read_bytes(real: str) -> bytes | None:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(real, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(handle, "rb") as file:
        # Asked again of what is open: the name may mean something else by now.
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        return file.read(MOST_BYTES + 1)
