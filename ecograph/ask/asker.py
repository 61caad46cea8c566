"""A question in words -> its readings, each with the GraphQL that answers it.

Deterministic: no model, no network, the same readings for the same dataset version. Precision goes
before recall: what is left over in a question, or what the kinds of a relation do not admit, makes
a reading fall, and a question without a reading is refused with what could be asked instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from rapidfuzz.distance import OSA

from ecograph.ask.beside import beside
from ecograph.ask.chinese import ChineseRelations
from ecograph.ask.chinese_facts import ChineseFacts
from ecograph.ask.conditions import Conditions
from ecograph.ask.documents import Writer
from ecograph.ask.english import Relations
from ecograph.ask.english_facts import EnglishFacts
from ecograph.ask.facts import Facts
from ecograph.ask.forms import (
    COUNTED,
    dated,
    denied_last,
    polite_steps,
    strip_fillers,
    strip_polite,
)
from ecograph.ask.lexicon import Lexicon, Vocabulary
from ecograph.ask.readings import (
    Happening,
    HasSome,
    HasValue,
    Listing,
    Meaning,
    Reading,
    Related,
    Understanding,
)
from ecograph.ask.refusals import Refusals
from ecograph.ask.sentences import Sentences
from ecograph.ask.text import LONGEST, close_up, is_plain, language_of, spread, tidy
from ecograph.ask.verbs import ends_of
from ecograph.ask.words import ASK_WORDS
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Language, Ontology

MOST_READINGS = 4


class Asker:
    """Understands questions about one dataset version.

    `operations` are the texts of the named operations by name, those that the schema admits.
    """

    def __init__(
        self, names: NameIndex, ontology: Ontology, operations: Mapping[str, str],
        taxonomies: Mapping[str, Collection[str]], as_of: str,
    ) -> None:  # fmt: skip
        self.as_of = as_of
        self.vocabulary = Vocabulary(names, ontology, taxonomies)
        self.writer = Writer(ontology, operations)
        self.sentences = Sentences(names, ontology)
        self.refusals = Refusals(self.vocabulary, self.sentences, self._is_read)

    def read(self, text: str, lang: Language | None = None) -> Understanding:
        """The readings of a question; its words are in the language `lang`, or in its own."""
        own = language_of(text[:LONGEST])
        shown = lang or own
        if len(text) > LONGEST:
            return self.refusals.refuse(text[:LONGEST], "long", shown)
        tidied = tidy(text)
        if not re.search(r"\w", tidied):
            return self.refusals.refuse(text, "empty", shown)
        if not is_plain(tidied):
            return self.refusals.refuse(text, "marks", shown)
        failed: dict[str, None] = {}
        for correcting in (False, True):
            lexicon = Lexicon(self.vocabulary, own, correcting=correcting)
            for variant in self._variants(tidied, own, correcting=correcting):
                readings = self._readings(variant, lexicon, shown)
                if readings:
                    return Understanding(text, shown, readings)
            failed |= lexicon.failed
        whole = close_up(tidied) if own == "zh" else spread(tidied)
        forms = whole, strip_polite(whole, own)
        return self.refusals.unread(text, forms, own, shown, tuple(failed))

    def beside(self, understood: Understanding) -> tuple[Reading, ...]:
        """Readings near those of a question to which the data has no answer."""
        kept: dict[str, Reading] = {}
        for reading in understood.readings:
            for meaning in beside(self.vocabulary.ontology, reading.meaning):
                if (near := self._reading(meaning, understood.lang)) is not None:
                    kept.setdefault(near.understood, near)
        for reading in understood.readings:
            kept.pop(reading.understood, None)
        return tuple(kept.values())[:MOST_READINGS]

    def _is_read(self, question: str) -> bool:
        own = language_of(question)
        lexicon = Lexicon(self.vocabulary, own, correcting=False)
        forms = self._variants(tidy(question), own, correcting=False)
        return any(self._readings(form, lexicon, own) for form in forms)

    # Forms of the question

    def _variants(self, tidied: str, own: Language, *, correcting: bool) -> Iterator[str]:
        """The question, without politeness, without words that say little, with verbs corrected."""
        seen: set[str] = set()
        text = close_up(tidied) if own == "zh" else spread(tidied)
        if correcting and own == "en":
            text = self._correct_words(text)
        for plain in polite_steps(text, own):
            for variant in (plain, strip_fillers(plain, own)):
                if variant and variant not in seen:
                    seen.add(variant)
                    yield variant

    def _correct_words(self, text: str) -> str:
        words = text.split()
        known = self.vocabulary.words | ASK_WORDS
        for at, word in enumerate(words):
            if len(word) < 4 or word in known or not word.isalpha():
                continue
            if self.vocabulary.mentions.find(word):
                continue
            near = [other for other in known if _is_slip(word, other)]
            if len(near) == 1:
                words[at] = near[0]
        return " ".join(words)

    # Meanings

    def _readings(self, text: str, lexicon: Lexicon, shown: Language) -> tuple[Reading, ...]:
        kept: dict[str, Reading] = {}
        first: Meaning | None = None
        for meaning in _one_category_each(map(_within, self._meanings(text, lexicon))):
            if first is not None and not _alike(first, meaning):
                continue
            if not self._fits(meaning):
                continue
            reading = self._reading(meaning, shown)
            if reading is None:
                continue
            first = first or meaning
            kept.setdefault(f"{reading.query}{reading.variables}", reading)
            if len(kept) == MOST_READINGS:
                break
        return tuple(kept.values())

    def _reading(self, meaning: Meaning, shown: Language) -> Reading | None:
        """A meaning with its document; None if the dataset has no way to answer it."""
        written = self.writer.write(meaning, shown)
        if written is None:
            return None
        understood = self.sentences.understood(meaning, shown)
        return Reading(
            meaning, shown, understood, written.query, written.variables, written.operation,
            written.rows,
        )  # fmt: skip

    def _meanings(self, text: str, lexicon: Lexicon) -> Iterator[Meaning]:
        conditions = Conditions(lexicon)
        if lexicon.language == "zh":
            relations: Relations | ChineseRelations = ChineseRelations(lexicon, conditions)
            facts: Facts = ChineseFacts(lexicon)
        else:
            relations, facts = Relations(lexicon, conditions), EnglishFacts(lexicon)
        yield from relations.read(text)
        yield from facts.read(text)
        if turned := denied_last(text, lexicon.language):
            yield from relations.read(turned)
        if counted := COUNTED.fullmatch(text):
            rest = counted["rest"] or counted["zh"]
            for meaning in (*relations.read(rest), *facts.read(rest)):
                if isinstance(meaning, Listing | Happening):
                    yield replace(meaning, count=True)
        for rest, day, stated in dated(text, lexicon.language):
            if day[:4] > self.as_of[:4]:
                continue
            for meaning in (*relations.read(rest), *facts.read(rest)):
                if isinstance(meaning, Listing) and (stated or not _has_state(meaning)):
                    yield Listing(meaning.of, meaning.conditions, day, meaning.count)

    def _fits(self, meaning: Meaning) -> bool:
        """Whether the kinds are those that the relations admit, and the conditions can be asked."""
        since = getattr(meaning, "since", None) or getattr(meaning, "day", None)
        if since is not None and since > self.as_of:
            return False
        if not isinstance(meaning, Listing):
            return True
        # In a category there are no categories, and a firm has no licence.
        if meaning.of.kind == "Category" and meaning.of.categories:
            return False
        if meaning.of.kind == "Organization" and any(
            one.attribute in ("license", "maturity") for one in meaning.of.values
        ):
            return False
        positive = [c for c in meaning.conditions if not (isinstance(c, Related) and c.negated)]
        if meaning.conditions and not positive:
            return False
        fields = [c.field for c in meaning.conditions if isinstance(c, Related | HasSome)]
        ends = [ends_of(self.vocabulary.ontology, field)[0] for field in fields]
        if meaning.of.kind is not None and any(meaning.of.kind not in own for own in ends):
            return False
        return not ends or bool(frozenset.intersection(*ends))


def _within(asked: Meaning) -> Meaning:
    """What a noun says of relations is a condition like any other; and a category that things are
    classified in holds what is in those below it, too."""
    if not isinstance(asked, Listing):
        return asked
    if asked.of.related:
        conditions = (*asked.of.related, *asked.conditions)
        asked = replace(asked, of=replace(asked.of, related=()), conditions=conditions)
    for at, one in enumerate(asked.conditions):
        if isinstance(one, Related) and one.field == "classifiedIn" and not one.negated:
            rest = (*asked.conditions[:at], *asked.conditions[at + 1 :])
            of = replace(asked.of, categories=(one.thing.id,))
            return asked if asked.of.categories else replace(asked, of=of, conditions=rest)
    return asked


def _one_category_each(meanings: Iterator[Meaning]) -> Iterator[Meaning]:
    """What is asked of a category alone is asked of each that has the name, one a taxonomy."""
    for meaning in meanings:
        if isinstance(meaning, Listing | Happening) and len(meaning.of.categories) > 1 and not any(
            isinstance(one, Related) and not one.negated
            for one in (meaning.conditions if isinstance(meaning, Listing) else ())
        ):  # fmt: skip
            for category in meaning.of.categories:
                yield replace(meaning, of=replace(meaning.of, categories=(category,)))
        else:
            yield meaning


def _has_state(asked: Listing) -> bool:
    """Whether a state is asked for: what graduated in 2020 is not what had graduated by then."""
    return bool(asked.of.values) or any(isinstance(c, HasValue) for c in asked.conditions)


def _alike(first: Meaning, other: Meaning) -> bool:
    """Whether two meanings come from one way to put a question."""
    if type(first) is not type(other):
        return False
    operation, asks = getattr(first, "operation", None), getattr(first, "asks", None)
    return operation == getattr(other, "operation", None) and asks == getattr(other, "asks", None)


def _is_slip(word: str, other: str) -> bool:
    """Whether a word is another one mistyped: letters changed places, or one edit in a long one."""
    if word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    if OSA.distance(word, other, score_cutoff=1) > 1:
        return False
    return sorted(word) == sorted(other) or min(len(word), len(other)) >= 7
