"""Answers put together from the rows of a plan: types of which no store knows anything.

A composed field has roots of its own in the plan. They tell what the answer is worked out from
and, of every entity and statement that may come into it, what the client asks to be told of it.
So a composed answer is a function of rows, and the same over every store. May import: plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecograph.errors import PlanError
from ecograph.plan.steps import Const, Each, Get, Ref, Root, Shape, Value

Raw = Mapping[str, Any]
"""What a plan told of an entity or a statement, for the answer and for working it out."""
Leads = Mapping[str, Mapping[str, str]]
"""Composed record -> field -> what the field leads to: an entity, a statement, such a record."""


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
    fields: set[tuple[str, str]] = field(default_factory=set)
    """(record, field) that is asked for."""

    def __post_init__(self) -> None:
        for record, shape in self._asked(self.record, self.shape):
            # No response key has a space in it.
            self.keys.setdefault((record, shape), f"{record} {len(self.keys)}")

    def _asked(self, record: str, shape: Shape) -> Iterator[tuple[str, Shape]]:
        if record in ("entity", "statement"):
            yield record, shape
            return
        for _, value in shape.fields:
            match value:
                case Ref(name, inner) | Each(name, inner):
                    self.fields.add((record, name))
                    yield from self._asked(self.leads[record][name], inner)

    def of(self, record: str, *needed: tuple[str, Value]) -> Shape:
        """What a plan tells of an entity or a statement: what is needed, and what was asked."""
        asked = ((key, shape) for (of, shape), key in self.keys.items() if of == record)
        return Shape((*needed, *((key, Ref("self", shape)) for key, shape in asked)))

    def tell(self, value: Any) -> Any:
        """The answer of a record that was worked out; None stays None."""
        return self._tell(self.record, self.shape, value)

    def _tell(self, record: str, shape: Shape, value: Any) -> Any:
        if value is None:
            return None
        if record in ("entity", "statement"):
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
                case Each(name, inner):
                    leads = self.leads[record][name]
                    told[key] = [self._tell(leads, inner, one) for one in value[name]]
                case _:
                    raise PlanError(f"a {record} does not tell {part}")
        return told
