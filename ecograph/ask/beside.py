"""What lies beside a question that the data says nothing about: relations near the one asked for.

Who stewards a thing, where no owner is recorded; what it was renamed to, where nothing succeeds it.
Nothing of it answers the question; it is told as what it is, a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ecograph.ask.readings import Life, Listing, Meaning, Related, Restriction, Verdict
from ecograph.ask.verbs import ends_of, inverse_of, is_of_the_past
from ecograph.model.ontology import Ontology


def beside(ontology: Ontology, meaning: Meaning) -> Iterator[Meaning]:
    """The questions near one that has no answer, the nearest first."""
    match meaning:
        case Listing(of, (Related(field, thing, False),), None):
            for near in _near(ontology, field):
                kinds, others = ends_of(ontology, near)
                if thing.kind in others and (of.kind is None or of.kind in kinds):
                    asked = Related(near, thing)
                    yield replace(meaning, conditions=(asked,), count=False)
            if ontology.sides[field][0] == "renameOf" and "renamed" in ontology.events:
                yield Life(thing, "renamed")
        case Verdict(subject, field, object_):
            for near in _near(ontology, field):
                kinds, others = ends_of(ontology, near)
                if subject.kind in kinds and object_.kind in others:
                    yield replace(meaning, field=near)
            for own, one in ((field, subject), (inverse_of(ontology, field), object_)):
                if ontology.sides[own][1] == "out" and _leads_to_owners(ontology, own):
                    for near in (own, *_near(ontology, own)):
                        if one.kind in ends_of(ontology, near)[0]:
                            end = Related(inverse_of(ontology, near), one)
                            yield Listing(Restriction(), (end,))


def _near(ontology: Ontology, field: str) -> Iterator[str]:
    """The fields of other relations that say much the same, seen from the same side."""
    name, side = ontology.sides[field]
    for other, relation in ontology.relations.items():
        if other == name:
            continue
        served = {ontology.relations[name].bond, relation.bond} <= {"provides", "supports"}
        owners = _leads_to_owners(ontology, name) and _leads_to_owners(ontology, other)
        past = is_of_the_past(ontology, name) and is_of_the_past(ontology, other)
        # What was taken in, was no form of what took it in.
        past = past and not (other == "mergeOf" and side == "in")
        if served or owners or past:
            yield relation.inverse if side == "in" else other


def _leads_to_owners(ontology: Ontology, field: str) -> bool:
    """Whether a relation says who made a thing, holds it or takes care of it."""
    return ontology.relations[ontology.sides[field][0]].range == ("Organization",)
