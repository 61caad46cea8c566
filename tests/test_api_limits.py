"""Limits: what a question costs is counted before any work, and what is over one is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from ecograph.api.cost import EMBEDDED, Cost
from ecograph.api.limits import Limits, limits_of
from ecograph.api.run import Api
from ecograph.errors import SettingsError
from ecograph.service import Service
from ecograph.settings import LIMITS, Settings, read_limits, read_settings
from tests.world import world

ROOT = Path(__file__).parent.parent


@cache
def service() -> Service:
    return Service(world())


def api(limits: Limits | None = None) -> Api:
    shared = service()
    return Api(shared.graph, shared.store, shared.names, limits=limits)


def ask(document: str, variables: Mapping[str, Any] | None = None, api_: Api | None = None) -> Any:
    return orjson.loads((api_ or service().api).answer(document, variables).body)


def refused(document: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The extensions of the one error of a request that is refused for a limit."""
    response = service().api.answer(document, variables)
    told = orjson.loads(response.body)
    (error,) = told["errors"]
    assert not response.executed
    assert "data" not in told
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["extensions"]["setting"] in error["message"]
    return {k: v for k, v in error["extensions"].items() if k != "code"}


# The worst cases

NESTED_INTROSPECTION = (
    "{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields "
    "{ type { name description kind } } } } } } } } } } } } }"
)


def fragment_bomb(depth: int, inner: str = "dataset { version }") -> str:
    """Fragments that each spread the next one twice."""
    links = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(depth))
    return f"{{ ...F0 }} {links} fragment F{depth} on Query {{ {inner} }}"


def twins(depth: int) -> str:
    """Two equal fields, each with two equal fields, and so on."""
    if not depth:
        return "id"
    twin = "uses { nodes { " + twins(depth - 1) + " } } "
    return "... on Tool { " + twin * 2 + "}"


def nested(of: str, depth: int) -> str:
    return (of + " {") * depth + " id " + "}" * depth


@pytest.mark.parametrize(
    ("document", "limit", "value"),
    [
        (NESTED_INTROSPECTION, "introspection_lists", 6),
        (
            "{ __schema { " + " ".join(f"a{n}: types {{ fields {{ args {{ type {{ name }} }} }} }}"
                                       for n in range(15)) + "} }",
            "introspection_objects", 191_251,
        ),
        ("{ __schema { types { " + nested("ofType", 15) + "} } }", "introspection_depth", 18),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(10_000)) + " }", "size", 178_893),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(2_000)) + " }", "tokens", 1_001),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(300)) + " }", "aliases", 300),
        ("#\n" * 30_000 + "{ __typename }", "tokens", 1_001),
        ("{ " + "__typename @include(if: true) " * 21 + "}", "directives", 21),
        ("{ " + "__typename " * 21 + "}", "roots", 21),
        (fragment_bomb(26), "fields", 134_217_728),
        (fragment_bomb(90), "fields", 1_000_000_000),
        (fragment_bomb(26, "x: __typename"), "aliases", 67_108_864),
        (fragment_bomb(26, "__typename @skip(if: true)"), "directives", 67_108_864),
        ("query A { __typename } " + fragment_bomb(26)[len("{ ...F0 }"):], "fields", 134_217_728),
        ("fragment F0 on Query { id } " + fragment_bomb(26), "fields", 134_217_728),
        ("{ " + nested("tools", 11) + " }", "depth", 12),
        ("{ " + nested("a", 330) + " }", "nesting", 51),
        ("{ tools(where: " + "[" * 400 + "]" * 400 + ") { totalCount } }", "nesting", 51),
        ("{ tools { nodes { " + twins(3) + " } } }", "objects", 3_316_326),
        ("{ tools { nodes { " + twins(4) + " } } }", "depth", 11),
        ("{ tools { nodes { " + twins(8) + " } } }", "tokens", 1_001),
        ("{ tools(first: 100) { nodes { uses(first: 100) { edges { node { id } } } } } }",
         "objects", 20_201),
        ("{ nodes(ids: [" + '"a" ' * 101 + "]) { id } }", "items", 101),
    ],
)  # fmt: skip
def test_the_worst_documents_are_each_refused_by_the_limit_they_pass(
    document: str, limit: str, value: int
) -> None:
    assert refused(document) == {
        "limit": limit,
        "value": value,
        "bound": getattr(Limits(), limit),
        "setting": f"max_{limit}",
    }


def test_a_page_of_a_million_is_refused_as_a_page() -> None:
    (error,) = ask("{ tools(first: 1000000) { nodes { id } } }")["errors"]
    assert (error["extensions"]["argument"], error["extensions"]["bound"]) == ("first", 100)
    huge = ask("{ tools(first: " + "9" * 5_000 + ") { nodes { id } } }")
    assert "errors" in huge
    assert "data" not in huge


def test_an_error_points_at_what_is_over_the_limit() -> None:
    heavy = "tools(first: 100) { nodes { uses(first: 100) { edges { node { id } } } } }"
    document = f"{{\n  dataset {{ version }}\n  {heavy}\n}}"
    (error,) = ask(document)["errors"]
    assert error["locations"] == [{"line": 3, "column": 3}]
    assert error["message"].startswith("objects: ")
    assert error["message"].endswith("the limit is 20,000 (setting max_objects)")


VARIED = (
    "query ($n: Int) { tools(first: $n) { nodes { uses(first: $n) { nodes { id } } "
    "usedBy(first: $n) { nodes { id } } } } }"
)


def test_a_run_is_held_to_the_limits_with_its_own_variables() -> None:
    assert "errors" not in ask(VARIED, {"n": 10})
    assert refused(VARIED, {"n": 100})["value"] == 20_301
    assert "errors" not in ask(VARIED, {"n": 90})
    assert "errors" not in ask(VARIED)


