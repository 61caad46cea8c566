"""Swap and compatibility: the plan that tells what is needed, and the answer out of its rows.

Derived from statements alone, each line with those that it is derived from. Where nothing is
recorded, that is said: a missing statement denies nothing. May import: plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson
from graphql import FieldNode, GraphQLField, get_named_type

from ecograph.api.bonds import TIED, WORKS
from ecograph.api.composed import Composed, Graft, Place, Told
from ecograph.api.exchange import find_common, find_swap
from ecograph.api.swap_types import LEADS
from ecograph.model.ontology import Bond, screaming
from ecograph.plan.encode import scalar
from ecograph.plan.steps import (
    Compare,
    Expand,
    Get,
    Or,
    Param,
    Predicate,
    Ref,
    Root,
    Rows,
    Seek,
    Select,
    Shape,
)

if TYPE_CHECKING:
    from ecograph.api.ask import Ask

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
    things = _Things(make, graft, ends)
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

    def __init__(self, make: Ask, graft: Graft, ends: Sequence[Param]) -> None:
        self.graft = graft
        self.bound = make.ontology.bound_by
        self.every = tuple(make.ontology.relations)
        kinds = sorted(map(screaming, make.ontology.interface_kinds))
        of_kind = Compare("kind", "in", make.param(lambda _: kinds))
        self.counts = Or((of_kind, *(Compare("id", "in", end) for end in ends)))

    def first(self) -> Shape:
        """The first thing; for a swap with its users, and with those of its interfaces."""
        asked = self.graft.asked
        of_interface: Told = ()
        if ("SwapInterface", "users") in asked:
            said = self.statement(("SwapInterface", "users"))
            of_interface = (("users", self.rows(self.works("needs", *TIED), ID, said)),)
        told = self.thing(
            self.statement(
                ("SwapInterface", "from"),
                ("SwapLink", "from"),
                ("SharedInterface", "a"),
                ("Adapter", "needs"),
            ),
            of_interface,
        )
        if not asked.keys().isdisjoint((("Swap", "users"), ("Swap", "userCount"))):
            link = self.entity(("SwapLink", "interface"))
            of_user = self.statement(("SwapUser", "from"), ("SwapUser", "to"), ("SwapLink", "user"))
            user = self.entity(("SwapUser", "user"))
            user = Shape((*user.fields, *self.outward(link, of_user)))
            works = self.works(*WORKS)
            told += (("users", self.rows(works, user, self.statement())),)
        places = ("Swap", "from"), ("Compatibility", "a"), ("Adapter", "adapted")
        return Shape((*self.entity(*places).fields, *told))

    def second(self) -> Shape:
        """The second thing; with all that is said of it, if it is asked what of it is on both."""
        told = self.thing(
            self.statement(
                ("SwapInterface", "to"),
                ("SwapLink", "to"),
                ("SharedInterface", "b"),
                ("Adapter", "needs"),
            )
        )
        between = ("Swap", "between"), ("Compatibility", "between")
        if not self.graft.asked.keys().isdisjoint(between):
            ends = tuple((end, Ref(end, ID)) for end in ("subject", "object"))
            shape = Shape((*self.statement(*between).fields, *ends))
            said = Select(Expand(self.every, "either", everything=True), "list", "statement", shape)
            told += (("said", Rows(said)),)
        places = ("Swap", "to"), ("Compatibility", "b"), ("Adapter", "adapted")
        return Shape((*self.entity(*places).fields, *told))

    def thing(self, said: Shape, of_interface: Told = ()) -> Told:
        """What is said of a thing, of which interfaces it consists in part; and what adapts it."""
        node = self.entity(("SwapInterface", "interface"), ("SharedInterface", "interface"))
        node = Shape((*node.fields, *of_interface))
        parts = self.rows(Expand(self.bound("part"), "in"), node, said, self.counts)
        told = (*self.outward(node, said), ("parts", parts))
        if self.graft.record == "Compatibility":
            said = self.statement(("Adapter", "adapts"), ("Adapter", "provides"))
            adapter = self.entity(("Adapter", "adapter"))
            link = self.entity(("Adapter", "interface"))
            adapter = Shape((*adapter.fields, *self.outward(link, said)))
            adapts = Expand(self.bound("adapts"), "in", ("ENDED",))
            told += (("adapters", self.rows(adapts, adapter, ID)),)
        return told

    def outward(self, node: Shape, said: Shape) -> Told:
        """What is said of a thing and interfaces, or the other thing; and what holds by the day."""
        provides, others = self.bound("provides"), self.bound(*WORKS)
        every = ("ENDED", "NEGATED")
        bare = Shape((("statement", Ref("statement", ID)),))
        holding = Select(Expand((*provides, *others), "out", ("NEGATED",)), "rows", "entity", bare)
        return (
            ("provided", self.rows(Expand(provides, "out", every), node, said)),
            ("bound", self.rows(Expand(others, "out", every), node, said, self.counts)),
            ("holding", Rows(holding)),
        )

    def works(self, *bonds: Bond) -> Expand:
        """What stands in these bonds to a thing."""
        return Expand(self.bound(*bonds), "in")

    def entity(self, *places: Place) -> Shape:
        """What is told of an entity that may come into these places."""
        return self.graft.of("entity", (("id", Get("id")), ("kind", Get("kind"))), *places)

    def statement(self, *places: Place) -> Shape:
        """What is told of a statement that may come into these places."""
        needed = tuple((name, Get(name)) for name in ("id", "relation", "negated"))
        return self.graft.of("statement", needed, *places)

    def rows(
        self, source: Expand, node: Shape, said: Shape, where: Predicate | None = None
    ) -> Rows:
        """Each node of a source, with the statement that led to it."""
        told = Shape((("node", Ref("node", node)), ("statement", Ref("statement", said))))
        return Rows(Select(source, "rows", "entity", told, where))
