"""Routes: they differ, avoid hubs, and come back with what there was time for."""

from __future__ import annotations

from functools import cache
from itertools import combinations, islice, pairwise
from typing import Any

import pytest

from ecograph.api.job import Job
from ecograph.errors import StoreTimeout
from ecograph.plan.automaton import any_of
from ecograph.service import Service, open_service
from ecograph.store.base import Budget, overdue
from ecograph.store.memory import MemoryStore
from ecograph.store.routes import Routes, find_routes
from ecograph.store.simple_paths import simple
from ecograph.store.view import View
from tests.answers import data, partial, refusal, serve
from tests.world import entity, make_graph, says

ASK = """query Q($from: String!, $to: String!, $k: Int!, $via: [Relation!], $maxLength: Int! = 6) {
  routes(from: $from, to: $to, k: $k, via: $via, maxLength: $maxLength) { complete routes {
    cost overlap path { length nodes { id } hops { forward statement { id } } } } } }"""


def routes(of: Service | None, first: str, last: str, k: int = 5, **more: Any) -> list[Any]:
    """(cost, overlap, ids of the entities) of each route."""
    told = data(ASK, of, **{"from": first, "to": last, "k": k, **more})["routes"]
    assert told["complete"] is True
    return [
        (r["cost"], r["overlap"], " ".join(n["id"] for n in r["path"]["nodes"]))
        for r in told["routes"]
    ]


@cache
def crossroads() -> Service:
    """From a to z through the hub h, through b and c, and by small detours from these ways."""
    names = [*"abcdhz", *(f"user{n}" for n in range(14))]
    said = ["a uses h", "z uses h", "a uses b", "b uses c", "c uses z", "b uses d", "d uses c"]
    said += [f"user{n} uses h" for n in range(14)]
    return serve(make_graph([entity(n, "Tool", n) for n in names], map(says, said)))


def test_a_hub_is_dearer_than_a_longer_way() -> None:
    # Three hops, past b with three neighbours and c with three; two, and the turn at 16 users.
    assert routes(crossroads(), "a", "z") == [
        (3396, 0, "a b c z"), (7000, 0, "a h z"),
    ]  # fmt: skip


@cache
def chained() -> Service:
    """From a down to z through the hubs h and g, and by small detours from either of them."""
    said = ["a uses h", "h uses g", "g uses z", "a uses s", "s uses r", "r uses g"]
    said += ["h uses t", "t uses u", "u uses z"]
    said += [f"user{n} uses {hub}" for n in range(30) for hub in "gh"]
    names = [*"aghrstuz", *(f"user{n}" for n in range(30))]
    return serve(make_graph([entity(n, "Tool", n) for n in names], map(says, said)))


def test_a_way_straight_down_leads_through_hubs() -> None:
    # The cheapest way through either hub by their sizes leaves the other one out.
    assert routes(chained(), "a", "z", 1) == [(4262, 0, "a h g z")]


def test_what_may_be_taken_or_not_costs_more() -> None:
    """Two ways down: one by what is used, the other by what is only supported."""
    names = [entity(n, "Tool", n) for n in "abcz"] + [entity("i", "Specification", "i")]
    said = ["a uses b", "b uses z", "a supports c", "c uses z", "a uses i", "z implements i"]
    assert routes(serve(make_graph(names, map(says, said))), "a", "z") == [
        (2125, 0, "a b z"), (2625, 0, "a c z"), (2625, 0, "a i z"),
    ]  # fmt: skip
    # A hop that is more than that is told as what it is, and costs no more.
    both = make_graph(names, map(says, ["a supports b", "a uses b", "b uses z"]))
    told = data(ASK, serve(both), **{"from": "a", "to": "z", "k": 1})["routes"]["routes"][0]
    assert told["cost"] == 2125
    assert [hop["statement"]["id"] for hop in told["path"]["hops"]] == ["a~uses~b", "b~uses~z"]


def test_several_ways_by_one_hop_do_not_hide_another() -> None:
    """Five providers of one interface, and a distribution that has both ends."""
    providers = [f"p{n}" for n in range(1, 6)]
    names = [entity(n, "Tool", n) for n in ["a", "d", "z", *providers]]
    said = ["a uses i", "d certifiedFor a", "d uses z"]
    said += [f"{p} {relation}" for p in providers for relation in ("implements i", "uses z")]
    graph = make_graph([*names, entity("i", "Specification", "i")], map(says, said))
    # The fifth way by the interface would share its first hop with four before it.
    assert routes(serve(graph), "a", "z") == [
        (3948, 0, "a i p1 z"), *((3948, 33, f"a i p{n} z") for n in (2, 3, 4)), (7000, 0, "a d z"),
    ]  # fmt: skip


