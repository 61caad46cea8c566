"""Boxes in layers, with a line for each statement: paths, what is reached, dependencies.

Things that stand in the same relations to the same others share a card. The layout itself is
graphlay's (a layered drawing after Sugiyama, Tagawa and Toda, 1981).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ecograph.view.cards import card_of
from ecograph.view.fold import fold
from ecograph.view.measure import width_of
from ecograph.view.picture import Edge, Group, Picture
from ecograph.view.scene import (
    SMALL,
    Box,
    Line,
    Panel,
    Point,
    Scene,
    move_box,
    move_panel,
    place_box,
)
from ecograph.view.words import word

TWINS = 3
"""So many things with the same relations share a card."""
LABELLED = 40
"""The most lines that have their relation's name on them."""
MANY = 3
"""Of more lines with one relation and one end in common, one has its name on it."""
ROOM, COLUMN = 168.0, 208.0
NARROW, SLIM = 480.0, 0.72
"""A picture that may take less than so many pixels has boxes of so much of the width."""
LABEL_HEIGHT = 16.0


@dataclass(slots=True)
class _Unit:
    """What is laid out as one: a box, or a card of things that stand alike."""

    nodes: tuple[str, ...]
    shape: Box | Panel


@dataclass(frozen=True, slots=True)
class _Tie:
    """A line between two units, along the way of the answer: all statements that it stands for."""

    a: int
    b: int
    edge: Edge
    toward: bool
    """Whether the object is at b."""
    members: list[Edge] = field(default_factory=list)


