"""A graph in a notebook: a small table of what it holds."""

from __future__ import annotations

from collections import Counter
from html import escape

from ecograph.model.graph import Graph

MOST = 6
"""Kinds and relations that are told, the most frequent first."""


def to_html(graph: Graph, heading: str) -> str:
    """The heading, how many of which kind and relation, version, day and licence."""
    kinds = Counter(e.kind for e in graph.entities.values())
    relations = Counter(s.relation for s in graph.statements)
    rows = [
        ("entities", len(graph.entities), _told(kinds)),
        ("statements", len(graph.statements), _told(relations)),
        ("sources", len(graph.sources), ""),
    ]
    body = "".join(
        f"<tr><th>{name}</th><td>{count:,}</td><td>{escape(told)}</td></tr>"
        for name, count, told in rows
    )
    foot = f"version {graph.version}, as of {graph.as_of}, {graph.license}"
    return (
        f"<table><caption>{escape(heading)}</caption><tbody>{body}</tbody>"
        f'<tfoot><tr><td colspan="3">{escape(foot)}</td></tr></tfoot></table>'
    )


def _told(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [f"{count:,} {name}" for name, count in ordered[:MOST]]
    if len(ordered) > MOST:
        told.append(f"{len(ordered) - MOST} more")
    return ", ".join(told)
