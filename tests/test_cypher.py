"""The text of statements: golden, the same whatever is asked, with no word of a client's in it."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ecograph.errors import PlanError
from ecograph.plan.automaton import any_of, compile_expression
from ecograph.plan.expression import parse
from ecograph.plan.steps import Page, Plan, Root
from ecograph.plan.traverse import params, parts
from ecograph.store.base import Budget
from ecograph.store.cypher import Statement, to_cypher
from ecograph.store.cypher_text import Asked
from ecograph.store.cypher_walk import may_match, may_reach, round_up
from ecograph.store.directory import Directory
from ecograph.store.schema import kind_label, quote, relation_type
from tests.asking import CONTRACT, EXAMPLES, asker_of_the_world
from tests.test_plan_steps import CASES, PARAMETERS
from tests.world import ontology, world

GOLDEN = Path(__file__).parent / "golden" / "cypher"


def statement(plan: Plan, given: frozenset[str] = frozenset()) -> Statement:
    return to_cypher(plan, ontology(), given, dict.fromkeys((p.name for p in params(plan)), 3))


def of_contract(name: str) -> Plan:
    return asker_of_the_world().plan(CONTRACT, EXAMPLES[name], name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_contract_in_cypher(name: str) -> None:
    text = statement(of_contract(name)).text
    path = GOLDEN / f"{name}.cypher"
    assert text + "\n" == path.read_text("utf-8"), f"write the new text to {path}"


def test_a_page_of_paths_in_cypher() -> None:
    plan = of_contract("Paths")
    [page] = [part for part in parts(plan) if isinstance(part, Page)]
    assert page.first is not None
    path = GOLDEN / "PathsPage.cypher"
    text = statement(plan, frozenset({page.first.name})).text
    assert text + "\n" == path.read_text("utf-8"), f"write the new text to {path}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_text_is_the_same_every_time(name: str) -> None:
    plan = of_contract(name)
    one, other = statement(plan), statement(plan)
    assert one.text == other.text
    assert list(one.makes) == list(other.makes) == [f"p{n}" for n in range(len(one.makes))]


@pytest.mark.parametrize("case", CASES)
def test_every_parameter_is_made_and_every_made_one_is_used(case: str) -> None:
    made = statement(Plan((Root("r", CASES[case][0]),)))
    assert set(re.findall(r"\$(\w+)", made.text)) == set(made.makes)
    values = made.parameters(Asked(PARAMETERS, Directory.of(world()), Budget()))
    assert values.keys() == made.makes.keys()


HOSTILE = [
    "`}) DETACH DELETE n //",
    "\\u0060",
    "'; MATCH (n) DELETE n",
    "$password",
    "runc\x00",
    "𝒓`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_client_writes_is_a_parameter(text: str) -> None:
    document = """query Q($id: String!, $name: String!, $text: String!) {
        tools(where: { name: { eq: $name, contains: $text }, license: { startsWith: $text } }) {
            nodes { id } } entity(name: $id) { id } }"""
    plan = asker_of_the_world().plan(document, {"id": text, "name": text, "text": text})
    plain = asker_of_the_world().plan(document, {"id": "a", "name": "b", "text": "c"})
    assert statement(plan).text == statement(plain).text
    assert text not in statement(plan).text


def hostile_texts(number: int) -> list[str]:
    """Texts of what ends a name, a string or a statement, the same every time."""
    draw = Random(number)
    parts = [*"`'\"\\$:;{}()[]|/*-~\0\n\u2028\uff07𝒓容a1", "\\u0060", "``", "//", "/*", "*/", "$p0",
             " MATCH (n) DETACH DELETE n ", " RETURN 1 ", " UNION ", ":`Tool`"]  # fmt: skip
    return ["".join(draw.choices(parts, k=draw.randrange(1, 9))) for _ in range(number)]


EVERYWHERE = """query Q($text: String!, $texts: [String!]!, $id: ID!) {
    tools(where: { name: { eq: $text, in: $texts, contains: $text }, license: { ne: $text },
        homepage: { startsWith: $text }, uses: { some: { id: { eq: $id } } } }, after: $text) {
        nodes { id } }
    entity(name: $text) { id } node(id: $id) { id } nodes(ids: [$id]) { id }
    statement(id: $id) { id } claim(subject: $text, relation: USES, object: $text) { verdict }
    path(from: $text, to: $text) { length } }"""


def test_of_two_hundred_hostile_texts_none_reaches_a_statement() -> None:
    def asked(text: str) -> Statement:
        given = {"text": text, "texts": [text, text + "x"], "id": text}
        return statement(asker_of_the_world().plan(EVERYWHERE, given))

    plain = asked("plain").text
    texts = hostile_texts(200)
    assert len(set(texts)) > 190
    assert all(asked(text).text == plain for text in texts)


def test_of_two_hundred_hostile_names_none_becomes_a_label_or_a_type() -> None:
    for name in hostile_texts(200):
        if not (name.isascii() and name.isidentifier()):
            for written in (quote, kind_label):
                with pytest.raises(PlanError):
                    written(name)


@pytest.mark.parametrize("name", ["a b", "a`b", "", "é", "1a", "a\\u0060b", "a-b", "x:y"])
def test_a_name_that_is_no_plain_one_reaches_no_text(name: str) -> None:
    with pytest.raises(PlanError):
        quote(name)


def test_names_of_the_ontology_are_quoted() -> None:
    assert (relation_type("forkOf"), kind_label("Tool")) == ("`FORK_OF`", "`Tool`")
    with pytest.raises(PlanError, match="EcographEntity"):
        kind_label("EcographEntity")


def test_limits_are_rounded_up_to_a_few_bounds() -> None:
    assert [round_up(n) for n in (None, 0, 1, 5, 7, 20, 21)] == [None, 1, 1, 6, 8, 20, 2**31 - 1]


@pytest.mark.parametrize(
    ("expression", "reached", "matched"),
    [
        ("uses*", True, True),
        ("uses+", True, True),
        ("uses+/implements", True, True),
        ("^broader*/^classifiedIn", True, True),
        ("uses/implements|requires", True, False),
        ("uses/^uses", True, False),
        ("(uses|^uses)*", True, True),
        ("(uses|^uses)+", True, False),
        ("(uses|^requires)*", False, False),
        ("(uses/implements)+", False, False),
    ],
)
def test_what_the_database_may_follow(expression: str, reached: bool, matched: bool) -> None:
    automaton = compile_expression(parse(expression, ontology()), ontology())
    assert (may_reach(automaton), may_match(automaton)) == (reached, matched)


def test_a_walk_over_nothing_is_followed_too() -> None:
    nothing: Any = any_of((), (True, False), ontology())
    assert (may_reach(nothing), may_match(nothing)) == (True, False)
