"""All words of one dataset version, and what is looked up for one question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property

from ecograph.ask.mentions import MOST_CORRECTIONS, Mentions
from ecograph.ask.nouns import Nouns
from ecograph.ask.readings import Related, Restriction, Thing
from ecograph.ask.verbs import (
    chinese_frames,
    ends_of,
    english_phrases,
    nouns_in,
    standing_alone,
)
from ecograph.ask.words import (
    attribute_words,
    chinese_event_words,
    event_words,
    past_event_words,
)
from ecograph.model.names import NameIndex
from ecograph.model.ontology import LANGUAGES, Language, Ontology


class Vocabulary:
    """What the ontology and the names say, put together once."""

    def __init__(
        self, names: NameIndex, ontology: Ontology, taxonomies: Mapping[str, Collection[str]]
    ) -> None:
        self.names = names
        self.ontology = ontology
        self.mentions = Mentions(names, ontology)
        self.nouns = Nouns(names, ontology, taxonomies)
        self.phrases = english_phrases(ontology)
        self.relation_nouns = {lang: nouns_in(ontology, lang) for lang in LANGUAGES}
        self.frames = chinese_frames(ontology)
        self.attributes = {lang: attribute_words(ontology, lang) for lang in LANGUAGES}
        self.events = {lang: event_words(ontology, lang) for lang in LANGUAGES}
        self.alone = {lang: standing_alone(ontology, lang) for lang in LANGUAGES}
        self.happened = {"en": past_event_words(ontology), "zh": chinese_event_words(ontology)}

    @cached_property
    def words(self) -> frozenset[str]:
        """The English words of verbs and nouns, to which a misspelt one may be corrected."""
        found = {word for own in self.phrases.values() for p in own for word in p.words}
        found |= {word for noun in self.relation_nouns["en"] for word in noun.split()}
        found |= {word for noun in self.attributes["en"] for word in noun.split()}
        return frozenset(found)


class Lexicon:
    """A vocabulary for one question: what was looked up once is not looked up again."""

    def __init__(self, vocabulary: Vocabulary, language: Language, *, correcting: bool) -> None:
        self.vocabulary = vocabulary
        self.language: Language = language
        self.correcting = correcting
        self.ontology = vocabulary.ontology
        self.phrases = vocabulary.phrases
        self.relation_nouns = vocabulary.relation_nouns[language]
        self._things: dict[tuple[str, frozenset[str] | None], tuple[Thing, ...]] = {}
        self._nouns: dict[str, Restriction | None] = {}
        self._corrections = 0
        self.failed: dict[str, None] = {}
        """What was taken for a name and is none, in the order in which it was tried."""

    def things(self, text: str, among: Collection[str] | None = None) -> tuple[Thing, ...]:
        """What a stretch names among these kinds."""
        key = text, None if among is None else frozenset(among)
        found = self._things.get(key)
        if found is None:
            mentions = self.vocabulary.mentions
            found = mentions.find(text, key[1])
            if not found and self.correcting and self._corrections < MOST_CORRECTIONS:
                self._corrections += 1
                found = mentions.correct(text, key[1])
            if not found and text:
                self.failed[text] = None
            self._things[key] = found
        return found

    def noun(self, text: str) -> Restriction | None:
        """What a noun asks for; None if it is not known."""
        if text not in self._nouns:
            nouns = self.vocabulary.nouns
            values, rest = nouns.split(text, self.language)
            head = nouns.head(rest, self.language)
            # A name that looks like such a noun is a name: Container Runtime Interface.
            named = () if head is not None else self.vocabulary.mentions.find(rest)
            if head is None and all(thing.kind == "Category" for thing in named):
                head = nouns.joined(rest, self.language) or self._named_by_relation(rest)
            self._nouns[text] = (
                None if head is None else replace(head, values=(*head.values, *values))
            )
        return self._nouns[text]

    def _named_by_relation(self, text: str) -> Restriction | None:
        """CSI drivers: what is in a relation to a thing, which a noun of it names."""
        gap = "" if self.language == "zh" else " "
        for word, fields in self.relation_nouns.items():
            name = text.removesuffix(gap + word).removesuffix("的" if not gap else "")
            if name == text or not name:
                continue
            for field in fields:
                things = self.things(name, ends_of(self.ontology, field)[1])
                if len(things) == 1:
                    return Restriction(related=(Related(field, things[0]),))
        return None
