"""The two pages as HTML: templates in static/, filled once for one dataset version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

import orjson

from ecograph.api.operations import NamedOperation
from ecograph.model.ontology import Ontology
from ecograph.service import Service

STATIC = Path(__file__).parent / "static"
FIRST = "Implementers"
Labels = Mapping[str, Mapping[str, str]]
# What stands in a file for its readers, and is no part of the question.
EXAMPLE = re.compile(r"^#\s*variables:.*\n", re.MULTILINE)


def start_page(
    service: Service, operations: Mapping[str, NamedOperation], documents: Mapping[str, str]
) -> bytes:
    """The start page, with the answer to the first question in it; documents: address -> title."""
    graph, first = service.graph, operations[FIRST]
    spec = str(first.variables["spec"])
    told = service.query(first.document, first.variables)
    found = (told.get("data") or {}).get("specification") or {}
    edges = found.get("implementedBy", {}).get("edges", [])
    count = found.get("implementedBy", {}).get("totalCount", 0)
    strengths, statuses = _labels(graph.ontology, "Strength"), _labels(graph.ontology, "Status")
    known = {"query": first.document, "strength": strengths, "status": statuses}
    facts = (
        f"{len(graph.entities):,} entities, {len(graph.statements):,} statements, "
        f"{len(graph.sources):,} sources; as of {graph.as_of}. "
        f'<span lang="zh">{len(graph.entities):,} 个实体，{len(graph.statements):,} 条陈述，'
        f"{len(graph.sources):,} 个出处；截至 {graph.as_of}。</span>"
    )
    return _fill(
        "start.html",
        facts=facts,
        spec=escape(found.get("name") or spec),
        spec_zh=escape(found.get("label") or spec),
        state=f'{count} answers · <span lang="zh">{count} 项</span>'
        if found
        else f"This dataset does not know {escape(spec)}.",
        rows="\n".join(_row(edge, strengths, statuses) for edge in edges),
        query=escape(_question(first).strip()),
        questions=_questions(operations),
        documents="\n".join(
            f'<li><a href="{escape(address)}">{escape(title)}</a></li>'
            for address, title in documents.items()
        ),
        license=_license(graph.license),
        known=_data(known),
    )


def ide_page(operations: Mapping[str, NamedOperation]) -> bytes:
    """The page of the IDE, with the named operations as its examples."""
    vendored = {path.name for path in (STATIC / "ide").iterdir()}
    return _fill(
        "ide.html",
        questions=_questions(operations),
        operations=_data(
            {n: {"query": _question(o), "variables": o.variables} for n, o in operations.items()}
        ),
        graphiql_css=_one(vendored, "graphiql-", ".css"),
        graphiql_js=_one(vendored, "graphiql-", ".js"),
        react_dom_js=_one(vendored, "react-dom-", ".js"),
        react_js=_one((name for name in vendored if "-dom-" not in name), "react-", ".js"),
    )


def _fill(name: str, **parts: str) -> bytes:
    return Template((STATIC / name).read_text("utf-8")).substitute(parts).encode()


def _one(names: Iterable[str], start: str, end: str) -> str:
    [name] = [name for name in names if name.startswith(start) and name.endswith(end)]
    return name


def _questions(operations: Mapping[str, NamedOperation]) -> str:
    return "\n".join(
        f'<li><a href="graphiql?operation={name}" data-operation="{name}">'
        f"{escape(operation.question['en'])} "
        f'<span lang="zh">{escape(operation.question["zh"])}</span></a></li>'
        for name, operation in operations.items()
    )


def _question(operation: NamedOperation) -> str:
    return EXAMPLE.sub("", operation.document)


def _row(edge: Mapping[str, Any], strengths: Labels, statuses: Labels) -> str:
    node, strength, status = edge["node"], edge["strength"], edge["node"]["status"]
    about = urlencode(
        {"operation": "About", "variables": orjson.dumps({"name": node["id"]}).decode()}
    )
    sources = "".join(
        f'<li><a href="{escape(evidence["source"]["url"])}">'
        f"{escape(evidence['source']['title'])}</a>"
        + (f"<small>{escape(evidence['locator'])}</small>" if evidence["locator"] else "")
        + "</li>"
        for evidence in edge["evidence"]
    )
    shown = f"<small>{_both(status, statuses)}</small>" if status not in (None, "ACTIVE") else ""
    return (
        f'<tr><th scope="row"><a href="graphiql?{escape(about)}">{escape(node["name"])}</a>'
        f"{shown}</th><td>{escape(edge['since'] or '–')}</td>"
        f"<td>{_both(strength, strengths) if strength else '–'}</td>"
        f"<td><ul>{sources}</ul></td></tr>"
    )


def _both(value: str, labels: Labels) -> str:
    label = labels.get(value, {"en": value, "zh": ""})
    return f'{escape(label["en"])} <span lang="zh">{escape(label["zh"])}</span>'


def _labels(ontology: Ontology, enumeration: str) -> Labels:
    values = ontology.enumerations.get(enumeration, {})
    return {name: {"en": v.label.en, "zh": v.label.zh} for name, v in values.items()}


def _license(license_: str) -> str:
    """A single identifier of the SPDX list links to its text; an expression stands as it is."""
    if not re.fullmatch(r"(?!LicenseRef-)[A-Za-z0-9.-]+", license_):
        return escape(license_)
    return f'<a rel="license" href="https://spdx.org/licenses/{license_}.html">{license_}</a>'


def _data(value: Any) -> str:
    """JSON for a script element, which only `</` and `<!` could end or change."""
    return orjson.dumps(value).decode().replace("<", "\\u003c")
