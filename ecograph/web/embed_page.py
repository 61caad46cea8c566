"""The page that makes the line to put into another page, and shows it while it is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ecograph.api.operations import NamedOperation
from ecograph.api.variables import variables_of
from ecograph.web.addresses import origin_of
from ecograph.web.answering import Asked, Show
from ecograph.web.picture import picture

PICTURED = (
    "Neighborhood", "Path", "Paths", "CategoryTree", "Implementers", "Dependencies", "Dependents",
    "LineageOf", "SuccessorsOf", "Alternatives",
)  # fmt: skip
"""The questions that are offered here, the plainest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A way to embed: what it is for, and the text to copy."""

    en: str
    zh: str
    text: str


def embed_page(operations: Mapping[str, NamedOperation]) -> Show:
    """What makes the page at /embed-builder."""
    offered = {name: operations[name] for name in PICTURED if name in operations}
    texts = {
        name: [v.name for v in variables_of(o.document).values() if v.required]
        for name, o in offered.items()
    }

    async def show(asked: Asked) -> bytes:
        visit = asked.visit
        chosen = visit.get("question")
        name = chosen if chosen in offered else next(iter(offered))
        operation = offered[name]
        day = {"asOf": visit.day} if visit.day else {}
        given = {
            variable: visit.get(variable) or str(operation.variables.get(variable, ""))
            for variable in texts[name]
        }
        theme = visit.get("theme") if visit.get("theme") in ("light", "dark") else "auto"
        spoken = visit.get("speaks") if visit.get("speaks") in ("en", "zh") else ""
        title = operation.question["zh" if visit.lang == "zh" else "en"]
        return asked.fill(
            "embed.html",
            offered=offered.values(),
            name=name,
            given=given,
            theme=theme,
            spoken=spoken,
            picture=picture(asked, name, given, title),
            lines=list(
                _lines(
                    origin_of(asked.request) or "http://localhost:8000",
                    name,
                    {**given, **day},
                    theme,
                    spoken,
                    title,
                )
            ),
        )

    return show


def _lines(
    origin: str, name: str, given: Mapping[str, str], theme: str, spoken: str, title: str
) -> list[Line]:
    tail = urlencode(given, quote_via=quote)
    more = {"lang": spoken, "theme": "" if theme == "auto" else theme}
    extra = {key: value for key, value in more.items() if value}
    file = f"{origin}/q/{name}.svg?{urlencode({**given, **extra}, quote_via=quote)}"
    framed = f"{origin}/embed/{name}?{urlencode({**given, **extra}, quote_via=quote)}"
    grown = f"{framed}&height=auto"
    attributes = "".join(f' {key}="{value}"' for key, value in extra.items())
    quoted = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    in_html = {key: value.replace("&", "&amp;") for key, value in (("t", tail), ("f", file))}
    component = (
        f'<script type="module" src="{origin}/ecograph-view.js"></script>\n'
        f'<ecograph-view src="{origin}/" question="{name}?{in_html["t"]}"{attributes}>\n'
        f'  <img src="{in_html["f"]}" alt="{quoted}">\n'
        "</ecograph-view>"
    )
    frame = (
        f'<script src="{origin}/frames.js" defer></script>\n'
        f'<iframe src="{grown.replace("&", "&amp;")}" title="{quoted}" '
        'loading="lazy" width="100%" height="480"></iframe>'
    )
    text = title.replace("[", "\\[").replace("]", "\\]")
    return [
        Line("A live picture", "交互式图形", component),
        Line("A frame that knows its height", "自适应高度的框架", frame),
        Line("Markdown: a picture that links", "Markdown：带链接的图片",
             f"[![{text}](<{file}>)](<{framed}>)"),
    ]  # fmt: skip
