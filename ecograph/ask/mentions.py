"""A stretch of a question -> the entities that it may name.

A name is an id, a label or an alias, by match key. Short forms are added where only one entity has
them: "distribution spec" for "OCI Distribution Specification". What is misspelt is corrected only
where the question reads in no other way, only as typing errors are, and only to a name that is
alone that near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from ecograph.ask.readings import Thing
from ecograph.ask.text import HAN
from ecograph.model.keys import has_han, match_key
from ecograph.model.names import NameEntry, NameIndex
from ecograph.model.ontology import Ontology

LONGEST_NAME = 80
FEWEST_LETTERS, MORE_LETTERS = 5, 9
SHORT = 6
FEWEST_HAN = 4
MOST_CORRECTIONS = 60
"""Stretches of one question that are looked at for typing errors."""

_SPEC = re.compile(r"\b(?:specifications?|standards?|specs)\b")
_ARTICLES = re.compile(r"^(?:the|a|an|this|that|called|named) ")
_ZH_BEFORE = re.compile("^(?:这个|那个|该|一个|名为|叫做|所谓的?)")
_FIRM = re.compile(
    r",? (?:inc|incorporated|ltd|limited|llc|gmbh|corp|corporation|labs|technologies)\.?$"
    "|\\s*(?:公司|集团)$"
)
_WORDS = re.compile(r"\W+")
_COMMON = frozenset("api apis c net cmd add box the is of it one all any other others".split())
"""Words too common to be taken for an alias; as a label, or with a kind beside them, they stand."""


class Mentions:
    """Finds what stretches of questions name; equal names give equal answers."""

    def __init__(self, names: NameIndex, ontology: Ontology) -> None:
        self.names = names
        self._short = _short_forms(names)
        self._firms = _firms(names)
        self._beside_en, self._beside_zh = _kind_words(ontology)
        self._yielding = {e.id for e in names.entries() if e.yields}
        self._alike: dict[tuple[str, ...], list[str]] = {}
        self._spelt: dict[str, str] = {}
        for e in names.entries():
            for name in (*e.label.values(), *e.aliases, e.id):
                self._spelt.setdefault(match_key(name), name)
        for key in self._spelt:
            if len(key) >= FEWEST_HAN:
                for likeness in _likenesses(key):
                    self._alike.setdefault(likeness, []).append(key)
        self._labels = {match_key(e.label.get("en", "")) for e in names.entries()}

    def find(self, text: str, among: Container[str] | None = None) -> tuple[Thing, ...]:
        """The things of these kinds that a stretch names as it is written, the plain name first."""
        text = text.strip(" ,'")
        if not text or len(text) > LONGEST_NAME:
            return ()
        for form, own in self._forms(text):
            found = tuple(
                Thing(id, kind, text)
                for id in self._ids(form)
                for kind in (self.names.kind_of(id),)
                if (among is None or kind in among) and (own is None or kind == own)
            )
            if found:
                return found
        if among is not None and "Organization" in among:
            for form, _ in self._forms(text):
                if id := self._firms.get(match_key(form)):
                    return (Thing(id, "Organization", text),)
        return ()

    def _ids(self, form: str) -> tuple[str, ...]:
        key = match_key(form)
        if not key or (form in _COMMON and key not in self._labels):
            return ()
        found = self.names.named(form) or tuple(self._short.get(key, ()))
        firm = tuple(id for id in found if id not in self._yielding)
        return firm or found

    def _forms(self, text: str) -> Iterator[tuple[str, str | None]]:
        """The text, then without an article, then without a word that says its kind, and which."""
        yield text, None
        bare = _ZH_BEFORE.sub("", _ARTICLES.sub("", text))
        if bare != text:
            yield bare, None
        if (plain := _SPEC.sub("spec", bare)) != bare:
            yield plain, None
        for words, gap in ((self._beside_en, " "), (self._beside_zh, "")):
            # Most texts have none of them, which is seen at once.
            if not bare.endswith(tuple(words)) and not (gap and bare.startswith(tuple(words))):
                continue
            for word, kind in words.items():
                if bare.endswith(gap + word) and len(bare) > len(gap + word):
                    yield bare.removesuffix(gap + word), kind
                if gap and bare.startswith(word + gap) and len(bare) > len(word + gap):
                    yield bare.removeprefix(word + gap), kind

    def correct(self, text: str, among: Container[str] | None = None) -> tuple[Thing, ...]:
        """The one thing that a misspelt stretch stands for, or none."""
        text = text.strip(" ,'")
        if not text or len(text) > LONGEST_NAME:
            return ()
        for form, own in self._forms(text):
            key = match_key(form)
            if not _edits(key) or form in _COMMON:
                continue
            near: dict[str, int] = {}
            alike = [name for one in _likenesses(key) for name in self._alike.get(one, ())]
            for name in alike:
                if is_slip(key, name) and _word_by_word(form, self._spelt[name]):
                    for id in self.names.named(name):
                        kind = self.names.kind_of(id)
                        if (among is None or kind in among) and own in (None, kind):
                            near.setdefault(id, OSA.distance(key, name))
            best = min(near.values(), default=0)
            ids = [id for id, distance in near.items() if distance == best]
            if len(ids) == 1:
                return (Thing(ids[0], self.names.kind_of(ids[0]), text, exact=False),)
        return ()

    def within(
        self, text: str, gap: str, categories: Callable[[str], tuple[str, ...]] = lambda _: ()
    ) -> list[Thing]:
        """Names that stand somewhere in a text, the longest first: for what could be asked.

        `categories` finds those of a noun in the singular, too.
        """
        parts = text.split(gap) if gap else re.findall(f"[{HAN}]|[^{HAN}\\s]+|\\s+", text)
        taken: set[int] = set()
        found: list[Thing] = []
        for length in range(min(len(parts), 12), 0, -1):
            for start in range(len(parts) - length + 1):
                places = range(start, start + length)
                if taken & set(places):
                    continue
                said = gap.join(parts[start : start + length])
                if len(match_key(said)) < 2 or said in _COMMON:
                    continue
                if own := self._ids(said) or categories(said):
                    taken |= set(places)
                    found.append(Thing(own[0], self.names.kind_of(own[0]), said))
        return found


@lru_cache(maxsize=1_024)
def _edits(key: str) -> int:
    if has_han(key):
        return 1 if len(key) >= FEWEST_HAN else 0
    return 0 if len(key) < FEWEST_LETTERS else 1 if len(key) < MORE_LETTERS else 2


def _likenesses(key: str) -> tuple[tuple[str, ...], ...]:
    """What a name shares, one or the other, with all that it may be mistyped as."""
    if not has_han(key):
        return ((key[0], key[-1]),)
    length = str(len(key))
    return (length, "first", key[0]), (length, "last", key[-1])


def is_slip(typed: str, name: str) -> bool:
    """Whether a text is a name mistyped, as near as its length allows.

    Many words of English differ from a name by an ending or by one letter. So both ends stand, and
    in a short word letters changed places, or one within is missing, or one is doubled or not.
    """
    allowed = _edits(typed)
    if abs(len(typed) - len(name)) > allowed:
        return False
    distance = OSA.distance(typed, name, score_cutoff=allowed)
    if not 0 < distance <= allowed:
        return False
    if has_han(typed):
        # One character for another; a particle too many is no slip.
        return len(typed) == len(name)
    if typed[0] != name[0] or typed[-1] != name[-1] or name.startswith(typed):
        return False
    if len(typed) > SHORT or sorted(typed) == sorted(name) or len(typed) < len(name):
        return True
    return re.sub(r"(.)\1", r"\1", typed) == re.sub(r"(.)\1", r"\1", name)


def _word_by_word(typed: str, name: str) -> bool:
    """Whether each word of a text is the one of a name, or that one mistyped.

    Two short words that differ are two words: the Docker API is no Docker CLI.
    """
    words, others = (_WORDS.split(text.casefold().strip()) for text in (typed, name))
    if has_han(typed) or len(words) == len(others) == 1:
        return True
    if len(words) != len(others):
        return OSA.distance(match_key(typed), match_key(name)) == 1
    return all(
        one == other or is_slip(one, other) for one, other in zip(words, others, strict=True)
    )


def _firms(names: NameIndex) -> dict[str, str]:
    """Match key of an organization's name without its legal form -> the only one that has it.

    It counts where a name of another kind can not be meant: what Docker owns, Docker, Inc. owns.
    """
    found: dict[str, set[str]] = {}
    for entry in names.entries():
        if entry.kind != "Organization":
            continue
        for label in map(str.casefold, (*entry.label.values(), *entry.aliases)):
            short = _FIRM.sub("", label)
            if short != label and len(match_key(short)) >= FEWEST_HAN:
                found.setdefault(match_key(short), set()).add(entry.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _short_forms(names: NameIndex) -> dict[str, list[str]]:
    """Match key of a short form -> the only entity that has it, and no entity's own name."""
    found: dict[str, set[str]] = {}
    for entry in names.entries():
        for form in _shorter(entry):
            key = match_key(form)
            if len(key) >= 4:
                found.setdefault(key, set()).add(entry.id)
    return {key: [*ids] for key, ids in found.items() if len(ids) == 1 and not names.named(key)}


