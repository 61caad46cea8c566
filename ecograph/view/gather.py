"""An answer -> what of the graph it speaks of: entities, statements, ways, a tree.

An answer is JSON of the API, read by the names of its fields: relation fields of the ontology,
`path`, `tree`, `members`, `statements` and so on. A field under another name is not known for what
it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ecograph.model.graph import Graph, Statement
from ecograph.view.exchange import Exchange, read_exchange

UNDRAWN = frozenset(
    "evidence source sources history pageInfo matched facets values dataset kinds relations".split()
)
"""Fields below which no entity stands, whatever has an id there."""
TREES = frozenset({"ancestors", "children", "members", "tree"})
WAYS = frozenset(
    "path paths routes reach neighborhood statements claim search swap compatible".split()
)


class Lookup:
    """The statements of one dataset version, by id and by the two things they are of."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.by_id: dict[str, Statement] = {}
        self._between: dict[tuple[str, str], list[Statement]] = {}
        self._parents: dict[str, list[Statement]] = {}
        self._members: dict[str, list[Statement]] = {}
        self.values = {n.lower(): n for n in graph.ontology.relations}
        for s in graph.statements:
            self.by_id[s.id] = s
            self._between.setdefault((s.subject, s.object), []).append(s)
            if s.relation == "broader":
                self._parents.setdefault(s.subject, []).append(s)
            elif s.relation == "classifiedIn":
                self._members.setdefault(s.object, []).append(s)

    def between(self, a: str, b: str) -> list[Statement]:
        """The statements of which one is the subject and the other the object."""
        found = [*self._between.get((a, b), ()), *self._between.get((b, a), ())]
        return found if a != b else found[: len(found) // 2]

    def parents(self, category: str) -> list[Statement]:
        """What says of which category this is a part."""
        return self._parents.get(category, [])

    def members(self, category: str) -> list[Statement]:
        """What is classified there and not denied, in the order of the taxonomy."""
        found = [s for s in self._members.get(category, ()) if not s.negated]
        return sorted(found, key=lambda s: (s.qualifiers.get("order") or 10**6, s.id))

    def relation(self, value: object) -> str | None:
        """The relation of an enumeration's value, as FORK_OF."""
        named = self.graph.ontology.by_enum_value.get(value) if isinstance(value, str) else None
        return named if named in self.graph.ontology.relations else None


@dataclass(slots=True)
class Found:
    """What an answer speaks of, in its order."""

    nodes: dict[str, str | None] = field(default_factory=dict)
    """Entity -> its status, where the answer says it."""
    statements: dict[str, bool] = field(default_factory=dict)
    """Statement -> whether the way of the answer leads from its object to its subject."""
    ways: list[tuple[str, ...]] = field(default_factory=list)
    """The entities of each path."""
    steps: list[list[str]] = field(default_factory=list)
    """The statements of each path."""
    under: dict[str, str] = field(default_factory=dict)
    """Category -> the category above it."""
    counts: dict[str, int] = field(default_factory=dict)
    """Category -> how many things are in it, where the answer says it."""
    top: str = ""
    """The category at the top of the tree."""
    listed: set[str] = field(default_factory=set)
    """What the answer names as members of the tree's categories."""
    centre: str = ""
    far: int = 0
    """The greatest distance from the centre."""
    whole: int | None = None
    """How many things the first list has in all."""
    totals: dict[tuple[str, str, bool, bool], int] = field(default_factory=dict)
    """Entity, relation, whether the entity is its subject, whether they are denied -> how many
    statements there are in all, where a list of these alone says it."""
    truncated: bool = False
    loose: bool = False
    """Whether there are paths of which only sentences are told."""
    searched: bool = False
    exchange: Exchange | None = None
    """The swap that the answer is of."""


def gather(data: Any, lookup: Lookup) -> Found:
    """What the data of an answer speaks of."""
    gatherer = _Gatherer(lookup)
    gatherer.walk(data, "", "")
    found = gatherer.found
    if found.loose and not found.statements:
        gatherer.induce(found.nodes)
    return found


def ids_in(data: Any) -> set[str]:
    """The ids of all things that an answer may speak of, those of its statements' ends too."""
    found: set[str] = set()
    _find_ids(data, found)
    return found


def _find_ids(value: Any, found: set[str]) -> None:
    if isinstance(value, list):
        for one in value:
            _find_ids(one, found)
    elif isinstance(value, Mapping):
        id_ = value.get("id")
        if isinstance(id_, str):
            subject, _, rest = id_.partition("~")
            found.add(subject)
            if rest:
                found.add(rest.split("~")[1])
        for name, inner in value.items():
            if name not in UNDRAWN:
                _find_ids(inner, found)


def has_tree(data: Any) -> bool:
    """Whether an answer is of categories, in which more stands than it names."""
    if isinstance(data, list):
        return any(map(has_tree, data))
    return isinstance(data, Mapping) and (
        not TREES.isdisjoint(data) or any(map(has_tree, data.values()))
    )


def can_draw(document: str, relations: Iterable[str], lists: Iterable[str]) -> bool:
    """Whether answers to a document speak of more than one thing, by the fields it selects.

    `relations` are fields of relations, `lists` root fields of many.
    """
    text = re.sub(r"#.*", "", document)
    while (shorter := _ARGUMENTS.sub("", text)) != text:
        text = shorter
    selected = set(_SELECTED.findall(text))
    return not selected.isdisjoint({*TREES, *WAYS, *relations, *lists})


_ARGUMENTS = re.compile(r"\([^()]*\)")
_SELECTED = re.compile(r"\b([a-z]\w*)\s*\{")


class _Gatherer:
    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.graph = lookup.graph
        self.sides = lookup.graph.ontology.sides
        self.found = Found()

    def walk(self, value: Any, owner: str, key: str) -> None:
        """Read a part of an answer; `owner` is the entity of which it is told."""
        if isinstance(value, list):
            for one in value:
                self.walk(one, owner, key)
        elif isinstance(value, Mapping) and key not in UNDRAWN:
            self._walk(value, owner, key)

    def _walk(self, value: Mapping[str, Any], owner: str, key: str) -> None:
        if self._is_statement(value):
            self._statement(value, owner)
            return
        if "hops" in value or key == "path":
            self._way(value)
            return
        self.found.truncated = self.found.truncated or value.get("truncated") is True
        self.found.searched = self.found.searched or key == "search"
        if key == "swap":
            self.found.exchange = read_exchange(value)
        if self.found.whole is None and isinstance(value.get("totalCount"), int):
            self.found.whole = value["totalCount"]
        if isinstance(value.get("distance"), int) and isinstance(value.get("node"), Mapping):
            self.found.far = max(self.found.far, value["distance"])
            if value["distance"] == 0:
                self.found.centre = str(value["node"].get("id", ""))
        entity = self.add(value)
        owner = entity or owner
        self._total(owner, value)
        for name, inner in value.items():
            side = self.sides.get(name)
            if side is not None and owner and self._is_connection(inner):
                self._relation(owner, side[0], side[1], inner)
            elif name in TREES and owner:
                self._tree(owner, name, inner)
            else:
                self.walk(inner, owner, name)

    def _is_connection(self, value: Any) -> bool:
        """Whether a field named as a relation holds things, not statements under its name."""
        nodes = value.get("nodes") if isinstance(value, Mapping) else None
        return not (nodes and isinstance(nodes[0], Mapping) and self._is_statement(nodes[0]))

    def _total(self, owner: str, value: Mapping[str, Any]) -> None:
        """Note how many statements a list has in all, if they are of one relation and one side."""
        total, nodes = value.get("totalCount"), value.get("nodes")
        if not owner or not isinstance(total, int) or not nodes:
            return
        told = [self.lookup.by_id.get(str(n.get("id"))) for n in nodes if isinstance(n, Mapping)]
        kinds = {(s.relation, s.subject == owner, s.negated) for s in told if s is not None}
        if None not in told and len(kinds) == 1:
            self.found.totals[owner, *next(iter(kinds))] = total

    def add(self, value: Any) -> str:
        """Take an entity in; nothing if it is none."""
        id_ = value.get("id") if isinstance(value, Mapping) else None
        if not isinstance(id_, str) or id_ not in self.graph.entities:
            return ""
        status = value.get("status")
        known = self.found.nodes.get(id_)
        self.found.nodes[id_] = status if isinstance(status, str) else known
        count = value.get("memberCount")
        if isinstance(count, int):
            self.found.counts[id_] = count
        return id_

    def take(self, statement: Statement, back: bool = False) -> None:
        """Take a statement in, and what it is of."""
        self.found.nodes.setdefault(statement.subject, None)
        self.found.nodes.setdefault(statement.object, None)
        self.found.statements.setdefault(statement.id, back)

    def induce(self, nodes: Iterable[str]) -> None:
        """Take in what is said among some entities."""
        known = list(nodes)
        hubs = {n for n, r in self.graph.ontology.relations.items() if r.hub}
        for number, a in enumerate(known):
            for b in known[number + 1 :]:
                for s in self.lookup.between(a, b):
                    if s.relation not in hubs and not s.negated:
                        self.take(s)

    def _is_statement(self, value: Mapping[str, Any]) -> bool:
        if value.get("id") in self.lookup.by_id:
            return True
        ends = [v for v in (value.get("subject"), value.get("object")) if isinstance(v, Mapping)]
        return bool(ends) and "relation" in value

    def _statement(self, value: Mapping[str, Any], owner: str) -> None:
        subject, object_ = self.add(value.get("subject")), self.add(value.get("object"))
        known = self.lookup.by_id.get(str(value.get("id")))
        if known is not None:
            self.take(known)
            return
        relation = self.lookup.relation(value.get("relation"))
        negated = value.get("negated") is True
        since = value.get("since")
        fitting = [
            s
            for s in self.lookup.between(subject or owner, object_ or owner)
            if s.relation == relation and s.negated == negated
            and s.subject == (subject or owner)
        ]  # fmt: skip
        for s in sorted(fitting, key=lambda s: s.since != since)[:1]:
            self.take(s)

    def _way(self, value: Mapping[str, Any]) -> None:
        nodes = [self.add(one) for one in value.get("nodes") or ()]
        hops = value.get("hops") or []
        if not nodes:
            self.found.loose = True
            for hop in hops:
                if isinstance(hop.get("statement"), Mapping):
                    self._statement(hop["statement"], "")
            return
        steps: list[str] = []
        for n, (a, b) in enumerate(pairwise(nodes)):
            for s in self._hop(a, b, hops[n] if n < len(hops) else {}):
                self.take(s, back=s.subject != a)
                steps.append(s.id)
        self.found.ways.append(tuple(nodes))
        self.found.steps.append(steps)

    def _hop(self, a: str, b: str, hop: Mapping[str, Any]) -> list[Statement]:
        told = hop.get("statement") or {}
        known = self.lookup.by_id.get(str(told.get("id")))
        if known is not None:
            return [known]
        relation, forward = self.lookup.relation(told.get("relation")), hop.get("forward")
        fitting = [
            s
            for s in self.lookup.between(a, b)
            if not s.negated and (relation is None or s.relation == relation)
            and (forward is None or forward == (s.subject == a))
        ]  # fmt: skip
        if relation is not None:
            return fitting[:1]
        hubs = {n for n, r in self.graph.ontology.relations.items() if r.hub}
        return [s for s in fitting if s.relation not in hubs] or fitting

    def _relation(self, owner: str, relation: str, side: str, connection: Any) -> None:
        if not isinstance(connection, Mapping):
            return
        if self.found.whole is None and isinstance(connection.get("totalCount"), int):
            self.found.whole = connection["totalCount"]
        for entry in connection.get("edges") or connection.get("nodes") or ():
            node = entry.get("node", entry)
            other = self.add(node)
            if not other:
                continue
            fitting = [
                s
                for s in self.lookup.between(owner, other)
                if s.relation == relation
                and (side == "either" or (s.subject == owner) == (side == "out"))
            ]
            since = entry.get("since")
            fitting.sort(key=lambda s: (s.negated, s.since != since))
            for s in fitting[:1]:
                self.take(s)
            self._walk(node, owner, "node")

    def _tree(self, owner: str, name: str, value: Any) -> None:
        found = self.found
        if name == "ancestors":
            return
        found.top = found.top or owner
        if name == "tree":
            below = [self.add(one.get("category")) for one in value or ()]
            known = {owner, *below}
            for category in below:
                up = [s.object for s in self.lookup.parents(category) if s.object in known]
                if up and category != owner:
                    found.under[category] = up[0]
            return
        entries = value if isinstance(value, list) else []
        if isinstance(value, Mapping):
            entries = value.get("edges") or value.get("nodes") or []
            count = value.get("totalCount")
            if isinstance(count, int):
                found.counts.setdefault(owner, count)
        for entry in entries:
            node = entry.get("node", entry)
            inner = self.add(node)
            if name == "children" and inner:
                found.under[inner] = owner
            elif inner:
                found.listed.add(inner)
            self._walk(node, owner, "node")
