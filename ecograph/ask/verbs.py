"""The words of a relation in questions, from the ontology's labels, sentences and own words.

English: a verb in its forms with what follows it ("runs on"), or what stands after "is"
("certified for"). Chinese: what stands before and after the other end (「归…所有」).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ecograph.ask.nouns import plural
from ecograph.model.ontology import Language, Ontology, Relation

Form = Literal["finite", "base", "ing", "done", "after-be"]

_IRREGULAR = {
    "has": ("have", "had", "had", "having"),
    "runs": ("run", "ran", "run", "running"),
    "holds": ("hold", "held", "held", "holding"),
    "builds": ("build", "built", "built", "building"),
    "begins": ("begin", "began", "begun", "beginning"),
    "takes": ("take", "took", "taken", "taking"),
    "makes": ("make", "made", "made", "making"),
    "comes": ("come", "came", "come", "coming"),
    "becomes": ("become", "became", "become", "becoming"),
    "belongs": ("belong", "belonged", "belonged", "belonging"),
    "forks": ("fork", "forked", "forked", "forking"),
    "ships": ("ship", "shipped", "shipped", "shipping"),
    "wraps": ("wrap", "wrapped", "wrapped", "wrapping"),
    "sits": ("sit", "sat", "sat", "sitting"),
}
_BE = ("is", "was", "are", "were")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between a subject and an object of a field: subject `words` object."""

    words: tuple[str, ...]
    form: Form
    field: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Chinese words around the object of a field: subject `before` object `after`."""

    before: str
    after: str
    field: str


def inverse_of(ontology: Ontology, field: str) -> str:
    """The field that reads the same relation from its other side."""
    name, side = ontology.sides[field]
    relation = ontology.relations[name]
    return field if side == "either" else relation.inverse if side == "out" else name


def is_of_the_past(ontology: Ontology, field: str) -> bool:
    """Whether a relation says what has come about: what can replace a thing has not replaced it."""
    return ontology.sides[field][0] in ("succeeds", "renameOf", "mergeOf", "forkOf")


def ends_of(ontology: Ontology, field: str) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds that a field is on, and those that it leads to."""
    name, side = ontology.sides[field]
    relation = ontology.relations[name]
    ends = frozenset(relation.domain), frozenset(relation.range)
    return ends if side != "in" else (ends[1], ends[0])


