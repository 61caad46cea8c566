"""Readings of a whole plan: its parameters, and whether it is heavy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from ecograph.plan.automaton import Automaton
from ecograph.plan.steps import Count, Param, Plan, Scan, Seek, Select, Walk


def params(part: object) -> Iterator[Param]:
    """Every parameter under a part of a plan, in order, repeated where it is used twice."""
    if isinstance(part, Param):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from params(item)
    elif not isinstance(part, Automaton) and hasattr(part, "__dataclass_fields__"):
        for field in fields(part):  # type: ignore[arg-type]
            yield from params(getattr(part, field.name))


def is_heavy(plan: Plan) -> bool:
    """Whether a run may take long: it walks, searches, counts by value or filters a whole kind."""
    return any(_weighs(root.select) for root in plan.roots)


def _weighs(part: object) -> bool:
    if isinstance(part, Walk | Count):
        return True
    if isinstance(part, Select) and isinstance(part.source, Scan) and part.where is not None:
        return True
    if isinstance(part, Seek):
        return part.carried
    if isinstance(part, tuple):
        return any(map(_weighs, part))
    if hasattr(part, "__dataclass_fields__"):
        return any(_weighs(getattr(part, field.name)) for field in fields(part))  # type: ignore[arg-type]
    return False
