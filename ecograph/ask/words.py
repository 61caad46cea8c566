"""The words of questions that no ontology gives: of attributes, states, events, ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ecograph.ask.text import close_up
from ecograph.ask.verbs import forms_of
from ecograph.model.ontology import Language, Ontology


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of some words, the longest first."""
    return _pattern_of(tuple(words))


@lru_cache(maxsize=256)
def _pattern_of(words: tuple[str, ...]) -> str:
    longest_first = sorted(set(words), key=lambda w: (-len(w), w))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def attribute_words(ontology: Ontology, language: Language) -> dict[str, str]:
    """Word -> the attribute that it names."""
    found: dict[str, str] = {}
    for name, attribute in ontology.attributes.items():
        words = (attribute.label.in_language(language), *attribute.asked.in_language(language))
        for word in words:
            found.setdefault(close_up(word.casefold()), name)
    return found


def event_words(ontology: Ontology, language: Language) -> dict[str, str]:
    """Word -> the kind of event that it names."""
    found: dict[str, str] = {}
    for name, event in ontology.events.items():
        words = (event.label.in_language(language), *event.asked.in_language(language))
        for word in words:
            found.setdefault(close_up(word.casefold()), name)
    return found


def past_event_words(ontology: Ontology) -> dict[str, str]:
    """English words for an event as something that has happened -> its kind."""
    found = event_words(ontology, "en")
    for word, event in list(found.items()):
        first, _, rest = word.partition(" ")
        _, past, done, _ = forms_of(first + "s")
        for form in (past, done):
            tail = f" {rest}" if rest else ""
            for own in (tail, tail.replace(" its ", " their ")):
                found.setdefault(form + own, event)
    return found


def chinese_event_words(ontology: Ontology) -> dict[str, str]:
    """Chinese words for an event, also with 过 or 了 after the verb -> its kind."""
    found = event_words(ontology, "zh")
    for word, event in list(found.items()):
        for at in (1, 2):
            for mark in ("过", "了") if at < len(word) else ():
                found.setdefault(word[:at] + mark + word[at:], event)
    return found


POLITE = re.compile(
    r"^(?:please|pls|plz|hi|hello|hey|ok|so|and|well|"
    r"(?:can|could|would|will) (?:you|i|we|anyone|someone) (?:please )?"
    r"(?:tell me|show me|give me|list|find|say|get|name|know|see|help me find|explain to me)|"
    r"(?:do|does) (?:you|anyone|anybody|someone) (?:happen to )?know|"
    r"i (?:would|'d) like to (?:know|see)|i (?:want|need|wish) to (?:know|see|find)|"
    r"i am looking for|i'm looking for|looking for|let me know|any idea|"
    r"is it (?:so|true|right|correct) that|(?:tell|show|give) (?:me|us)|list|find|name"
    r"|enumerate|get|show)(?: me)?"
    r"(?: (?:all of|all|of) (?=the |all ))?(?: ,)? "
)
KEPT = re.compile(r"^(?:tell me about|list of) ")
GREETINGS = frozenset("hello hi hey test help thanks ok yes no".split())
FILLERS = frozenset(
    "also still currently now already actually really directly indirectly transitively exactly "
    "today nowadays presently please then just even yet officially ever generally anyway".split()
)
ZH_POLITE = re.compile(
    "^(?:是否如此:|请问一下|请问|请你|请|麻烦你|麻烦|你好,?|您好,?|我想知道|我想了解|想知道|想问一下|想问|能不能|可以|能否|能|"
    "帮我|给我|告诉我|列出|列举|查找|查一下|查询|找出|找一下|看看|介绍一下|说说|说一下|你知道|知道)(?!$)"
)
ZH_FILLERS = re.compile(
    "(?<!作)(?:目前|现在|如今|当前|其实|到底|究竟|大概|直接|已经|都|还|也|仍然|仍|依然|正在)"
)
PEOPLE = frozenset("user users adopter adopters consumer consumers 用户 使用者 采用者".split())
"""Nouns of a relation that also name people: a number of them is one of people."""
NO_NAMES = frozenset(
    "i me my we us our you your it its he she they them this these those one ones nothing "
    "everything should would will must better best worse worst good bad than like more most less "
    "least very too so if because why before after during until next last years year months days "
    "open source only same both first second new old own free "
    "年 月 以来 之后 以后 之前 以前 最 更 比较 共同 分类 类别 它们 明年 去年 今年".split()
)
"""Words that tell of a question that was not read, rather than of a name that is unknown."""
ASK_WORDS = frozenset(
    "what which who whom whose when where how does did are is was were the and not but for from "
    "with that have has had been being there many much tools tool things projects project since "
    "about between maintained archived deprecated active dead ended history status category "
    "difference compare alternatives alternative of in to by on all any some happened happen "
    "become became related connected compared".split()
)
"""Words that questions are made of, and that no misspelt name is."""
