"""Answers as tables, and tables as CSV and Markdown."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from ecograph.api.tables import Cited, Layout, Table, lay_out, tabulate, tabulate_for_people
from ecograph.api.written import to_csv, to_markdown
from tests.answers import data, service


def laid(document: str, **variables: Any) -> tuple[Layout, Any]:
    return lay_out(service().api.core, document), data(document, **variables)


def table(document: str, **variables: Any) -> Table:
    return tabulate(*laid(document, **variables))


IMPLEMENTERS = """{
  specification(name: "runtime-spec") {
    id
    implementedBy(first: 2) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { cursor since node { id } evidence { source { title url } locator } }
    }
  }
}"""


def test_the_first_connection_is_the_table_with_dotted_headers_and_no_cursors() -> None:
    told = table(IMPLEMENTERS)
    assert told.headers == (
        "since",
        "node.id",
        "evidence.source.title",
        "evidence.source.url",
        "evidence.locator",
    )
    assert told.rows[1] == (
        "2015-07",
        "runc",
        "List of implementations",
        "https://example.org/list",
        "about runc",
    )
    assert told.total == 3
    assert told.next is not None


def test_for_people_evidence_is_numbered() -> None:
    told, cited = tabulate_for_people(*laid(IMPLEMENTERS))
    assert told.headers == ("since", "node.id", "evidence")
    assert told.rows == (("", "crun", "[1]"), ("2015-07", "runc", "[1]"))
    assert cited == (Cited("List of implementations", "https://example.org/list"),)


def test_evidence_without_its_source_stays_as_it_is() -> None:
    told, cited = tabulate_for_people(*laid('{ tool(name: "runc") { evidence { locator } } }'))
    assert (told.headers, cited) == (("locator",), ())
    told, _ = tabulate_for_people(
        *laid("{ tools(first: 1) { nodes { id evidence { readOn source { id } } } } }")
    )
    assert told.headers == ("id", "evidence.readOn", "evidence.source.id")


def test_a_connection_wins_over_a_list_that_comes_before_it() -> None:
    told = table('{ entity(name: "rkt") { history { date } statements { nodes { id } } } }')
    assert told.headers == ("id",)


def test_without_a_connection_the_first_list_is_the_table() -> None:
    told = table('{ entity(name: "rkt") { id aliases history { date event } } }')
    assert told.headers == ("date", "event")
    assert told.rows[0] == ("2014-12-01", "BEGUN")
    assert (told.total, told.next) == (None, None)


def test_without_a_list_the_answer_is_one_row() -> None:
    told = table("{ dataset { asOf entityCount license } }")
    assert told.headers == ("dataset.asOf", "dataset.entityCount", "dataset.license")
    assert told.rows == (("2026-11-24", "28", "CC-BY-4.0"),)


def test_nested_lists_are_joined_each_entry_in_its_place() -> None:
    told = table(
        '{ entities(names: ["docker-engine", "lxd"]) '
        "{ id aliases ... on Tool { uses { totalCount nodes { id status } } } } }"
    )
    assert told.headers == ("id", "aliases", "uses.totalCount", "uses.id", "uses.status")
    assert told.rows == (
        ("docker-engine", "Docker; dockerd; moby/moby", "1", "containerd", "ACTIVE"),
        ("lxd", "", "0", "", ""),
    )
    told = table(
        '{ specification(name: "cri") { id name implementedBy { edges { node { id status } } } } }'
    )
    assert told.rows == (("containerd", "ACTIVE"), ("cri-dockerd", ""))


def test_fragments_aliases_and_booleans_are_told() -> None:
    told = table(
        "query Q { ...R } fragment R on Query { "
        'all: entity(name: "docker-engine") { statements { nodes { no: negated } nodes { id } } } }'
    )
    assert told.headers == ("no", "id")
    assert ("true", "docker-engine~implements~cri~not") in told.rows


def test_an_empty_answer_keeps_its_headers() -> None:
    told = table('{ tool(name: "lxd") { uses { nodes { id name } } } }')
    assert (told.headers, told.rows) == (("id", "name"), ())


def test_counts_alone_are_a_row() -> None:
    told = table("{ tools { totalCount } }")
    assert (told.headers, told.rows) == (("totalCount",), (("16",),))


@pytest.mark.parametrize("first", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_csv_guards_what_a_spreadsheet_would_run(first: str) -> None:
    text = to_csv(Table(("a", "b"), ((first, "1-1"),)))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], [f"'{first}", "1-1"]]


def test_csv_is_quoted_by_rfc_4180() -> None:
    text = to_csv(Table(("a", "b"), (('say "x"', "one, two"), ("up\ndown", "中"))))
    assert text == 'a,b\r\n"say ""x""","one, two"\r\n"up\ndown",中\r\n'


def test_markdown_has_the_question_the_table_and_the_sources() -> None:
    told = Table(("a", "b"), (("x|y", "*[1]*\nz"),), total=9)
    text = to_markdown(
        told, [Cited("T <b>", "https://example.org/a b>")],
        question={"en": "What is it?", "zh": "是什么？"}, foot=["As of 2026."],
    )  # fmt: skip
    assert text == (
        "# What is it?\n\n是什么？\n\n"
        "| a | b |\n| --- | --- |\n| x\\|y | \\*\\[1\\]\\* z |\n\n"
        "1 of 9 rows.\n\nSources:\n\n1. [T \\<b\\>](<https://example.org/a%20b%3E>)\n\n"
        "As of 2026.\n"
    )


def test_markdown_of_nothing_says_so() -> None:
    assert to_markdown(Table(("a",), ()), []) == "0 rows.\n"
