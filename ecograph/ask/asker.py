"""A question in words -> its readings, each with the GraphQL that answers it.

Deterministic: no model, no network, the same readings for the same dataset version. Precision goes
before recall: what is left over in a question, or what the kinds of a relation do not admit, makes
a reading fall, and a question without a reading is refused with what could be asked instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from rapidfuzz.distance import OSA

from ecograph.ask.chinese import ChineseRelations
from ecograph.ask.chinese_facts import ChineseFacts
from ecograph.ask.conditions import Conditions
from ecograph.ask.documents import Writer
from ecograph.ask.english import Relations
from ecograph.ask.english_facts import Facts
from ecograph.ask.lexicon import Lexicon, Vocabulary
from ecograph.ask.readings import (
    About,
    Life,
    Listing,
    Meaning,
    Reading,
    Related,
    Restriction,
    Thing,
    Understanding,
)
from ecograph.ask.sentences import Sentences, unknown_name
from ecograph.ask.text import (
    LONGEST,
    close_up,
    is_plain,
    language_of,
    read_day,
    spread,
    tidy,
)
from ecograph.ask.verbs import ends_of
from ecograph.ask.words import FILLERS, KEPT, POLITE, ZH_FILLERS, ZH_POLITE
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Language, Ontology

MOST_READINGS = 4
MOST_NEAREST = 4
_NEAREST_FIELDS = 2

EXAMPLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "Which tools implement the OCI runtime spec?", "What replaced Heapster?",
        "Is rkt still maintained?", "How does Docker come to runc?", "Who owns Calico?",
        "What is in container networking?",
    ),
    "zh": (
        "哪些工具实现了 OCI 运行时规范？", "什么取代了 Heapster？", "rkt 还在维护吗？",
        "Docker 怎样到 runc？", "谁拥有 Calico？", "容器网络里有什么？",
    ),
}  # fmt: skip

_REFUSALS = {
    "empty": ("There is no question to answer.", "没有要回答的问题。"),
    "long": (
        f"A question may have {LONGEST} characters; this one has more.",
        f"问题最多 {LONGEST} 个字符，这个问题超出了。",
    ),
    "marks": (
        "A question is written in words; this one holds other characters.",
        "请用文字提问；其中含有其他字符。",
    ),
    "unread": (
        "I cannot read this question; it is none that the data answers, or is put in words that I "
        "do not know.",
        "无法理解这个问题：数据不能回答，或者用了不认识的说法。",
    ),
}
_DATE_EN = re.compile(
    r"(?P<rest>.+?),? (?:as of|on|in|by|at the end of|at|back in|until|as at) "
    r"(?P<day>(?:the )?(?:year )?(?:\d{4}(?:[-/.]\d{1,2}){0,2}|(?:\d{1,2} )?[a-z]{3,9} (?:\d{1,2}"
    r"(?:st|nd|rd|th)? ,? ?)?\d{4}))"
)
_DATE_EN_WITHIN = re.compile(
    r"(?P<rest>.+?) , (?:as of|on|in|by|back in|at the end of) (?P<day>(?:\d{4}(?:[-/.]\d{1,2}){0,2}"
    r"|(?:\d{1,2} )?[a-z]{3,9} \d{4})) ,(?P<more> .+)"
)
_DATE_EN_FIRST = re.compile(
    r"(?:as of|on|in|by|back in|at the end of) (?P<day>(?:\d{4}(?:[-/.]\d{1,2}){0,2}"
    r"|(?:\d{1,2} )?[a-z]{3,9} (?:\d{1,2}(?:st|nd|rd|th)? ,? ?)?\d{4})) ?,? (?P<rest>.+)"
)
_DAY_ZH = r"(?P<day>\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?))"
_DATE_ZH = re.compile(
    f"(?:在|截至|截止到?|到)?{_DAY_ZH}(?:底|初|的时候|时|为止|止|当时)?,?(?P<rest>.+)"
)
_DATE_ZH_IN = re.compile(
    f"(?P<before>.+?)(?:在|截至|截止到?|到)?{_DAY_ZH}(?:底|的时候|时|为止)?(?P<after>.*)"
)
_COUNTED = re.compile("(?P<rest>.+?)(?: ,)? and how many|(?P<zh>.+),有多少")
_NO_NAME = re.compile("[谁什么哪怎吗的是我你他她它几]|多少|没有|写$")
_ASK_WORDS = frozenset(
    "what which who whom whose when where how does did are is was were the and not but for from "
    "with that have has had been being there many much tools tool things projects project since "
    "about between maintained archived deprecated active dead ended history status category "
    "difference compare alternatives alternative of in to by on all any some".split()
)


class Asker:
    """Understands questions about one dataset version.

    `operations` are the texts of the named operations by name, those that the schema admits.
    """

    def __init__(
        self, names: NameIndex, ontology: Ontology, operations: Mapping[str, str],
        as_of: str = "9999-12-31",
    ) -> None:  # fmt: skip
        self.as_of = as_of
        self.vocabulary = Vocabulary(names, ontology)
        self.writer = Writer(ontology, operations)
        self.sentences = Sentences(names, ontology)

    def read(self, text: str, lang: Language | None = None) -> Understanding:
        """The readings of a question; its words are in the language `lang`, or in its own."""
        own = language_of(text[:LONGEST])
        shown = lang or own
        if len(text) > LONGEST:
            return self._refuse(text[:LONGEST], "long", shown)
        tidied = tidy(text)
        if not re.search(r"\w", tidied):
            return self._refuse(text, "empty", shown)
        if not is_plain(tidied):
            return self._refuse(text, "marks", shown)
        failed: dict[str, None] = {}
        for correcting in (False, True):
            lexicon = Lexicon(self.vocabulary, own, correcting=correcting)
            for variant in self._variants(tidied, own, correcting=correcting):
                readings = self._readings(variant, lexicon, shown)
                if readings:
                    return Understanding(text, shown, readings)
            failed |= lexicon.failed
        return self._unread(text, tidied, own, shown, tuple(failed))

    # Forms of the question

    def _variants(self, tidied: str, own: Language, *, correcting: bool) -> Iterator[str]:
        """The question, without politeness, without words that say little, with verbs corrected."""
        seen: set[str] = set()
        text = close_up(tidied) if own == "zh" else spread(tidied)
        if correcting and own == "en":
            text = self._correct_words(text)
        for plain in (text, _strip_polite(text, own)):
            for variant in (plain, _strip_fillers(plain, own)):
                if variant and variant not in seen:
                    seen.add(variant)
                    yield variant

    def _correct_words(self, text: str) -> str:
        words = text.split()
        known = self.vocabulary.words | _ASK_WORDS
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
            written = self.writer.write(meaning)
            if written is None:
                continue
            first = first or meaning
            key = f"{written.query}{written.variables}"
            kept.setdefault(
                key,
                Reading(
                    meaning, shown, self.sentences.understood(meaning, shown), written.query,
                    written.variables, written.operation, written.rows,
                ),
            )  # fmt: skip
            if len(kept) == MOST_READINGS:
                break
        return tuple(kept.values())

    def _meanings(self, text: str, lexicon: Lexicon) -> Iterator[Meaning]:
        conditions = Conditions(lexicon)
        if lexicon.language == "zh":
            relations: Relations | ChineseRelations = ChineseRelations(lexicon, conditions)
            facts: Facts | ChineseFacts = ChineseFacts(lexicon)
        else:
            relations, facts = Relations(lexicon, conditions), Facts(lexicon)
        yield from relations.read(text)
        yield from facts.read(text)
        if counted := _COUNTED.fullmatch(text):
            rest = counted["rest"] or counted["zh"]
            for meaning in (*relations.read(rest), *facts.read(rest)):
                if isinstance(meaning, Listing):
                    yield replace(meaning, count=True)
        for rest, day in _dated(text, lexicon.language):
            if day[:4] > self.as_of[:4]:
                continue
            for meaning in (*relations.read(rest), *facts.read(rest)):
                if isinstance(meaning, Listing):
                    yield Listing(meaning.of, meaning.conditions, day, meaning.count)

    def _fits(self, meaning: Meaning) -> bool:
        """Whether the kinds are those that the relations admit, and the conditions can be asked."""
        if not isinstance(meaning, Listing):
            return True
        positive = [c for c in meaning.conditions if not (isinstance(c, Related) and c.negated)]
        if meaning.conditions and not positive:
            return False
        related = [c for c in meaning.conditions if isinstance(c, Related)]
        ends = [ends_of(self.vocabulary.ontology, c.field)[0] for c in related]
        if meaning.of.kind is not None and any(meaning.of.kind not in own for own in ends):
            return False
        return not ends or bool(frozenset.intersection(*ends))

    # Refusals

    def _unread(
        self, text: str, tidied: str, own: Language, shown: Language, failed: tuple[str, ...]
    ) -> Understanding:
        whole = close_up(tidied) if own == "zh" else spread(tidied)
        plain = _strip_polite(whole, own)
        unknown = [
            said for said in failed
            if said not in (whole, plain) and said.split()[0] not in _ASK_WORDS and not self.vocabulary.mentions.find(said)
            and not self.vocabulary.nouns.category(said) and not _NO_NAME.search(said)
        ]  # fmt: skip
        told = self._refuse(text, "unread", shown, self._nearest(whole, own, shown))
        if unknown and len(unknown[0]) <= 40:
            said = min(unknown, key=len)
            told = Understanding(text, shown, (), unknown_name(said, shown), told.nearest)
        return told

    def _refuse(
        self, text: str, why: str, shown: Language, nearest: tuple[str, ...] = ()
    ) -> Understanding:
        refusal = _REFUSALS[why][shown == "zh"]
        return Understanding(text, shown, (), refusal, nearest or self.examples[shown])

    def _nearest(self, text: str, own: Language, shown: Language) -> tuple[str, ...]:
        """What could be asked about the things that the question names."""
        found: list[str] = []
        for thing in self.vocabulary.mentions.within(text, "" if own == "zh" else " ")[:2]:
            found += [self.sentences.understood(meaning, shown) for meaning in self._askable(thing)]
        return tuple(dict.fromkeys(found))[:MOST_NEAREST]

    def _askable(self, thing: Thing) -> Iterator[Meaning]:
        yield About(thing)
        left = _NEAREST_FIELDS
        for field in self.vocabulary.ontology.sides:
            if left and thing.kind in ends_of(self.vocabulary.ontology, field)[1]:
                left -= 1
                yield Listing(Restriction(), (Related(field, thing),))
        yield Life(thing, "status")

    @cached_property
    def examples(self) -> dict[Language, tuple[str, ...]]:
        """Questions that this dataset can answer, for who asked one that it cannot."""
        found: dict[Language, tuple[str, ...]] = {}
        for language, questions in EXAMPLES.items():
            lexicon = Lexicon(self.vocabulary, language, correcting=False)
            good = []
            for question in questions:
                for variant in self._variants(tidy(question), language, correcting=False):
                    if self._readings(variant, lexicon, language):
                        good.append(question)
                        break
            found[language] = tuple(good[:MOST_NEAREST])
        return found


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
        if isinstance(meaning, Listing) and len(meaning.of.categories) > 1 and not any(
            isinstance(one, Related) and not one.negated for one in meaning.conditions
        ):  # fmt: skip
            for category in meaning.of.categories:
                yield replace(meaning, of=replace(meaning.of, categories=(category,)))
        else:
            yield meaning


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


def _strip_polite(text: str, own: Language) -> str:
    if own == "zh":
        while (cut := ZH_POLITE.sub("", text)) != text:
            text = cut
        return text
    while not KEPT.match(text) and (cut := POLITE.sub("", text)) != text:
        text = cut
    return re.sub(r" (?:please|pls|thanks|thank you)$", "", text)


_NOW = re.compile(
    r" (?:right now|at the moment|at present|at this time|these days|to date|so far|for now)\b"
)


def _strip_fillers(text: str, own: Language) -> str:
    if own == "zh":
        return ZH_FILLERS.sub("", text)
    return " ".join(w for w in _NOW.sub("", text).split() if w not in FILLERS)


def _dated(text: str, own: Language) -> Iterator[tuple[str, str]]:
    """The question without its date, and the last day of that date."""
    if own == "en":
        for pattern in (_DATE_EN, _DATE_EN_FIRST, _DATE_EN_WITHIN):
            if (found := pattern.fullmatch(text)) and (
                day := read_day(re.sub(r"^(?:the )?(?:year )?", "", found["day"]), end=True)
            ):
                yield found["rest"] + (found.groupdict().get("more") or ""), day
        return
    if (found := _DATE_ZH.fullmatch(text)) and (day := read_day(found["day"], end=True)):
        yield found["rest"], day
    elif (found := _DATE_ZH_IN.fullmatch(text)) and (day := read_day(found["day"], end=True)):
        yield found["before"] + found["after"], day