def test_variables_are_held_to_their_number_and_nesting() -> None:
    document = "query ($where: ToolFilter) { tools(where: $where) { totalCount } }"
    deep: dict[str, Any] = {}
    for _ in range(300):
        deep = {"not": deep}
    assert refused(document, {"where": deep})["limit"] == "nesting"
    many = {"or": [{"id": {"eq": "x"}}] * 600}
    assert refused(document, {"where": many})["limit"] == "values"
    assert refused("query ($names: [String!]!) { entities(names: $names) { id } }",
                   {"names": ["x"] * 101})["limit"] == "items"  # fmt: skip


def test_a_limit_that_is_set_higher_lets_more_through() -> None:
    document = "{ " + " ".join(f"a{n}: __typename" for n in range(18)) + " }"
    assert refused(document)["bound"] == 15
    assert "errors" not in ask(document, api_=api(replace(Limits(), aliases=18)))


def test_a_document_is_refused_before_validation_and_text_before_parsing() -> None:
    unknown = "{ " + " ".join(f"a{n}: nothing" for n in range(16)) + " }"
    assert refused(unknown)["limit"] == "aliases"
    assert refused("{" * 60)["limit"] == "nesting"


# Told on request


def test_cost_is_told_on_request_and_kept_apart_from_the_answer() -> None:
    fresh = api()
    document = "{ tools(first: 2) { nodes { n: name } } }"
    plain = fresh.answer(document).body
    told = fresh.answer(document, with_cost=True).body
    assert orjson.loads(told) == {
        **orjson.loads(plain),
        "extensions": {"cost": {"objects": 3, "depth": 3, "aliases": 1, "fields": 3}},
    }
    assert fresh.answer(document).body == plain
    assert fresh.answer(document, with_cost=True).body == told
    assert fresh.counters.cached == 3


def test_cost_is_told_beside_errors_and_introspection_and_not_with_a_request_error() -> None:
    fresh = api()
    failed = orjson.loads(fresh.answer('{ tool(name: "no") { id } }', with_cost=True).body)
    assert failed.keys() == {"errors", "data", "extensions"}
    walked = orjson.loads(fresh.answer("{ __schema { queryType { name } } }", with_cost=True).body)
    assert walked["extensions"]["cost"]["fields"] == 3
    wrong = orjson.loads(fresh.answer("{ nothing }", with_cost=True).body)
    assert wrong.keys() == {"errors"}


# Settings


def test_settings_have_every_limit_with_its_default() -> None:
    assert limits_of(Settings()) == Limits()
    assert limits_of(read_settings({"ECOGRAPH_MAX_DEPTH": "12"})) == replace(Limits(), depth=12)
    assert [f"max_{f.name}" for f in fields(Limits)] == list(LIMITS)
    assert {f.name for f in fields(Limits)} <= {f.name for f in fields(Cost)}


def test_a_limit_is_set_by_flag_and_the_flag_wins() -> None:
    given: dict[str, Any] = {**read_limits(["depth=12", "introspection-depth=20"])}
    found = read_settings({"ECOGRAPH_MAX_DEPTH": "11", "ECOGRAPH_MAX_ROOTS": "5"}, **given)
    assert (found.max_depth, found.max_introspection_depth, found.max_roots) == (12, 20, 5)


def test_all_limits_can_be_taken_away_but_that_which_keeps_the_parser_safe() -> None:
    given = read_limits(["none", "depth=12"])
    assert given.keys() == {*LIMITS} - {"max_nesting"}
    assert {name for name, limit in given.items() if limit != 10**9} == {"max_depth"}
    wide = Service(world())
    wide.api.limits = limits_of(Settings(**given))  # type: ignore[arg-type]
    many = "{" + " ".join(f"a{n}: __typename" for n in range(500)) + "}"
    assert len(wide.query(many)["data"]) == 500
    (error,) = wide.query("{ a " * 5_000 + "}" * 5_000)["errors"]
    assert error["extensions"]["limit"] == "nesting"


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("deep=1", "--limit: 'deep=1' names no limit; write one of size, tokens, "),
        ("depth=x", "--limit: 'depth=x' has no number; write depth=12"),
        ("depth", "--limit: 'depth' has no number; write depth=12"),
    ],
)
def test_a_wrong_limit_is_named(item: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_limits([item])
    assert caught.value.message.startswith(message)


def test_a_limit_below_nothing_is_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(max_depth=-1)
    assert caught.value.message == "max_depth: -1 is no limit; write 0 to 1,000,000,000"


def test_the_documentation_lists_every_estimate() -> None:
    text = (ROOT / "docs" / "limits.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w.]+)` \| (\d+) \|$", text, re.M)
    assert {name: int(value) for name, value in rows} == EMBEDDED


def cost_command(*arguments: str, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "ecograph", "cost", *arguments],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=120, check=False,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_cost_command_prints_each_figure_beside_its_limit() -> None:
    status, told, _ = cost_command("Reach")
    lines = told.splitlines()
    assert (status, lines[0], len(lines)) == (0, "Reach", 15)
    assert lines[11].split() == ["objects", "3,401", "of", "20,000"]


def test_the_cost_command_fails_over_a_limit_of_the_environment() -> None:
    given = ("--set", "from=docker-engine", "--set", "along=uses+/implements")
    status, told, error = cost_command("Reach", *given, ECOGRAPH_MAX_DEPTH="5")
    assert (status, error) == (1, "ecograph: over the limit: depth\n")
    assert "depth                             6 of             5  over the limit\n" in told
