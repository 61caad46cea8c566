"""The data of a reading's answer -> its rows and a short sentence in the question's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ecograph.ask.readings import (
    About,
    Compared,
    Life,
    Listing,
    Named,
    Reading,
    Related,
    Value,
    Verdict,
    Way,
)
from ecograph.ask.sentences import Sentences
from ecograph.model.ontology import Language, screaming

MOST_NAMED = 8
"""Entities that a sentence names before it only counts."""

_VERDICTS = {
    "KNOWN": ("Yes: {told}.", "是的：{told}。"),
    "DENIED": ("No: it is not so that {told}.", "不是：并非{told}。"),
    "DISPUTED": ("It is disputed whether {told}.", "有争议：{told}。"),
    "UNKNOWN": ("The data does not say whether {told}.", "数据没有说明是否如此：{told}。"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A reading with its answer: the sentence, how many rows there are, the first of their ids."""

    reading: Reading
    sentence: str
    total: int | None
    ids: tuple[str, ...]
    data: Mapping[str, Any] | None


class Answers:
    """Says answers in words."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.ontology = sentences.ontology

    def tell(self, reading: Reading, data: Mapping[str, Any] | None) -> Answered:
        """The answer of a reading's data, as GraphQL gave it."""
        lang, meaning = reading.lang, reading.meaning
        place: Any = data
        for key in reading.rows:
            place = (place or {}).get(key)
        told = Answered(reading, "", None, (), data)
        match meaning:
            case Listing() | Named():
                return self._rows(told, place, lang)
            case Verdict():
                return replace(told, sentence=self._verdict(meaning, place or {}, lang))
            case Way():
                return self._way(told, place, lang)
            case About(thing):
                said = self._about(place or {}, lang)
                return replace(told, sentence=said, ids=(thing.id,))
            case Life(thing):
                said = self._life(meaning, place or {}, lang)
                return replace(told, sentence=said, ids=(thing.id,))
            case Value(thing, attribute):
                value = (place or {}).get(attribute)
                x, label = self._name(thing.id, lang), self.ontology.attributes[attribute].label
                if value is None:
                    said = (f"数据没有给出 {x} 的{label.zh}。" if lang == "zh"
                            else f"The data gives no {_small(label.en)} of {x}.")  # fmt: skip
                else:
                    said = (f"{x} 的{label.zh}是 {value}。" if lang == "zh"
                            else f"The {_small(label.en)} of {x} is {value}.")  # fmt: skip
                return replace(told, sentence=said, ids=(thing.id,))
            case Compared(one, other):
                a, b = self._name(one.id, lang), self._name(other.id, lang)
                said = (f"{a} 与 {b} 的陈述并列如下。" if lang == "zh"
                        else f"What is said of {a} and of {b}, side by side.")  # fmt: skip
                return replace(told, sentence=said, ids=(one.id, other.id))

    def _name(self, id: str, lang: Language) -> str:
        return self.sentences.name(id, lang)

    # Rows

    def _rows(self, told: Answered, place: Any, lang: Language) -> Answered:
        meaning = told.reading.meaning
        if isinstance(meaning, Named) and meaning.operation == "Dataset":
            return replace(told, sentence=self._dataset(place or {}, lang))
        if isinstance(place, Mapping):
            rows: Sequence[Any] = place.get("edges") or place.get("nodes") or []
            total = place.get("totalCount")
        else:
            rows, total = place or [], None
        versions = _versions(meaning)
        kept = [row for row in rows if _has_versions(row, versions)]
        ids = [id for row in kept if (id := _id_of(row))]
        if isinstance(meaning, Named) and meaning.thing is not None:
            # What is reached begins with the thing itself.
            itself = meaning.thing.id
            total = total - (itself in ids) if isinstance(total, int) else total
            ids = [id for id in ids if id != itself]
        if versions or total is None:
            total = len(ids)
        said = self._count(ids, total, lang, counted=isinstance(meaning, Listing) and meaning.count)
        return replace(told, sentence=said, total=total, ids=tuple(dict.fromkeys(ids)))

    def _count(self, ids: Sequence[str], total: int, lang: Language, *, counted: bool) -> str:
        names = [self._name(id, lang) for id in dict.fromkeys(ids)]
        if not names:
            return "数据中没有。" if lang == "zh" else "Nothing in the data."
        shown = names[:MOST_NAMED]
        more = total - len(shown)
        if lang == "zh":
            listed = "、".join(shown)
            rest = f" 等 {total} 项" if more > 0 else ""
            return (
                f"共 {total} 项：{listed}{'……' if rest else ''}。"
                if counted or more > 0 or total > 1
                else f"{listed}。"
            )
        listed = _and(shown) if more <= 0 else f"{', '.join(shown)} and {more} more"
        return f"{total}: {listed}." if counted or total > 1 else f"{listed}."

    # Single things

    def _verdict(self, meaning: Verdict, claim: Mapping[str, Any], lang: Language) -> str:
        verdict = claim.get("verdict", "UNKNOWN")
        a, b = self._name(meaning.subject.id, lang), self._name(meaning.object.id, lang)
        told = self.sentences.statement(meaning.field, a, b, lang)
        said = _VERDICTS[verdict][lang == "zh"].format(told=told)
        if meaning.when and verdict == "KNOWN":
            since = sorted(s["since"] for s in claim["statements"] if s.get("since"))
            if not since:
                return said + ("起始日期未知。" if lang == "zh" else " Since when is not known.")
            return f"自 {since[0]} 起：{told}。" if lang == "zh" else f"Since {since[0]}: {told}."
        return said

    def _way(self, told: Answered, path: Any, lang: Language) -> Answered:
        if not path:
            return replace(
                told, total=0, sentence="没有路径。" if lang == "zh" else "There is no such way."
            )
        ids = tuple(node["id"] for node in path["nodes"])
        key = "sentenceZh" if lang == "zh" else "sentence"
        said = ("；" if lang == "zh" else "; ").join(hop[key] for hop in path["hops"])
        steps = len(path["hops"])
        head = f"{steps} 步：" if lang == "zh" else f"{steps} step{'s' * (steps != 1)}: "
        end = "。" if lang == "zh" else "."
        return replace(told, sentence=head + said + end, total=steps, ids=ids)

    def _about(self, entity: Mapping[str, Any], lang: Language) -> str:
        # The operation gives a description in Chinese, and what the data is asked for in English.
        described = entity.get("descriptionEn" if lang == "en" else "description")
        kind = self.ontology.by_enum_value.get(entity.get("kind", ""), "")
        label = self.ontology.kinds[kind].label.in_language(lang) if kind else ""
        name = self._name(entity["id"], lang) if entity.get("id") else ""
        if described:
            return (
                f"{name}（{label}）：{described}"
                if lang == "zh"
                else f"{name} ({label}): {described}"
            )
        count = (entity.get("statements") or {}).get("totalCount", 0)
        if lang == "zh":
            return f"{name}：{label}，有 {count} 条陈述。"
        return f"{name} is of the kind {_small(label)}; {count} statements are about it."

    def _life(self, meaning: Life, entity: Mapping[str, Any], lang: Language) -> str:
        x = self._name(meaning.thing.id, lang)
        history: list[Mapping[str, Any]] = list(entity.get("history") or [])
        if meaning.asks in self.ontology.attributes:
            return self._state(meaning, entity, history, x, lang)
        wanted = screaming(meaning.asks)
        found = [e for e in history if meaning.asks == "history" or e["event"] == wanted]
        if not found:
            label = (
                ""
                if meaning.asks == "history"
                else self.ontology.events[meaning.asks].label.in_language(lang)
            )
            if lang == "zh":
                return f"数据没有记录 {x} {label or '的事件'}。" + self._listed(history, lang)
            none = (
                f"The data has no date for it: {x}, {label}."
                if label
                else f"The data has no dates of {x}."
            )
            return none + self._listed(history, lang, " What it has: ")
        head = f"{x}：" if lang == "zh" else f"{x}: "
        return head + self._listed(found, lang)

    def _listed(self, events: Iterable[Mapping[str, Any]], lang: Language, head: str = "") -> str:
        key = "labelZh" if lang == "zh" else "label"
        told = [f"{e['date']} {e[key]}" for e in events]
        if not told:
            return ""
        return head + ("；" if lang == "zh" else "; ").join(told) + ("。" if lang == "zh" else ".")

    def _state(
        self, meaning: Life, entity: Mapping[str, Any], history: list[Mapping[str, Any]],
        x: str, lang: Language,
    ) -> str:  # fmt: skip
        attribute = self.ontology.attributes[meaning.asks]
        value = entity.get(meaning.asks)
        label = attribute.label.in_language(lang)
        if value is None:
            return (f"数据没有给出 {x} 的{label}。" if lang == "zh"
                    else f"The data gives no {_small(label)} of {x}.")  # fmt: skip
        told = self.ontology.enumerations[attribute.type][value].label.in_language(lang)
        sets = {
            screaming(n)
            for n, e in self.ontology.events.items()
            if e.sets.get(meaning.asks) == value
        }
        by = [e for e in history if e["event"] in sets]
        backed = self._listed(by[-1:], lang) if by else ""
        if meaning.value is None:
            head = (
                f"{x} 的{label}：{told}。" if lang == "zh" else f"{x} is {told} ({_small(label)}). "
            )
        elif meaning.value == value:
            head = f"是的，{x}：{told}。" if lang == "zh" else f"Yes, {x} is {told}. "
        else:
            head = f"不是，{x}：{told}。" if lang == "zh" else f"No, {x} is {told}. "
        return (head + backed).strip()

    def _dataset(self, data: Mapping[str, Any], lang: Language) -> str:
        entities, statements = data.get("entityCount"), data.get("statementCount")
        if lang == "zh":
            return f"截至 {data.get('asOf')}：{entities} 个实体，{statements} 条陈述。"
        return f"As of {data.get('asOf')}: {entities} entities and {statements} statements."


def _id_of(row: Mapping[str, Any]) -> str | None:
    for key in ("node", "subject", "entity"):
        inner = row.get(key)
        if isinstance(inner, Mapping):
            return inner.get("id")
    found = row.get("id")
    return found if isinstance(found, str) else None


def _versions(meaning: object) -> tuple[Related, ...]:
    if not isinstance(meaning, Listing):
        return ()
    return tuple(c for c in meaning.conditions if isinstance(c, Related) and c.version)


def _has_versions(row: Mapping[str, Any], wanted: Iterable[Related]) -> bool:
    """Whether an edge says the versions that a question names, and none that it excludes."""
    said = re.findall(r"\d+(?:\.\d+)*", row.get("version") or "")
    return all((one.version in said) is not one.negated for one in wanted)


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
