"""Products of endoflife.date -> rows: one a release cycle, with the day and the number of its
latest release. The end of a cycle is no end of the product, and is left out.

Source: https://github.com/endoflife-date/endoflife.date, products/*.md and product-schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ecograph.curate.import_recipe import Recipe, read_text, texts_of, to_plain
from ecograph.curate.import_rows import Found
from ecograph.errors import DataError, Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import parse_yaml

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_endoflife(path: Path, recipe: Recipe) -> list[Found]:
    """The cycles of one product's file, or of all those in a folder that the recipe names.

    Raises: DataErrors, DataError.
    """
    if not path.is_dir():
        return list(_read_product(path, recipe))
    wanted = {*recipe.same, *recipe.ids, *recipe.new}
    missing = [name for name in wanted if not (path / f"{name}.md").exists()]
    if missing:
        raise DataError("MISSING_FILE", f"there is no product {missing[0]!r}",
                        Place(path.as_posix()), "same, ids and new name products")  # fmt: skip
    return [row for name in sorted(wanted) for row in _read_product(path / f"{name}.md", recipe)]


def _read_product(path: Path, recipe: Recipe) -> Iterator[Found]:
    product = path.stem
    told = _front_matter(path)
    names = tuple(texts_of(told, "title"))
    for release in told.get("releases") or ():
        cycle = "".join(texts_of(release, "releaseCycle"))
        day, version = _newest(release)
        if not cycle or not day:
            continue
        at = f"products/{product}.md, {cycle}"
        cells = {"released": day, "released.value": version or cycle}
        if names:
            cells["label.en"] = names[0]
        yield Found(product, f"{recipe.at}{at}", Place(path.as_posix()), names, cells=cells)


def _newest(release: dict[str, Any]) -> tuple[str, str]:
    """The day and number of a cycle's latest release, or of its first where that is not said."""
    latest, day = ("".join(texts_of(release, key)) for key in ("latest", "latestReleaseDate"))
    if _DAY.fullmatch(day):
        return day, latest
    first = "".join(texts_of(release, "releaseDate"))
    return (first, "") if _DAY.fullmatch(first) else ("", "")


def _front_matter(path: Path) -> dict[str, Any]:
    """The YAML between the first two lines of three hyphens."""
    parts = re.split(r"^---[ \t]*$", read_text(path), maxsplit=2, flags=re.MULTILINE)
    if len(parts) < 3 or parts[0].strip():
        raise DataError("NO_FRONT_MATTER", "the file does not begin with YAML between '---'",
                        Place(path.as_posix()), "give a product of endoflife.date")  # fmt: skip
    faults = Faults()
    root = parse_yaml("\n" * parts[0].count("\n") + parts[1], path.as_posix(), faults)
    faults.raise_any()
    told = to_plain(root) if root is not None else None
    return told if isinstance(told, dict) else {}
