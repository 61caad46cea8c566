"""Plans as text. `UPDATE_GOLDEN=1` writes the golden files anew; read their diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ecograph.plan.automaton import Automaton, any_of
from ecograph.plan.show import show
from ecograph.plan.steps import (
    And,
    Compare,
    Const,
    Expand,
    Get,
    Has,
    Key,
    Not,
    Or,
    Page,
    Param,
    Plan,
    Root,
    Scan,
    Seek,
    Select,
    Shape,
    Walk,
)
from tests.asking import CONTRACT, EXAMPLES, asker_of_the_world
from tests.world import ontology

GOLDEN = Path(__file__).parent / "golden" / "plans"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_plan_of_the_contract_is_the_golden_one(name: str) -> None:
    text = show(asker_of_the_world().plan(CONTRACT, EXAMPLES[name], name))
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def test_every_golden_file_has_an_operation() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(EXAMPLES)
    assert all(f"query {name}" in CONTRACT for name in EXAMPLES)


def test_no_line_is_longer_than_a_page_is_wide() -> None:
    lines = [line for path in GOLDEN.iterdir() for line in path.read_text("utf-8").splitlines()]
    assert max(map(len, lines)) <= 120


def test_filters_orders_and_pages_are_shown_step_by_step() -> None:
    where = And(
        (
            Or((Compare("status", "in", Param("p0")), Not(Compare("name", "lt", Param("p1"))))),
            Has(Expand(("implements",), "out"), And(())),
        )
    )
    select = Select(
        Scan(("Tool", "Service")),
        "connection",
        "entity",
        Shape((("totalCount", Get("totalCount")),)),
        where,
        (Key("name", descending=True), Key("id")),
        Page(first=Param("p2"), after=Param("p3")),
    )
    assert show(Plan((Root("tools", select, Param("p4")),))) == (
        "tools as of $p4: select connection of entity\n"
        "  scan Tool|Service\n"
        "  where and\n"
        "    or\n"
        "      status in $p0\n"
        "      not name lt $p1\n"
        "    has expand out implements\n"
        "      and\n"
        "  order name desc, id\n"
        "  page first $p2 after $p3\n"
        "  tell\n"
        "    totalCount\n"
    )


def test_kinds_of_which_the_same_is_told_stand_together() -> None:
    name = Shape((("name", Get("name")),))
    named = Shape((("here", Const("是")), ("zh", Get("label", "zh"))))
    shape = Shape(cases=(("Tool", name), ("Category", named), ("Service", name)))
    plan = Plan((Root("node", Select(Seek(Param("p0")), "one", "entity", shape)),))
    assert show(plan) == (
        "node: select one of entity\n"
        "  seek entity $p0\n"
        "  tell\n"
        "    case Tool|Service\n"
        "      name\n"
        "    case Category\n"
        '      here: "是"\n'
        "      zh: label@zh\n"
    )


def shown_walk(automaton: Automaton) -> list[str]:
    walk = Walk("reach", automaton, Param("p0"))
    return show(Plan((Root("r", Select(walk, "count", "entity")),))).splitlines()[1:]


def test_any_walk_over_relations_is_shown_as_a_set() -> None:
    assert shown_walk(any_of(("uses", "implements"), (True, False), ontology())) == [
        "  walk reach from $p0",
        "    over implements|^implements|uses|^uses",
    ]
    assert shown_walk(any_of((), (True,), ontology())) == [
        "  walk reach from $p0",
        "    over nothing",
    ]


def test_long_sets_and_automata_are_cut() -> None:
    letters = frozenset((letter, True) for letter in "hgfedcba")
    eight = Automaton(1, frozenset({0}), (((letters, 0),),))
    assert shown_walk(eight)[1] == "    over a|b|c|d|e|f|and 2 more"
    moves = tuple(((frozenset({("uses", True)}), n + 1),) for n in range(29))
    lines = shown_walk(Automaton(30, frozenset({29}), (*moves, ())))
    assert lines[-2:] == ["    state 19: uses -> 20", "    and 10 more states"]


def test_an_automaton_is_shown_by_its_moves() -> None:
    plan = asker_of_the_world().plan(CONTRACT, EXAMPLES["Reach"], "Reach")
    assert show(plan).splitlines()[2:6] == [
        "    state 0: uses -> 1",
        "    state 1: uses -> 1; implements -> 2",
        "    state 2 accepts",
        "  order length, id",
    ]
