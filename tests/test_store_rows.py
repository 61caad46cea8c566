"""Walks, pictures and counts against networkx and plain Python, on generated graphs."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.graph import Graph
from ecograph.model.ontology import screaming
from tests.asking import ask_memory, properties
from tests.generate import days, graphs
from tests.oracle import Facts

WALKED = "length nodes { id } hops { forward statement { id } from { id } to { id } }"


def check_hops(facts: Facts, told: Any) -> None:
    """Every hop is a true statement between its two nodes."""
    true = {s.id: s for s in facts.true()}
    nodes = [n["id"] for n in told["nodes"]]
    assert told["length"] == len(told["hops"]) == len(nodes) - 1
    for hop, (a, b) in zip(told["hops"], pairwise(nodes), strict=True):
        assert (hop["from"]["id"], hop["to"]["id"]) == (a, b)
        s = true[hop["statement"]["id"]]
        assert (s.subject, s.object) == ((a, b) if hop["forward"] else (b, a))


def best_hops(facts: Facts, nodes: list[str]) -> list[dict[str, Any]]:
    """The hops that the shared rule chooses along a sequence of nodes."""
    walked = list(facts.graph.ontology.path_relations)
    chosen = []
    for a, b in pairwise(nodes):
        _, backward, id_ = min(
            (walked.index(s.relation), s.subject != a, s.id)
            for s in facts.true()
            if s.relation in walked and (s.subject, s.object) in ((a, b), (b, a))
        )
        chosen.append({"forward": not backward, "statement": {"id": id_}})
    return chosen


@properties
@given(graphs(), days, st.data())
def test_path_is_the_first_of_the_shortest(
    graph: Graph, day: str | None, data: st.DataObject
) -> None:
    ids = st.sampled_from(sorted(graph.entities))
    a, b, most = data.draw(ids), data.draw(ids), data.draw(st.integers(0, 5))
    document = """query Q($a: String!, $b: String!, $most: Int, $day: Date) {
        path(from: $a, to: $b, maxLength: $most, asOf: $day) {
            length nodes { id } hops { forward statement { id } } } }"""
    facts = Facts(graph, day)
    plain = facts.plain()
    told = ask_memory(graph, document, a=a, b=b, most=most, day=day)["path"]
    if not nx.has_path(plain, a, b) or nx.shortest_path_length(plain, a, b) > most:
        assert told is None
        return
    best = min(nx.all_shortest_paths(plain, a, b)) if a != b else [a]
    assert told == {
        "length": len(best) - 1,
        "nodes": [{"id": id_} for id_ in best],
        "hops": best_hops(facts, best),
    }


@properties
@given(graphs(), st.integers(1, 3), st.data())
def test_paths_are_all_simple_ones_by_length(graph: Graph, size: int, data: st.DataObject) -> None:
    ids = st.sampled_from(sorted(graph.entities))
    a, b = data.draw(ids), data.draw(ids)
    document = """query Q($a: String!, $b: String!, $size: Int, $after: String) {
        paths(from: $a, to: $b, maxLength: 6, first: $size, after: $after) {
            nodes { nodes { id } hops { forward statement { id } } }
            pageInfo { hasNextPage endCursor } } }"""
    facts = Facts(graph)
    found = [[a]] if a == b else list(nx.all_simple_paths(facts.plain(), a, b, cutoff=6))
    expected = sorted(found, key=lambda nodes: (len(nodes), nodes))[:12]
    told: list[Any] = []
    after, more = None, True
    while more and len(told) < 12:
        page = ask_memory(graph, document, a=a, b=b, size=size, after=after)["paths"]
        told += page["nodes"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert told[:12] == [
        {"nodes": [{"id": id_} for id_ in nodes], "hops": best_hops(facts, nodes)}
        for nodes in expected
    ]


EXPRESSIONS: dict[str, tuple[list[tuple[int, str, int]], tuple[int, ...]]] = {
    "uses": ([(0, "uses", 1)], (1,)),
    "uses*": ([(0, "uses", 0)], (0,)),
    "uses+/implements": ([(0, "uses", 1), (1, "uses", 1), (1, "implements", 2)], (2,)),
    "^implements/uses?": ([(0, "implementedBy", 1), (1, "uses", 2)], (1, 2)),
    "(uses|^requires)+": (
        [(0, f, 1) for f in ("uses", "requiredBy")] + [(1, f, 1) for f in ("uses", "requiredBy")],
        (1,),
    ),
    "resembles/resembles": ([(0, "resembles", 1), (1, "resembles", 2)], (2,)),
    "^(uses/implements)": ([(0, "implementedBy", 1), (1, "usedBy", 2)], (2,)),
}
"""Expression -> a machine for it, made by hand: (state, field, next state), accepting states."""


@properties
@given(graphs(), days, st.sampled_from(sorted(EXPRESSIONS)), st.data())
def test_reach_tells_every_end_once_at_its_least_length(
    graph: Graph, day: str | None, along: str, data: st.DataObject
) -> None:
    start = data.draw(st.sampled_from(sorted(graph.entities)))
    document = f"""query Q($a: String!, $along: PathExpression!, $day: Date) {{
        reach(from: $a, along: $along, first: 100, asOf: $day) {{
            totalCount edges {{ length node {{ id }} path {{ {WALKED} }} }} }} }}"""
    facts = Facts(graph, day)
    lengths: dict[str, int] = {}
    moves, accepting = EXPRESSIONS[along]
    for state in accepting:
        for id_, length in facts.ends(start, moves, state).items():
            lengths[id_] = min(length, lengths.get(id_, length))
    told = ask_memory(graph, document, a=start, along=along, day=day)["reach"]
    assert told["totalCount"] == len(lengths)
    assert [(e["length"], e["node"]["id"]) for e in told["edges"]] == sorted(
        (length, id_) for id_, length in lengths.items()
    )
    for edge in told["edges"]:
        check_hops(facts, edge["path"])
        nodes = edge["path"]["nodes"]
        assert edge["path"]["length"] == edge["length"]
        assert (nodes[0]["id"], nodes[-1]) == (start, edge["node"])


@properties
@given(graphs(), days, st.integers(0, 3), st.integers(1, 6), st.data())
def test_neighborhood_is_the_nearest_and_all_between_them(
    graph: Graph, day: str | None, hops: int, size: int, data: st.DataObject
) -> None:
    centre = data.draw(st.sampled_from(sorted(graph.entities)))
    document = """query Q($of: String!, $hops: Int, $size: Int, $day: Date) {
        neighborhood(of: $of, hops: $hops, first: $size, asOf: $day) {
            nodes { distance node { id } } statements { id } truncated } }"""
    facts = Facts(graph, day)
    near = nx.single_source_shortest_path_length(facts.plain(), centre, cutoff=hops)
    nearest = sorted((length, id_) for id_, length in near.items())
    shown = {id_ for _, id_ in nearest[:size]}
    told = ask_memory(graph, document, of=centre, hops=hops, size=size, day=day)["neighborhood"]
    assert told == {
        "nodes": [{"distance": length, "node": {"id": i}} for length, i in nearest[:size]],
        "statements": [
            {"id": s.id}
            for s in facts.true()
            if s.relation in graph.ontology.path_relations and {s.subject, s.object} <= shown
        ],
        "truncated": len(nearest) > size,
    }


@properties
@given(graphs(), days)
def test_members_and_tree_of_a_category(graph: Graph, day: str | None) -> None:
    document = """query Q($ids: [ID!]!, $day: Date) { nodes(ids: $ids, asOf: $day) {
        ... on Category {
        all: memberCount(recursive: true) own: memberCount
        members(recursive: true, first: 100) { totalCount nodes { id } }
        children { id } ancestors { id } tree(depth: 9) { depth category { id } } } } }"""
    facts = Facts(graph, day)
    ids = [e.id for e in facts.of_kind("Category")]
    for id_, told in zip(ids, ask_memory(graph, document, ids=ids, day=day)["nodes"], strict=True):
        members = sorted(facts.members(id_, recursive=True))
        narrower = facts.links("narrower", id_)
        children = sorted((s.qualifiers.get("order", 9), other) for other, s in narrower)
        below = facts.ends(id_, [(0, "narrower", 0)], 0)
        above = facts.ends(id_, [(0, "broader", 0)], 0)
        del above[id_]
        assert told == {
            "all": len(members),
            "own": len(facts.members(id_, recursive=False)),
            "members": {"totalCount": len(members), "nodes": [{"id": m} for m in members]},
            "children": [{"id": child} for _, child in children],
            "ancestors": [{"id": a} for a in sorted(above, key=lambda a: (-above[a], a))],
            "tree": [
                {"depth": depth, "category": {"id": c}}
                for c, depth in sorted(below.items(), key=lambda item: (item[1], item[0]))
            ],
        }


@properties
@given(graphs(), days)
def test_facets_count_every_value(graph: Graph, day: str | None) -> None:
    document = """query Q($day: Date) { facets(
        by: [KIND, CATEGORY, LICENSE, STATUS, SEVERITY], asOf: $day
    ) { by total missing values { value count } } }"""
    facts = Facts(graph, day)
    several = {
        "KIND": [[screaming(e.kind)] for e in graph.entities.values()],
        "CATEGORY": [[c for c, _ in facts.links("classifiedIn", i)] for i in graph.entities],
    }
    for name in ("license", "status", "severity"):
        found = [facts.attribute(i, name) for i in graph.entities]
        several[name.upper()] = [[] if v is None else [str(v)] for v in found]
    expected = []
    for by, values in several.items():
        counts = Counter(value for each in values for value in each)
        expected.append(
            {
                "by": by,
                "total": len(graph.entities),
                "missing": sum(not each for each in values),
                "values": [
                    {"value": value, "count": count}
                    for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
                ],
            }
        )
    assert ask_memory(graph, document, day=day)["facets"] == expected


@properties
@given(graphs())
def test_dataset_counts_all_that_is_in_it(graph: Graph) -> None:
    document = """{ dataset { entityCount statementCount kinds { kind count }
        relations { relation count } sources { nodes { id statementCount } } } }"""
    kinds = Counter(e.kind for e in graph.entities.values())
    relations = Counter(s.relation for s in graph.statements)
    cited = Counter(e for s in graph.statements for e in {e.source for e in s.evidence})
    assert ask_memory(graph, document)["dataset"] == {
        "entityCount": len(graph.entities),
        "statementCount": len(graph.statements),
        "kinds": [{"kind": screaming(kind), "count": kinds[kind]} for kind in graph.ontology.kinds],
        "relations": [
            {"relation": screaming(name), "count": relations[name]}
            for name in graph.ontology.relations
        ],
        "sources": {
            "nodes": [{"id": id_, "statementCount": cited[id_]} for id_ in sorted(graph.sources)]
        },
    }
