"""Questions about one thing or two, or about what is in a category, by the patterns of a language.

A language gives its patterns as texts, and overrides what it says in another order of words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import ClassVar

from ecograph.ask.lexicon import Lexicon
from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import (
    About,
    Compared,
    HasValue,
    Life,
    Listing,
    Meaning,
    Named,
    Related,
    Restriction,
    Thing,
    Value,
    Verdict,
    Way,
)
from ecograph.ask.text import read_day
from ecograph.ask.verbs import ends_of
from ecograph.ask.words import any_of
from ecograph.model.ontology import Language

Patterns = tuple[str, ...]
Stated = Iterator[tuple[str, tuple[HasValue, ...]]]


class Facts(ABC):
    """Reads questions that no relation is in.

    Patterns name what they find: `x` a thing, `a` and `b` two, `day` a day, `np` a class of things.
    """

    language: ClassVar[Language]
    about: ClassVar[Patterns]
    way: ClassVar[Patterns]
    compared: ClassVar[Patterns]
    happened: ClassVar[Patterns]
    """What happened to x since a day."""
    history: ClassVar[Patterns]
    status: ClassVar[Patterns]
    maturity: ClassVar[Patterns]
    past: ClassVar[str]
    """What asks whether something was so, and need not be now."""
    classed: ClassVar[str]
    """Whether x is one of np."""
    chains: ClassVar[Mapping[str, Patterns]]
    """Named operation -> what asks for it, of x."""
    today: ClassVar[Patterns]
    """What a category of another time corresponds to."""
    behind: ClassVar[Patterns]
    """Who made x, or owns it, or takes care of it."""
    dataset: ClassVar[str]
    changed: ClassVar[str]
    """What changed since a day, in all."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        vocabulary = lexicon.vocabulary
        self._attributes = vocabulary.attributes[self.language]
        self._events = vocabulary.events[self.language]
        # A category is asked for what is in it, not for what it is.
        self._named = set(vocabulary.ontology.kinds) - {"Category"}
        self._among: Mapping[str, Set[str]] = {
            "Alternatives": self._named,
            "OrganizationThings": {"Organization"},
            "ProcedureSteps": {"Procedure"},
        }

    def read(self, text: str) -> Iterator[Meaning]:
        """The meanings of a question in the language; the more special ones first."""
        yield from self._of_dataset(text)
        yield from self._pairs(text)
        yield from self._lives(text)
        yield from self._classed(text)
        yield from self._values(text)
        yield from self._chains(text)
        yield from self._behind(text)
        yield from self.collections(text)
        for thing in self._match(self.about, text):
            yield About(thing)
        # "Monitoring today" is a name itself.
        yield from self._today(text)
        for thing in self.bare(text):
            if thing.exact:
                yield About(thing)

    # What a language says in its own order of words

    def bare(self, text: str) -> Iterable[Thing]:
        """The things that a text alone may mean."""
        return self.lexicon.things(text)

    @abstractmethod
    def asserted(self, text: str) -> Stated:
        """What a text says to be in some states, and the states."""

    @abstractmethod
    def events(self, event: str) -> Patterns:
        """Whether or when an event `e`, of those of a pattern, happened to x."""

    @abstractmethod
    def values(self, words: str) -> Patterns:
        """Which value x has of an attribute `a`, of those of a pattern; or of a licence."""

    @abstractmethod
    def without_value(self, text: str, words: str) -> str:
        """A question whether an attribute has a value, as one for the value; others as they are."""

    @abstractmethod
    def collections(self, text: str) -> Iterator[Meaning]:
        """What is in a category, of a kind, in a state."""

    # What is the same in all

    def _match(
        self, patterns: Iterable[str], text: str, among: Set[str] | None = None
    ) -> Iterator[Thing]:
        for pattern in patterns:
            if found := fullmatch(pattern, text):
                said = next(value for value in found.groups() if value)
                yield from self.lexicon.things(said, among)

    def _of_dataset(self, text: str) -> Iterator[Meaning]:
        if fullmatch(self.dataset, text):
            yield Named("Dataset")
        found = fullmatch(self.changed, text)
        if found and (day := read_day(found["day"], end=False)):
            yield Named("Changes", day=day)

    def _pairs(self, text: str) -> Iterator[Meaning]:
        for patterns, make in ((self.way, Way), (self.compared, Compared)):
            for pattern in patterns:
                if (found := fullmatch(pattern, text)) is None:
                    continue
                for one in self.lexicon.things(found["a"]):
                    for other in self.lexicon.things(found["b"]):
                        if one.id != other.id:
                            yield make(one, other)

    def _lives(self, text: str) -> Iterator[Meaning]:
        for pattern in self.happened:
            if (found := fullmatch(pattern, text)) and (day := read_day(found["day"], end=False)):
                for thing in self.lexicon.things(found["x"]):
                    yield Life(thing, "history", since=day)
        for patterns, asks in ((self.history, "history"), (self.status, "status")):
            for thing in self._match(patterns, text):
                yield Life(thing, asks)
        ever = fullmatch(self.past, text) is not None
        for said, states in self.asserted(text):
            for meant in in_cncf(states, text):
                for thing in self.lexicon.things(said):
                    yield _state_of(thing, meant, ever=ever)
        for thing in self._match(self.maturity, text):
            yield Life(thing, "maturity")
        for pattern in self.events(any_of(self._events)):
            if found := fullmatch(pattern, text):
                named = found.groupdict().get("e")
                for thing in self.lexicon.things(found["x"]):
                    yield Life(thing, self._events[named] if named else "begun")

    def _classed(self, text: str) -> Iterator[Meaning]:
        found = fullmatch(self.classed, text)
        if found and "classifiedIn" in self.lexicon.ontology.relations:
            noun = self.lexicon.noun(found["np"])
            if noun is not None and noun.categories and not noun.values and noun.kind is None:
                for thing in self.lexicon.things(found["x"], self._named):
                    for category in noun.categories:
                        yield Verdict(
                            thing, "classifiedIn", Thing(category, "Category", found["np"])
                        )

    def _values(self, text: str) -> Iterator[Meaning]:
        words = any_of(self._attributes)
        text = self.without_value(text, words)
        for pattern in self.values(words):
            if found := fullmatch(pattern, text):
                named = found.groupdict().get("a")
                attribute = self._attributes[named] if named else "license"
                for thing in self.lexicon.things(found["x"]):
                    if attribute in ("status", "maturity"):
                        yield Life(thing, attribute)
                    else:
                        yield Value(thing, attribute)

    def _today(self, text: str) -> Iterator[Meaning]:
        if "matches" in self.lexicon.ontology.relations:
            for thing in self._match(self.today, text, {"Category"}):
                yield Listing(Restriction(), (Related("matches", thing),))

    def _behind(self, text: str) -> Iterator[Meaning]:
        for thing in self._match(self.behind, text):
            for field in ("stewards", "owns", "originated"):
                if (
                    field in self.lexicon.ontology.sides
                    and thing.kind in ends_of(self.lexicon.ontology, field)[1]
                ):
                    yield Listing(Restriction(), (Related(field, thing),))

    def _has_state(self, said: str, attribute: str) -> bool:
        """Whether a word says a state of an attribute."""
        states = self.lexicon.vocabulary.nouns.states(said, self.language)
        return any(meant.attribute == attribute for meant in states)

    def _chains(self, text: str) -> Iterator[Meaning]:
        for operation, patterns in self.chains.items():
            for thing in self._match(patterns, text, self._among.get(operation)):
                yield Named(operation, thing)


def in_cncf(states: tuple[HasValue, ...], text: str) -> tuple[HasValue, ...]:
    """The states that a text may mean: where it names the CNCF, only those in the CNCF."""
    return tuple(one for one in states if "cncf" not in text or one.attribute == "maturity")


def _state_of(thing: Thing, meant: HasValue, *, ever: bool) -> Meaning:
    """Whether a thing is, or was, in a state; of a licence, which one it has."""
    if meant.attribute == "license":
        return Value(thing, meant.attribute)
    return Life(thing, meant.attribute, meant.values[0], ever=ever)
