"""The enumerations of the API: those of every ontology's questions, and the ontology's own.

May import: model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ecograph.api.descriptions import describe_relation, describe_values, described
from ecograph.api.types import EnumType
from ecograph.model.ontology import Described, Ontology, screaming

_ID = ("ID", "By id.")
_NAME = ("NAME", "By the English label, capitals and small letters alike.")
_BEGAN = ("BEGAN", "By the day on which the entity began; those without a date come last.")
_IMPORTANCE = (
    "IMPORTANCE",
    "By importance, the number that importance tells; those without one come last.",
)

_SINCE = ("SINCE", "By the day since which the statement holds; those without a date come last.")
_STRENGTH = (
    (
        "STRENGTH",
        "By how strongly the statement is backed, in the order of the values of Strength; those "
        "that do not say so come last.",
    ),
)

_FIXED = (
    EnumType(
        "Language",
        "A language of labels and descriptions.",
        (("EN", "English (英文)."), ("ZH", "Chinese, simplified (简体中文).")),
    ),
    EnumType(
        "TextForm",
        "A form of a text.",
        (
            ("PLAIN", "Plain text."),
            ("MARKDOWN", "Markdown, by CommonMark."),
            ("HTML", "A piece of HTML: paragraphs and a list."),
        ),
    ),
    EnumType(
        "Order",
        "A direction of an order.",
        (("ASC", "The smallest first."), ("DESC", "The largest first.")),
    ),
    EnumType(
        "EntityOrderField", "What entities are ordered by.", (_ID, _NAME, _BEGAN, _IMPORTANCE)
    ),
    EnumType(
        "Side",
        "The side of a statement on which an entity stands.",
        (
            ("SUBJECT", "Statements of which it is the subject."),
            ("OBJECT", "Statements of which it is the object."),
            ("EITHER", "Statements on either side of which it stands."),
        ),
    ),
    EnumType(
        "Direction",
        "The way in which a path walks statements.",
        (
            ("FORWARD", "From subject to object."),
            ("BACKWARD", "From object to subject."),
            ("EITHER", "Either way."),
        ),
    ),
    EnumType(
        "Include",
        "Statements that a relation's field leaves out unless asked for.",
        (
            ("NEGATED", "Statements that a source denies."),
            ("ENDED", "Statements that held once and do not hold at the day of the question."),
        ),
    ),
    EnumType(
        "Verdict",
        "What the dataset has to say of a claim.",
        (
            ("KNOWN", "A statement says so."),
            ("DENIED", "A statement says that it is not so."),
            ("DISPUTED", "One statement says so, and another that it is not so."),
            (
                "UNKNOWN",
                "No statement that holds speaks of it, though ended ones may; that is no denial.",
            ),
        ),
    ),
    EnumType(
        "Outcome",
        "What became of a plain question.",
        (
            ("CLEAR", "It has one reading."),
            ("SEVERAL", "It has several, and all are answered."),
            ("REFUSED", "It has none; the sentence says why."),
        ),
    ),
    EnumType(
        "ChangeKind",
        "What kind of change something is.",
        (
            ("EVENT", "Something happened to an entity."),
            ("BEGAN", "A statement began to hold."),
            ("ENDED", "A statement held no more."),
        ),
    ),
    EnumType(
        "MatchedField",
        "Where a search found its text.",
        (
            ("LABEL", "In a label."),
            ("ALIAS", "In an alias: a former name, another spelling, a repository."),
            ("ID", "In the id, or in a former id."),
        ),
    ),
)


def enumerations(ontology: Ontology, *, categories: bool) -> list[EnumType]:
    """Every enumeration; `categories`: entities can be counted by category."""
    facets = [(screaming(name), part) for name, part in ontology.askable.items() if part.facet]
    by_category = [("CATEGORY", "By the categories in which they are classified.")]
    return [
        *_FIXED,
        EnumType(
            "RelationOrderField",
            "What the other ends of a relation are ordered by.",
            (
                _ID,
                _NAME,
                _BEGAN,
                _IMPORTANCE,
                *(_STRENGTH if "strength" in ontology.qualifiers else ()),
                _SINCE,
            ),
        ),
        EnumType("Kind", "A kind of entity.", _values(ontology.kinds)),
        EnumType(
            "Relation",
            "A relation between two entities.",
            tuple((screaming(n), describe_relation(n, r)) for n, r in ontology.relations.items()),
        ),
        EnumType("EventKind", "Something that can happen to an entity.", _values(ontology.events)),
        EnumType(
            "FacetField",
            "What entities are counted by.",
            (
                ("KIND", "By kind."),
                *(by_category if categories else ()),
                *((value, f"By {part.label.en} ({part.label.zh}).") for value, part in facets),
            ),
        ),
        *_own_enumerations(ontology),
    ]


def _values(parts: Mapping[str, Described]) -> tuple[tuple[str, str], ...]:
    return tuple((screaming(name), described(part)) for name, part in parts.items())


def _own_enumerations(ontology: Ontology) -> Iterable[EnumType]:
    for name, values in ontology.enumerations.items():
        about = describe_values(ontology, name)
        yield EnumType(name, about, tuple((v, described(part)) for v, part in values.items()))
