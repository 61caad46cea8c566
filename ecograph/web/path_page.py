"""The page of the ways from one thing to another: the shortest, and the next-best ones."""

from __future__ import annotations

from ecograph.web.answering import Asked, Unanswered
from ecograph.web.picture import picture


async def show_path(asked: Asked) -> bytes:
    """The page at /path?from=&to=; without both it asks for them."""
    visit = asked.visit
    start, end = visit.get("from"), visit.get("to")
    if not start or not end:
        return asked.fill("path.html", start=start, end=end, found=None, faults=[], picture=None)
    data, errors = await asked.ask("Path", **{"from": start, "to": end})
    if data["from"] is None or data["to"] is None or data["paths"] is None:
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
        faults=[],
        picture=picture(asked, "Paths", given, names) if data["paths"]["nodes"] else None,
    )


def _distinct(errors: list[Unanswered]) -> list[Unanswered]:
    """Each fault once, though two fields met it."""
    return list({error.value or str(error): error for error in errors}.values())
