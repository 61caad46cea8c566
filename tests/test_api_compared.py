"""What differs between the answers of two days: what came, what went, which values changed."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.api.compared import compare_answers
from ecograph.errors import EcographError, QueryError
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.answers import serve, service
from tests.asgi import Answer, ask
from tests.asking import properties
from tests.commands import call
from tests.generate import DAYS, graphs

DAYS_APART = ("2018-01-01", "2022-01-01")


def compared(document: str, *days: str, **variables: Any) -> dict[str, Any]:
    return service().compare(document, days or DAYS_APART, variables).told()


def test_what_came_into_the_answer_and_what_went() -> None:
    told = compared('query Q { tool(name: "kubernetes") { uses { nodes { name } } } }',
                    "2015-06-01", "2023-01-01")  # fmt: skip
    assert told == {
        "asOf": ["2015-06-01", "2023-01-01"], "complete": True, "added": [],
        "gone": [{
            "where": "tool.uses.nodes", "of": "kubernetes", "id": "docker-engine",
            "record": {"name": "Docker Engine", "id": "docker-engine"},
        }],
        "changed": [],
    }  # fmt: skip


def test_a_named_operation_is_compared_by_its_name() -> None:
    told = compared("Implementers", spec="runtime-spec")
    assert [(e["where"], e["of"], e["id"]) for e in told["added"]] == [
        ("specification.implementedBy.edges", "oci-runtime-spec", "youki")
    ]
    assert [e["id"] for e in told["gone"]] == ["railcar"]


def test_a_value_that_differs_stands_with_its_record() -> None:
    told = compared('query Q { tool(name: "rkt") { status maturity aliases } }')
    assert told["changed"] == [
        {"where": "tool.status", "of": "rkt", "before": "ACTIVE", "after": "ENDED"},
        {"where": "tool.maturity", "of": "rkt", "before": None, "after": "ARCHIVED"},
    ]


def test_a_record_in_the_place_of_another_came_as_the_other_went() -> None:
    told = compare_answers({"a": {"id": "x", "n": 1}}, {"a": {"id": "y", "n": 1}}, DAYS_APART)
    assert [e.id for e in told.added] == ["y"]
    assert [e.id for e in told.gone] == ["x"]
    told = compare_answers({"a": None}, {"a": {"id": "y"}}, DAYS_APART)
    assert [(e.where, e.id) for e in told.added] == [("a", "y")]


def test_entries_alike_are_told_apart_by_their_number() -> None:
    edge = {"node": {"id": "x"}}
    told = compare_answers({"e": [edge]}, {"e": [edge, edge]}, DAYS_APART)
    assert [(e.where, e.id) for e in told.added] == [("e", "x")]
    assert told.gone == []


def test_a_page_that_goes_on_is_no_complete_comparison() -> None:
    document = "query Q($n: Int) { tools(first: $n) { nodes { id } } }"
    assert compared(document, n=100)["complete"]
    assert not compared(document, n=2)["complete"]


@pytest.mark.parametrize("document", ["AsOf", "Dataset", "query Q { dataset { version } }"])
def test_a_question_without_a_day_to_choose_is_refused(document: str) -> None:
    with pytest.raises(QueryError, match="takes no day, or has its own"):
        compared(document)


@pytest.mark.parametrize(
    "days", [("2018-01-01",), ("2020-01-01", "2018-01-01"), ("2018", "2020"), ("x", "y")]
)
def test_two_days_are_wanted_the_earlier_first(days: tuple[str, ...]) -> None:
    with pytest.raises(QueryError, match=r"write 2018-01-01\.\.2020-01-01"):
        compared("Implementers", *days)


def test_an_answer_with_errors_is_not_compared() -> None:
    with pytest.raises(EcographError, match="'rnc' in argument 'name' names no Tool"):
        compared('query Q { tool(name: "rnc") { id } }')


@properties
@given(graph=graphs(), days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)))
def test_what_was_plus_what_came_less_what_went_is_what_is(
    graph: Any, days: tuple[str, str]
) -> None:
    first, second = sorted(days)
    if first == second:
        return
    document = """query Q($asOf: Date) {
      tools(first: 100, asOf: $asOf) { nodes { id uses(first: 100) { nodes { id } } } } }"""
    over = serve(graph)

    def used(day: str) -> set[tuple[str, str]]:
        told = over.query(document, {"asOf": day})["data"]["tools"]["nodes"]
        return {(t["id"], u["id"]) for t in told for u in t["uses"]["nodes"]}

    found = over.compare(document, (first, second))
    added = {(e.of or "", e.id) for e in found.added}
    gone = {(e.of or "", e.id) for e in found.gone}
    assert (used(first) | added) - gone == used(second)
    assert not added & used(first)
    assert gone <= used(first)


# Over HTTP, and as a command


@cache
def app() -> App:
    return make_app(service())


def get(path: str, query: str, **headers: str) -> Answer:
    sent = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return asyncio.run(ask(app(), "GET", path, query=query.encode(), headers=sent))


QUERY = "spec=runtime-spec&compare=2018-01-01..2022-01-01"


def test_an_address_tells_what_differs() -> None:
    answer = get("/q/Implementers.json", QUERY)
    assert answer.status == 200
    assert [e["id"] for e in answer.json["added"]] == ["youki"]
    assert answer.json["asOf"] == ["2018-01-01", "2022-01-01"]
    again = get("/q/Implementers.json", QUERY, if_none_match=answer.headers["etag"])
    assert again.status == 304
    other = get("/q/Implementers.json", QUERY.replace("2018", "2017"))
    assert other.headers["etag"] != answer.headers["etag"]


def test_what_differs_is_a_table_too() -> None:
    assert get("/q/Implementers.csv", QUERY).body.decode().splitlines()[:3] == [
        "change,where,of,id,name,field,before,after",
        "added,specification.implementedBy.edges,oci-runtime-spec,youki,youki,,,",
        "gone,specification.implementedBy.edges,oci-runtime-spec,railcar,railcar,,,",
    ]
    text = get("/q/Implementers.md", QUERY).body.decode()
    assert "| added | specification.implementedBy.edges | oci-runtime-spec | youki |" in text


@pytest.mark.parametrize(
    ("path", "query", "message"),
    [
        ("/q/Implementers.svg", QUERY, "told as .json, .csv or .md, not drawn"),
        ("/q/Implementers.json", f"{QUERY}&asOf=2020-01-01", "give one of them, not both"),
        ("/q/Implementers.json", "spec=cri&compare=2018", "is not two days"),
        ("/q/AsOf.json", "spec=cri&day=2018-01-01&compare=2018-01-01..2019-01-01",
         "takes no day, or has its own"),
    ],
)  # fmt: skip
def test_a_comparison_that_there_is_not_says_why(path: str, query: str, message: str) -> None:
    answer = get(path, query)
    assert answer.status == 400
    assert message in answer.json["errors"][0]["message"]


def test_a_name_that_fits_nothing_is_a_404_here_too() -> None:
    answer = get("/q/Implementers.json", "spec=nosuch&compare=2018-01-01..2022-01-01")
    assert answer.status == 404
    assert answer.json["errors"][0]["extensions"]["code"] == "UNKNOWN_NAME"


def test_a_command_prints_what_differs() -> None:
    told = call(
        "query", "Implementers", "-v", "spec=runtime-spec", "--format", "csv",
        "--compare", "2018-01-01", "--compare", "2022-01-01", service=service(),
    )  # fmt: skip
    assert told.returncode == 0
    assert told.stdout.splitlines()[1].startswith("added,specification.implementedBy.edges,")
    told = call("query", "LifeOf", "--compare", "2018-01-01", service=service())
    assert told.returncode != 0


def test_what_was_cut_short_is_not_compared_as_complete() -> None:
    days = ("2018-01-01", "2020-01-01")
    cut = {"neighborhood": {"nodes": [], "truncated": True}}
    assert not compare_answers(
        cut, {"neighborhood": {"nodes": [], "truncated": False}}, days
    ).complete
    assert compare_answers({"path": None}, {"path": None}, days).complete
