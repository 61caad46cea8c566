"""The data of a reading's answer -> its rows and a short sentence in the question's language."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ecograph.ask.lives import MOST_NAMED, Lives
from ecograph.ask.readings import (
    About,
    Compared,
    Depends,
    Happening,
    Life,
    Listing,
    Named,
    Reading,
    Related,
    Value,
    Verdict,
    Way,
)
from ecograph.ask.sentences import Sentences, lower
from ecograph.ask.ways import best_way
from ecograph.ask.wording import say
from ecograph.model.ontology import Language, screaming

NEWEST = 3
"""Changes that a sentence tells before it only counts."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A reading with its answer: the sentence, how many rows there are, the first of their ids."""

    reading: Reading
    sentence: str
    total: int | None
    ids: tuple[str, ...]
    data: Mapping[str, Any] | None
    unsaid: bool = False
    """Whether the data says nothing for or against it."""

    @property
    def empty(self) -> bool:
        """Whether the data has nothing to say of this reading."""
        return self.unsaid or self.total == 0


class Answers:
    """Says answers in words."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.ontology = sentences.ontology
        self.lives = Lives(sentences)

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
            case Happening():
                return self._happened(told, meaning, place or {}, lang)
            case Depends(one, other):
                return self._depends(told, one.id, other.id, place, lang)
            case Verdict():
                claim = place or {}
                unsaid = claim.get("verdict", "UNKNOWN") == "UNKNOWN"
                return replace(told, sentence=self._verdict(meaning, claim, lang), unsaid=unsaid)
            case Way():
                return self._ways(told, data or {}, lang)
            case About(thing):
                said = self._about(place or {}, lang)
                return replace(told, sentence=said, ids=(thing.id,))
            case Life(thing):
                said, known = self.lives.tell(meaning, place or {}, lang)
                return replace(told, sentence=said, ids=(thing.id,), unsaid=not known)
            case Value(thing, attribute):
                value = (place or {}).get(attribute)
                said = say(
                    "no value" if value is None else "value", lang,
                    x=self._name(thing.id, lang), value=value,
                    label=self.lives.label(attribute, lang),
                )  # fmt: skip
                return replace(told, sentence=said, ids=(thing.id,), unsaid=value is None)
            case Compared(one, other):
                a, b = self._name(one.id, lang), self._name(other.id, lang)
                return replace(
                    told, sentence=say("compared", lang, a=a, b=b), ids=(one.id, other.id)
                )

    def _name(self, id: str, lang: Language) -> str:
        return self.sentences.name(id, lang)

    # Rows

    def _rows(self, told: Answered, place: Any, lang: Language) -> Answered:
        meaning = told.reading.meaning
        if isinstance(meaning, Named) and meaning.operation == "Dataset":
            return replace(told, sentence=_dataset(place or {}, lang))
        if (
            isinstance(meaning, Named)
            and meaning.operation == "Changes"
            and not told.reading.operation
        ):
            return replace(told, sentence=_changes(meaning.day or "", told.data or {}, lang))
        if isinstance(meaning, Named) and meaning.operation == "Changes":
            return self._changed(told, place or {}, meaning, lang)
        if isinstance(place, Mapping) and not told.reading.rows:
            pages = [page for page in place.values() if page]
            rows: Sequence[Any] = [node for page in pages for node in page["nodes"]]
            total = sum(page["totalCount"] for page in pages)
        elif isinstance(place, Mapping):
            rows = place.get("edges") or place.get("nodes") or []
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
        if versions and rows and not kept:
            return replace(told, sentence=say("no version", lang), total=0)
        said = self._count(ids, total, lang, counted=isinstance(meaning, Listing) and meaning.count)
        return replace(told, sentence=said, total=total, ids=tuple(dict.fromkeys(ids)))

    def _changed(
        self, told: Answered, page: Mapping[str, Any], asked: Named, lang: Language
    ) -> Answered:
        """What changed in a period: how much, and the newest of it in words."""
        changes, total = page.get("nodes") or [], page.get("totalCount", 0)
        if not changes:
            key = "no changes" if asked.until is None else "nothing changed"
            said = say(key, lang, day=asked.day, until=asked.until)
            return replace(told, sentence=said, total=0)
        listed = ("；" if lang == "zh" else "; ").join(
            f"{change['date']} {self._change(change, lang)}" for change in changes[:NEWEST]
        )
        ids = tuple(dict.fromkeys(change["entity"]["id"] for change in changes))
        return replace(told, sentence=say("changed", lang, total=total, listed=listed),
                       total=total, ids=ids)  # fmt: skip

    def _happened(
        self, told: Answered, asked: Happening, page: Mapping[str, Any], lang: Language
    ) -> Answered:
        """What an event happened to, with its day; the newest first."""
        rows = page.get("nodes") or []
        kind = None if asked.of.kind is None else screaming(asked.of.kind)
        kinds = {screaming(one) for one in asked.events}
        kept: dict[str, str] = {}
        for row in rows:
            if kind in (None, row["entity"]["kind"]) and _is_first(row, kinds):
                value = row["event"]["value"]
                kept.setdefault(row["entity"]["id"], " ".join(filter(None, (row["date"], value))))
        whole = len(rows) == page.get("totalCount", 0)
        total = len(kept) if whole or kind else page.get("totalCount", 0)
        named = [
            self._name(id, lang) + say("backed", lang, event=day)
            for id, day in [*kept.items()][:MOST_NAMED]
        ]
        said = _counted(named, total, lang, counted=asked.count)
        return replace(told, sentence=said, total=total, ids=tuple(kept))

    def _depends(self, told: Answered, one: str, other: str, path: Any, lang: Language) -> Answered:
        if not path:
            a, b = self._name(one, lang), self._name(other, lang)
            said = say("depends unknown", lang, a=a, b=b)
            return replace(told, sentence=said, unsaid=True)
        way = self._way(told, path, lang, "depends")
        return replace(way, ids=(one, other))

    def _change(self, change: Mapping[str, Any], lang: Language) -> str:
        event, statement = change.get("event"), change.get("statement")
        if event:
            parts = self._name(change["entity"]["id"], lang), event["label"], event["value"]
            return " ".join(filter(None, parts))
        said = str(statement["sentence"]) if statement else ""
        return say("over", lang, told=said) if change["kind"] == "ENDED" else said

    def _count(self, ids: Sequence[str], total: int, lang: Language, *, counted: bool) -> str:
        names = [self._name(id, lang) for id in dict.fromkeys(ids)][:MOST_NAMED]
        return _counted(names, total, lang, counted=counted)

    # Single things

    def _verdict(self, meaning: Verdict, claim: Mapping[str, Any], lang: Language) -> str:
        verdict = claim.get("verdict", "UNKNOWN")
        a, b = self._name(meaning.subject.id, lang), self._name(meaning.object.id, lang)
        told = self.sentences.statement(meaning.field, a, b, lang)
        if not meaning.when or verdict != "KNOWN":
            return say(verdict, lang, told=told)
        days = sorted(s["since"] for s in claim["statements"] if s.get("since"))
        return say("since" if days else "since unknown", lang, day=(days or [""])[0], told=told)

    def _way(self, told: Answered, path: Any, lang: Language, key: str = "way") -> Answered:
        if not path:
            return replace(told, total=0, sentence=say("no way", lang))
        ids = tuple(node["id"] for node in path["nodes"])
        hops = [hop["sentenceZh" if lang == "zh" else "sentence"] for hop in path["hops"]]
        steps = str(len(hops))
        if lang == "en":
            steps += " step" if len(hops) == 1 else " steps"
        said = say(key, lang, steps=steps, told=("；" if lang == "zh" else "; ").join(hops))
        return replace(told, sentence=said, total=len(hops), ids=ids)

    def _ways(self, told: Answered, data: Mapping[str, Any], lang: Language) -> Answered:
        best, shortest = best_way(self.ontology, data), data.get("shortest")
        way = self._way(told, best, lang)
        if not shortest or len(shortest["hops"]) == len(best["hops"]):
            return way
        beside = self._way(told, shortest, lang, "shortest way").sentence
        return replace(way, sentence=way.sentence + ("" if lang == "zh" else " ") + beside)

    def _about(self, entity: Mapping[str, Any], lang: Language) -> str:
        text = entity.get("description")
        kind = self.ontology.by_enum_value.get(entity.get("kind", ""), "")
        label = self.ontology.kinds[kind].label.in_language(lang) if kind else ""
        return say(
            "described" if text else "told of", lang,
            x=self._name(entity["id"], lang), kind=lower(label), text=text,
            count=(entity.get("statements") or {}).get("totalCount", 0),
        )  # fmt: skip


def _dataset(data: Mapping[str, Any], lang: Language) -> str:
    return say(
        "dataset", lang,
        day=data.get("asOf"), entities=data.get("entityCount"),
        statements=data.get("statementCount"),
    )  # fmt: skip


def _changes(day: str, data: Mapping[str, Any], lang: Language) -> str:
    key = "labelZh" if lang == "zh" else "label"
    told = []
    for then, now in zip(data.get("then", ()), data.get("now", ()), strict=True):
        before = {one["value"]: one["count"] for one in then["values"]}
        told += [
            f"{one[key]} {before.get(one['value'], 0)} → {one['count']}"
            for one in now["values"]
            if before.get(one["value"], 0) != one["count"]
        ]
    listed = ("；" if lang == "zh" else "; ").join(told)
    return say("changes" if told else "no changes", lang, day=day, listed=listed)


def _counted(names: Sequence[str], total: int, lang: Language, *, counted: bool) -> str:
    if not names:
        return say("none", lang)
    more = total - len(names)
    if more > 0:
        listed = ("、" if lang == "zh" else ", ").join(names)
        return say("more", lang, total=total, listed=listed, more=more)
    key = "several" if counted or total > 1 else "one"
    return say(key, lang, total=total, listed=_and(names, lang))


def _is_first(row: Mapping[str, Any], kinds: Container[str]) -> bool:
    """Whether no event of these kinds came before, where the row tells of the others."""
    history = row["entity"].get("history") or ()
    return all(one["date"] >= row["date"] for one in history if one["event"] in kinds)


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


def _and(names: Sequence[str], lang: Language) -> str:
    if lang == "zh" or len(names) == 1:
        return "、".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
