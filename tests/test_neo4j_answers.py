"""Answers of the Neo4j store, equal to the memory store's to the byte, one statement each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from ecograph.api.dated import AS_OF, dated
from ecograph.api.operations import read_operations
from ecograph.load import load
from ecograph.model.graph import Graph
from ecograph.service import Service
from ecograph.settings import bundled
from ecograph.web.run import warm
from tests.asking import CONTRACT, asker_of_the_world
from tests.asking import EXAMPLES as CONTRACT_EXAMPLES
from tests.documents import documents
from tests.named import EXAMPLES, larger_world
from tests.neo4j.large import large
from tests.over_neo4j import Neo4j
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says, world

OPERATIONS = read_operations(bundled("queries"))


@cache
def memory(graph_of: Any) -> Service:
    return Service(graph_of(), answer_cache=0, deadline=None)


@cache
def shipped() -> Graph:
    return load(bundled("data"))


class Both:
    """One graph in both stores."""

    def __init__(self, graph: Graph, neo4j: Neo4j, memory: Service | None = None) -> None:
        self.memory = memory or Service(graph, answer_cache=0, deadline=None)
        self.neo4j = Service(graph, neo4j.store(graph), answer_cache=0, deadline=60)
        self.asked = neo4j.database.asked

    def check(
        self, document: str, variables: Mapping[str, Any] | None = None, name: str | None = None
    ) -> bytes:
        """The answer, the same from both, which took one statement at most."""
        self.asked.clear()
        expected = self.memory.answer(document, variables, name).body
        assert self.neo4j.answer(document, variables, name).body.decode() == expected.decode()
        assert len(self.asked) <= 1
        return expected


@pytest.mark.parametrize("name", CONTRACT_EXAMPLES)
def test_the_contract_is_answered_alike(neo4j: Neo4j, name: str) -> None:
    both = Both(world(), neo4j, memory(world))
    both.check(CONTRACT, CONTRACT_EXAMPLES[name], name)
    assert len(both.asked) == 1


@pytest.mark.parametrize("name", CONTRACT_EXAMPLES)
def test_the_contract_is_answered_alike_over_the_shipped_dataset(neo4j: Neo4j, name: str) -> None:
    both = Both(shipped(), neo4j, memory(shipped))
    told = both.check(CONTRACT, CONTRACT_EXAMPLES[name], name)
    assert b'"errors"' not in told
    assert len(both.asked) == 1


@pytest.mark.parametrize("day", ["2015-06", "2020-02-29"])
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_named_operations_are_answered_alike_on_other_days(
    neo4j: Neo4j, name: str, day: str
) -> None:
    both = Both(shipped(), neo4j, memory(shipped))
    operation = OPERATIONS[name]
    document = dated(both.memory.api.core, operation.document) or operation.document
    given = {**operation.variables, AS_OF: day} if "$asOf" in document else operation.variables
    both.check(document, given)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_named_operations_are_answered_alike_over_the_shipped_dataset(
    neo4j: Neo4j, name: str
) -> None:
    both = Both(shipped(), neo4j, memory(shipped))
    both.check(OPERATIONS[name].document, OPERATIONS[name].variables)
    assert len(both.asked) == 1


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() & OPERATIONS.keys()))
def test_named_operations_are_answered_alike_over_a_small_world(neo4j: Neo4j, name: str) -> None:
    both = Both(larger_world(), neo4j, memory(larger_world))
    both.check(OPERATIONS[name].document, EXAMPLES[name])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(document=documents(asker_of_the_world().core))
def test_any_document_is_answered_alike(neo4j: Neo4j, document: str) -> None:
    Both(world(), neo4j, memory(world)).check(document)


# What the database would do otherwise


def test_a_start_set_may_overlap_and_repeat(neo4j: Neo4j) -> None:
    document = """query Q($ids: [ID!]!) { nodes(ids: $ids) { id
        ... on Tool { uses { nodes { id } } }
        ... on Category { members(recursive: true) { totalCount nodes { id } } } } }"""
    ids = ["support", "ecosystem", "support", "nobody", "moby", "containerd", "ecosystem"]
    told = Both(world(), neo4j, memory(world)).check(document, {"ids": ids})
    assert told.count(b'"totalCount"') == 4


SELF = """{ entity(name: "b") { id ... on Tool {
    all: statements { totalCount nodes { id subject { id } object { id } } }
    uses(include: [NEGATED, ENDED]) { totalCount edges { cursor since negated node { id } } }
    usedBy(include: [NEGATED, ENDED]) { nodes { id } } } }
  path(from: "a", to: "c") { length hops { forward statement { id } } }
  self: path(from: "b", to: "b") { length nodes { id } hops { forward } }
  back: reach(from: "b", along: "uses+") { edges { length node { id } path { length } } }
  there: reach(from: "b", along: "(uses|^uses)+") { edges { length node { id } } }
  claim(subject: "b", relation: USES, object: "b") { verdict statements { id disputed } } }"""


def test_parallel_statements_and_self_loops_count_as_in_memory(neo4j: Neo4j) -> None:
    entities = [entity(i, "Tool", i) for i in "abc"]
    statements = [
        says("a uses b", since="2015", until="2016"), says("a uses b", since="2017", key="again"),
        says("a requires b"), says("b uses b"), says("b uses b", negated=True, source="blog"),
        says("b uses c"), says("c uses b"),
    ]  # fmt: skip
    told = Both(make_graph(entities, statements), neo4j).check(SELF)
    assert b'"verdict":"DISPUTED"' in told


FOLDED = """query Q($after: String, $text: String!) {
  tools(orderBy: [{ field: NAME }], first: 2, after: $after) {
    totalCount nodes { id name } pageInfo { endCursor hasNextPage } }
  behind: tools(orderBy: [{ field: NAME, order: DESC }], first: 9) { nodes { id } }
  later: tools(where: { name: { gt: $text } }) { nodes { id } }
  parts: tools(where: { name: { contains: $text } }) { nodes { id } } }"""


def test_names_beyond_the_basic_plane_are_ordered_alike(neo4j: Neo4j) -> None:
    # UTF-16 puts the letter (U+1D493) before the ligature (U+FB01), code points after it.
    names = ["𝒓unc", "ﬁ", "STRASSE", "straße", "İstanbul", "\uffee", "容器", "𠀀", "a\u0301", "á"]
    entities = [entity(f"t{n}", "Tool", name) for n, name in enumerate(names)]
    both = Both(make_graph(entities, []), neo4j)
    for text in names:
        after: str | None = None
        for _ in names:
            both.check(FOLDED, {"after": after, "text": text})
            page = both.memory.query(FOLDED, {"after": after, "text": text})["data"]["tools"]
            if (after := page["pageInfo"]["endCursor"]) is None:
                break


SEVERAL = """{
  claim(subject: "docker-engine", relation: IMPLEMENTS, object: "cri") {
    a: statements { id } b: statements { negated evidence { locator } } explanation verdict }
  reach(from: "docker-engine", along: "uses+/implements") { edges {
    explanation(lang: ZH, form: HTML) path { explanation(form: MARKDOWN) length } } }
  swap(from: "docker-engine", to: "containerd") { from { id ... on Tool { license } }
    interfaces { outcome a: interface { id } b: interface { evidence { locator } } users { id } }
    users { user { ... on Tool { status } } from { sentence(lang: ZH) } through { outcome } } }
  then: swap(from: "docker-engine", to: "containerd", asOf: "2019-01-01") { users { user { id } } }
  compatible(a: "containerd", b: "kubernetes") { fit shared { a { subject { id } } b { since } } }
  by: compatible(a: "kubernetes", b: "docker-engine") { fit
    lacking { fit interface { id } a { id } b { negated } }
    adapters { holds adapter { id } adapted { name } interface { kind }
      adapts { id } provides { since } needs { evidence { locator } } } }
  routes(from: "kubernetes", to: "crun") { complete routes { cost path { explanation } } }
  none: routes(from: "rkt", to: "crun") { complete routes { cost } } }"""


def test_one_record_is_told_alike_under_several_shapes(neo4j: Neo4j) -> None:
    told = Both(world(), neo4j, memory(world)).check(SEVERAL)
    assert b'"b":[{"negated":true,"evidence":[{"locator":"about docker-engine"}]}]' in told
    assert b'"none":{"complete":true,"routes":[]}' in told
    assert b'"by":{"fit":"ADAPTED","lacking":[{"fit":"LACKED","interface":{"id":"cri"}' in told
    assert b'"adapters":[{"holds":true,"adapter":{"id":"cri-dockerd"}' in told


def test_texts_that_look_like_cypher_are_texts(neo4j: Neo4j) -> None:
    hostile = "`}) DETACH DELETE n //\\u0060'\"$p0 {"
    both = Both(make_graph([entity("a", "Tool", hostile, None, hostile)], []), neo4j)
    document = """query Q($text: String!, $id: ID!) {
        tools(where: { name: { eq: $text, contains: $text } }) { nodes { name aliases } }
        entity(name: $text) { id } node(id: $id) { id } statement(id: $id) { id } }"""
    told = both.check(document, {"text": hostile, "id": hostile})
    assert b'"nodes":[{"name"' in told
    assert all(hostile not in text for text, _ in both.asked)


def ladder(rungs: int) -> Graph:
    """Two ways from each rung to the next: 2 ** rungs shortest paths from the first to the last."""
    entities = [entity(f"r{n:02}", "Tool", f"rung {n}") for n in range(rungs + 1)]
    entities += [entity(f"{way}{n:02}", "Tool", f"{way} {n}") for n in range(rungs) for way in "xy"]
    statements = [
        said
        for n in range(rungs)
        for way in "xy"
        for said in (says(f"r{n:02} uses {way}{n:02}"), says(f"{way}{n:02} uses r{n + 1:02}"))
    ]
    return make_graph(entities, statements)


LADDER = """{ path(from: "r00", to: "r10", maxLength: 20) { nodes { id } hops { forward } }
  back: path(from: "r10", to: "r00", maxLength: 20, direction: BACKWARD) { nodes { id } }
  long: path(from: "r00", to: "r20", maxLength: 20) { length }
  along: path(from: "r00", to: "r10", along: "uses+", maxLength: 20) { nodes { id } }
  reach(from: "r00", along: "uses+", first: 60) { edges { length path { nodes { id } } } } }"""


def test_a_million_equal_paths_are_never_listed(neo4j: Neo4j) -> None:
    told = Both(ladder(20), neo4j).check(LADDER)
    assert told.startswith(b'{"data":{"path":{"nodes":[{"id":"r00"},{"id":"x00"},{"id":"r01"}')


BEST = """query Q($after: String) { paths(from: "tool-1", to: "tool-2", first: 3, after: $after) {
    nodes { length nodes { id } } pageInfo { hasNextPage endCursor } } }"""


def test_the_best_paths_are_found_without_the_rest_of_the_graph(neo4j: Neo4j) -> None:
    graph = large(2_000, 8_000)
    both, after = Both(graph, neo4j), None
    for lengths in ([5, 6, 6], [6, 6, 6], [6, 6, 6]):
        page = orjson.loads(both.check(BEST, {"after": after}))["data"]["paths"]
        assert [path["length"] for path in page["nodes"]] == lengths
        assert neo4j.database.given is not None
        (_, _, nodes, _, _) = neo4j.database.given[0][0]
        assert len(nodes) < 200
        after = page["pageInfo"]["endCursor"]


def test_what_hangs_at_the_end_is_no_path(neo4j: Neo4j) -> None:
    """Leaves of b, which a walk may step to and back from, beside one long way."""
    ids = ["a", "x", "b", "c1", "c2", "c3", "c4", *(f"leaf{n}" for n in range(9))]
    said = [
        "a uses x",
        "x uses b",
        "a uses c1",
        "c1 uses c2",
        "c2 uses c3",
        "c3 uses c4",
        "c4 uses b",
    ]
    said += [f"b uses leaf{n}" for n in range(9)]
    graph = make_graph([entity(i, "Tool", i) for i in ids], [says(one) for one in said])
    told = Both(graph, neo4j).check("""{ paths(from: "a", to: "b", first: 1) {
        nodes { length } pageInfo { hasNextPage } } }""")
    assert told == (b'{"data":{"paths":{"nodes":[{"length":2}],"pageInfo":{"hasNextPage":true}}}}')


def test_foreign_data_is_left_alone(neo4j: Neo4j) -> None:
    neo4j.database.write(
        ("MATCH (n:Foreign) DETACH DELETE n", {}),
        ("CREATE (:Tool:Foreign {id: 'runc', kind: 'Tool', id_rank: 0})-[:USES {holds_now: true}]->"
         "(:Tool:Foreign {id: 'foreign', version_id: '0123456789abcdef|foreign'})", {}),
    )  # fmt: skip
    told = Both(world(), neo4j, memory(world)).check(
        '{ tools { totalCount } facets(by: [KIND]) { total } node(id: "foreign") { id } }'
    )
    assert told == b'{"data":{"tools":{"totalCount":16},"facets":[{"total":28}],"node":null}}'
    neo4j.database.write(*_again(neo4j))
    assert neo4j.database.read_all("MATCH (n:Foreign) RETURN count(n)") == [[2]]


def _again(neo4j: Neo4j) -> list[Any]:
    from tests.over_neo4j import writes

    return writes(make_graph(ENTITIES, STATEMENTS))


def test_a_wrong_cursor_is_refused_alike(neo4j: Neo4j) -> None:
    both = Both(world(), neo4j, memory(world))
    document = """query Q($after: String) {
        tools(first: 1, after: $after) { nodes { id } pageInfo { endCursor } }
        entity(name: "nobody") { ... on Tool { uses(after: $after) { totalCount } } } }"""
    for after in ("", "x", "e30=", "W10=", "2018-01-01"):
        assert b"BAD_CURSOR" in both.check(document, {"after": after})
    nowhere = '{ node(id: "nobody") { ... on Tool { uses(after: "x") { totalCount } } } }'
    assert both.check(nowhere) == b'{"data":{"node":null}}'


def test_what_operations_ask_is_planned_before_a_service_is_ready(neo4j: Neo4j) -> None:
    service = Service(world(), neo4j.store(world()), answer_cache=0)
    neo4j.database.asked.clear()
    warm(service, OPERATIONS.values(), seconds=600)
    planned = {text for text, _ in neo4j.database.asked}
    assert len(planned) > 40
    assert (service.api.counters.requests, service.api.counters.statements) == (0, 0)
    neo4j.database.asked.clear()
    for operation in OPERATIONS.values():
        service.answer(operation.document, operation.variables)
    assert {text for text, _ in neo4j.database.asked} <= planned
    for name, variables in EXAMPLES.items():
        service.answer(OPERATIONS[name].document, variables)
    asked = {text for text, _ in neo4j.database.asked}
    # These are other examples: where a variable is given that was left out, the text is another.
    assert len(asked - planned) <= len(asked) // 10


def test_a_service_is_not_kept_waiting_by_its_first_questions(neo4j: Neo4j) -> None:
    service = Service(world(), neo4j.store(world()), answer_cache=0)
    neo4j.database.asked.clear()
    warm(service, OPERATIONS.values(), seconds=0)
    assert neo4j.database.asked == []
