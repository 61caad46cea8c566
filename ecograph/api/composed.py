"""Answers put together from the rows of a plan: types of which no store knows anything.

A composed field has roots of its own in the plan. They tell what the answer is worked out from
and, of every entity and statement that may come into it, what the client asks to be told of it.
So a composed answer is a function of rows, and the same over every store. May import: plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecograph.errors import PlanError
from ecograph.plan.steps import Const, Each, Get, Ref, Root, Shape, Value

Raw = Mapping[str, Any]
"""What a plan told of an entity or a statement, for the answer and for working it out."""
Leads = Mapping[str, Mapping[str, str]]
"""Composed record -> field -> what the field leads to: an entity, a statement, such a record."""
Place = tuple[str, str]
"""A composed record and a field of it."""
Told = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """The roots of one field, and what makes its JSON value of theirs, in their order."""

    roots: tuple[Root, ...]
    finish: Callable[[Sequence[bytes]], bytes]
    heavy: bool = True
    """Whether working it out takes as long as there are statements of a thing."""


@dataclass(slots=True)
class Graft:
    """The shapes that a client asks of entities and statements within a composed record."""

    record: str
    shape: Shape
    leads: Leads
    keys: dict[tuple[str, Shape], str] = field(default_factory=dict)
    asked: dict[Place, list[Shape]] = field(default_factory=dict)
    """What is asked at each field that is asked for."""

    def __post_init__(self) -> None:
        self._ask(self.record, self.shape)

    def _ask(self, record: str, shape: Shape) -> None:
        for _, value in shape.fields:
            match value:
                case Get(name, _):
                    self.asked.setdefault((record, name), [])
                case Ref(name, inner) | Each(name, inner):
                    self.asked.setdefault((record, name), []).append(inner)
                    leads = self.leads[record][name]
                    if leads in self.leads:
                        self._ask(leads, inner)
                    else:
                        # No response key has a space in it.
                        self.keys.setdefault((leads, inner), f"{leads} {len(self.keys)}")

    def of(self, record: str, needed: Told, *places: Place) -> Shape:
        """What a plan tells of an entity or a statement that may come into these places."""
        shapes = dict.fromkeys(shape for place in places for shape in self.asked.get(place, ()))
        told = ((self.keys[record, shape], Ref("self", shape)) for shape in shapes)
        return Shape((*needed, *told))

    def tell(self, value: Any) -> Any:
        """The answer of a record that was worked out; None stays None."""
        return self._tell(self.record, self.shape, value)

    def _tell(self, record: str, shape: Shape, value: Any) -> Any:
        if value is None:
            return None
        if record not in self.leads:
            return value[self.keys[record, shape]]
        told: dict[str, Any] = {}
        for key, part in shape.fields:
            match part:
                case Const(text):
                    told[key] = text
                case Get(name, _):
                    told[key] = value[name]
                case Ref(name, inner):
                    told[key] = self._tell(self.leads[record][name], inner, value[name])
                case Each(name, inner, most):
                    leads = self.leads[record][name]
                    told[key] = [self._tell(leads, inner, one) for one in value[name][:most]]
                case _:
                    raise PlanError(f"a {record} does not tell {part}")
        return told
