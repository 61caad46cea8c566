"""The input types: filters over texts, ids, enumerations, relations and entities, and orders.

May import: model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ecograph.api.descriptions import described, title_side
from ecograph.api.types import Input, InputType
from ecograph.model.ontology import WORKED_OUT, Attribute, Ontology, Relation

_FILTER_OF_TYPE = {
    "text": "TextFilter",
    "url": "TextFilter",
    "license": "TextFilter",
    "integer": "IntFilter",
    "date": "DateFilter",
    "boolean": "BooleanFilter",
}


def sides_of(ontology: Ontology, kind: str | None) -> dict[str, tuple[Relation, str]]:
    """Field -> its relation and the type at its other end; of a kind, or all without one.

    The type is that of the one kind that can stand there, else `Entity`.
    """
    sides: dict[str, tuple[Relation, str]] = {}
    for name, relation in ontology.relations.items():
        if kind is None or kind in relation.domain:
            sides[name] = relation, _one_or_entity(relation.range)
        # A symmetric relation reads the same from both sides, so it has one field.
        if not relation.symmetric and (kind is None or kind in relation.range):
            sides[relation.inverse] = relation, _one_or_entity(relation.domain)
    return sides


def _one_or_entity(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(set(kinds)) == 1 else "Entity"


def input_types(ontology: Ontology) -> list[InputType]:
    """Every filter and order."""
    return [
        *_value_filters(),
        *(
            _value_filter(name, f"a value of {name}", _equal(name))
            for name in ("Kind", *ontology.enumerations)
        ),
        _entity_filter(
            "Entity",
            "Conditions on entities of any kind",
            (Input("kind", "KindFilter", "Its kind."),),
            ontology.askable,
            sides_of(ontology, None),
        ),
        _relation_filter("Entity"),
        *_kind_filters(ontology),
        _order("Entity", "An order of entities."),
        _order("Relation", "An order of a relation's other ends."),
    ]


def _kind_filters(ontology: Ontology) -> Iterable[InputType]:
    for kind, part in ontology.kinds.items():
        about = f"Conditions on entities of the kind {part.label.en} ({part.label.zh})"
        yield _entity_filter(
            kind,
            about,
            (),
            {**ontology.attributes_of(kind), **WORKED_OUT},
            sides_of(ontology, kind),
        )
        yield _relation_filter(kind)


def _equal(of_type: str, exactly: str = "") -> tuple[Input, ...]:
    return (
        Input("eq", of_type, f"It is this{exactly}."),
        Input("ne", of_type, "It is not this, or there is none."),
        Input("in", f"[{of_type}!]", "It is one of these."),
        Input("notIn", f"[{of_type}!]", "It is none of these, or there is none."),
    )


def _ordered(of_type: str, before: str, after: str) -> tuple[Input, ...]:
    return (
        Input("lt", of_type, f"It comes {before}."),
        Input("lte", of_type, f"It is this, or comes {before}."),
        Input("gt", of_type, f"It comes {after}."),
        Input("gte", of_type, f"It is this, or comes {after}."),
    )


_PARTS = (
    Input("contains", "String", "It holds this, capitals and small letters alike."),
    Input("startsWith", "String", "It begins with this, capitals and small letters alike."),
)
EXACTLY = ", capitals and all; contains and startsWith take either"
_IS_NULL = Input("isNull", "Boolean", "true: there is none; false: there is one.")
_SIBLINGS = "All conditions that are given must hold"


def _value_filters() -> Iterable[InputType]:
    names = "before this in the order NAME", "after this in the order NAME"
    ids = "before this, by code points", "after this, by code points"
    dates = "before this, by their earliest days", "after this, by their earliest days"
    return (
        _value_filter(
            "String", "a name", _equal("String", EXACTLY), _ordered("String", *names), _PARTS
        ),
        _value_filter("ID", "an id", _equal("ID"), _ordered("ID", *ids), _PARTS),
        _value_filter("Text", "a text", _equal("String", EXACTLY), _PARTS),
        _value_filter(
            "Int", "a number", _equal("Int"), _ordered("Int", "before this", "after this")
        ),
        _value_filter("Date", "a date", _equal("PartialDate"), _ordered("PartialDate", *dates)),
        _value_filter("Boolean", "yes or no", _equal("Boolean")[:2]),
    )


def _value_filter(name: str, about: str, *operators: tuple[Input, ...]) -> InputType:
    return InputType(
        f"{name}Filter",
        f"Conditions on {about}. {_SIBLINGS}.",
        (*(operator for group in operators for operator in group), _IS_NULL),
    )


def _relation_filter(target: str) -> InputType:
    return InputType(
        f"{target}RelationFilter",
        f"Conditions on the other ends of a relation, each of the type {target}. {_SIBLINGS}.",
        (
            Input("some", f"{target}Filter", "At least one of them fits."),
            Input("every", f"{target}Filter", "All of them fit; so it is where there is none."),
            Input("none", f"{target}Filter", "Not one of them fits."),
        ),
    )


def _entity_filter(
    name: str,
    about: str,
    extra: tuple[Input, ...],
    attributes: Mapping[str, Attribute],
    sides: Mapping[str, tuple[Relation, str]],
) -> InputType:
    this = f"{name}Filter"
    return InputType(
        this,
        f"{about}. {_SIBLINGS}. A comparison with a missing value is false, and not, ne, notIn and "
        "none are the plain opposites of their conditions.",
        (
            Input("and", f"[{this}!]", "All of these hold."),
            Input("or", f"[{this}!]", "At least one of these holds."),
            Input("not", this, "This does not hold."),
            Input(
                "id", "IDFilter", "Its permanent id; eq, ne, in and notIn take a former one too."
            ),
            *extra,
            Input(
                "name",
                "StringFilter",
                "Its English label as it is written, and no alias, Chinese label or id: those are "
                "found by search, which gives the id.",
            ),
            *(
                Input(field, _FILTER_OF_TYPE.get(part.type, f"{part.type}Filter"), described(part))
                for field, part in attributes.items()
            ),
            *(
                Input(field, f"{target}RelationFilter", f"{title_side(field, relation)}.")
                for field, (relation, target) in sides.items()
            ),
        ),
    )


def _order(name: str, about: str) -> InputType:
    return InputType(
        f"{name}Order",
        f"{about} Ties go on to the next, and at last by id.",
        (
            Input("field", f"{name}OrderField!", "What to order by."),
            Input("order", "Order!", "Which way.", "ASC"),
        ),
    )
