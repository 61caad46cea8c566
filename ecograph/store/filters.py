"""Predicates of a plan -> functions over the entities of a view. Two-valued throughout."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from ecograph.errors import PlanError
from ecograph.model.dates import earliest
from ecograph.model.keys import fold
from ecograph.plan.steps import And, Compare, Has, Not, Or, Predicate
from ecograph.store.base import Budget
from ecograph.store.records import Read, Records, Row
from ecograph.store.view import View

Test = Callable[[int], bool]
BATCH = 1_024
Parameters = Mapping[str, Any]


def compile_predicate(
    predicate: Predicate, view: View, records: Records
) -> Callable[[Parameters], Test]:
    """Predicate -> (parameters of a run -> test of an entity)."""
    match predicate:
        case And(parts):
            made = [compile_predicate(p, view, records) for p in parts]
            return lambda ps: _all([m(ps) for m in made])
        case Or(parts):
            made = [compile_predicate(p, view, records) for p in parts]
            return lambda ps: _any([m(ps) for m in made])
        case Not(part):
            inner = compile_predicate(part, view, records)
            return lambda ps: _not(inner(ps))
        case Compare():
            return _comparison(predicate, view, records)
        case Has(expand, where):
            inner = compile_predicate(where, view, records)
            tables = [view.links(r, expand.side) for r in expand.relations]

            def bind(ps: Parameters) -> Test:
                # One neighbour is often shared by many entities: its test is run once.
                test = inner(ps)
                known: dict[int, bool] = {}

                def holds(i: int) -> bool:
                    for links in tables:
                        for node, _ in links[i]:
                            found = known.get(node)
                            if found is None:
                                found = known[node] = test(node)
                            if found:
                                return True
                    return False

                return holds

            return bind


def keep_rows(rows: Iterable[Row], test: Test, budget: Budget) -> list[Row]:
    """The rows whose node passes. Raises: StoreTimeout, from the budget."""
    found: list[Row] = []
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        budget.spend(len(batch))
        found += [row for row in batch if test(row.node)]
    return found


def _all(tests: list[Test]) -> Test:
    if len(tests) == 2:
        one, other = tests
        return lambda i: one(i) and other(i)
    return tests[0] if len(tests) == 1 else lambda i: all(test(i) for test in tests)


def _any(tests: list[Test]) -> Test:
    if len(tests) == 2:
        one, other = tests
        return lambda i: one(i) or other(i)
    return tests[0] if len(tests) == 1 else lambda i: any(test(i) for test in tests)


def _not(test: Test) -> Test:
    return lambda i: not test(i)


def _comparison(compare: Compare, view: View, records: Records) -> Callable[[Parameters], Test]:
    attribute, operator, name = compare.attribute, compare.operator, compare.value.name
    read = records.read("entity", attribute)
    snapshot = view.snapshot
    make = _PLAIN.get(operator)
    if make is not None:
        return lambda ps: make(read, ps[name])
    if attribute == "id":
        return _ranged(operator, name, snapshot.ids.__getitem__, lambda v: v)
    if attribute == "name":
        side = bisect_left if operator in ("lt", "gte") else bisect_right
        rank = snapshot.name_rank.__getitem__
        compared = "lt" if operator in ("lt", "lte") else "gte"
        return _ranged(compared, name, rank, lambda v: side(snapshot.names, fold(v)))
    definition = snapshot.ontology.askable.get(attribute)
    if definition is not None and definition.type == "date":
        return _ranged(operator, name, lambda i: _day(read(i)), earliest)
    if definition is not None and definition.type == "integer":
        return _ranged(operator, name, read, lambda v: v)
    raise PlanError(f"{attribute!r} has no order, so {operator} does not apply to it")


def _equal(read: Read, wanted: Any) -> Test:
    return lambda i: read(i) == wanted and wanted is not None


def _one_of(read: Read, wanted: Any) -> Test:
    known = frozenset(v for v in wanted if v is not None)
    return lambda i: read(i) in known


def _is_null(read: Read, wanted: Any) -> Test:
    return lambda i: (read(i) is None) == wanted


def _contains(read: Read, wanted: Any) -> Test:
    part = fold(wanted)
    return lambda i: (text := read(i)) is not None and part in fold(text)


def _starts_with(read: Read, wanted: Any) -> Test:
    beginning = fold(wanted)
    return lambda i: (text := read(i)) is not None and fold(text).startswith(beginning)


_PLAIN: Mapping[str, Callable[[Read, Any], Test]] = {
    "eq": _equal,
    "in": _one_of,
    "isNull": _is_null,
    "contains": _contains,
    "startsWith": _starts_with,
}


def _day(value: str | None) -> int | None:
    return None if value is None else earliest(value)


def _ranged(
    operator: str, name: str, read: Callable[[int], Any], convert: Callable[[Any], Any]
) -> Callable[[Parameters], Test]:
    def bind(ps: Parameters) -> Test:
        limit = convert(ps[name])
        match operator:
            case "lt":
                return lambda i: (v := read(i)) is not None and v < limit
            case "lte":
                return lambda i: (v := read(i)) is not None and v <= limit
            case "gt":
                return lambda i: (v := read(i)) is not None and v > limit
        return lambda i: (v := read(i)) is not None and v >= limit

    return bind
