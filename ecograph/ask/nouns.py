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
          "anything everything stuff component components technology technologies "
          "implementation solutions".split(),
    "zh": "东西 事物 组件 项目 产品 实体 技术 方案 一个 个 些 谁 什么 哪个 哪些 哪家".split(),
}  # fmt: skip
_PROJECTS = {"en": ("project", "projects", "product", "products"), "zh": ("项目", "产品")}
"""Nouns of any kind that a class may stand before: storage projects."""
_BEFORE = {
    "en": "the a an all any other more some of every known existing different".split(),
    "zh": "采用了 使用了 采用 使用 用于 用来 用作 用 所有 全部 其他 其它 已知 现有 不同 "
          "些 个 家 种 款 的".split(),
}  # fmt: skip
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
OPEN_SOURCE = (
    *(id for id in _LICENSE_IDS if id != "BUSL-1.1"), "LGPL-2.0-only", "LGPL-2.0-or-later",
    "Artistic-1.0-Perl", "RPL-1.5", "Apache-2.0 WITH LLVM-exception", "Apache-2.0 OR MIT",
    "MIT OR Apache-2.0", "AGPL-3.0-only OR SSPL-1.0 OR Elastic-2.0",
    "LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only",
)  # fmt: skip
"""Licences that the Open Source Initiative approved, and expressions that let one be chosen."""
_OPEN = {"en": ("open source", "open-source", "opensource"), "zh": ("开源",)}
SCHEMES: Mapping[str, Mapping[Language, tuple[str, ...]]] = {
    "seed": {"en": ("seed", "original"), "zh": ("seed", "种子", "原始", "最初")},
    "today": {
        "en": ("today", "present-day", "present day", "current", "modern"),
        "zh": ("today", "今天", "当今", "现今", "现代"),
    },
    "cncf": {
        "en": ("cncf landscape", "cncf", "landscape"),
        "zh": ("cncf全景图", "cncf", "全景图"),
    },
}
"""Taxonomy -> the words by which questions name it."""
NOT = {
    "en": ("not ", "non-", "no longer ", "not yet "),
    "zh": ("尚未", "没有", "没", "未", "非", "不是", "不"),
}
"""What stands before a state that a thing is not in."""


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
        self._schemes = {
            language: {
                word: scheme
                for scheme in taxonomies
                for word in SCHEMES.get(scheme, {}).get(language, (scheme,))
            }
            for language in LANGUAGES
        }
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
        pattern = (
            "(?P<x>.+?)(?:(?:分类体系|分类|体系)?(?:中|里))?的(?P<h>.+)"
            if language == "zh"
            else "(?P<h>.+) (?:in|of|for) (?:the )?(?P<x>.+?)(?: scheme| taxonomy| tree| diagram)?"
        )  # fmt: skip
        inside = fullmatch(pattern, text)
        own = self.head(inside["h"], language) if inside else None
        if inside and own and own.kind == "Category":
            scheme = self._schemes[language].get(inside["x"])
            return None if scheme is None else _in_scheme(own, scheme)
        if inside and re.search(" in | for |中|里", text):
            categories = self._class(inside["x"]) or self.category(inside["x"])
            return replace(own, categories=categories) if own and categories else None
        gap = "" if language == "zh" else " "
        heads: dict[str, str | None] = dict.fromkeys(_PROJECTS[language])
        for word, kind in (self._kinds[language] | heads).items():
            said = text.removesuffix(word).removesuffix("的")
            if text.endswith(gap + word) and (found := self._class(said)):
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
            if (named := self._cut_scheme(rest, language)) is not None:
                return (HasValue("scheme", (named[0],)),), named[1]
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
                    if language == "zh":
                        cut = re.sub("^(?:许可证|许可|协议)?的?", "", cut)
                    # 开源协议 is a licence, and no thing that has one.
                    if not cut:
                        return tuple(values), rest
                    cncf = [one for one in meant if one.attribute == "maturity"]
                    if levels in values and cncf:
                        values[values.index(levels)] = cncf[0]
                    else:
                        values.append(meant[0])
                    rest = cut
                    break
            else:
                denied = self._cut_denied(rest, language, gap)
                if denied is None:
                    return tuple(values), rest
                value, rest = denied
                values.append(value)

    def _cut_scheme(self, text: str, language: Language) -> tuple[str, str] | None:
        """seed categories: the taxonomy, and the rest."""
        for word, scheme in self._schemes[language].items():
            for end in ("的", "分类体系的", "分类的", "") if language == "zh" else (" ", " 's "):
                rest = text.removeprefix(word + end)
                if rest != text and self._kinds[language].get(rest) == "Category":
                    return scheme, rest
        return None

    def _cut_denied(self, text: str, language: Language, gap: str) -> tuple[HasValue, str] | None:
        """non-archived tools: the state that is denied, and the rest."""
        for no in NOT[language]:
            for word, meant in self._values[language].items() if text.startswith(no) else ():
                if (cut := _cut(text, (no + word, f"{no}被{word}"), gap)) is not None:
                    rest = re.sub("^(?:许可证|许可|协议)?的?", "", cut) if not gap else cut
                    return replace(meant[0], negated=True), rest
        return None

    def _is_head(self, text: str, language: Language) -> bool:
        return (
            not text or text in _ANYTHING[language] or text in self._kinds[language]
            or _singular(match_key(text)) in self._categories
        )  # fmt: skip

    @property
    def levels(self) -> HasValue | None:
        """Any level that the CNCF gives to its projects; None if the ontology has none."""
        return HasValue("maturity", self._levels) if self._levels else None

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

    def is_kind(self, text: str, language: Language) -> bool:
        """Whether a noun says a kind of things: tools, 工具."""
        return text in self._kinds[language] or text in _ANYTHING[language]

    def classes(self, text: str, language: Language) -> tuple[str, ...]:
        """The categories of a noun that says no kind of things."""
        return () if self.is_kind(text, language) else self._class(text)

    def category(self, text: str) -> tuple[str, ...]:
        """The categories of a name, in singular or plural."""
        found = self._categories.get(_singular(match_key(text)), ())
        if not found and (turned := fullmatch("(?P<h>[a-z]+) of (?:the )?(?P<of>.+)", text)):
            # Distributions of Kubernetes are Kubernetes distributions.
            said = f"{turned['of']} {turned['h']}"
            found = self._categories.get(_singular(match_key(said)), ())
        return tuple(found)


def _cut(text: str, words: tuple[str, ...] | list[str], gap: str) -> str | None:
    """What follows one of these words at the beginning, or None."""
    for word in words:
        if text.startswith(word + gap) and len(text) > len(word + gap):
            return text[len(word + gap) :]
    return None


def _in_scheme(noun: Restriction, scheme: str) -> Restriction:
    return replace(noun, values=(*noun.values, HasValue("scheme", (scheme,))))


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
            for word in _OPEN[language]:
                found.setdefault(word, []).append(HasValue(name, OPEN_SOURCE))
    return {w: tuple(found[w]) for w in sorted(found, key=lambda w: (-len(w), w))}