def lay_out_layers(picture: Picture, width: float) -> tuple[Picture, Scene]:
    """The layers from left to right, or from top to bottom where that is too wide.

    With the picture, from which what is folded was left out.
    """
    picture, remark = fold(picture)
    slim = SLIM if width < NARROW else 1.0
    units, ties, alone = _unite(picture, slim)
    if not units:
        return picture, Scene(0, 0, remark=remark)
    labelled = len(ties) <= LABELLED
    scene = _arrange(picture, units, ties, "leftright", labelled)
    if scene.width > width:
        other = _arrange(picture, units, ties, "topbottom", labelled)
        if other.width < scene.width:
            scene = other
    if alone:
        group = Group("alone", word("others", picture.language), alone, count=len(alone))
        card = card_of(picture, group, {}, columns=max(1, min(4, len(alone), int(width // 202))))
        placed = move_panel(card, 0, scene.height + 16)
        scene = replace(
            scene, panels=(*scene.panels, placed), height=placed.y + placed.height,
            width=max(scene.width, placed.width),
        )  # fmt: skip
    return picture, replace(scene, named=labelled, remark=remark)


def _unite(picture: Picture, slim: float) -> tuple[list[_Unit], list[_Tie], tuple[str, ...]]:
    """The units, the ties between them, and what no statement is of."""
    signs: dict[str, set[tuple[str, str, bool, bool, bool]]] = {n: set() for n in picture.nodes}
    kept = {n.id for n in picture.nodes.values() if n.strong}
    for edge in picture.edges:
        if edge.main:
            kept |= {edge.source, edge.target}
        signs[edge.source].add((edge.target, edge.relation, True, edge.negated, edge.back))
        signs[edge.target].add((edge.source, edge.relation, False, edge.negated, edge.back))
    alike: dict[object, list[str]] = {}
    for id_, sign in signs.items():
        single = id_ in kept or any(other == id_ for other, *_ in sign)
        alike.setdefault(id_ if single else frozenset(sign), []).append(id_)
    alone = tuple(alike.pop(frozenset(), ()))
    units: list[_Unit] = []
    place: dict[str, int] = {}
    groups: list[list[str]] = []
    for same in alike.values():
        groups += [same] if len(same) >= TWINS else [[one] for one in same]
    for group in groups:
        for id_ in group:
            place[id_] = len(units)
        if len(group) == 1:
            box = place_box(
                picture.nodes[group[0]], ROOM * slim, shrink=True, lines=3, most=ROOM,
                more=picture.more_of(group[0]),
            )  # fmt: skip
            units.append(_Unit(tuple(group), box))
        else:
            columns = 1 if len(group) <= 10 or slim < 1 else 2
            card = card_of(
                picture, Group(f"like-{group[0]}", "", tuple(group), count=len(group)), {},
                columns=columns, fold=20, column=COLUMN * slim,
            )  # fmt: skip
            units.append(_Unit(tuple(group), card))
    ties: dict[tuple[int, int, str, bool, bool], _Tie] = {}
    for edge in picture.edges:
        a, b = place[edge.source], place[edge.target]
        key = (a, b, edge.relation, edge.negated, edge.main)
        if key not in ties:
            flow = (b, a) if edge.back else (a, b)
            ties[key] = _Tie(*flow, edge, not edge.back)
        ties[key].members.append(edge)
    return units, list(ties.values()), alone


def _arrange(
    picture: Picture, units: list[_Unit], ties: list[_Tie], direction: str, labelled: bool
) -> Scene:
    import graphlay

    across = direction == "leftright"
    widest = max([width_of(t.edge.label, SMALL) for t in ties], default=0.0) if labelled else 0.0
    gap = (widest + 44 if labelled else 48.0) if across else (58.0 if labelled else 36.0)
    drawing = graphlay.layout(
        {
            "nodes": [
                {"size": {"width": u.shape.width, "height": u.shape.height}, "shape": "box",
                 "key": str(n)}
                for n, u in enumerate(units)
            ],
            "edges": [{"source": t.a, "target": t.b, "weight": 4.0 if t.edge.main else 1.0}
                      for t in ties],
        },
        options={
            "direction": direction,
            "effort": "fast",
            "spacing": {"layer_gap": gap, "node_gap": 16.0 if across else 28.0, "dummy_gap": 14.0,
                        "port_gap": 10.0, "isolated_gap": 16.0},
        },
    )  # fmt: skip
    placed: list[Box | Panel] = []
    for unit, at in zip(units, drawing.nodes, strict=True):
        x = at["center"]["x"] - unit.shape.width / 2
        y = at["center"]["y"] - unit.shape.height / 2
        move = move_box if isinstance(unit.shape, Box) else move_panel
        placed.append(move(unit.shape, x, y))  # type: ignore[arg-type]
    lines = [
        _draw(tie, [(p["x"], p["y"]) for p in at["points"]])
        for tie, at in zip(ties, drawing.edges, strict=True)
    ]
    if labelled:
        lines = place_labels(_name_once(lines, ties), placed)
    return _shift(placed, lines)


def _draw(tie: _Tie, points: list[Point]) -> Line:
    edge = tie.edge
    head = "" if edge.symmetric else "end" if tie.toward else "start"
    return Line(
        tuple(points), edge.relation, tuple(tie.members), label=edge.label, head=head,
        main=edge.main, negated=edge.negated,
    )  # fmt: skip


def _name_once(lines: list[Line], ties: list[_Tie]) -> list[Line]:
    """Of many lines with one relation at one unit, all but one without a name."""
    for end in ("object", "subject"):
        bundles: dict[tuple[int, str, bool], list[int]] = {}
        for n, (line, tie) in enumerate(zip(lines, ties, strict=True)):
            at = tie.b if tie.toward == (end == "object") else tie.a
            if line.label:
                bundles.setdefault((at, line.relation, line.negated), []).append(n)
        for bundle in bundles.values():
            for n in bundle[1:] if len(bundle) > MANY else ():
                lines[n] = replace(lines[n], label="")
    return lines


def place_labels(lines: list[Line], placed: list[Box | Panel]) -> list[Line]:
    """Each label where it covers no box and no other label, if there is such a place."""
    taken = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in placed]
    crossed = [
        (line, (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        for line in lines
        for (x1, y1), (x2, y2) in pairwise(line.points)
    ]
    found: list[Line] = []
    for line in lines:
        if not line.label:
            found.append(line)
            continue
        half = width_of(line.label, SMALL) / 2 + 3
        spots = list(_spots(line.points, half))
        free = [s for s in spots if not _covers(s[0], half, taken)] or spots[:1]
        others = [segment for other, segment in crossed if other is not line]
        at, _ = next((s for s in free if not _covers(s[0], half, others, s[1])), free[0])
        taken.append((at[0] - half, at[1] - 8, at[0] + half, at[1] + 8))
        found.append(replace(line, label_at=at))
    return found


def _spots(points: tuple[Point, ...], half: float) -> Iterator[tuple[Point, Point]]:
    """Places for a label, each with where on the line it belongs to.

    The best come first: the middle of long segments, then other parts.
    """
    segments = sorted(
        pairwise(points),
        # A label lies along a level segment and across an upright one.
        key=lambda s: -(abs(s[0][0] - s[1][0]) / (2 * half) + abs(s[0][1] - s[1][1]) / 40),
    )
    for share in (0.5, 0.35, 0.65, 0.22, 0.78):
        for (x1, y1), (x2, y2) in segments:
            on = (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)
            yield on, on
    # Beside a line that runs close to another.
    (x1, y1), (x2, y2) = segments[0]
    level = abs(x2 - x1) > abs(y2 - y1)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    for by in (0.6, -0.6, 1.0, -1.0):
        dx, dy = (0.0, LABEL_HEIGHT * by) if level else (2 * half * by, 0.0)
        yield (middle[0] + dx, middle[1] + dy), middle


def _covers(
    at: Point, half: float, taken: list[tuple[float, float, float, float]],
    of: Point | None = None,
) -> bool:  # fmt: skip
    """Whether anything is below a label, or between it and the place that it belongs to."""
    (x, y), (to_x, to_y) = at, of or at
    return any(
        min(x - half, to_x) < right and max(x + half, to_x) > left
        and min(y - 9, to_y) < bottom and max(y + 9, to_y) > top
        for left, top, right, bottom in taken
    )  # fmt: skip


def _shift(placed: list[Box | Panel], lines: list[Line]) -> Scene:
    """Everything moved so that nothing is left of or above the origin."""
    xs = [p.x for p in placed] + [x for line in lines for x, _ in line.points]
    ys = [p.y for p in placed] + [y for line in lines for _, y in line.points]
    rights = [p.x + p.width for p in placed] + [x for line in lines for x, _ in line.points]
    bottoms = [p.y + p.height for p in placed] + [y for line in lines for _, y in line.points]
    for line in lines:
        if line.label:
            half = width_of(line.label, SMALL) / 2 + 3
            xs.append(line.label_at[0] - half)
            rights.append(line.label_at[0] + half)
            ys.append(line.label_at[1] - 8)
            bottoms.append(line.label_at[1] + 8)
    dx, dy = -min(xs), -min(ys)
    moved = [
        replace(
            line,
            points=tuple((x + dx, y + dy) for x, y in line.points),
            label_at=(line.label_at[0] + dx, line.label_at[1] + dy),
        )
        for line in lines
    ]
    boxes = tuple(move_box(p, p.x + dx, p.y + dy) for p in placed if isinstance(p, Box))
    panels = tuple(move_panel(p, p.x + dx, p.y + dy) for p in placed if isinstance(p, Panel))
    return Scene(max(rights) + dx, max(bottoms) + dy, panels, boxes, tuple(moved))
