"""What matters in a dataset: what others depend on, what alone holds parts together, what clusters.

Over statements of dependency that hold at the dataset's day; docs/insights.md has the formulas.
Numbers stand for ids, in their order, so that each run gives the same. Imports networkx when asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecograph.model.clusters import LEAST_MEMBERS, find_cut_off
from ecograph.model.graph import Graph

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Weight:
    """An entity's importance from 0 to 1000, and how many depend on it, at once and in all."""

    id: str
    score: int
    direct: int
    all: int


@dataclass(frozen=True, slots=True)
class Cut:
    """An articulation point: without it, `hangs` are apart from the rest that it is joined to."""

    id: str
    hangs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """Entities that depend on each other more than on others.

    `category` is the one in which most stand, of the scheme asked for; `shared` of the `classified`
    ones do.
    """

    members: tuple[str, ...]
    category: str | None
    shared: int
    classified: int


@dataclass(frozen=True, slots=True)
class Insights:
    """What matters, the most first; `modularity` is that of the communities."""

    entities: int
    dependencies: int
    weights: tuple[Weight, ...]
    cuts: tuple[Cut, ...]
    communities: tuple[Community, ...]
    modularity: float


def find_insights(graph: Graph, scheme: str = "cncf") -> Insights:
    """The insights of a graph; communities are held against the categories of a scheme."""
    import networkx as nx

    importance = graph.calendar.importance
    ids = sorted(importance)
    place = {id_: number for number, id_ in enumerate(ids)}
    pairs = sorted({(place[a], place[b]) for a, b in graph.calendar.dependencies if a != b})
    directed: nx.DiGraph[int] = nx.DiGraph()
    directed.add_nodes_from(range(len(ids)))
    directed.add_edges_from(pairs)
    plain = directed.to_undirected()
    weights = tuple(
        Weight(id_, score, directed.in_degree(place[id_]),
               len(nx.ancestors(directed, place[id_])))
        for id_, score in importance.items()
    )  # fmt: skip
    groups = [[place[id_] for id_ in one] for one in graph.calendar.communities]
    modularity = nx.community.modularity(plain, [set(one) for one in groups]) if pairs else 0.0
    apart = find_cut_off(graph.calendar.dependencies).items()
    cuts = tuple(Cut(id_, tuple(hangs)) for id_, hangs in sorted(
        apart, key=lambda item: (-len(item[1]), item[0])
    ))  # fmt: skip
    told = [one for one in graph.calendar.communities if len(one) >= LEAST_MEMBERS]
    categories = _categories(graph, scheme)
    return Insights(
        len(ids), len(pairs), weights, cuts,
        tuple(_community(one, categories) for one in told), modularity,
    )  # fmt: skip


def _categories(graph: Graph, scheme: str) -> dict[str, set[str]]:
    among = graph.taxonomies.get(scheme, frozenset())
    found: defaultdict[str, set[str]] = defaultdict(set)
    for s in graph.statements:
        if s.relation == "classifiedIn" and s.object in among and not s.negated:
            found[s.subject].add(s.object)
    return found


def _community(members: Sequence[str], categories: dict[str, set[str]]) -> Community:
    stand = [sorted(categories[id_]) for id_ in members if categories.get(id_)]
    counts = Counter(category for several in stand for category in several)
    best = min(counts, key=lambda one: (-counts[one], one), default=None)
    return Community(tuple(members), best, counts[best] if best else 0, len(stand))
