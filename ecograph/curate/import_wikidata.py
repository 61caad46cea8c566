"""Wikidata's JSON of entities -> rows: labels, aliases, and the claims that a recipe names.

As Special:EntityData and wbgetentities give it: {"entities": {"Q1": {...}}}; also a list of
entities, or one a line. Source: https://www.wikidata.org/wiki/Wikidata:Data_model, and its JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ecograph.curate.import_recipe import Recipe, read_text
from ecograph.curate.import_rows import Found, join_cell
from ecograph.errors import DataError, Place

PROPERTIES = {"P856": "homepage", "P1324": "repository", "P275": "license", "P571": "begun"}
"""Property -> column of ours, where the recipe's `relations` say nothing else."""
PRECISIONS = {9: 4, 10: 7, 11: 10}
"""Wikidata's precision of a date -> characters of it that count: a year, a month, a day."""
CHINESE = ("zh-hans", "zh-cn", "zh")


def read_wikidata(path: Path, recipe: Recipe) -> list[Found]:
    """The entities that have an English label. Raises: DataError."""
    found = (_read_entity(entity, path, recipe) for entity in _entities(path))
    return [row for row in found if row is not None]


def _entities(path: Path) -> Iterator[Mapping[str, Any]]:
    text = read_text(path)
    try:
        root = json.loads(text)
    except ValueError:
        root = [_parse(line, number, path) for number, line in enumerate(text.splitlines(), 1)]
    if isinstance(root, dict):
        root = list(root.get("entities", root).values())
    yield from (e for e in root if isinstance(e, dict) and isinstance(e.get("id"), str))


def _parse(line: str, number: int, path: Path) -> Any:
    line = line.strip().rstrip(",")
    if line in ("", "[", "]"):
        return None
    try:
        return json.loads(line)
    except ValueError as error:
        raise DataError("BAD_JSON", f"not JSON: {error}", Place(path.as_posix(), number, 1),
                        "give Wikidata's JSON of entities")  from error  # fmt: skip


def _read_entity(entity: Mapping[str, Any], path: Path, recipe: Recipe) -> Found | None:
    labels = {lang: told["value"] for lang, told in (entity.get("labels") or {}).items()}
    name = labels.get("en")
    if not name:
        return None
    cells = {"label.en": name}
    zh = next((labels[lang] for lang in CHINESE if lang in labels), "")
    if zh and zh != name:
        cells["label.zh"] = zh
    properties = {**PROPERTIES, **recipe.relations}
    for property, claims in (entity.get("claims") or {}).items():
        column = properties.get(property)
        values = [v for claim in _best(claims) if (v := _value(claim, recipe))]
        if column and values:
            cells[column] = values[0] if column in PROPERTIES.values() else join_cell(values)
    names = [a["value"] for lang in ("en", *CHINESE)
             for a in (entity.get("aliases") or {}).get(lang, ())]  # fmt: skip
    kinds = [v for claim in _best((entity.get("claims") or {}).get("P31", ()))
             if (v := _item(claim))]  # fmt: skip
    kind = next((k for k in kinds if k in recipe.kinds), "")
    return Found(name, f"{recipe.at}{entity['id']}", Place(path.as_posix()),
                 tuple(dict.fromkeys(names)), kind=kind, cells=cells)  # fmt: skip


def _best(claims: Any) -> list[Mapping[str, Any]]:
    """The claims that Wikidata itself prefers; none that it deprecates."""
    ranked = [c for c in claims if c.get("mainsnak", {}).get("snaktype") == "value"]
    preferred = [c for c in ranked if c.get("rank") == "preferred"]
    return preferred or [c for c in ranked if c.get("rank") != "deprecated"]


def _item(claim: Mapping[str, Any]) -> str:
    value = claim["mainsnak"]["datavalue"]["value"]
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _value(claim: Mapping[str, Any], recipe: Recipe) -> str:
    """A text, a date, or the id that the recipe's `objects` give an item; else nothing."""
    value = claim["mainsnak"]["datavalue"]["value"]
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict):
        return ""
    if "time" in value:
        length = PRECISIONS.get(value.get("precision", 0), 0)
        return str(value["time"]).lstrip("+")[:length] if length else ""
    return recipe.objects.get(str(value.get("id", "")), "")
