"""Statements: what holds at a day, what is denied or disputed, and how it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ecograph.model.graph import Event
from tests.answers import data, ids, serve
from tests.world import entity, make_graph, says

IMPLEMENTERS = """query ($day: Date) {
  specification(name: "runtime-spec", asOf: $day) { implementedBy { totalCount nodes { id } } }
}"""


def implementers(day: str | None) -> list[str]:
    told = data(IMPLEMENTERS, day=day)["specification"]["implementedBy"]
    assert told["totalCount"] == len(told["nodes"])
    return ids(told)


def holds(statement_since: str | None, statement_until: str | None, day: str) -> bool:
    """Whether a statement with this period answers at a day."""
    own = serve(
        make_graph(
            [entity("a", "Tool", "A", "甲"), entity("b", "Tool", "B", "乙")],
            [says("a uses b", since=statement_since, until=statement_until)],
        )
    )
    document = 'query ($day: Date) { tool(name: "a", asOf: $day) { uses { totalCount } } }'
    return bool(data(document, own, day=day)["tool"]["uses"]["totalCount"])


# At a day


def test_dataset_answers_for_its_own_day_unless_told_otherwise() -> None:
    assert implementers(None) == ["crun", "runc", "youki"]
    assert data("{ dataset { asOf } }") == {"dataset": {"asOf": "2026-11-24"}}
    assert implementers("2026-11-24") == implementers(None)


def test_day_selects_the_statements_that_held() -> None:
    assert implementers("2018-01-01") == ["crun", "railcar", "runc"]
    assert implementers("2021-10-07") == ["crun", "runc"]
    assert implementers("2021-10-08") == ["crun", "runc", "youki"]


@pytest.mark.parametrize(
    ("since", "until", "day", "expected"),
    [
        ("2019-08-16", None, "2019-08-15", False),
        ("2019-08-16", None, "2019-08-16", True),
        ("2019-08", None, "2019-07-31", False),
        ("2019-08", None, "2019-08-01", True),
        ("2019", None, "2018-12-31", False),
        ("2019", None, "2019-01-01", True),
        (None, "2019-08-16", "2019-08-15", True),
        (None, "2019-08-16", "2019-08-16", False),
        (None, "2019-08", "2019-08-30", True),
        (None, "2019-08", "2019-08-31", False),
        (None, "2019", "2019-12-30", True),
        (None, "2019", "2019-12-31", False),
        ("2016-02", "2016-02", "2016-02-28", True),
        ("2016-02", "2016-02", "2016-02-29", False),
    ],
)
def test_statement_is_left_out_only_if_it_surely_does_not_hold(
    since: str | None, until: str | None, day: str, expected: bool
) -> None:
    assert holds(since, until, day) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2014-12-31", []), ("2017-06-30", []), ("2017-07-01", ["b"])]
)
def test_statement_without_since_begins_with_the_later_of_its_ends(
    day: str, expected: list[str]
) -> None:
    own = serve(
        make_graph(
            [
                entity("a", "Tool", "A", "甲", history=[("2015", "begun")]),
                entity("b", "Tool", "B", "乙", history=[("2017-07", "begun")]),
            ],
            [says("a uses b")],
        )
    )
    told = data(f'{{ tool(name: "a", asOf: "{day}") {{ uses {{ nodes {{ id }} }} }} }}', own)
    assert ids(told["tool"]["uses"]) == expected


def test_partial_dates_are_told_as_they_were_given() -> None:
    document = """{
      since: statement(id: "runc~implements~oci-runtime-spec") { since until }
      until: statement(id: "railcar~implements~oci-runtime-spec") { since until }
    }"""
    assert data(document) == {
        "since": {"since": "2015-07", "until": None},
        "until": {"since": None, "until": "2021-03"},
    }


def test_two_periods_of_one_triple_give_one_edge_a_day() -> None:
    own = serve(
        make_graph(
            [entity("a", "Tool", "A", "甲"), entity("b", "Tool", "B", "乙")],
            [says("a uses b", until="2019-05-01"), says("a uses b", since="2019-05-01", key="b")],
        )
    )
    for day, id_ in [("2019-04-30", "a~uses~b"), ("2019-05-01", "a~uses~b~b")]:
        told = data(
            f'{{ tool(name: "a", asOf: "{day}")'
            " { uses { totalCount edges { statement { id } } } } }",
            own,
        )
        assert told["tool"]["uses"] == {"totalCount": 1, "edges": [{"statement": {"id": id_}}]}


# As of a day, all over


def test_status_is_what_the_latest_event_by_the_day_says() -> None:
    document = 'query ($day: Date) { tool(name: "rkt", asOf: $day) { status maturity } }'
    told = {
        day: tuple(data(document, day=day)["tool"].values())
        for day in ("2014-11-30", "2014-12-01", "2019-08-16", "2020-02-23", "2020-02-24")
    }
    assert told == {
        "2014-11-30": (None, None),
        "2014-12-01": ("ACTIVE", None),
        "2019-08-16": ("ACTIVE", "ARCHIVED"),
        "2020-02-23": ("ACTIVE", "ARCHIVED"),
        "2020-02-24": ("ENDED", "ARCHIVED"),
    }


def test_relicensing_changes_the_licence_from_its_day_on() -> None:
    tool = entity("a", "Tool", "A", "甲", license="MIT")
    event = Event("2021-06-01", "relicensed", "AGPL-3.0-only")
    own = serve(make_graph([replace(tool, history=(event,))], []))
    document = 'query ($day: Date) { tool(name: "a", asOf: $day) { license } }'
    assert data(document, own, day="2021-05-31") == {"tool": {"license": "MIT"}}
    assert data(document, own, day="2021-06-01") == {"tool": {"license": "AGPL-3.0-only"}}


def test_day_holds_for_nested_fields_and_their_filters() -> None:
    document = """query ($day: Date) { tool(name: "kubernetes", asOf: $day) {
      uses(where: { uses: { some: { id: { eq: "containerd" } } } }) {
        nodes { id ... on Tool { uses { nodes { id status } } } }
      }
    } }"""
    assert data(document, day="2020-01-01") == {
        "tool": {
            "uses": {
                "nodes": [
                    {
                        "id": "docker-engine",
                        "uses": {"nodes": [{"id": "containerd", "status": "ACTIVE"}]},
                    }
                ]
            }
        }
    }
    assert data(document, day="2016-03-31") == {"tool": {"uses": {"nodes": []}}}
    assert data(document) == {"tool": {"uses": {"nodes": []}}}


def test_day_holds_for_every_root_field() -> None:
    document = """query ($day: Date) {
      node(id: "railcar", asOf: $day) { ... on Tool { status } }
      nodes(ids: ["railcar"], asOf: $day) { ... on Tool { status } }
      entity(name: "railcar", asOf: $day) { status }
      entities(names: ["railcar"], asOf: $day) { status }
      tools(where: { status: { eq: ACTIVE }, id: { eq: "railcar" } }, asOf: $day) { totalCount }
      statement(id: "railcar~implements~oci-runtime-spec", asOf: $day) { subject { status } }
      search(text: "railcar", asOf: $day) { nodes { status } }
      path(from: "railcar", to: "oci-runtime-spec", maxLength: 1, asOf: $day) { length }
      paths(from: "railcar", to: "oci-runtime-spec", maxLength: 1, asOf: $day) {
        nodes { length }
      }
      reach(from: "railcar", along: "implements", asOf: $day) { totalCount }
      claim(subject: "railcar", relation: IMPLEMENTS, object: "oci-runtime-spec", asOf: $day) {
        verdict
      }
      neighborhood(of: "railcar", asOf: $day) { nodes { node { id } } }
      facets(where: { id: { eq: "railcar" } }, by: [STATUS], asOf: $day) { values { value } }
    }"""
    active, archived = {"status": "ACTIVE"}, {"status": "ARCHIVED"}
    assert data(document, day="2020-01-01") == {
        "node": active,
        "nodes": [active],
        "entity": active,
        "entities": [active],
        "tools": {"totalCount": 1},
        "statement": {"subject": active},
        "search": {"nodes": [active]},
        "path": {"length": 1},
        "paths": {"nodes": [{"length": 1}]},
        "reach": {"totalCount": 1},
        "claim": {"verdict": "KNOWN"},
        "neighborhood": {
            "nodes": [{"node": {"id": "railcar"}}, {"node": {"id": "oci-runtime-spec"}}]
        },
        "facets": [{"values": [{"value": "ACTIVE"}]}],
    }
    assert data(document) == {
        "node": archived,
        "nodes": [archived],
        "entity": archived,
        "entities": [archived],
        "tools": {"totalCount": 0},
        "statement": {"subject": archived},
        "search": {"nodes": [archived]},
        "path": None,
        "paths": {"nodes": []},
        "reach": {"totalCount": 0},
        "claim": {"verdict": "UNKNOWN"},
        "neighborhood": {"nodes": [{"node": {"id": "railcar"}}]},
        "facets": [{"values": [{"value": "ARCHIVED"}]}],
    }


def test_roots_of_one_request_each_have_their_day() -> None:
    document = """{
      then: tool(name: "rkt", asOf: "2016-01-01") { status } now: tool(name: "rkt") { status }
    }"""
    assert data(document) == {"then": {"status": "ACTIVE"}, "now": {"status": "ENDED"}}


# Denied, disputed, ended


def test_typed_relation_leaves_out_what_is_denied() -> None:
    document = '{ specification(name: "CRI") { implementedBy { totalCount nodes { id } } } }'
    assert data(document)["specification"]["implementedBy"] == {
        "totalCount": 2,
        "nodes": [{"id": "containerd"}, {"id": "cri-dockerd"}],
    }


def test_include_negated_widens_a_typed_relation() -> None:
    document = """{ specification(name: "CRI") { implementedBy(include: [NEGATED]) {
      totalCount edges { negated node { id } }
    } } }"""
    assert data(document)["specification"]["implementedBy"] == {
        "totalCount": 3,
        "edges": [
            {"negated": False, "node": {"id": "containerd"}},
            {"negated": False, "node": {"id": "cri-dockerd"}},
            {"negated": True, "node": {"id": "docker-engine"}},
        ],
    }


def test_include_ended_adds_what_held_once_but_not_what_is_to_come() -> None:
    document = """query ($day: Date) { specification(name: "runtime-spec", asOf: $day) {
      implementedBy(include: [ENDED]) { nodes { id } }
    } }"""
    now = ["crun", "railcar", "runc", "youki"]
    assert ids(data(document)["specification"]["implementedBy"]) == now
    then = data(document, day="2021-05-01")["specification"]["implementedBy"]
    assert ids(then) == ["crun", "railcar", "runc"]


def test_filters_walk_positive_statements_alone() -> None:
    document = """{ tools(where: { implements: { some: { id: { eq: "cri" } } } }) {
      nodes { id }
    } }"""
    assert ids(data(document)["tools"]) == ["containerd", "cri-dockerd"]


def test_statement_is_disputed_while_its_opposite_holds_and_still_answers() -> None:
    document = """{ specification(name: "image-spec") { implementedBy {
      edges { disputed node { id } }
    } statements { nodes { id negated disputed } } } }"""
    assert data(document)["specification"] == {
        "implementedBy": {
            "edges": [
                {"disputed": False, "node": {"id": "containerd"}},
                {"disputed": True, "node": {"id": "quay-io"}},
            ]
        },
        "statements": {
            "nodes": [
                {
                    "id": "containerd~implements~oci-image-spec",
                    "negated": False,
                    "disputed": False,
                },
                {"id": "quay-io~implements~oci-image-spec", "negated": False, "disputed": True},
                {"id": "quay-io~implements~oci-image-spec~not", "negated": True, "disputed": True},
            ]
        },
    }


def test_denial_that_has_ended_disputes_nothing() -> None:
    own = serve(
        make_graph(
            [entity("a", "Tool", "A", "甲"), entity("s", "Specification", "S", "规")],
            [says("a implements s"), says("a implements s", negated=True, until="2020-01-01")],
        )
    )
    document = """query ($day: Date) {
      statement(id: "a~implements~s", asOf: $day) { disputed }
      claim(subject: "a", relation: IMPLEMENTS, object: "s", asOf: $day) { verdict }
    }"""
    assert data(document, own, day="2019-12-31") == {
        "statement": {"disputed": True},
        "claim": {"verdict": "DISPUTED"},
    }
    assert data(document, own, day="2020-01-01") == {
        "statement": {"disputed": False},
        "claim": {"verdict": "KNOWN"},
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["containerd", "cri-dockerd", "docker-engine"]),
        ("begun: true", ["containerd", "docker-engine"]),
        ("negated: true", ["docker-engine"]),
        ("negated: false", ["containerd", "cri-dockerd"]),
        ("negated: false, begun: true", ["containerd"]),
        ("negated: null, begun: null", ["containerd", "cri-dockerd", "docker-engine"]),
    ],
)
def test_statements_may_be_denied_ones_alone_and_those_that_had_begun(
    asked: str, expected: list[str]
) -> None:
    document = f"""{{ specification(name: "cri", asOf: "2020-01-01") {{
      statements(side: OBJECT, relations: [IMPLEMENTS], first: 9{asked and ", " + asked}) {{
        totalCount nodes {{ subject {{ id }} }} }} }} }}"""
    told = data(document)["specification"]["statements"]
    assert [one["subject"]["id"] for one in told["nodes"]] == expected
    assert told["totalCount"] == len(expected)


@pytest.mark.parametrize(
    ("subject", "object_", "verdict", "statements"),
    [
        ("runc", "oci-runtime-spec", "KNOWN", ["runc~implements~oci-runtime-spec"]),
        ("docker-engine", "cri", "DENIED", ["docker-engine~implements~cri~not"]),
        (
            "quay-io",
            "oci-image-spec",
            "DISPUTED",
            ["quay-io~implements~oci-image-spec", "quay-io~implements~oci-image-spec~not"],
        ),
        ("docker-engine", "oci-runtime-spec", "UNKNOWN", []),
        ("railcar", "oci-runtime-spec", "UNKNOWN", ["railcar~implements~oci-runtime-spec"]),
        ("oci-runtime-spec", "runc", "UNKNOWN", []),
    ],
)
def test_claim_tells_known_denied_disputed_and_unknown_apart(
    subject: str, object_: str, verdict: str, statements: list[str]
) -> None:
    document = """query ($subject: String!, $object: String!) {
      claim(subject: $subject, relation: IMPLEMENTS, object: $object) {
        verdict relation subject { id } object { id } statements { id }
      }
    }"""
    assert data(document, subject=subject, object=object_)["claim"] == {
        "verdict": verdict,
        "relation": "IMPLEMENTS",
        "subject": {"id": subject},
        "object": {"id": object_},
        "statements": [{"id": id_} for id_ in statements],
    }


def test_using_an_implementer_is_no_implementing() -> None:
    document = '{ tool(name: "Docker Engine") { implements { totalCount } uses { nodes { id } } } }'
    assert data(document)["tool"] == {
        "implements": {"totalCount": 0},
        "uses": {"nodes": [{"id": "containerd"}]},
    }


def test_a_day_hides_no_thing_and_one_to_come_is_answered_from_what_is_known() -> None:
    document = """query ($day: Date) {
      tools(asOf: $day) { totalCount }
      tool(name: "kubernetes", asOf: $day) { status uses { totalCount } }
    }"""
    now, early, late = (data(document, day=day) for day in (None, "1999-01-01", "2090-01-01"))
    assert early == {
        "tools": now["tools"],
        "tool": {"status": None, "uses": {"totalCount": 0}},
    }
    assert late == now
