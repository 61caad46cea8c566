"""How much of a graph depends on each entity: PageRank over statements of dependency.

Source: Page, Brin, Motwani, Winograd, The PageRank Citation Ranking (1999). May import: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

DEPENDS = ("uses", "requires", "adapts", "manages", "runsOn")
"""Relations whose subject depends on their object.

Not `extends`: how many plugins a registry lists says what a thing is open to, not what hangs on it.
Not `distributes`: a registry goes on without any one image that it has.
"""

DAMPING = 0.85
MOST_ROUNDS = 200
NEAR = 1e-12
"""The sum of all differences to the round before, at which the numbers count as settled."""


def rank(links: Iterable[tuple[str, str]]) -> dict[str, float]:
    """(dependent, dependency) -> PageRank of all that occurs; the sum is 1.

    Equal links count once; a link of a thing to itself does not count. What depends on nothing
    gives its share to all alike. Sums are taken in the order of ids, so that equal graphs have
    equal numbers, to the last bit.
    """
    pairs = sorted({(a, b) for a, b in links if a != b})
    nodes = sorted({end for pair in pairs for end in pair})
    if not nodes:
        return {}
    place = {id_: n for n, id_ in enumerate(nodes)}
    out = [0] * len(nodes)
    into: list[list[int]] = [[] for _ in nodes]
    for a, b in pairs:
        out[place[a]] += 1
        into[place[b]].append(place[a])
    loose = [n for n, count in enumerate(out) if not count]
    ranks = [1 / len(nodes)] * len(nodes)
    for _ in range(MOST_ROUNDS):
        share = [r / count if count else 0.0 for r, count in zip(ranks, out, strict=True)]
        base = (1 - DAMPING + DAMPING * sum(ranks[n] for n in loose)) / len(nodes)
        following = [base + DAMPING * sum(share[m] for m in several) for several in into]
        moved = sum(abs(a - b) for a, b in zip(ranks, following, strict=True))
        ranks = following
        if moved < NEAR:
            break
    return dict(zip(nodes, ranks, strict=True))


def scores(links: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """Id -> importance from 0 to 1000, the most important first, those alike by id."""
    ranks = rank(links)
    most = max(ranks.values(), default=1.0)
    told = {id_: round(1000 * r / most) for id_, r in ranks.items()}
    return dict(sorted(told.items(), key=lambda item: (-item[1], item[0])))
