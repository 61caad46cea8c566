"""Why a question has no reading, and what could be asked instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from ecograph.ask.lexicon import Vocabulary
from ecograph.ask.readings import (
    About,
    Life,
    Listing,
    Meaning,
    Related,
    Restriction,
    Thing,
    Understanding,
)
from ecograph.ask.sentences import Sentences, unknown_name
from ecograph.ask.text import LONGEST
from ecograph.ask.verbs import ends_of
from ecograph.ask.words import ASK_WORDS
from ecograph.model.ontology import Language

MOST_NEAREST = 4
LONGEST_UNKNOWN = 40
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
_NO_NAME = re.compile("[谁什么哪怎吗的是我你他她它几]|多少|没有|写$")


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
        unknown = [said for said in failed if said not in forms and self._is_unknown(said)]
        told = self.refuse(text, "unread", shown, self._nearest(forms[0], own, shown))
        said = min(unknown, key=len, default="")
        if 0 < len(said) <= LONGEST_UNKNOWN:
            return Understanding(text, shown, (), unknown_name(said, shown), told.nearest)
        return told

    def _is_unknown(self, said: str) -> bool:
        """Whether a stretch reads like a name that the data lacks."""
        first = said.partition(" ")[0]
        return (
            first not in ASK_WORDS
            and not _NO_NAME.search(said)
            and not self.vocabulary.mentions.find(said)
            and not self.vocabulary.nouns.category(said)
        )

    def refuse(
        self, text: str, why: str, shown: Language, nearest: tuple[str, ...] = ()
    ) -> Understanding:
        """A question that is refused for one of the reasons of _REFUSALS."""
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
        return {
            language: tuple(one for one in questions if self.is_read(one))[:MOST_NEAREST]
            for language, questions in EXAMPLES.items()
        }
