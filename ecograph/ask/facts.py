"""Questions about one thing or two, or about what is in a category, by the patterns of a language.

A language gives its patterns as texts, and overrides what it says in another order of words.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from typing import ClassVar

from ecograph.ask.lexicon import Lexicon
from ecograph.ask.patterns import fullmatch
from ecograph.ask.periods import periods
from ecograph.ask.readings import (
    About,
    Compared,
    Depends,
    Happening,
    HasSome,
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
from ecograph.ask.verbs import ends_of, inverse_of
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
    changes: ClassVar[str]
    """What changed, without the period that is asked for beside it."""
    depends: ClassVar[Patterns]
    """Whether a depends on b."""
    possessed: ClassVar[Patterns]
    """How many things an organization x has."""
    in_cncf: ClassVar[str]
    """How many np the CNCF has."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        vocabulary = lexicon.vocabulary
        self._attributes = vocabulary.attributes[self.language]
        self._events = vocabulary.events[self.language]
        self._happened = {
            word: event
            for word, event in vocabulary.happened[self.language].items()
            if event not in _NOT_LISTED and not vocabulary.ontology.events[event].sighting
        }
        # A category is asked for what is in it, not for what it is.
        self._named = set(vocabulary.ontology.kinds) - {"Category"}
        self._states = {
            word: tuple(v.attribute for v in values if v.attribute in ("status", "maturity"))
            for word, values in vocabulary.nouns.all_states(self.language).items()
        }
        self._in_dependencies = {
            kind
            for field in ("uses", "requires")
            if field in vocabulary.ontology.sides
            for ends in ends_of(vocabulary.ontology, field)
            for kind in ends
        }
        self._among: Mapping[str, Set[str]] = {
            "Alternatives": self._named,
            "OrganizationThings": {"Organization"},
            "ProcedureSteps": {"Procedure"},
        }

    def read(self, text: str) -> Iterator[Meaning]:
        """The meanings of a question in the language; the more special ones first."""
        yield from self._of_dataset(text)
        yield from self._pairs(text)
        yield from self._happenings(text)
        yield from self._lives(text)
        yield from self._classed(text)
        yield from self._values(text)
        yield from self._chains(text)
        yield from self._behind(text)
        yield from self._possessions(text)
        yield from self._certified(text)
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
        nouns = self.lexicon.vocabulary.nouns
        return () if nouns.is_kind(text, self.language) else self.lexicon.things(text)

    @abstractmethod
    def either(self, state: str) -> Patterns:
        """Whether x is in a state `s`, of those of a pattern, or in another one, `t`."""

    @abstractmethod
    def asserted(self, text: str) -> Stated:
        """What a text says to be in some states, and the states."""

    @abstractmethod
    def events(self, event: str) -> Patterns:
        """Whether or when an event `e`, of those of a pattern, happened to x."""

    @abstractmethod
    def happening(self, event: str) -> Patterns:
        """What an event `e`, of those of a pattern, happened to: `np`, or how many: `count`."""

    @abstractmethod
    def alone(self, word: str) -> Patterns:
        """Whether x, or which `np`, is what a word says without more: certified."""

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
        for rest, (since, until) in periods(text, self.language):
            if since and until and fullmatch(self.changes, rest):
                yield Named("Changes", day=since, until=until)

    def _pairs(self, text: str) -> Iterator[Meaning]:
        for patterns, make in (
            (self.way, Way), (self.compared, Compared), (self.depends, Depends)
        ):  # fmt: skip
            for pattern in patterns:
                if (found := fullmatch(pattern, text)) is None:
                    continue
                among = self._in_dependencies if make is Depends else None
                for one in self.lexicon.things(found["a"], among):
                    for other in self.lexicon.things(found["b"], among):
                        if one.id != other.id:
                            yield make(one, other)

    def _happenings(self, text: str) -> Iterator[Meaning]:
        """which projects graduated in 2023; which ones were renamed."""
        told = self.lexicon.ontology.events
        for rest, (since, until) in (*periods(text, self.language), (text, (None, None))):
            for pattern in self.happening(any_of(self._happened)):
                if (found := fullmatch(pattern, rest)) is None:
                    continue
                groups = found.groupdict()
                noun = self.lexicon.noun(groups.get("np") or groups.get("count") or "")
                asks = self._happened[found["e"]]
                if asks == "archived" and "cncf" in rest and "archivedByCncf" in told:
                    asks = "archivedByCncf"
                meant = None if noun is None else self._of_cncf(noun, asks)
                if meant is None or not (since or until or self._is_listed(asks, found["e"])):
                    continue
                noun, asks = meant
                events = _kinds_of(asks, told)
                yield Happening(noun, asks, events, since, until, bool(groups.get("count")))

    def _is_listed(self, asks: str, said: str) -> bool:
        """Whether all that an event ever happened to is asked for: 归档了 says a state, too."""
        states = self.lexicon.vocabulary.nouns.states(said, self.language)
        return asks not in _IN_A_PERIOD and not (states and self.language == "zh")

    def _of_cncf(self, noun: Restriction, asks: str) -> tuple[Restriction, str] | None:
        """What an event of the CNCF happens to are its projects; no other value can be asked."""
        told = self.lexicon.ontology.events
        if noun.related or any(one.attribute != "maturity" for one in noun.values):
            return None
        if noun.kind in ("Organization", "Category") and asks not in _OF_FIRMS:
            return None
        if not noun.values:
            return noun, asks
        levels = len(noun.values[0].values) > 1
        if not levels or "CNCF" not in told[asks].label.en:
            return None
        return replace(noun, values=()), asks

    def _lives(self, text: str) -> Iterator[Meaning]:
        for pattern in self.happened:
            if (found := fullmatch(pattern, text)) and (day := read_day(found["day"], end=False)):
                for thing in self.lexicon.things(found["x"]):
                    yield Life(thing, "history", since=day)
        for rest, (since, until) in periods(text, self.language):
            if since and until:
                for thing in self._match(self.history, rest):
                    yield Life(thing, "history", since=since, until=until)
        for patterns, asks in ((self.history, "history"), (self.status, "status")):
            for thing in self._match(patterns, text):
                yield Life(thing, asks)
        ever = fullmatch(self.past, text) is not None
        for said, states in self.asserted(text):
            if any(one.negated for one in states):
                continue
            for meant in in_cncf(states, text):
                for thing in self.lexicon.things(said):
                    yield _state_of(thing, meant, ever=ever)
        for pattern in self.either(any_of(self._states)):
            if (found := fullmatch(pattern, text)) is None:
                continue
            asked, other = self._states[found["s"]], self._states[found["t"]]
            both = [one for one in asked if one in other]
            for thing in self.lexicon.things(found["x"]) if both else ():
                yield Life(thing, both[0])
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
            if noun is None or noun.values or noun.related:
                return
            if not noun.categories and noun.kind is not None:
                # What kind of thing it is, is told with what it is.
                for thing in self.lexicon.things(found["x"], {noun.kind}) or self.lexicon.things(
                    found["x"], self._named
                ):
                    yield About(thing)
                return
            for thing in self.lexicon.things(found["x"], self._named):
                if noun.kind in (None, thing.kind):
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

    def _possessions(self, text: str) -> Iterator[Meaning]:
        for thing in self._match(self.possessed, text, {"Organization"}):
            for field in ("stewardedBy", "ownedBy"):
                if field in self.lexicon.ontology.sides:
                    yield Listing(Restriction(), (Related(field, thing),), count=True)
        found = fullmatch(self.in_cncf, text)
        noun = self.lexicon.noun(found["np"]) if found else None
        # What is at a level, is so in the CNCF.
        if noun is not None and {one.attribute for one in noun.values} == {"maturity"}:
            yield Listing(noun, count=True)

    def _certified(self, text: str) -> Iterator[Meaning]:
        """is K3s certified; which registries are certified; which projects are forks."""
        for word, field in self.lexicon.vocabulary.alone[self.language].items():
            for pattern in self.alone(word):
                if (found := fullmatch(pattern, text)) is None:
                    continue
                groups = found.groupdict()
                if said := groups.get("x"):
                    inverse = inverse_of(self.lexicon.ontology, field)
                    for thing in self.lexicon.things(
                        said, ends_of(self.lexicon.ontology, field)[0]
                    ):
                        yield Listing(Restriction(), (Related(inverse, thing),))
                elif (noun := self.lexicon.noun(groups.get("np") or "")) is not None:
                    yield Listing(noun, (HasSome(field),))

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

    def below(self, ids: Iterable[str], said: str) -> Iterator[Meaning]:
        """The categories under some others: in a category there are none."""
        if "broader" in self.lexicon.ontology.relations:
            for id in ids:
                above = Related("broader", Thing(id, "Category", said))
                yield Listing(Restriction("Category"), (above,))

    def _has_state(self, said: str, attribute: str) -> bool:
        """Whether a word says a state of an attribute."""
        states = self.lexicon.vocabulary.nouns.states(said, self.language)
        return any(meant.attribute == attribute for meant in states)

    def _chains(self, text: str) -> Iterator[Meaning]:
        for operation, patterns in self.chains.items():
            for thing in self._match(patterns, text, self._among.get(operation)):
                yield Named(operation, thing)


