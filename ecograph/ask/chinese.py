"""Questions in Chinese -> what they mean.

As in English, what a relation is called divides a question; a frame stands before and after the
other end. No word may be left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecograph.ask.conditions import Conditions
from ecograph.ask.lexicon import Lexicon
from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import Listing, Meaning, Restriction, Verdict
from ecograph.ask.verbs import Frame, ends_of, inverse_of, is_of_the_past
from ecograph.ask.words import PEOPLE

_WHICH = re.compile(
    "(?:有没有|是否有|有无)(?P<any>.+)|哪里|哪儿|(?:有)?(?:哪些|哪个|哪几个|哪几种|哪家|哪种|哪一个|哪一家|哪|什么|多少个?|几个)(?:样的)?(?P<np>.*)|谁|(?:有)?(?:哪些人|什么东西)"
)
_POSSIBLE = re.compile("(?:可以|能够|能|可)(?:被.*)?$")
_SINCE = re.compile("从?何时起:(?P<rest>.+)")
_ASKED = (
    "(?:有哪些|有什么|有谁|是什么|是哪些|是哪个|是谁|是哪家|都有哪些|都有什么"
    "|有多少个?|有几个|是多少)"
)
_CAN = "(?:能够|能|可以|可|所|分别|主要|一共|共|总共|正在|都在|在|后来|之后|以后|最终|最后)?"


class ChineseRelations:
    """Reads questions about relations."""

    def __init__(self, lexicon: Lexicon, conditions: Conditions) -> None:
        self.lexicon = lexicon
        self.conditions = conditions

    def read(self, text: str) -> Iterator[Meaning]:
        """The meanings of a question in Chinese without its date."""
        frames = self.lexicon.vocabulary.frames
        here = {before for before in {frame.before for frame in frames} if before in text}
        for frame in frames:
            if frame.before not in here:
                continue
            start = text.find(frame.before)
            while start >= 0:
                rest = text[start + len(frame.before) :].removeprefix("了").removeprefix("过")
                rest = rest.removeprefix("着")
                yield from self._divided(text[:start], frame, rest)
                start = text.find(frame.before, start + 1)
        yield from self._nouns(text)

    def _divided(self, left: str, frame: Frame, rest: str) -> Iterator[Meaning]:
        """Every way to divide what follows the frame's beginning into the other end and"
        " the rest."""
        if is_of_the_past(self.lexicon.ontology, frame.field) and _POSSIBLE.search(left):
            return
        if not frame.after:
            yield from self._taken(left, frame, rest, "")
            if found := fullmatch(f"(?P<o>.+?)的(?P<tail>.*?{_ASKED}?)", rest):
                yield from self._taken(left, frame, found["o"], "的" + found["tail"])
            if found := fullmatch("(?P<o>.+?)(?P<tail>吗|么|没有|没)", rest):
                yield from self._taken(left, frame, found["o"], found["tail"])
            yield from self._participle(left, frame, rest)
            return
        at = rest.find(frame.after)
        while at >= 0:
            if at or not left:
                right = rest[at + len(frame.after) :].removeprefix("了")
                yield from self._taken(left, frame, rest[:at], right)
            at = rest.find(frame.after, at + 1)

    def _taken(self, left: str, frame: Frame, end: str, right: str) -> Iterator[Meaning]:
        """left 实现了 end right."""
        if not end:
            return
        subject = re.sub(f"(?:是否|是不是|有没有|有无|同时|既|又|都|是|{_CAN})$", "", left)
        asks = bool(re.search("(?:是否|是不是|有没有|有无)$", left))
        if right in ("", "的", "吗", "么"):
            asked = _WHICH.fullmatch(subject)
            noun = self._noun(asked["np"] or asked["any"]) if asked else None
            if noun is None and not asks and subject and not asked:
                counted = fullmatch("(?:有)?(?:多少|几)(?:个|种|款|家)?(?P<np>.*)", subject)
                noun = self._noun(counted["np"]) if counted else None
            if noun is not None:
                for conditions in self.conditions.read(end, frame.field):
                    yield Listing(noun, conditions, count=bool(re.search("多少|几", subject)))
            asked = _WHICH.fullmatch(re.sub("(?:去|来)?了$", "", end))
            noun = self._noun(asked["np"] or asked["any"]) if asked else None
            if end == "谁" and "Organization" in self.lexicon.ontology.kinds:
                kinds = ends_of(self.lexicon.ontology, frame.field)[1]
                # 被谁使用: who does a thing to another is a thing, too.
                done = frame.before == "被" and "Organization" not in kinds
                noun = Restriction(None if done else "Organization")
            if noun is not None and subject:
                inverse = inverse_of(self.lexicon.ontology, frame.field)
                for conditions in self.conditions.read(subject, inverse):
                    yield Listing(noun, conditions, count=bool(re.search("多少|几", end)))
        if right in ("吗", "么", "没有", "没", "的") or asks or (right == "" and subject):
            yield from self._claimed(subject, frame, end, timed=right == "的")
        if found := fullmatch(",?(?:但是|但|而|却)并?(?:没有|没|不|未)(?P<no>.+)", right):
            yield from self._excepted(subject, frame, end, found["no"])
        found = fullmatch(f"的(?P<np>.*?)(?P<asked>{_ASKED})?", right)
        if found and (not subject or _WHICH.fullmatch(subject) or subject in ("有", "所有")):
            noun = self._noun(found["np"])
            if noun is not None and (found["np"] or found["asked"] or not subject):
                count = bool(found["asked"] and re.search("多少|几", found["asked"]))
                for conditions in self.conditions.read(end, frame.field):
                    yield Listing(noun, conditions, count=count)

    def _participle(self, left: str, frame: Frame, rest: str) -> Iterator[Meaning]:
        """Kubernetes 使用的工具有哪些: what follows 的 is asked for."""
        found = fullmatch(f"的(?P<np>.*?)(?P<asked>{_ASKED})?", rest)
        subject = re.sub(f"(?:所|都|{_CAN})$", "", left)
        if found is None or not subject:
            return
        noun = self._noun(found["np"])
        if noun is None or not (found["np"] or found["asked"]):
            return
        inverse = inverse_of(self.lexicon.ontology, frame.field)
        for conditions in self.conditions.read(subject, inverse):
            yield Listing(noun, conditions)

    def _excepted(self, subject: str, frame: Frame, yes: str, no: str) -> Iterator[Meaning]:
        """哪些仓库通过了 A 认证但没有通过 B."""
        asked = _WHICH.fullmatch(subject)
        noun = self._noun(asked["np"] or asked["any"]) if asked else None
        if noun is not None:
            bare = no.removeprefix(frame.before).removeprefix("了").removesuffix(frame.after)
            for conditions in self.conditions.without(yes, bare, frame.field):
                yield Listing(noun, conditions)

    def _claimed(self, subject: str, frame: Frame, end: str, *, timed: bool) -> Iterator[Meaning]:
        """`timed`: only if it is asked since when."""
        kinds, others = ends_of(self.lexicon.ontology, frame.field)
        if asked := _SINCE.fullmatch(subject):
            subject = f"{asked['rest']}从何时"
        found = fullmatch("(?P<x>.+?)(?:是)?(?:从)?(?:什么时候|何时|哪一?年)(?:开始|起)?", subject)
        if timed and found is None:
            return
        known = found["x"] if found else subject
        for one in self.lexicon.things(known, kinds):
            for other in self.lexicon.things(end, others):
                yield Verdict(one, frame.field, other, when=found is not None)

    def _noun(self, text: str | None) -> Restriction | None:
        return Restriction() if not text else self.lexicon.noun(text)

    def _nouns(self, text: str) -> Iterator[Meaning]:
        """CRI 的实现有哪些; LXD 有哪些分叉; CRI 有多少实现."""
        for word, fields in self.lexicon.relation_nouns.items():
            if word not in text:
                continue
            if found := fullmatch(f"(?P<x>.+?)是(?:谁|什么|哪个(?:项目|工具)?)的{word}", text):
                for field in fields:
                    inverse = inverse_of(self.lexicon.ontology, field)
                    for conditions in self.conditions.read(found["x"], inverse):
                        yield Listing(Restriction(), conditions)
            for pattern in (
                f"(?P<x>.+?)的(?:所有)?{word}(?:都)?(?P<n>{_ASKED})?",
                f"(?P<x>.+?)(?:都|一共|总共)?有(?P<n>哪些|什么|多少个?|几个|哪几个|没有)(?:不同的)?{word}",
                f"(?P<x>.+?){word}(?:都)?(?P<n>{_ASKED})",
                f"(?P<x>.+?)(?:是否)?有{word}(?P<n>吗|么)?",
                f"(?:哪些|哪个|什么|谁)(?:工具|项目|规范|公司|组织)?是(?P<x>.+?)的{word}",
            ):
                if found := fullmatch(pattern, text):
                    count = bool(re.search("多少|几", found.groupdict().get("n") or ""))
                    if count and word in PEOPLE:
                        continue
                    for field in fields:
                        for conditions in self.conditions.read(found["x"], field):
                            yield Listing(Restriction(), conditions, count=count)
