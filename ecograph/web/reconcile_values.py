"""The properties of the reconciliation service: which there are, what a thing has, what fits.

Each is asked as a GraphQL query of its own, so that both stores answer and every limit holds.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecograph.errors import UnresolvedName
from ecograph.model.keys import match_key
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Ontology

Ask = Callable[[str, Mapping[str, Any]], Awaitable[Any]]
"""Document and variables -> data. Raises: BadRequest."""
MOST_IDS = 50
"""Things that one query asks of."""
MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Property:
    """A field of things; `kinds` are those that have it, all if None.

    `field` is how GraphQL asks it; `inverse` is the field at the other end if it leads to things,
    `type` the attribute's.
    """

    id: str
    name: str
    description: str
    field: str
    kinds: tuple[str, ...] | None = None
    entities: bool = False
    inverse: str = ""
    type: str = "text"

    @property
    def document(self) -> str:
        """The query of its values."""
        field = f"{self.field}(first: $first) {{ nodes {{ id name }} }}"
        field = field if self.entities else self.field
        asked = " ".join(f"... on {kind} {{ {field} }}" for kind in self.kinds or ("Entity",))
        more = ", $first: Int!" if self.entities else ""
        return f"query Values($ids: [String!]!{more}) {{ entities(names: $ids) {{ id {asked} }} }}"

    def read(self, row: Mapping[str, Any]) -> list[Any]:
        """The values in a row of the answer: texts, numbers, or {id, name}."""
        value = row.get(self.id)
        if self.entities:
            return list(value["nodes"]) if value else []
        return value if isinstance(value, list) else [] if value is None else [value]


def properties_of(ontology: Ontology) -> dict[str, Property]:
    """Every property by its id: what all things have, the attributes, the relations both ways."""
    return {one.id: one for one in _list(ontology)}


def _list(ontology: Ontology) -> Iterator[Property]:
    yield Property("kind", "Kind", "What it is.", "kind")
    yield Property("labelZh", "Chinese name", "Its label in Chinese.", "labelZh: label(lang: ZH)")
    yield Property("aliases", "Also called", "Its other names.", "aliases")
    yield Property("description", "Description", "In English.", "description(lang: EN)")
    yield Property(
        "descriptionZh",
        "Chinese description",
        "In Chinese.",
        "descriptionZh: description(lang: ZH)",
    )
    for name, attribute in ontology.attributes.items():
        yield Property(
            name, attribute.label.en, attribute.description.en, name, attribute.kinds,
            type=attribute.type,
        )  # fmt: skip
    for name, relation in ontology.relations.items():
        told = relation.description.en
        back = name if relation.symmetric else relation.inverse
        yield Property(name, relation.label.en, told, name, relation.domain, True, back)
        if not relation.symmetric:
            other = relation.inverse_label.en
            yield Property(back, other, told, back, relation.range, True, name)


async def fetch(
    ask: Ask, names: NameIndex, ids: Sequence[str], wanted: Property, most: int = MOST_VALUES
) -> dict[str, list[Any]]:
    """Id, as it was given -> the values, at most so many; an unknown id has none."""
    known = {one: names.id_in_force(one) for one in ids}
    asked = list(dict.fromkeys(one for one in known.values() if one is not None))
    found: dict[str, list[Any]] = {}
    for start in range(0, len(asked), MOST_IDS):
        variables: dict[str, Any] = {"ids": asked[start : start + MOST_IDS]}
        if wanted.entities:
            variables["first"] = most
        for row in (await ask(wanted.document, variables))["entities"]:
            found[row["id"]] = wanted.read(row)[:most]
    return {one: found.get(here, []) if here else [] for one, here in known.items()}


def fits(wanted: Property, given: Any, has: Sequence[Any], names: NameIndex) -> bool:
    """Whether one of the values that a thing has is one of those given."""
    options = given if isinstance(given, list) else [given]
    if wanted.entities:
        meant = {id for one in options if (id := find_entity(one, names)) is not None}
        keys = {match_key(str(one)) for one in options if not isinstance(one, dict)}
        return any(one["id"] in meant or match_key(one["name"]) in keys for one in has)
    keys = {_fold(wanted, one) for one in options}
    return any(_fold(wanted, one) in keys for one in has)


def find_entity(given: Any, names: NameIndex) -> str | None:
    """The id of the thing that a value is: {id} of one matched before, an id, or a name."""
    if isinstance(given, dict):
        return names.id_in_force(str(given.get("id")))
    try:
        return names.resolve(str(given), None, "v", may_suggest=lambda: False)
    except UnresolvedName:
        return None


def _fold(wanted: Property, value: Any) -> str:
    text = str(value.get("name", value.get("id")) if isinstance(value, dict) else value).strip()
    if wanted.type == "url":
        return (
            re.sub(r"^https?://(www\.)?", "", text.lower()).removesuffix("/").removesuffix(".git")
        )
    return match_key(text) or text.casefold()