_NOT_LISTED = frozenset({"released", "firstSeen", "donated"})
"""Events that come often, that few of those have to whom they happened, or that have no words."""
_IN_A_PERIOD = frozenset({"begun", "founded", "accepted"})
"""Events that nearly all things have, which is asked of a period alone."""


_OF_FIRMS = frozenset({"founded", "closed", "renamed", "acquired"})
"""Events that happen to organizations; a firm joins the CNCF in another sense than a project."""


def _kinds_of(asks: str, known: Iterable[str]) -> tuple[str, ...]:
    """An event, and those that are of its kind: accepted, accepted into the sandbox."""
    also = [name for name in known if name != asks and re.match(f"{asks}[A-Z]", name)]
    beginnings = {"begun": ("founded",), "founded": ("begun",)}
    return (asks, *also, *beginnings.get(asks, ()))


def in_cncf(states: tuple[HasValue, ...], text: str) -> tuple[HasValue, ...]:
    """The states that a text may mean: where it names the CNCF, only those in the CNCF."""
    return tuple(one for one in states if "cncf" not in text or one.attribute == "maturity")


def _state_of(thing: Thing, meant: HasValue, *, ever: bool) -> Meaning:
    """Whether a thing is, or was, in a state; of a licence, which one it has."""
    if meant.attribute == "license":
        return Value(thing, meant.attribute)
    return Life(thing, meant.attribute, meant.values[0], ever=ever)
