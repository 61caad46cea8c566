"""A picture as a Mermaid flowchart: boxes, lines with the relation's name, a subgraph a group.

Source: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections.abc import Iterator

from ecograph.view.picture import Form, Group, Picture
from ecograph.view.words import word

SHAPES = {"Category": ("([", "])"), "Organization": ("[[", "]]"), "Specification": ("(", ")")}
PLAIN = " .,:/+-()_'·…"


def to_mermaid(picture: Picture) -> str:
    """The picture as a flowchart; kinds are told apart by shapes and classes."""
    ids = {id_: f"n{place}" for place, id_ in enumerate(picture.nodes)}
    lines = [f"%% {_comment(picture.title)}", f"%% {_comment(picture.foot)}", "flowchart LR"]
    if picture.form is Form.TREE:
        for top in picture.groups:
            lines += _groups(picture, top, ids, "  ", iter(range(10**6)))
    else:
        lines += [f"  {_node(picture, id_, ids)}" for id_ in picture.nodes]
        for edge in picture.edges:
            arrow = "---" if edge.symmetric else "-.->" if edge.negated else "-->"
            label = escape(edge.label)
            lines.append(f'  {ids[edge.source]} {arrow}|"{label}"| {ids[edge.target]}')
    for id_, node in picture.nodes.items():
        if node.link:
            lines.append(f'  click {ids[id_]} href "{_address(node.link)}"')
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """A text inside of quotes in which nothing is Mermaid's, HTML's or Markdown's."""
    return "".join(
        c if c.isalnum() or c in PLAIN or (ord(c) > 127 and c.isprintable()) else f"#{ord(c)};"
        for c in text
    )


def _groups(
    picture: Picture, group: Group, ids: dict[str, str], indent: str, numbers: Iterator[int]
) -> list[str]:
    number = next(numbers)
    lines = [f'{indent}subgraph g{number} ["{escape(group.label) or " "}"]']
    for id_ in group.nodes:
        lines.append(f"{indent}  {_node(picture, id_, ids)}")
    if group.more:
        more = escape(word("more", picture.language, n=group.more))
        lines.append(f'{indent}  m{number}["{more}"]')
    for inner in group.groups:
        lines += _groups(picture, inner, ids, f"{indent}  ", numbers)
    return [*lines, f"{indent}end"]


def _node(picture: Picture, id_: str, ids: dict[str, str]) -> str:
    node = picture.nodes[id_]
    begin, end = SHAPES.get(node.kind, ("[", "]"))
    return f'{ids[id_]}{begin}"{escape(node.label)}"{end}'


def _comment(text: str) -> str:
    # A comment may hold anything but what begins a directive.
    return text.replace("{", "(").replace("}", ")")


def _address(url: str) -> str:
    return "".join(c if c.isalnum() or c in "-._~:/?&=%+," else f"%{ord(c):02X}" for c in url)