def _shorter(entry: NameEntry) -> Iterable[str]:
    if entry.kind != "Specification":
        return
    for label in (*entry.label.values(), *entry.aliases):
        folded = label.casefold()
        plain = _SPEC.sub("spec", folded)
        yield plain
        bare = plain.removeprefix("oci ").removeprefix("kubernetes ")
        yield bare
        if plain.endswith(" spec"):
            yield plain.removesuffix(" spec")
        if has_han(folded):
            for end in ("规范", "标准", "接口"):
                if folded.endswith("规范"):
                    yield folded.removesuffix("规范") + end
                    yield folded.removesuffix("规范").removeprefix("oci ") + end
        if not plain.endswith("spec"):
            yield f"{plain} spec"


def _kind_words(ontology: Ontology) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The words that may stand beside a name and say no more than its kind, with that kind."""
    english: dict[str, str | None] = {"project": None, "entity": None}
    chinese: dict[str, str | None] = {"项目": None, "实体": None}
    if "Tool" in ontology.kinds:
        english |= dict.fromkeys(("runtime", "registry", "engine"), "Tool")
    for name, kind in ontology.kinds.items():
        english |= dict.fromkeys((kind.label.en.casefold(), *kind.asked.en), name)
        chinese |= dict.fromkeys((kind.label.zh, *kind.asked.zh), name)
    return english, chinese
