"""What was understood, in the language of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ecograph.ask.nouns import OPEN_SOURCE
from ecograph.ask.readings import (
    About,
    AnyOf,
    Compared,
    Condition,
    Depends,
    Happening,
    HasSome,
    HasValue,
    Life,
    Listing,
    Meaning,
    Named,
    Related,
    Restriction,
    Thing,
    Value,
    Verdict,
    Way,
    things_in,
)
from ecograph.ask.verbs import forms_of
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Language, Ontology

SAID = {
    "SuccessorsOf": ("What succeeds {x}?", "什么接替了 {x}？"),
    "LineageOf": ("What does {x} descend from?", "{x} 由什么演变而来？"),
    "Dependencies": ("What does {x} depend on?", "{x} 依赖什么？"),
    "Dependents": ("What depends on {x}?", "什么依赖 {x}？"),
    "Alternatives": ("What is in the same categories as {x}?", "什么与 {x} 属于同一类别？"),
    "Neighborhood": ("What is around {x}?", "{x} 周围有什么？"),
    "OrganizationThings": ("What are the projects of {x}?", "{x} 有哪些项目？"),
    "ProcedureSteps": ("What are the steps of {x}?", "{x} 有哪些步骤？"),
    "Dataset": ("What is this dataset?", "这个数据集是什么？"),
    "Changes": ("What changed since {day}?", "自 {day} 以来有什么变化？"),
    "Changes until": ("What changed from {day} to {until}?", "从 {day} 到 {until} 有什么变化？"),
    "depends": ("Does {x} depend on {y}?", "{x} 是否依赖 {y}？"),
    "happened": (
        "Which {noun} has the event “{label}”{period}?",
        "{period}哪些{noun}有“{label}”的记录？",
    ),
    "since": (" since {day}", "自 {day} 以来"),
    "until": (" until {until}", "到 {until} 为止"),
    "from to": (" from {day} to {until}", "从 {day} 到 {until} "),
    "verdict": ("Is it so that {told}?", "是否如此：{told}？"),
    "since when": ("Since when is it so that {told}?", "从何时起：{told}？"),
    "way": ("How does {x} come to {y}?", "{x} 如何通向 {y}？"),
    "compared": ("Compare {x} and {y}.", "比较 {x} 和 {y}。"),
    "about": ("What is {x}?", "{x} 是什么？"),
    "value": ("What is the {label} of {x}?", "{x} 的{label}是什么？"),
    "state": ("Is {x} {label}?", "{x} 是否{label}？"),
    "past state": ("Was {x} ever {label}?", "{x} 是否曾经{label}过？"),
    "attribute": ("What is the {label} of {x}?", "{x} 的{label}如何？"),
    "history": ("What happened to {x}?", "{x} 经历了什么？"),
    "history since": ("What happened to {x} since {day}?", "自 {day} 以来，{x} 经历了什么？"),
    "history from to": (
        "What happened to {x} from {day} to {until}?",
        "从 {day} 到 {until}，{x} 经历了什么？",
    ),
    "event": ("When was {x} {label}?", "{x} 何时{label}？"),
    "in category": ("What is in “{x}”?", "“{x}”里有哪些事物？"),
    "kind in category": ("Which {noun} is in “{x}”?", "“{x}”里有哪些{noun}？"),
    "there": ("Which {noun} is there?", "有哪些{noun}？"),
    "as of": ("{said}, as of {day}", "截至 {day}，{said}"),
    "how many": ("{said}, and how many", "{said}，有多少"),
}
"""Questions as they were understood, in English and in Chinese."""


_BE = frozenset({"is", "was", "has"})


class Sentences:
    """Says meanings in words, by the templates and labels of the ontology."""

    def __init__(self, names: NameIndex, ontology: Ontology) -> None:
        self.names = names
        self.ontology = ontology

    def name(self, id: str, lang: Language) -> str:
        """The label of an entity in a language."""
        return self.names.label_of(id, lang)

    def understood(self, meaning: Meaning, lang: Language) -> str:
        """The question as it was understood, with what was corrected."""
        said = self._question(meaning, lang)
        said = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", said)
        taken = [f"“{t.said}” → {self.name(t.id, lang)}" for t in things_in(meaning) if not t.exact]
        return f"{said} ({'; '.join(taken)})" if taken else said

    def _question(self, meaning: Meaning, lang: Language) -> str:
        match meaning:
            case Listing():
                return self._listing(meaning, lang)
            case Verdict(subject, field, object_, when):
                ends = self.name(subject.id, lang), self.name(object_.id, lang)
                told = self.statement(field, *ends, lang)
                return say("since when" if when else "verdict", lang, told=told)
            case Depends(one, other):
                return self._say("depends", lang, one, other)
            case Happening():
                return self._happening(meaning, lang)
            case Way(one, other):
                return self._say("way", lang, one, other)
            case Compared(one, other):
                return self._say("compared", lang, one, other)
            case About(thing):
                return self._say("about", lang, thing)
            case Life():
                return self._life(meaning, lang)
            case Value(thing, attribute):
                label = self.ontology.attributes[attribute].label.in_language(lang)
                return self._say("value", lang, thing, label=lower(label))
            case Named(operation, named, day, None):
                return self._say(operation, lang, named, day=day)
            case Named(operation, named, day, until):
                return self._say(f"{operation} until", lang, named, day=day, until=until)

    def _say(
        self, key: str, lang: Language, one: Thing | None, other: Thing | None = None,
        **parts: object,
    ) -> str:  # fmt: skip
        x, y = ("" if thing is None else self.name(thing.id, lang) for thing in (one, other))
        return say(key, lang, x=x, y=y, **parts)

    def _life(self, meaning: Life, lang: Language) -> str:
        thing, asks = meaning.thing, meaning.asks
        if meaning.value is not None:
            label = self._values(asks, (meaning.value,), lang)
            return self._say("past state" if meaning.ever else "state", lang, thing, label=label)
        if asks in self.ontology.attributes:
            label = self.ontology.attributes[asks].label.in_language(lang)
            return self._say("attribute", lang, thing, label=lower(label))
        if meaning.until is not None:
            until = meaning.until
            return self._say("history from to", lang, thing, day=meaning.since, until=until)
        if meaning.since is not None:
            return self._say("history since", lang, thing, day=meaning.since)
        if asks == "history":
            return self._say("history", lang, thing)
        label = self.ontology.events[asks].label.in_language(lang)
        return self._say("event", lang, thing, label=label)

    def _happening(self, meaning: Happening, lang: Language) -> str:
        since, until = meaning.since, meaning.until
        key = "from to" if since and until else "since" if since else "until" if until else ""
        noun = self.noun(meaning.of, lang) or ("事物" if lang == "zh" else "thing")
        said = say(
            "happened", lang, noun=noun,
            label=self.ontology.events[meaning.asks].label.in_language(lang),
            period=say(key, lang, day=since, until=until) if key else "",
        )  # fmt: skip
        return _counted(said, lang) if meaning.count else said

    # Listings

    def _listing(self, meaning: Listing, lang: Language) -> str:
        end = "？" if lang == "zh" else "?"
        said = self._asked(meaning, lang).removesuffix(end)
        if meaning.as_of is not None:
            said = say("as of", lang, said=said, day=meaning.as_of)
        if meaning.count:
            said = say("how many", lang, said=said)
        if said.startswith(("what ", "which ", "who ")):
            said = said[0].upper() + said[1:]
        return said + end

    def _asked(self, meaning: Listing, lang: Language) -> str:
        of = meaning.of
        noun = self.noun(of, lang)
        if meaning.conditions:
            if not noun and isinstance(meaning.conditions[0], HasSome):
                noun = "事物" if lang == "zh" else "thing"
            asked = f"哪些{noun or '事物'}" if lang == "zh" else f"which {noun}" if noun else "what"
            return self._conditions(meaning.conditions, asked, lang)
        if not of.categories:
            return say("there", lang, noun=noun)
        bare = replace(of, categories=())
        key = "in category" if bare.bare else "kind in category"
        noun = self.noun(bare, lang)
        return say(key, lang, x=self.name(of.categories[0], lang), noun=noun)

    def _conditions(self, conditions: tuple[Condition, ...], asked: str, lang: Language) -> str:
        """Conditions in their order; the ends of one field, and what is denied, stand together."""
        both, but = (" 和 ", "，但") if lang == "zh" else (" and ", ", but not ")
        parts: list[str] = []
        done: set[str] = set()
        alone = len({c.field if isinstance(c, Related) else c for c in conditions}) == 1
        alone = alone and not any(isinstance(c, Related) and c.negated for c in conditions)
        for condition in conditions:
            subject = asked if not parts else ""
            if not isinstance(condition, Related):
                parts.append(self._condition(condition, subject, lang))
                continue
            if condition.field in done or condition.negated:
                continue
            done.add(condition.field)
            ends = both.join(self._end(one, lang) for one in _ends(conditions, condition.field))
            parts.append(self._asked_of(condition.field, subject, ends, lang, alone=alone).strip())
        said = ("，并且" if lang == "zh" else " and ").join(parts)
        for one in conditions:
            if isinstance(one, Related) and one.negated:
                name = self._end(one, lang)
                own = name if one.field in done and lang == "en" else None
                told = own or self.statement(one.field, "", name, lang).strip()
                said += but + (_denied(told) if lang == "zh" else told)
        return said

    def _asked_of(self, field: str, subject: str, ends: str, lang: Language, *, alone: bool) -> str:
        """A statement whose subject is asked for; nobody asks "Podman was originated by what"."""
        name, side = self.ontology.sides[field]
        relation = self.ontology.relations[name]
        passive = re.fullmatch(r"\{subject\} (?:is|was) \w+ by \{object\}", relation.sentence.en)
        active = re.fullmatch(r"\{subject\} (\w+s)( .+)? \{object\}", relation.sentence.en)
        if lang == "zh" or side != "in":
            return self.statement(field, subject, ends, lang)
        if active and active[1] not in _BE and subject and alone:
            do = "do" if " and " in ends else "does"
            return f"{subject} {do} {ends} {forms_of(active[1])[0]}{active[2] or ''}"
        if passive is None:
            return self.statement(field, subject, ends, lang)
        if subject == "what" and set(relation.range) == {"Organization"}:
            subject = "who"
        return f"{subject} {relation.inverse_label.en} {ends}"

    def _end(self, condition: Related, lang: Language) -> str:
        version = f" {condition.version}" if condition.version else ""
        return self.name(condition.thing.id, lang) + version

    def _condition(
        self, condition: HasValue | HasSome | AnyOf, subject: str, lang: Language
    ) -> str:
        if isinstance(condition, HasSome):
            return self._some(condition.field, subject, lang)
        if isinstance(condition, AnyOf):
            ends = [self.name(one.thing.id, lang) for one in condition.conditions]
            joined = (" 或 " if lang == "zh" else " or ").join(ends)
            return self.statement(condition.conditions[0].field, subject, joined, lang).strip()
        labels = self._values(condition.attribute, condition.values, lang)
        if lang == "zh":
            return f"{subject}{self._adjective(condition, lang)}"
        return f"{subject} is {'not ' if condition.negated else ''}{labels}".strip()

    def _some(self, field: str, subject: str, lang: Language) -> str:
        """is certified; 通过了认证"""
        told = self.statement(field, subject, "", lang).replace("  ", " ").strip()
        return told.replace(" ", "") if lang == "zh" else re.sub(r" (?:for|of)$", "", told)

    def statement(self, field: str, subject: str, end: str, lang: Language) -> str:
        """A statement in words, seen from the side that a field is on."""
        name, side = self.ontology.sides[field]
        template = self.ontology.relations[name].sentence.in_language(lang)
        if side == "in":
            subject, end = end, subject
        return template.format(subject=subject, object=end)

    def noun(self, of: Restriction, lang: Language) -> str:
        """A restriction as a noun in the singular: graduated tool; empty if it asks for nothing."""
        zh = lang == "zh"
        values = [self._adjective(v, lang) for v in of.values]
        if of.kind is not None:
            head = lower(self.ontology.kinds[of.kind].label.in_language(lang))
        elif of.categories:
            head = "事物" if zh else "thing"
        elif values:
            head = "项目" if zh else "project"
        else:
            return ""
        if of.categories:
            name = self.name(of.categories[0], lang)
            head = f"“{name}”中的{head}" if zh else f"{head} in “{name}”"
        return "".join(f"{v}的" for v in values) + head if zh else " ".join((*values, head))

    def _adjective(self, value: HasValue, lang: Language) -> str:
        """archived; non-archived; 非归档"""
        told = self._values(value.attribute, value.values, lang)
        if not value.negated:
            return told
        return f"非{told.removeprefix('已')}" if lang == "zh" else f"non-{told}"

    def _values(self, attribute: str, values: tuple[str, ...], lang: Language) -> str:
        known = self.ontology.enumerations.get(self.ontology.attributes[attribute].type, {})
        if attribute == "maturity" and set(values) == set(known) - {"ARCHIVED"}:
            return "CNCF"
        labels = [known[v].label.in_language(lang) if v in known else v for v in values]
        if attribute == "maturity" and values == ("ARCHIVED",):
            # The CNCF archives a project; its makers may go on.
            return "CNCF 已归档" if lang == "zh" else "CNCF archived"
        if values == OPEN_SOURCE:
            return "开源" if lang == "zh" else "open-source"
        families = {re.sub(r"-\d\.\d.*$", "", label) for label in labels}
        if len(labels) > 1 and len(families) == 1:
            return families.pop()
        return ("或" if lang == "zh" else " or ").join(labels)


def _ends(conditions: tuple[Condition, ...], field: str) -> Iterator[Related]:
    for one in conditions:
        if isinstance(one, Related) and one.field == field and not one.negated:
            yield one


def say(key: str, lang: Language, **parts: object) -> str:
    """A sentence of SAID."""
    return SAID.get(key, ("{x}?", "{x}？"))[lang == "zh"].format(**parts)


def _denied(told: str) -> str:
    """没有实现 CRI; 不使用 CRI"""
    done = re.sub("^([^ ]+?)了", r"\1", told)
    return f"不{told}" if done == told else f"没有{done}"


def _counted(question: str, lang: Language) -> str:
    """A question, and how many there are."""
    end = "？" if lang == "zh" else "?"
    return say("how many", lang, said=question.removesuffix(end)) + end


def lower(label: str) -> str:
    """With a small first letter, unless it is a name: CNCF maturity."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def unknown_name(said: str, lang: Language) -> str:
    """Why a question about something unknown has no answer."""
    if lang == "zh":
        return f"数据中没有名为“{said}”的事物。"
    return f"The data knows nothing by the name of “{said}”."
