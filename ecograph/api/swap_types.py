"""The types of what a swap changes, and of what two things have in common. May import: model."""

from __future__ import annotations

from ecograph.api.types import EnumType, Field, Input, ObjectType

MOST_USERS = 1000

SWAP_ENUMERATIONS = (
    EnumType(
        "InterfaceOutcome",
        "What becomes of an interface when one thing takes the place of another.",
        (
            ("KEPT", "Both have it on the same side: they provide it, or they work over it."),
            ("LOST", "The first has it; of the second it is recorded that it has not, or no more."),
            ("GAINED", "The second has it; of the first it is recorded that it has not, or no "
                       "more."),
            ("MAYBE_LOST", "The first has it; whether the second has is not recorded."),
            ("OTHER_SIDE", "One provides it; of the other it is only recorded that it works over "
                           "it. Whether the second does what the first does is not recorded."),
            ("MAYBE_GAINED", "The second has it; whether the first has is not recorded."),
        ),
    ),
    EnumType(
        "UserOutcome",
        "What becomes of a user of the first when the second takes its place.",
        (
            ("BREAKS", "It is recorded that it does not work with the second, or that it does not "
                       "work without the first, or that it adapts the first; or all interfaces "
                       "between the two are lost."),
            ("NOT_RECORDED", "Nothing recorded says whether it goes on."),
            ("BY_INTERFACE", "An interface that it needs of the first, or offers it without "
                             "needing it, is one that the second has too, and none between them "
                             "is the first's own: so it may go on through that interface. It is "
                             "not recorded that it does."),
            ("GOES_ON", "It is recorded that it works with the second."),
        ),
    ),
    EnumType(
        "Fit",
        "How two things stand to an interface, or to each other.",
        (
            ("DIRECT", "It is recorded that one works with the other."),
            ("MEET", "One provides an interface that the other works over."),
            ("ADAPTED", "Something adapts one to an interface that the other works over."),
            ("ALIKE", "Both stand on the same side of an interface: what works with one of them "
                      "through it may work with the other."),
            ("LACKED", "They would meet in an interface, but of one of them it is recorded that it "
                       "has it not, or no more."),
            ("NOT_RECORDED", "Nothing recorded says so; that is no denial."),
        ),
    ),
)  # fmt: skip

_INTERFACE = Field(
    "interface",
    "Entity!",
    "A specification or a format; or a project with a conformance programme.",
)
_BETWEEN = Field(
    "between", "[Statement!]!", "All that is said of the one and the other, whatever it says."
)

SWAP_TYPES = (
    ObjectType(
        "Swap",
        "What changes when one thing takes the place of another, as far as statements say it.",
        (
            Field("from", "Entity!", "The thing that is replaced."),
            Field("to", "Entity!", "The thing that takes its place."),
            _BETWEEN,
            Field("interfaces", "[SwapInterface!]!", "The interfaces of either, by outcome, id."),
            Field(
                "users",
                "[SwapUser!]!",
                "Who works with the first, by outcome, then id; what breaks comes first.",
                (Input("first", "Int", f"How many: all unless said, at most {MOST_USERS}."),),
            ),
            Field("userCount", "Int!", "How many users there are in all."),
        ),
    ),
    ObjectType(
        "SwapInterface",
        "One interface, and what is recorded of either thing and it.",
        (
            Field("outcome", "InterfaceOutcome!", "What becomes of it."),
            _INTERFACE,
            Field("from", "[Statement!]!", "What is said of the first and it, denials too."),
            Field("to", "[Statement!]!", "What is said of the second and it, denials too."),
            Field(
                "users",
                "[Statement!]!",
                "If the first provides it, who needs it, whoever provides it.",
            ),
        ),
    ),
    ObjectType(
        "SwapUser",
        "One thing that works with the first, and what is recorded of it and the second.",
        (
            Field("outcome", "UserOutcome!", "What becomes of it."),
            Field("user", "Entity!", "The thing."),
            Field("from", "[Statement!]!", "That it works with the first."),
            Field("to", "[Statement!]!", "What is said of it and the second, denials too."),
            Field(
                "through",
                "[SwapLink!]!",
                "The interfaces that one of it and the first provides and the other needs.",
            ),
        ),
    ),
    ObjectType(
        "SwapLink",
        "An interface between a user and the first.",
        (
            Field("outcome", "InterfaceOutcome!", "What becomes of the interface."),
            _INTERFACE,
            Field("user", "[Statement!]!", "What is said of the user and it."),
            Field("from", "[Statement!]!", "What is said of the first and it."),
            Field("to", "[Statement!]!", "What is said of the second and it, denials too."),
        ),
    ),
    ObjectType(
        "Compatibility",
        "What two things have in common, as far as statements say it.",
        (
            Field("fit", "Fit!", "How the two stand to each other, at the closest."),
            Field("a", "Entity!", "The one."),
            Field("b", "Entity!", "The other."),
            _BETWEEN,
            Field("shared", "[SharedInterface!]!", "The interfaces that both have, by fit, id."),
            Field(
                "lacking",
                "[SharedInterface!]!",
                "The interfaces in which they would meet, were it not recorded that one has it "
                "not, or no more; by id, with denials and what has ended.",
            ),
            Field(
                "adapters",
                "[Adapter!]!",
                "What adapts one to an interface that the other works over; what holds no more "
                "comes last.",
            ),
        ),
    ),
    ObjectType(
        "SharedInterface",
        "An interface that two things have. The relation of a statement is the role of its "
        "subject, and its strength says how well that is backed.",
        (
            Field(
                "fit",
                "Fit!",
                "Whether they meet in it, stand on the same side of it, or one has it not.",
            ),
            _INTERFACE,
            Field("a", "[Statement!]!", "What the one has to do with it."),
            Field("b", "[Statement!]!", "What the other has to do with it."),
        ),
    ),
    ObjectType(
        "Adapter",
        "One thing that adapts one of two to an interface that the other works over, or did.",
        (
            Field("holds", "Boolean!", "Whether it does so; if not, it did, and does no more."),
            Field("adapter", "Entity!", "The thing between the two."),
            Field("adapted", "Entity!", "The one of the two that it adapts."),
            _INTERFACE,
            Field("adapts", "[Statement!]!", "That it adapts it, with what has ended."),
            Field("provides", "[Statement!]!", "That it provides the interface; likewise."),
            Field("needs", "[Statement!]!", "What the other has to do with the interface."),
        ),
    ),
)

LEADS = {
    "Adapter": {
        "adapter": "entity", "adapted": "entity", "interface": "entity", "adapts": "statement",
        "provides": "statement", "needs": "statement",
    },
    "Swap": {
        "from": "entity", "to": "entity", "between": "statement", "interfaces": "SwapInterface",
        "users": "SwapUser",
    },
    "SwapInterface": {
        "interface": "entity", "from": "statement", "to": "statement", "users": "statement",
    },
    "SwapUser": {
        "user": "entity", "from": "statement", "to": "statement", "through": "SwapLink",
    },
    "SwapLink": {
        "interface": "entity", "user": "statement", "from": "statement", "to": "statement",
    },
    "Compatibility": {
        "a": "entity", "b": "entity", "between": "statement", "shared": "SharedInterface",
        "lacking": "SharedInterface", "adapters": "Adapter",
    },
    "SharedInterface": {"interface": "entity", "a": "statement", "b": "statement"},
}  # fmt: skip
"""Type -> field -> what the field leads to: an entity, a statement, or such a type."""
