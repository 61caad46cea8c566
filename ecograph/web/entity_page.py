"""The page of an entity: facts with evidence, relations grouped, its history, what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

import orjson

from ecograph.api.operations import NamedOperation
from ecograph.web.answering import Asked, Elsewhere, Show, read_document
from ecograph.web.html import ide_address
from ecograph.web.picture import picture
from ecograph.web.timeline import draw_timeline
from ecograph.web.words import Words

OPEN = 12
"""As many statements of a group as are shown; the others are a click away."""
MOST_PAGES = 20
"""So many times a hundred statements are counted by their relations."""

FEW_RELEASES = 5
"""From so many on, only the last release is shown at once."""

QUESTIONS: Mapping[str, str] = {
    "About": "", "LifeOf": "", "Neighborhood": "", "Alternatives": "", "Dependencies": "",
    "Implementers": "SPECIFICATION", "Maintained": "SPECIFICATION", "Testers": "SPECIFICATION",
    "UsersOf": "TOOL", "ForksOf": "TOOL", "SuccessorsOf": "", "LineageOf": "",
    "CategoryFacets": "CATEGORY", "OrganizationThings": "ORGANIZATION", "GroupMembers": "GROUP",
    "ImageInstructions": "IMAGE", "ProcedureSteps": "PROCEDURE",
}  # fmt: skip
"""Named operation -> the kind that it is about; any if empty. Its variable is the first one."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as seen from one of its ends: the other end, and the statement itself."""

    other: Mapping[str, Any]
    statement: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """What is said with one relation on one side."""

    label: str
    relation: str
    inverse: bool
    rank: int
    said: list[Said] = field(default_factory=list)

    @property
    def shown(self) -> list[Said]:
        """Those that are shown at once."""
        return self.said[:OPEN]

    @property
    def folded(self) -> list[Said]:
        """Those that are a click away; never a single one."""
        return self.said[OPEN:] if len(self.said) > OPEN + 1 else []


@dataclass(frozen=True, slots=True)
class Ask:
    """A named operation to ask of the entity."""

    text: Mapping[str, str]
    address: str


def entity_page(operations: Mapping[str, NamedOperation]) -> Show:
    """What makes the page of an entity, at /e/<id>; any other name leads to its id."""

    async def show(asked: Asked) -> bytes:
        visit = asked.visit
        name = unquote(asked.request.path.removeprefix("/e/"))
        relation, after = visit.get("relation"), visit.get("after")
        narrowed = {"relations": [relation], "side": visit.get("side") or "EITHER"}
        given = {"name": name, **(narrowed if relation else {})}
        data, errors = await asked.ask("Entity", **given, after=after or None)
        thing = data["entity"]
        if thing is None:
            raise errors[0]
        if thing["id"] != name:
            raise Elsewhere(visit.entity(thing["id"]).removeprefix("../e/"))
        about = name_in(thing)
        said = thing["statements"]
        paged = said["pageInfo"]["hasNextPage"] or bool(after or relation)
        if not relation:
            said = await gather(asked, name, said)
        history = in_order(thing["history"])
        told, releases = fold_releases(history)
        return asked.fill(
            "entity.html",
            thing=thing,
            groups=group(thing["id"], said["nodes"], asked.words),
            said=said,
            whole=len(said["nodes"]) == said["totalCount"],
            relation=relation,
            paged=paged,
            timeline=draw_timeline(history, asked.day, asked.words),
            history=told,
            releases=releases,
            picture=_picture(asked, thing, about),
            asks=_asks(thing, operations),
            document=read_document("Entity").strip(),
            page_address=_page_address(asked, given),
        )

    return show


async def gather(asked: Asked, name: str, first: Mapping[str, Any]) -> dict[str, Any]:
    """The statements of a page and of those after it, so that each relation is told of."""
    nodes, page = list(first["nodes"]), first["pageInfo"]
    for _ in range(MOST_PAGES - 1):
        if not page["hasNextPage"]:
            break
        data, _errors = await asked.ask("Entity", name=name, after=page["endCursor"])
        nodes += data["entity"]["statements"]["nodes"]
        page = data["entity"]["statements"]["pageInfo"]
    return {**first, "nodes": nodes, "pageInfo": page}


def name_in(thing: Mapping[str, Any]) -> str:
    """The label in the page's language, or else the English one."""
    return str(thing["label"] or thing["name"])


def in_order(history: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Events by their dates; those of one day as they came."""
    return sorted(history, key=lambda event: str(event["date"]))


def fold_releases(
    history: list[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The events to show at once, and the releases before the last if they are many."""
    released = [event for event in history if event["event"] == "RELEASED"]
    if len(released) < FEW_RELEASES:
        return history, []
    folded = released[:-1]
    return [event for event in history if event not in folded], folded


def group(id_: str, statements: Iterable[Mapping[str, Any]], words: Words) -> list[Group]:
    """The statements about a thing by relation and side, in the order of the ontology."""
    groups: dict[tuple[str, bool], Group] = {}
    for statement in statements:
        relation = statement["relation"]
        inverse = statement["subject"]["id"] != id_
        key = relation, inverse
        if key not in groups:
            label = words.relation(relation, inverse=inverse)
            groups[key] = Group(label, relation, inverse, words.rank(relation))
        other = statement["subject" if inverse else "object"]
        groups[key].said.append(Said(other, statement))
    for one in groups.values():
        one.said.sort(
            key=lambda said: (said.statement.get("order") or 0, name_in(said.other).lower())
        )
    return sorted(groups.values(), key=lambda one: (one.rank, one.inverse))


def _picture(asked: Asked, thing: Mapping[str, Any], about: str) -> Any:
    if thing["kind"] == "CATEGORY" and "scheme" in thing:
        given = {"name": thing["id"], "scheme": thing["scheme"]}
        return picture(asked, "CategoryTree", given, about)
    return picture(asked, "Around", {"name": thing["id"]}, about)


def _page_address(asked: Asked, given: Mapping[str, Any]) -> str:
    variables = orjson.dumps({**given, **asked.visit.variables}).decode()
    return "graphiql?" + urlencode({"query": read_document("Entity"), "variables": variables})


def _asks(thing: Mapping[str, Any], operations: Mapping[str, NamedOperation]) -> Iterable[Ask]:
    for name, kind in QUESTIONS.items():
        operation = operations.get(name)
        if operation is not None and kind in ("", thing["kind"]):
            variables = dict(operation.variables)
            variables[next(iter(variables))] = thing["id"]
            if "scheme" in thing and "scheme" in variables:
                variables["scheme"] = thing["scheme"]
            yield Ask(operation.question, ide_address(name, variables))
