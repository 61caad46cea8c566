"""What has a place: boxes, panels and lines, in pixels from the top left of the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecograph.view.measure import cut, widest_word, width_of, wrap
from ecograph.view.picture import Edge, Node

SIZE, LINE = 13.0, 17.0
SMALL, SMALL_LINE = 11.0, 14.0
PAD, ICON = 10.0, 12.0
GAP = 8.0
SEPARATOR = " · "
"""Between the words of a note."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place; `beside`: the note stands on the label's line, at the right."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    note: str = ""
    beside: bool = False
    edge: Edge | None = None
    """The statement that the note is of, where no line is drawn for it."""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """A row that says how many are not shown, with the address at which they are."""

    x: float
    y: float
    width: float
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card in its place, under its heading; `relation` gives the heading its colour."""

    group: str
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    count: str = ""
    relation: str = ""
    negated: bool = False
    raised: bool = False
    more: int = 0
    link: str = ""
    boxes: tuple[Box, ...] = ()
    panels: tuple[Panel, ...] = ()
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its place, through its points; `curved` ones have two control points inside.

    Arrowheads stand at the object's end: `start`, `end` or both are without.
    """

    points: tuple[Point, ...]
    relation: str
    edges: tuple[Edge, ...] = ()
    group: str = ""
    label: str = ""
    label_at: Point = (0.0, 0.0)
    head: str = "end"
    curved: bool = False
    main: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """All that stands on a picture between its heading and its foot."""

    width: float
    height: float
    panels: tuple[Panel, ...] = ()
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    named: bool = True
    """Whether lines or headings name every relation, so that no legend need."""
    remark: str = ""
    """What the layout left out."""


def place_box(
    node: Node, room: float, note: str | None = None, *, x: float = 0.0, y: float = 0.0,
    edge: Edge | None = None, shrink: bool = False, more: int = 0, lines: int = 2,
    most: float = 0.0,
) -> Box:  # fmt: skip
    """A node's box, as wide as its room, or as its text where it may shrink.

    Up to `most` it is as wide as the longest word wants it.
    """
    note = node.note if note is None else note
    badge = width_of(f"+{more}", SMALL) + 22 if more else 0.0
    frame = 2 * PAD + ICON + 6 + badge
    room = max(room, min(most, widest_word(node.label, SIZE, bold=node.strong) + frame + 1))
    inner = room - frame
    text = wrap(node.label, SIZE, inner, lines, bold=node.strong)
    longest = max(width_of(t, SIZE, bold=node.strong) for t in text)
    beside = False
    if note:
        told = width_of(note, SMALL)
        beside = len(text) == 1 and longest + 12 + told <= inner
        if not beside:
            # A whole word less is better than a part of one.
            while width_of(note, SMALL) > inner and SEPARATOR in note:
                note = note.rpartition(SEPARATOR)[0]
            note = cut(note, SMALL, inner)
            longest = max(longest, width_of(note, SMALL))
        else:
            longest += 12 + told
    height = 11 + LINE * len(text) + (SMALL_LINE if note and not beside else 0)
    width = longest + frame + 1 if shrink else room
    return Box(node, x, y, min(width, room), height, text, note, beside, edge, more)


def move_box(box: Box, x: float, y: float) -> Box:
    """The same box at another place."""
    return replace(box, x=x, y=y)


def move_panel(panel: Panel, x: float, y: float) -> Panel:
    """The same panel, and all within it, with its corner at another place."""
    dx, dy = x - panel.x, y - panel.y
    return replace(
        panel,
        x=x,
        y=y,
        boxes=tuple(move_box(b, b.x + dx, b.y + dy) for b in panel.boxes),
        panels=tuple(move_panel(p, p.x + dx, p.y + dy) for p in panel.panels),
        rest=replace(panel.rest, x=panel.rest.x + dx, y=panel.rest.y + dy) if panel.rest else None,
    )


def bottom_of(parts: Sequence[Box | Panel]) -> float:
    """Where the lowest of some parts ends."""
    return max((p.y + p.height for p in parts), default=0.0)
