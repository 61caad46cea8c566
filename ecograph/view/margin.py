"""What stands around a picture: its heading, the legend, whose facts they are."""

from __future__ import annotations

from ecograph.view.measure import width_of, wrap
from ecograph.view.palette import look_of, stroke_of
from ecograph.view.pen import Pen, number
from ecograph.view.picture import Credit, Picture
from ecograph.view.scene import SMALL, SMALL_LINE, Scene
from ecograph.view.words import word

MARGIN = 16.0
TITLE, TITLE_LINE = 16.0, 18.0
WIDE = 500.0
"""A picture that is less wide may have a foot of more lines."""


def write_head(pen: Pen, picture: Picture, scene: Scene, room: float) -> float:
    """The title and the line below it; where the content begins."""
    y = 14.0
    for text in wrap(picture.title, TITLE, room, 3, bold=True):
        y += TITLE_LINE
        pen.say(text, MARGIN, y, size=TITLE, bold=True)
    said = [part for part in (picture.subtitle, scene.remark) if part]
    if said:
        y += 2
        for text in wrap(word("comma", picture.language).join(said), SMALL, room, 4):
            y += SMALL_LINE + 1
            pen.say(text, MARGIN, y, size=SMALL, muted=True)
    return y + 16


def write_legend(pen: Pen, picture: Picture, scene: Scene, y: float, room: float) -> float:
    """The kinds by their icons, and the relations where nothing else names them; where it ends."""
    row = _Row(y, room)
    for kind, label in picture.kinds.items():
        look = look_of(kind)
        x, y = row.take(24 + width_of(label, SMALL))
        pen.box(
            f"eg-b-{look.color}", x, y, 18, 18, 9 if kind == "Category" else 5,
            fill=f"{look.color}-f", stroke=look.color,
        )  # fmt: skip
        pen.icon(f"k-{kind}", look, x + 3, y + 3)
        pen.say(label, x + 24, y + 13, size=SMALL, muted=True)
    if not scene.named:
        for relation, label in picture.relations.items():
            x, y = row.take(40 + width_of(label, SMALL))
            pen.stroke(f"M{number(x)} {number(y + 9)}h32", stroke_of(picture.ranks[relation]))
            pen.say(label, x + 40, y + 13, size=SMALL, muted=True)
    return row.end


class _Row:
    """Places side by side, in as many lines as they need."""

    def __init__(self, y: float, room: float) -> None:
        self.x, self.y, self.room = MARGIN, y, room
        self.end = y

    def take(self, width: float) -> tuple[float, float]:
        """The corner of the next place."""
        if self.x > MARGIN and self.x + width > MARGIN + self.room:
            self.x, self.y = MARGIN, self.y + 22
        at = self.x, self.y
        self.x += width + 14
        self.end = self.y + 18
        return at


def write_foot(pen: Pen, picture: Picture, y: float, room: float) -> float:
    """The sources, as far as there is room, and the dataset; where it ends."""
    y += 12
    pen.put('<g class="eg-foot">')
    for texts in _credit_lines(picture, room, 3 if room > WIDE else 6):
        x = MARGIN
        y += SMALL_LINE
        for text, url in texts:
            linked = pen.link(url if url.startswith(("https://", "http://")) else "")
            pen.say(text, x, y - 3, size=SMALL, muted=True)
            pen.put("</a>" if linked else "")
            x += width_of(text, SMALL) + 5
    for text in wrap(picture.foot, SMALL, room, 3):
        y += SMALL_LINE
        pen.say(text, MARGIN, y - 3, size=SMALL, muted=True)
    pen.put("</g>")
    return y


def _credit_lines(picture: Picture, room: float, most: int) -> list[list[tuple[str, str]]]:
    """Lines of texts with their addresses; what finds no room is counted at the end."""
    lines: list[list[tuple[str, str]]] = []
    x = 0.0
    for place, credit in enumerate(picture.credits):
        left = len(picture.credits) - place
        more = word("and_more", picture.language, n=left)
        pieces = wrap(_credit_text(picture, credit, place), SMALL, room, 2)
        width = width_of(pieces[0], SMALL)
        after = width_of(more, SMALL) + 5 if left > 1 else 0.0
        if lines and len(pieces) == 1 and x + width + (after if len(lines) == most else 0) <= room:
            lines[-1].append((pieces[0], credit.url))
            x += width + 5
        elif len(lines) + len(pieces) <= most and (
            len(lines) + len(pieces) < most or width_of(pieces[-1], SMALL) + 5 + after <= room
        ):
            lines += [[(piece, credit.url)] for piece in pieces]
            x = width_of(pieces[-1], SMALL) + 5
        elif len(lines) < most and x + width_of(more, SMALL) > room:
            lines.append([(more, "")])
            break
        else:
            lines[-1].append((more, ""))
            break
    return lines


def _credit_text(picture: Picture, credit: Credit, place: int) -> str:
    start = word("sources", picture.language) if place == 0 else ""
    last = place == len(picture.credits) - 1
    return start + credit.title + ("" if last else word("comma", picture.language).rstrip())
