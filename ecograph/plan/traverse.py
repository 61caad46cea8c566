"""Readings of a whole plan: its parameters, and how much it weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from enum import IntEnum

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


class Weight(IntEnum):
    """How long a run may take.

    LIGHT  about as long as its answer
    WALK   as long as the graph makes it: most walks are short, some are not
    HEAVY  as long as the dataset is large: it searches, counts by value or filters a whole kind
    """

    LIGHT = 0
    WALK = 1
    HEAVY = 2


def weigh(plan: Plan) -> Weight:
    """The weight of a plan: that of its heaviest part."""
    return max((_weigh(root.select) for root in plan.roots), default=Weight.LIGHT)


def _weigh(part: object) -> Weight:
    if isinstance(part, Count) or (isinstance(part, Seek) and part.carried):
        return Weight.HEAVY
    if isinstance(part, Select) and isinstance(part.source, Scan) and part.where is not None:
        return Weight.HEAVY
    own = Weight.WALK if isinstance(part, Walk) else Weight.LIGHT
    if isinstance(part, tuple):
        return max(map(_weigh, part), default=own)
    if isinstance(part, Automaton) or not hasattr(part, "__dataclass_fields__"):
        return own
    inner = [_weigh(getattr(part, field.name)) for field in fields(part)]  # type: ignore[arg-type]
    return max([own, *inner])
