"""The page of the ways from one thing to another: the shortest, and those that differ from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecograph.web.answering import Asked, Unanswered
from ecograph.web.picture import picture


async def show_path(asked: Asked) -> bytes:
    """The page at /path?from=&to=; without both it asks for them."""
    visit = asked.visit
    start, end = visit.get("from"), visit.get("to")
    if not start or not end:
        return asked.fill("path.html", start=start, end=end, found=None, faults=[], picture=None)
    data, errors = await asked.ask("Path", **{"from": start, "to": end})
    if data["from"] is None or data["to"] is None or data["routes"] is None:
        return asked.fill(
            "path.html", start=start, end=end, found=None, faults=_distinct(errors), picture=None
        )
    given = {"from": data["from"]["id"], "to": data["to"]["id"]}
    names = " → ".join(data[side]["label"] or data[side]["name"] for side in ("from", "to"))
    return asked.fill(
        "path.html",
        start=start,
        end=end,
        found=data,
        others=_others(data),
        faults=[],
        picture=picture(asked, "Routes", given, names) if data["path"] else None,
    )


def _others(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The routes, without the shortest way."""
    ways = [route["path"] for route in data["routes"]["routes"]]
    return [way for way in ways if way["nodes"] != data["path"]["nodes"]]


def _distinct(errors: list[Unanswered]) -> list[Unanswered]:
    """Each fault once, though two fields met it."""
    return list({error.value or str(error): error for error in errors}.values())
