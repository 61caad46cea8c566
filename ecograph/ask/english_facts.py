"""Questions in English about one thing or two, or about what is in a category."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ecograph.ask.facts import Facts, Patterns, Stated, in_cncf
from ecograph.ask.patterns import fullmatch
from ecograph.ask.readings import Listing, Meaning, Restriction, Thing
from ecograph.ask.words import GREETINGS

_BE = "(?:is|are|was|were)"
_GONE = (
    "(?: ends| ended| is gone| were gone| goes away| went away| dies| died| stops| stopped"
    "| shuts down| breaks| broke| fails| failed| disappears| disappeared)"
)
_LESS = "(?: an?| being| under| in| cncf)"
_THINGS = (
    "(?:other )?(?:tools?|projects?|things?|software|services?|components?|products?|ones?|specs?)"
)
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
    rf"(?:{_WHAT_IS})?(?:meaning|definition|description) of (?P<x>.+)",
)
DEPENDS = (
    r"do(?:es)? (?P<a>.+?) (?:directly |indirectly )?(?:depend|rely) (?:up)?on (?P<b>.+)",
    r"is (?P<a>.+?) dependent (?:up)?on (?P<b>.+)",
    r"is (?P<b>.+?) a dependency of (?P<a>.+)",
)
POSSESSED = (
    r"how many (?:projects|things|tools|products) (?:does|do) (?P<x>.+?) (?:have|host|hold)",
    r"how many (?:projects|things|tools|products) (?:belong to|are (?:there )?in) (?P<x>.+)",
)
IN_CNCF = r"how many (?P<np>.+?) (?:does|do) (?:the )?cncf (?:have|host|hold)"
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
    r"(?:what|which (?:tools?|projects?)) (?:can|could|may|might) (?:be used instead of"
    r"|be an alternative to|be a (?:replacement|substitute) for|replace|substitute(?: for)?"
    r"|take the place of) (?P<x>.+)",
    r"what (?:can|could|may) (?P<x>.+?) be replaced (?:by|with)",
    r"what (?:can|could) (?:i|we|one|you) replace (?P<x>.+?) (?:by|with)",
    r"(?:(?:what(?: else)?|which tools|which projects) (?:is|are) |(?:the |any |some )?"
    r"(?:other )?(?:tools|projects|things) |anything |something )"
    r"(?:similar to|like|comparable to) (?P<x>.+)",
    r"(?:(?:what|which) (?:is|are) |any |some |the )?(?:similar|comparable) "
    r"(?:tools|projects|things) (?:to|like) (?P<x>.+)",
    r"(?:(?:what|which) (?:is|are) )?(?:the |a |any |some )?substitutes? (?:for|of) (?P<x>.+)",
    r"(?:what|which) (?:else )?(?:is|are|stands?) in the same categor(?:y|ies) as (?P<x>.+)",
    r"(?:the )?(?P<x>.+?) alternatives?",
)
HISTORY = (
    r"what (?:has )?(?:happened|became|become) (?:to|of|with) (?P<x>.+)",
    rf"(?:{_WHAT_IS})?(?:history|life|timeline|story|fate|events) of (?P<x>.+)",
    rf"(?:{_WHAT_IS})?(?P<x>.+?) (?:'s )?(?:history|timeline|fate|story)",
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
    r"(?:what|which) (?P<for>.+? (?:are there|exist) (?:for|in) .+)",
    r"(?:what|which) (?P<np>.+?) (?:are there|exist|do you know|are known|do we have|is there)",
    r"(?:what|which) (?:are|exist as) (?:the |all |some |known )*(?P<np>.+)",
    r"(?:are|is) there (?:any |some )?(?P<np>.+)",
    r"(?:how many|(?:the )?number of) (?P<count>.+?)(?: are there| exist| do you know| are known"
    r"| is there| are in the data)?",
    r"(?:what|which) is (?P<is>.+)",
    r"(?:list|show|enumerate|name|give me)(?: me)?(?: all)?(?: of)?(?: the)? (?P<all>.+)",
    r"(?P<np>.+)",
)
HAPPENED = (
    r"what (?:has |have )?(?:happened|changed|is new)(?: to| with| in| for| about"
    r"|) (?P<x>.+)"
    r" (?:since|after|from) (?P<day>[a-z0-9 ,-]+)",
)
MATURITY = (
    rf"{_BE} (?P<x>.+?) (?:an? |in (?:the )?|part of (?:the )?|at (?:the"
    rf" )?)cncf(?: project)?",
    r"(?:what|which) (?:cncf )?(?:maturity )?level (?:does (?P<x>.+) have|is "
    r"(?P<y>.+) at)",
    r"(?:the )?cncf (?:status|maturity|level) of (?P<x>.+)",
)
CLASSED = rf"{_BE} (?P<x>.+?) (?:an? |one of the |in the category )(?P<np>.+)"
BEHIND = (
    rf"(?:who|(?:what|which) (?:company|organi[sz]ation|firm|vendor|foundation)) {_BE} behind"
    r" (?P<x>.+)",
    r"who stands behind (?P<x>.+)",
)
TODAY = (
    rf"what (?:{_BE}|does|do) (?P<x>.+?) (?:called |correspond to |match )?(?:today|nowadays|now)",
)
DATASET = (
    r"(?:what is |about )?(?:in )?(?:this|the) (?:dataset|data|graph)"
    r"|how (?:old|large|big|new|recent) is (?:this|the) (?:dataset|data|graph)"
    r"|how many (?:entities|statements|sources|facts)(?: are there)?(?: in (?:this"
    r"|the) (?:dataset|data|graph))?"
    r"|what (?:are the|is the|are your) (?:sources|source)(?: of (?:this|the) "
    r"(?:dataset|data|graph))?"
    r"|where does the data come from"
)
CHANGED = (
    r"(?:what|anything) (?:has |have |is |was )?(?:changed|new|happened|different)"
    r"(?: in the data)?"
    r" (?:since|after|from) (?P<day>.+)"
)
CHAINS = {
    "Alternatives": ALTERNATIVES,
    "Dependents": (
        rf"(?:what(?: else)?|which {_THINGS}) depends? on (?P<x>.+)",
        r"does (?:anything|something) depend on (?P<x>.+)",
        rf"how many (?:{_THINGS} )?depend on (?P<x>.+)",
        r"(?:the )?dependents of (?P<x>.+)",
        rf"what (?:would |will )?breaks? (?:if|when|without) (?P<x>.+?){_GONE}?",
        rf"what (?:is|would be|will be) affected (?:if|when) (?P<x>.+?){_GONE}",
        rf"what (?:happens|would happen|will happen) (?:if|when) (?P<x>.+?){_GONE}",
        rf"if (?P<x>.+?){_GONE} ,? ?what (?:breaks|would break|is affected|would be affected)",
    ),
    "Dependencies": (
        rf"(?:what(?: else)?|(?:which|how many) {_THINGS}) do(?:es)? (?P<x>.+) depend on",
        r"(?:how many|which|what) dependencies do(?:es)? (?P<x>.+) have",
        rf"(?:{_WHAT_IS})?dependencies of (?P<x>.+)",
        r"(?:the )?(?P<x>.+?) (?:'s )?dependencies",
    ),
    "LineageOf": (
        rf"(?:{_WHAT_IS})?(?:lineage|ancestry|origins?|ancestors|roots) of (?P<x>.+)",
        r"where does (?P<x>.+?) come from",
        r"what (?:does|did) (?P<x>.+) (?:descend|derive) from",
    ),
    "OrganizationThings": (
        r"(?:what|which) (?:projects|things|tools|specifications) (?:belong to"
        r"|come from|are from) (?P<x>.+)",
        r"(?:what (?:are|is) )?(?:the )?(?:projects|things) (?:of|from|by) (?P<x>.+)",
        r"(?:the )?(?P<x>.+?) (?:'s )projects",
    ),
    "ProcedureSteps": (
        r"(?:what|which) (?:are )?(?:the )?steps (?:of|in|for) (?P<x>.+)",
        r"how does (?P<x>.+?) (?:work|proceed|go)",
    ),
    "Neighborhood": (
        r"what (?:is|stands) (?:around|near|next to|connected to|related to) (?P<x>.+)",
        r"(?:the )?(?:neighbou?rs|neighbou?rhood|surroundings) of (?P<x>.+)",
    ),
}


CHANGES = (
    r"(?:what|anything) (?:has |have |is |was )?(?:changed|new|happened|different)(?: in the data)?"
)


class EnglishFacts(Facts):
    """Reads questions in English that no relation is in."""

    language = "en"
    about, way, compared = ABOUT, WAY, COMPARED
    happened, history, status, maturity = HAPPENED, HISTORY, STATUS, MATURITY
    classed, chains, dataset, changed = CLASSED, CHAINS, DATASET, CHANGED
    today, behind, changes, depends = TODAY, BEHIND, CHANGES, DEPENDS
    possessed, in_cncf = POSSESSED, IN_CNCF
    past = "(?:was|were) .+"

    def bare(self, text: str) -> Iterable[Thing]:
        """The things that a text alone may mean; a greeting means none."""
        return () if text in GREETINGS else super().bare(text)

    def either(self, state: str) -> Patterns:
        """is Cilium graduated or incubating"""
        return (
            rf"{_BE} (?P<x>.+?) (?:an? )?(?P<s>{state}) or (?:an? )?(?P<t>{state})(?: project)?",
        )

    def asserted(self, text: str) -> Stated:
        """is Harbor graduated"""
        for left, states in self._stated(text):
            if found := fullmatch(rf"{_BE} (?P<x>.+?)(?: ever)?", left):
                yield found["x"], states

    def events(self, event: str) -> Patterns:
        """Whether or when an event happened to x."""
        return (
            rf"(?:since )?when (?:{_BE}|did|has|have) (?P<x>.+?) (?:been |get |got |become "
            rf"|became |an? )?(?P<e>{event})",
            rf"(?:in )?(?:what|which) year (?:{_BE}|did) (?P<x>.+?) (?:get )?(?P<e>{event})",
            rf"how long (?:{_BE}|has|have) (?P<x>.+?) (?:been )?(?P<e>{event})",
            rf"(?:{_BE}|did|has|have) (?P<x>.+?) (?:been |get |ever )?(?P<e>{event})",
            rf"when did (?:the )?cncf (?P<e>{event}) (?P<x>.+)",
            r"how old is (?P<x>.+)",
        )

    def happening(self, event: str) -> Patterns:
        """which projects graduated, projects that were archived, has the event renamed"""
        # "Which projects are archived" asks for a state.
        been = "(?:(?:was|were|has|have|had|got) )?(?:been |ever )*"
        return (
            rf"(?:what|who|(?:what|which) (?P<np>.+?)|how many (?P<count>.+?))(?: that| which)? "
            rf"{been}(?P<e>{event})",
            rf"(?:the |all )*(?P<np>.+?) (?:that |which )?{been}(?P<e>{event})",
            rf"(?:what|(?:what|which) (?P<np>.+?)|how many (?P<count>.+?)) did (?:the )?cncf "
            rf"(?P<e>{event})",
            rf"which (?P<np>.+?) (?:has|have) the event (?P<e>{event})",
            rf"(?:did|{_BE}|has|have) any(?:thing|one| (?P<np>.+?)) (?:been |ever )*(?P<e>{event})",
        )

    def alone(self, word: str) -> Patterns:
        """is K3s certified, which registries are certified"""
        # "What are forks" asks what they are.
        what = (rf"what {_BE} {word}", rf"is (?P<x>.+?) {word}") if word.endswith("ed") else ()
        return (
            *what,
            rf"(?:what|which) (?P<np>.+?) {_BE} (?:an? )?{word}",
            rf"(?P<np>.+?) that are {word}",
        )

    def values(self, words: str) -> Patterns:
        """Which value x has of an attribute."""
        a = rf"(?P<a>{words})(?: url| address| link)?"
        patterns = (
            rf"(?:(?:what|which|where|who) {_BE} )?(?:the )?{a} (?:of|for) (?P<x>.+)",
            rf"(?:(?:what|which|where|who) {_BE} )?(?:the )?(?P<x>.+?) (?:'s )?{a}",
            rf"(?:what|which) {a} (?:does|do) (?P<x>.+) (?:have|use|carry|come with)",
            rf"(?:under )?(?:what|which) {a} (?:{_BE}|has) (?P<x>.+?)"
            r"(?: released| published| licen[cs]ed| distributed| available)?(?: under| at| in)?",
            rf"does (?P<x>.+) have an? {a}",
            rf"where (?:can|do) (?:i|we|one|you) find (?:the )?{a} (?:of|for) (?P<x>.+)",
        )
        if "license" not in self.lexicon.ontology.attributes:
            return patterns
        return (*patterns, rf"(?:how|what) {_BE} (?P<x>.+?) licen[cs]ed(?: under| as)?")

    def without_value(self, text: str, words: str) -> str:
        """is the licence of Harbor MIT"""
        found = fullmatch(
            rf"is (?:the )?(?:(?P<x>.+?) 's (?P<a>{words})|(?P<b>{words}) of (?P<y>.+?)) "
            rf"(?P<v>\S+)",
            text,
        )
        if found is None:
            return text
        said = found["a"] or found["b"]
        if not self._has_state(found["v"], self._attributes[said]):
            return text
        return f"{said} of {found['x'] or found['y']}"

    def _stated(self, text: str) -> Stated:
        """What stands before a state at the end of a text, and the state."""
        bare = re.sub(
            "(?: licen[cs]e)?(?: cncf)?(?: projects?| software)?(?: by (?:the )?cncf)?"
            "(?: any ?more| any longer)?$",
            "",
            text,
        )
        for word, states in self.lexicon.vocabulary.nouns.all_states("en").items():
            if bare.endswith(f" {word}"):
                left = bare.removesuffix(f" {word}")
                cut = re.sub(
                    "(?: not yet| not| no longer)(?: an?| being| under| in| cncf)*$", "", left
                )
                if cut != left:
                    yield cut, tuple(replace(one, negated=True) for one in states)
                    continue
                yield re.sub(f"{_LESS}+$", "", left), states

    def collections(self, text: str) -> Iterator[Meaning]:
        for pattern in MEMBERS:
            if (found := fullmatch(pattern, text)) is None:
                continue
            groups = found.groupdict()
            noun = Restriction() if not groups.get("np") else self.lexicon.noun(groups["np"])
            said = re.sub(r"^(?:the )?(?:category )?|(?: category)$", "", found["x"])
            ids = self.lexicon.vocabulary.nouns.category(said)
            if noun is not None and noun.kind == "Category" and not noun.values:
                yield from self.below(ids, found["x"])
            elif ids and noun is not None and not noun.categories:
                yield Listing(Restriction(noun.kind, ids, noun.values))
        levels = self.lexicon.vocabulary.nouns.levels
        found = fullmatch(
            rf"(?:what|which) (?P<np>.+?) {_BE} (?:(?:in|part of) the cncf|cncf projects?)", text
        )
        noun = self.lexicon.noun(found["np"]) if found else None
        if noun is not None and levels is not None:
            yield Listing(replace(noun, values=(*noun.values, levels)))
        if found := fullmatch(
            r"(?:(?:what|which) )?(?P<np>.+?) (?:whose licen[cs]e is|(?:with|under) (?:an? |the )?)"
            r" ?(?P<v>.+?)(?: licen[cs]e)?(?: are there| exist)?",
            text,
        ):
            noun = self.lexicon.noun(found["np"])
            named = self.lexicon.vocabulary.nouns.states(found["v"], "en")
            named = tuple(one for one in named if one.attribute == "license")
            if noun is not None and named:
                yield Listing(replace(noun, values=(*noun.values, named[0])))
        for left, meant_by in self._stated(text):
            states = in_cncf(meant_by, text)
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
            if groups.get("for"):
                said = re.sub(" (?:are there|exist) (?:for|in) ", " for ", said)
            noun = self.lexicon.noun(said)
            if noun is None:
                continue
            if "is" in groups and not noun.values:
                continue
            # "show me the database" asks for no class of things.
            if said.startswith("the ") and not said.endswith("s"):
                continue
            said_alone = groups.get("np") == text and not noun.values and not noun.categories
            if (noun.kind and said_alone) or noun.bare:
                continue
            yield Listing(noun, count="count" in groups)
