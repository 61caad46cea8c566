"""The report of what matters, as Markdown with pictures beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ecograph.api.written import escape
from ecograph.curate.insights import Community, Cut, Insights, Weight
from ecograph.errors import EcographError
from ecograph.export.drawn import to_svg
from ecograph.export.part import take_among
from ecograph.model.graph import Graph

REPORT = "insights.md"
MOST_ROWS = 25
MOST_DRAWN = 14
MOST_NAMED = 8


def write_report(folder: Path, graph: Graph, found: Insights) -> list[Path]:
    """Write the report and its pictures; which files those are. Raises: EcographError."""
    pictures = draw_insights(graph, found)
    files = {REPORT: report_insights(graph, found, pictures), **pictures}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise EcographError(f"cannot write {folder}: {error.strerror}") from error
    return [folder / name for name in files]


def draw_insights(graph: Graph, found: Insights) -> dict[str, str]:
    """File -> SVG: the most important with what joins them, and the largest community's."""
    drawn = {"important.svg": [one.id for one in found.weights[:MOST_DRAWN]]}
    if found.communities:
        members = set(found.communities[0].members)
        first = [one.id for one in found.weights if one.id in members]
        drawn["community.svg"] = first[:MOST_DRAWN]
    return {name: to_svg(take_among(graph, set(ids))) for name, ids in drawn.items() if ids}


def report_insights(
    graph: Graph, found: Insights, pictures: Mapping[str, str] | None = None
) -> str:
    """The report; pictures are named where there are some."""
    shown = pictures or {}
    lines = [
        "# What matters", "",
        f"{found.dependencies} dependencies among {found.entities} of {len(graph.entities)} "
        f"entities, as of {graph.as_of}; dataset {graph.version}. The formulas are in "
        "docs/insights.md. What the dataset does not hold counts for nothing here.",
        "", "## What others depend on", "",
        *_picture(shown, "important.svg", "The most important, and what is said among them"),
        "| entity | importance | depend on it | depend on it in all |", "| --- | --- | --- | --- |",
        *(_weight(graph, one) for one in found.weights[:MOST_ROWS]),
        "", "## What alone holds something together", "",
        f"{len(found.cuts)} articulation points. Without it, what is named stands apart from "
        "the rest that it was joined to.", "",
        "| entity | stand apart | among them |", "| --- | --- | --- |",
        *(_cut(graph, one) for one in found.cuts[:MOST_ROWS]),
        "", "## What clusters, and what the categories say", "",
        f"{len(found.communities)} communities; modularity {found.modularity:.3f}.", "",
        *_picture(shown, "community.svg", "The most important of the largest community"),
        "| members | among them | category of most | share of the classified |",
        "| --- | --- | --- | --- |",
        *(_community(graph, found, one) for one in found.communities[:MOST_ROWS]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _picture(shown: Mapping[str, str], name: str, about: str) -> Iterable[str]:
    return [f"![{about}]({name})", ""] if name in shown else []


def _named(graph: Graph, id_: str) -> str:
    return f"{escape(graph.entities[id_].name)} (`{id_}`)"


def _some(graph: Graph, ids: Iterable[str], count: int) -> str:
    names = [escape(graph.entities[id_].name) for id_ in ids]
    more = [f"and {count - MOST_NAMED} more"] if count > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def _weight(graph: Graph, one: Weight) -> str:
    return f"| {_named(graph, one.id)} | {one.score} | {one.direct} | {one.all} |"


def _cut(graph: Graph, one: Cut) -> str:
    hangs = _some(graph, one.hangs, len(one.hangs))
    return f"| {_named(graph, one.id)} | {len(one.hangs)} | {hangs} |"


def _community(graph: Graph, found: Insights, one: Community) -> str:
    members = set(one.members)
    first = [weight.id for weight in found.weights if weight.id in members]
    category, share = "", ""
    if one.category is not None:
        category = _named(graph, one.category)
        share = f"{one.shared} of {one.classified}"
    names = _some(graph, first, len(members))
    return f"| {len(members)} | {names} | {category} | {share} |"
