"""What a picture shows, before anything has a place: nodes, edges, groups, sources."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """How a picture is laid out."""

    TREE = "tree"
    """Nested cards: groups and what stands in them."""
    AROUND = "around"
    """One thing in the middle, a card for each relation and direction."""
    LAYERS = "layers"
    """Boxes in layers, with a line for each statement."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as drawn; `note` stands beside its label, `strong` ones are what is asked about."""

    id: str
    kind: str
    label: str
    note: str = ""
    link: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement as drawn, from its subject to its object.

    `back`: the way of the answer leads from the object to the subject; `main`: it is on the first
    way; `sources` are titles of its evidence.
    """

    statement: str
    source: str
    target: str
    relation: str
    label: str
    sentence: str
    note: str = ""
    sources: tuple[str, ...] = ()
    negated: bool = False
    symmetric: bool = False
    back: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that stand in one card.

    `relation` and `outward` say by what and in which direction they stand beside the centre;
    `count` is how many there are in all, of which `more` are not among the nodes.
    """

    id: str
    label: str
    nodes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    relation: str = ""
    outward: bool = True
    negated: bool = False
    count: int = 0
    more: int = 0
    link: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Node -> what this card says of it, instead of the node's own note."""

    def every(self) -> Iterator[Group]:
        """The group and all within it."""
        yield self
        for inner in self.groups:
            yield from inner.every()


@dataclass(frozen=True, slots=True)
class Credit:
    """A source that what is drawn was read in."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a writer needs; `told` are sentences of what is drawn, `folded` nodes left out."""

    form: Form
    language: str
    title: str
    subtitle: str
    name: str
    question: str
    variables: Mapping[str, object]
    version: str
    foot: str
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()
    centre: str = ""
    credits: tuple[Credit, ...] = ()
    relations: Mapping[str, str] = field(default_factory=dict)
    """Relation -> its label, in the order of the ontology: of those that are drawn."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Kind -> its label, in the order of the ontology: of those that are drawn."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Relation -> its place in the ontology, by which its line is told from others."""
    told: tuple[str, ...] = ()
    badges: Mapping[str, int] = field(default_factory=dict)
    """Node -> how many nodes are folded into it."""

    def more_of(self, node: str) -> int:
        """How many nodes are folded into a node."""
        return self.badges.get(node, 0)


def clean(text: str) -> str:
    """A text on one line without anything that no reader sees: controls, overrides of direction."""
    kept = (" " if c.isspace() else c for c in text)
    return " ".join("".join(c for c in kept if c == " " or _is_seen(c)).split())


def _is_seen(character: str) -> bool:
    # The joiners are part of how some scripts and signs are written.
    return character in "\u200c\u200d" or not unicodedata.category(character).startswith("C")
