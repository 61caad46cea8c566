"""Swap and compatibility: each line from statements, and unknown where there are none."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ecograph.service import Service
from tests.answers import data, partial, refusal, serve
from tests.swapping import BETWEEN, COMPATIBLE, ids, outcomes, swap
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says

SMALL = [entity(i, "Tool", i) for i in "one two user plugin fan tied gone both".split()] + [
    entity(i, "Specification", i) for i in "kept own lost new none".split()
]
ON_ONE = [
    says("one implements kept"), says("own partOf one"), says("one uses lost"),
    says("one supports none"), says("one implements new", until="2020"),
    says("user uses one"), says("user requires kept"),
    says("plugin supports one"), says("plugin implements own"), says("plugin uses kept"),
    says("fan supports one"), says("fan supports kept"),
    says("tied requires one"), says("gone uses one"), says("both supports one"),
]  # fmt: skip
ON_TWO = [
    says("two implements kept"), says("two uses lost", until="2020"), says("two implements new"),
    says("gone supports two", negated=True), says("both uses two"), says("two succeeds one"),
]  # fmt: skip


@cache
def small() -> Service:
    return serve(make_graph(SMALL, [*ON_ONE, *ON_TWO]))


def test_interfaces_are_kept_lost_gained_or_unknown() -> None:
    told = swap("one", "two", small())
    assert told["between"] == ["two~succeeds~one"]
    assert told["interfaces"] == [
        {"outcome": "LOST", "interface": "lost", "from": ["one~uses~lost"],
         "to": ["two~uses~lost"], "users": []},
        {"outcome": "MAYBE_LOST", "interface": "none", "from": ["one~supports~none"], "to": [],
         "users": []},
        {"outcome": "MAYBE_LOST", "interface": "own", "from": ["own~partOf~one"], "to": [],
         "users": []},
        {"outcome": "KEPT", "interface": "kept", "from": ["one~implements~kept"],
         "to": ["two~implements~kept"], "users": ["plugin~uses~kept", "user~requires~kept"]},
        {"outcome": "GAINED", "interface": "new", "from": ["one~implements~new"],
         "to": ["two~implements~new"], "users": []},
    ]  # fmt: skip


@pytest.mark.parametrize("ends", [("one", "two"), ("two", "one")])
def test_a_provider_and_a_user_of_an_interface_are_on_two_sides(ends: tuple[str, str]) -> None:
    said = [says("one implements kept"), says("two uses kept"), says("user uses kept")]
    told = swap(*ends, serve(make_graph(SMALL, [*said, says("user uses one")])))
    by_end = {"one": ["one~implements~kept"], "two": ["two~uses~kept"]}
    assert told["interfaces"] == [
        {"outcome": "OTHER_SIDE", "interface": "kept", "from": by_end[ends[0]],
         "to": by_end[ends[1]], "users": ["user~uses~kept"] if ends[0] == "one" else []},
    ]  # fmt: skip


def test_what_is_denied_is_lost_though_the_other_side_is_had() -> None:
    said = [says("one implements kept"), says("two uses kept")]
    denied = says("two implements kept", negated=True)
    told = swap("one", "two", serve(make_graph(SMALL, [*said, denied])))
    assert outcomes(told["interfaces"], "interface") == {"kept": "LOST"}


def test_what_does_not_provide_a_part_of_the_first_loses_it() -> None:
    said = [says("own partOf one"), says("two implements own", negated=True)]
    said += [says("lost partOf one"), says("two requires lost", negated=True)]
    told = swap("one", "two", serve(make_graph(SMALL, said)))
    assert outcomes(told["interfaces"], "interface") == {"own": "LOST", "lost": "MAYBE_LOST"}


def test_users_break_go_on_or_are_unknown() -> None:
    told = {record["user"]: record for record in swap("one", "two", small())["users"]}
    assert {name: record["outcome"] for name, record in told.items()} == {
        "gone": "BREAKS", "tied": "BREAKS", "fan": "NOT_RECORDED", "plugin": "NOT_RECORDED",
        "user": "BY_INTERFACE", "both": "GOES_ON",
    }  # fmt: skip
    assert (told["gone"]["from"], told["gone"]["to"]) == (
        ["gone~uses~one"], ["gone~supports~two~not"],
    )  # fmt: skip
    assert told["tied"]["from"] == ["tied~requires~one"]
    assert told["both"]["to"] == ["both~uses~two"]
    assert told["user"]["through"] == [
        {"outcome": "KEPT", "interface": "kept", "user": ["user~requires~kept"],
         "from": ["one~implements~kept"], "to": ["two~implements~kept"]},
    ]  # fmt: skip


def test_the_first_users_are_told_and_how_many_there_are() -> None:
    ask = '{ swap(from: "one", to: "two") { userCount %s } }'
    asked = f"query Q($first: Int) {ask}"
    users = "users(first: $first) { outcome user { id } }"
    everyone = data(asked % users, small(), first=None)["swap"]["users"]
    for first in (0, 2, 6, 9):
        told = data(asked % users, small(), first=first)["swap"]
        assert (told["userCount"], told["users"]) == (6, everyone[:first])
    assert data(ask % "", small()) == {"swap": {"userCount": 6}}
    both = data(ask % "few: users(first: 1) { user { id } } users { user { id } }", small())["swap"]
    assert [len(both["few"]), len(both["users"])] == [1, 6]
    error = refusal('{ swap(from: "runc", to: "crun") { users(first: -1) { outcome } } }')
    assert error["message"] == "first: -1 is out of range; write 0 to 1000"


def test_what_only_supports_an_interface_is_not_taken_to_work_through_it() -> None:
    told = {record["user"]: record for record in swap("one", "two", small())["users"]}
    assert told["fan"]["through"] == []


def test_a_user_may_go_on_by_what_it_offers_and_the_second_supports() -> None:
    """The second can do without the interface; so it is no help to who needs it."""
    said = [says("own partOf one"), says("two supports own")]
    users = [
        says("user uses one"), says("user uses own"), says("plugin supports one"),
        says("plugin implements own"), says("fan supports one"), says("fan supports own"),
    ]  # fmt: skip
    told = swap("one", "two", serve(make_graph(SMALL, [*said, *users])))
    assert outcomes(told["users"], "user") == {
        "user": "NOT_RECORDED", "plugin": "BY_INTERFACE", "fan": "NOT_RECORDED",
    }  # fmt: skip


def test_an_adapter_of_the_first_breaks_though_an_interface_is_kept() -> None:
    said = [says("one implements kept"), says("two implements kept")]
    users = [says(f"{user} uses kept") for user in ("user", "tied")]
    users += [says("user adapts one"), says("tied requires one")]
    told = swap("one", "two", serve(make_graph(SMALL, [*said, *users])))
    assert outcomes(told["users"], "user") == {"user": "BREAKS", "tied": "BY_INTERFACE"}


def test_an_interface_of_the_firsts_own_leaves_a_user_unknown() -> None:
    told = {record["user"]: record for record in swap("one", "two", small())["users"]}
    assert outcomes(told["plugin"]["through"], "interface") == {"own": "MAYBE_LOST", "kept": "KEPT"}


def test_what_needs_the_first_does_not_go_on_by_what_it_offers_it() -> None:
    """A storage system that is built on an orchestrator needs more of it than its volumes do."""
    said = [says("user uses one"), says("user implements kept"), says("one uses kept")]
    plugged = [says("plugin supports one"), says("plugin implements kept")]
    told = swap("one", "two", serve(make_graph(SMALL, [*said, *plugged, says("two uses kept")])))
    assert outcomes(told["users"], "user") == {"user": "NOT_RECORDED", "plugin": "BY_INTERFACE"}


def test_a_denial_is_a_loss_and_its_absence_is_none() -> None:
    told = swap("containerd", "docker-engine")
    assert told["interfaces"] == [
        {"outcome": "LOST", "interface": "cri", "from": ["containerd~implements~cri"],
         "to": ["docker-engine~implements~cri~not"], "users": ["kubernetes~uses~cri"]},
        {"outcome": "MAYBE_LOST", "interface": "oci-image-spec",
         "from": ["containerd~implements~oci-image-spec"], "to": [], "users": []},
    ]  # fmt: skip
    # The second is no user of the first: what it says of it stands between the two.
    assert told["users"] == []
    assert told["between"] == ["docker-engine~uses~containerd"]


def test_a_day_decides_who_uses_it() -> None:
    then = swap("docker-engine", "containerd", day="2019-01-01")
    assert outcomes(then["users"], "user") == {
        "cri-dockerd": "BREAKS", "kubernetes": "NOT_RECORDED"
    }  # fmt: skip
    now = swap("docker-engine", "containerd")
    assert outcomes(now["users"], "user") == {"cri-dockerd": "BREAKS"}


def test_all_interfaces_lost_break_a_user() -> None:
    statements = [*STATEMENTS, says("kubernetes uses containerd")]
    told = swap("containerd", "docker-engine", serve(make_graph(ENTITIES, statements)))
    assert outcomes(told["users"], "user") == {"kubernetes": "BREAKS"}
    assert outcomes(told["users"][0]["through"], "interface") == {"cri": "LOST"}


def test_nothing_recorded_is_nothing_told() -> None:
    assert swap("flannel", "rkt") == {"between": [], "interfaces": [], "users": []}
    assert swap("rkt", "rkt") == {"between": ["rkt~manages~rkt"], "interfaces": [], "users": []}


def test_a_name_that_fits_nothing_makes_the_answer_null() -> None:
    told, errors = partial('{ swap(from: "nobody", to: "runc") { from { id } } dataset { asOf } }')
    assert told == {"swap": None, "dataset": {"asOf": "2026-11-24"}}
    assert [(e["path"], e["extensions"]["code"]) for e in errors] == [(["swap"], "UNKNOWN_NAME")]


def test_the_client_says_what_is_told_of_things_and_statements() -> None:
    told = data("""{ s: swap(from: "docker-engine", to: "runc") { __typename
        from { id ... on Tool { license uses { nodes { id } } } }
        to { ... on Tool { status implements { nodes { name } } } }
        users { user { name } from { sentence(lang: ZH) subject { kind } evidence { locator } } }
    } }""")  # fmt: skip
    assert told["s"] == {
        "__typename": "Swap",
        "from": {
            "id": "docker-engine", "license": "Apache-2.0",
            "uses": {"nodes": [{"id": "containerd"}]},
        },
        "to": {
            "status": "ACTIVE", "implements": {"nodes": [{"name": "OCI Runtime Specification"}]},
        },
        "users": [{"user": {"name": "cri-dockerd"}, "from": [{
            "sentence": "cri-dockerd 适配 Docker 引擎", "subject": {"kind": "TOOL"},
            "evidence": [{"locator": "about cri-dockerd"}],
        }]}],
    }  # fmt: skip


def test_two_meet_where_one_provides_what_the_other_needs() -> None:
    assert data(COMPATIBLE, a="containerd", b="kubernetes")["compatible"] == {
        "fit": "MEET", "a": {"id": "containerd"}, "b": {"id": "kubernetes"}, "between": [],
        "shared": [{
            "fit": "MEET", "interface": {"id": "cri"},
            "a": [{"id": "containerd~implements~cri", "relation": "IMPLEMENTS", "strength": None}],
            "b": [{"id": "kubernetes~uses~cri", "relation": "USES", "strength": None}],
        }],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "fit", "shared"),
    [
        ("runc", "crun", "ALIKE", {"oci-runtime-spec": "ALIKE"}),
        ("docker-engine", "containerd", "DIRECT", {}),
        # The engine is denied what the other has, which is nothing that they share.
        ("docker-engine", "cri-dockerd", "DIRECT", {}),
        ("railcar", "runc", "NOT_RECORDED", {}),
        ("flannel", "calico", "NOT_RECORDED", {}),
    ],
)
def test_two_fit_as_closely_as_is_recorded(
    a: str, b: str, fit: str, shared: dict[str, str]
) -> None:
    for one, other in ((a, b), (b, a)):
        told = data(COMPATIBLE, a=one, b=other)["compatible"]
        assert told["fit"] == fit
        assert {line["interface"]["id"]: line["fit"] for line in told["shared"]} == shared


def test_what_adapts_one_to_the_other_is_told_and_what_did_comes_last() -> None:
    said = [
        says("two adapts one", until="2020"), says("two implements kept", until="2020"),
        says("user adapts one"), says("user implements kept"), says("plugin adapts one"),
        says("fan adapts one", negated=True), says("fan implements kept"),
        says("both uses kept"), says("one implements kept", negated=True),
    ]  # fmt: skip
    service = serve(make_graph(SMALL, said))
    now: dict[str, Any] = {
        "holds": True, "adapter": "user", "adapted": "one", "interface": "kept",
        "adapts": ["user~adapts~one"], "provides": ["user~implements~kept"],
        "needs": ["both~uses~kept"],
    }  # fmt: skip
    then = {
        **now, "holds": False, "adapter": "two", "adapts": ["two~adapts~one"],
        "provides": ["two~implements~kept"],
    }  # fmt: skip
    for a, b in (("one", "both"), ("both", "one")):
        told = ids(data(BETWEEN, service, a=a, b=b)["compatible"])
        assert (told["fit"], told["adapters"]) == ("ADAPTED", [now, then])
    past = ids(data(BETWEEN, service, a="one", b="both", day="2019-01-01")["compatible"])
    assert [(one["adapter"], one["holds"]) for one in past["adapters"]] == [
        ("two", True), ("user", True),
    ]  # fmt: skip
    # An adapter is none between itself and what it adapts, nor where it is not needed.
    for a, b in (("one", "user"), ("one", "tied")):
        assert data(BETWEEN, service, a=a, b=b)["compatible"]["adapters"] == []


def test_what_is_denied_or_ended_of_one_is_said_of_the_two() -> None:
    said = [
        says("one uses kept"), says("two implements kept", negated=True),
        says("one implements lost"), says("two supports lost", until="2020"),
        says("one implements new"), says("two requires new", negated=True),
        # Two that both provided it would not meet in it.
        says("one implements own"), says("two implements own", until="2020"),
    ]  # fmt: skip
    service = serve(make_graph(SMALL, said))
    told = ids(data(BETWEEN, service, a="one", b="two")["compatible"])
    assert told == {
        "fit": "LACKED", "adapters": [],
        "lacking": [
            {"fit": "LACKED", "interface": "kept", "a": ["one~uses~kept"],
             "b": ["two~implements~kept~not"]},
            {"fit": "LACKED", "interface": "lost", "a": ["one~implements~lost"],
             "b": ["two~supports~lost"]},
        ],
    }  # fmt: skip


def test_two_users_of_an_interface_are_alike() -> None:
    told = data(COMPATIBLE, small(), a="plugin", b="user")["compatible"]
    assert (told["fit"], [line["interface"]["id"] for line in told["shared"]]) == (
        "ALIKE", ["kept"],
    )  # fmt: skip
