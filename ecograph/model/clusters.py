"""What hangs together in a graph of dependencies, whichever way they point. May import: nothing.

Imports networkx when asked. Numbers stand for ids, in their order, so that equal graphs give equal
answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

SEED = 1
"""Of the order in which communities are looked for."""
LEAST_MEMBERS = 5
"""Of a community that is told."""

Pairs = Iterable[tuple[str, str]]


def find_communities(pairs: Pairs) -> Sequence[Sequence[str]]:
    """All that occurs, in communities: the largest first, those alike by id; each sorted.

    Source: Blondel, Guillaume, Lambiotte, Lefebvre, Fast unfolding of communities in large
    networks (2008), as networkx has it.
    """
    import networkx as nx

    ids, links = _numbered(pairs)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ids)))
    graph.add_edges_from((a, b) for a, ends in enumerate(links) for b in ends if a < b)
    found = map(sorted, nx.community.louvain_communities(graph, seed=SEED))
    return [[ids[n] for n in one] for one in sorted(found, key=lambda one: (-len(one), one))]


def count_cut_off(pairs: Pairs) -> Mapping[str, int]:
    """Articulation point -> how many stand apart without it: all but the largest part left."""
    ids, links = _numbered(pairs)
    return {
        ids[node]: len(whole) - 1 - max(_rest(whole, below), *map(len, below))
        for node, whole, below in _articulations(links)
    }


def find_cut_off(pairs: Pairs) -> Mapping[str, Sequence[str]]:
    """Articulation point -> what stands apart without it, sorted.

    Of parts alike in size the one with the smallest id counts as the largest.
    """
    ids, links = _numbered(pairs)
    found: dict[str, Sequence[str]] = {}
    for node, whole, below in _articulations(links):
        parts = [whole[one.start : one.stop] for one in below]
        taken = {node, *(n for part in parts for n in part)}
        parts.append([n for n in whole if n not in taken])
        apart = sorted(map(sorted, parts), key=lambda part: (-len(part), part))[1:]
        found[ids[node]] = [ids[n] for n in sorted(n for part in apart for n in part)]
    return found


def _rest(whole: Sequence[int], below: Iterable[range]) -> int:
    """How many of a whole are above an articulation point or go round it."""
    return len(whole) - 1 - sum(map(len, below))


def _articulations(
    links: Sequence[Sequence[int]],
) -> Iterator[tuple[int, list[int], list[range]]]:
    """Each articulation point, what it is joined to, and where in that the parts below it stand.

    One search in depth: what lies below a node and reaches nothing above it is a part of its own.
    Source: Hopcroft, Tarjan, Efficient algorithms for graph manipulation (1973).
    """
    seen = [-1] * len(links)
    low, size = [0] * len(links), [1] * len(links)
    parts: list[list[range]] = [[] for _ in links]
    clock = 0
    for root in range(len(links)):
        if seen[root] >= 0:
            continue
        order: list[int] = []
        above = {root: root}
        path = [(root, iter(links[root]))]
        seen[root] = low[root] = clock
        clock += 1
        while path:
            node, ends = path[-1]
            end = next(ends, None)
            if end is None:
                path.pop()
                order.append(node)
                if node != root:
                    upper = above[node]
                    low[upper] = min(low[upper], low[node])
                    size[upper] += size[node]
                    if low[node] >= seen[upper]:
                        # What is below a node ends before it, without a gap.
                        parts[upper].append(range(len(order) - size[node], len(order)))
            elif seen[end] < 0:
                above[end] = node
                seen[end] = low[end] = clock
                clock += 1
                path.append((end, iter(links[end])))
            elif end != above[node]:
                low[node] = min(low[node], seen[end])
        for node in order:
            if parts[node] and (len(parts[node]) > 1 or _rest(order, parts[node])):
                yield node, order, parts[node]


def _numbered(pairs: Pairs) -> tuple[list[str], list[list[int]]]:
    """The ids that occur, and for each by its number those that it is linked to, both sorted."""
    told = {(a, b) for a, b in pairs if a != b}
    ids = sorted({end for pair in told for end in pair})
    place = {id_: n for n, id_ in enumerate(ids)}
    links: list[set[int]] = [set() for _ in ids]
    for a, b in told:
        links[place[a]].add(place[b])
        links[place[b]].add(place[a])
    return ids, [sorted(ends) for ends in links]
