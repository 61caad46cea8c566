"""The memory store against plain Python on generated graphs, and against itself: what is kept
between two answers never changes an answer."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.errors import StoreTimeout, StoreUnavailable
from ecograph.model.graph import Graph
from ecograph.plan.steps import Plan
from ecograph.service import Service
from ecograph.store.base import Budget
from ecograph.store.memory import MemoryStore, Program
from tests.asking import (
    CONTRACT,
    EXAMPLES,
    ask_memory,
    asker,
    asker_of_the_world,
    filled,
    properties,
)
from tests.generate import days, graphs
from tests.oracle import Facts
from tests.world import world

FIELDS = {
    "Tool": "implements uses usedBy requires partOf parts ownedBy affectedBy resembles",
    "Specification": "implementedBy usedBy affectedBy classifiedIn partOf",
    "Vulnerability": "affects",
    "Category": "classifies broader narrower",
    "Organization": "owns ownedBy",
}


def neighbours_document() -> str:
    told = "totalCount edges { since until strength negated node { id } }"
    kinds = " ".join(
        f"... on {kind} {{ id status "
        + " ".join(f"{kind}_{f}: {f}(first: 100, include: $include) {{ {told} }}"
                   for f in fields.split()) + " }"
        for kind, fields in FIELDS.items()
    )  # fmt: skip
    return (
        "query Q($ids: [ID!]!, $day: Date, $include: [Include!]) "
        f"{{ nodes(ids: $ids, asOf: $day) {{ {kinds} }} }}"
    )


@properties
@given(graphs(), days, st.sampled_from([None, ["NEGATED"], ["ENDED"], ["ENDED", "NEGATED"]]))
def test_relations_and_status_are_those_of_the_day(
    graph: Graph, day: str | None, include: list[str] | None
) -> None:
    facts = Facts(graph, day)
    answer = ask_memory(
        graph, neighbours_document(), ids=list(graph.entities), day=day, include=include
    )
    for told, (id_, e) in zip(answer["nodes"], graph.entities.items(), strict=True):
        expected: dict[str, Any] = {"id": id_, "status": facts.attribute(id_, "status")}
        for field in FIELDS[e.kind].split():
            edges = [
                {
                    "since": s.since,
                    "until": s.until,
                    "strength": s.qualifiers.get("strength"),
                    "negated": s.negated,
                    "node": {"id": other},
                }
                for other, s in facts.links(field, id_, include or ())
            ]
            expected[f"{e.kind}_{field}"] = {"totalCount": len(edges), "edges": edges}
        assert told == expected


@properties
@given(graphs(), st.sampled_from(["SUBJECT", "OBJECT", "EITHER"]), days)
def test_statements_are_all_there_a_loop_once(graph: Graph, side: str, day: str | None) -> None:
    document = """query Q($ids: [ID!]!, $side: Side!, $day: Date) { nodes(ids: $ids, asOf: $day) {
        ... on Entity { statements(side: $side, first: 100) { totalCount nodes { id disputed } } }
    } }"""
    facts = Facts(graph, day)
    answer = ask_memory(graph, document, ids=list(graph.entities), side=side, day=day)
    for told, id_ in zip(answer["nodes"], graph.entities, strict=True):
        at = [
            s
            for s in graph.statements
            if (s.subject == id_ and side != "OBJECT") or (s.object == id_ and side != "SUBJECT")
        ]
        nodes = [
            {
                "id": s.id,
                "disputed": facts.holds(s) and any(
                    (o.subject, o.relation, o.object) == (s.subject, s.relation, s.object)
                    and o.negated != s.negated and facts.holds(o)
                    for o in graph.statements
                ),
            }
            for s in at
        ]  # fmt: skip
        assert told["statements"] == {"totalCount": len(nodes), "nodes": nodes}


# What is kept between two answers


EVERYTHING = """query Q($ids: [ID!]!, $n: Int!, $day: Date, $status: [Status!]) {
    nodes(ids: $ids, asOf: $day) { id ...Thing }
    again: nodes(ids: $ids) { id ...Thing }
    tools(first: $n, where: { status: { in: $status } }) { totalCount nodes { name ...Thing } }
    facets(where: { status: { in: $status } }, by: [KIND, STATUS]) { total values { value count } }
}
fragment Thing on Entity {
    kind status evidence { source { title } }
    statements(first: $n) { totalCount edges { cursor node { id subject { name } } } }
    ... on Tool {
        uses(first: $n) { totalCount edges { cursor node { ... on Tool {
            id status usedBy(first: $n, where: { status: { in: $status } }) { nodes { id } }
        } } } }
        resembles(first: $n, include: [ENDED]) { edges { since node { name } } }
    }
    ... on Category {
        memberCount members(first: $n) { nodes { id } } tree { depth category { id } }
    }
}"""
statuses = st.none() | st.lists(st.sampled_from(["ACTIVE", "ARCHIVED", "ENDED"]), max_size=2)
settings_of_a_run = st.fixed_dictionaries({"n": st.integers(0, 4), "day": days, "status": statuses})


@settings(properties, max_examples=15)
@given(graphs(), st.lists(settings_of_a_run, min_size=1, max_size=3))
def test_little_room_for_fragments_gives_the_same_bytes(
    graph: Graph, runs: list[dict[str, Any]]
) -> None:
    large, small = filled(graph), filled(graph, fragment_bytes=200)
    for variables in runs:
        given_ids = {"ids": [*graph.entities, "nothing"], **variables}
        told = asker().run(graph, large, EVERYTHING, given_ids)
        assert asker().run(graph, large, EVERYTHING, given_ids) == told
        assert asker().run(graph, small, EVERYTHING, given_ids) == told
        assert asker().run(graph, filled(graph), EVERYTHING, given_ids) == told


@cache
def long_lived() -> Service:
    """A service that every example asks, so that all that it keeps is used again."""
    return Service(world(), MemoryStore(fragment_bytes=20_000), answer_cache=0)


@cache
def keeping() -> Service:
    """A service that keeps answers."""
    return Service(world())


NESTED = EVERYTHING.replace("resembles(first", "resembles: implements(first")


@properties
@given(settings_of_a_run)
def test_variables_far_below_may_change_between_runs(variables: dict[str, Any]) -> None:
    given_ids = {"ids": list(world().entities), **variables}
    expected = asker_of_the_world().answer(world(), filled(world()), NESTED, **given_ids)
    assert long_lived().query(NESTED, given_ids) == {"data": expected}


class Counting(MemoryStore):
    """Counts the plans that it makes ready."""

    prepared = 0

    def prepare(self, plan: Plan) -> Program:
        self.prepared += 1
        return super().prepare(plan)


def test_a_plan_is_prepared_once_whatever_its_values() -> None:
    store = Counting()
    service = Service(world(), store, answer_cache=0)
    for n in (1, 2, 3):
        for status in (["ACTIVE"], ["ENDED", "ACTIVE"], []):
            variables = {"ids": ["runc"], "n": n, "status": status}
            assert "errors" not in service.query(NESTED, variables)
    assert store.prepared == 1
    assert service.api.counters.statements == 9


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_kept_answer_is_the_same_bytes(name: str) -> None:
    kept, unkept = keeping(), long_lived()
    before = kept.api.counters.cached
    told = [s.answer(CONTRACT, EXAMPLES[name], name).body for s in (kept, kept, unkept, unkept)]
    assert told == [told[0]] * 4
    assert b'"errors"' not in told[0]
    assert (kept.api.counters.cached - before, unkept.api.counters.cached) == (1, 0)


def test_a_store_without_a_graph_says_so() -> None:
    with pytest.raises(StoreUnavailable, match=r"holds no graph yet; call fill\(graph\) first"):
        MemoryStore().prepare(Plan(()))


def test_a_run_past_its_deadline_is_stopped() -> None:
    document = '{ reach(from: "docker-engine", along: "uses+") { totalCount } }'
    with pytest.raises(StoreTimeout, match="not complete within 0 s; ask for less"):
        asker_of_the_world().run(world(), filled(world()), document, {}, Budget(0))
