"""What stands after a verb -> conditions: one thing, or several joined by and, or, but not.

A name is sought in the whole text before the text is divided, so that a name may hold "and".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ecograph.ask.lexicon import Lexicon
from ecograph.ask.readings import AnyOf, Condition, HasValue, Related, Thing
from ecograph.ask.verbs import ends_of

MOST_THINGS = 5
"""Things that one question may join."""

_NOT = {
    "en": re.compile(
        r"(?P<yes>.+?),? (?:(?:but|and|yet|,) (?:that |which |who )?"
        r"(?:(?:is|are|do|does|did|have|has|can|could) )?(?:not|no longer)"
        r"(?: also| been| yet)?|except(?: for)?|excluding|without|other than)"
        r"(?: (?:for|to|of|on|by|in))? (?P<no>.+)"
    ),
    "zh": re.compile(
        "(?P<yes>.+?),?(?:但是|但|而且|并且|而|却|且|并|,)+(?:并)?(?:没有|没|不再|不是|不|尚未|未|非)(?:被|通过|能)?(?P<no>.+)"
    ),
}
_BOTH = {
    "en": re.compile(r"(?:both|all of|all|each of|either|any of|one of) (?P<rest>.+)"),
    "zh": re.compile("(?:同时|既)(?P<rest>.+)"),
}
_AND = {
    "en": (r" (?:and also|and|as well as|plus) ", r",? or ", r" , (?:and |or )?"),
    "zh": ("(?:以及|并且|并|和|与|及|,?又|,?且|,?同时)", "(?:或者|或是|或)", "[、,]"),
}
_STATE = {
    "en": re.compile(
        "(?P<rest>.+?) ,? ?(?:and |but )?(?:that |which |who )?(?:is|are) (?:an? |in )?"
    ),
    "zh": re.compile("(?P<rest>.+?),?(?:并且|而且|且|并|又)(?:是|还在|在|被|已经?|处于)?"),
}
_CLASSED = {
    "en": re.compile(r"(?P<rest>.+?) ,? ?and (?:that |which )?(?:is|are) (?:an? )?(?P<class>.+)"),
    "zh": re.compile("(?P<rest>.+?),?(?:并且|而且|且|并|又)是(?P<class>.+)"),
}
_VERSION = {
    "en": re.compile(r"(?P<name>.+?) (?:version |v)?(?P<version>v?\d+(?:\.\d+)+)(?: version)?"),
    "zh": re.compile(r"(?P<name>.+?) ?(?:版本)?(?P<version>v?\d+(?:\.\d+)+)(?:版本?)?"),
}
_BARE_VERSION = re.compile(r"(?:version )?(?P<version>v?\d+(?:\.\d+)+)(?:版本?)?")


class Conditions:
    """Reads conditions for one question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.language = lexicon.language

    def read(self, text: str, field: str) -> Iterator[tuple[Condition, ...]]:
        """Each way to understand a text as what a field leads to."""
        text = text.strip(" ,")
        whole = self._one(text, field)
        if whole:
            for related in whole:
                yield (related,)
            return
        for rest, state in self._stated(text):
            conditions = [(*one, state) for one in self.read(rest, field)]
            if conditions:
                yield from conditions
                return
        if found := _NOT[self.language].fullmatch(text):
            yield from self.without(found["yes"], found["no"], field)
            return
        both = _BOTH[self.language].fullmatch(text)
        yield from self._joined(both["rest"] if both else text, field)

    def _stated(self, text: str) -> Iterator[tuple[str, HasValue | Related]]:
        """What stands before "and is archived" at the end of a text, and the state or the class."""
        nouns = self.lexicon.vocabulary.nouns
        for word, states in nouns.all_states(self.language).items():
            if text.endswith(word) and (
                found := _STATE[self.language].fullmatch(text.removesuffix(word))
            ):
                yield found["rest"], states[0]
        if found := _CLASSED[self.language].fullmatch(text):
            for id in nouns.classes(found["class"], self.language):
                category = Thing(id, "Category", found["class"])
                yield found["rest"], Related("classifiedIn", category)

    def without(self, yes: str, no: str, field: str) -> Iterator[tuple[Condition, ...]]:
        """Each way to understand two texts as what a field leads to, and does not."""
        for wanted in self.read(yes, field):
            if states := self._states(no):
                yield (*wanted, replace(states[0], negated=True))
                continue
            version = _BARE_VERSION.fullmatch(no)
            last = wanted[-1]
            if version and isinstance(last, Related) and last.version:
                yield (*wanted, Related(field, last.thing, True, _plain(version["version"])))
                continue
            for unwanted in self._one_or_other(no, field):
                if len(unwanted) == 1 and isinstance(unwanted[0], Related):
                    one = unwanted[0]
                    yield (*wanted, Related(one.field, one.thing, True, one.version))
                elif all(isinstance(one, Related) for one in unwanted):
                    denied = [
                        Related(one.field, one.thing, True, one.version)
                        for one in unwanted
                        if isinstance(one, Related)
                    ]
                    yield (*wanted, *denied)

    def _one_or_other(self, text: str, field: str) -> Iterator[tuple[Condition, ...]]:
        """Things under a verb of their own, or under the field before."""
        verbs = list(self._verbs(text))
        # What is said of the one thing is denied of the other: supports, and does not support.
        for own, rest in [one for one in verbs if one[0] == field] or verbs:
            yield from self.read(rest, own)
        yield from self.read(text, field)

    def _states(self, text: str) -> tuple[HasValue, ...]:
        """The states that a text says: archived; in the sandbox; 归档的."""
        bare = re.sub(r"^(?:an?|in|under) | any ?more$|的$|了$", "", text.strip())
        return self.lexicon.vocabulary.nouns.states(bare, self.language)

    def _joined(self, text: str, field: str) -> Iterator[tuple[Condition, ...]]:
        all_of, any_of, listed = _AND[self.language]
        for pattern, either in ((any_of, True), (all_of, False)):
            parts = [
                part
                for piece in re.split(pattern, text)
                for part in re.split(listed, piece)
                if part.strip()
            ]
            if not 2 <= len(parts) <= MOST_THINGS or not re.search(pattern, text):
                continue
            if re.search(all_of if either else any_of, text):
                continue
            yield from self._all(parts, field, either=either)
            return
        parts = [part for part in re.split(listed, text) if part.strip()]
        if 2 <= len(parts) <= MOST_THINGS:
            yield from self._all(parts, field, either=False)

    def _all(
        self, parts: list[str], field: str, *, either: bool
    ) -> Iterator[tuple[Condition, ...]]:
        found: list[Condition] = []
        now = field
        for part in parts:
            bare = re.sub(r"^(?:also|that|which|are|is|both|又|也|还) ?", "", part.strip())
            states = self.lexicon.vocabulary.nouns.states(bare, self.language)
            for own, rest in self._verbs(bare):
                if one := self._one(rest, own):
                    now = own
                    found.append(one[0])
                    break
            else:
                one = self._one(bare, now)
                if one:
                    found.append(one[0])
                elif states and not either:
                    found.append(states[0])
                else:
                    return
        if either:
            related = tuple(one for one in found if isinstance(one, Related))
            yield (AnyOf(related),)
        else:
            yield tuple(found)

    def _verbs(self, text: str) -> Iterator[tuple[str, str]]:
        """The verbs with which a text begins: field, and what follows."""
        if self.language == "zh":
            for frame in self.lexicon.vocabulary.frames:
                if not frame.after and text.startswith(frame.before):
                    yield frame.field, text[len(frame.before) :].removeprefix("了")
            return
        words = text.split()
        if words and words[0] in ("is", "are", "that", "which"):
            words = words[1:]
        for phrase in self.lexicon.phrases.get(words[0], ()) if words else ():
            if tuple(words[: len(phrase.words)]) == phrase.words:
                yield phrase.field, " ".join(words[len(phrase.words) :])

    def _one(self, text: str, field: str) -> tuple[Related, ...]:
        """The things that a text names at the other end of a field."""
        others = ends_of(self.lexicon.ontology, field)[1]
        found = self.lexicon.things(text, others)
        if found:
            return tuple(Related(field, thing) for thing in found)
        relation = self.lexicon.ontology.relations[self.lexicon.ontology.sides[field][0]]
        versioned = _VERSION[self.language].fullmatch(text)
        if versioned and "version" in relation.qualifiers:
            version = _plain(versioned["version"])
            return tuple(
                Related(field, thing, version=version)
                for thing in self.lexicon.things(versioned["name"], others)
            )
        return ()


def _plain(version: str) -> str:
    return version.removeprefix("v")


__all__ = ["AnyOf", "Conditions", "HasValue"]
