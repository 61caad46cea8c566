"""Every step of a plan in the Neo4j store: the cases of all stores, one statement each."""

from __future__ import annotations

import pytest

from ecograph.plan.steps import Plan, Root
from ecograph.store.base import Budget
from tests.over_neo4j import Neo4j
from tests.test_plan_steps import CASES, PARAMETERS
from tests.world import world


@pytest.mark.parametrize("case", CASES)
def test_every_step_has_a_case_in_neo4j(neo4j: Neo4j, case: str) -> None:
    select, expected = CASES[case]
    program = neo4j.store(world()).prepare(Plan((Root("r", select),)))
    neo4j.database.asked.clear()
    (told,) = program.run(PARAMETERS, Budget())
    assert told.decode() == expected
    assert len(neo4j.database.asked) == 1


def test_all_roots_are_one_statement(neo4j: Neo4j) -> None:
    roots = tuple(Root(case, select) for case, (select, _) in CASES.items())
    program = neo4j.store(world()).prepare(Plan(roots))
    neo4j.database.asked.clear()
    told = program.run(PARAMETERS, Budget())
    assert [value.decode() for value in told] == [expected for _, expected in CASES.values()]
    assert len(neo4j.database.asked) == 1


def test_a_plan_without_roots_asks_nothing(neo4j: Neo4j) -> None:
    program = neo4j.store(world()).prepare(Plan(()))
    neo4j.database.asked.clear()
    assert program.run({}, Budget()) == []
    assert neo4j.database.asked == []
