"""Filters against plain Python, on generated graphs and filters."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.graph import Graph
from tests.asking import ask_memory, properties
from tests.generate import DATES, NAMES, days, graphs
from tests.oracle import Facts


def values(of: st.SearchStrategy[Any], *more: str) -> st.SearchStrategy[dict[str, Any]]:
    operators = {"eq": of, "ne": of, "isNull": st.booleans()} | dict.fromkeys(more, of)
    return st.dictionaries(st.sampled_from(sorted(operators)), st.none(), max_size=2).flatmap(
        lambda chosen: st.fixed_dictionaries({name: operators[name] for name in chosen})
    )


ORDERED = ("lt", "lte", "gt", "gte")
PARTS = ("contains", "startsWith")
CONDITIONS = {
    "id": values(st.sampled_from("abcdez"), *ORDERED, *PARTS),
    "name": values(st.sampled_from((*NAMES, "", "x")), *ORDERED, *PARTS),
    "importance": values(st.sampled_from((0, 541, 1000)), *ORDERED),
    "cutsOff": values(st.integers(0, 2), *ORDERED),
    "license": values(st.sampled_from(("MIT", "mit", "Apache-2.0", "a")), *PARTS),
    "status": values(st.sampled_from(("ACTIVE", "ENDED"))) | st.fixed_dictionaries(
        {"notIn": st.lists(st.sampled_from(("ACTIVE", "ARCHIVED")), max_size=2)}
    ),
}  # fmt: skip
OF_VULNERABILITIES = {
    "severity": values(st.integers(-1, 2), *ORDERED),
    "found": values(st.sampled_from(DATES), *ORDERED),
    "fixed": values(st.booleans()),
}


def filters(kind: str, depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    possible: dict[str, st.SearchStrategy[Any]] = dict(CONDITIONS)
    if kind == "Vulnerability":
        possible |= OF_VULNERABILITIES
    if depth:
        below = st.deferred(lambda: filters(kind, depth - 1))
        possible |= {"not": below, "and": st.lists(below, max_size=2)}
        possible["or"] = st.lists(below, max_size=2)
        inner = st.deferred(lambda: filters("Entity", depth - 1))
        quantified = st.dictionaries(st.sampled_from(["some", "every", "none"]), inner, max_size=2)
        fields = "affects" if kind == "Vulnerability" else "uses resembles usedBy partOf"
        if kind != "Entity":
            possible |= dict.fromkeys(fields.split(), quantified)
    return st.lists(st.sampled_from(sorted(possible)), max_size=2, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({name: possible[name] for name in chosen})
    )


@properties
@given(graphs(), st.data(), days)
def test_filters_are_two_valued(graph: Graph, data: st.DataObject, day: str | None) -> None:
    facts = Facts(graph, day)
    for kind, field in (("Tool", "tools"), ("Vulnerability", "vulnerabilities")):
        document = f"""query Q($where: {kind}Filter, $opposite: {kind}Filter, $day: Date) {{
            fit: {field}(where: $where, first: 100, asOf: $day) {{ totalCount nodes {{ id }} }}
            rest: {field}(where: $opposite, first: 100, asOf: $day) {{ totalCount nodes {{ id }} }}
        }}"""
        where = data.draw(filters(kind))
        answer = ask_memory(graph, document, where=where, opposite={"not": where}, day=day)
        fit = [e.id for e in facts.of_kind(kind) if facts.fits(e.id, where)]
        rest = [e.id for e in facts.of_kind(kind) if e.id not in fit]
        assert answer["fit"] == {"totalCount": len(fit), "nodes": [{"id": i} for i in fit]}
        assert answer["rest"] == {"totalCount": len(rest), "nodes": [{"id": i} for i in rest]}
