"""Colours, icons and dashes: a kind is a colour and an icon, a relation a colour and a dash.

What the ontology adds gets a look of its own without a line here: kinds the plain icon, relations
the next pair of colour and dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Theme = Mapping[str, str]

LIGHT: Theme = {
    "bg": "#ffffff", "fg": "#1f2328", "mu": "#59636e", "ln": "#d1d9e0", "pn": "#f6f8fa",
    "blue": "#0969da", "blue-f": "#ddf4ff", "purple": "#8250df", "purple-f": "#fbefff",
    "green": "#1a7f37", "green-f": "#dafbe1", "amber": "#9a6700", "amber-f": "#fff8c5",
    "orange": "#bc4c00", "orange-f": "#fff1e5", "red": "#cf222e", "red-f": "#ffebe9",
    "pink": "#bf3989", "pink-f": "#ffeff7", "teal": "#0f7285", "teal-f": "#d8f5f8",
    "grey": "#59636e", "grey-f": "#f0f2f5",
}  # fmt: skip
DARK: Theme = {
    "bg": "#0d1117", "fg": "#e6edf3", "mu": "#9198a1", "ln": "#3d444d", "pn": "#151b23",
    "blue": "#4493f8", "blue-f": "#121d2f", "purple": "#ab7df8", "purple-f": "#1e1a2f",
    "green": "#3fb950", "green-f": "#12261e", "amber": "#d29922", "amber-f": "#272115",
    "orange": "#f0883e", "orange-f": "#2a1a0e", "red": "#f85149", "red-f": "#2b1416",
    "pink": "#f778ba", "pink-f": "#2a1524", "teal": "#39c5cf", "teal-f": "#0c2529",
    "grey": "#9198a1", "grey-f": "#1c232c",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A colour of the themes by name, and the icon's path in a square of 12."""

    color: str
    icon: str


PLAIN = Look("grey", "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6M6 4.6v2.8M4.6 6h2.8")
MORE = Look("grey", "M1.7 6h1.6M5.2 6h1.6M8.7 6h1.6")
KINDS: Mapping[str, Look] = {
    "Tool": Look("blue", "M6 .8 11 3.5v5L6 11.2 1 8.5v-5zM1 3.5 6 6.2l5-2.7M6 6.2v5"),
    "Specification": Look("green", "M2 .8h5.5L10 3.3v7.9H2zM4 5.5h4M4 8h4"),
    "Organization": Look("amber", "M1.5 11V1.5h5V11M6.5 4.5h4V11M.5 11h11M3.5 4h1M3.5 6.5h1"),
    "Category": Look("purple", "M.8 2.2h3.6l1.2 1.4h5.6v6.8H.8z"),
    "Group": Look("grey", "M1 4.2h6.8V11H1zM4.2 4.2V1H11v6.8H7.8"),
    "Concept": Look("pink", "M6 .9a3.7 3.7 0 0 0-2 6.8v1.5h4V7.7A3.7 3.7 0 0 0 6 .9M4.3 11.2h3.4"),
    "Service": Look("teal", "M3.2 9.6a2.5 2.5 0 0 1 0-5A3.3 3.3 0 0 1 9.4 5a2.3 2.3 0 0 1-.4 4.6z"),
    "ArtifactFormat": Look("orange", "M6 1 11 3.6 6 6.2 1 3.6zM1 6l5 2.6L11 6M1 8.4 6 11l5-2.6"),
    "Instruction": Look("amber", "M1.2 2.5 4.7 6 1.2 9.5M6 9.5h4.8"),
    "Command": Look("red", "M.8 1.8h10.4v8.4H.8zM3 4.3 4.8 6 3 7.7M6 8h3"),
    "Image": Look("orange", "M1 1.5h10v9H1zM1 8.6l3-3 2.6 2.6 1.6-1.6L11 9.2M8 3.8h.8"),
    "Procedure": Look("pink", "M1 2.2h1.6M4.4 2.2H11M1 6h1.6M4.4 6H11M1 9.8h1.6M4.4 9.8H11"),
    "OperatingSystem": Look(
        "teal", "M2.5 2.5h7v7h-7zM4.3.8v1.7M7.7.8v1.7M4.3 9.5v1.7M7.7 9.5v1.7M.8 6h1.7M9.5 6h1.7"
    ),
}

COLORS = ("green", "blue", "orange", "purple", "teal", "grey", "pink")
DASHES = ("", "2 3", "9 3 2 3", "14 4", "4 2 1 2", "6 3")
# Their numbers have no common factor, so that each of 42 relations is a pair of its own.


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line's colour by name and its dashes."""

    color: str
    dash: str


DENIED = Stroke("red", "3 3")
FOLDED = Stroke("grey", "2 3")


def look_of(kind: str) -> Look:
    """The colour and the icon of a kind."""
    return KINDS.get(kind, PLAIN)


def stroke_of(rank: int) -> Stroke:
    """The line of the relation at a place of the ontology."""
    return Stroke(COLORS[rank % len(COLORS)], DASHES[rank % len(DASHES)])
