"""The marks of an SVG picture: texts, icons, arrowheads, paths; each in a flat colour too."""

from __future__ import annotations

from html import escape

from ecograph.view.palette import DARK, LIGHT, Look, Stroke
from ecograph.view.scene import SIZE, Line
from ecograph.view.style import ThemeName

RADIUS = 6.0
"""Of a line's corners."""


def number(value: float) -> str:
    """A number with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def quote(text: str) -> str:
    """A text inside an element, in which nothing is markup."""
    return escape(text, quote=False)


class Pen:
    """Writes marks one after the other; keeps which icons and arrowheads they refer to."""

    def __init__(self, prefix: str, theme: ThemeName, target: str = "") -> None:
        self.prefix = prefix
        self.flat = DARK if theme == "dark" else LIGHT
        self.target = f' target="{escape(target)}" rel="noopener"' if target else ""
        self._out: list[str] = []
        self._icons: dict[str, Look] = {}
        self._heads: dict[str, str] = {}

    def put(self, markup: str) -> None:
        """Write markup as it is."""
        self._out.append(markup)

    @property
    def written(self) -> str:
        """All that was written."""
        return "".join(self._out)

    def link(self, address: str) -> bool:
        """Begin a link, if there is an address."""
        if address:
            self.put(f'<a href="{escape(address)}"{self.target}>')
        return bool(address)

    def say(
        self, text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False,
        muted: bool = False, color: str = "", anchor: str = "",
    ) -> None:  # fmt: skip
        """A line of text; its y is that of the line on which letters stand."""
        kind = ' class="eg-m"' if muted else f' class="eg-t-{color}"' if color else ""
        self.put(
            f'<text{kind} x="{number(x)}" y="{number(y)}" '
            f'fill="{self.flat["mu" if muted else color or "fg"]}"'
            + (f' font-size="{number(size)}"' if size != SIZE else "")
            + (' font-weight="600"' if bold else "")
            + (f' text-anchor="{anchor}"' if anchor else "")
            + f">{quote(text)}</text>"
        )

    def tell(self, text: str) -> None:
        """What stands beside the pointer."""
        if text:
            self.put(f"<title>{quote(text)}</title>")

    def box(
        self, kind: str, x: float, y: float, width: float, height: float, radius: float,
        *, fill: str, stroke: str = "", more: str = "",
    ) -> None:  # fmt: skip
        """A rectangle of a class; `fill` and `stroke` are names of colours."""
        line = f' stroke="{self.flat[stroke]}"' if stroke else ""
        self.put(
            f'<rect class="{kind}" fill="{self.flat[fill]}"{line}{more} x="{number(x)}" '
            f'y="{number(y)}" width="{number(width)}" height="{number(height)}" '
            f'rx="{number(radius)}"/>'
        )

    def icon(self, name: str, look: Look, x: float, y: float) -> None:
        """An icon of 12 pixels."""
        self._icons[name] = look
        self.put(
            f'<use class="eg-i-{look.color}" stroke="{self.flat[look.color]}" fill="none" '
            f'href="#{self.prefix}-{name}" x="{number(x)}" y="{number(y)}"/>'
        )

    def stroke(self, path: str, stroke: Stroke, *, width: str = "1.5", head: str = "end") -> None:
        """A line along a path, with an arrowhead at its `start` or its `end`, or without."""
        mark = ""
        if head:
            name = f"{self.prefix}-a-{stroke.color}"
            self._heads[name] = stroke.color
            mark = f' marker-{head}="url(#{name})"'
        dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
        self.put(
            f'<path class="eg-l-{stroke.color}" d="{path}" fill="none" '
            f'stroke="{self.flat[stroke.color]}" stroke-width="{width}"{dash}{mark}/>'
        )

    def definitions(self) -> str:
        """The icons and arrowheads that were referred to."""
        icons = "".join(
            f'<path id="{self.prefix}-{name}" stroke-width="1.3" stroke-linejoin="round" '
            f'stroke-linecap="round" d="{look.icon}"/>'
            for name, look in sorted(self._icons.items())
        )
        heads = "".join(
            f'<marker id="{name}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="9" '
            f'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
            f'<path class="eg-h-{color}" fill="{self.flat[color]}" d="M0 .5 8 4 0 7.5 1.8 4z"/>'
            "</marker>"
            for name, color in sorted(self._heads.items())
        )
        return f"<defs>{icons}{heads}</defs>"


def path_of(line: Line) -> str:
    """The path of a line: a curve, or straight pieces with round corners."""
    points = [f"{number(x)} {number(y)}" for x, y in line.points]
    if line.curved:
        return f"M{points[0]}C{points[1]} {points[2]} {points[3]}"
    told = [f"M{points[0]}"]
    for before, here, after in zip(line.points, line.points[1:], line.points[2:], strict=False):
        corner = f"{number(here[0])} {number(here[1])}"
        told.append(f"L{_toward(here, before)}Q{corner} {_toward(here, after)}")
    return "".join([*told, f"L{points[-1]}"])


def _toward(here: tuple[float, float], there: tuple[float, float]) -> str:
    dx, dy = there[0] - here[0], there[1] - here[1]
    length = float((dx * dx + dy * dy) ** 0.5) or 1.0
    by = min(RADIUS, length / 2) / length
    return f"{number(here[0] + dx * by)} {number(here[1] + dy * by)}"
