"""The ontology's labels in one language, by the values that the API gives."""

from __future__ import annotations

from ecograph.model.ontology import Described, Ontology, screaming
from ecograph.web.html import Lang


class Words:
    """Labels of kinds, relations and values; a value that the ontology lacks stands as it is."""

    def __init__(self, ontology: Ontology, lang: Lang) -> None:
        self.lang = lang
        self._ontology = ontology
        self._events = {screaming(name): name for name in ontology.events}

    def kind(self, value: str) -> str:
        """TOOL -> Tool."""
        return self._label(self._ontology.kinds.get(self._name(value)), value)

    def relation(self, value: str, *, inverse: bool = False) -> str:
        """FORK_OF -> is a fork of; from the object's side, forked as."""
        relation = self._ontology.relations.get(self._name(value))
        if relation is None:
            return value
        return (relation.inverse_label if inverse else relation.label).in_language(self.lang)

    def event(self, value: str) -> str:
        """ACCEPTED_SANDBOX -> accepted into the CNCF sandbox."""
        return self._label(self._ontology.events.get(self._events.get(value, "")), value)

    def value(self, enumeration: str, value: str | None) -> str:
        """The label of a value of an enumeration; empty for none."""
        if value is None:
            return ""
        return self._label(self._ontology.enumerations.get(enumeration, {}).get(value), value)

    def attribute(self, name: str) -> str:
        """The label of an attribute or a qualifier."""
        found = self._ontology.attributes.get(name) or self._ontology.qualifiers.get(name)
        return self._label(found, name)

    def status_after(self, event: str) -> str | None:
        """The status that an event brings; None if it leaves the status alone."""
        name = self._events.get(event)
        return self._ontology.events[name].sets.get("status") if name else None

    def rank(self, relation: str) -> int:
        """The place of a relation in the ontology."""
        return self._ontology.relation_rank.get(self._name(relation), len(self._events))

    def _name(self, value: str) -> str:
        return self._ontology.by_enum_value.get(value, value)

    def _label(self, found: Described | None, value: str) -> str:
        return found.label.in_language(self.lang) if found else value
