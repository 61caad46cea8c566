"""A neighbourhood: the thing in the middle, beside it a card for each relation and direction."""

from __future__ import annotations

from ecograph.view.cards import ALONE, card_of
from ecograph.view.fold import FOLD
from ecograph.view.picture import Edge, Group, Picture
from ecograph.view.scene import PAD, Box, Line, Panel, Point, Scene, move_box, move_panel, place_box

ROOMY = 20
"""Neighbours up to which no card folds."""
COLUMN = 222.0
BETWEEN = 64.0
"""Room between the centre and the cards."""
APART = 14.0
CENTRE = 190.0
LONG = 9
"""A card of more may have two columns."""
NARROW = 640.0
"""A picture that is narrower has its cards below each other."""
SEEN = 300.0
"""How far down the centre is at most, so that it is seen before one scrolls."""
HEADING = 20.0
"""How far below a card's top its line arrives."""


def lay_out_around(picture: Picture, width: float) -> Scene:
    """The centre, and what stands in a relation to it: subjects at the left, objects right."""
    centre = place_box(picture.nodes[picture.centre], min(CENTRE, width), shrink=True, lines=3)
    if width < NARROW:
        return _below(picture, centre, width)
    if len(picture.groups) == 1:
        return _single(picture, centre, width)
    counted = sum(len(g.nodes) for g in picture.groups)
    fold = FOLD if counted > ROOMY else ALONE
    # Two cards may be wide, as two columns of one are lower than one.
    wide = len(picture.groups) == 2 and width >= 3 * COLUMN + 2 * BETWEEN + centre.width - 24
    longest = max((len(g.nodes) for g in picture.groups), default=0)
    cards = [
        (g, card_of(
            picture, g, _edges(picture, g), fold=fold, column=COLUMN,
            columns=2 if wide and len(g.nodes) == longest > LONG else 1,
        ))
        for g in picture.groups
    ]  # fmt: skip
    left = [(g, c) for g, c in cards if not g.outward]
    right = [(g, c) for g, c in cards if g.outward]
    left, right = _balance(left, right)
    heights = [_height(side) for side in (left, right)]
    height = max(*heights, centre.height)
    at = left[0][1].width + BETWEEN if left else 0.0
    centre = move_box(centre, at, min((height - centre.height) / 2, SEEN))
    far = at + centre.width + BETWEEN
    panels: list[Panel] = []
    lines: list[Line] = []
    for side, x, tall in ((left, 0.0, heights[0]), (right, far, heights[1])):
        # Of what is high the shorter side begins where the other one does.
        y = (height - tall) / 2 if height <= 2 * SEEN else 0.0
        for number, (group, card) in enumerate(side):
            placed = move_panel(card, x, y)
            panels.append(placed)
            lines.append(_curve(picture, group, centre, placed, number, len(side)))
            y += card.height + APART
    end = far + right[0][1].width if right else at + centre.width
    return Scene(end, height, tuple(panels), (centre,), tuple(lines))


