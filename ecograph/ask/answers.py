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
from ecograph.ask.sentences import Sentences, lower
from ecograph.ask.states import Judgement, State, judge
from ecograph.ask.wording import say
from ecograph.model.ontology import Language, screaming

NEWEST = 3
"""Changes that a sentence tells before it only counts."""
_DONE = frozenset({"ENDED", "GRADUATED"})
"""States that something has come to of itself: it has ended."""
LONGEST_NOTE = 40
MOST_NAMED = 8
"""Entities that a sentence names before it only counts."""


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
                claim = place or {}
                unsaid = claim.get("verdict", "UNKNOWN") == "UNKNOWN"
                return replace(told, sentence=self._verdict(meaning, claim, lang), unsaid=unsaid)
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
                said = say(
                    "no value" if value is None else "value", lang,
                    x=self._name(thing.id, lang), value=value, label=self._label(attribute, lang),
                )  # fmt: skip
                return replace(told, sentence=said, ids=(thing.id,))
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
            return self._changed(told, place or {}, meaning.day or "", lang)
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
        if versions and rows and not kept:
            return replace(told, sentence=say("no version", lang), total=0)
        said = self._count(ids, total, lang, counted=isinstance(meaning, Listing) and meaning.count)
        return replace(told, sentence=said, total=total, ids=tuple(dict.fromkeys(ids)))

    def _changed(
        self, told: Answered, page: Mapping[str, Any], day: str, lang: Language
    ) -> Answered:
        """What changed since a day: how much, and the newest of it in words."""
        changes, total = page.get("nodes") or [], page.get("totalCount", 0)
        if not changes:
            return replace(told, sentence=say("no changes", lang, day=day), total=0)
        listed = ("；" if lang == "zh" else "; ").join(
            f"{change['date']} {self._change(change, lang)}" for change in changes[:NEWEST]
        )
        ids = tuple(dict.fromkeys(change["entity"]["id"] for change in changes))
        return replace(told, sentence=say("changed", lang, total=total, listed=listed),
                       total=total, ids=ids)  # fmt: skip

    def _change(self, change: Mapping[str, Any], lang: Language) -> str:
        event, statement = change.get("event"), change.get("statement")
        if event:
            parts = self._name(change["entity"]["id"], lang), event["label"], event["value"]
            return " ".join(filter(None, parts))
        said = str(statement["sentence"]) if statement else ""
        return say("over", lang, told=said) if change["kind"] == "ENDED" else said

    def _count(self, ids: Sequence[str], total: int, lang: Language, *, counted: bool) -> str:
        names = [self._name(id, lang) for id in dict.fromkeys(ids)][:MOST_NAMED]
        if not names:
            return say("none", lang)
        more = total - len(names)
        if more > 0:
            listed = ("、" if lang == "zh" else ", ").join(names)
            return say("more", lang, total=total, listed=listed, more=more)
        key = "several" if counted or total > 1 else "one"
        return say(key, lang, total=total, listed=_and(names, lang))

    # Single things

    def _verdict(self, meaning: Verdict, claim: Mapping[str, Any], lang: Language) -> str:
        verdict = claim.get("verdict", "UNKNOWN")
        a, b = self._name(meaning.subject.id, lang), self._name(meaning.object.id, lang)
        told = self.sentences.statement(meaning.field, a, b, lang)
        if not meaning.when or verdict != "KNOWN":
            return say(verdict, lang, told=told)
        days = sorted(s["since"] for s in claim["statements"] if s.get("since"))
        return say("since" if days else "since unknown", lang, day=(days or [""])[0], told=told)

    def _way(self, told: Answered, path: Any, lang: Language) -> Answered:
        if not path:
            return replace(told, total=0, sentence=say("no way", lang))
        ids = tuple(node["id"] for node in path["nodes"])
        key = "sentenceZh" if lang == "zh" else "sentence"
        hops = [hop[key] for hop in path["hops"]]
        steps = str(len(hops))
        if lang == "en":
            steps += " step" if len(hops) == 1 else " steps"
        said = say("way", lang, steps=steps, told=("；" if lang == "zh" else "; ").join(hops))
        return replace(told, sentence=said, total=len(hops), ids=ids)

    def _about(self, entity: Mapping[str, Any], lang: Language) -> str:
        text = entity.get("description")
        kind = self.ontology.by_enum_value.get(entity.get("kind", ""), "")
        label = self.ontology.kinds[kind].label.in_language(lang) if kind else ""
        return say(
            "described" if text else "told of", lang,
            x=self._name(entity["id"], lang), kind=lower(label), text=text,
            count=(entity.get("statements") or {}).get("totalCount", 0),
        )  # fmt: skip

    def _life(self, meaning: Life, entity: Mapping[str, Any], lang: Language) -> str:
        x = self._name(meaning.thing.id, lang)
        history: list[Mapping[str, Any]] = list(entity.get("history") or [])
        if meaning.asks in self.ontology.attributes:
            return self._state(meaning, entity, history, x, lang)
        wanted = screaming(meaning.asks)
        if meaning.since is not None and not any(_is_after(e, meaning.since) for e in history):
            return say("nothing since", lang, x=x, day=meaning.since)
        # Being archived by the CNCF is being archived, too.
        found = [
            event
            for event in history
            if _is_after(event, meaning.since)
            and (meaning.asks == "history" or f"{event['event']}_".startswith(f"{wanted}_"))
        ]
        if found:
            return say("events", lang, x=x, listed=_events(found, lang))
        if meaning.asks == "history":
            return say("no events", lang, x=x)
        label = self.ontology.events[meaning.asks].label.in_language(lang)
        return say("no event", lang, x=x, label=label)

    def _state(
        self, meaning: Life, entity: Mapping[str, Any], history: list[Mapping[str, Any]],
        x: str, lang: Language,
    ) -> str:  # fmt: skip
        value = entity.get(meaning.asks)
        label = self._label(meaning.asks, lang)
        if meaning.value is not None:
            judged = judge(self.ontology, meaning, entity)
            if judged.known != "no value":
                return self._judged(judged, meaning, x, lang)
        if value is None:
            return say("no value", lang, x=x, label=label)
        type_ = self.ontology.attributes[meaning.asks].type
        told = self.ontology.enumerations[type_][value].label.in_language(lang)
        sets = {
            screaming(name)
            for name, event in self.ontology.events.items()
            if event.sets.get(meaning.asks) == value
        }
        by = [event for event in history if event["event"] in sets][-1:]
        backed = say("backed", lang, event=_events(by, lang)) if by else ""
        said = say("state", lang, x=x, label=label, value=told, backed=backed)
        return said[0].upper() + said[1:] if lang == "en" else said

    def _judged(self, judged: Judgement, meaning: Life, x: str, lang: Language) -> str:
        """Whether a thing is, or was, in the state that a question asks about."""
        asked = State(meaning.asks, meaning.value or "", None)
        present = "" if judged.present is None else self._in_state(judged.present, lang)
        return say(
            judged.known, lang, x=x, is_present=present,
            asked=self._in_state(asked, lang, past=True),
            is_asked="" if judged.asked is None else self._in_state(judged.asked, lang),
            was="" if judged.asked is None else self._in_state(judged.asked, lang, past=True),
            now=say("now", lang, is_present=present) if present else "",
        )  # fmt: skip

    def _in_state(self, state: State, lang: Language, *, past: bool = False) -> str:
        """is archived (2019-08-16 archived by the CNCF)."""
        label = self._value(state.attribute, state.value, lang)
        backed = ""
        if state.by is not None:
            plain = state.by["label"].casefold() == label.casefold()
            told = state.by["date"] if plain and lang == "en" else _events([state.by], lang)
            backed = say("backed", lang, event=told)
        if lang == "zh":
            return f"{label}{backed}"
        done = state.value in _DONE
        verb = ("had" if done else "was") if past else "has" if done else "is"
        return f"{verb} {label}{backed}"

    def _value(self, attribute: str, value: str, lang: Language) -> str:
        type_ = self.ontology.attributes[attribute].type
        return lower(self.ontology.enumerations[type_][value].label.in_language(lang))

    def _label(self, attribute: str, lang: Language) -> str:
        return lower(self.ontology.attributes[attribute].label.in_language(lang))


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


def _is_after(event: Mapping[str, Any], day: str | None) -> bool:
    """Whether an event's date, as precise as it is, is a day or comes after it."""
    date = str(event["date"])
    return day is None or date >= day[: len(date)]


def _events(events: Iterable[Mapping[str, Any]], lang: Language) -> str:
    key = "labelZh" if lang == "zh" else "label"
    told = [f"{event['date']} {event[key]}{_detail(event, lang)}" for event in events]
    shown = [*told[: MOST_NAMED - 1], "…", told[-1]] if len(told) > MOST_NAMED else told
    return ("；" if lang == "zh" else "; ").join(shown)


def _detail(event: Mapping[str, Any], lang: Language) -> str:
    """The version of a release, or what is noted of an event in few words."""
    if event.get("value"):
        return f" {event['value']}"
    note = str(event.get("note") or "").removesuffix(".")
    return f" ({note})" if lang == "en" and 0 < len(note) <= LONGEST_NOTE else ""


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
