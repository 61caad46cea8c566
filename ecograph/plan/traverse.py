"""Readings of a whole plan: its parameters, and whether it is heavy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from ecograph.plan.automaton import Automaton
from ecograph.plan.steps import Changes, Count, Param, Plan, Scan, Seek, Select


def parts(part: object) -> Iterator[object]:
    """A part of a plan and every part under it, without what is in automata."""
    if isinstance(part, tuple):
        for item in part:
            yield from parts(item)
    elif not isinstance(part, Automaton) and hasattr(part, "__dataclass_fields__"):
        yield part
        for field in fields(part):  # type: ignore[arg-type]
            yield from parts(getattr(part, field.name))


def params(part: object) -> Iterator[Param]:
    """Every parameter under a part of a plan, in order, repeated where it is used twice."""
    return (found for found in parts(part) if isinstance(found, Param))


def is_heavy(plan: Plan) -> bool:
    """Whether a run takes as long as the dataset is large: it searches, counts by value, or
    filters a whole kind or all changes."""
    return any(_is_heavy(root.select) for root in plan.roots)


def _is_heavy(part: object) -> bool:
    if isinstance(part, Count | Changes) or (isinstance(part, Seek) and part.carried):
        return True
    if isinstance(part, Select) and isinstance(part.source, Scan) and part.where is not None:
        return True
    if isinstance(part, tuple):
        return any(map(_is_heavy, part))
    if isinstance(part, Automaton) or not hasattr(part, "__dataclass_fields__"):
        return False
    return any(_is_heavy(getattr(part, field.name)) for field in fields(part))  # type: ignore[arg-type]
