"""Some of the gaps, in an order: by what is lacking, of what, in which area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ecograph.curate.gaps import GROUPS, Found, Gap, Gaps
from ecograph.curate.strict import find_core
from ecograph.errors import QueryError
from ecograph.model.graph import Graph
from ecograph.model.keys import did_you_mean, match_key
from ecograph.model.ontology import Ontology

SOURCE = "Source"


class Order(StrEnum):
    """What comes first: one sort of gap, the smallest id, the first file, the most named."""

    GAP = "gap"
    ID = "id"
    FILE = "file"
    NAMED = "named"


def choose_gaps(
    gaps: Gaps, wanted: Sequence[str] = (), kinds: Sequence[str] = (), areas: Sequence[str] = (),
    *, core: bool = False, order: Order = Order.GAP,
) -> list[Found]:  # fmt: skip
    """The gaps that are wanted, of entities of some kinds, in some areas; all if not said.

    An area is a category, with what is below it, or the name of a file without its ending.
    Raises: QueryError for a gap, a kind or an area that there is not.
    """
    found: Iterable[Found] = gaps.found
    if wanted:
        sorts = {gap for name in wanted for gap in _read_gap(name)}
        found = [one for one in found if one.gap in sorts]
    if kinds:
        names = {_read_kind(name, gaps.graph.ontology) for name in kinds}
        found = [one for one in found if one.kind in names]
    if areas:
        inside = [_read_area(name, gaps) for name in areas]
        found = [one for one in found if any(is_in(one) for is_in in inside)]
    if core:
        ids = find_core(gaps.graph)
        found = [one for one in found if one.entity in ids]
    return sorted(found, key=_KEYS[order])


_RANK = {gap: rank for rank, gap in enumerate(Gap)}
_KEYS: dict[Order, Callable[[Found], Any]] = {
    Order.GAP: lambda one: (_RANK[one.gap], one.id, one.message),
    Order.ID: lambda one: (one.id, _RANK[one.gap], one.message),
    Order.FILE: lambda one: (one.mend.place, _RANK[one.gap], one.id, one.message),
    Order.NAMED: lambda one: (-one.named, one.entity or one.id, _RANK[one.gap], one.id),
}


def _read_gap(name: str) -> Sequence[Gap]:
    if name in GROUPS:
        return GROUPS[name]
    known = [*GROUPS, *Gap]
    if name not in known:
        hint = did_you_mean(name, known) or f"write one of: {', '.join(known)}"
        raise QueryError(f"unknown gap {name!r}; {hint}")
    return (Gap(name),)


def _read_kind(name: str, ontology: Ontology) -> str:
    known = [*ontology.kinds, SOURCE]
    if name not in known:
        hint = did_you_mean(name, known) or f"write one of: {', '.join(known)}"
        raise QueryError(f"unknown kind {name!r}; {hint}")
    return name


def _read_area(name: str, gaps: Gaps) -> Callable[[Found], bool]:
    graph = gaps.graph
    files = {*gaps.files.values(), *(Path(one.mend.place.file).stem for one in gaps.found)}
    if any(fnmatch(file, name) for file in files):
        return lambda one: fnmatch(gaps.files.get(one.entity, Path(one.mend.place.file).stem), name)
    key = match_key(name)
    roots = {
        id for id, e in graph.entities.items()
        if e.kind == "Category" and (id == name or key in map(match_key, e.label.values()))
    }  # fmt: skip
    if not roots:
        categories = [id for id, e in graph.entities.items() if e.kind == "Category"]
        hint = did_you_mean(name, [*files, *categories]) or "write a category or a file's name"
        raise QueryError(f"unknown area {name!r}; {hint}")
    inside = _below(roots, graph)
    return lambda one: one.entity in inside


def _below(roots: set[str], graph: Graph) -> set[str]:
    """Categories with what is below and in them, and the members of groups there."""
    parts: dict[str, list[str]] = {}
    for s in graph.statements:
        if s.relation in ("broader", "classifiedIn", "partOf") and not s.negated:
            parts.setdefault(s.object, []).append(s.subject)
    inside: set[str] = set()
    waiting = [*roots]
    while waiting:
        id = waiting.pop()
        if id not in inside:
            inside.add(id)
            waiting += parts.get(id, ())
    return inside
