"""Connections: a list as pages, with edges that carry a cursor. May import: nothing but types."""

from __future__ import annotations

from ecograph.api.types import Field, ObjectType

CURSOR = Field("cursor", "String!", "The place of this edge in its list; for after and before.")

_TOTAL = Field("totalCount", "Int!", "How many there are in all pages; counted only if asked for.")
_PAGE_INFO = Field("pageInfo", "PageInfo!", "Where this page stands in the whole list.")

PAGE_INFO = ObjectType(
    "PageInfo",
    "Where a page stands in the whole list.",
    (
        Field("hasNextPage", "Boolean!", "Whether something comes after this page."),
        Field("hasPreviousPage", "Boolean!", "Whether something comes before this page."),
        Field("startCursor", "String", "The cursor of the page's first edge; null if it is empty."),
        Field("endCursor", "String", "The cursor of the page's last edge; null if it is empty."),
    ),
)


def connection(
    prefix: str, node: str, about: str, edge: ObjectType | None = None, *, counted: bool = True
) -> tuple[ObjectType, ObjectType]:
    """`{prefix}Connection` and `{prefix}Edge`, whose nodes are of the type `node`."""
    edge = edge or ObjectType(
        f"{prefix}Edge",
        "One entry of a list, with its cursor.",
        (CURSOR, Field("node", f"{node}!", "The entry itself.")),
    )
    return (
        ObjectType(
            f"{prefix}Connection",
            about,
            (
                *((_TOTAL,) if counted else ()),
                _PAGE_INFO,
                Field("nodes", f"[{node}!]!", "The entries of this page, without their edges."),
                Field("edges", f"[{edge.name}!]!", "The entries of this page, with cursors."),
            ),
        ),
        edge,
    )
