"""Entities and statements: the interfaces, one type a kind, the connections of its relations.

May import: model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ecograph.api.answers import EVIDENCE
from ecograph.api.connections import CURSOR, connection
from ecograph.api.descriptions import (
    BOTH_LANG,
    BOTH_WAYS,
    LANG,
    describe_side,
    described,
    title_side,
    titled,
)
from ecograph.api.filters import sides_of
from ecograph.api.types import Field, Input, ObjectType
from ecograph.model.ontology import Attribute, Ontology, Qualifier, Relation

_TYPE_OF_VALUE = {
    "text": "String",
    "url": "String",
    "license": "String",
    "date": "PartialDate",
    "integer": "Int",
    "boolean": "Boolean",
}

_ID = Field("id", "ID!", "Its permanent id.")
_NODE = ObjectType("Node", "Something with an id that node finds again.", (_ID,), abstract=True)

WHERE_ENTITY = Input("where", "EntityFilter", "Only those that fit.")
ORDER_ENTITIES = Input("orderBy", "[EntityOrder!]", "By id unless said.")

_STATEMENT_ABOUT = (
    Field("since", "PartialDate", "Since when it holds; null if that is not known."),
    Field("until", "PartialDate", "The first day on which it held no more; null if none is known."),
    Field("negated", "Boolean!", "Whether it is a denial: its source says that it is not so."),
    Field("disputed", "Boolean!", "Whether another statement that holds says the opposite."),
)


def has_taxonomy(ontology: Ontology) -> bool:
    """Whether entities can be classified in categories, and categories under each other."""
    return "Category" in ontology.kinds and {"classifiedIn", "broader"} <= ontology.relations.keys()


def entity_types(ontology: Ontology) -> Iterable[ObjectType]:
    """Node, Entity, every kind, every relation's connections, and statements."""
    shared = _entity_fields(ontology)
    yield _NODE
    yield ObjectType(
        "Entity", "A thing of the ecosystem, of whatever kind.", shared, ("Node",), abstract=True
    )
    for name, kind in ontology.kinds.items():
        attributes = ontology.attributes_of(name).items()
        own = _values({n: a for n, a in attributes if a.kinds is not None})
        sides = (_side_field(*side) for side in sides_of(ontology, name).items())
        category = _CATEGORY if name == "Category" and has_taxonomy(ontology) else ()
        fields = (*shared, *own, *sides, *category)
        yield ObjectType(name, described(kind), fields, ("Node", "Entity"))
        if kind.many:
            about = f"Entities of the kind {titled(kind.label)}, page by page."
            yield from connection(name, name, about)
    yield from connection("Entity", "Entity", "Entities of any kind, page by page.")
    yield from _statement_types(ontology)
    if has_taxonomy(ontology):
        yield _TREE_NODE


def _values(parts: Mapping[str, Attribute | Qualifier]) -> tuple[Field, ...]:
    return tuple(
        Field(name, _TYPE_OF_VALUE.get(part.type, part.type), described(part))
        for name, part in parts.items()
    )


def _entity_fields(ontology: Ontology) -> tuple[Field, ...]:
    relations = Input("relations", "[Relation!]", "Only statements of these relations.")
    side = Input("side", "Side!", "On which side of the statements it stands.", "EITHER")
    negated = Input("negated", "Boolean", "True: only what is denied; false: only what is not.")
    begun = Input(
        "begun", "Boolean", "True: without what begins after the day that is asked about."
    )
    return (
        _ID,
        Field("kind", "Kind!", "Its kind."),
        Field("name", "String!", "Its English label."),
        Field("label", "String", "Its label.", (LANG,)),
        Field("description", "String", "What it is, in a sentence or two.", (LANG,)),
        Field("aliases", "[String!]!", "Other names: former ones, spellings, repositories."),
        Field("formerIds", "[ID!]!", "Ids that it had before; they find it for ever."),
        *_values({n: a for n, a in ontology.askable.items() if a.kinds is None}),
        Field("history", "[Event!]!", "What happened to it, in the order of the dates."),
        EVIDENCE,
        Field(
            "statements",
            "StatementConnection!",
            "All that is said of it, denied and ended statements too.",
            (side, relations, negated, begun, *BOTH_WAYS),
        ),
    )


def _side_field(name: str, side: tuple[Relation, str]) -> Field:
    relation, target = side
    return Field(
        name,
        f"{_prefix(name)}Connection!",
        describe_side(name, relation),
        (
            Input("where", f"{target}Filter", "Only those that fit."),
            Input("orderBy", "[RelationOrder!]", "By id unless said."),
            Input("include", "[Include!]", "Also denied or ended statements."),
            *BOTH_WAYS,
        ),
    )


def _prefix(side: str) -> str:
    return side[0].upper() + side[1:]


def _statement_types(ontology: Ontology) -> Iterable[ObjectType]:
    said = (*_STATEMENT_ABOUT, *_values(ontology.qualifiers), EVIDENCE)
    yield ObjectType(
        "Statement",
        "Subject, relation, object: what a source says, with a period and who says so.",
        (
            Field("id", "ID!", "Its permanent id: subject~relation~object."),
            Field("relation", "Relation!", "The relation."),
            Field("subject", "Entity!", "Of what it is said."),
            Field("object", "Entity!", "What is said of the subject."),
            Field("sentence", "String!", "The statement in words.", (BOTH_LANG,)),
            *said,
        ),
    )
    yield from connection("Statement", "Statement", "Statements, page by page.")
    statement = Field("statement", "Statement!", "The statement that makes this edge.")
    yield ObjectType(
        "RelationEdge",
        "One statement of a relation, seen from one end: the other end, and what is said of it.",
        (CURSOR, _end("Entity"), *said, statement),
        abstract=True,
    )
    for name, (relation, target) in sides_of(ontology, None).items():
        edge = ObjectType(
            f"{_prefix(name)}Edge",
            f"One statement of {name}. {title_side(name, relation)}.",
            (CURSOR, _end(target), *said, statement),
            ("RelationEdge",),
        )
        yield from connection(_prefix(name), target, f"Statements of {name}, page by page.", edge)


def _end(target: str) -> Field:
    return Field("node", f"{target}!", "The entity at the other end.")


def facets_field(*args: Input) -> Field:
    """`facets`, with the arguments that say over what it counts."""
    by = Input("by", "[FacetField!]!", "What to count by; one answer for each.")
    return Field("facets", "[Facet!]!", "How many entities have which value.", (by, *args))


def _recursive(default: bool) -> Input:
    return Input("recursive", "Boolean!", "Whether subcategories count, at any depth.", default)


_CATEGORY = (
    Field("ancestors", "[Category!]!", "The categories above it, the root first, without itself."),
    Field("children", "[Category!]!", "The categories directly below, in the taxonomy's order."),
    Field(
        "members",
        "EntityConnection!",
        "What is classified in it, other than categories; a group counts, its parts do not.",
        (_recursive(False), WHERE_ENTITY, ORDER_ENTITIES, *BOTH_WAYS),
    ),
    Field("memberCount", "Int!", "How many distinct members it has.", (_recursive(False),)),
    Field(
        "tree",
        "[CategoryTreeNode!]!",
        "The categories below it and itself, each after the one above it.",
        (Input("depth", "Int!", "How many levels below it to go.", 3),),
    ),
    facets_field(_recursive(True)),
)

_TREE_NODE = ObjectType(
    "CategoryTreeNode",
    "A category's place in a tree.",
    (
        Field("depth", "Int!", "How many levels it is below the top of the tree, which is 0."),
        Field("category", "Category!", "The category."),
    ),
)
