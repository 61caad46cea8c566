"""What a graph says, in plain Python and networkx: slow, simple, and no line of it shared."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import networkx as nx
from networkx.algorithms.link_analysis import pagerank_alg

from ecograph.model.graph import Entity, Graph, Statement

DEPENDS = ("uses", "requires", "adapts", "manages", "runsOn")
COMPLEMENTS = {"ne": "eq", "notIn": "in"}
STRENGTHS = ("SELF_DECLARED", "LISTED", "CERTIFIED")


def first_day(text: str) -> str:
    """2015 -> 2015-01-01."""
    return text + "-01-01"[len(text) - 4 :]


def last_day(text: str) -> str:
    """2015-06 -> 2015-06-30."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]}"
    return text


def _quantified(quantifier: str, fits: list[bool]) -> bool:
    if quantifier == "every":
        return all(fits)
    return any(fits) is (quantifier == "some")


class Facts:
    """What a graph says on a day (the graph's own unless said)."""

    def __init__(self, graph: Graph, day: str | None = None) -> None:
        self.graph = graph
        self.day = day or graph.as_of

    def begins(self, id_: str) -> str:
        """The first day of an entity; empty if not known."""
        events = self.graph.ontology.events
        history = self.graph.entities[id_].history
        return min((first_day(h.date) for h in history if events[h.event].begins), default="")

    def holds(self, s: Statement) -> bool:
        """Whether the statement holds, or may hold."""
        since = (
            first_day(s.since) if s.since else max(self.begins(s.subject), self.begins(s.object))
        )
        return since <= self.day and not self.ended(s)

    def ended(self, s: Statement) -> bool:
        """Whether the statement surely holds no more."""
        return s.until is not None and last_day(s.until) <= self.day

    def true(self) -> list[Statement]:
        """The positive statements that hold."""
        return [s for s in self.graph.statements if not s.negated and self.holds(s)]

    def links(
        self, field: str, id_: str, include: Iterable[str] = ()
    ) -> list[tuple[str, Statement]]:
        """(other end, statement) of a relation's field, by the other end's id."""
        relation, side = self.graph.ontology.sides[field]
        found = {}
        for s in self.graph.statements:
            if s.relation != relation or (s.negated and "NEGATED" not in include):
                continue
            if not (self.holds(s) or ("ENDED" in include and self.ended(s))):
                continue
            if side in ("out", "either") and s.subject == id_:
                found[s.id] = s.object, s
            if side in ("in", "either") and s.object == id_:
                found.setdefault(s.id, (s.subject, s))
        return sorted(found.values(), key=lambda link: (link[0], link[1].id))

    def depends(self) -> list[tuple[str, str]]:
        """(dependent, dependency), sorted, as of the graph's own day."""
        day = self.graph.as_of
        return sorted(
            {
                (s.subject, s.object)
                for s in self.graph.statements
                if s.relation in DEPENDS and not s.negated and s.subject != s.object
                if not (s.since and first_day(s.since) > day)
                if not (s.until and last_day(s.until) <= day)
            }
        )

    @cached_property
    def worked_out(self) -> Mapping[str, Mapping[str, Any]]:
        """What follows from dependencies, by the formulas of docs/insights.md."""
        links = self.depends()
        directed: nx.DiGraph[str] = nx.DiGraph(links)
        # The form without scipy, which networkx keeps for itself.
        rank: Any = vars(pagerank_alg)["_pagerank_python"]
        ranks = rank(directed, alpha=0.85, max_iter=500, tol=1e-13) if links else {}
        score = {id_: round(1000 * r / max(ranks.values())) for id_, r in ranks.items()}
        plain = directed.to_undirected()
        cuts = {}
        for id_ in nx.articulation_points(plain):
            rest = plain.subgraph(nx.node_connected_component(plain, id_) - {id_})
            sizes = [len(part) for part in nx.connected_components(rest)]
            cuts[id_] = sum(sizes) - max(sizes)
        # Louvain's answer depends on the order: that of ids, which numbers stand for.
        ids = sorted(plain)
        numbered: nx.Graph[int] = nx.Graph()
        numbered.add_nodes_from(range(len(ids)))
        edges = [(ids.index(a), ids.index(b)) for a, b in plain.edges]
        numbered.add_edges_from(sorted((min(edge), max(edge)) for edge in edges))
        found = nx.community.louvain_communities(numbered, seed=1) if links else []
        community: dict[str, str] = {}
        for members in ([ids[n] for n in one] for one in found):
            best = min(members, key=lambda id_: (-score[id_], id_))
            community |= {id_: best for id_ in members if len(members) >= 5}
        return {"importance": score, "cutsOff": cuts, "community": community}

    def attribute(self, id_: str, name: str) -> Any:
        """The value of an attribute, None if it has none."""
        entity = self.graph.entities[id_]
        if name == "id":
            return id_
        if name == "name":
            return entity.name
        if name in ("importance", "cutsOff", "community"):
            return self.worked_out[name].get(id_)
        if name != "status":
            return entity.attributes.get(name)
        events = self.graph.ontology.events
        told = [h for h in entity.history if first_day(h.date) <= self.day]
        told = [h for h in told if "status" in events[h.event].sets]
        told.sort(key=lambda h: (first_day(h.date), last_day(h.date)))
        return events[told[-1].event].sets["status"] if told else None

    # Filters

    def fits(self, id_: str, where: Mapping[str, Any]) -> bool:
        """Whether an entity satisfies a filter."""
        return all(self._condition(id_, name, value) for name, value in where.items())

    def _condition(self, id_: str, name: str, value: Any) -> bool:
        if name == "and":
            return all(self.fits(id_, part) for part in value)
        if name == "or":
            return any(self.fits(id_, part) for part in value)
        if name == "not":
            return not self.fits(id_, value)
        if name in self.graph.ontology.sides:
            ends = [other for other, _ in self.links(name, id_)]
            return all(
                _quantified(quantifier, [self.fits(end, part) for end in ends])
                for quantifier, part in value.items()
            )
        return all(self._compare(id_, name, op, operand) for op, operand in value.items())

    def _compare(self, id_: str, name: str, operator: str, operand: Any) -> bool:
        if operator in COMPLEMENTS:
            return not self._compare(id_, name, COMPLEMENTS[operator], operand)
        value = self.attribute(id_, name)
        if operator == "isNull":
            return (value is None) is operand
        if value is None or operand is None:
            return False
        if operator in ("eq", "in"):
            return bool(value == operand if operator == "eq" else value in operand)
        if operator in ("contains", "startsWith"):
            a, b = value.casefold(), operand.casefold()
            return bool(b in a if operator == "contains" else a.startswith(b))
        if name == "name":
            value, operand = value.casefold(), operand.casefold()
        if name == "found":
            value, operand = first_day(value), first_day(operand)
        fits: dict[str, bool] = {
            "lt": value < operand, "lte": value <= operand,
            "gt": value > operand, "gte": value >= operand,
        }  # fmt: skip
        return fits[operator]

    # Orders

    def ordered(
        self, rows: Iterable[tuple[str, Statement | None]], order: Sequence[Mapping[str, str]]
    ) -> list[str]:
        """The ids of rows in an order; missing values last either way, ties by id."""
        found = sorted(rows, key=lambda row: (row[0], row[1].id if row[1] else ""))
        for key in reversed(order):
            descending = key["order"] == "DESC"
            has = [row for row in found if self._key(key["field"], *row) is not None]
            lacks = [row for row in found if self._key(key["field"], *row) is None]
            # `reverse` keeps the order of equal ones, so later keys survive.
            has.sort(key=lambda row: self._key(key["field"], *row), reverse=descending)
            found = has + lacks
        return [id_ for id_, _ in found]

    def _key(self, field: str, id_: str, s: Statement | None) -> Any:
        match field:
            case "ID":
                return id_
            case "NAME":
                return self.graph.entities[id_].name.casefold()
            case "BEGAN":
                return self.begins(id_) or None
            case "IMPORTANCE":
                return self.worked_out["importance"].get(id_)
        assert s is not None
        if field == "SINCE":
            return s.since and first_day(s.since)
        strength = s.qualifiers.get("strength")
        return None if strength is None else STRENGTHS.index(strength)

    # Graphs

    def plain(self) -> nx.Graph[str]:
        """The true statements that paths walk, either way."""
        plain: nx.Graph[str] = nx.Graph()
        plain.add_nodes_from(self.graph.entities)
        walked = self.graph.ontology.path_relations
        plain.add_edges_from((s.subject, s.object) for s in self.true() if s.relation in walked)
        return plain

    def ends(
        self, start: str, moves: Iterable[tuple[int, str, int]], accepting: int
    ) -> dict[str, int]:
        """End -> the length of the shortest walk; moves are (state, field, next state)."""
        product: nx.DiGraph[tuple[int, str]] = nx.DiGraph()
        product.add_node((0, start))
        for state, field, following in moves:
            for id_ in self.graph.entities:
                for other, _ in self.links(field, id_):
                    product.add_edge((state, id_), (following, other))
        lengths = nx.single_source_shortest_path_length(product, (0, start))
        return {id_: length for (state, id_), length in lengths.items() if state == accepting}

    def below(self, category: str) -> set[str]:
        """The category and all that are narrower."""
        taxonomy: nx.DiGraph[str] = nx.DiGraph(
            [(s.object, s.subject) for s in self.true() if s.relation == "broader"]
        )
        return {category} | (nx.descendants(taxonomy, category) if category in taxonomy else set())

    def members(self, category: str, recursive: bool) -> set[str]:
        """What is classified in the category, or in it and all below."""
        within = self.below(category) if recursive else {category}
        return {
            s.subject for s in self.true() if s.relation == "classifiedIn" and s.object in within
        }

    def of_kind(self, kind: str) -> list[Entity]:
        """The entities of a kind, by id."""
        return [e for e in self.graph.entities.values() if e.kind == kind]
