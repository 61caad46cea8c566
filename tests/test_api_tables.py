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
        "specification.id",
        "since",
        "node.id",
        "evidence.source.title",
        "evidence.source.url",
        "evidence.locator",
    )
    assert told.rows[1] == (
        "oci-runtime-spec",
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
    assert told.headers == ("entity.id", "entity.aliases", "date", "event")
    assert told.rows[0] == ("rkt", "CoreOS Rocket", "2014-12-01", "BEGUN")
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
    assert told.rows == (
        ("cri", "Container Runtime Interface", "containerd", "ACTIVE"),
        ("cri", "Container Runtime Interface", "cri-dockerd", ""),
    )


CLAIM = """query ($subject: String!) {
  claim(subject: $subject, relation: IMPLEMENTS, object: "cri") {
    verdict
    statements { id negated evidence { source { title url } } }
  }
}"""


def test_what_stands_beside_the_list_leads_each_row() -> None:
    told = table(CLAIM, subject="docker-engine")
    assert told.headers[:3] == ("claim.verdict", "id", "negated")
    assert told.rows[0][:3] == ("DENIED", "docker-engine~implements~cri~not", "true")


def test_without_entries_what_stands_beside_is_a_row() -> None:
    assert table(CLAIM, subject="lxd").rows == (("UNKNOWN", "", "", "", ""),)


def test_for_people_what_stands_beside_is_apart() -> None:
    told, _ = tabulate_for_people(*laid(CLAIM, subject="docker-engine"))
    assert told.headers == ("id", "negated", "evidence")
    assert told.beside == (("claim.verdict", "DENIED"),)


def test_lists_and_the_count_of_the_table_itself_do_not_stand_beside() -> None:
    told = table(
        '{ a: tool(name: "lxd") { id history { date } uses { totalCount nodes { id } } }'
        ' b: tool(name: "runc") { name evidence { locator } usedBy { totalCount nodes { id } } } }'
    )
    assert told.headers == ("a.id", "b.name", "b.usedBy.totalCount", "id")
    assert told.rows == (("lxd", "runc", "1", ""),)


def test_two_columns_never_have_one_header() -> None:
    told = table(
        '{ category(name: "support") { id tree(depth: 1) { depth category { id name } } } }'
    )
    assert told.headers == ("data.category.id", "depth", "category.id", "category.name")


def test_every_value_of_a_facet_is_a_row() -> None:
    told = table(
        "{ facets(where: { kind: { eq: TOOL } }, by: [KIND, MATURITY]) "
        "{ by missing values { value count } } }"
    )
    assert told.headers == ("by", "missing", "value", "count")
    assert told.rows == (
        ("KIND", "0", "TOOL", "16"),
        ("MATURITY", "13", "GRADUATED", "2"),
        ("MATURITY", "13", "ARCHIVED", "1"),
    )


def test_a_facet_without_a_value_is_a_row_too() -> None:
    told = table(
        '{ facets(where: { id: { eq: "lxd" } }, by: [MATURITY]) { by missing values { value } } }'
    )
    assert told.rows == (("MATURITY", "1", ""),)


def test_the_table_of_a_path_is_its_hops() -> None:
    told = table(
        '{ path(from: "docker-engine", to: "runc") '
        "{ length nodes { id } hops { forward sentence } } }"
    )
    assert told.headers == ("path.length", "forward", "sentence")
    assert told.rows == (
        ("2", "true", "Docker Engine uses containerd"),
        ("2", "true", "containerd uses runc"),
    )


WAYS = """{
  paths(from: "runc", to: "docker-engine", maxLength: 4, first: 1) {
    nodes { length nodes { id } hops { forward statement { relation } } }
  }
}"""


def test_for_people_a_way_is_one_text_whose_arrows_lead_from_subject_to_object() -> None:
    told, _ = tabulate_for_people(*laid(WAYS))
    assert told.headers == ("length", "way")
    assert told.rows == (("2", "runc <-USES- containerd <-USES- docker-engine"),)
    told, _ = tabulate_for_people(
        *laid(
            '{ reach(from: "containerd", along: "uses/implements") { edges { node { id } way: path '
            "{ n: nodes { key: id } h: hops { f: forward statement { r: relation } } } } } }"
        )
    )
    assert told.headers == ("node.id", "way.way")
    assert told.rows == (
        ("oci-runtime-spec", "containerd -USES-> runc -IMPLEMENTS-> oci-runtime-spec"),
    )


def test_for_programs_the_parts_of_a_way_stay_columns() -> None:
    told = table(WAYS)
    assert told.headers == ("length", "nodes.id", "hops.forward", "hops.statement.relation")
    assert told.rows == (("2", "runc; containerd; docker-engine", "false; false", "USES; USES"),)


def test_no_path_is_no_row() -> None:
    asked = '{ path(from: "lxd", to: "cri", maxLength: 1) { length hops { sentence } } }'
    assert table(asked).rows == ()
    told, _ = tabulate_for_people(*laid(asked))
    assert told.rows == ()


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


def test_markdown_says_what_was_asked_and_what_stands_beside() -> None:
    told = Table(("a",), (), beside=(("claim.verdict", "UNKNOWN"), ("x.label", "")))
    given = {"spec": "a_b", "list": ["X", "Y"], "first": 2, "where": {"id": {"eq": "x"}}}
    text = to_markdown(
        told, [], question={"en": "Is it?", "zh": "是否？"}, variables=given, level=3
    )  # fmt: skip
    assert text == (
        "### Is it?\n\n是否？\n\n"
        'spec: a\\_b; list: X, Y; first: 2; where: {"id":{"eq":"x"}}\n\n'
        "- claim.verdict: UNKNOWN\n\n0 rows.\n"
    )


def test_level_0_leaves_the_question_out_and_keeps_its_variables() -> None:
    text = to_markdown(
        Table(("a",), ()), [], question={"en": "Is it?", "zh": "是否？"},
        variables={"spec": "cri"}, level=0,
    )  # fmt: skip
    assert text == "spec: cri\n\n0 rows.\n"


def test_markdown_of_nothing_says_so() -> None:
    assert to_markdown(Table(("a",), ()), []) == "0 rows.\n"
