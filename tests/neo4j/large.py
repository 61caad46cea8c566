"""Generated graphs of any size, the same every time."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ecograph.model.graph import Entity, Evidence, Graph, Statement
from tests.world import world

RELATIONS = ("uses", "forkOf", "runsOn", "requires")


def large(entities: int = 300, statements: int = 1_200) -> Graph:
    """Tools that use, fork and need each other, as version `large`."""
    draw = Random(7)
    shown = world()
    proof = (Evidence("docs", "a place", "2026-11-02"),)
    tools = [
        Entity(
            f"tool-{n}", "Tool", {"en": f"Tool number {n}", "zh": f"工具 {n}"},
            {"en": f"The tool of number {n}."}, (f"t{n}", f"工具甲{n}"), (f"old-{n}",),
            {"license": "Apache-2.0", "homepage": f"https://example.org/{n}"}, (), proof,
        )
        for n in range(entities)
    ]  # fmt: skip
    known = [name for name in RELATIONS if name in shown.ontology.relations]
    found: dict[str, Statement] = {}
    while len(found) < statements:
        a, b = draw.randrange(entities), draw.randrange(entities)
        said = Statement(
            f"tool-{a}", draw.choice(known), f"tool-{b}", "2020-01", None, False, None, {}, proof
        )
        found[said.id] = said
    ordered = tuple(found[id_] for id_ in sorted(found))
    return replace(
        shown, entities={e.id: e for e in sorted(tools, key=lambda e: e.id)},
        statements=ordered, version="large",
    )  # fmt: skip
