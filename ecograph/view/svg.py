"""A picture as SVG: real text, a title and a description, links, both themes.

Colours stand twice: flat, as attributes, for renderers without CSS variables, and as variables,
which follow the reader's theme. Ids and the root of all rules begin with a prefix made of what was
asked, so that pictures on one page leave each other alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape

import orjson

from ecograph.view.around import lay_out_around
from ecograph.view.cards import lay_out_tree
from ecograph.view.layers import lay_out_layers
from ecograph.view.margin import MARGIN, TITLE, write_foot, write_head, write_legend
from ecograph.view.measure import width_of
from ecograph.view.palette import DENIED, FOLDED, MORE, Stroke, look_of, stroke_of
from ecograph.view.pen import Pen, number, path_of, quote
from ecograph.view.picture import Edge, Form, Picture
from ecograph.view.scene import (
    ICON,
    LINE,
    PAD,
    SMALL,
    SMALL_LINE,
    Box,
    Line,
    Panel,
    Rest,
    Scene,
)
from ecograph.view.style import FONTS, ThemeName, style_of
from ecograph.view.words import describe

WIDTH, NARROWEST, WIDEST = 960, 280, 1600
"""Pixels that a picture may take, unless said, and what may be said."""


@dataclass(frozen=True, slots=True)
class Svg:
    """An SVG element, its style alone (for a policy that names its hash), its size in pixels."""

    text: str
    style: str
    width: int
    height: int


def to_svg(
    picture: Picture, *, theme: ThemeName = "auto", width: int = WIDTH, target: str = ""
) -> Svg:
    """The picture as one SVG element, without an XML declaration; the same bytes every time.

    `width` is what it may take, as far as its form can keep that; `target` where links open.
    """
    room = float(width) - 2 * MARGIN
    if picture.form is Form.TREE:
        scene = lay_out_tree(picture, room)
    elif picture.form is Form.AROUND:
        scene = lay_out_around(picture, room)
    else:
        picture, scene = lay_out_layers(picture, room)
    pen = Pen(_prefix(picture, theme, width), theme, target)
    return _Writer(picture, scene, pen).write(theme, room)


def _prefix(picture: Picture, theme: ThemeName, width: int) -> str:
    told = (
        picture.version, picture.name, dict(picture.variables), picture.language, theme, width,
        sorted(n.id for n in picture.nodes.values() if n.strong),
    )  # fmt: skip
    digest = sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"eg-{digest[:8]}"


class _Writer:
    def __init__(self, picture: Picture, scene: Scene, pen: Pen) -> None:
        self.picture = picture
        self.scene = scene
        self.pen = pen

    def write(self, theme: ThemeName, room: float) -> Svg:
        """The whole element, as wide as its content or its title."""
        picture, scene, pen = self.picture, self.scene, self.pen
        titled = width_of(picture.title, TITLE, bold=True)
        inner = max(scene.width, min(room, max(titled, 300.0), 520.0))
        y = write_head(pen, picture, scene, inner)
        self._content(y)
        y += scene.height + (14 if scene.height else 0)
        y = write_legend(pen, picture, scene, y, inner)
        y = write_foot(pen, picture, y, inner)
        width, height = inner + 2 * MARGIN, y + 10
        style = style_of(pen.prefix, theme)
        size = f"{number(width)} {number(height)}"
        linked = any(node.link for node in picture.nodes.values())
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="eg {pen.prefix}" '
            f'data-version="{escape(picture.version)}" data-question="{escape(picture.name)}" '
            f'data-variables="{escape(orjson.dumps(dict(picture.variables)).decode())}" '
            f'data-form="{picture.form}" lang="{picture.language}" viewBox="0 0 {size}" '
            f'width="{number(width)}" height="{number(height)}" font-family="{escape(FONTS)}" '
            # Of an image readers may leave out what is within, and so the links.
            f'font-size="13" role="{"group" if linked else "img"}" '
            f'aria-labelledby="{pen.prefix}-t {pen.prefix}-d">'
            f'<title id="{pen.prefix}-t">{quote(picture.title)}</title>'
            f'<desc id="{pen.prefix}-d">{quote(describe(picture))}</desc>'
            f"<style>{style}</style>{pen.definitions()}"
            f'<rect class="eg-bg" fill="{pen.flat["bg"]}" width="100%" height="100%" rx="8"/>'
            f"{pen.written}</svg>\n"
        )
        return Svg(text, style, round(width + 0.5), round(height + 0.5))

    def _content(self, y: float) -> None:
        self.pen.put(f'<g class="eg-content" transform="translate({number(MARGIN)} {number(y)})">')
        for line in self.scene.lines:
            self._line(line)
        for panel in self.scene.panels:
            self._panel(panel)
        for box in self.scene.boxes:
            self._box(box)
        for line in self.scene.lines:
            self._line_label(line)
        self.pen.put("</g>")

    def _box(self, box: Box) -> None:
        pen, node, look = self.pen, box.node, look_of(box.node.kind)
        linked = pen.link(node.link)
        name, more = "eg-node", ""
        if box.more:
            name, more = (
                "eg-node eg-group",
                f' data-group="{escape(node.id)}" data-more="{box.more}"',
            )
        pen.put(
            f'<g class="{name}" data-id="{escape(node.id)}" data-kind="{escape(node.kind)}"{more} '
            'tabindex="-1">'
        )
        pen.tell(self._hover(box))
        pen.box(
            f"eg-box eg-b-{look.color}", box.x, box.y, box.width, box.height,
            min(box.height / 2, 14) if node.kind == "Category" else 6,
            fill=f"{look.color}-f", stroke=look.color,
            more=f' stroke-width="{"2.5" if node.strong else "1.2"}"',
        )  # fmt: skip
        pen.icon(f"k-{node.kind}", look, box.x + PAD - 3, box.y + box.height / 2 - ICON / 2)
        x, y = box.x + PAD + ICON + 3, box.y + 18.5
        for place, text in enumerate(box.lines):
            pen.say(text, x, y + place * LINE, bold=node.strong)
        if box.note and box.beside:
            self._note(box, box.x + box.width - PAD - (30 if box.more else 0), y - 0.5, "end")
        elif box.note or box.edge is not None:
            self._note(box, x, y + LINE * (len(box.lines) - 1) + SMALL_LINE)
        if box.more:
            self._badge(box)
        pen.put("</g>" + ("</a>" if linked else ""))

    def _badge(self, box: Box) -> None:
        text, middle = f"+{box.more}", box.y + box.height / 2
        wide = width_of(text, SMALL) + 10
        left = box.x + box.width - wide - 6
        self.pen.box("eg-bg", left, middle - 8, wide, 16, 8, fill="bg")
        self.pen.say(text, left + wide / 2, middle + 4, size=SMALL, muted=True, anchor="middle")

    def _hover(self, box: Box) -> str:
        node = box.node
        told = f"{node.label} ({self.picture.kinds.get(node.kind, node.kind)})"
        return f"{told}, {node.note}" if node.note and node.note not in box.note else told

    def _note(self, box: Box, x: float, y: float, anchor: str = "") -> None:
        """The note of a box; where it is a statement's, inside of what stands for that."""
        if box.edge is not None:
            self._begin(box.edge)
        if box.note:
            self.pen.say(box.note, x, y, size=SMALL, muted=True, anchor=anchor)
        if box.edge is not None:
            self.pen.put("</g>")

    def _begin(self, edge: Edge) -> None:
        """Begin what stands for a statement."""
        self.pen.put(
            f'<g class="eg-edge" data-from="{escape(edge.source)}" '
            f'data-to="{escape(edge.target)}" data-relation="{escape(edge.relation)}" '
            f'data-statement="{escape(edge.statement)}">'
        )
        note = f" ({edge.note})" if edge.note else ""
        sources = f" [{'; '.join(edge.sources)}]" if edge.sources else ""
        self.pen.tell(edge.sentence + note + sources)

    def _panel(self, panel: Panel) -> None:
        pen = self.pen
        pen.put(f'<g class="eg-group" data-group="{escape(panel.group)}" data-more="{panel.more}">')
        kind, fill = ("eg-q", "bg") if panel.raised else ("eg-p", "pn")
        pen.box(kind, panel.x, panel.y, panel.width, panel.height, 8, fill=fill, stroke="ln")
        color = self._stroke(panel.relation, panel.negated).color if panel.relation else ""
        y = panel.y + 7
        linked = bool(panel.title) and pen.link(panel.link)
        for text in panel.title:
            y += LINE
            pen.say(text, panel.x + PAD, y, bold=True, color=color)
        pen.put("</a>" if linked else "")
        if panel.count and panel.title:
            pen.say(
                panel.count, panel.x + panel.width - PAD, panel.y + 24, size=SMALL, muted=True,
                anchor="end",
            )  # fmt: skip
        for inner in panel.panels:
            self._panel(inner)
        for box in panel.boxes:
            self._box(box)
        if panel.rest is not None:
            self._rest(panel.rest)
        pen.put("</g>")

    def _rest(self, rest: Rest) -> None:
        pen = self.pen
        linked = pen.link(rest.link)
        pen.box(
            "eg-box eg-b-grey", rest.x, rest.y, rest.width, 28, 6, fill="grey-f", stroke="grey",
            more=' stroke-dasharray="3 3"',
        )  # fmt: skip
        pen.icon("more", MORE, rest.x + PAD - 3, rest.y + 8)
        pen.say(rest.text, rest.x + PAD + ICON + 3, rest.y + 18.5, muted=True)
        pen.put("</a>" if linked else "")

    def _stroke(self, relation: str, negated: bool) -> Stroke:
        if negated:
            return DENIED
        return stroke_of(self.picture.ranks[relation]) if relation else FOLDED

    def _line(self, line: Line) -> None:
        single = len(line.edges) == 1 and line.edges[0].statement
        if single:
            self._begin(line.edges[0])
        else:
            self.pen.put(
                f'<g class="eg-bundle" data-group="{escape(line.group)}" '
                f'data-relation="{escape(line.relation)}">'
            )
        stroke = self._stroke(line.relation, line.negated)
        width = "3" if line.main else "1.5"
        self.pen.stroke(path_of(line), stroke, width=width, head=line.head)
        for edge in () if single else line.edges:
            if edge.statement:
                self._begin(edge)
                self.pen.put("</g>")
        self.pen.put("</g>")

    def _line_label(self, line: Line) -> None:
        if not line.label or not self.scene.named:
            return
        wide = width_of(line.label, SMALL) + 6
        x, y = line.label_at
        self.pen.box("eg-bg", x - wide / 2, y - 8, wide, 16, 4, fill="bg")
        color = self._stroke(line.relation, line.negated).color
        self.pen.say(line.label, x, y + 4, size=SMALL, color=color, anchor="middle")
