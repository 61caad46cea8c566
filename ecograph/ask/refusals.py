"""Why a question has no reading, and what could be asked instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from ecograph.ask.lexicon import Vocabulary
from ecograph.ask.readings import (
    About,
    Life,
    Listing,
    Meaning,
    Offer,
    Related,
    Restriction,
    Thing,
    Understanding,
    things_in,
)
from ecograph.ask.sentences import Sentences, unknown_name
from ecograph.ask.text import LONGEST
from ecograph.ask.verbs import ends_of, inverse_of
from ecograph.ask.words import ASK_WORDS, FILLERS, NO_NAMES
from ecograph.model.keys import has_han
from ecograph.model.ontology import Language

MOST_NEAREST = 4
LONGEST_UNKNOWN = 40
_OFFERED: Mapping[str, tuple[str, ...]] = {
    "Tool": ("implementedBy", "usedBy", "uses"),
    "Specification": ("implements", "tests"),
    "Organization": ("ownedBy", "originatedBy", "stewardedBy"),
    "Group": ("partOf",),
}
"""Kind -> the fields of which it is asked at which end; of other kinds, those they have most of."""
_OFFERED_ELSE = ("partOf", "usedBy", "uses", "describes")

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
    "no such class": (
        "Nothing in that category is recorded for this question, which does not mean that there is "
        "none; it may be asked in another way.",
        "数据中没有该类别里符合这个问题的事物，但这不表示不存在；可以换一种问法。",
    ),
    "unread": (
        "I cannot read this question; it is none that the data answers, or is put in words that I "
        "do not know.",
        "无法理解这个问题：数据不能回答，或者用了不认识的说法。",
    ),
}
_NO_NAME = re.compile("[谁什么哪怎吗的是我你他她它几有被能还在不人]|多少|如何|可以|写$")
_FEWEST_NAMED = 2


class Refusals:
    """Refuses questions; `is_read` says whether one has a reading."""

    def __init__(
        self, vocabulary: Vocabulary, sentences: Sentences, is_read: Callable[[str], bool]
    ) -> None:
        self.vocabulary = vocabulary
        self.sentences = sentences
        self.is_read = is_read

    def unread(
        self, text: str, forms: tuple[str, ...], own: Language, shown: Language,
        failed: tuple[str, ...],
    ) -> Understanding:  # fmt: skip
        """A question in words that fit nothing; `failed` was taken for names."""
        told = self.refuse(text, "unread", shown, self._offers(forms[0], own, shown))
        short = (said for said in failed if said not in forms and len(said) <= LONGEST_UNKNOWN)
        unknown = (said for said in sorted(short, key=len) if self._is_unknown(said, own))
        if said := next(unknown, ""):
            return replace(told, refusal=unknown_name(said, shown))
        return told

    def without_answer(self, understood: Understanding) -> Understanding:
        """A question of what in a category has to do with a thing, where the data has nothing.

        A category is one way to divide things: a runtime that another names by its interface is
        in none that the question could mean.
        """
        things = {one.id: one for r in understood.readings for one in things_in(r.meaning)}
        offers = self._offers_of(list(things.values()), understood.lang)
        return self.refuse(understood.text, "no such class", understood.lang, offers)

    def _is_unknown(self, said: str, own: Language) -> bool:
        """Whether a stretch is clearly a name that the data lacks: no words of a question, no known
        name with something beside it."""
        return (
            len(said) >= _FEWEST_NAMED
            and self._says_more.isdisjoint(said.split())
            and not _NO_NAME.search(said)
            and not (own == "zh" and any(word in said for word in self._said_in_chinese))
            and not self.vocabulary.nouns.category(said)
            and not self.vocabulary.mentions.within(said, "" if own == "zh" else " ")
        )

    def refuse(
        self, text: str, why: str, shown: Language, offers: tuple[Offer, ...] = ()
    ) -> Understanding:
        """A question that is refused for one of the reasons of _REFUSALS."""
        refusal = _REFUSALS[why][shown == "zh"]
        nearest = tuple(one.question for one in offers[:MOST_NEAREST])
        return Understanding(text, shown, (), refusal, nearest or self.examples[shown], offers)

    def _offers(self, text: str, own: Language, shown: Language) -> tuple[Offer, ...]:
        """What could be asked about the things that the question names."""
        nouns = self.vocabulary.nouns
        things = self.vocabulary.mentions.within(
            text, "" if own == "zh" else " ", lambda said: nouns.classes(said, own)
        )
        named = [one for one in things if not nouns.is_kind(one.said, own)]
        return self._offers_of(named[:2], shown)

    def _offers_of(self, things: list[Thing], shown: Language) -> tuple[Offer, ...]:
        offers = {
            (question := self.sentences.understood(meaning, shown)): Offer(question, thing, field)
            for thing in things
            for meaning, field in self._askable(thing)
        }
        return tuple(offers.values())

    def _askable(self, thing: Thing) -> Iterator[tuple[Meaning, str | None]]:
        """What is asked of a thing of its kind, and the field of it that answers."""
        ontology = self.vocabulary.ontology
        if thing.kind == "Category":
            yield Listing(Restriction(categories=(thing.id,))), None
        elif "status" in ontology.attributes and thing.kind in ("Tool", "Specification"):
            yield Life(thing, "status"), "status"
        for field in _OFFERED.get(thing.kind, _OFFERED_ELSE):
            if field in ontology.sides and thing.kind in ends_of(ontology, field)[1]:
                yield (
                    Listing(Restriction(), (Related(field, thing),)),
                    inverse_of(ontology, field),
                )
        if thing.kind != "Category":
            yield About(thing), None

    @cached_property
    def _says_more(self) -> frozenset[str]:
        """English words that stand in no name that is only unknown."""
        vocabulary = self.vocabulary
        told = (*vocabulary.happened["en"], *vocabulary.attributes["en"], *vocabulary.alone["en"])
        states = (word for word in vocabulary.nouns.all_states("en") if word.isalpha())
        return ASK_WORDS | FILLERS | NO_NAMES | {
            part for word in (*told, *states) for part in word.split()
        }  # fmt: skip

    @cached_property
    def _said_in_chinese(self) -> tuple[str, ...]:
        """Chinese words that stand in no name that is only unknown."""
        vocabulary = self.vocabulary
        told = (*vocabulary.happened["zh"], *vocabulary.attributes["zh"], *vocabulary.alone["zh"])
        states = (word for word in vocabulary.nouns.all_states("zh") if has_han(word))
        plain = (word for word in (*told, *states) if len(word) > 1)
        return tuple(word for word in (*plain, *NO_NAMES) if has_han(word))

    @cached_property
    def examples(self) -> dict[Language, tuple[str, ...]]:
        """Questions that this dataset can answer, for who asked one that it cannot."""
        return {
            language: tuple(one for one in questions if self.is_read(one))[:MOST_NEAREST]
            for language, questions in EXAMPLES.items()
        }
