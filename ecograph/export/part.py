"""Parts of a graph, each a graph itself: of some ids, around a thing, of a taxonomy.

A part has its statements whole, with periods and sources, and what they are of; its sources are
those that it cites. Version, licence and title stay the dataset's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from ecograph.errors import QueryError
from ecograph.model.flat import Flat
from ecograph.model.graph import Graph
from ecograph.model.keys import hint_among

TAXONOMY = ("broader", "classifiedIn")


def take_part(graph: Graph, entities: Iterable[str], statements: Iterable[str]) -> Graph:
    """The entities and statements of these ids, and what those statements are of."""
    wanted = set(statements)
    said = tuple(s for s in graph.statements if s.id in wanted)
    ids = {*entities, *(s.subject for s in said), *(s.object for s in said)}
    kept = {id_: e for id_, e in graph.entities.items() if id_ in ids}
    cited = {e.source for s in said for e in s.evidence}
    for entity in kept.values():
        cited.update(e.source for e in entity.evidence)
        cited.update(e.source for event in entity.history for e in event.evidence)
    sources = {id_: source for id_, source in graph.sources.items() if id_ in cited}
    return replace(graph, entities=kept, statements=said, sources=sources)


def measure_around(graph: Graph, centre: str, hops: int) -> dict[str, int]:
    """What is at most some hops from an entity, and how many: the nearest first, then by id.

    A hop goes along a statement that holds, in either direction, but for the relations that path
    searches leave out too. Raises: QueryError if the number of hops is below 0.
    """
    if hops < 0:
        raise QueryError(f"hops: {hops} is below 0; write 1, or how far to go")
    flat = Flat(graph)
    walked = frozenset(graph.ontology.path_relations)
    beside: dict[str, set[str]] = {}
    for s in graph.statements:
        if s.relation in walked and not s.negated and flat.holds(s):
            beside.setdefault(s.subject, set()).add(s.object)
            beside.setdefault(s.object, set()).add(s.subject)
    found = {centre: 0}
    last = [centre]
    for distance in range(1, hops + 1):
        last = sorted({other for id_ in last for other in beside.get(id_, ())} - found.keys())
        if not last:
            break
        found.update(dict.fromkeys(last, distance))
    return found


def take_among(graph: Graph, entities: Collection[str]) -> Graph:
    """Some entities, and all that is said among them."""
    said = [s.id for s in graph.statements if s.subject in entities and s.object in entities]
    return take_part(graph, entities, said)


def take_scheme(graph: Graph, scheme: str) -> Graph:
    """The categories of a taxonomy and what stands in them. Raises: QueryError if there is none."""
    categories = graph.taxonomies.get(scheme)
    if categories is None:
        hint = hint_among(scheme, graph.taxonomies)
        raise QueryError(f"no taxonomy {scheme!r}; {hint}")
    said = [s.id for s in graph.statements if s.relation in TAXONOMY and s.object in categories]
    return take_part(graph, categories, said)
