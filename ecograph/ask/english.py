"""Questions in English -> what they mean.

A verb of the ontology divides a question: before it stands what is asked for, or what is known;
after it the things that it is about, joined by and, or, but not. Every word must be accounted for:
a question with a word that fits nowhere has no meaning here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ecograph.ask.conditions import Conditions
from ecograph.ask.lexicon import Lexicon
from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import (
    Condition,
    Listing,
    Meaning,
    Restriction,
    Thing,
    Verdict,
)
from ecograph.ask.verbs import Phrase, ends_of, inverse_of, is_of_the_past
from ecograph.ask.words import PEOPLE

_WHO = r"(?:what|who|whom|which|whoever|whatever)(?: else)?"
_DO = r"(?:do|does|did|can|could)"
_BE = r"(?:is|are|was|were)"
_ASKS = re.compile(rf"{_WHO}")
_ASKS_OF = re.compile(r"(?:what|which|whose)(?: other)? (?P<np>.+)")
_COUNTS = re.compile(
    r"(?:how many|(?:what |the )?number of|count(?: of)?(?: all)?(?: the)?) (?P<np>.+)"
)
_THAT = re.compile(
    rf"(?:(?:what|which|who) {_BE} |{_BE} there |there {_BE} |what |which )?(?:the |any "
    rf"|some |all )?"
    r"(?P<np>.+?) (?:that|which|who|,? ?whose)"
)
_ANY = re.compile(rf"{_DO} (?P<np>any(?:thing|one|body)?|some(?:thing|one|body)|any .+)")
_POSSIBLE = re.compile(r"\b(?:can|could|may|might)\b")
_HAVE = r"(?:has|have|had)"
_GOT = re.compile(r"\bdid (?P<x>.+?) get (?=\w+ by$)")


class Relations:
    """Reads questions about relations."""

    def __init__(self, lexicon: Lexicon, conditions: Conditions) -> None:
        self.lexicon = lexicon
        self.conditions = conditions

    def read(self, text: str) -> Iterator[Meaning]:
        """The meanings of a question in English without its date."""
        words = _GOT.sub(r"was \g<x> ", text).split()
        for at, word in enumerate(words):
            for phrase in self.lexicon.phrases.get(word, ()):
                end = at + len(phrase.words)
                if tuple(words[at:end]) == phrase.words:
                    left, right = " ".join(words[:at]), " ".join(words[end:])
                    yield from self._divided(left, phrase, right)
        yield from self._nouns(text)

    def _divided(self, left: str, phrase: Phrase, right: str) -> Iterator[Meaning]:
        if is_of_the_past(self.lexicon.ontology, phrase.field) and _POSSIBLE.search(left):
            return
        if right:
            found = self._asked_before(left, phrase)
            if found is not None:
                restriction, count = found
                for conditions in self.conditions.read(right, phrase.field):
                    yield Listing(restriction, conditions, count=count)
            yield from self._asked_after(left, phrase, right)
            yield from self._claimed(left, phrase, right)
            if right.startswith(("but not ", "but neither ")):
                yield from self._asked_of(left, phrase, f" {right}")
        else:
            yield from self._asked_of(left, phrase)

    def _asked_before(self, left: str, phrase: Phrase) -> tuple[Restriction, bool] | None:
        """What a question asks for that has it before the verb."""
        if phrase.form in ("finite", "base"):
            if re.match("who(?: else)?$", left) and self._is_of_people(phrase.field):
                return None
            cut = re.sub(rf" (?:can|could|{_HAVE})$", "", left)
            return self._subject(cut, relative=False)
        if phrase.form == "done":
            cut = re.sub(rf" {_HAVE}(?: been)?$", "", left)
            return None if cut == left else self._subject(cut, relative=False)
        cut = re.sub(rf" (?:{_BE}|(?:can|may) be|{_HAVE} been)$", "", left)
        if cut != left:
            return self._subject(cut, relative=False)
        return self._subject(left, relative=True)

    def _is_of_people(self, field: str) -> bool:
        """Whether who does it are people: who runs Docker is not what it runs on."""
        kinds, _ = ends_of(self.lexicon.ontology, field)
        return self.lexicon.ontology.sides[field][1] == "in" and "Organization" not in kinds

    def _subject(self, text: str, *, relative: bool) -> tuple[Restriction, bool] | None:
        """`relative`: the verb is no full one, so that a noun may stand alone before it."""
        if not relative and _ASKS.fullmatch(text):
            return Restriction(), False
        if found := _COUNTS.fullmatch(text):
            noun = self.lexicon.noun(re.sub(" (?:that|which|who)$", "", found["np"]))
            return None if noun is None else (noun, True)
        for pattern in (_THAT, _ANY, _ASKS_OF):
            if (found := pattern.fullmatch(text)) and (noun := self.lexicon.noun(found["np"])):
                return noun, False
        if relative and (noun := self.lexicon.noun(text)) is not None and text:
            return noun, False
        # "tools implement X": as short as questions are typed into a box.
        noun = self.lexicon.noun(text) if text else None
        return None if noun is None or noun.bare else (noun, False)

    def _asked_of(self, left: str, phrase: Phrase, more: str = "") -> Iterator[Meaning]:
        """What a question asks for that ends with the verb: what does X use."""
        helper = _DO if phrase.form == "base" else rf"(?:{_BE}|{_HAVE})"
        if phrase.form == "finite":
            yield from self._relative(left, phrase)
            return
        found = fullmatch(
            rf"(?:(?P<who>{_WHO})|(?:what|which) (?P<np>.+?)|how many (?P<count>.+?))"
            rf" {helper} (?P<x>.+?)(?: been| both| all)?",
            left,
        )
        if found is None:
            found = fullmatch(rf"(?P<who>by (?:whom|what|who)) {_BE} (?P<x>.+)", left)
            if found is None or phrase.form != "done":
                return
            yield from self._others(Restriction(), inverse_of(self.lexicon.ontology, phrase.field),
                                    found["x"], count=False)  # fmt: skip
            return
        groups = found.groupdict()
        noun_text = groups.get("np") or groups.get("count")
        noun = Restriction() if noun_text is None else self.lexicon.noun(noun_text)
        if noun is not None and not (phrase.form == "done" and found["who"]):
            yield from self._others(
                noun, phrase.field, found["x"] + more, count=bool(groups.get("count"))
            )
        elif noun is not None and re.search(rf" {_HAVE} ", left):
            yield from self._others(noun, phrase.field, found["x"], count=False)

    def _relative(self, left: str, phrase: Phrase) -> Iterator[Meaning]:
        """everything Google originated; the specs that runc implements; what containerd uses"""
        words = re.sub("^(?:(?:all|all of|the) )+", "", left).split()
        vocabulary = self.lexicon.vocabulary
        for at in range(1, len(words)):
            said, known = " ".join(words[:at]), " ".join(words[at:])
            noun = Restriction() if said == "what" else self.lexicon.noun(said)
            # A name may begin with a noun: Container Runtime Interface.
            if noun is not None and (
                vocabulary.nouns.is_kind(said, "en") or not vocabulary.mentions.find(said)
            ):
                known = re.sub("^(?:that|which) ", "", known)
                yield from self._others(noun, phrase.field, known, count=False)

    def _others(
        self, noun: Restriction, field: str, known: str, *, count: bool
    ) -> Iterator[Meaning]:
        """What stands at the other ends of a field of something known."""
        inverse = inverse_of(self.lexicon.ontology, field)
        for conditions in self.conditions.read(known, inverse):
            yield Listing(noun, conditions, count=count)

    def _asked_after(self, left: str, phrase: Phrase, right: str) -> Iterator[Meaning]:
        """containerd implements what; runc is owned by whom."""
        found = fullmatch(
            rf"(?:{_WHO}|(?:what|which) (?P<np>.+?))(?P<more> ,? ?but not .+)?", right
        )
        if found is None or phrase.form in ("done", "base", "ing"):
            return
        noun = Restriction() if found["np"] is None else self.lexicon.noun(found["np"])
        known = re.sub(rf" {_BE}$", "", left) if phrase.form == "after-be" else left
        if noun is not None and (phrase.form != "after-be" or known != left):
            known += (found["more"] or "").replace(" ,", "")
            yield from self._others(noun, phrase.field, known, count=False)

    def _claimed(self, left: str, phrase: Phrase, right: str) -> Iterator[Meaning]:
        """does X implement Y; is X a fork of Y; since when does X use Y."""
        told = left.startswith("since when is it so that ")
        when = re.match(r"(?:since when(?: is it so that)?|when|from when|how long) ", left)
        rest = left[when.end() :] if when else left
        if phrase.form == "base":
            found = fullmatch(rf"{_DO} (?P<x>.+?)(?: (?:start|begin) to)?", rest)
        elif phrase.form == "finite" or (told and phrase.form == "after-be"):
            rest = re.sub(rf" {_BE}$", "", rest) if phrase.form == "after-be" else rest
            found = None if when and not told else fullmatch(r"(?P<x>.+)", rest)
        elif phrase.form == "ing" and when:
            found = fullmatch(rf"(?:did (?P<x>.+) (?:start|begin)|{_HAVE} (?P<y>.+) been)", rest)
        else:
            helper = _HAVE if phrase.form == "done" else _BE
            found = fullmatch(
                rf"(?:{helper}|{_HAVE}) (?P<x>.+?)(?: been)?|(?P<y>.+) {helper}(?: been)?", rest
            )
        if found is None:
            return
        known = next(text for text in found.groups() if text)
        kinds, others = ends_of(self.lexicon.ontology, phrase.field)
        for subject in self.lexicon.things(known, kinds):
            for object_ in self.lexicon.things(right, others):
                yield Verdict(subject, phrase.field, object_, when=bool(when))

    def _nouns(self, text: str) -> Iterator[Meaning]:
        """implementers of CRI; which forks does LXD have; LXD forks."""
        for word, fields in self.lexicon.relation_nouns.items():
            if word not in text or (word in PEOPLE and "how many" in text):
                continue
            w = re.escape(word)
            for pattern in (
                rf"(?:(?:{_WHO}|how many) (?:{_BE} )?)?(?:there )?(?:the |all |any |some "
                rf"|an? )*{w} (?:of|for|to) (?P<x>.+)",
                rf"(?:what|which) (?P<np>.+?) {_BE} (?:the |an? )?{w} (?:of|for|to) (?P<x>.+)",
                rf"{_BE} there (?:the |all |any |some |an? )*{w} (?:of|for|to) (?P<x>.+)",
                rf"(?:what|which|how many) {w} {_DO} (?P<x>.+) (?:have|exist(?: for)?)",
                rf"(?:what|which|how many) {w} (?:{_BE} there |exist )?(?:of|for|to) (?P<x>.+?)"
                rf"(?: {_BE} there| exist)?",
                rf"(?:the )?number of {w} (?:of|for|to) (?P<x>.+)",
                rf"do(?:es)? (?P<x>.+) have (?:any |some |an? )?{w}",
                rf"(?:{_WHO} {_BE} )?(?:the |all )?(?P<x>.+?) (?:'s? )?{w}(?: are there| exist)?",
            ):
                if found := fullmatch(pattern, text):
                    said = found.groupdict().get("np")
                    noun = self.lexicon.noun(said) if said else Restriction()
                    for field in fields if noun is not None else ():
                        for conditions in self.conditions.read(found["x"], field):
                            yield Listing(
                                noun or Restriction(),
                                conditions,
                                count=bool(re.search("how many|number of", text)),
                            )


def with_day(meaning: Meaning, day: str) -> Meaning | None:
    """The meaning as of a day; None if it has none."""
    return replace(meaning, as_of=day) if isinstance(meaning, Listing) else None


__all__ = ["Condition", "Relations", "Thing", "with_day"]