def _single(picture: Picture, centre: Box, width: float) -> Scene:
    """One relation alone: its card in as many columns as are of use."""
    [group] = picture.groups
    room = width - centre.width - BETWEEN - 2 * PAD
    columns = max(1, min(int(room // (COLUMN - 24)), -(-len(group.nodes) // 6)))
    card = card_of(
        picture, group, _edges(picture, group), columns=columns, fold=ALONE, column=COLUMN - 12
    )
    height = max(card.height, centre.height)
    middle = min((height - centre.height) / 2, SEEN)
    if group.outward:
        centre = move_box(centre, 0, middle)
        placed = move_panel(card, centre.width + BETWEEN, (height - card.height) / 2)
    else:
        placed = move_panel(card, 0, (height - card.height) / 2)
        centre = move_box(centre, card.width + BETWEEN, middle)
    line = _straight(picture, group, centre, placed)
    return Scene(centre.width + BETWEEN + card.width, height, (placed,), (centre,), (line,))


def _below(picture: Picture, centre: Box, width: float) -> Scene:
    """The cards below each other, their lines along a spine at the left."""
    x, y = 34.0, centre.height + 18
    # The lines of several would run into one another: each leaves a common one at its card.
    spine = 10.0 if len(picture.groups) > 1 else 16.0
    counted = sum(len(g.nodes) for g in picture.groups)
    fold = FOLD if counted > ROOMY else ALONE
    room = min(width - x, 2 * COLUMN)
    columns = 2 if room >= 2 * COLUMN - 2 * PAD - 8 else 1
    column = (room - 2 * PAD - 8 * (columns - 1)) / columns + 2 * PAD
    panels: list[Panel] = []
    lines: list[Line] = []
    for group in picture.groups:
        card = card_of(
            picture, group, _edges(picture, group), fold=fold, column=column,
            columns=min(columns, len(group.nodes)) if len(group.nodes) > 1 else columns,
        )  # fmt: skip
        placed = move_panel(card, x, y)
        panels.append(placed)
        end = y + HEADING
        if len(picture.groups) > 1:
            lines.append(_line(picture, group, ((spine, end), (x, end))))
        else:
            lines.append(_line(picture, group, ((spine, centre.height), (spine, end), (x, end))))
        y += card.height + APART
    if len(picture.groups) > 1:
        lines.insert(0, Line(((spine, centre.height), (spine, end)), "", head=""))
    right = max([centre.width, *(p.x + p.width for p in panels)])
    return Scene(right, y - APART, tuple(panels), (centre,), tuple(lines))


def _edges(picture: Picture, group: Group) -> dict[str, Edge]:
    """Node -> the statement for which it stands in a card."""
    found: dict[str, Edge] = {}
    for edge in picture.edges:
        if edge.relation != group.relation or edge.negated != group.negated:
            continue
        outward = edge.source == picture.centre
        if outward == group.outward or edge.symmetric:
            found.setdefault(edge.target if outward else edge.source, edge)
    return found


def _balance(
    left: list[tuple[Group, Panel]], right: list[tuple[Group, Panel]]
) -> tuple[list[tuple[Group, Panel]], list[tuple[Group, Panel]]]:
    """Both sides about equally high: the last cards of the higher one change over.

    What stands on the other side than usual is told by its heading and by its arrow.
    """
    if len(left) + len(right) == 2 and not (left and right):
        return (left[:1] or right[:1]), (left or right)[1:]
    while True:
        tall, low = (left, right) if _height(left) > _height(right) else (right, left)
        if not tall:
            return left, right
        if max(_height(tall[:-1]), _height([*low, tall[-1]])) >= _height(tall):
            return left, right
        low.append(tall.pop())


def _height(side: list[tuple[Group, Panel]]) -> float:
    return sum(c.height for _, c in side) + APART * max(0, len(side) - 1)


def _curve(
    picture: Picture, group: Group, centre: Box, card: Panel, number: int, of: int
) -> Line:  # fmt: skip
    right = card.x > centre.x
    start = (
        centre.x + centre.width if right else centre.x,
        centre.y + centre.height * (number + 1) / (of + 1),
    )
    end = (card.x if right else card.x + card.width, card.y + HEADING)
    middle = (start[0] + end[0]) / 2
    return _line(picture, group, (start, (middle, start[1]), (middle, end[1]), end), curved=True)


def _straight(picture: Picture, group: Group, centre: Box, card: Panel) -> Line:
    y = centre.y + centre.height / 2
    if group.outward:
        return _line(picture, group, ((centre.x + centre.width, y), (card.x, y)))
    return _line(picture, group, ((centre.x, y), (card.x + card.width, y)))


def _line(
    picture: Picture, group: Group, points: tuple[Point, ...], *, curved: bool = False
) -> Line:
    """A line from the centre to a card; its head is at the object's end."""
    symmetric = any(e.symmetric for e in picture.edges if e.relation == group.relation)
    head = "" if symmetric else "end" if group.outward else "start"
    return Line(
        points, group.relation, group=group.id, head=head, curved=curved, negated=group.negated
    )
