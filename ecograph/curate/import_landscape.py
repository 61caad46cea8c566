"""A CNCF landscape.yml -> rows: one an item, with its sections, repository and CNCF events.

Members, partners and what comes from Crunchbase or is a logo are never read.
Source: the format of https://github.com/cncf/landscape2, docs/config/data.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ecograph.curate.import_recipe import Recipe, read_yaml, texts_of, to_plain
from ecograph.curate.import_rows import (
    Found,
    join_cell,
    repository_name,
    split_brackets,
)
from ecograph.errors import DataError, Place
from ecograph.formats.yaml import Items, Node, Record

EVENTS = {
    "incubating": "acceptedIncubating", "graduated": "graduated", "archived": "archivedByCncf",
}  # fmt: skip
"""Key of an item's `extra` -> event of ours; `accepted` depends on what followed."""
NO_NAMES = ("wasm", "member")
"""What stands in brackets behind a name and is none."""
FIRST_LEVELS = {"sandbox": "acceptedSandbox", "incubating": "acceptedIncubating"}
"""Level of a project that never moved -> the event of its acceptance."""


def read_landscape(path: Path, recipe: Recipe) -> list[Found]:
    """The items of a landscape, by section. Raises: DataErrors, DataError."""
    root = read_yaml(path)
    sections = root.fields.get("landscape") if isinstance(root, Record) else None
    if sections is None:
        raise DataError("NOT_A_LANDSCAPE", "there is no key 'landscape'", root.place,
                        "give a landscape.yml")  # fmt: skip
    return [
        _read_item(section, item, place, recipe)
        for section, item, place in _items(sections.value)
        if not section.startswith(recipe.leaveSections or ("CNCF Members",))
    ]


def _items(root: Node) -> Iterator[tuple[str, dict[str, Any], Place]]:
    for category in _list(root):
        for part in _list(_under(category, "subcategories")):
            section = f"{_text(category)} / {_text(part)}"
            for item in _list(_under(part, "items")):
                told = to_plain(item)
                if isinstance(told, dict) and texts_of(told, "name"):
                    yield section, told, item.place


def _list(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else ()


def _under(node: Node, key: str) -> Node | None:
    return node.fields[key].value if isinstance(node, Record) and key in node.fields else None


def _text(node: Node) -> str:
    name = _under(node, "name")
    told = to_plain(name) if name is not None else None
    return str(told or "").strip()


def _read_item(section: str, item: dict[str, Any], place: Place, recipe: Recipe) -> Found:
    name = texts_of(item, "name")[0]
    sections = [section, *texts_of({str(i): s for i, s in enumerate(item.get("second_path") or ())},
                                   *map(str, range(9)))]  # fmt: skip
    extra: dict[str, Any] = item.get("extra") or {}
    cells = dict(zip(("homepage", "repository"), _addresses(item), strict=True))
    categories = [recipe.objects.get(s, "") for s in sections]
    cells["classifiedIn"] = join_cell([c for part in categories for c in part.split("; ")])
    cells["partOf"] = recipe.objects.get("".join(texts_of(extra, "parent_project")), "")
    project = texts_of(item, "project")
    if project:
        cells |= _tell_project(project[0], extra, recipe)
    before, inside = split_brackets(name) or (name, "")
    also = ("" if inside.lower() in NO_NAMES else inside, repository_name(cells["repository"]))
    names = (name,) if also[0] else ()
    return Found(
        before, f"{section} / {name}", place, names, tuple(n for n in also if n), kind=section,
        cells={column: cell for column, cell in cells.items() if cell},
    )  # fmt: skip


def _addresses(item: Mapping[str, Any]) -> tuple[str, str]:
    homepage, repository = ("".join(texts_of(item, key)) for key in ("homepage_url", "repo_url"))
    return homepage, repository


def _tell_project(level: str, extra: Mapping[str, Any], recipe: Recipe) -> dict[str, str]:
    """The CNCF's decisions; `stewardedBy` is not said of what it archived."""
    dates = {key: "".join(texts_of(extra, key)) for key in ("accepted", *EVENTS)}
    cells = {event: dates[key] for key, event in EVENTS.items()}
    if accepted := dates["accepted"]:
        moved = [key for key in ("incubating", "graduated") if dates[key]]
        if accepted == dates["incubating"] or accepted == dates["graduated"]:
            event = ""
        elif level in FIRST_LEVELS and not moved:
            event = FIRST_LEVELS[level]
        else:
            event = "accepted"
        if event:
            cells[event] = accepted
    steward = recipe.objects.get("CNCF", "")
    if steward:
        cells["stewardedBy"] = steward
        cells["stewardedBy.since"] = dates["accepted"]
        cells["stewardedBy.until"] = dates["archived"]
    return cells
