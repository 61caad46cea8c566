"""Walks over a graph: shortest ones and their ties, and what is reached."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.errors import StoreTimeout
from ecograph.plan.automaton import Automaton, any_of
from ecograph.store.near import MOST_GATHERED, Room, mask_of
from ecograph.store.snapshot import Snapshot
from ecograph.store.view import MOST_ALIKE, ROUNDS, View
from ecograph.store.walk import Found, reach, shortest
from tests.adjacency import (
    EITHER_WAY,
    FORWARD,
    ONTOLOGY,
    RELATIONS,
    Adjacency,
    Expansions,
    along,
    ladder,
)
from tests.world import world


def path(
    graph: Adjacency, automaton: Automaton, source: int, target: int, limit: int = 10
) -> Found | None:
    return shortest(graph, automaton, source, target, limit, Expansions())


def ends(
    graph: Adjacency, automaton: Automaton, source: int, limit: int | None = None
) -> tuple[tuple[int, int], ...]:
    return reach(graph, automaton, source, limit, Expansions()).ends


# Shortest walks


def test_path_walks_statements_either_way() -> None:
    graph = Adjacency([(1, "a", 0), (1, "b", 2)])
    assert path(graph, EITHER_WAY, 0, 2) == Found((0, 1, 2), ((0, False), (1, True)))


def test_path_follows_directions_where_they_are_asked_for() -> None:
    graph = Adjacency([(1, "a", 0), (1, "b", 2)])
    assert path(graph, FORWARD, 0, 2) is None
    assert path(graph, FORWARD, 1, 2) == Found((1, 2), ((1, True),))


def test_path_to_itself_has_length_0() -> None:
    assert path(Adjacency([(0, "a", 0)]), EITHER_WAY, 0, 0, limit=0) == Found((0,), ())


def test_no_way_is_none() -> None:
    graph = Adjacency([(0, "a", 1), (2, "a", 3)])
    assert path(graph, EITHER_WAY, 0, 3) is None
    assert path(graph, any_of((), (True,), ONTOLOGY), 0, 1) is None
    assert path(graph, along("!(a|b|twin)"), 0, 1) is None


def test_path_is_never_longer_than_the_limit() -> None:
    graph = Adjacency([(0, "a", 1), (1, "a", 2), (2, "a", 3)])
    assert path(graph, EITHER_WAY, 0, 3, limit=2) is None
    assert path(graph, EITHER_WAY, 0, 3, limit=3) == Found(
        (0, 1, 2, 3), ((0, True), (1, True), (2, True))
    )


def test_tie_goes_to_the_smallest_sequence_of_nodes() -> None:
    # 0-1-5-6 and 0-2-3-6: the first node decides, not the last.
    graph = Adjacency(
        [(0, "a", 2), (2, "a", 3), (3, "a", 6), (0, "b", 1), (1, "b", 5), (5, "b", 6)]
    )
    assert path(graph, EITHER_WAY, 0, 6) == Found((0, 1, 5, 6), ((3, True), (4, True), (5, True)))
    assert path(graph, EITHER_WAY, 6, 0) == Found(
        (6, 3, 2, 0), ((2, False), (1, False), (0, False))
    )


def test_tie_between_hops_goes_to_the_first_relation_then_forward_then_the_first_statement() -> (
    None
):
    graph = Adjacency([(0, "b", 1), (1, "a", 0), (0, "a", 1), (0, "a", 1)])
    assert path(graph, EITHER_WAY, 0, 1) == Found((0, 1), ((2, True),))
    assert path(graph, EITHER_WAY, 1, 0) == Found((1, 0), ((1, True),))
    assert path(graph, along("b|^a"), 0, 1) == Found((0, 1), ((1, False),))


def test_symmetric_statement_is_walked_from_its_object() -> None:
    graph = Adjacency([(1, "twin", 0)])
    assert path(graph, FORWARD, 0, 1) == Found((0, 1), ((0, False),))


def test_expression_that_refuses_the_empty_walk_leads_back_to_the_start() -> None:
    graph = Adjacency([(0, "a", 1), (1, "a", 0)])
    assert path(graph, along("a+"), 0, 0) == Found((0, 1, 0), ((0, True), (1, True)))
    assert path(graph, along("a*"), 0, 0) == Found((0,), ())
    assert path(Adjacency([(0, "a", 0)]), along("a/a"), 0, 0) == Found(
        (0, 0, 0), ((0, True), (0, True))
    )


def test_walk_may_repeat_a_node_where_the_expression_asks_for_it() -> None:
    graph = Adjacency([(0, "a", 1), (1, "b", 2), (2, "b", 1), (1, "a", 3)])
    assert path(graph, along("a/b+/a"), 0, 3) == Found(
        (0, 1, 2, 1, 3), ((0, True), (1, True), (2, True), (3, True))
    )


def test_tie_is_settled_over_all_runs_of_the_automaton() -> None:
    # Both runs share the nodes 0-1-2; only the one that begins with b can end in a.
    graph = Adjacency([(0, "a", 1), (0, "b", 1), (1, "a", 2)])
    assert path(graph, along("a/b|b/a"), 0, 2) == Found((0, 1, 2), ((1, True), (2, True)))
    # The smaller first hop wins, though the other run offers the smaller second one.
    graph = Adjacency([(0, "a", 1), (0, "b", 1), (1, "a", 2), (1, "b", 2)])
    assert path(graph, along("b/a|a/b"), 0, 2) == Found((0, 1, 2), ((0, True), (3, True)))


def test_smallest_nodes_win_over_better_edges() -> None:
    graph = Adjacency([(0, "a", 2), (2, "a", 3), (0, "b", 1), (1, "b", 3)])
    assert path(graph, along("a/a|b/b"), 0, 3) == Found((0, 1, 3), ((2, True), (3, True)))


# What is reached


def test_each_end_comes_once_at_its_least_length_then_by_id() -> None:
    graph = Adjacency(
        [(0, "a", 5), (0, "a", 1), (5, "a", 2), (1, "a", 2), (2, "a", 5), (2, "b", 3)]
    )
    assert ends(graph, along("a+"), 0) == ((1, 1), (1, 5), (2, 2))
    assert ends(graph, along("a+/b"), 0) == ((3, 3),)


def test_start_counts_with_the_empty_walk_or_a_walk_back() -> None:
    chain = Adjacency([(0, "a", 1)])
    assert ends(chain, along("a*"), 0) == ((0, 0), (1, 1))
    assert ends(chain, along("a+"), 0) == ((1, 1),)
    ring = Adjacency([(0, "a", 1), (1, "a", 2), (2, "a", 0)])
    assert ends(ring, along("a+"), 0) == ((1, 1), (2, 2), (3, 0))
    assert ends(ring, along("a*"), 0) == ((0, 0), (1, 1), (2, 2))


def test_reach_stops_at_its_limit() -> None:
    chain = Adjacency([(0, "a", 1), (1, "a", 2), (2, "a", 3)])
    assert ends(chain, along("a*"), 0, limit=2) == ((0, 0), (1, 1), (2, 2))
    assert ends(chain, along("a*"), 0, limit=0) == ((0, 0),)
    assert ends(chain, along("a+"), 0, limit=0) == ()


def test_node_without_statements_reaches_itself_at_most() -> None:
    assert ends(Adjacency([]), along("a*"), 7) == ((0, 7),)
    assert ends(Adjacency([]), along("a"), 7) == ()


def test_witness_is_the_best_walk_to_its_end() -> None:
    graph = Adjacency([(0, "a", 2), (0, "a", 1), (1, "a", 3), (2, "a", 3), (3, "b", 0)])
    reached = reach(graph, along("a*/b?"), 0, None, Expansions())
    assert reached.ends == ((0, 0), (1, 1), (1, 2), (2, 3))
    assert reached.witness(0) == Found((0,), ())
    assert reached.witness(3) == Found((0, 1, 3), ((1, True), (2, True)))
    back = reach(graph, along("a+/b"), 0, None, Expansions())
    assert back.witness(0) == Found((0, 1, 3, 0), ((1, True), (2, True), (4, True)))


def test_witness_of_what_is_not_reached_is_an_error() -> None:
    with pytest.raises(KeyError):
        reach(Adjacency([(0, "a", 1)]), along("b"), 0, None, Expansions()).witness(1)


# Work and limits


def test_a_million_equal_paths_are_never_listed() -> None:
    graph, end = ladder(20)
    nodes = (0, *range(1, 40, 2), end)
    budget = Expansions(allowed=1_000)
    for automaton in (EITHER_WAY, FORWARD, along("a+"), along("(a/a)*/a")):
        found = shortest(graph, automaton, 0, end, 21, budget)
        assert found is not None
        assert found.nodes == nodes
    assert reach(graph, along("a+"), 0, None, budget).witness(end).nodes == nodes


def test_budget_is_asked_at_least_every_1024_expansions() -> None:
    # A star of 3,000 rays with two leaves each: both searches pass its widest layers.
    rays = range(2, 3_002)
    graph = Adjacency([(0, "a", ray) for ray in rays] + [(ray, "a", ray + 3_000) for ray in rays])
    budget = Expansions()
    assert len(reach(graph, FORWARD, 0, None, budget).ends) == 6_001
    assert budget.total == 6_001
    assert budget.largest == 1_024


def test_timeout_passes_through() -> None:
    graph, end = ladder(10)
    with pytest.raises(StoreTimeout):
        shortest(graph, EITHER_WAY, 0, end, 20, Expansions(10))
    with pytest.raises(StoreTimeout):
        reach(graph, EITHER_WAY, 0, None, Expansions(10))


# Against plain enumeration

NODE = st.integers(0, 6)
STATEMENTS = st.lists(st.tuples(NODE, st.sampled_from(RELATIONS), NODE), max_size=9)
AUTOMATA = st.sampled_from(
    [EITHER_WAY, FORWARD]
    + [
        along(text)
        for text in (
            "a", "a+", "a*/b", "(a|^b)+", "a/b|b/a", "(a/b)+", "(a|b/twin)*", "!a", "!(a|^b)+",
            "^(a/b?)+", "(a|b)+/(b|^a)", "twin+/a?", "(a/a)*/(a|b)",
        )
    ]
)  # fmt: skip
LONGEST = 4


def best_walks(graph: Adjacency, automaton: Automaton, source: int) -> dict[int, Found]:
    """End -> the best of all accepted walks of at most LONGEST steps, each of them listed."""
    Key = tuple[int, tuple[int, ...], tuple[tuple[int, bool, int], ...]]
    best: dict[int, Key] = {}
    ahead: list[tuple[tuple[int, ...], tuple[tuple[int, bool, int], ...], frozenset[int]]]
    ahead = [((source,), (), frozenset({automaton.start}))]
    while ahead:
        nodes, hops, states = ahead.pop()
        key = (len(hops), nodes, hops)
        if states & automaton.accepting and key < best.get(nodes[-1], (LONGEST + 1, (), ())):
            best[nodes[-1]] = key
        if len(hops) < LONGEST:
            for name, way, number, other in graph.steps.get(nodes[-1], ()):
                after = frozenset(
                    following
                    for state in states
                    for symbols, following in automaton.moves[state]
                    if (name, way) in symbols
                )
                if after:
                    hop = (RELATIONS.index(name), not way, number)
                    ahead.append(((*nodes, other), (*hops, hop), after))
    return {
        end: Found(nodes, tuple((number, not against) for _, against, number in hops))
        for end, (_, nodes, hops) in best.items()
    }


@settings(deadline=None)
@given(STATEMENTS, AUTOMATA)
def test_shortest_and_reach_agree_with_a_list_of_all_walks(
    statements: list[tuple[int, str, int]], automaton: Automaton
) -> None:
    graph = Adjacency(statements)
    expected = best_walks(graph, automaton, 0)
    reached = reach(graph, automaton, 0, LONGEST, Expansions())
    assert reached.ends == tuple(sorted((len(f.hops), end) for end, f in expected.items()))
    for end in range(7):
        assert path(graph, automaton, 0, end, limit=LONGEST) == expected.get(end)
    assert {end: reached.witness(end) for _, end in reached.ends} == expected


@settings(deadline=None)
@given(STATEMENTS, AUTOMATA)
def test_unbounded_reach_agrees_with_descendants_in_the_product(
    statements: list[tuple[int, str, int]], automaton: Automaton
) -> None:
    product: nx.DiGraph[object] = nx.DiGraph()
    begin = (0, automaton.start)
    product.add_edge("before", begin)
    for subject, name, object_ in statements:
        for a, way, b in ((subject, True, object_), (object_, False, subject)):
            for state, row in enumerate(automaton.moves):
                product.add_edges_from(
                    ((a, state), (b, following)) for symbols, following in row
                    if (name, way) in symbols
                )  # fmt: skip
    lengths = nx.single_source_shortest_path_length(product, "before")
    expected: dict[int, int] = {}
    for state in automaton.accepting:
        for node in range(7):
            if (node, state) in lengths:
                length = lengths[node, state] - 1
                expected[node] = min(length, expected.get(node, length))
    found = ends(Adjacency(statements), automaton, 0)
    assert {node: length for length, node in found} == expected
    assert list(found) == sorted(found)


def test_neighbours_are_kept_for_a_few_times_as_many_nodes_as_there_are() -> None:
    snapshot = Snapshot(world())
    view = View(snapshot, snapshot.as_of)
    relations = sorted(snapshot.ontology.relations)
    nodes = range(len(snapshot.entities))
    for number, relation in enumerate(relations):
        for other in relations[:number]:
            step = view.neighbors(frozenset({(relation, True), (other, False)}))
            assert all(step(node) is step(node) for node in nodes)
    held = sum(map(len, view._neighbors.values()))
    assert held <= (ROUNDS + 1) * len(snapshot.entities)


def test_what_is_kept_for_paths_goes_with_the_neighbours_that_it_holds() -> None:
    view = View(Snapshot(world()), Snapshot(world()).as_of)
    relations = sorted(view.snapshot.ontology.relations)
    for number, relation in enumerate(relations):
        for other in relations[:number]:
            view.alike(frozenset({(relation, True), (other, False)}))
            assert len(view._alike) <= MOST_ALIKE


LARGER = st.lists(
    st.tuples(st.integers(0, 15), st.sampled_from(RELATIONS), st.integers(0, 15)),
    min_size=10, max_size=30,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(LARGER, st.sampled_from((EITHER_WAY, FORWARD)), st.sampled_from((None, 0, 600, 100_000)))
def test_shortest_path_is_the_smallest_of_all_and_the_same_when_asked_again(
    statements: list[tuple[int, str, int]], automaton: Automaton, room: int | None
) -> None:
    graph = Adjacency(statements)
    graph.masked, graph.room = room is not None, Room(room or 0)
    plain: nx.DiGraph[int] = nx.DiGraph()
    plain.add_nodes_from(range(16))
    for subject, name, object_ in statements:
        plain.add_edge(subject, object_)
        if automaton is EITHER_WAY or name == "twin":
            plain.add_edge(object_, subject)
    for _ in range(2):
        for source in range(16):
            best = {
                end: min(map(tuple, nx.all_shortest_paths(plain, source, end)))
                for end in nx.descendants(plain, source) | {source}
            }
            for end in range(16):
                found = path(graph, automaton, source, end, limit=20)
                assert (None if found is None else found.nodes) == best.get(end)


def test_mask_has_a_bit_for_each_node() -> None:
    assert mask_of(frozenset()) == 0
    assert mask_of(frozenset({0, 3, 9})) == 0b10_0000_1001


def test_path_beside_a_node_with_very_many_neighbours_is_found() -> None:
    # 0 and its rays, one of which leads on to the end.
    rays = range(2, MOST_GATHERED + 10)
    graph = Adjacency([(0, "a", ray) for ray in rays] + [(9, "a", 1), (1, "a", 1_000)])
    assert path(graph, FORWARD, 0, 1_000) == Found(
        (0, 9, 1, 1_000), ((7, True), (264, True), (265, True))
    )
    assert path(graph, FORWARD, 0, 1_000, limit=2) is None


def test_masks_are_dropped_when_they_are_too_many() -> None:
    room = Room(1_000)
    first, second = room.open(lambda node: 1), room.open(lambda node: 2)
    assert [first[node] for node in range(10)] == [1] * 10
    assert len(first) == 10
    assert second[0] == 2
    assert (len(first), len(second)) == (0, 1)
    assert first[0] == 1
    room.close(first)
    assert (first, second) == ({}, {0: 2})
