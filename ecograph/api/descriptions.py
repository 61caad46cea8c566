"""What the schema says of the ontology's parts, and the arguments that many fields share.

The words come from the ontology, in English with the Chinese label in parentheses.
May import: model.
"""

from __future__ import annotations

from ecograph.api.types import Input
from ecograph.model.ontology import Described, Ontology, Relation, Texts

LANG = Input("lang", "Language!", "The language; null if it is not there.", "EN")
"""For texts that may be missing in a language."""

BOTH_LANG = Input("lang", "Language!", "The language.", "EN")
"""For texts that are there in both languages."""

FORM = Input(
    "form", "TextForm!", "How it is written; no text of the data is taken for markup.", "PLAIN"
)

AS_OF = Input(
    "asOf",
    "Date",
    "The day for which to answer, for all that is below this field; the dataset's own day unless "
    "said. Statements hold and events have happened as of that day. A thing itself is told of on "
    "every day, as many beginnings are not known. A day after the dataset's own is answered from "
    "what the dataset knows.",
)

FORWARD = (
    Input("first", "Int", "How many: 25 unless said, at most 100."),
    Input("after", "String", "Only what comes after it."),
)
"""The arguments of a list that is read from its beginning alone."""

BOTH_WAYS = (
    *FORWARD,
    Input("last", "Int", "How many from the end, instead of first."),
    Input("before", "String", "Only what comes before it."),
)
"""The arguments of a list that is read from either end."""

NAME_RULE = (
    "an id, a label or an alias, in English or Chinese; capitals, spaces and punctuation do not "
    "matter"
)


def name_input(name: str, about: str) -> Input:
    """A required argument that takes an entity's name."""
    return Input(name, "String!", f"{about}: {NAME_RULE}.")


def titled(label: Texts) -> str:
    """`Homepage (主页)`: a label that begins a sentence, with the Chinese one."""
    return f"{label.en[:1].upper()}{label.en[1:]} ({label.zh})"


def described(part: Described) -> str:
    """`Homepage (主页). The address at which its makers present it.`"""
    return f"{titled(part.label)}. {part.description.en}"


def describe_values(ontology: Ontology, enumeration: str) -> str:
    """What the values of an enumeration are said of."""
    for parts in (ontology.attributes, ontology.qualifiers):
        for name, part in parts.items():
            if part.type == enumeration:
                return f"The values of {name}. {described(part)}"
    return f"The enumeration {enumeration} of the ontology."


def is_inverse(name: str, relation: Relation) -> bool:
    """Whether a relation's field of this name is the one on the object's side."""
    return name == relation.inverse and not relation.symmetric


def title_side(name: str, relation: Relation) -> str:
    """`Implemented by (被实现)`: the label of a relation's field."""
    return titled(relation.inverse_label if is_inverse(name, relation) else relation.label)


def describe_side(name: str, relation: Relation) -> str:
    """What a relation's field is, on the subject's side or on the object's."""
    subject, object_ = ("…", "this") if is_inverse(name, relation) else ("this", "…")
    sentence = relation.sentence.en.replace("{subject}", subject).replace("{object}", object_)
    return f"{title_side(name, relation)}: “{sentence}”. {relation.description.en}"


def describe_relation(name: str, relation: Relation) -> str:
    """What a relation is, as a value of the enumeration Relation."""
    fields = f"the field {name}"
    if not relation.symmetric:
        fields += f", or {relation.inverse} from the object's side"
    hub = " Path searches leave it out unless it is named." if relation.hub else ""
    return f"{described(relation)} It is {fields}.{hub}"