def test_a_detour_is_no_route() -> None:
    # a b d c z shares two of the three hops of a b c z.
    assert "a b d c z" not in [nodes for _, _, nodes in routes(crossroads(), "a", "z", 10)]


def test_the_best_come_first_and_no_more_than_are_asked_for() -> None:
    assert [n for _, _, n in routes(crossroads(), "a", "z", 1)] == ["a b c z"]


def test_a_limit_and_relations_leave_ways_out() -> None:
    assert routes(crossroads(), "a", "z", maxLength=2) == [(7000, 0, "a h z")]
    assert routes(crossroads(), "a", "z", via=["IMPLEMENTS"]) == []
    assert routes(crossroads(), "a", "z", maxLength=1) == []


def test_a_way_to_itself_has_no_hop() -> None:
    assert routes(crossroads(), "a", "a") == [(0, 0, "a")]
    assert routes(crossroads(), "a", "a", via=[]) == [(0, 0, "a")]


def test_what_needs_and_what_provides_go_the_same_way() -> None:
    # From the user down to the interface and to its provider is no turn.
    assert routes(None, "kubernetes", "runc") == [(3948, 0, "kubernetes cri containerd runc")]


SHARED = [entity(n, "Tool", n) for n in "one two user low".split()] + [
    entity("spec", "Specification", "spec"), *(entity(f"t{n}", "Tool", f"t{n}") for n in range(30)),
]  # fmt: skip


def test_an_interface_that_both_provide_comes_before_who_uses_both() -> None:
    """However many provide it, it is what two alternatives have most in common."""
    said = ["one implements spec", "two implements spec", "user uses one", "user uses two"]
    said += [f"t{n} implements spec" for n in range(30)]
    assert routes(serve(make_graph(SHARED, map(says, said))), "one", "two") == [
        (3625, 0, "one spec two"), (8000, 0, "one user two"),
    ]  # fmt: skip


def test_a_tool_that_provides_two_specifications_is_no_interface_of_theirs() -> None:
    ends = [*SHARED, entity("other", "Specification", "other")]
    both = make_graph(ends, map(says, ["one implements spec", "one implements other"]))
    assert routes(serve(both), "spec", "other") == [(4500, 0, "spec one other")]


def test_what_is_certified_for_a_project_does_not_stand_below_it() -> None:
    """To come to a runtime by what is certified for Kubernetes is a turn at that."""
    said = ["low certifiedFor two", "low uses one", "two uses spec", "t0 implements spec",
            "t0 uses one"]  # fmt: skip
    assert routes(serve(make_graph(SHARED, map(says, said))), "two", "one") == [
        (3750, 0, "two spec t0 one"), (7000, 0, "two low one"),
    ]  # fmt: skip


def test_a_route_costs_at_most_three_times_what_the_cheapest_does() -> None:
    direct = make_graph(SHARED, map(says, ["one uses two", "user uses one", "user uses two"]))
    assert routes(serve(direct), "one", "two") == [(1000, 0, "one two")]


def test_a_name_that_fits_nothing_and_a_number_out_of_range() -> None:
    told, errors = partial('{ routes(from: "nobody", to: "runc") { complete } }')
    assert told == {"routes": None}
    assert errors[0]["extensions"]["code"] == "UNKNOWN_NAME"
    error = refusal('{ routes(from: "runc", to: "crun", k: 11) { complete } }')
    assert error["message"] == "k: 11 is too many; the limit is 10"
    error = refusal('{ routes(from: "runc", to: "crun", k: 0) { complete } }')
    assert error["message"] == "k: 0 is out of range; write 1 to 10"
    error = refusal('{ routes(from: "runc", to: "crun", maxLength: 9) { complete } }')
    assert error["message"] == "maxLength: 9 is too many; the limit is 8"


# Against plain k shortest paths, over the dataset that ships


PAIRS = [
    ("docker-engine", "oci-runtime-spec"), ("kubernetes", "runc"), ("prometheus", "runc"),
    ("helm", "harbor"), ("weave-net", "calico"), ("docker-engine", "podman"),
]  # fmt: skip


@cache
def shipped() -> Service:
    return open_service(answer_cache=0, deadline=None)


@cache
def view() -> View:
    store = shipped().store
    assert isinstance(store, MemoryStore)
    assert store.snapshot is not None
    return View(store.snapshot, store.snapshot.as_of)


def find(first: str, last: str, ending: Budget | None = None) -> Routes:
    index, ontology = view().snapshot.index, view().snapshot.ontology
    every = any_of(ontology.path_relations, [True, False], ontology)
    return find_routes(
        view(), every, index[first], index[last], 6, 5, ontology, Budget(), ending
    )  # fmt: skip


