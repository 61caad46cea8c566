"""A picture in Graphviz's language: boxes, lines with the relation's name, a cluster a group.

Source: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterator

from ecograph.view.palette import DENIED, LIGHT, look_of, stroke_of
from ecograph.view.picture import Form, Group, Picture
from ecograph.view.words import word

SHAPES = {"Category": "oval", "Organization": "house", "Specification": "note"}


def to_dot(picture: Picture) -> str:
    """The picture as a directed graph, in the light theme's colours."""
    lines = [
        f"// {picture.title}",
        f"// {picture.foot}",
        "digraph ecograph {",
        f"  graph [rankdir=LR, label={quote(picture.title)}, labelloc=t, fontname=sans]",
        '  node [shape=box, style="rounded,filled", fontname=sans, fontsize=11]',
        "  edge [fontname=sans, fontsize=9]",
    ]
    if picture.form is Form.TREE:
        numbers = iter(range(10**6))
        for top in picture.groups:
            lines += _groups(picture, top, "  ", numbers)
    else:
        lines += [f"  {_node(picture, id_)}" for id_ in picture.nodes]
        for edge in picture.edges:
            stroke = DENIED if edge.negated else stroke_of(picture.ranks[edge.relation])
            color = LIGHT[stroke.color]
            parts = [f"label={quote(edge.label)}", f'color="{color}"', f'fontcolor="{color}"']
            parts += ["dir=none"] if edge.symmetric else []
            parts += ["style=dashed"] if edge.negated else []
            ends = f"{quote(edge.source)} -> {quote(edge.target)}"
            lines.append(f"  {ends} [{', '.join(parts)}]")
    return "\n".join([*lines, "}"]) + "\n"


def quote(text: str) -> str:
    """A text as a string in which nothing is Graphviz's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _groups(picture: Picture, group: Group, indent: str, numbers: Iterator[int]) -> list[str]:
    number = next(numbers)
    lines = [f"{indent}subgraph cluster_{number} {{", f"{indent}  label={quote(group.label)}"]
    lines += [f"{indent}  {_node(picture, id_)}" for id_ in group.nodes]
    if group.more:
        more = quote(word("more", picture.language, n=group.more))
        lines.append(f'{indent}  "+{number}" [label={more}, style=dashed]')
    for inner in group.groups:
        lines += _groups(picture, inner, f"{indent}  ", numbers)
    return [*lines, f"{indent}}}"]


def _node(picture: Picture, id_: str) -> str:
    node = picture.nodes[id_]
    color = look_of(node.kind).color
    parts = [
        f"label={quote(node.label)}",
        f'color="{LIGHT[color]}"',
        f'fillcolor="{LIGHT[color + "-f"]}"',
    ]
    if node.kind in SHAPES:
        parts += [f"shape={SHAPES[node.kind]}", "style=filled"]
    if node.link:
        parts.append(f"URL={quote(node.link)}")
    return f"{quote(id_)} [{', '.join(parts)}]"
