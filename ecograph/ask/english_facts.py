"""Questions in English about one thing or two, or about what is in a category."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ecograph.ask.lexicon import Lexicon
from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import (
    About,
    Compared,
    HasValue,
    Life,
    Listing,
    Meaning,
    Named,
    Restriction,
    Thing,
    Value,
    Verdict,
    Way,
)
from ecograph.ask.text import read_day
from ecograph.ask.words import GREETINGS, any_of

_BE = "(?:is|are|was|were)"
_WHAT_IS = rf"(?:(?:what|which|who) {_BE} )?(?:the )?"

ABOUT = (
    rf"(?:what|who) {_BE} (?P<x>.+)",
    r"(?:tell me |(?:all )?information |info |facts |details |more |everything |anything |what )?"
    r"(?:about|on) (?P<x>.+)",
    r"(?:what (?:do|can) you (?:know|say|tell me)|what is (?:known|said)|what can you tell"
    r" me) about (?P<x>.+)",
    r"(?:describe|explain|define|introduce) (?P<x>.+)",
    r"what does (?P<x>.+?) (?:do|mean|stand for)",
    r"what (?:kind|sort|type) of (?:thing |project |tool )?is (?P<x>.+)",
    r"(?:the )?(?:meaning|definition|description) of (?P<x>.+)",
)
WAY = (
    r"how (?:do|does|did|can) (?P<a>.+?) (?:come|get|lead|relate|connect|go|link|reach"
    r"|arrive|end up)"
    r"(?: down| at| in)? ?(?:to|with|at|) (?P<b>.+)",
    rf"how {_BE} (?P<a>.+?) (?:connected|related|linked|tied) (?:to|with) (?P<b>.+)",
    rf"how {_BE} (?P<a>.+?) and (?P<b>.+?) (?:connected|related|linked|tied)(?: to each"
    rf" other| together)?",
    rf"(?:explain |{_WHAT_IS})?(?:the )?(?:shortest )?(?:path|way|route|connection|link"
    rf"|relation|relationship|chain)"
    r"s? (?:from|between) (?P<a>.+?) (?:to|and|with) (?P<b>.+)",
    r"what (?:connects|links|relates) (?P<a>.+?) (?:to|with|and) (?P<b>.+)",
    r"what (?:does|has|have|do) (?P<a>.+?) (?:have )?(?:got )?to do with (?P<b>.+)",
    r"how (?:do|does) (?:i|you|one) (?:get|come|go) from (?P<a>.+?) to (?P<b>.+)",
    r"from (?P<a>.+?) to (?P<b>.+)",
    r"how (?:do|does) (?P<a>.+?) (?:depend|rely) on (?P<b>.+)",
)
COMPARED = (
    r"compare (?P<a>.+?) (?:and|with|to|against) (?P<b>.+)",
    r"(?P<a>.+?) (?:vs\.?|versus|compared (?:to|with)) (?P<b>.+)",
    rf"(?:{_WHAT_IS})?(?:comparison|differences?) between (?P<a>.+?) and (?P<b>.+)",
    r"how (?:do|does) (?P<a>.+?) (?:compare|differ) (?:to|with|from) (?P<b>.+)",
    r"how (?:do|does) (?P<a>.+?) and (?P<b>.+?) (?:compare|differ)",
    rf"(?:how|in what|what) {_BE} (?P<a>.+?) different (?:from|to) (?P<b>.+)",
)
ALTERNATIVES = (
    rf"(?:{_WHAT_IS})?(?:some |any |known |good |possible )*alternatives? (?:to|for|of) (?P<x>.+)",
    rf"{_BE} there (?:any |an |some )?alternatives? (?:to|for) (?P<x>.+)",
    r"(?:what|which) alternatives? (?:to|for) (?P<x>.+?)(?: are there| exist)?",
    r"(?:what|which) alternatives? (?:does|do) (?P<x>.+) have",
    r"what (?:else )?can (?:i|we|one|you) use instead of (?P<x>.+)",
    r"(?:what|which tools|which projects) (?:is|are) (?:similar to|like|comparable to) (?P<x>.+)",
    r"(?:what|which) (?:else )?(?:is|are|stands?) in the same categor(?:y|ies) as (?P<x>.+)",
    r"(?:the )?(?P<x>.+?) alternatives?",
)
HISTORY = (
    r"what (?:has )?(?:happened|became|become) (?:to|of|with) (?P<x>.+)",
    rf"(?:{_WHAT_IS})?(?:history|life|timeline|story|fate|events) of (?P<x>.+)",
    r"(?P<x>.+?) (?:'s )?(?:history|timeline)",
    r"when did (?P<x>.+) happen",
)
STATUS = (
    rf"(?:{_WHAT_IS})?(?:current )?(?:status|state) of (?P<x>.+)",
    r"what (?:status|state) (?:does (?P<x>.+) have|is (?P<y>.+) in)",
    r"does (?P<x>.+?) exist(?: any ?more| any longer)?",
    r"is (?P<x>.+?) around(?: any ?more)?",
    r"(?:is|are) (?:anyone|anybody|someone|people) (?:maintaining|developing|working on) (?P<x>.+)",
)
MEMBERS = (
    rf"(?:what|which (?P<np>.+?)) (?:{_BE}|stands?|falls?|lies?|belongs?|goes|go|counts?)"
    rf"(?: there)?"
    r"(?: classified| listed| filed)? (?:in|into|inside|within|under|to|as)(?: the)?(?:"
    r" category)? (?P<x>.+)",
    r"(?P<np>.+?) (?:in|of|under) the category (?:of )?(?P<x>.+)",
    rf"(?:{_WHAT_IS})?(?:members?|contents?|entries) (?:of|in) (?:the )?(?:category )?(?P<x>.+)",
    r"what does (?:the )?(?:category )?(?P<x>.+?) (?:contain|include|hold|consist of|have in it)",
)
OF_KIND = (
    r"(?:what|which) (?P<np>.+?) (?:are there|exist|do you know|are known|do we have|is there)",
    r"(?:what|which) (?:are|exist as) (?:the |all |some |known )*(?P<np>.+)",
    r"(?:are|is) there (?:any |some )?(?P<np>.+)",
    r"how many (?P<count>.+?)(?: are there| exist| do you know| are known| is there| are"
    r" in the data)?",
    r"(?:what|which) is (?P<is>.+)",
    r"(?:list|show|enumerate|name|give me)(?: me)?(?: all)?(?: of)?(?: the)? (?P<all>.+)",
    r"(?P<np>.+)",
)


class Facts:
    """Reads questions that no relation is in."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        vocabulary = lexicon.vocabulary
        self._attributes = vocabulary.attributes["en"]
        self._events = vocabulary.events["en"]
        # What "known" excludes: a category is asked for what is in it, not for what it is.
        self._named = set(vocabulary.ontology.kinds) - {"Category"}

    def read(self, text: str) -> Iterator[Meaning]:
        """The meanings of a question in English; the more special ones first."""
        yield from self._of_dataset(text)
        yield from self._pairs(text)
        yield from self._lives(text)
        yield from self._classed(text)
        yield from self._values(text)
        yield from self._chains(text)
        yield from self._collections(text)
        for thing in self._match(ABOUT, text):
            yield About(thing)
        for thing in () if text in GREETINGS else self.lexicon.things(text):
            if thing.exact:
                yield About(thing)

    def _match(
        self, patterns: Iterable[str], text: str, among: set[str] | None = None
    ) -> Iterator[Thing]:
        for pattern in patterns:
            if found := fullmatch(pattern, text):
                said = next(value for value in found.groups() if value)
                yield from self.lexicon.things(said, among)

    def _pairs(self, text: str) -> Iterator[Meaning]:
        for patterns, make in ((WAY, Way), (COMPARED, Compared)):
            for pattern in patterns:
                if (found := fullmatch(pattern, text)) is None:
                    continue
                for one in self.lexicon.things(found["a"]):
                    for other in self.lexicon.things(found["b"]):
                        if one.id != other.id:
                            yield make(one, other)

    def _lives(self, text: str) -> Iterator[Meaning]:
        found = fullmatch(
            r"what (?:has |have )?(?:happened|changed|is new)(?: to| with| in| for| about"
            r"|) (?P<x>.+)"
            r" (?:since|after|from) (?P<day>[a-z0-9 ,-]+)",
            text,
        )
        if found and (day := read_day(found["day"], end=False)):
            for thing in self.lexicon.things(found["x"]):
                yield Life(thing, "history", since=day)
        for thing in self._match(HISTORY, text):
            yield Life(thing, "history")
        for thing in self._match(STATUS, text):
            yield Life(thing, "status")
        for left, states in self._stated(text):
            found = fullmatch(rf"{_BE} (?P<x>.+)", left)
            for meant in states if found else ():
                if " cncf" in text and meant.attribute != "maturity":
                    continue
                for thing in self.lexicon.things(found["x"] if found else ""):
                    yield _state_of(thing, meant)
        for thing in self._match(
            (
                rf"{_BE} (?P<x>.+?) (?:an? |in (?:the )?|part of (?:the )?|at (?:the"
                rf" )?)cncf(?: project)?",
                r"(?:what|which) (?:cncf )?(?:maturity )?level (?:does (?P<x>.+) have|is "
                r"(?P<y>.+) at)",
                r"(?:the )?cncf (?:status|maturity|level) of (?P<x>.+)",
            ),
            text,
        ):
            yield Life(thing, "maturity")
        event = any_of(self._events)
        for pattern in (
            rf"(?:since )?when (?:{_BE}|did|has|have) (?P<x>.+?) (?:been |get |got |become "
            rf"|became |an? )?(?P<e>{event})",
            rf"(?:in )?(?:what|which) year (?:{_BE}|did) (?P<x>.+?) (?:get )?(?P<e>{event})",
            rf"how long (?:{_BE}|has|have) (?P<x>.+?) (?:been )?(?P<e>{event})",
            rf"(?:{_BE}|did|has|have) (?P<x>.+?) (?:been |get |ever )?(?P<e>{event})",
            rf"when did (?:the )?cncf (?P<e>{event}) (?P<x>.+)",
            r"how old is (?P<x>.+)",
        ):
            if found := fullmatch(pattern, text):
                name = self._events[found["e"]] if "e" in found.groupdict() else "begun"
                for thing in self.lexicon.things(found["x"]):
                    yield Life(thing, name)

    def _stated(self, text: str) -> Iterator[tuple[str, tuple[HasValue, ...]]]:
        """What stands before a state at the end of a text, and the state."""
        bare = re.sub(
            "(?: licen[cs]e)?(?: cncf)?(?: projects?)?(?: any ?more| any longer)?$", "", text
        )
        for word, states in self.lexicon.vocabulary.nouns.all_states("en").items():
            if bare.endswith(f" {word}"):
                left = bare.removesuffix(f" {word}")
                yield re.sub("(?: an?| being| under| in| cncf)+$", "", left), states

    def _classed(self, text: str) -> Iterator[Meaning]:
        """is Harbor a registry"""
        found = fullmatch(
            rf"{_BE} (?P<x>.+?) (?:an? |one of the |in the category )(?P<np>.+)", text
        )
        if found and "classifiedIn" in self.lexicon.ontology.relations:
            noun = self.lexicon.noun(found["np"])
            if noun is not None and noun.categories and not noun.values and noun.kind is None:
                for thing in self.lexicon.things(found["x"], self._named):
                    for category in noun.categories:
                        yield Verdict(
                            thing, "classifiedIn", Thing(category, "Category", found["np"])
                        )

    def _values(self, text: str) -> Iterator[Meaning]:
        words = any_of(self._attributes)
        found = fullmatch(
            rf"is (?:the )?(?:(?P<x>.+?) 's (?P<a>{words})|(?P<b>{words}) of (?P<y>.+?)) "
            rf"(?P<v>\S+)",
            text,
        )
        if found:
            attribute = self._attributes[found["a"] or found["b"]]
            states = self.lexicon.vocabulary.nouns.states(found["v"], "en")
            if any(meant.attribute == attribute for meant in states):
                text = f"{found['a'] or found['b']} of {found['x'] or found['y']}"
        for pattern in (
            rf"(?:(?:what|which|where|who) {_BE} )?(?:the )?(?P<a>{words}) (?:of|for) (?P<x>.+)",
            rf"(?:(?:what|which|where|who) {_BE} )?(?:the )?(?P<x>.+?) (?:'s )?(?P<a>{words})",
            rf"(?:what|which) (?P<a>{words}) (?:does|do) (?P<x>.+) (?:have|use|carry|come with)",
            rf"(?:under )?(?:what|which) (?P<a>{words}) (?:{_BE}|has) (?P<x>.+?)(?: under|"
            rf" released under"
            r"| released| published| licen[cs]ed| distributed| available| at| in)?",
            rf"does (?P<x>.+) have an? (?P<a>{words})",
            rf"where (?:can|do) (?:i|we|one|you) find (?:the )?(?P<a>{words}) (?:of|for) (?P<x>.+)",
        ):
            if found := fullmatch(pattern, text):
                for thing in self.lexicon.things(found["x"]):
                    yield self._value(thing, self._attributes[found["a"]])
        if "license" in self.lexicon.ontology.attributes:
            for thing in self._match(
                (rf"(?:how|what) {_BE} (?P<x>.+?) licen[cs]ed(?: under| as)?",), text
            ):
                yield self._value(thing, "license")

    def _value(self, thing: Thing, attribute: str) -> Meaning:
        if attribute in ("status", "maturity"):
            return Life(thing, attribute)
        return Value(thing, attribute)

    def _chains(self, text: str) -> Iterator[Meaning]:
        for thing in self._match(ALTERNATIVES, text, self._named):
            yield Named("Alternatives", thing)
        for thing in self._match(
            (
                r"(?:what|which .+?) depends? on (?P<x>.+)",
                r"does (?:anything|something) depend on (?P<x>.+)",
                r"(?:the )?dependents of (?P<x>.+)",
                r"what (?:would |will )?breaks? (?:if|when|without) (?P<x>.+?)(?: ends| is"
                r" gone| breaks| fails| disappears)?",
            ),
            text,
        ):
            yield Named("Dependents", thing)
        for thing in self._match(
            (
                r"(?:what|which .+?) do(?:es)? (?P<x>.+) depend on",
                rf"(?:{_WHAT_IS})?dependencies of (?P<x>.+)",
                r"(?:the )?(?P<x>.+?) (?:'s )?dependencies",
            ),
            text,
        ):
            yield Named("Dependencies", thing)
        for thing in self._match(
            (
                rf"(?:{_WHAT_IS})?(?:lineage|ancestry|origins?|ancestors|roots) of (?P<x>.+)",
                r"where does (?P<x>.+?) come from",
                r"what (?:does|did) (?P<x>.+) (?:descend|derive) from",
            ),
            text,
        ):
            yield Named("LineageOf", thing)
        for thing in self._match(
            (
                r"(?:what|which) (?:projects|things|tools|specifications) (?:belong to"
                r"|come from|are from) (?P<x>.+)",
                r"(?:what (?:are|is) )?(?:the )?(?:projects|things) (?:of|from|by) (?P<x>.+)",
                r"(?:the )?(?P<x>.+?) (?:'s )projects",
            ),
            text, {"Organization"},
        ):  # fmt: skip
            yield Named("OrganizationThings", thing)
        for thing in self._match(
            (
                r"(?:what|which) (?:are )?(?:the )?steps (?:of|in|for) (?P<x>.+)",
                r"how does (?P<x>.+?) (?:work|proceed|go)",
            ),
            text, {"Procedure"},
        ):  # fmt: skip
            yield Named("ProcedureSteps", thing)
        for thing in self._match(
            (
                r"what (?:is|stands) (?:around|near|next to|connected to|related to) (?P<x>.+)",
                r"(?:the )?(?:neighbou?rs|neighbou?rhood|surroundings) of (?P<x>.+)",
            ),
            text,
        ):
            yield Named("Neighborhood", thing)

    def _of_dataset(self, text: str) -> Iterator[Meaning]:
        if fullmatch(
            r"(?:what is |about )?(?:in )?(?:this|the) (?:dataset|data|graph)"
            r"|how (?:old|large|big|new|recent) is (?:this|the) (?:dataset|data|graph)"
            r"|how many (?:entities|statements|sources|facts)(?: are there)?(?: in (?:this"
            r"|the) (?:dataset|data|graph))?"
            r"|what (?:are the|is the|are your) (?:sources|source)(?: of (?:this|the) "
            r"(?:dataset|data|graph))?"
            r"|where does the data come from",
            text,
        ):
            yield Named("Dataset")
        found = fullmatch(
            r"(?:what|anything) (?:has |have |is |was )?(?:changed|new|happened|different)"
            r"(?: in the data)?"
            r" (?:since|after|from) (?P<day>.+)",
            text,
        )
        if found and (day := read_day(found["day"], end=False)):
            yield Named("Changes", day=day)

    def _collections(self, text: str) -> Iterator[Meaning]:
        for pattern in MEMBERS:
            if (found := fullmatch(pattern, text)) is None:
                continue
            groups = found.groupdict()
            noun = Restriction() if not groups.get("np") else self.lexicon.noun(groups["np"])
            said = re.sub(r"^(?:the )?(?:category )?|(?: category)$", "", found["x"])
            ids = self.lexicon.vocabulary.nouns.category(said)
            if ids and noun is not None and not noun.categories:
                yield Listing(Restriction(noun.kind, ids, noun.values))
        for left, states in self._stated(text):
            found = fullmatch(
                "(?:(?:what|which) )?(?P<np>.+?)(?: that| which)? (?:are|use|have|carry)"
                "(?: in| at| under)?(?: the| an?)?",
                left,
            )
            noun = self.lexicon.noun(found["np"]) if found else None
            meant = self.lexicon.vocabulary.nouns.with_states(noun, states) if noun else None
            if meant is not None:
                yield Listing(meant)
        for pattern in OF_KIND:
            if (found := fullmatch(pattern, text)) is None:
                continue
            groups = found.groupdict()
            said = next(v for v in groups.values() if v)
            noun = self.lexicon.noun(said)
            if noun is None:
                continue
            if "is" in groups and not noun.values:
                continue
            # "show me the database" asks for no class of things.
            if said.startswith("the ") and not said.endswith("s"):
                continue
            if (noun.kind and groups.get("np") == text and not noun.values) or noun.bare:
                continue
            yield Listing(noun, count="count" in groups)


def _state_of(thing: Thing, meant: HasValue) -> Meaning:
    """Whether a thing is in a state; of a licence, which one it has."""
    if meant.attribute == "license":
        return Value(thing, meant.attribute)
    return Life(thing, meant.attribute, meant.values[0])
