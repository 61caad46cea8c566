"""Filters -> predicates, orderBy -> keys. Their shape is the plan's, their values are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ecograph.errors import QueryError
from ecograph.model.ontology import Ontology
from ecograph.plan.steps import And, Compare, Expand, Has, Key, Not, Or, Param, Predicate

Add = Callable[[tuple[str | int, ...]], Param]
"""Path into the argument's value -> the parameter that will hold what stands there."""

COMPLEMENTS = {"ne": "eq", "notIn": "in"}
Path = tuple[str | int, ...]


def to_predicate(where: Any, ontology: Ontology, add: Add) -> Predicate | None:
    """The predicate of a filter; None if it says nothing."""
    return _filter(where, ontology, add, ()) if where else None


def _filter(where: Mapping[str, Any], ontology: Ontology, add: Add, path: Path) -> Predicate:
    parts: list[Predicate] = []
    for name, value in where.items():
        here = (*path, name)
        if value is None:
            continue
        match name:
            case "and" | "or":
                several = tuple(_filter(v, ontology, add, (*here, n)) for n, v in enumerate(value))
                parts.append(And(several) if name == "and" else Or(several))
            case "not":
                parts.append(Not(_filter(value, ontology, add, here)))
            case _ if name in ontology.sides:
                parts += _relation(name, value, ontology, add, here)
            case _:
                parts += _comparisons(name, value, ontology, add, here)
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _relation(
    name: str, value: Mapping[str, Any], ontology: Ontology, add: Add, path: Path
) -> list[Predicate]:
    relation, side = ontology.sides[name]
    expand = Expand((relation,), side)
    parts: list[Predicate] = []
    for quantifier, inner in value.items():
        if inner is None:
            continue
        where = _filter(inner, ontology, add, (*path, quantifier))
        match quantifier:
            case "some":
                parts.append(Has(expand, where))
            case "every":
                parts.append(Not(Has(expand, Not(where))))
            case "none":
                parts.append(Not(Has(expand, where)))
    return parts


def _comparisons(
    name: str, value: Mapping[str, Any], ontology: Ontology, add: Add, path: Path
) -> list[Predicate]:
    parts: list[Predicate] = []
    for operator, operand in value.items():
        if operand is None:
            # A comparison with null is one with a missing value: false, and its complement true.
            parts.append(And(()) if operator in COMPLEMENTS else Or(()))
            continue
        param = add((*path, operator))
        plain = Compare(name, COMPLEMENTS.get(operator, operator), param)
        parts.append(Not(plain) if operator in COMPLEMENTS else plain)
    return parts


def dig(value: Any, path: Path) -> Any:
    """What stands at a path inside an argument's value."""
    for step in path:
        value = value[step]
    return value


def shape_of(value: Any) -> Any:
    """What of a filter's value the plan depends on: its keys and nulls, not its leaves."""
    if isinstance(value, dict):
        return tuple((k, shape_of(v)) for k, v in value.items())
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return tuple(map(shape_of, value))
    return value is None


def to_order(order: Any, default: tuple[Key, ...] = (Key("id"),)) -> tuple[Key, ...]:
    """The keys of an orderBy. Raises: QueryError if a field is named twice."""
    if not order:
        return default
    keys = tuple(Key(o["field"].lower(), o.get("order") == "DESC") for o in order)
    names = [k.name for k in keys]
    if len(set(names)) < len(names):
        raise QueryError(
            "orderBy: a field is named twice; name each once", argument="orderBy", value=names
        )
    return keys
