"""What was understood, in the language of the question."""

from __future__ import annotations

import re

from ecograph.ask.readings import (
    About,
    AnyOf,
    Compared,
    Condition,
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
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Language, Ontology

_NAMED = {
    "SuccessorsOf": ("What took over from {x}, step by step?", "{x} 之后由什么接替？"),
    "LineageOf": ("From what does {x} descend?", "{x} 由什么演变而来？"),
    "Dependencies": ("What does {x} use or require, directly or through others?",
                     "{x} 直接或间接使用、需要什么？"),
    "Dependents": ("What depends on {x}, directly or through others?",
                   "什么直接或间接依赖 {x}？"),
    "Alternatives": ("What else stands in the same categories as {x}?", "还有什么与 {x} 同属一个类别？"),
    "Neighborhood": ("What is around {x}?", "{x} 周围有什么？"),
    "OrganizationThings": ("What did {x} begin, own or steward?", "{x} 发起、拥有或托管过什么？"),
    "ProcedureSteps": ("What are the steps of {x}?", "{x} 有哪些步骤？"),
    "Dataset": ("What is this dataset?", "这个数据集是什么？"),
    "Changes": ("What changed since {day}?", "自 {day} 以来有什么变化？"),
}  # fmt: skip


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
        zh = lang == "zh"
        match meaning:
            case Listing():
                return self._listing(meaning, lang)
            case Verdict(subject, field, object_, when):
                told = self.statement(
                    field, self.name(subject.id, lang), self.name(object_.id, lang), lang
                )
                if when:
                    return f"从何时起：{told}？" if zh else f"Since when is it so that {told}?"
                return f"是否如此：{told}？" if zh else f"Is it so that {told}?"
            case Way(start, end):
                a, b = self.name(start.id, lang), self.name(end.id, lang)
                return (
                    f"{a} 如何通向 {b}？最短的路径是什么？"
                    if zh
                    else f"How does {a} come to {b}, by the shortest way?"
                )
            case About(thing):
                x = self.name(thing.id, lang)
                return f"{x} 是什么？" if zh else f"What is {x}?"
            case Life():
                return self._life(meaning, lang)
            case Value(thing, attribute):
                x, label = self.name(thing.id, lang), self.ontology.attributes[attribute].label
                return (
                    f"{x} 的{label.zh}是什么？" if zh else f"What is the {label.en.lower()} of {x}?"
                )
            case Compared(one, other):
                a, b = self.name(one.id, lang), self.name(other.id, lang)
                return (
                    f"{a} 和 {b} 各有什么陈述？" if zh else f"What is said of {a}, and what of {b}?"
                )
            case Named(operation, one_thing, day):
                said = _NAMED.get(operation, ("{x}?", "{x}？"))[zh]
                x = "" if one_thing is None else self.name(one_thing.id, lang)
                return said.format(x=x, day=day)

    def _life(self, meaning: Life, lang: Language) -> str:
        zh = lang == "zh"
        x = self.name(meaning.thing.id, lang)
        if meaning.value is not None:
            enumeration = self.ontology.attributes[meaning.asks].type
            label = self.ontology.enumerations[enumeration][meaning.value].label.in_language(lang)
            return f"{x} 的状态是否为“{label}”？" if zh else f"Is {x} {label}?"
        if meaning.asks in self.ontology.attributes:
            label = self.ontology.attributes[meaning.asks].label.in_language(lang)
            return f"{x} 的{label}如何？" if zh else f"What is the {_lower(label)} of {x}?"
        if meaning.since is not None:
            return (f"自 {meaning.since} 以来，{x} 经历了什么？" if zh
                    else f"What happened to {x} since {meaning.since}?")  # fmt: skip
        if meaning.asks == "history":
            return f"{x} 经历了什么？" if zh else f"What happened to {x}, and when?"
        label = self.ontology.events[meaning.asks].label.in_language(lang)
        return f"{x} 何时{label}？" if zh else f"When was {x} {label}?"

    def _listing(self, meaning: Listing, lang: Language) -> str:
        zh = lang == "zh"
        noun = self.noun(meaning.of, lang)
        if zh:
            asked = f"哪些{noun}" if noun else "哪些事物"
        else:
            asked = f"which {noun}" if noun else "what"
        parts = [
            self._condition(one, asked if at == 0 else "", lang)
            for at, one in enumerate(meaning.conditions)
        ]
        if not parts:
            said = f"有{asked}" if zh else f"which {noun} is there"
        else:
            said = ("，且" if zh else ", and ").join(parts)
        if meaning.as_of is not None:
            said = f"截至 {meaning.as_of}，{said}" if zh else f"{said}, as of {meaning.as_of}"
        if meaning.count:
            said = f"{said}，有多少" if zh else f"{said}, and how many"
        if zh:
            return said + "？"
        return (said[0].upper() + said[1:] if said.startswith(("what ", "which ")) else said) + "?"

    def _condition(self, condition: Condition, subject: str, lang: Language) -> str:
        zh = lang == "zh"
        match condition:
            case Related(field, thing, negated, version):
                end = self.name(thing.id, lang) + (f" {version}" if version else "")
                told = self.statement(field, subject, end, lang).strip()
                if negated:
                    return f"并非{told}" if zh else f"not: {told}"
                return told
            case HasValue(attribute, values, _):
                labels = self._values(attribute, values, lang)
                return (
                    f"{subject}{'是' if subject else '为'}{labels}的"
                    if zh
                    else f"{subject} is {labels}".strip()
                )
            case AnyOf(conditions):
                ends = [self.name(one.thing.id, lang) for one in conditions]
                joined = (" 或 " if zh else " or ").join(ends)
                return self.statement(conditions[0].field, subject, joined, lang).strip()

    def statement(self, field: str, subject: str, end: str, lang: Language) -> str:
        """A statement in words, seen from the side that a field is on."""
        name, side = self.ontology.sides[field]
        template = self.ontology.relations[name].sentence.in_language(lang)
        if side == "in":
            subject, end = end, subject
        return template.format(subject=subject, object=end)

    def noun(self, of: Restriction, lang: Language) -> str:
        """A restriction as a noun in the singular: graduated tool."""
        values = [self._values(v.attribute, v.values, lang) for v in of.values]
        if of.categories:
            head = self.name(of.categories[0], lang)
            head = f"“{head}”中的事物" if lang == "zh" else f"thing in “{head}”"
        elif of.kind is not None:
            label = self.ontology.kinds[of.kind].label.in_language(lang)
            head = _lower(label)
        elif values:
            head = "项目" if lang == "zh" else "project"
        else:
            return ""
        return (
            "".join(f"{v}的" for v in values) + head if lang == "zh" else " ".join((*values, head))
        )

    def _values(self, attribute: str, values: tuple[str, ...], lang: Language) -> str:
        known = self.ontology.enumerations.get(self.ontology.attributes[attribute].type, {})
        labels = [known[v].label.in_language(lang) if v in known else v for v in values]
        return ("或" if lang == "zh" else " or ").join(labels)


def _lower(label: str) -> str:
    """With a small first letter, unless it is a name: CNCF maturity."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def unknown_name(said: str, lang: Language) -> str:
    """Why a question about something unknown has no answer."""
    if lang == "zh":
        return f"数据中没有名为“{said}”的事物。"
    return f"The data knows nothing by the name of “{said}”."


__all__ = ["Sentences", "Thing", "unknown_name"]