def _phrases_of(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Field, and an English phrase of it; what a relation itself is called goes before the rest."""
    for name, relation in ontology.relations.items():
        sentence = re.fullmatch(r"\{subject\} (.+) \{object\}", relation.sentence.en)
        yield name, relation.label.en
        if sentence:
            yield name, sentence[1]
        if not relation.symmetric:
            yield relation.inverse, relation.inverse_label.en
    for name, relation in ontology.relations.items():
        for phrase in relation.asked.verbs.en:
            yield name, phrase
        if not relation.symmetric:
            for phrase in relation.asked.inverse_verbs.en:
                yield relation.inverse, phrase


def english_phrases(ontology: Ontology) -> dict[str, tuple[Phrase, ...]]:
    """First word -> the phrases that begin with it, the longest first."""
    found: dict[Phrase, None] = {}
    for field, text in _phrases_of(ontology):
        words = tuple(text.casefold().split())
        found.update(dict.fromkeys(_english(words, field, ontology)))
    by_first: dict[str, list[Phrase]] = {}
    for phrase in found:
        by_first.setdefault(phrase.words[0], []).append(phrase)
    return {
        first: tuple(sorted(own, key=lambda p: -len(p.words))) for first, own in by_first.items()
    }


def _english(words: tuple[str, ...], field: str, ontology: Ontology) -> Iterator[Phrase]:
    if words[0] in _BE and len(words) > 1:
        yield Phrase(words[1:], "after-be", field)
        return
    if not words[0].endswith("s") or len(words[0]) < 3:
        at = next((n for n, word in enumerate(words) if word.endswith("s") and len(word) > 3), None)
        if at is None or words[0].endswith(("ed", "en", "nt")):
            yield Phrase(words, "after-be", field)
            return
        # An adverb before the verb: "partly conforms to".
        before, words = words[:at], words[at:]
    else:
        before = ()
    base, past, done, ing = forms_of(words[0])
    tail = words[1:]
    yield Phrase((*before, words[0], *tail), "finite", field)
    yield Phrase((*before, past, *tail), "finite", field)
    yield Phrase((*before, base, *tail), "base", field)
    yield Phrase((*before, ing, *tail), "ing", field)
    yield Phrase((*before, done, *tail), "done", field)
    # "X is used by Y" says the same from the other side.
    yield Phrase((*before, done, *tail, "by"), "after-be", inverse_of(ontology, field))


def forms_of(third: str) -> tuple[str, str, str, str]:
    """The base, the past, the participle and the -ing form of a verb in the third person."""
    if third in _IRREGULAR:
        return _IRREGULAR[third]
    if third.endswith("ies"):
        base = third[:-3] + "y"
    elif third.endswith(("sses", "shes", "ches", "xes")):
        base = third[:-2]
    else:
        base = third[:-1]
    if base.endswith("y") and base[-2] not in "aeiou":
        return base, base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    if base.endswith("e"):
        stem = base if base.endswith("ee") else base[:-1]
        return base, base + "d", base + "d", stem + "ing"
    return base, base + "ed", base + "ed", base + "ing"


def nouns_in(ontology: Ontology, language: Language) -> dict[str, tuple[str, ...]]:
    """Noun -> the fields that it names, the longest first: implementer -> implements.

    English ones stand in the singular and in the plural.
    """
    found: dict[str, list[str]] = {}
    for field, words in _nouns_of(ontology, language):
        for word in words:
            for form in (word, plural(word)) if language == "en" else (word,):
                found.setdefault(form, []).append(field)
    return {word: tuple(found[word]) for word in sorted(found, key=lambda w: (-len(w), w))}


def _nouns_of(ontology: Ontology, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, relation in ontology.relations.items():
        yield name, relation.asked.nouns.in_language(language)
        if not relation.symmetric:
            yield relation.inverse, relation.asked.inverse_nouns.in_language(language)


def standing_alone(ontology: Ontology, language: Language) -> dict[str, str]:
    """Word -> the field of which it says that it leads somewhere: certified, forks."""
    found: dict[str, str] = {}
    for name, relation in ontology.relations.items():
        if language == "en":
            if told := re.fullmatch(r"is (\w+ed) for", relation.label.en):
                found.setdefault(told[1], name)
            words = relation.asked.nouns.en if is_of_the_past(ontology, name) else ()
            for word in words:
                found.setdefault(plural(word), name)
                found.setdefault(word, name)
        elif re.fullmatch(r"is \w+ed for", relation.label.en):
            for said in (relation.label.zh, *relation.asked.verbs.zh):
                found.setdefault(re.sub("{}|了|的", "", said), name)
    return found


def chinese_frames(ontology: Ontology) -> tuple[Frame, ...]:
    """Every frame, the longest words first."""
    found: dict[Frame, None] = {}
    for name, relation in ontology.relations.items():
        for text in _chinese_of(relation):
            found |= dict.fromkeys(_frames(text, name, ontology))
        if not relation.symmetric:
            for text in _chinese_inverse(relation):
                found |= dict.fromkeys(_frames(text, relation.inverse, ontology))
    return tuple(sorted(found, key=lambda f: (-len(f.before) - len(f.after), f.field)))


def _chinese_of(relation: Relation) -> Iterable[str]:
    sentence = re.fullmatch(r"\{subject\}(.+)\{object\}(.*)", relation.sentence.zh.replace(" ", ""))
    if sentence:
        yield f"{sentence[1]}{{}}{sentence[2]}"
    yield from relation.asked.verbs.zh


def _chinese_inverse(relation: Relation) -> Iterable[str]:
    label = relation.inverse_label.zh
    yield f"被{{}}{label[1:]}" if label.startswith("被") and len(label) > 1 else label
    yield from relation.asked.inverse_verbs.zh


def _frames(text: str, field: str, ontology: Ontology) -> Iterator[Frame]:
    # What is done and what is being done are asked alike: 实现, 实现了.
    before, _, after = text.casefold().partition("{}")
    before = before.removesuffix("了")
    yield Frame(before, after, field)
    if not after and not before.startswith(("是", "被", "由", "归")):
        for passive, end in (("被", ""), ("由", ""), ("是", "的")):
            yield Frame(passive, before + end, inverse_of(ontology, field))
