"""Cards: a heading, boxes in columns, cards within; and the tree that is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ecograph.view.fold import FOLD
from ecograph.view.measure import width_of, wrap
from ecograph.view.picture import Edge, Group, Picture
from ecograph.view.scene import (
    GAP,
    LINE,
    PAD,
    SIZE,
    SMALL,
    Box,
    Panel,
    Rest,
    Scene,
    move_panel,
    place_box,
)
from ecograph.view.words import word

ROOMY = 40
"""A picture with so few entries folds none of them."""
ALONE = 100
"""The most entries of a card that stands alone."""
COLUMN, WIDEST = 208.0, 260.0
"""How wide a column is at least, where there is room, and at most."""
INSET = 12.0


def lay_out_tree(picture: Picture, width: float) -> Scene:
    """Nested cards: areas below each other, categories in columns, entries below each other."""
    [top] = picture.groups
    counted = sum(len(g.nodes) for g in top.every())
    edges = {(e.source, e.target): e for e in picture.edges}
    maker = _Cards(picture, edges, FOLD if counted > ROOMY else ALONE)
    if not top.groups:
        if not top.nodes:
            return Scene(0, 0)
        panel = maker.wide(top, width, heading=False)
        return Scene(panel.width, panel.height, (panel,))
    areas = [g for g in top.groups if g.groups]
    panels: list[Panel] = []
    y = 0.0
    if top.nodes:
        panel = maker.wide(top, width, heading=False)
        panels.append(panel)
        y = panel.height + INSET
    if 2 * len(areas) > len(top.groups):
        columns = max(len(g.groups) + bool(g.nodes and g.groups) for g in top.groups)
        for group in top.groups:
            panel = maker.area(group, width, columns)
            panels.append(move_panel(panel, 0, y))
            y += panel.height + INSET
        y -= INSET
    elif len(top.groups) == 1:
        panel = move_panel(maker.wide(top.groups[0], width), 0, y)
        panels.append(panel)
        y += panel.height
    else:
        column = _column(len(top.groups), width)
        cards, y = _in_columns([maker.card(g, column) for g in top.groups], 0, y, width)
        panels += cards
    right = max(p.x + p.width for p in panels)
    return Scene(right, y, tuple(panels))


def card_of(
    picture: Picture, group: Group, edges: Mapping[str, Edge], *, columns: int = 1,
    fold: int = FOLD, column: float = COLUMN,
) -> Panel:  # fmt: skip
    """One card, at the origin: its heading, its boxes in columns, how many more there are.

    `edges` gives the statement that each node stands in the card for.
    """
    kept = group.nodes if len(group.nodes) + group.more <= fold else group.nodes[: fold - 1]
    if group.more + len(group.nodes) - len(kept) == 1 < len(kept):
        kept = kept[:-1]  # The row that says so would take the room of the one.
    more = len(group.nodes) - len(kept) + group.more
    inner = column - 2 * PAD
    count = str(group.count or len(group.nodes) + group.more) if group.label else ""
    counted = width_of(count, SMALL)
    width = columns * inner + (columns - 1) * GAP + 2 * PAD
    title: tuple[str, ...] = ()
    if group.label:
        title = wrap(group.label, SIZE, width - 2 * PAD - counted - 8, 2, bold=True)
    y = 11 + LINE * len(title) + 6 if title else PAD
    boxes: list[Box] = []
    per = -(-(len(kept) + (1 if more else 0)) // columns)
    rest, bottom, at = None, y, y
    for number, id_ in enumerate(kept):
        if number and number % per == 0:
            at = y
        x = PAD + (number // per if per else 0) * (inner + GAP)
        note = group.notes.get(id_)
        box = place_box(
            picture.nodes[id_],
            inner,
            note,
            x=x,
            y=at,
            edge=edges.get(id_),
            more=picture.more_of(id_),
        )
        boxes.append(box)
        at += box.height + 5
        bottom = max(bottom, at)
    if more:
        number = len(kept)
        if number and number % per == 0:
            at = y
        x = PAD + (number // per if per else 0) * (inner + GAP)
        rest = Rest(x, at, inner, word("more", picture.language, n=more), group.link)
        bottom = max(bottom, at + 28 + 5)
    return Panel(
        group.id, 0, 0, width, bottom - 5 + PAD, title, count, group.relation,
        group.negated, False, more, group.link, tuple(boxes), (), rest,
    )  # fmt: skip


class _Cards:
    def __init__(self, picture: Picture, edges: Mapping[tuple[str, str], Edge], fold: int) -> None:
        self.picture = picture
        self.edges = edges
        self.fold = fold

    def _edges_of(self, group: Group) -> dict[str, Edge]:
        found = ((n, self.edges.get((n, group.id))) for n in group.nodes)
        return {n: e for n, e in found if e is not None}

    def card(self, group: Group, column: float = COLUMN) -> Panel:
        """A category: its entries, then each category within under a heading of its own."""
        edges = self._edges_of(group)
        panel = card_of(self.picture, group, edges, fold=self.fold, column=column)
        if not group.groups:
            return replace(panel, raised=True)
        y = panel.height - (PAD if group.nodes else PAD + 1)
        inner: list[Panel] = []
        for below in group.groups:
            one = self.card(below, column - 2 * 6)
            inner.append(move_panel(replace(one, raised=False), 6, y + 6))
            y += one.height + 6
        return replace(panel, panels=tuple(inner), height=y + 6, raised=True)

    def wide(self, group: Group, width: float, *, heading: bool = True) -> Panel:
        """A category alone: its entries in as many columns as are of use."""
        shown = min(len(group.nodes), ALONE)
        columns = max(1, min(int((width - 12) // (COLUMN - 12)), -(-shown // 4)))
        group = group if heading else replace(group, label="")
        return card_of(
            self.picture, group, self._edges_of(group), columns=columns, fold=ALONE,
            column=min(COLUMN, width),
        )  # fmt: skip

    def area(self, group: Group, width: float, columns: int) -> Panel:
        """An area: what stands in it directly as a card without a heading, then its categories.

        It is no wider than so many columns are.
        """
        column = _column(min(columns, 4), width - 2 * PAD)
        number = max(1, min(columns, int((width - 2 * PAD + GAP + 0.5) // (column + GAP))))
        count = word("entries", self.picture.language, n=group.count)
        counted = width_of(count, SMALL) + 8
        named = counted + width_of(group.label, SIZE, bold=True)
        room = max(number * (column + GAP) - GAP, min(named, width - 2 * PAD))
        title = wrap(group.label, SIZE, room - counted, 2, bold=True)
        y = 11 + LINE * len(title) + 8
        cards = [self.card(g, column) for g in group.groups]
        if group.nodes:
            cards.insert(0, self.card(replace(group, label="", groups=()), column))
        placed, bottom = _in_columns(cards, PAD, y, room)
        return Panel(
            group.id, 0, 0, room + 2 * PAD, bottom + PAD, title, count, link=group.link,
            panels=tuple(placed),
        )  # fmt: skip


def _column(cards: int, width: float) -> float:
    """How wide a column is, so that as many as are of use fill the width."""
    number = max(1, min(cards, int((width + GAP) // (COLUMN + GAP))))
    return min((width - (number - 1) * GAP) / number, WIDEST)


def _in_columns(cards: list[Panel], x: float, y: float, width: float) -> tuple[list[Panel], float]:
    """Each card in the column that is shortest so far; where the longest ends."""
    step = cards[0].width + GAP
    number = max(1, min(len(cards), int((width + GAP + 0.5) // step)))
    ends = [y] * number
    placed: list[Panel] = []
    for card in cards:
        at = min(range(number), key=lambda n: (round(ends[n]), n))
        placed.append(move_panel(card, x + at * step, ends[at]))
        ends[at] += card.height + GAP
    return placed, max(ends) - GAP
