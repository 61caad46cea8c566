"""What became of a thing, in words: its state, its events, and what is beside one it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ecograph.ask.readings import Life
from ecograph.ask.sentences import Sentences, lower
from ecograph.ask.states import Judgement, State, judge
from ecograph.ask.wording import say
from ecograph.model.ontology import Language, screaming

_DONE = frozenset({"ENDED", "GRADUATED"})
"""States that something has come to of itself: it has ended."""
KIN: Mapping[str, tuple[str, ...]] = {
    "deprecated": ("archived", "ended"),
    "archived": ("deprecated", "ended"),
    "ended": ("deprecated", "archived", "archivedByCncf", "lastSeen"),
}
"""Kind of event -> those that are told where it is asked for and has no date."""
LONGEST_NOTE = 40
MOST_NAMED = 8
"""Entities, or events, that a sentence names before it only counts."""


class Lives:
    """Says the history and the states of things."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.ontology = sentences.ontology

    def tell(self, meaning: Life, entity: Mapping[str, Any], lang: Language) -> tuple[str, bool]:
        """The answer in a sentence, and whether the data says anything of what is asked."""
        x = self.sentences.name(meaning.thing.id, lang)
        history: list[Mapping[str, Any]] = list(entity.get("history") or [])
        if meaning.asks in self.ontology.attributes:
            said = self._state(meaning, entity, history, x, lang)
            return said, entity.get(meaning.asks) is not None
        wanted = screaming(meaning.asks)
        history = [event for event in history if _is_within(event, meaning.since, meaning.until)]
        if meaning.since is not None and not history:
            key = "nothing since" if meaning.until is None else "nothing then"
            return say(key, lang, x=x, day=meaning.since, until=meaning.until), False
        # Being archived by the CNCF is being archived, too.
        found = [
            event
            for event in history
            if meaning.asks == "history" or f"{event['event']}_".startswith(f"{wanted}_")
        ]
        if meaning.asks == "history" and not found:
            return say("no events", lang, x=x), False
        # The releases that have dates need not be the first ones.
        if meaning.asks == "released" and found:
            found = [*self._beginnings(history), *found]
        if not found and self.ontology.events[meaning.asks].begins:
            found = self._beginnings(history)
        if found:
            return say("events", lang, x=x, listed=_events(found, lang)), True
        label = self.ontology.events[meaning.asks].label.in_language(lang)
        kin = {screaming(name) for name in KIN.get(meaning.asks, ())}
        if near := [event for event in history if event["event"] in kin]:
            listed = _events(near, lang)
            return say("no event but", lang, x=x, label=label, listed=listed), True
        return say("no event", lang, x=x, label=label), False

    def _beginnings(self, history: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The events with which things begin."""
        begins = {screaming(name) for name, told in self.ontology.events.items() if told.begins}
        return [event for event in history if event["event"] in begins]

    def _state(
        self, meaning: Life, entity: Mapping[str, Any], history: list[Mapping[str, Any]],
        x: str, lang: Language,
    ) -> str:  # fmt: skip
        value = entity.get(meaning.asks)
        label = self.label(meaning.asks, lang)
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

    def label(self, attribute: str, lang: Language) -> str:
        return lower(self.ontology.attributes[attribute].label.in_language(lang))


def _is_within(event: Mapping[str, Any], since: str | None, until: str | None) -> bool:
    """Whether an event's date, as precise as it is, may lie in a period."""
    date = str(event["date"])
    size = len(date)
    return (since is None or date >= since[:size]) and (until is None or date <= until[:size])


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
