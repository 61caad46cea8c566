"""A picture as a page of its own: the SVG in it, the same as a list, where its data are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from ecograph.view.palette import DARK, LIGHT
from ecograph.view.picture import Form, Group, Picture
from ecograph.view.style import ThemeName
from ecograph.view.svg import Svg
from ecograph.view.words import describe, word

DATA = ("json", "csv", "md")
CARD = "card.png"
READABLE = 0.8
"""Of its own size, how small a picture may be shown: below that its page scrolls sideways."""


def card_of(origin: str) -> tuple[tuple[str, str], ...]:
    """What Open Graph says of the image that stands for every page (docs/decisions/0014)."""
    return (
        ("og:image", f"{origin}/{CARD}"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "ecograph: the tools that implement the OCI Runtime Specification"),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made of; `forms` are addresses by form, the others absent if empty."""

    svg: Svg
    picture: Picture
    theme: ThemeName
    forms: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    oembed: str = ""
    address: str = ""
    origin: str = ""


def to_page(page: Page) -> tuple[str, tuple[str, ...]]:
    """The page as HTML, and its styles: a policy may name their hashes."""
    picture = page.picture
    style = _style(page.theme, page.svg.width)
    title, told = escape(picture.title), escape(describe(picture)[:300])
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f'<meta name="description" content="{told}">',
        '<meta property="og:type" content="website">',
        '<meta property="og:site_name" content="ecograph">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:description" content="{told}">',
        f'<meta property="og:locale" content="{"zh_CN" if picture.language == "zh" else "en"}">',
    ]
    if page.address:
        head.append(f'<meta property="og:url" content="{escape(page.address)}">')
    if page.origin:
        head += [
            f'<meta property="{name}" content="{escape(content)}">'
            for name, content in card_of(page.origin)
        ]
        head.append('<meta name="twitter:card" content="summary_large_image">')
    if page.oembed:
        head.append(
            f'<link rel="alternate" type="application/json+oembed" title="{title}" '
            f'href="{escape(page.oembed)}">'
        )
    head.append(f"<style>{style}</style>")
    if page.script:
        head.append(f'<script src="{escape(page.script)}" defer></script>')
    forms = " · ".join(
        f'<a href="{escape(page.forms[form])}" target="_blank" rel="noopener">{form.upper()}</a>'
        for form in DATA
        if form in page.forms
    )
    foot = f"<p>{escape(word('data', picture.language))}: {forms}</p>" if forms else ""
    lang = "zh-Hans" if picture.language == "zh" else "en"
    text = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n' + "\n".join(head) + "\n</head>\n"
        f"<body>\n<main>\n{page.svg.text}"
        f"<details>\n<summary>{escape(word('list', picture.language))}</summary>\n"
        f"{to_list(picture)}</details>\n{foot}\n</main>\n</body>\n</html>\n"
    )
    return text, (style, page.svg.style)


def to_fault_page(
    message: str, language: str, theme: ThemeName, script: str = ""
) -> tuple[str, str]:
    """A page that says in place of a picture why there is none, and its style."""
    style = _style(theme, 0)
    title = escape(word("no_picture", language))
    more = f'<script src="{escape(script)}" defer></script>\n' if script else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="{"zh-Hans" if language == "zh" else "en"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n{more}</head>\n"
        f'<body>\n<main>\n<p><strong>{title}</strong></p>\n<p lang="en">{escape(message)}</p>\n'
        "</main>\n</body>\n</html>\n"
    )
    return text, style


def _style(theme: ThemeName, width: int) -> str:
    def colors(of: Mapping[str, str]) -> str:
        return f"--bg:{of['bg']};--fg:{of['fg']};--mu:{of['mu']};--link:{of['blue']}"

    scheme = theme if theme in ("light", "dark") else "light dark"
    first = DARK if theme == "dark" else LIGHT
    both = scheme == "light dark"
    dark = f"@media(prefers-color-scheme:dark){{:root{{{colors(DARK)}}}}}" if both else ""
    return (
        f":root{{color-scheme:{scheme};{colors(first)}}}{dark}"
        "body{margin:0;background:var(--bg);color:var(--fg);font:14px/1.5 system-ui,sans-serif}"
        "main{overflow-x:auto}"
        f"svg.eg{{display:block;max-width:100%;min-width:{round(width * READABLE)}px;height:auto}}"
        "@media print{svg.eg{min-width:0}}"
        "details,p{margin:8px 16px;color:var(--mu)}summary{cursor:pointer}"
        "ul{padding-left:20px}a{color:var(--link)}"
    )


def to_list(picture: Picture) -> str:
    """A picture as a list in HTML: every statement with its sources; a tree as its groups."""
    if picture.form is Form.TREE:
        return "".join(_group(picture, group) for group in picture.groups)
    items = []
    for edge in picture.edges:
        note = f" ({edge.note})" if edge.note else ""
        sources = f"<br><small>{escape('; '.join(edge.sources))}</small>" if edge.sources else ""
        items.append(f"<li>{escape(edge.sentence + note)}{sources}</li>\n")
    return f"<ul>\n{''.join(items)}</ul>\n"


def _group(picture: Picture, group: Group) -> str:
    items = []
    for id_ in group.nodes:
        node = picture.nodes[id_]
        note = group.notes.get(id_, node.note)
        items.append(f"<li>{escape(node.label)}{escape(f' ({note})') if note else ''}</li>\n")
    if group.more:
        items.append(f"<li>{escape(word('more', picture.language, n=group.more))}</li>\n")
    inner = "".join(f"<li>{_group(picture, one)}</li>\n" for one in group.groups)
    return f"{escape(group.label)}\n<ul>\n{''.join(items)}{inner}</ul>\n"
