"""Pictures of answers over the world of the named operations, and of made-up ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any
from xml.etree import ElementTree

from ecograph.api.operations import read_operations
from ecograph.model.graph import Entity, Graph, Statement
from ecograph.service import Service
from ecograph.settings import bundled
from ecograph.view.compose import Asked, compose
from ecograph.view.gather import Lookup
from ecograph.view.picture import Picture
from ecograph.view.svg import to_svg
from tests.named import EXAMPLES, larger_world
from tests.world import entity, make_graph, says

OPERATIONS = read_operations(bundled("queries"))
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    "\"]; click n0 href \"javascript:alert(1)\" %%{init: {'theme':'x'}}%%",
    "a --> b\nend\nsubgraph x",
    "\\\" ]; evil [label=\"x\\N\\G\" URL=\"javascript:x\"",
    "</title></svg><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;i&#62; ${x} {{y}} {0}",
    "\u202egnp.exe\u2066 \x00\x07\x1b[31m\ufffe",
    "`code` **bold** [link](javascript:x) #quot; #60;",
)  # fmt: skip


@cache
def service() -> Service:
    return Service(larger_world())


def picture(name: str, variables: Any = None, language: str = "en", **more: Any) -> Picture:
    """The picture of a named operation over the larger world."""
    given = EXAMPLES[name] if variables is None else variables
    told = service().query(OPERATIONS[name].document, given)
    assert "errors" not in told, told
    asked = Asked(name, OPERATIONS[name].question, given, language, **more)
    return compose(told["data"], Lookup(service().graph), asked)


def ask_over(graph: Graph, name: str, variables: Any, language: str = "en", **more: Any) -> Picture:
    """The picture of a named operation over another graph."""
    told = Service(graph).query(OPERATIONS[name].document, variables)
    assert "errors" not in told, told
    asked = Asked(name, OPERATIONS[name].question, variables, language, **more)
    return compose(told["data"], Lookup(graph), asked)


def hostile_world() -> Graph:
    """A spec and tools with labels that would be markup, each below a category with another."""
    entities: list[Entity] = [
        entity("spec", "Specification", HOSTILE[0], HOSTILE[1]),
        entity("top", "Category", HOSTILE[4], HOSTILE[2], scheme="seed"),
    ]
    statements: list[Statement] = []
    for place, text in enumerate(HOSTILE):
        entities.append(entity(f"t{place}", "Tool", text, HOSTILE[-place]))
        statements.append(says(f"t{place} implements spec", level=text))
        statements.append(says(f"t{place} classifiedIn top", edgeLabel=text))
    return make_graph(entities, statements)


def read(text: str) -> ElementTree.Element:
    """An SVG, which has to be well-formed."""
    return ElementTree.fromstring(text)


def drawn(picture: Picture, **options: Any) -> ElementTree.Element:
    return read(to_svg(picture, **options).text)


def among(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    """The elements of a class."""
    return [e for e in root.iter() if kind in (e.get("class") or "").split()]


def values(elements: Iterable[ElementTree.Element], name: str) -> list[str]:
    return [e.get(name) or "" for e in elements]


def labels(root: ElementTree.Element) -> list[str]:
    """What a reader sees, line by line."""
    return [e.text or "" for e in root.iter(f"{SVG}text")]


Rectangle = tuple[float, float, float, float]


def rectangles(root: ElementTree.Element, kind: str) -> list[Rectangle]:
    """Left, top, right, bottom of the rectangles of a class."""
    found = []
    for e in among(root, kind):
        x, y, w, h = (float(e.get(n) or 0) for n in ("x", "y", "width", "height"))
        found.append((x, y, x + w, y + h))
    return found


def overlap(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def classes(root: ElementTree.Element) -> set[str]:
    return {c for e in root.iter() for c in re.split(r"\s+", e.get("class") or "") if c}
