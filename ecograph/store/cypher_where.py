"""Predicates of a plan -> conditions in Cypher. Two-valued: what is missing makes them false."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from ecograph.errors import PlanError
from ecograph.model.dates import earliest
from ecograph.model.keys import fold
from ecograph.plan.steps import And, Compare, Has, Not, Or, Param, Predicate
from ecograph.store.cypher_text import Asked, Text, arrow, where
from ecograph.store.schema import is_text

SIGNS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
PARTS = {"contains": "CONTAINS", "startsWith": "STARTS WITH"}


def to_condition(predicate: Predicate, n: str, text: Text, *, exact: bool = False) -> str:
    """The condition on a node variable.

    Where nothing negates it, null counts as false anyway; `exact` makes it false.
    """
    match predicate:
        case And(parts) | Or(parts):
            several = [to_condition(p, n, text, exact=exact) for p in parts]
            if not several:
                return "true" if isinstance(predicate, And) else "false"
            return f"({(' AND ' if isinstance(predicate, And) else ' OR ').join(several)})"
        case Not(part):
            return f"NOT {to_condition(part, n, text, exact=True)}"
        case Has(expand, inner):
            if not expand.relations:
                return "false"
            m, r = text.alias("n"), text.alias("r")
            before, after = arrow(f"{r}{text.types(expand.relations)}", expand.side)
            conditions = [*text.holds(r), to_condition(inner, m, text)]
            return f"EXISTS {{ MATCH ({n}){before}{after}({m}){where(conditions)} }}"
        case Compare():
            found = _comparison(predicate, n, text)
            return f"coalesce({found}, false)" if exact else f"({found})"


def _comparison(compare: Compare, n: str, text: Text) -> str:
    attribute, operator, param = compare.attribute, compare.operator, compare.value
    plain = _plain(attribute, n, text)
    match operator:
        case "isNull":
            return f"({plain} IS NULL) = {text.value(param)}"
        case "eq" if attribute == "kind":
            return f"{plain} = {text.value(param, 'kind', text.ontology.by_enum_value.get)}"
        case "in" if attribute == "kind":
            known = text.ontology.by_enum_value
            return f"{plain} IN {text.value(param, 'kinds', lambda vs: [known.get(v) for v in vs])}"
        case "eq" if attribute == "id":
            # Unique, so that it may be where the search begins.
            return f"{n}.version_id = {text.version_id(param)}"
        case "eq":
            return f"{plain} = {text.value(param)}"
        case "in":
            return f"{plain} IN {text.value(param)}"
        case "contains" | "startsWith":
            folded = text.value(param, "folded", fold)
            return f"{_folded(attribute, n, text)} {PARTS[operator]} {folded}"
    return _ranged(attribute, operator, n, param, text)


def _plain(attribute: str, n: str, text: Text) -> str:
    """An entity's value as it is stored."""
    match attribute:
        case "id" | "kind" | "name":
            return f"{n}.{attribute}"
        case "type":
            return f"{n}.kind"
        case "label":
            return f"{n}.name"
        case "description":
            return f"{n}.description_en"
        case _ if attribute in text.ontology.askable:
            return text.attribute(n, attribute)
    raise PlanError(f"an entity has no attribute {attribute!r}")


def _folded(attribute: str, n: str, text: Text) -> str:
    """An entity's value as parts of it are sought."""
    definition = text.ontology.askable.get(attribute)
    if attribute == "id":
        return f"{n}.id"
    if attribute in ("name", "label"):
        return f"{n}.name_folded"
    if definition is not None and is_text(definition.type):
        return text.attribute(n, attribute, "folded")
    # Values of enumerations and dates: ASCII, so Cypher folds them as Python does.
    return f"toLower({_plain(attribute, n, text)})"


def _ranged(attribute: str, operator: str, n: str, param: Param, text: Text) -> str:
    sign = SIGNS[operator]
    if attribute == "id":
        # ASCII, and so in the same order everywhere, whatever it is compared with.
        return f"{n}.id {sign} {text.value(param)}"
    if attribute == "name":
        before = operator in ("lt", "gte")
        rank = text.param((param.name, before), _rank(param.name, before))
        return f"{n}.name_rank {'<' if operator in ('lt', 'lte') else '>='} {rank}"
    definition = text.ontology.askable.get(attribute)
    if definition is not None and definition.type == "date":
        value = text.value(param, "day", earliest)
        return f"{text.attribute(n, attribute, 'day')} {sign} {value}"
    if definition is not None and definition.type == "integer":
        return f"{text.attribute(n, attribute)} {sign} {text.value(param)}"
    raise PlanError(f"{attribute!r} has no order, so {operator} does not apply to it")


def _rank(name: str, before: bool) -> Callable[[Asked], int]:
    """How many names come before one, or before and with it."""
    side: Any = bisect_left if before else bisect_right
    return lambda run: side(run.directory.names, fold(run.parameters[name]))


def far_end(predicate: Predicate | None) -> tuple[Has, Compare, list[Predicate]] | None:
    """A neighbour that a predicate names by its id, with the comparison, and what is left.

    To begin there costs what that neighbour's statements are, not what all entities are.
    """
    parts = _conjuncts(predicate)
    for place, part in enumerate(parts):
        if isinstance(part, Has) and part.expand.relations:
            for named in _conjuncts(part.where):
                if isinstance(named, Compare) and (named.attribute, named.operator) == ("id", "eq"):
                    return part, named, [*parts[:place], *parts[place + 1 :]]
    return None


def _conjuncts(predicate: Predicate | None) -> list[Predicate]:
    if predicate is None:
        return []
    if isinstance(predicate, And):
        return [inner for part in predicate.parts for inner in _conjuncts(part)]
    return [predicate]


def kind_of(kinds: tuple[str, ...], n: str, text: Text) -> list[str]:
    """The condition that an entity is of one of these kinds, where that leaves any out."""
    if set(kinds) >= set(text.ontology.kinds):
        return []
    if len(kinds) == 1:
        return [f"{n}.kind = {text.param(('kind', kinds), lambda _: kinds[0])}"]
    return [f"{n}.kind IN {text.param(('kinds', kinds), lambda _: list(kinds))}"]
