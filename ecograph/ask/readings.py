"""What a question can mean, as values; no language and no GraphQL in them."""

from __future__ import annotations

from dataclasses import dataclass

from ecograph.model.ontology import Language


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity that a question names; `exact` is False if its spelling was corrected."""

    id: str
    kind: str
    said: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Related:
    """It has the thing at the other end of a field of a relation: implements cri."""

    field: str
    thing: Thing
    negated: bool = False
    version: str | None = None
    """Of the object, where the question names one: only edges that say it count."""


@dataclass(frozen=True, slots=True)
class HasValue:
    """An attribute has one of these values."""

    attribute: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class HasSome:
    """A field of a relation leads to something, whatever that is: it is certified."""

    field: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    conditions: tuple[Related, ...]


Condition = Related | HasValue | HasSome | AnyOf


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a noun such as "graduated tools" or "registries" asks for."""

    kind: str | None = None
    categories: tuple[str, ...] = ()
    values: tuple[HasValue, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether it asks for anything at all: "things", "projects"."""
        return self == Restriction()


@dataclass(frozen=True, slots=True)
class Listing:
    """Which entities are so: of a kind or in categories, under all of these conditions."""

    of: Restriction
    conditions: tuple[Condition, ...] = ()
    as_of: str | None = None
    count: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement is so; `when`: and since when."""

    subject: Thing
    field: str
    object: Thing
    when: bool = False


@dataclass(frozen=True, slots=True)
class Depends:
    """Whether a thing depends on another, directly or through others."""

    subject: Thing
    object: Thing


@dataclass(frozen=True, slots=True)
class Happening:
    """Which entities an event of some kinds happened to, in a period; `of` says which may be.

    `asks` is the kind of event that the question names.
    """

    of: Restriction
    asks: str
    events: tuple[str, ...]
    since: str | None = None
    until: str | None = None
    count: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """How one thing comes to another."""

    start: Thing
    end: Thing


@dataclass(frozen=True, slots=True)
class About:
    """What a thing is, and what is said of it."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Life:
    """What became of a thing: what its state is, or when something happened to it.

    `asks` is `status`, `maturity`, `history`, or the kind of an event; `value` is the state that
    the question asks about: is it ended? `ever`: or was it once? `since`, `until`: only what
    happened from that day on, up to that day.
    """

    thing: Thing
    asks: str
    value: str | None = None
    since: str | None = None
    ever: bool = False
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """What an attribute of a thing says."""

    thing: Thing
    attribute: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two things side by side."""

    one: Thing
    other: Thing


@dataclass(frozen=True, slots=True)
class Named:
    """A named operation about one thing, or about the dataset, or since a day, until another."""

    operation: str
    thing: Thing | None = None
    day: str | None = None
    until: str | None = None


Meaning = Listing | Verdict | Depends | Happening | Way | About | Life | Value | Compared | Named


def things_in(meaning: Meaning) -> tuple[Thing, ...]:
    """The things that a meaning names, in order."""
    match meaning:
        case Listing(_, conditions):
            found: list[Thing] = []
            for condition in conditions:
                if isinstance(condition, Related):
                    found.append(condition.thing)
                elif isinstance(condition, AnyOf):
                    found += (one.thing for one in condition.conditions)
            return tuple(found)
        case Verdict(subject, _, object_) | Depends(subject, object_):
            return subject, object_
        case Way(one, other) | Compared(one, other):
            return one, other
        case About(thing) | Life(thing) | Value(thing):
            return (thing,)
        case Named(_, named):
            return () if named is None else (named,)
        case Happening():
            return ()


_DONE_TO = frozenset({"usedBy", "supportedBy", "implementedBy", "requiredBy", "managedBy"})


def names_a_class(meaning: Meaning) -> bool:
    """Whether it asks what in a category a thing uses, supports, implements."""
    return (
        isinstance(meaning, Listing)
        and bool(meaning.of.categories)
        and any(isinstance(one, Related) and one.field in _DONE_TO for one in meaning.conditions)
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question, with the GraphQL that answers it.

    `operation` is the named operation that it is, if there is one; `rows` leads to the rows of the
    answer's data, as keys.
    """

    meaning: Meaning
    lang: Language
    understood: str
    query: str
    variables: dict[str, object]
    operation: str | None = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that could be asked instead: it has an answer if a field of a thing has ends."""

    question: str
    thing: Thing
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """The readings of a question, one if it is clear; without one, why, and what could be asked.

    `offers` is what `nearest` is taken from, where that is about things that the question names.
    """

    text: str
    lang: Language
    readings: tuple[Reading, ...] = ()
    refusal: str = ""
    nearest: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
