"""A noun of a question -> what it restricts the answer to: kinds, categories, states.

"tools", "graduated projects", "registries", 「已归档的工具」. Kinds, the values of enumerations and
categories are known by the ontology's words and the categories' names, in singular and plural.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import HasValue, Restriction
from ecograph.model.keys import match_key
from ecograph.model.names import NameIndex
from ecograph.model.ontology import LANGUAGES, Language, Ontology

_ANYTHING = {
    "en": "thing things one ones project projects product products entity entities something "
          "anything everything stuff technology technologies implementation solutions".split(),
    "zh": "东西 事物 项目 产品 实体 技术 方案 一个 个 些 谁 什么 哪个 哪些 哪家".split(),
}  # fmt: skip
_BEFORE = {
    "en": "the a an all any other more some of every known existing different".split(),
    "zh": "采用 使用 所有 全部 其他 其它 已知 现有 不同 些 个 家 种 款 的".split(),
}
_AFTER = {"en": (), "zh": ("们",)}
_IN_CNCF = {"en": ("cncf",), "zh": ("cncf的", "cncf", "云原生计算基金会的")}
_LICENSE_IDS = (
    "Apache-2.0 MIT BSD-2-Clause BSD-3-Clause ISC MPL-2.0 EPL-2.0 UPL-1.0 BUSL-1.1 "
    "GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LGPL-2.1-only LGPL-2.1-or-later "
    "LGPL-3.0-only LGPL-3.0-or-later AGPL-3.0-only AGPL-3.0-or-later"
).split()


def _license_words() -> dict[str, tuple[str, ...]]:
    """Word -> the licences of the SPDX list that it may mean, the common ones."""
    found: dict[str, list[str]] = {}
    for id in _LICENSE_IDS:
        family = re.sub("-(only|or-later)$", "", id).casefold()
        plain = re.sub(r"-\d\.\d$", "", family)
        for word in {id.casefold(), family, plain, family.replace("-", " ")}:
            for form in (word, f"{word}-licensed", f"{word} licensed"):
                found.setdefault(form, []).append(id)
    return {word: tuple(ids) for word, ids in found.items()}


LICENSES = _license_words()


MOST_PLAIN = 50
"""Classes of a taxonomy up to which one word names a class; in a larger one "Gateway" or "Network"
says too little without the class above it."""


# What tells a category from one of another taxonomy is no part of its noun.
_TAXONOMY = re.compile(r"\s*[(（]CNCF[)）]$")


class Nouns:
    """Reads nouns, by the words of one ontology and the categories of one dataset."""

    def __init__(
        self, names: NameIndex, ontology: Ontology, taxonomies: Mapping[str, Collection[str]]
    ) -> None:
        self._kinds: dict[str, dict[str, str]] = {}
        self._values: dict[str, dict[str, tuple[HasValue, ...]]] = {}
        self._levels: tuple[str, ...] = ()
        for language in LANGUAGES:
            self._kinds[language] = _kinds_in(ontology, language)
            self._values[language] = _values_in(ontology, language)
        if "maturity" in ontology.attributes:
            known = ontology.enumerations.get(ontology.attributes["maturity"].type, {})
            self._levels = tuple(value for value in known if value != "ARCHIVED")
        vague = {id for ids in taxonomies.values() if len(ids) > MOST_PLAIN for id in ids}
        self._vague = {
            e.id for e in names.entries()
            if e.id in vague and len(_TAXONOMY.sub("", e.label.get("en", "")).split()) == 1
        }  # fmt: skip
        self._categories: dict[str, list[str]] = {}
        told = [
            (text, entry.id)
            for entry in names.entries()
            if entry.kind == "Category"
            for text in (*entry.label.values(), *entry.aliases)
        ]
        # Those that have a name to themselves come before those that share it.
        for text, id in (*told, *((_TAXONOMY.sub("", text), id) for text, id in told)):
            ids = self._categories.setdefault(_singular(match_key(text)), [])
            if id not in ids:
                ids.append(id)

    def head(self, text: str, language: Language) -> Restriction | None:
        """What a noun asks for without its adjectives: tools, registries."""
        if not text or text in _ANYTHING[language]:
            return Restriction()
        if (kind := self._kinds[language].get(text)) is not None:
            return Restriction(kind)
        found = self._class(text)
        return Restriction(categories=found) if found else None

    def _class(self, text: str) -> tuple[str, ...]:
        """The categories that a word names without more around it."""
        return tuple(id for id in self.category(text) if id not in self._vague)

    def joined(self, text: str, language: Language) -> Restriction | None:
        """What a noun with a category in it asks for: monitoring tools, things in monitoring."""
        pattern = "(?P<x>.+)(?:中|里)的(?P<h>.+)" if language == "zh" else "(?P<h>.+) in (?P<x>.+)"
        if inside := fullmatch(pattern, text):
            own = self.head(inside["h"], language)
            categories = self._class(inside["x"]) or self.category(inside["x"])
            return replace(own, categories=categories) if own and categories else None
        gap = "" if language == "zh" else " "
        for word, kind in self._kinds[language].items():
            if text.endswith(gap + word) and (found := self._class(text.removesuffix(word))):
                return Restriction(kind, found)
        return None

    def split(self, text: str, language: Language) -> tuple[tuple[HasValue, ...], str]:
        """The values that the adjectives of a noun ask for, and the rest of it."""
        gap = "" if language == "zh" else " "
        rest, values = text.strip(), list[HasValue]()
        levels = HasValue("maturity", self._levels)
        while True:
            if self._is_head(rest, language):
                return tuple(values), rest
            if self._levels and (cut := _cut(rest, _IN_CNCF[language], gap)) is not None:
                if not any(one.attribute == "maturity" for one in values):
                    values.append(levels)
                rest = cut
                continue
            if (cut := _cut(rest, _BEFORE[language], gap)) is not None:
                rest = cut
                continue
            # 被 CNCF 归档的项目: what is done to a thing stands before a state alone.
            if (
                language == "zh"
                and rest.startswith("被")
                and rest[1:].removeprefix("cncf").startswith(tuple(self._values[language]))
            ):
                rest = rest[1:]
                continue
            for word, meant in self._values[language].items():
                if rest.startswith(word) and (cut := _cut(rest, (word,), gap)) is not None:
                    cncf = [one for one in meant if one.attribute == "maturity"]
                    if levels in values and cncf:
                        values[values.index(levels)] = cncf[0]
                    else:
                        values.append(meant[0])
                    if language == "zh":
                        cut = re.sub("^(?:许可证|许可|协议)?的?", "", cut)
                    rest = cut
                    break
            else:
                return tuple(values), rest

    def _is_head(self, text: str, language: Language) -> bool:
        return (
            not text or text in _ANYTHING[language] or text in self._kinds[language]
            or _singular(match_key(text)) in self._categories
        )  # fmt: skip

    def all_states(self, language: Language) -> Mapping[str, tuple[HasValue, ...]]:
        """Every word for a state, the longest first."""
        return self._values[language]

    def states(self, text: str, language: Language) -> tuple[HasValue, ...]:
        """The values that a predicate such as "archived" may mean, one for each attribute."""
        return self._values[language].get(text, ())

    def with_states(self, noun: Restriction, states: tuple[HasValue, ...]) -> Restriction | None:
        """A noun with the first of some states; of a CNCF project it is the one in the CNCF."""
        levels = HasValue("maturity", self._levels)
        if levels in noun.values:
            states = tuple(one for one in states if one.attribute == "maturity")
            noun = replace(noun, values=tuple(one for one in noun.values if one != levels))
        return replace(noun, values=(*noun.values, states[0])) if states else None

    def category(self, text: str) -> tuple[str, ...]:
        """The categories of a name, in singular or plural."""
        return tuple(self._categories.get(_singular(match_key(text)), ()))


def _cut(text: str, words: tuple[str, ...] | list[str], gap: str) -> str | None:
    """What follows one of these words at the beginning, or None."""
    for word in words:
        if text.startswith(word + gap) and len(text) > len(word + gap):
            return text[len(word + gap) :]
    return None


def _singular(key: str) -> str:
    if not key.isascii() or len(key) < 4:
        return key
    if key.endswith("ies"):
        return key[:-3] + "y"
    # Container network, container networking.
    if key.endswith("ing") and len(key) > 8:
        return key[:-3]
    if key.endswith(("sses", "shes", "ches", "xes")):
        return key[:-2]
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


def plural(word: str) -> str:
    """The plural of an English noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _kinds_in(ontology: Ontology, language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, kind in ontology.kinds.items():
        words = (kind.label.in_language(language).casefold(), *kind.asked.in_language(language))
        for word in words:
            found.setdefault(word, name)
            if language == "en":
                found.setdefault(plural(word), name)
    return found


def _values_in(ontology: Ontology, language: Language) -> dict[str, tuple[HasValue, ...]]:
    """Word -> the values that it names, the attributes in the ontology's order; long"
    " words first."""
    found: dict[str, list[HasValue]] = {}
    for name, attribute in ontology.attributes.items():
        for value, told in ontology.enumerations.get(attribute.type, {}).items():
            words = (
                told.label.in_language(language).casefold(),
                *told.asked.in_language(language),
            )
            for word in words:
                meant = HasValue(name, (value,))
                if meant not in found.setdefault(word, []):
                    found[word].append(meant)
        if attribute.type == "license":
            for word, ids in LICENSES.items():
                found.setdefault(word, []).append(HasValue(name, ids))
    return {w: tuple(found[w]) for w in sorted(found, key=lambda w: (-len(w), w))}
