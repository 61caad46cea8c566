"""Simple paths: their order, what they leave out, how little work the next one takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.errors import PlanError, StoreTimeout
from ecograph.plan.automaton import Automaton
from ecograph.store.simple_paths import simple
from ecograph.store.walk import Found, shortest
from tests.adjacency import EITHER_WAY, FORWARD, Adjacency, Expansions, along, ladder


def paths(
    graph: Adjacency, automaton: Automaton, source: int, target: int, limit: int = 10
) -> Iterator[Found]:
    return simple(graph, automaton, source, target, limit, Expansions())


def test_simple_paths_come_by_length_then_nodes() -> None:
    graph = Adjacency(
        [(0, "a", 3), (0, "a", 1), (1, "a", 3), (0, "a", 2), (2, "a", 3), (1, "a", 2)]
    )
    assert [found.nodes for found in paths(graph, EITHER_WAY, 0, 3)] == [
        (0, 3), (0, 1, 3), (0, 2, 3), (0, 1, 2, 3), (0, 2, 1, 3),
    ]  # fmt: skip
    assert [found.nodes for found in paths(graph, EITHER_WAY, 0, 3, limit=2)] == [
        (0, 3), (0, 1, 3), (0, 2, 3),
    ]  # fmt: skip


def test_parallel_statements_are_one_simple_path_over_the_best() -> None:
    graph = Adjacency([(0, "b", 1), (0, "a", 1), (1, "a", 2)])
    assert list(paths(graph, EITHER_WAY, 0, 2)) == [Found((0, 1, 2), ((1, True), (2, True)))]


def test_simple_path_to_itself_is_the_one_of_length_0() -> None:
    graph = Adjacency([(0, "a", 0), (0, "a", 1), (1, "a", 0)])
    assert list(paths(graph, EITHER_WAY, 0, 0)) == [Found((0,), ())]


def test_simple_paths_end_at_their_target_and_repeat_no_node() -> None:
    graph = Adjacency(
        [(0, "a", 1), (1, "a", 1), (1, "a", 2), (2, "a", 0), (1, "a", 3), (3, "a", 1)]
    )
    assert [found.nodes for found in paths(graph, EITHER_WAY, 0, 1)] == [(0, 1), (0, 2, 1)]


def test_no_simple_path_is_an_empty_answer() -> None:
    assert list(paths(Adjacency([(0, "a", 1)]), FORWARD, 1, 0)) == []


def test_simple_paths_refuse_an_automaton_that_remembers() -> None:
    with pytest.raises(PlanError, match="one state"):
        next(paths(Adjacency([(0, "a", 1)]), along("a+"), 0, 1))


def test_next_of_a_million_simple_paths_takes_little_work() -> None:
    graph, end = ladder(20)
    found = [p.nodes for p in islice(simple(graph, FORWARD, 0, end, 21, Expansions(2_000)), 4)]
    common = (0, *range(1, 36, 2))
    assert found == [
        (*common, 37, 39, end), (*common, 37, 40, end), (*common, 38, 39, end),
        (*common, 38, 40, end),
    ]  # fmt: skip


def test_dense_pocket_behind_a_path_is_not_searched_path_by_path() -> None:
    pocket = range(3, 33)
    inside = [(x, "a", y) for x in pocket for y in pocket if x < y]
    graph = Adjacency([(0, "a", 1), (1, "a", 2), *((1, "a", x) for x in pocket), *inside])
    found = list(simple(graph, EITHER_WAY, 0, 2, 20, Expansions(2_000)))
    assert [p.nodes for p in found] == [(0, 1, 2)]


def test_budget_is_asked_in_wide_graphs_too() -> None:
    # One path, 1,500 dead ends of two steps at its start, and as many long ones into its end.
    chain = [(node, "a", node + 1) for node in range(5)]
    wide = range(10, 15_010, 10)
    out = [(0, "a", n) for n in wide] + [(n, "a", n + 1) for n in wide]
    into = [(n + k, "a", n + k + 1) for n in wide for k in range(2, 5)]
    graph = Adjacency([*chain, *out, *into, *((n + 5, "a", 5) for n in wide)])
    budget = Expansions(20_000)
    found = list(simple(graph, FORWARD, 0, 5, 6, budget))
    assert [p.nodes for p in found] == [(0, 1, 2, 3, 4, 5)]
    assert budget.largest == 1_024


def test_timeout_passes_through() -> None:
    graph, end = ladder(10)
    with pytest.raises(StoreTimeout):
        list(simple(graph, FORWARD, 0, end, 20, Expansions(1_000)))


NODE = st.integers(0, 6)


@settings(deadline=None)
@given(
    st.sets(st.tuples(NODE, NODE), max_size=16),
    st.sampled_from([EITHER_WAY, FORWARD]),
    st.integers(1, 7),
)
def test_simple_paths_agree_with_networkx(
    pairs: set[tuple[int, int]], automaton: Automaton, limit: int
) -> None:
    graph = Adjacency([(a, "a", b) for a, b in sorted(pairs)])
    oracle: nx.DiGraph[int] = nx.DiGraph()
    oracle.add_nodes_from(range(7))
    oracle.add_edges_from(pairs)
    if automaton is EITHER_WAY:
        oracle.add_edges_from([(b, a) for a, b in pairs])
    expected = sorted(
        (len(nodes) - 1, tuple(nodes)) for nodes in nx.all_simple_paths(oracle, 0, 6, cutoff=limit)
    )
    found = list(paths(graph, automaton, 0, 6, limit))
    assert [(len(f.hops), f.nodes) for f in found] == expected
    best = shortest(graph, automaton, 0, 6, limit, Expansions())
    assert found[:1] == ([best] if best else [])
