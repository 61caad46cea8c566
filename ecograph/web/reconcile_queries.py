"""Queries of a reconciliation batch: read, answered with candidates, and scored.

The score of a candidate is that of the search for its name, in percent (ecograph.model.search says
what it means), less up to a half: by the share of the given properties that do not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from ecograph.model.keys import did_you_mean, hint_among
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Ontology, screaming
from ecograph.web.http import NO_STORE, BadRequest, show
from ecograph.web.reconcile_values import Ask, Property, fetch, find_entity, fits

MOST_PROPERTIES = 10
MOST_TYPES = 50
MOST_CANDIDATES = 50
CANDIDATES = 10
EXACT = 96.0
"""The score from which on a name is the same, capitals and punctuation apart."""
SEARCH = (
    "query Reconcile($text: String!, $kinds: [Kind!], $first: Int!) { "
    "search(text: $text, kinds: $kinds, first: $first) { "
    "edges { score node { id kind name description(lang: EN) } } } }"
)
THINGS = (
    "query Things($ids: [String!]!) "
    "{ entities(names: $ids) { id kind name description(lang: EN) } }"
)


MEMBERS = ("query", "type", "limit", "properties", "type_strict")
STRICTNESS = ("any", "should", "all")
"""What a query may hold, and what its `type_strict` may say."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch; `kinds` as the ontology writes them, none for any.

    A property is None where the service has none of that id: nothing holds it. `faults` say what
    of a query that is well-formed can find nothing, `vain` whether that is all of it.
    """

    text: str
    kinds: tuple[str, ...]
    limit: int
    properties: tuple[tuple[Property | None, Any], ...]
    faults: tuple[str, ...] = ()
    vain: bool = False


def read_query(key: str, given: Any, ontology: Ontology, known: Mapping[str, Property]) -> Query:
    """A query as its JSON says. Raises: BadRequest if it is not one of the specification."""
    if not isinstance(given, dict):
        raise wrong(f"{show(key)} is no query; write an object with query, and type if you like")
    for name in given:
        if name not in MEMBERS:
            hint = hint_among(name[:80], MEMBERS)
            raise wrong(f"{show(key)}: unknown member {show(name)}; {hint}")
    text, limit = given.get("query", ""), given.get("limit")
    limit = CANDIDATES if limit is None else limit
    if not isinstance(text, str):
        raise wrong(f"{show(key)}: query: {show(text)} is no text")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit < inf:
        raise wrong(
            f"{show(key)}: limit: {show(limit)} is no number of candidates; write 1 or more"
        )
    if given.get("type_strict", "any") not in STRICTNESS:
        raise wrong(f"{show(key)}: type_strict: write {', '.join(STRICTNESS)}")
    properties = given.get("properties") or []
    if not isinstance(properties, list) or len(properties) > MOST_PROPERTIES:
        raise wrong(f"{show(key)}: properties: write a list of at most {MOST_PROPERTIES}")
    if "query" not in given and not properties:
        raise wrong(f"{show(key)}: write a query, or properties")
    kinds = given.get("type") or []
    # A type may be an object, as it is in what this service answers.
    given_types = (kinds if isinstance(kinds, list) else [kinds])[:MOST_TYPES]
    listed = [str(one.get("id")) if isinstance(one, dict) else str(one) for one in given_types]
    listed = [kind for kind in listed if kind]
    there = tuple(kind for kind in listed if kind in ontology.kinds)
    faults = [
        f"unknown type {show(kind)}; " + (did_you_mean(kind[:80], ontology.kinds)
                                          or f"there are: {', '.join(ontology.kinds)}")
        for kind in listed if kind not in ontology.kinds
    ]  # fmt: skip
    pairs = tuple(_read_property(key, one, known) for one in properties)
    faults += [
        _unknown(one.get("pid"), known)
        for (found, _), one in zip(pairs, properties, strict=True)
        if found is None
    ]
    vain = bool(listed) and not there
    if not text.strip():
        vain = vain or not pairs or pairs[0][0] is None
        found = pairs[0][0] if pairs else None
        if found is not None and not found.entities and found.id not in ontology.attributes:
            vain = True
            faults.append(f"property {found.id!r} needs a query beside it")
    most = min(int(limit), MOST_CANDIDATES)
    return Query(text.strip(), there, most, pairs, tuple(faults), vain)


def wrong(message: str) -> BadRequest:
    """The refusal of what a client wrote."""
    return BadRequest(400, message, (NO_STORE,))


async def find_candidates(
    query: Query, ask: Ask, names: NameIndex, ontology: Ontology
) -> list[dict[str, Any]]:
    """The candidates of a query, best first; `match` is true of one at most."""
    if query.vain:
        return []
    found = await _search(query, ask) if query.text else await _hold(query, ask, names, ontology)
    ids = [node["id"] for _, node in found]
    held = dict.fromkeys(ids, 0)
    for wanted, given in query.properties if ids else ():
        if wanted is None:
            continue
        for id, has in (await fetch(ask, names, ids, wanted)).items():
            held[id] += fits(wanted, given, has, names)
    asked = len(query.properties)
    scored = [(_score(name, held[node["id"]], asked), name, node) for name, node in found]
    scored.sort(key=lambda one: (-one[0], one[2]["id"]))
    certain = [n["id"] for _, name, n in scored if name >= EXACT and held[n["id"]] == asked]
    told = []
    for score, name, node in scored[: query.limit]:
        candidate = {
            "id": node["id"], "name": node["name"], "score": score,
            "match": certain == [node["id"]],
            "type": [type_of(ontology, ontology.by_enum_value[node["kind"]])],
            "features": [{"id": "name", "value": name}],
        }  # fmt: skip
        if node["description"]:
            candidate["description"] = node["description"]
        if asked:
            candidate["features"].append({"id": "properties", "value": held[node["id"]] / asked})
        told.append(candidate)
    return told


def type_of(ontology: Ontology, kind: str) -> dict[str, str]:
    """A kind as a type of the service."""
    return {"id": kind, "name": ontology.kinds[kind].label.en}


def _read_property(
    key: str, given: Any, known: Mapping[str, Property]
) -> tuple[Property | None, Any]:
    if not isinstance(given, dict) or "v" not in given or not isinstance(given.get("pid"), str):
        raise wrong(f"{show(key)}: properties: write each as an object with pid and v")
    return known.get(given["pid"]), given["v"]


def _unknown(id: str, known: Mapping[str, Property]) -> str:
    hint = did_you_mean(id[:80], known) or "/reconcile/suggest/property lists them"
    return f"unknown property {show(id)}; {hint}"


def find_property(id: object, known: Mapping[str, Property]) -> tuple[Property | None, str]:
    """The property of an id, or none, and what is wrong with the id. Raises: BadRequest."""
    if not isinstance(id, str):
        raise wrong(f"{show(id)} is no id of a property; write it as a text")
    found = known.get(id)
    return (found, "") if found is not None else (None, _unknown(id, known))


async def _search(query: Query, ask: Ask) -> list[tuple[float, dict[str, Any]]]:
    kinds = [screaming(kind) for kind in query.kinds] or None
    first = max(query.limit, 2 * CANDIDATES)
    told = await ask(SEARCH, {"text": query.text, "kinds": kinds, "first": first})
    return [(edge["score"] / 10, edge["node"]) for edge in told["search"]["edges"]]


async def _hold(
    query: Query, ask: Ask, names: NameIndex, ontology: Ontology
) -> list[tuple[float, dict[str, Any]]]:
    """Without a name: the things of which the first property holds, as if their name were it."""
    wanted, given = query.properties[0]
    assert wanted is not None
    options = given if isinstance(given, list) else [given]
    ids: list[str] = []
    if wanted.entities:
        relation, side, *_ = ontology.sides[wanted.id]
        between = ontology.relations[relation]
        # What cannot stand at the other end has no such field, and nothing is known of it.
        ends = {
            *(between.range if side != "in" else ()),
            *(between.domain if side != "out" else ()),
        }
        found = (find_entity(one, names) for one in options)
        meant = [id for id in found if id is not None and names.kind_of(id) in ends]
        back = Property(wanted.inverse, "", "", wanted.inverse, _kinds_of(names, meant), True)
        if meant:
            for values in (await fetch(ask, names, meant, back)).values():
                ids += [one["id"] for one in values]
    else:
        ids = await _scan(query, wanted, [str(one) for one in options], ask, ontology)
    ids = [
        one for one in dict.fromkeys(ids) if names.kind_of(one) in (query.kinds or ontology.kinds)
    ]
    if not ids:
        return []
    told = await ask(THINGS, {"ids": ids[:MOST_CANDIDATES]})
    return [(100.0, node) for node in told["entities"]]


def _kinds_of(names: NameIndex, ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.kind_of(one) for one in ids))


async def _scan(
    query: Query, wanted: Property, options: list[str], ask: Ask, ontology: Ontology
) -> list[str]:
    ids: list[str] = []
    enumerated = wanted.type in ontology.enumerations
    if enumerated:
        options = [o for o in map(screaming, options) if o in ontology.enumerations[wanted.type]]
    elif wanted.type == "url":
        bare = [one.removesuffix("/") for one in options]
        options = [*bare, *(f"{one}/" for one in bare)]
    type_ = wanted.type if enumerated else "String"
    for kind in wanted.kinds or ontology.kinds:
        many = ontology.kinds[kind].many
        if many is None or (query.kinds and kind not in query.kinds):
            continue
        document = (
            f"query Held($options: [{type_}!]!) {{ {many}(where: {{ {wanted.id}: "
            f"{{ in: $options }} }}, first: {MOST_CANDIDATES}) {{ nodes {{ id }} }} }}"
        )
        told = await ask(document, {"options": options})
        ids += [node["id"] for node in told[many]["nodes"]]
    return ids


def _score(name: float, held: int, asked: int) -> float:
    return round(name * (1 + held / asked) / 2, 1) if asked else name