def plain(first: str, last: str) -> list[tuple[int, ...]]:
    index, ontology = view().snapshot.index, view().snapshot.ontology
    every = any_of(ontology.path_relations, [True, False], ontology)
    found = simple(view(), every, index[first], index[last], 6, Budget())
    return [path.nodes for path in islice(found, 5)]


def overlap(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The share of the hops of the shorter one."""
    one, other = (set(map(frozenset, pairwise(nodes))) for nodes in (a, b))
    return len(one & other) / min(len(one), len(other))


@cache
def down() -> frozenset[tuple[int, int]]:
    """(a, b): a says something of b, or b provides a."""
    index = view().snapshot.index
    said = ((s.relation, index[s.subject], index[s.object]) for s in shipped().graph.statements)
    upward = ("implements", "partlyConformsTo")
    return frozenset((b, a) if relation in upward else (a, b) for relation, a, b in said)


def turns(nodes: tuple[int, ...]) -> list[int]:
    """The numbers of statements at the entities where a way turns; interfaces may be large.

    What a way goes straight through, down from what needs a thing, may be large as well.
    """
    snapshot = view().snapshot
    return [
        len(snapshot.touching[n])
        for a, n, b in zip(nodes, nodes[1:-1], nodes[2:], strict=False)
        if ((a, n) in down()) != ((n, b) in down()) and snapshot.kinds[n] != "Specification"
    ]


@pytest.mark.parametrize("pair", PAIRS)
def test_routes_differ_by_more_than_half(pair: tuple[str, str]) -> None:
    found = [route.path.nodes for route in find(*pair).routes]
    # A fourth between these two would cost more than three times what the first does.
    assert len(found) == (3 if pair == ("helm", "harbor") else 5)
    assert max(overlap(a, b) for a, b in combinations(found, 2)) < 0.5
    assert all(len(set(nodes)) == len(nodes) for nodes in found)


def test_routes_differ_more_than_plain_shortest_paths_and_turn_at_smaller_things() -> None:
    shared, met = {}, {}
    for name, several in (
        ("routes", [[r.path.nodes for r in find(*pair).routes] for pair in PAIRS]),
        ("plain", [plain(*pair) for pair in PAIRS]),
    ):
        pairs = [overlap(a, b) for found in several for a, b in combinations(found, 2)]
        shared[name] = sum(pairs) / len(pairs)
        passed = [number for found in several for nodes in found for number in turns(nodes)]
        met[name] = sum(passed) / len(passed)
    assert shared["routes"] < shared["plain"] / 1.5
    assert met["routes"] < met["plain"] / 3


# Time


class Spends(Budget):
    """A part of the time that is up after so many looks at it."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def spend(self, expansions: int = 0) -> None:
        """Raise when the looks are spent."""
        self.looks -= 1
        if self.looks < 0:
            raise overdue(0.0)


def test_a_deadline_returns_what_there_is() -> None:
    whole = find("docker-engine", "podman")
    assert whole.complete
    few = find("docker-engine", "podman", Spends(12))
    assert (few.complete, len(few.routes)) == (False, 5)
    assert {len(r.path.hops) for r in few.routes} == {2}
    none = find("docker-engine", "podman", Spends(0))
    assert (none.complete, none.routes) == (False, [])


def test_without_a_part_of_the_time_a_deadline_is_an_error() -> None:
    index, ontology = view().snapshot.index, view().snapshot.ontology
    every = any_of(ontology.path_relations, [True, False], ontology)
    ends = index["docker-engine"], index["podman"]
    with pytest.raises(StoreTimeout):
        find_routes(view(), every, *ends, 6, 5, ontology, Spends(3))


class Late(Budget):
    """A budget of which no part is left for a search, and time to tell what there is."""

    def share(self, part: float) -> Budget | None:
        """A part that is spent."""
        return Spends(0)


def test_an_answer_that_was_cut_is_told_as_such_and_not_kept() -> None:
    service = Service(shipped().graph, deadline=None)
    document = '{ routes(from: "docker-engine", to: "podman") { complete routes { cost } } }'
    begun = service.api.begin(document)
    assert isinstance(begun, Job)
    cut = service.api.finish(begun, begun.run(Late()))
    assert cut.body == b'{"data":{"routes":{"complete":false,"routes":[]}}}'
    assert (cut.clean, cut.whole) == (True, False)
    # Introspection beside it changes nothing of that.
    walked = service.api.begin('{ __type(name: "Tool") { name } ' + document[1:])
    assert isinstance(walked, Job)
    assert service.api.finish(walked, walked.run(Late())).whole is False
    assert service.query(document)["data"]["routes"]["complete"] is True
    assert service.api.counters.cached == 0
