"""Colours: enough contrast in both themes, and nothing told by colour alone."""

from __future__ import annotations

import pytest

from ecograph.view.palette import DARK, KINDS, LIGHT, PLAIN, Theme, look_of, stroke_of
from tests.world import ontology

COLORS = [name for name in LIGHT if f"{name}-f" in LIGHT]
THEMES = {"light": LIGHT, "dark": DARK}


def luminance(color: str) -> float:
    """WCAG 2.2's relative luminance."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_texts_have_the_contrast_of_aa(theme: Theme) -> None:
    surfaces = ["bg", "pn", *(f"{c}-f" for c in COLORS)]
    for surface in surfaces:
        assert contrast(theme["fg"], theme[surface]) >= 4.5, surface
        assert contrast(theme["mu"], theme[surface]) >= 4.5, surface
    # Headings and names of relations have the colours of lines.
    for color in COLORS:
        assert contrast(theme[color], theme["bg"]) >= 4.5, color
        assert contrast(theme[color], theme["pn"]) >= 4.5, color


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_borders_and_icons_have_the_contrast_of_graphics(theme: Theme) -> None:
    for color in COLORS:
        for surface in ("bg", "pn", f"{color}-f"):
            assert contrast(theme[color], theme[surface]) >= 3, (color, surface)


def test_both_themes_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_every_kind_has_an_icon_of_its_own() -> None:
    assert ontology().kinds.keys() == KINDS.keys()
    icons = [look.icon for look in KINDS.values()]
    assert len(set(icons)) == len(icons)
    assert {look.color for look in KINDS.values()} <= set(COLORS)


def test_a_kind_that_is_new_is_drawn_plainly() -> None:
    assert look_of("Planet") == PLAIN


def test_no_two_relations_have_the_same_colour_and_the_same_dashes() -> None:
    strokes = [stroke_of(rank) for rank in ontology().relation_rank.values()]
    assert len(set(strokes)) == len(strokes) == len(ontology().relations)
