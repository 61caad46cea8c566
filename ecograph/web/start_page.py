"""The start page: search, the first question with its answer, the taxonomies, all questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecograph.api.operations import NamedOperation
from ecograph.web.answering import Asked, Show
from ecograph.web.html import question
from ecograph.web.picture import Picture, picture

FIRST = "Implementers"
SPEC = "OCI runtime spec"
FIRST_SCHEME = "today"


@dataclass(slots=True)
class Branch:
    """A category of a tree with those below it."""

    category: Mapping[str, Any]
    order: int = 0
    below: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """The category that is looked at, with its picture."""

    category: Mapping[str, Any]
    picture: Picture


def start_page(operations: Mapping[str, NamedOperation], documents: Mapping[str, str]) -> Show:
    """What makes the start page; documents: address -> title."""
    first = operations[FIRST]
    example = str(first.variables.get("spec", SPEC))

    async def show(asked: Asked) -> bytes:
        visit = asked.visit
        spec = visit.get("spec") or example
        scheme = visit.get("scheme") or FIRST_SCHEME
        data, errors = await asked.ask("Start", spec=spec, scheme=scheme)
        found = data["specification"]
        trees = grow(data["categories"]["nodes"])
        schemes = sorted(v["value"] for facet in data["schemes"] for v in facet["values"])
        part = await _part(asked, scheme, trees)
        fault = next((error for error in errors if error.argument == "name"), None)
        return asked.fill(
            "start.html",
            spec=spec,
            found=found,
            first_picture=_first_picture(asked, found),
            fault=fault,
            query=question(first).strip(),
            trees=trees,
            scheme=scheme,
            schemes=schemes,
            part=part,
            operations=operations.values(),
            documents=documents,
            license_address=license_address(asked.graph.license),
        )

    return show


def _first_picture(asked: Asked, found: Mapping[str, Any] | None) -> Picture | None:
    if found is None or not found["implementedBy"]["totalCount"]:
        return None
    return picture(asked, FIRST, {"spec": found["id"]}, found["label"] or found["name"])


def grow(roots: Iterable[Mapping[str, Any]]) -> list[Branch]:
    """Trees of categories, from rows that each name the category above them."""
    trees = []
    for root in roots:
        branches = {row["category"]["id"]: Branch(row["category"]) for row in root["tree"]}
        for branch in branches.values():
            for edge in branch.category["broader"]["edges"]:
                above = branches.get(edge["node"]["id"])
                if above is not None and above is not branch:
                    branch.order = edge["order"] or 0
                    above.below.append(branch)
        for branch in branches.values():
            branch.below.sort(key=lambda one: one.order)
        trees.append(branches[root["id"]])
    return trees


async def _part(asked: Asked, scheme: str, trees: Sequence[Branch]) -> Part | None:
    id_ = asked.visit.get("category") or (trees[0].category["id"] if trees else "")
    if not id_:
        return None
    data, _ = await asked.ask("Part", id=id_, scheme=scheme)
    category = data["category"]
    if category is None:
        return None
    alt = category["label"] or category["name"]
    given = {"name": category["id"], "scheme": scheme}
    return Part(category, picture(asked, "CategoryTree", given, alt))


def license_address(license_: str) -> str:
    """Where a single identifier of the SPDX list has its text; an expression has no place."""
    if not re.fullmatch(r"(?!LicenseRef-)[A-Za-z0-9.-]+", license_):
        return ""
    return f"https://spdx.org/licenses/{license_}.html"
