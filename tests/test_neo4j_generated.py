"""Generated graphs, asked of both stores: equal answers, to the byte."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.model.graph import Graph
from tests.asking import asker, filled
from tests.generate import DATES, days, graphs
from tests.over_neo4j import Neo4j
from tests.test_store_filters import filters
from tests.test_store_order import PAGE, PAGES, TOLD, orders
from tests.test_store_rows import EXPRESSIONS

EXAMPLES = int(os.environ.get("NEO4J_EXAMPLES", "25"))
"""Examples of each test; `make test-neo4j-hard` asks for 500."""
compared = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)


def check(neo4j: Neo4j, graph: Graph, document: str, **variables: Any) -> Mapping[str, bytes]:
    """The answers, the same from both stores, by one statement."""
    expected = asker().run(graph, filled(graph), document, variables)
    store = neo4j.store(graph)
    neo4j.database.asked.clear()
    assert asker().run(graph, store, document, variables) == expected
    assert len(neo4j.database.asked) == 1
    return expected


@compared
@given(graph=graphs(), day=days, data=st.data())
def test_filters(neo4j: Neo4j, graph: Graph, day: str | None, data: st.DataObject) -> None:
    document = """query Q($a: ToolFilter, $b: VulnerabilityFilter, $day: Date) {
        a: tools(where: $a, first: 100, asOf: $day) { totalCount nodes { id } }
        b: vulnerabilities(where: $b, first: 100, asOf: $day) { totalCount nodes { id } }
        not: tools(where: { not: $a }, first: 100, asOf: $day) { totalCount nodes { id } } }"""
    a, b = data.draw(filters("Tool")), data.draw(filters("Vulnerability"))
    check(neo4j, graph, document, a=a, b=b, day=day)


WALKED = "length nodes { id } hops { forward from { id } to { id } statement { id since } }"


@compared
@given(graph=graphs(), day=days, most=st.integers(0, 6), data=st.data())
def test_ways(neo4j: Neo4j, graph: Graph, day: str | None, most: int, data: st.DataObject) -> None:
    ids = st.sampled_from(sorted(graph.entities))
    a, b = data.draw(ids), data.draw(ids)
    document = f"""query Q($a: String!, $b: String!, $most: Int, $day: Date) {{
        best: path(from: $a, to: $b, maxLength: $most, asOf: $day) {{ {WALKED} }}
        back: path(from: $a, to: $b, direction: BACKWARD, asOf: $day) {{ {WALKED} }}
        paths(from: $a, to: $b, maxLength: $most, first: 5, asOf: $day) {{
            edges {{ cursor node {{ {WALKED} }} }} pageInfo {{ hasNextPage endCursor }} }}
        neighborhood(of: $a, hops: $most, first: 4, asOf: $day) {{
            nodes {{ distance node {{ id }} }} statements {{ id negated }} truncated }} }}"""
    check(neo4j, graph, document, a=a, b=b, most=min(most, 6), day=day)


PATHS = f"""query Q(
    $a: String!, $b: String!, $most: Int, $way: Direction, $day: Date, $first: Int, $after: String
) {{ paths(from: $a, to: $b, maxLength: $most, direction: $way, asOf: $day,
           first: $first, after: $after) {{
        edges {{ cursor node {{ {WALKED} }} }}
        pageInfo {{ hasNextPage hasPreviousPage endCursor }} }} }}"""


@compared
@given(
    graph=graphs(), day=days, most=st.integers(0, 9), size=st.integers(0, 4),
    way=st.sampled_from(["FORWARD", "BACKWARD", "EITHER"]), data=st.data(),
)  # fmt: skip
def test_pages_of_paths(
    neo4j: Neo4j, graph: Graph, day: str | None, most: int, size: int, way: str, data: st.DataObject
) -> None:
    import orjson

    ids = st.sampled_from(sorted(graph.entities))
    asked = {"a": data.draw(ids), "b": data.draw(ids), "most": most, "way": way, "day": day}
    at: str | None = None
    for _ in range(6):
        told = check(neo4j, graph, PATHS, **asked, first=size, after=at)
        at = orjson.loads(told["paths"])["pageInfo"]["endCursor"]
        if at is None:
            break


@compared
@given(graph=graphs(), day=days, along=st.sampled_from(sorted(EXPRESSIONS)), data=st.data())
def test_expressions(
    neo4j: Neo4j, graph: Graph, day: str | None, along: str, data: st.DataObject
) -> None:
    ids = st.sampled_from(sorted(graph.entities))
    document = f"""query Q($a: String!, $b: String!, $along: PathExpression!, $day: Date) {{
        reach(from: $a, along: $along, first: 100, asOf: $day) {{
            totalCount edges {{ length cursor node {{ id name }} path {{ {WALKED} }} }}
            pageInfo {{ hasNextPage endCursor }} }}
        plain: reach(from: $a, along: $along, first: 2, asOf: $day) {{ nodes {{ id }} }}
        path(from: $a, to: $b, along: $along, asOf: $day) {{ {WALKED} }} }}"""
    check(neo4j, graph, document, a=data.draw(ids), b=data.draw(ids), along=along, day=day)


@compared
@given(graph=graphs(), day=days)
def test_taxonomies_facets_and_the_dataset(neo4j: Neo4j, graph: Graph, day: str | None) -> None:
    document = """query Q($ids: [ID!]!, $day: Date) {
        nodes(ids: $ids, asOf: $day) { id
            ... on Tool { status license importance cutsOff community
                began: history { date event label }
                statements { totalCount nodes { id relation sentence disputed evidence { locator
                    source { id title } } subject { id } object { id } } } }
            ... on Category { memberCount members(
                    recursive: true, orderBy: { field: IMPORTANCE, order: DESC }
                ) { totalCount edges { cursor node { id } } }
                children { id } ancestors { id } tree(depth: 9) { depth category { id } }
                facets(by: [KIND, LICENSE, COMMUNITY]) {
                    by total missing values { value label count } } } }
        facets(by: [KIND, CATEGORY, LICENSE, STATUS, SEVERITY, FIXED, COMMUNITY], asOf: $day) {
            by total missing values { value label count } }
        dataset { version entityCount kinds { kind count } relations { relation count }
            sources { nodes { id statementCount } } } }"""
    check(neo4j, graph, document, ids=[*graph.entities, "nobody", *graph.entities], day=day)


@compared
@given(
    graph=graphs(), order=orders("ID", "NAME", "BEGAN", "IMPORTANCE"), size=st.integers(1, 3),
    related=orders("ID", "NAME", "BEGAN", "IMPORTANCE", "STRENGTH", "SINCE"), data=st.data(),
)  # fmt: skip
def test_pages(
    neo4j: Neo4j, graph: Graph, order: Any, size: int, related: Any, data: st.DataObject
) -> None:
    tools = (
        f"query Q($order: [EntityOrder!], {PAGES}) {{ all: tools(orderBy: $order, {PAGE}) {TOLD} }}"
    )
    _walk(neo4j, graph, tools, size, order=order)
    of_kind = [i for i, e in graph.entities.items() if e.kind == "Specification"]
    if of_kind:
        document = f"""query Q($id: ID!, $order: [RelationOrder!], {PAGES}) {{ node(id: $id) {{
            ... on Specification {{
                all: implementedBy(orderBy: $order, include: [NEGATED, ENDED], {PAGE}) {TOLD}
            }} }} }}"""
        _walk(neo4j, graph, document, size, order=related, id=data.draw(st.sampled_from(of_kind)))


def _walk(neo4j: Neo4j, graph: Graph, document: str, size: int, **variables: Any) -> None:
    """Every page, ahead and back."""
    import orjson

    for first, cursor, end in (("first", "after", "endCursor"), ("last", "before", "startCursor")):
        at: str | None = None
        for _ in range(12):
            told = check(neo4j, graph, document, **variables, **{first: size, cursor: at})
            (value,) = told.values()
            page = orjson.loads(value)
            at = page.get("all", page)["pageInfo"][end]
            if at is None:
                break


@compared
@given(graph=graphs(), day=days, since=st.none() | st.sampled_from(DATES), data=st.data())
def test_changes(
    neo4j: Neo4j, graph: Graph, day: str | None, since: str | None, data: st.DataObject
) -> None:
    ids = st.none() | st.sampled_from(sorted(graph.entities))
    document = """query Q($since: PartialDate, $entity: String, $day: Date) {
        changes(since: $since, entity: $entity, until: "2030", first: 3, asOf: $day) {
            totalCount pageInfo { hasNextPage endCursor }
            edges { cursor node {
                id date kind entity { id label(lang: ZH) status }
                event { event label value note date evidence { readOn source { id title } } }
                statement { id sentence since until negated disputed subject { id } object { id } }
                evidence { locator source { id } } } } } }"""
    check(neo4j, graph, document, since=since, entity=data.draw(ids), day=day)


@compared
@given(graph=graphs(), day=days, data=st.data())
def test_importance(neo4j: Neo4j, graph: Graph, day: str | None, data: st.DataObject) -> None:
    document = """query Q($where: EntityFilter, $day: Date) {
        important(first: 2, asOf: $day) {
            totalCount pageInfo { hasNextPage endCursor } edges { cursor score node { id } } }
        some: important(where: $where, first: 100, asOf: $day) {
            totalCount edges { score node { id kind status } } } }"""
    kinds = data.draw(st.lists(st.sampled_from(("TOOL", "SPECIFICATION")), max_size=2))
    check(neo4j, graph, document, where={"kind": {"in": kinds}}, day=day)
