"""What a question restricts -> the filter that a GraphQL field takes."""

from __future__ import annotations

from typing import Any

from ecograph.ask.readings import AnyOf, Condition, HasSome, HasValue, Related, Restriction
from ecograph.model.ontology import Ontology, screaming

DEPTH = 3
"""How many levels below a category count where it is one of several conditions."""


class Filters:
    """Writes filters for one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def where(
        self, of: Restriction, conditions: tuple[Condition, ...], targets: frozenset[str]
    ) -> dict[str, Any]:
        """The filter of a restriction and conditions; empty if they ask for nothing."""
        parts: list[dict[str, Any]] = []
        if of.kind is not None and targets != {of.kind}:
            parts.append({"kind": {"eq": screaming(of.kind)}})
        if of.categories:
            parts.append({"classifiedIn": {"some": _below(list(of.categories))}})
        parts += [self._condition(one) for one in (*of.values, *conditions)
                  if not (isinstance(one, Related) and one.negated and one.version)]  # fmt: skip
        keys = [key for part in parts for key in part]
        if len(keys) == len(set(keys)):
            return {key: value for part in parts for key, value in part.items()}
        return {"and": parts}

    def _condition(self, condition: Condition) -> dict[str, Any]:
        match condition:
            case Related(field, thing, negated):
                how = "none" if negated else "some"
                return {field: {how: {"id": {"eq": thing.id}}}}
            case HasSome(field):
                return {field: {"some": {}}}
            case HasValue(attribute, values, negated):
                among = self._another(attribute, values) if negated else {"in": list(values)}
                return {attribute: among}
            case AnyOf(conditions):
                return {"or": [self._condition(one) for one in conditions]}

    def _another(self, attribute: str, values: tuple[str, ...]) -> dict[str, Any]:
        """Another value than these; what has none is not known to be another."""
        known = self.ontology.enumerations.get(self.ontology.attributes[attribute].type)
        if known is None:
            return {"notIn": list(values), "isNull": False}
        return {"in": [value for value in known if value not in values]}


def _below(ids: list[str]) -> dict[str, Any]:
    """Categories, and what stands up to DEPTH levels below them."""
    found: dict[str, Any] = {"id": {"in": ids}}
    for _ in range(DEPTH):
        found = {"or": [{"id": {"in": ids}}, {"broader": {"some": found}}]}
    return found
