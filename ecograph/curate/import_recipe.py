"""What an import is told: which source it cites, where rows go, and what a person decided.

A recipe is a YAML file, usually in data/imports/; docs/importing.md describes each key.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ecograph.errors import DataError, Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Items, Node, Record, Scalar, parse_yaml

MATCHED_KINDS = ("Tool", "Service", "OperatingSystem", "Specification", "Group", "ArtifactFormat")


class Recipe(BaseModel):
    """How one list is imported; names of rows are those that the list writes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    """The id of the source that every row cites."""
    list: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    """The list's name: it is written to data/lists/<list>.csv."""
    kind: str = "Tool"
    """The kind of new entities, where `kinds` says nothing else; empty: nothing new is declared."""
    kinds: dict[str, str] = {}
    """By row, by section, or by what the format calls a kind."""
    among: tuple[str, ...] = MATCHED_KINDS
    """The kinds of entities that a row may be."""
    same: dict[str, str] = {}
    """Row -> the entity that it is."""
    new: tuple[str, ...] = ()
    """Rows that are new although something known resembles them."""
    ids: dict[str, str] = {}
    """Row -> the id of the entity that it declares."""
    leave: tuple[str, ...] = ()
    """Rows that are left out."""
    leaveSections: tuple[str, ...] = ()
    """Sections that are left out, by the beginning of their names."""
    constants: dict[str, str] = {}
    """Columns that have one value in every row."""
    columns: dict[str, str] = {}
    """Column of ours -> column of the list."""
    relations: dict[str, str] = {}
    """What the list calls a relation or a property -> ours."""
    objects: dict[str, str] = {}
    """What the list calls an object (a section, an item, an organisation) -> ids, by `; `."""
    section: str = ""
    """The heading below which a Markdown list or table stands."""
    at: str = ""
    """The beginning of each row's place in the source."""


def read_recipe(path: Path) -> Recipe:
    """The recipe in a YAML file; its `list` is the file's name unless it says another.

    Raises: DataErrors, DataError.
    """
    root = read_yaml(path)
    told = to_plain(root)
    if not isinstance(told, dict):
        raise DataError("BAD_RECIPE", "a recipe is a mapping", Place(path.as_posix()),
                        "write 'source: id' and what else docs/importing.md says")  # fmt: skip
    told.setdefault("list", path.stem)
    try:
        return Recipe.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        known = ", ".join(Recipe.model_fields)
        raise DataError("BAD_RECIPE", f"{where}: {first['msg']}", _place_of(root, first["loc"]),
                        f"keys are: {known}") from None  # fmt: skip


def _place_of(root: Node | None, path: tuple[int | str, ...]) -> Place:
    node = root
    for part in path:
        if isinstance(node, Record) and str(part) in node.fields:
            node = node.fields[str(part)].value
    return node.place if node is not None else Place("")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises: DataError."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise DataError("UNREADABLE_FILE", f"it cannot be read: {error.strerror}",
                        Place(path.as_posix())) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise DataError("NOT_UTF8", "the file is not UTF-8", Place(path.as_posix()),
                        "save it as UTF-8") from error  # fmt: skip


def read_yaml(path: Path) -> Node:
    """The document of a YAML file. Raises: DataErrors, DataError."""
    faults = Faults()
    root = parse_yaml(read_text(path), path.as_posix(), faults)
    faults.raise_any()
    if root is None:
        raise DataError("EMPTY_FILE", "the file holds nothing", Place(path.as_posix()))
    return root


def to_plain(node: Node) -> Any:
    """A node as dicts, lists and texts; None where nothing stands."""
    match node:
        case Scalar():
            return None if node.missing else node.text
        case Items():
            return [to_plain(item) for item in node.items]
        case Record():
            return {key: to_plain(field.value) for key, field in node.fields.items()}


def texts_of(record: Mapping[str, Any], *keys: str) -> list[str]:
    """The texts under some keys of a plain record, those that are there, without blank ends."""
    found = (record.get(key) for key in keys)
    return [value.strip() for value in found if isinstance(value, str) and value.strip()]
