"""Facets over the ends of walks that are searched here: each node comes with its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ecograph.plan.steps import Count, Select, Walk
from ecograph.store.cypher_client import Client
from ecograph.store.cypher_facts import by_id
from ecograph.store.cypher_records import plain
from ecograph.store.cypher_text import Asked, Column, single, where
from ecograph.store.rows import LABELLED, told_facet

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler


def client_facets(
    select: Select, source: Count, walked: Walk, start: str | None, compiler: Compiler
) -> Column:
    """Facets over the ends of a walk that is searched here."""
    inner = Client(source.over, walked, start, compiler)
    text, n = compiler.text, inner.columns.n
    told, ontology = plain(select.shape), text.ontology
    places = [inner.columns.add_node(Column(_values(by, n, compiler))) for by in source.by]

    def tell(raw: Any, run: Asked) -> Any:
        rows, part, _ = inner.read(raw, run)
        several = []
        for by, place in zip(source.by, places, strict=True):
            found = [part.nodes[row.node][place] for row in rows]
            counts = Counter(value for values in found for value, *_ in values)
            labels: Mapping[str, Mapping[str, str]] = {
                v[0]: {"en": v[1], **({"zh": v[2]} if v[2] is not None else {})}
                for values in found for v in values if by in LABELLED
            }  # fmt: skip
            missing = sum(not values for values in found)
            several.append(told(
                told_facet(by, counts, len(rows), missing, ontology, labels.__getitem__)
            ))  # fmt: skip
        return several

    return single(inner.fetch(), tell)


def _values(by: str, n: str, compiler: Compiler) -> str:
    """The values of an entity, each as a list that begins with it."""
    text = compiler.text
    if by == "category":
        r, c = text.alias("r"), text.alias("n")
        return (
            f"COLLECT {{ MATCH ({n})-[{r}{text.types(['classifiedIn'])}]->({c})"
            f"{where(text.holds(r))} RETURN DISTINCT [{c}.id, {c}.name, {c}.label_zh] }}"
        )
    if by in LABELLED:
        c = text.alias("n")
        return (
            f"COLLECT {{ MATCH {by_id(c, text.attribute(n, by), text)} "
            f"RETURN [{c}.id, {c}.name, {c}.label_zh] }}"
        )
    value = f"{n}.kind" if by == "kind" else text.attribute(n, by)
    v = text.alias("v")
    return f"[{v} IN [{value}] WHERE {v} IS NOT NULL | [{v}]]"
