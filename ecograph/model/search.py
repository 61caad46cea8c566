"""Search over spellings in English and Chinese, forgiving of typos.

May import: errors, model; rapidfuzz for edit distances.

What a score says (0 to 1000); q is the text that was searched, s a spelling, both as match keys:

    1000, 980, 960   q = s, where s is a label, an alias, an id
    800 to 899       s begins with q
    700 to 799       every word of q begins a word of s, in any order
    600 to 699       q stands inside s
    383 to 599       q is near s: 590 x similarity, left out where it is too low

Inside a band: 90 x (length of q / length of s), and 9 more for a label or 5 more for an alias.

The similarity is the better of two. Spelling: one less edits / length, at least 0.75, which is one
edit in four letters. Words: Tversky's index of the terms of q and s, at least 0.65, in which a term
that only q has counts a half and one that only s has a tenth. Terms are words, and of Chinese the
single characters and the pairs; rare terms weigh more, misspelt ones by their similarity. Only a
word that occurs nowhere is taken for a misspelling.

Sources: Damerau 1964 (edits with transpositions); Tversky 1977 (features of similarity); Sparck
Jones 1972 (inverse document frequency); Cohen, Ravikumar, Fienberg 2003 (soft TF-IDF: misspelt
words among weighted ones); Ukkonen 1992 (strings that are near share q-grams); Nie, Gao, Zhang,
Zhou 2000 (characters and pairs of them for Chinese).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log
from operator import add
from typing import Literal

from rapidfuzz.distance import OSA

from ecograph.model.keys import has_han

Field = Literal["LABEL", "ALIAS", "ID"]

LONGEST = 512
"""Characters of a text that count; the rest is cut, so that nothing is slow."""

EXACT: dict[Field, int] = {"LABEL": 1000, "ALIAS": 980, "ID": 960}
EXTRA: dict[Field, int] = {"LABEL": 9, "ALIAS": 5, "ID": 0}
PREFIX, WORD_PREFIX, INFIX, NEAR = 800, 700, 600, 590

SPELLING_AT_LEAST = 0.75
WORDS_AT_LEAST = 0.65
ONLY_IN_QUERY, ONLY_IN_NAME = 0.5, 0.1
FEWEST_SHARED = 1 / (1 + (1 / WORDS_AT_LEAST - 1) / ONLY_IN_QUERY) - 1e-9
"""The share of what is asked for that must be met to come up to WORDS_AT_LEAST."""

SHORTEST_INFIX, SHORTEST_MISSPELT = 3, 4
LONGEST_NEAR = 64
"""A longer text, or one of more terms, is matched as it stands and not by similarity."""

MOST_COMPARED = 500
MOST_NEAR = 50
"""Bounds of the spellings compared with a misspelt word, and of those that it may stand for."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_ASCII_WORD = re.compile("[a-z0-9]+")
_WORD = re.compile(f"(?:(?=[^\\W_])[{_HAN}])+|[^\\W_{_HAN}]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that a search found, by its best name; `lang` is EN, ZH, or None for an id."""

    id: str
    score: int
    text: str
    field: Field
    lang: str | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of one entity."""

    id: str
    text: str
    field: Field
    lang: str | None


class Lexicon:
    """Strings, each with the places where it stands, found by beginning, by part or by likeness."""

    def __init__(self, strings: Iterable[tuple[str, int]]) -> None:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for string, place in strings:
            places[string].append(place)
        # Nearly all have one place, for which a tuple takes half of what a list does.
        self.places = {string: tuple(own) for string, own in places.items()}
        self._sorted = sorted(places)

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        """Pair of letters -> strings that hold it. Half of all the work, so not at the start."""
        pairs: defaultdict[str, list[int]] = defaultdict(list)
        for number, string in enumerate(self._sorted):
            for pair in _pairs_of(string):
                pairs[pair].append(number)
        return dict(pairs)

    def find_beginning(self, text: str) -> set[int]:
        """The places of the strings that begin with a text."""
        found: set[int] = set()
        for number in range(bisect_left(self._sorted, text), len(self._sorted)):
            if not self._sorted[number].startswith(text):
                break
            found.update(self.places[self._sorted[number]])
        return found

    def find_holding(self, text: str) -> set[int]:
        """The places of the strings that hold a text of two characters or more."""
        found: set[int] = set()
        for number in min((self._pairs.get(a + b, []) for a, b in pairwise(text)), key=len):
            if text in self._sorted[number]:
                found.update(self.places[self._sorted[number]])
        return found

    def correct(self, word: str) -> list[tuple[str, float]]:
        """The strings that a misspelt word may stand for, with their similarity, nearest first."""
        if len(word) < SHORTEST_MISSPELT:
            return []
        counts: Counter[int] = Counter()
        for pair in _pairs_of(word):
            counts.update(self._pairs.get(pair, ()))
        # An edit changes at most three pairs (a transposition does), so of the n + 1 pairs of a
        # word with n / 4 edits at least n / 4 + 1 are shared.
        fewest = 1 + len(word) // 4
        ranked = sorted((-count, number) for number, count in counts.items() if count >= fewest)
        near: list[tuple[float, str]] = []
        for _, number in ranked[:MOST_COMPARED]:
            other = self._sorted[number]
            similarity = OSA.normalized_similarity(word, other, score_cutoff=SPELLING_AT_LEAST)
            if similarity:
                near.append((-similarity, other))
        return [(other, -similarity) for similarity, other in sorted(near)[:MOST_NEAR]]


class SearchIndex:
    """Finds spellings; equal spellings in equal order give equal answers."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._spellings = tuple(spellings)
        words = [split_words(spelling.text) for spelling in self._spellings]
        terms = [split_terms(own) for own in words]
        self._key_at = ["".join(own) for own in words]
        self._keys = Lexicon((key, at) for at, key in enumerate(self._key_at) if key)
        self._words = Lexicon((word, at) for at, own in enumerate(words) for word in set(own))
        self._terms: defaultdict[str, list[int]] = defaultdict(list)
        for at, own in enumerate(terms):
            for term in own:
                self._terms[term].append(at)
        count = len(words)
        self._weights = {term: log(1 + count / len(at)) for term, at in self._terms.items()}
        # What no name holds tells names apart no more than a middling term does.
        self._unseen = log(1 + count) / 2
        self._weight_at = [sum(self._weights[term] for term in own) for own in terms]

    def search(self, text: str, accepts: Callable[[str], bool] | None = None) -> list[Hit]:
        """Every entity found among those accepted by id, once, the highest score first, then id."""
        words = split_words(text)
        key = "".join(words)
        if not key:
            return []
        scores = self._find_held(key, words)
        if len(key) <= LONGEST_NEAR:
            for at, similarity in self._find_near(key, split_terms(words)).items():
                if at not in scores:
                    scores[at] = int(NEAR * similarity) + EXTRA[self._spellings[at].field]
        best: dict[str, int] = {}
        for at in sorted(scores):
            owner = self._spellings[at].id
            if owner not in best or scores[at] > scores[best[owner]]:
                best[owner] = at
        found = (
            Hit(owner, scores[at], s.text, s.field, s.lang)
            for owner, at in best.items()
            for s in (self._spellings[at],)
            if accepts is None or accepts(owner)
        )
        return sorted(found, key=lambda hit: (-hit.score, hit.id))

    def _find_held(self, key: str, words: Sequence[str]) -> dict[int, int]:
        """Spelling -> score, of those that hold the key or words that begin as those asked for."""
        begun: set[int] = self._words.find_beginning(words[0])
        for word in words[1:]:
            if begun:
                begun &= self._words.find_beginning(word)
        held = begun | self._keys.find_beginning(key)
        if len(key) == 1:
            if has_han(key):
                held.update(self._terms.get(key, ()))
        elif len(key) >= SHORTEST_INFIX or has_han(key):
            held |= self._keys.find_holding(key)
        scores: dict[int, int] = {}
        for at in held:
            name, field = self._key_at[at], self._spellings[at].field
            if name == key:
                scores[at] = EXACT[field]
                continue
            band = PREFIX if name.startswith(key) else WORD_PREFIX if at in begun else INFIX
            scores[at] = band + 90 * min(len(key), len(name)) // len(name) + EXTRA[field]
        return scores

    def _find_near(self, key: str, terms: Sequence[str]) -> dict[int, float]:
        """Spelling -> similarity, of those that are near enough."""
        similarities: dict[int, float] = {}
        if key not in self._keys.places and any(term not in self._terms for term in terms):
            for other, similarity in self._keys.correct(key):
                similarities.update(dict.fromkeys(self._keys.places[other], similarity))
        # The holders of a single known term are found already.
        if len(terms) > LONGEST_NEAR or (len(terms) == 1 and terms[0] in self._terms):
            return similarities
        meant: list[tuple[float, list[tuple[str, float]]]] = []
        for term in terms:
            near = [(term, 1.0)] if term in self._terms else self._correct_word(term)
            meant.append((self._weights[near[0][0]] if near else self._unseen, near))
        # Rare terms first, so that what holds only common ones, too few of them, is never gathered.
        meant.sort(reverse=True)
        asked = left = sum(weight for weight, _ in meant)
        fewest = asked * FEWEST_SHARED
        shared: dict[int, float] = {}
        for weight, near in meant:
            parts: dict[int, float] = {}
            for other, similarity in near:
                for at in self._terms[other]:
                    parts.setdefault(at, similarity * weight)
            for at, part in parts.items():
                if at in shared:
                    shared[at] += part
                elif left >= fewest:
                    shared[at] = part
            left -= weight
        for at, weight in shared.items():
            if weight < fewest:
                continue
            both = min(weight, self._weight_at[at])
            differing = ONLY_IN_QUERY * (asked - both) + ONLY_IN_NAME * (self._weight_at[at] - both)
            index = both / (both + differing)
            if index >= WORDS_AT_LEAST and index > similarities.get(at, 0.0):
                similarities[at] = index
        return similarities

    def _correct_word(self, word: str) -> list[tuple[str, float]]:
        return [(near, s) for near, s in self._words.correct(word) if near in self._terms]


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded as match keys are; joined they are its match key.

    A run of Chinese characters is one word: 「OCI运行时规范」 has the words oci and 运行时规范.
    """
    text = " ".join(text.split())
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text[:LONGEST].lower()))
    cut = unicodedata.normalize("NFKC", text[:LONGEST])
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", cut.casefold())))


def split_terms(words: Iterable[str]) -> tuple[str, ...]:
    """The distinct terms of some words: a word itself; of Chinese, the characters and the pairs."""
    terms: dict[str, None] = {}
    for word in words:
        if has_han(word):
            terms.update(dict.fromkeys((*word, *(a + b for a, b in pairwise(word)))))
        else:
            terms[word] = None
    return tuple(terms)


def _pairs_of(word: str) -> set[str]:
    """The pairs of neighbouring letters, the edges of the word taken for letters."""
    letters = f"\0{word}\0"
    return set(map(add, letters, letters[1:]))
