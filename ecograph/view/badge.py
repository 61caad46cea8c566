"""A badge as SVG: a name and what is said of it, flat, on one line; for a README."""

from __future__ import annotations

from html import escape

from ecograph.view.measure import cut, width_of
from ecograph.view.palette import LIGHT
from ecograph.view.pen import number, quote

HEIGHT, SIZE, MARGIN = 20, 11, 6
ROOM = 240.0
"""The widest text, in pixels; what is longer is cut."""
NAME = "#24292f"
FONT = "DejaVu Sans,Verdana,Arial,Noto Sans CJK SC,sans-serif"


def to_badge(name: str, message: str, color: str) -> str:
    """The badge; `color` is one of the light theme's, on which white letters are read well."""
    left, right = cut(name, SIZE, ROOM), cut(message, SIZE, ROOM)
    split = round(width_of(left, SIZE)) + 2 * MARGIN
    width = split + round(width_of(right, SIZE)) + 2 * MARGIN
    title = f"{name}: {message}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(title)}"><title>{quote(title)}</title>'
        f'<rect width="{width}" height="{HEIGHT}" rx="3" fill="{NAME}"/>'
        f'<path d="M{split} 0H{width - 3}a3 3 0 0 1 3 3v{HEIGHT - 6}a3 3 0 0 1-3 3H{split}z" '
        f'fill="{LIGHT[color]}"/>'
        f'<g fill="#fff" font-family="{FONT}" font-size="{SIZE}" text-anchor="middle">'
        f'<text x="{number(split / 2)}" y="14">{quote(left)}</text>'
        f'<text x="{number((split + width) / 2)}" y="14">{quote(right)}</text></g></svg>\n'
    )
