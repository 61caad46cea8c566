"""Swap and compatibility: the plan that tells what is needed, and the answer out of its rows.

Derived from statements alone, each line with those that it is derived from. Where nothing is
recorded, that is said: a missing statement denies nothing. May import: plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson
from graphql import FieldNode, GraphQLField, get_named_type

from ecograph.api.composed import Composed, Graft
from ecograph.api.exchange import find_common, find_swap
from ecograph.api.swap_types import LEADS
from ecograph.model.ontology import Ontology
from ecograph.plan.encode import scalar
from ecograph.plan.steps import Expand, Get, Param, Ref, Root, Rows, Seek, Select, Shape, Value

if TYPE_CHECKING:
    from ecograph.api.ask import Ask

Told = tuple[tuple[str, Value], ...]
ID = Shape((("id", Get("id")),))

COMPOSED = {"swap": ("from", "to"), "compatible": ("a", "b")}
"""Field of Query -> the arguments that name its two things."""


def compose(
    make: Ask, nodes: list[FieldNode], definition: GraphQLField, key: str, as_of: Param | None,
    ends: Sequence[Param],
) -> Composed:  # fmt: skip
    """The answer of a field with two ends: one root each, and what is worked out from both.

    `ends` hold lists of one id, null where a name fitted nothing; then the answer is null.
    """
    named: Any = get_named_type(definition.type)
    graft = Graft(named.name, make.shape(nodes, named), LEADS)
    things = _Things(make.ontology, graft)
    work_out = find_swap if named.name == "Swap" else find_common
    names = COMPOSED[nodes[0].name.value]
    told = zip(names, ends, (things.first(), things.second()), strict=True)
    roots = tuple(
        Root(f"{key} {name}", Select(Seek(end), "one", "entity", shape), as_of)
        for name, end, shape in told
    )

    def finish(values: Sequence[bytes]) -> bytes:
        a, b = map(orjson.loads, values)
        missing = a is None or b is None
        return scalar(graft.tell(None if missing else work_out(a, b, make.ontology)))

    return Composed(roots, finish)


class _Things:
    """What the plan tells of the two things: what is said of them under bonds, and of whom."""

    def __init__(self, ontology: Ontology, graft: Graft) -> None:
        self.wanted = graft.fields
        self.bound = ontology.bound_by
        self.every = tuple(ontology.relations)
        self.entity = graft.of("entity", ("id", Get("id")), ("kind", Get("kind")))
        self.statement = graft.of(
            "statement", ("id", Get("id")), ("relation", Get("relation")),
            ("negated", Get("negated")),
        )  # fmt: skip

    def first(self) -> Shape:
        """The first thing; for a swap with its users, and with those of its interfaces."""
        interface = self.entity
        if ("SwapInterface", "users") in self.wanted:
            users = self.rows(Expand(self.bound("needs", "requires"), "in"), ID)
            interface = Shape((*interface.fields, ("users", users)))
        told = self.thing(interface)
        if ("Swap", "users") in self.wanted:
            works = Expand(self.bound("supports", "needs", "requires"), "in")
            user = Shape((*self.entity.fields, *self.outward(self.entity)))
            told += (("users", self.rows(works, user)),)
        return Shape((*self.entity.fields, *told))

    def second(self) -> Shape:
        """The second thing; with all that is said of it, if it is asked what of it is on both."""
        told = self.thing(self.entity)
        if {("Swap", "between"), ("Compatibility", "between")} & self.wanted:
            ends = tuple((end, Ref(end, ID)) for end in ("subject", "object"))
            shape = Shape((*self.statement.fields, *ends))
            said = Select(Expand(self.every, "either", everything=True), "list", "statement", shape)
            told += (("said", Rows(said)),)
        return Shape((*self.entity.fields, *told))

    def thing(self, interface: Shape) -> Told:
        """What is said of a thing, and of which interfaces it consists in part."""
        parts = self.rows(Expand(self.bound("part"), "in"), interface)
        return (*self.outward(interface), ("parts", parts))

    def outward(self, node: Shape) -> Told:
        """What is said of a thing as the subject, and what of that holds by the day."""
        relations = self.bound("provides", "supports", "needs", "requires")
        out = Expand(relations, "out", ("ENDED", "NEGATED"))
        bare = Shape((("statement", Ref("statement", ID)),))
        holding = Select(Expand(relations, "out", ("NEGATED",)), "rows", "entity", bare)
        return ("out", self.rows(out, node)), ("holding", Rows(holding))

    def rows(self, source: Expand, node: Shape) -> Rows:
        """Each node of a source, with the statement that led to it."""
        told = Shape((("node", Ref("node", node)), ("statement", Ref("statement", self.statement))))
        return Rows(Select(source, "rows", "entity", told))
