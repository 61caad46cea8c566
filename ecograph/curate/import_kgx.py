"""KGX nodes and edges -> rows: one a node, then one for each edge.

A folder with nodes.tsv and edges.tsv (or .csv, .jsonl), or the path of either file.
Source: https://github.com/biolink/kgx/blob/master/specification/kgx-format.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ecograph.curate.import_recipe import Recipe, read_text
from ecograph.curate.import_rows import Found, to_slug
from ecograph.curate.import_table import read_dicts
from ecograph.errors import DataError, Place

SUFFIXES = (".tsv", ".csv", ".jsonl")
PERIOD = ("since", "until")
ATTRIBUTES = ("homepage", "repository", "license")


def read_kgx(path: Path, recipe: Recipe) -> list[Found]:
    """The nodes, and the edges between them. Raises: DataError."""
    nodes_file, edges_file = _files(path)
    found: list[Found] = []
    names: dict[str, tuple[str, str]] = {}
    for line, node in _records(nodes_file):
        place = Place(nodes_file.as_posix(), line, 1)
        row = _read_node(node, place, recipe)
        names[_need(node, "id", place)] = row.name, row.id
        found.append(row)
    if edges_file is not None:
        for line, edge in _records(edges_file):
            found.append(_read_edge(edge, names, Place(edges_file.as_posix(), line, 1), recipe))
    return found


def _files(path: Path) -> tuple[Path, Path | None]:
    folder, suffixes = (path, SUFFIXES) if path.is_dir() else (path.parent, (path.suffix,))
    stem = "" if path.is_dir() else path.stem.removesuffix("nodes").removesuffix("edges")
    for suffix in suffixes:
        nodes, edges = (folder / f"{stem}{part}{suffix}" for part in ("nodes", "edges"))
        if nodes.exists():
            return nodes, edges if edges.exists() else None
    raise DataError("MISSING_FILE", "there is no file of nodes", Place(path.as_posix()),
                    "give a folder with nodes.tsv and edges.tsv, or one of the two")  # fmt: skip


def _records(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if path.suffix != ".jsonl":
        yield from read_dicts(path)
        return
    for line, text in enumerate(read_text(path).splitlines(), start=1):
        if text.strip():
            try:
                record = json.loads(text)
            except ValueError as error:
                raise DataError("BAD_JSON", f"not JSON: {error}",
                                Place(path.as_posix(), line, 1)) from error  # fmt: skip
            if isinstance(record, dict):
                yield line, record


def _need(record: Mapping[str, Any], key: str, place: Place) -> str:
    text = str(record.get(key) or "").strip()
    if not text:
        raise DataError("MISSING_VALUE", f"there is no {key!r}", place, f"a record has {key!r}")
    return text


def _several(value: Any) -> list[str]:
    """A list of KGX: JSON's own, or texts between bars."""
    parts = value if isinstance(value, list) else str(value or "").split("|")
    return [text for part in parts if (text := str(part).strip())]


def _local(curie: str) -> str:
    return curie.rpartition(":")[2]


def _read_node(node: Mapping[str, Any], place: Place, recipe: Recipe) -> Found:
    curie = _need(node, "id", place)
    name = str(node.get("name") or "").strip() or _local(curie)
    kinds = [recipe.kinds.get(c) or _local(c) for c in _several(node.get("category"))]
    kind = next((k for k in kinds if k in recipe.kinds.values()), "") or (kinds[0] if kinds else "")
    cells = {key: str(node[key]).strip() for key in ATTRIBUTES if node.get(key)}
    if node.get("iri") and "homepage" not in cells:
        cells["homepage"] = str(node["iri"])
    return Found(name, f"{recipe.at}{curie}", place, tuple(_several(node.get("synonym"))),
                 kind=kind, id=to_slug(_local(curie)), cells=cells)  # fmt: skip


def _read_edge(
    edge: Mapping[str, Any], names: Mapping[str, tuple[str, str]], place: Place, recipe: Recipe
) -> Found:
    ends = ("subject", "predicate", "object")
    subject, predicate, object_ = (_need(edge, key, place) for key in ends)
    relation = recipe.relations.get(predicate) or _local(predicate)
    name, id = names.get(subject, ("", to_slug(_local(subject))))
    other = recipe.objects.get(object_) or names.get(object_, ("", to_slug(_local(object_))))[1]
    told = {f"{relation}.{key}": str(edge[key]) for key in PERIOD if edge.get(key)}
    if str(edge.get("negated")).lower() == "true":
        told[f"{relation}.negated"] = "true"
    return Found(name or subject, f"{recipe.at}{subject} {predicate} {object_}", place, id=id,
                 cells={relation: other, **told})  # fmt: skip
