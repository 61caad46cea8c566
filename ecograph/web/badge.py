"""Badges: /badge/<id>.svg says a thing's status, its maturity, or how many specs it implements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecograph.errors import QueryError
from ecograph.model.ontology import Ontology
from ecograph.view.badge import to_badge
from ecograph.web.addresses import read_pairs
from ecograph.web.http import NO_STORE, BadRequest, Handler, Reply, Request, show
from ecograph.web.inquiry import inquire
from ecograph.web.lanes import Lanes
from ecograph.web.named import CLOSED
from ecograph.web.pictures import DRAWN
from ecograph.web.tags import for_reading, has, make_tag, tagged
from ecograph.web.words import Words

SHOWS = ("status", "implements", "maturity")
KNOWN: Mapping[str, tuple[str, ...]] = {
    "show": SHOWS,
    "lang": ("en", "zh"),
    "style": ("flat",),
}
"""What a query string may say, the first of each unless said."""
HOUR = (b"cache-control", b"public, max-age=3600")
SOON = (b"cache-control", b"public, max-age=300")
"""Of a thing that there is not yet."""
COLORS = {
    "ACTIVE": "green", "DORMANT": "amber", "DEPRECATED": "orange", "ARCHIVED": "grey",
    "ENDED": "red", "GRADUATED": "green", "INCUBATING": "blue", "SANDBOX": "teal",
}  # fmt: skip
"""Of the values of status and maturity; grey for any other."""


def badge_routes(lanes: Lanes) -> dict[str, Handler]:
    """/badge/ and all below it."""

    async def badge(request: Request) -> Reply:
        id, said = _read_path(request.path), _read_said(request)
        service = request.service
        here = service.names.id_in_force(id)
        if here is None:
            # A picture all the same, as a page that has the badge can show nothing else.
            name = "".join(one for one in id[:60] if one.isprintable())
            drawn = to_badge(name, _word(said, "unknown", "未知"), "grey")
            return Reply(404, DRAWN["svg"], drawn.encode(), (CLOSED, SOON), "NOT_FOUND")
        tag = make_tag(service.outline.version, here, *said.values())
        if has(request, tag):
            return tagged(request, Reply(200, DRAWN["svg"], b"", (CLOSED,)), tag, HOUR)
        ontology = service.outline.ontology
        document = _document(ontology, said["show"])
        [thing] = (await inquire(request, lanes, document, {"ids": [here]}))["entities"]
        message, color = _say(thing, said, ontology)
        name = thing["label"] or thing["name"] if said["lang"] == "zh" else thing["name"]
        drawn = to_badge(name, message, color)
        return tagged(request, Reply(200, DRAWN["svg"], drawn.encode(), (CLOSED,)), tag, HOUR)

    return {"/badge/": for_reading(badge)}


def _read_path(path: str) -> str:
    name, dot, form = path.removeprefix("/badge/").rpartition(".")
    if not dot or form != "svg" or not name:
        told = f"there is no badge at {show(path)}; write /badge/<id>.svg, e.g. /badge/runc.svg"
        raise BadRequest(404, told, (NO_STORE,), "NOT_FOUND")
    return name


def _read_said(request: Request) -> dict[str, str]:
    """What the query string says, each part of it. Raises: BadRequest."""
    said = {name: values[0] for name, values in KNOWN.items()}
    try:
        pairs = read_pairs(request.query_string)
    except QueryError as error:
        raise BadRequest(400, error.message, (NO_STORE,), "BAD_VARIABLES") from None
    for name, value in pairs:
        if value not in KNOWN.get(name, ()):
            right = ", ".join(f"{n}={v}" for n, values in KNOWN.items() for v in values)
            told = f"{show(f'{name}={value}')} says nothing of a badge; there are: {right}"
            raise BadRequest(400, told, (NO_STORE,), "BAD_VARIABLES")
        said[name] = value
    return said


def _document(ontology: Ontology, shown: str) -> str:
    asked = shown if shown in ontology.attributes else ""
    if shown == "implements" and (relation := ontology.relations.get(shown)) is not None:
        of = "implements(first: 0) { totalCount }"
        asked = " ".join(f"... on {kind} {{ {of} }}" for kind in relation.domain)
    return f"query Badge($ids: [String!]!) {{ entities(names: $ids) {{ {FIELDS} {asked} }} }}"


FIELDS = "id name label(lang: ZH)"


def _say(thing: Mapping[str, Any], said: Mapping[str, str], ontology: Ontology) -> tuple[str, str]:
    """The message and its colour."""
    if said["show"] == "implements":
        count = (thing.get("implements") or {"totalCount": 0})["totalCount"]
        english = f"implements {count} spec{'' if count == 1 else 's'}"
        return _word(said, english, f"实现 {count} 个规范"), "blue" if count else "grey"
    value = thing.get(said["show"])
    if value is None:
        none = ("unknown", "未知")
        if said["show"] == "maturity":
            none = ("no CNCF level recorded", "未记录 CNCF 级别")
        return _word(said, *none), "grey"
    words = Words(ontology, "zh" if said["lang"] == "zh" else "en")
    label = words.value(ontology.attributes[said["show"]].type, value)
    if said["show"] == "maturity":
        label = f"CNCF {label}"
    return label, COLORS.get(value, "grey")


def _word(said: Mapping[str, str], english: str, chinese: str) -> str:
    return chinese if said["lang"] == "zh" else english
