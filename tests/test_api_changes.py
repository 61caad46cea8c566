"""What changed when: events, and statements that began or ended, the newest first."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.model.dates import earliest, latest
from ecograph.model.graph import Graph
from ecograph.service import Service
from tests.answers import data
from tests.asking import asker, filled, properties
from tests.generate import DATES, graphs
from tests.world import entity, make_graph, says, world

DOCUMENT = """query Q(
  $since: PartialDate, $until: PartialDate, $entity: String, $category: String,
  $kinds: [ChangeKind!], $events: [EventKind!], $asOf: Date
) {
  changes(
    since: $since, until: $until, entity: $entity, category: $category, kinds: $kinds,
    events: $events, asOf: $asOf, first: 100
  ) { totalCount nodes { id } }
}"""


def found(**variables: Any) -> list[str]:
    told = data(DOCUMENT, **variables)["changes"]
    assert told["totalCount"] == len(told["nodes"])
    return [node["id"] for node in told["nodes"]]


def test_the_newest_comes_first_and_what_is_of_one_day_by_id() -> None:
    assert found(since="2021") == [
        "incus~forkOf~lxd~began",
        "kubernetes~uses~docker-engine~ended",
        "cri-dockerd~implements~cri~began",
        "youki~implements~oci-runtime-spec~began",
        "railcar~implements~oci-runtime-spec~ended",
        "railcar~archived~2021-03",
        "youki~begun~2021",
    ]


def test_a_change_is_told_with_its_date_and_who_says_so() -> None:
    document = """{ changes(since: "2021-03", until: "2021-03-31") { nodes {
      id date kind entity { id } event { event label(lang: ZH) } statement { id until }
      evidence { source { id } }
    } } }"""
    assert data(document)["changes"]["nodes"] == [
        {
            "id": "railcar~implements~oci-runtime-spec~ended", "date": "2021-03", "kind": "ENDED",
            "entity": {"id": "railcar"}, "event": None,
            "statement": {"id": "railcar~implements~oci-runtime-spec", "until": "2021-03"},
            "evidence": [{"source": {"id": "list"}}],
        },
        {
            "id": "railcar~archived~2021-03", "date": "2021-03", "kind": "EVENT",
            "entity": {"id": "railcar"}, "event": {"event": "ARCHIVED", "label": "被归档"},
            "statement": None, "evidence": [{"source": {"id": "docs"}}],
        },
    ]  # fmt: skip


def test_a_year_means_all_its_days() -> None:
    assert found(since="2019", until="2019") == [
        "rkt~archivedByCncf~2019-08-16",
        "containerd~graduated~2019-02-28",
    ]


def test_a_beginning_counts_on_its_first_day_and_an_end_on_its_last() -> None:
    assert found(until="2021-03-30", since="2021-03") == ["railcar~archived~2021-03"]
    assert found(since="2021-03-31", until="2021-04") == [
        "railcar~implements~oci-runtime-spec~ended"
    ]


def test_an_entity_takes_the_statements_of_which_it_is_the_object() -> None:
    assert found(entity="Docker 引擎") == [
        "kubernetes~uses~docker-engine~ended",
        "docker-engine~uses~containerd~began",
        "kubernetes~uses~docker-engine~began",
        "docker-engine~begun~2013-03",
    ]


def test_a_category_takes_what_stands_below_it_and_the_parts_of_groups() -> None:
    assert found(category="support") == ["heapster~archived~2018-11-29"]
    assert found(category="core") == [
        "runc~implements~oci-runtime-spec~began",
        "runc~begun~2015-06-22",
    ]
    assert found(category="networking") == []


def test_kinds_and_events_narrow_it() -> None:
    assert found(kinds=["ENDED"]) == [
        "kubernetes~uses~docker-engine~ended",
        "railcar~implements~oci-runtime-spec~ended",
    ]
    assert found(events=["GRADUATED", "ENDED"]) == [
        "rkt~ended~2020-02-24",
        "containerd~graduated~2019-02-28",
        "kubernetes~graduated~2018-03-06",
    ]
    assert found(events=["ENDED"], kinds=["EVENT", "ENDED"]) == [
        "kubernetes~uses~docker-engine~ended",
        "railcar~implements~oci-runtime-spec~ended",
        "rkt~ended~2020-02-24",
    ]


def test_a_sighting_is_no_change_unless_it_is_asked_for() -> None:
    assert "youki~seenActive~2026-02" not in found(entity="youki")
    assert found(entity="youki", events=["SEEN_ACTIVE"]) == ["youki~seenActive~2026-02"]


def announced() -> Graph:
    tool = entity("cri-o", "Tool", "CRI-O", "CRI-O", history=[("2027-01", "ended")])
    return make_graph([tool], [])


def test_what_is_announced_counts_from_the_day_on_that_is_asked_for() -> None:
    service = Service(announced())
    for variables, expected in (
        ({}, []),
        ({"asOf": "2027-01-01"}, ["cri-o~ended~2027-01"]),
        ({"until": "2027"}, ["cri-o~ended~2027-01"]),
    ):
        told = service.query(DOCUMENT, variables)["data"]["changes"]["nodes"]
        assert [node["id"] for node in told] == expected


def test_two_events_of_one_day_have_two_ids() -> None:
    tool = entity("x", "Tool", "x", "x", history=[("2020", "released"), ("2020", "released")])
    ids = [change.id for change in make_graph([tool], []).calendar.changes]
    assert ids == ["x~released~2020", "x~released~2020~2"]


def test_pages_follow_each_other() -> None:
    document = """query ($after: String) { changes(first: 10, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    seen, after = [], None
    for _ in range(3):
        page = data(document, after=after)["changes"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == found()
    assert len(seen) == 24


def asked(**variables: Any) -> Any:
    return Service(world()).query(DOCUMENT, variables)


def test_a_name_that_fits_nothing_is_told_and_a_turned_period_too() -> None:
    told = asked(entity="rkkt")
    assert told["data"] == {"changes": None}
    assert told["errors"][0]["extensions"]["suggestions"][0]["id"] == "rkt"
    told = asked(category="runc")
    assert told["errors"][0]["extensions"]["code"] == "WRONG_KIND"
    told = asked(since="2020", until="2019")
    assert told["errors"][0]["message"] == (
        "until: 2019 is before since: 2020; write the earlier one as since"
    )


def test_the_outline_holds_the_same_calendar() -> None:
    assert world().outline.calendar is world().calendar


def oracle(graph: Graph, since: str | None, until: str, one: str | None) -> set[str]:
    """Every event and every end of a period, looked at one by one."""
    first = date.min.toordinal() if since is None else earliest(since)
    said: set[str] = set()
    for e in graph.entities.values():
        for h in e.history:
            if h.event != "seenActive" and first <= earliest(h.date) <= latest(until):
                said |= {f"{e.id}~{h.event}~{h.date}"} if one in (None, e.id) else set()
    for s in graph.statements:
        if one in (None, s.subject, s.object):
            if s.since and first <= earliest(s.since) <= latest(until):
                said.add(f"{s.id}~began")
            if s.until and first <= latest(s.until) <= latest(until):
                said.add(f"{s.id}~ended")
    return said


@properties
@given(graph=graphs(), since=st.none() | st.sampled_from(DATES), choice=st.data())
def test_changes_are_those_of_the_oracle(
    graph: Graph, since: str | None, choice: st.DataObject
) -> None:
    one = choice.draw(st.none() | st.sampled_from(sorted(graph.entities)))
    told = asker().run(
        graph, filled(graph), DOCUMENT, {"since": since, "until": "2020", "entity": one}
    )
    ids = [node["id"] for node in orjson.loads(told["changes"])["nodes"]]
    assert len(ids) == len(set(ids))
    if since is None or latest(since) <= latest("2020"):
        assert set(ids) == oracle(graph, since, "2020", one)


@pytest.mark.parametrize("day", ["2015-12-31", "2018-06-15", "2021-03-30", "2021-03-31"])
def test_answers_of_two_days_differ_only_where_something_changed(day: str) -> None:
    document = """query ($day: Date) {
      tool(name: "railcar", asOf: $day) { status implements { nodes { id } } } }"""
    before = date.fromordinal(earliest(day) - 1).isoformat()
    changed = found(entity="railcar", since=day, until=day)
    differ = data(document, day=before) != data(document, day=day)
    assert differ == bool(changed)


def test_what_is_denied_changes_too() -> None:
    graph = make_graph(
        [entity("a", "Tool", "a", "a"), entity("b", "Tool", "b", "b")],
        [says("a uses b", negated=True, since="2020")],
    )
    assert [c.id for c in graph.calendar.changes] == ["a~uses~b~not~began"]
