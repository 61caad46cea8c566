"""The rows of each step, over a view: one function a step, from a start and a run to rows.

A new step needs a case in `compile_source`, and nothing else in this store.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ecograph.errors import PlanError
from ecograph.model.ontology import Ontology, screaming
from ecograph.plan import steps
from ecograph.plan.automaton import Automaton
from ecograph.store import routes, simple_paths, walk
from ecograph.store.base import Budget
from ecograph.store.filters import compile_predicate, keep_rows
from ecograph.store.records import Records, Row
from ecograph.store.view import View


@dataclass(slots=True)
class Run:
    """One run of a program: its parameters, its budget, the fragments that its parameters open."""

    parameters: Mapping[str, Any]
    budget: Budget
    tables: dict[int, Any] = field(default_factory=dict)


ROUTES_TIME = 0.7
"""The part of the time that is left in which routes are looked for; they are told in the rest."""
RowsOf = Callable[[Any, Run], Iterable[Row]]


def compile_source(source: steps.Source, view: View, records: Records) -> RowsOf:
    """Step -> (start, run -> rows in the order of their numbers)."""
    snapshot = view.snapshot
    match source:
        case steps.Seek(ids, of, carried):
            index = snapshot.index if of == "entity" else snapshot.statement_index
            if carried:
                return lambda _, run: [Row(index[c["id"]], -1, c) for c in run.parameters[ids.name]]
            return lambda _, run: [
                Row(None if i is None else index.get(i)) for i in run.parameters[ids.name]
            ]
        case steps.Scan(kinds):
            rows = records.scanned[kinds]
            return lambda _, run: rows
        case steps.Expand():
            return _expand(source, view)
        case steps.Walk():
            return _walk(source, view)
        case steps.Claim(subject, relation, object_):
            return _claim(subject.name, relation.name, object_.name, view)
        case steps.Count():
            return _count(source, view, records)
        case steps.Dataset():
            record = _dataset(view)
            return lambda _, run: [Row(record)]
        case steps.Sources():
            listed = [Row(i) for i in range(len(snapshot.sources))]
            return lambda _, run: listed
        case steps.Changes(found):
            return lambda _, run: map(Row, run.parameters[found.name])


def _expand(source: steps.Expand, view: View) -> RowsOf:
    if source.everything:
        return _everything(source, view)
    tables = [view.links(r, source.side, source.include) for r in source.relations]
    if len(tables) == 1:
        links = tables[0]
        return lambda start, run: [Row(node, s) for node, s in links[start]]
    return lambda start, run: [
        Row(node, s) for node, s in sorted(link for links in tables for link in links[start])
    ]


def _everything(source: steps.Expand, view: View) -> RowsOf:
    snapshot, relations = view.snapshot, frozenset(source.relations)
    touching, statements = snapshot.touching, snapshot.statements
    ends = {"out": snapshot.subject, "in": snapshot.object}.get(source.side)
    negated = source.negated
    # The last of all days where none is asked about.
    last = view.day if source.begun else math.inf
    return lambda start, run: [
        Row(s, s)
        for s in touching[start]
        if statements[s].relation in relations
        and (ends is None or ends[s] == start)
        and (negated is None or statements[s].negated == negated)
        and snapshot.period[s][0] <= last
    ]


def _walk(source: steps.Walk, view: View) -> RowsOf:
    index = view.snapshot.index

    def begin(start: Any, run: Run) -> int | None:
        if source.start is None:
            return int(start)
        id_ = run.parameters[source.start.name]
        return None if id_ is None else index[id_]

    def limit(run: Run) -> int | None:
        return None if source.limit is None else run.parameters[source.limit.name]

    if source.mode == "reach":

        def reach(start: Any, run: Run) -> list[Row]:
            node = begin(start, run)
            if node is None:
                return []
            reached = walk.reach(view, source.automaton, node, limit(run), run.budget)
            return [
                Row(end, -1, {"length": length, "witness": _witness(reached, end)})
                for length, end in reached.ends
            ]

        return reach

    assert source.to is not None
    to = source.to.name

    def between(start: Any, run: Run) -> Iterator[Row]:
        node, target = begin(start, run), run.parameters[to]
        if node is None or target is None:
            return
        most = limit(run)
        ends = (
            view,
            source.automaton,
            node,
            index[target],
            steps.MOST_STEPS if most is None else most,
        )
        match source.mode:
            case "routes":
                assert source.most is not None
                wanted = run.parameters[source.most.name]
                yield Row(told_routes(*ends, wanted, view.snapshot.ontology, run.budget))
            case "simple":
                yield from (Row(found) for found in simple_paths.simple(*ends, run.budget))
            case "shortest":
                if (best := walk.shortest(*ends, run.budget)) is not None:
                    yield Row(best)
            case mode:
                raise PlanError(f"walks of mode {mode} are not between two ends")

    return between


def told_routes(
    moves: walk.Moves, automaton: Automaton, a: int, b: int, limit: int, most: int,
    ontology: Ontology, budget: Budget,
) -> Mapping[str, Any]:  # fmt: skip
    """The record of the routes that a part of the time is enough for; notes if that is not all."""
    found = routes.find_routes(
        moves, automaton, a, b, limit, most, ontology, budget, budget.share(ROUTES_TIME)
    )
    budget.cut = budget.cut or not found.complete
    told = [{"path": r.path, "cost": r.cost, "overlap": r.overlap} for r in found.routes]
    return {"complete": found.complete, "routes": told}


def _witness(reached: walk.Reached, end: int) -> Callable[[], walk.Found]:
    return lambda: reached.witness(end)


def _claim(subject: str, relation: str, object_: str, view: View) -> RowsOf:
    snapshot = view.snapshot

    def rows(_: Any, run: Run) -> list[Row]:
        ps = run.parameters
        if ps[subject] is None or ps[object_] is None:
            return []
        a, b = snapshot.index[ps[subject]], snapshot.index[ps[object_]]
        name = snapshot.ontology.by_enum_value[ps[relation]]
        links = snapshot.links(name, True).get(a, [])
        if snapshot.ontology.relations[name].symmetric:
            links = links + snapshot.links(name, False).get(a, [])
        found = sorted({s for node, s in links if node == b})
        said = {snapshot.statements[s].negated for s in found if view.holds(s)}
        verdict = {
            (True, False): "KNOWN", (False, True): "DENIED", (True, True): "DISPUTED"
        }.get((False in said, True in said), "UNKNOWN")  # fmt: skip
        claim = {
            "verdict": verdict, "subject": a, "relation": ps[relation], "object": b,
            "statements": found,
        }  # fmt: skip
        return [Row(claim)]

    return rows


def _count(source: steps.Count, view: View, records: Records) -> RowsOf:
    over = compile_source(source.over.source, view, records)
    where = source.over.where
    predicate = None if where is None else compile_predicate(where, view, records)

    def rows(start: Any, run: Run) -> list[Row]:
        counted = over(start, run)
        if predicate is not None:
            counted = keep_rows(counted, predicate(run.parameters), run.budget)
        nodes, told = [row.node for row in counted], []
        for by in source.by:
            run.budget.spend(len(nodes))
            told.append(Row(facet(by, nodes, view)))
        return told

    return rows


LABELLED = ("category", "community")
"""Facets of which the values are ids of entities, and told with their labels."""


def facet(by: str, nodes: list[int], view: View) -> Mapping[str, Any]:
    """Counts by value over entities; values by count, then value."""
    snapshot = view.snapshot
    ontology = snapshot.ontology
    values: list[tuple[Any, ...]]
    if by == "kind":
        values = [(snapshot.kinds[i],) for i in nodes]
    elif by == "category":
        links = view.links("classifiedIn", "out")
        values = [tuple(sorted({snapshot.ids[c] for c, _ in links[i]})) for i in nodes]
    else:
        read = view.attribute(by)
        values = [() if read[i] is None else (read[i],) for i in nodes]
    counts = Counter(value for several in values for value in several)
    missing = sum(not several for several in values)

    def named(id_: str) -> Mapping[str, str]:
        return snapshot.entities[snapshot.index[id_]].label

    return told_facet(by, counts, len(nodes), missing, ontology, named)


def told_facet(
    by: str, counts: Mapping[Any, int], total: int, missing: int, ontology: Ontology,
    entity: Callable[[str], Mapping[str, str]],
) -> Mapping[str, Any]:  # fmt: skip
    """A facet of counts by value; `entity` leads from the id of one to its label."""

    def tell(value: Any) -> Mapping[str, Any]:
        label: Mapping[str, str]
        if by == "kind":
            shown, label = screaming(value), ontology.kinds[value].label.model_dump()
        elif by in LABELLED:
            name = entity(value)
            shown, label = value, {"en": name["en"], "zh": name.get("zh", name["en"])}
        else:
            known = ontology.enumerations.get(ontology.askable[by].type, {})
            named = known.get(value)
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            label = named.label.model_dump() if named else {"en": shown, "zh": shown}
        return {"value": shown, "label": label, "count": counts[value]}

    told = sorted(map(tell, counts), key=lambda v: (-v["count"], v["value"]))
    return {"by": screaming(by), "total": total, "missing": missing, "values": told}


def _dataset(view: View) -> Mapping[str, Any]:
    snapshot = view.snapshot
    graph, ontology = snapshot.graph, snapshot.ontology
    kinds = Counter(snapshot.kinds)
    relations = Counter(s.relation for s in snapshot.statements)
    return {
        "version": graph.version,
        "asOf": graph.as_of,
        "title": graph.title,
        "license": graph.license,
        "entityCount": len(snapshot.entities),
        "statementCount": len(snapshot.statements),
        "kinds": [
            {"kind": screaming(k), "label": ontology.kinds[k].label.model_dump(), "count": kinds[k]}
            for k in ontology.kinds
        ],
        "relations": [
            {"relation": screaming(r), "label": d.label.model_dump(), "count": relations[r]}
            for r, d in ontology.relations.items()
        ],
    }


def take(rows: Iterable[Row], start: int, count: int) -> tuple[list[Row], bool]:
    """`count` rows from a place on, and whether more follow; no more than that is computed."""
    found = list(islice(rows, start, start + count + 1))
    return found[:count], len(found) > count
