"""The page of what a search finds; the search field shows its list while one types."""

from __future__ import annotations

from ecograph.web.answering import Asked

FEW, MANY = 8, 40


async def show_search(asked: Asked) -> bytes:
    """The page at /search?text=; with `few` only the first of what there is."""
    text = asked.visit.get("text")
    first = FEW if asked.visit.get("few") else MANY
    found = None
    if text:
        data, _ = await asked.ask("Find", text=text, first=first)
        found = data["search"]
    return asked.fill("search.html", text=text, found=found)
