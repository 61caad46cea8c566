"""Plans as values, and the promise that every step has a case wherever plans are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from inspect import getmembers, isclass
from typing import Any, get_args, get_type_hints

import pytest

from ecograph.errors import PlanError
from ecograph.plan import steps
from ecograph.plan.automaton import any_of
from ecograph.plan.records import RECORDS
from ecograph.plan.show import show
from ecograph.plan.steps import (
    KEYS,
    OPERATORS,
    And,
    Changes,
    Claim,
    Compare,
    Const,
    Count,
    Dataset,
    Each,
    Expand,
    Get,
    Has,
    Key,
    Not,
    Or,
    Page,
    Param,
    Plan,
    Predicate,
    Ref,
    Root,
    Rows,
    Scan,
    Seek,
    Select,
    Shape,
    Source,
    Sources,
    Value,
    Walk,
)
from ecograph.store.base import Budget
from tests.asking import filled
from tests.world import ontology, world

ID = Shape((("id", Get("id")),))
ANY = any_of(("uses", "implements"), (True, False), ontology())
TOOLS = Select(Scan(("Tool",)), "list", "entity", ID)
COUNTED = Select(Scan(("Tool",)), "list", "entity")
TO, FROM, MOST = Param("to"), Param("from"), Param("most")
USES = Expand(("uses",), "out")

PARAMETERS = {
    "ids": ["runc"], "said": ["containerd~uses~runc"],
    "hits": [{"id": "runc", "score": 7}], "from": "containerd", "to": "oci-runtime-spec",
    "most": 2, "relation": "IMPLEMENTS", "text": "run", "yes": True, "one": 1, "texts": ["runc"],
    "changed": [c for c in world().calendar.changes if c.date == "2021-03"],
}  # fmt: skip

SOURCES: dict[str, tuple[type, Select, str]] = {
    "entities": (Seek, Select(Seek(Param("ids")), "list", "entity", ID), '[{"id":"runc"}]'),
    "statements": (
        Seek,
        Select(Seek(Param("said"), "statement"), "one", "statement", ID),
        '{"id":"containerd~uses~runc"}',
    ),
    "hits": (
        Seek,
        Select(
            Seek(Param("hits"), carried=True), "rows", "entity", Shape((("s", Get("score")),)),
            order=(Key("offset"),),
        ),
        '[{"s":7}]',
    ),
    "scan": (Scan, Select(Scan(("Specification", "Service")), "count", "entity"), "4"),
    "expand": (
        Expand,
        Select(Seek(Param("ids")), "one", "entity", Shape((
            ("used", Rows(Select(Expand(("uses",), "in"), "list", "entity", ID))),
        ))),
        '{"used":[{"id":"containerd"}]}',
    ),
    "everything": (
        Expand,
        Select(Seek(Param("ids")), "one", "entity", Shape((
            ("all", Rows(Select(
                Expand(("uses", "implements"), "either", everything=True), "count", "statement"
            ))),
        ))),
        '{"all":2}',
    ),
    "shortest": (
        Walk,
        Select(Walk("shortest", ANY, FROM, TO, MOST), "one", "path",
               Shape((("length", Get("length")),)), order=(Key("offset"),)),
        '{"length":2}',
    ),
    "simple": (
        Walk,
        Select(Walk("simple", ANY, FROM, TO, MOST), "count", "path", order=(Key("offset"),)),
        "1",
    ),
    "routes": (
        Walk,
        Select(Walk("routes", ANY, FROM, TO, MOST, MOST), "one", "routes", Shape((
            ("complete", Get("complete")),
            ("routes", Each("routes", Shape((("cost", Get("cost")),)))),
        )), order=(Key("offset"),)),
        '{"complete":true,"routes":[{"cost":3000}]}',
    ),
    "reach": (Walk, Select(Walk("reach", ANY, FROM, limit=MOST), "count", "entity"), "9"),
    "claim": (
        Claim,
        Select(Claim(FROM, Param("relation"), TO), "one", "claim",
               Shape((("verdict", Get("verdict")),))),
        '{"verdict":"UNKNOWN"}',
    ),
    "count": (
        Count,
        Select(Count(COUNTED, ("kind",)), "list", "facet", Shape((("total", Get("total")),))),
        '[{"total":16}]',
    ),
    "dataset": (
        Dataset,
        Select(Dataset(), "one", "dataset", Shape((("n", Get("entityCount")),))),
        '{"n":28}',
    ),
    "sources": (
        Sources,
        Select(Sources(), "list", "source", ID),
        '[{"id":"blog"},{"id":"docs"},{"id":"list"}]',
    ),
    "changes": (
        Changes,
        Select(
            Changes(Param("changed")), "list", "change",
            Shape((
                ("id", Get("id")), ("entity", Ref("entity", ID)),
                ("event", Ref("event", Shape((("date", Get("date")),)))),
                ("statement", Ref("statement", ID)),
                ("evidence", Each("evidence", Shape((("on", Get("readOn")),)))),
            )),
            order=(Key("offset"),),
        ),
        '[{"id":"railcar~implements~oci-runtime-spec~ended","entity":{"id":"railcar"},'
        '"event":null,"statement":{"id":"railcar~implements~oci-runtime-spec"},'
        '"evidence":[{"on":"2026-11-01"}]},'
        '{"id":"railcar~archived~2021-03","entity":{"id":"railcar"},"event":{"date":"2021-03"},'
        '"statement":null,"evidence":[{"on":"2026-11-02"}]}]',
    ),
}  # fmt: skip

IS_RUNC = Compare("id", "in", Param("texts"))
PREDICATES: dict[type, tuple[Predicate, str]] = {
    And: (And((IS_RUNC, IS_RUNC)), "1"),
    Or: (Or((IS_RUNC, Not(IS_RUNC))), "16"),
    Not: (Not(IS_RUNC), "15"),
    Compare: (Compare("name", "startsWith", Param("text")), "1"),
    Has: (Has(USES, IS_RUNC), "1"),
}

VALUES: dict[type, tuple[Value, str]] = {
    Const: (Const("a"), '"a"'),
    Get: (Get("label", "zh"), '"runc"'),
    Ref: (Rows(Select(Expand(("uses",), "in"), "rows", "entity", Shape((
        ("node", Ref("node", ID)),
    )))), '[{"node":{"id":"containerd"}}]'),
    Each: (Each("evidence", Shape((("on", Get("readOn")),))), '[{"on":"2026-11-02"}]'),
    Rows: (Rows(Select(Expand(("uses",), "in"), "count", "entity")), "1"),
}  # fmt: skip

NODES = Shape((("nodes", Each("nodes", ID)),))
FORMS: dict[str, tuple[Select, str]] = {
    "one": (Select(Seek(Param("ids")), "one", "entity", ID), '{"id":"runc"}'),
    "list": (Select(Seek(Param("ids")), "list", "entity", ID), '[{"id":"runc"}]'),
    "rows": (
        Select(Walk("reach", ANY, FROM, limit=Param("one")), "rows", "entity",
               Shape((("n", Get("length")),)), order=(Key("length"), Key("id"))),
        '[{"n":0},{"n":1},{"n":1},{"n":1},{"n":1}]',
    ),
    "connection": (
        Select(Scan(("Tool",)), "connection", "entity", NODES, page=Page(first=Param("one"))),
        '{"nodes":[{"id":"cadvisor"}]}',
    ),
    "subgraph": (
        Select(Walk("reach", ANY, FROM, limit=Param("one")), "subgraph", "entity",
               Shape((("statements", Each("statements", ID)),)), among=("uses",),
               page=Page(first=Param("most")), order=(Key("length"), Key("id"))),
        '{"statements":[]}',
    ),
    "count": (Select(Scan(("Tool",)), "count", "entity"), "16"),
}  # fmt: skip

CASES: dict[str, tuple[Select, str]] = {
    **{f"source {name}": (select, told) for name, (_, select, told) in SOURCES.items()},
    **{
        f"predicate {step.__name__}": (Select(Scan(("Tool",)), "count", "entity", where=p), told)
        for step, (p, told) in PREDICATES.items()
    },
    **{
        f"value {step.__name__}": (
            Select(Seek(Param("ids")), "one", "entity", Shape((("v", value),))),
            f'{{"v":{told}}}',
        )
        for step, (value, told) in VALUES.items()
    },
    **{f"form {name}": case for name, case in FORMS.items()},
    "shape cases": (
        Select(Seek(Param("ids")), "one", "entity", Shape(cases=(("Tool", ID),))),
        '{"id":"runc"}',
    ),
}


def run_on_memory(plan: Plan) -> str:
    (told,) = filled(world()).prepare(plan).run(PARAMETERS, Budget())
    return told.decode()


STORES: dict[str, Callable[[Plan], str]] = {"memory": run_on_memory}
"""Store -> how it answers a plan of one root with PARAMETERS over the world, as JSON."""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("store", STORES)
def test_every_step_has_a_case_in_every_store(store: str, case: str) -> None:
    select, expected = CASES[case]
    assert STORES[store](Plan((Root("r", select),))) == expected


@pytest.mark.parametrize("case", CASES)
def test_every_step_has_a_case_in_show(case: str) -> None:
    text = show(Plan((Root("r", CASES[case][0]),)))
    assert text.startswith("r: select ")
    assert len(text.splitlines()) > 1


def test_no_step_is_forgotten_here() -> None:
    assert {step for step, _, _ in SOURCES.values()} == set(get_args(Source))
    assert set(PREDICATES) == set(get_args(Predicate))
    assert set(VALUES) == set(get_args(Value))
    hints = get_type_hints(Select)
    assert set(FORMS) == set(get_args(hints["form"]))
    assert {s.of for s, _ in CASES.values()} | {"statement"} == set(get_args(hints["of"]))
    modes = {s.source.mode for _, s, _ in SOURCES.values() if isinstance(s.source, Walk)}
    assert modes == set(get_args(get_type_hints(Walk)["mode"]))


def test_every_dataclass_of_the_steps_is_part_of_a_plan() -> None:
    unions = {*get_args(Source), *get_args(Predicate), *get_args(Value)}
    structure = {Plan, Root, Select, Shape, Page, Key, Param}
    found = {c for _, c in getmembers(steps, isclass) if c.__module__ == steps.__name__}
    assert found == unions | structure


@pytest.mark.parametrize("name", sorted({c.__name__ for c in get_args(Source | Predicate | Value)}))
def test_steps_are_frozen_and_slotted(name: str) -> None:
    step: Any = getattr(steps, name)
    assert step.__dataclass_params__.frozen
    assert set(step.__slots__) == {f.name for f in fields(step)}


def test_plans_are_equal_and_hash_alike_by_value() -> None:
    def plan() -> Plan:
        return Plan((Root("r", Select(Seek(Param("ids")), "one", "entity", ID), Param("day")),))

    assert plan() == plan()
    assert hash(plan()) == hash(plan())
    assert plan() != Plan(())
    for select, _ in CASES.values():
        assert hash(Plan((Root("r", select),))) == hash(Plan((Root("r", select),)))
    with pytest.raises(FrozenInstanceError):
        plan().roots[0].key = "other"  # type: ignore[misc]


WRONG: dict[str, Callable[[], Any]] = {
    "a shape has fields or cases, not both": lambda: Shape(ID.fields, (("Tool", ID),)),
    f"unknown operator 'like'; write one of {OPERATORS}": lambda: Compare("id", "like", FROM),
    f"unknown key 'size'; write one of {KEYS}": lambda: Key("size"),
    "a walk that reaches every end has no `to`; write shortest or simple": lambda: Walk(
        "reach", ANY, FROM, TO
    ),
    "a shortest walk needs `to`; write reach to go anywhere": lambda: Walk("shortest", ANY, FROM),
    "a walk of routes needs `most`, how many there may be; no other has it": lambda: Walk(
        "routes", ANY, FROM, TO
    ),
    "a simple walk needs `to`; write reach to go anywhere": lambda: Walk("simple", ANY, FROM),
    "a select of path from a source that yields entity": lambda: Select(
        Scan(("Tool",)), "list", "path", ID
    ),
    "a filter over statement; only entities are filtered": lambda: Select(
        Expand(("uses",), "in", everything=True), "list", "statement", ID, IS_RUNC
    ),
    "a count tells a number, so it has no shape": lambda: Select(
        Scan(("Tool",)), "count", "entity", ID
    ),
    "a subgraph of source; only entities have statements among them": lambda: Select(
        Sources(), "subgraph", "source", ID
    ),
    "a list has no `among`; only a subgraph has": lambda: Select(
        Scan(("Tool",)), "list", "entity", ID, among=("uses",)
    ),
    "an order has at least one key; write id": lambda: Select(
        Scan(("Tool",)), "list", "entity", ID, order=()
    ),
    "an order by offset has no other key, and no other direction": lambda: Select(
        Scan(("Tool",)), "list", "entity", ID, order=(Key("offset"), Key("id"))
    ),
    "an order by length; only what a walk reaches has one": lambda: Select(
        Scan(("Tool",)), "list", "entity", ID, order=(Key("length"),)
    ),
    "an order by name over source; only entities have one": lambda: Select(
        Sources(), "list", "source", ID, order=(Key("name"),)
    ),
    "an order by since; only the rows of a relation have one": lambda: Select(
        Scan(("Tool",)), "list", "entity", ID, order=(Key("since"),)
    ),
}


@pytest.mark.parametrize("message", WRONG)
def test_a_wrong_plan_cannot_be_built(message: str) -> None:
    with pytest.raises(PlanError) as caught:
        WRONG[message]()
    assert caught.value.message == message


def test_every_reference_leads_to_a_record_that_is_there() -> None:
    led = {to for references in RECORDS.values() for to in references.values()}
    assert led - {"node"} <= RECORDS.keys()


def test_an_automaton_is_a_value_too() -> None:
    again = any_of(("implements", "uses"), (False, True), ontology())
    assert (again, hash(again)) == (ANY, hash(ANY))
