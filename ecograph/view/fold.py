"""A picture of too many things: the best connected stay, the others fold into those beside them."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from ecograph.view.picture import Edge, Group, Picture
from ecograph.view.words import word

MOST = 300
"""The most things that are drawn one by one."""
FOLD = 8
"""A card of more shows one less, and says how many more there are."""
KEPT = 70
"""How many stay where there are more."""


def shorten(group: Group) -> Group:
    """A group of which, and of all within, the first few nodes are kept and the rest counted."""
    kept = group.nodes if len(group.nodes) <= FOLD else group.nodes[: FOLD - 1]
    return replace(
        group,
        nodes=kept,
        more=group.more + len(group.nodes) - len(kept),
        groups=tuple(shorten(one) for one in group.groups),
    )


def fold(picture: Picture) -> tuple[Picture, str]:
    """The picture of at most 300 things, and what is to be said of the rest.

    What folds goes into the nearest thing that stays; lines between things that stay through
    others become lines without a relation.
    """
    if len(picture.nodes) <= MOST:
        return picture, ""
    near: dict[str, list[str]] = {n: [] for n in picture.nodes}
    for edge in picture.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    main = {end for e in picture.edges if e.main for end in (e.source, e.target)}
    first = {n.id for n in picture.nodes.values() if n.strong} | main
    # sorted() is stable, so that ties stay in the order of the answer.
    ranked = sorted(picture.nodes, key=lambda n: (n not in first, -len(near[n])))
    kept = set(ranked[:KEPT])
    owner = {n: n for n in picture.nodes if n in kept}
    queue = deque(owner)
    while queue:
        here = queue.popleft()
        for other in near[here]:
            if other not in owner:
                owner[other] = owner[here]
                queue.append(other)
    badges: dict[str, int] = {}
    for node, into in owner.items():
        if node != into:
            badges[into] = badges.get(into, 0) + 1
    edges: list[Edge] = [e for e in picture.edges if e.source in kept and e.target in kept]
    joined = {(e.source, e.target) for e in edges}
    for e in picture.edges:
        a, b = owner.get(e.source), owner.get(e.target)
        if a is None or b is None or a == b or (a, b) in joined:
            continue
        joined.add((a, b))
        edges.append(Edge("", a, b, "", "", "", back=e.back))
    gone = len(picture.nodes) - len(kept)
    folded = replace(
        picture,
        nodes={n: node for n, node in picture.nodes.items() if n in kept},
        edges=tuple(edges),
        badges=badges,
    )
    return folded, word("folded", picture.language, n=gone, all=len(picture.nodes))
