"""What an import is told: which source it cites, where rows go, and what a person decided.

A recipe is a YAML file, usually in data/imports/; docs/importing.md describes each key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails

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

    _root: Node | None = PrivateAttr(default=None)

    def place_of(self, *path: str, key: bool = False) -> Place:
        """Where a value of the recipe stands, or its key; an option where there is no file."""
        return _place_of(self._root, path, key=key) if self._root else Place(f"--{path[0]}")


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
    return make_recipe(told, root)


def make_recipe(told: Mapping[str, Any], root: Node | None = None) -> Recipe:
    """The recipe that says so; `root` knows where. Raises: DataErrors."""
    try:
        recipe = Recipe.model_validate(told)
    except ValidationError as error:
        faults = Faults()
        for detail in error.errors():
            _tell(detail, root, faults)
        faults.raise_any()
        raise
    recipe._root = root
    return recipe


def _tell(detail: ErrorDetails, root: Node | None, faults: Faults) -> None:
    path = [str(part) for part in detail["loc"]]
    if detail["type"] == "extra_forbidden":
        faults.add_unknown(
            "BAD_RECIPE", "key", path[-1], Recipe.model_fields, _place_of(root, path, key=True),
            otherwise=f"keys are: {', '.join(Recipe.model_fields)}",
        )  # fmt: skip
        return
    place = _place_of(root, path) if root is not None else Place(f"--{path[0]}")
    if detail["type"] == "missing":
        message, hint = "is missing", f"write '{path[-1]}: ...'"
    else:
        message, hint = detail["msg"], "docs/importing.md says what each key holds"
    faults.add("BAD_RECIPE", f"{'.'.join(path)}: {message}", place, hint)


def _place_of(root: Node | None, path: Sequence[str], *, key: bool = False) -> Place:
    """The place of a path, or of as much of it as there is."""
    node, place = root, root.place if root is not None else Place("")
    for part in path:
        if isinstance(node, Record) and part in node.fields:
            field = node.fields[part]
            node, place = field.value, field.key.place if key else field.value.place
        elif isinstance(node, Items) and part.isdigit() and int(part) < len(node.items):
            node = node.items[int(part)]
            place = node.place
    return place


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
