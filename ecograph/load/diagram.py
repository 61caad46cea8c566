"""A diagram, read with its mapping -> statements, merged with those of the entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ecograph.errors import Place
from ecograph.formats.diagram import ARROW
from ecograph.formats.mermaid import Diagram, Edge
from ecograph.load.entities import PlacedEntity
from ecograph.load.mapping import DiagramMapping, Meaning
from ecograph.load.statements import Basis, PlacedStatement
from ecograph.load.values import Value
from ecograph.model.dates import BEGINNING, earliest
from ecograph.model.graph import Evidence, Statement


def state_diagram(
    mapping: DiagramMapping,
    diagram: Diagram,
    file: str,
    entities: Mapping[str, PlacedEntity],
    basis: Basis,
) -> list[PlacedStatement]:
    """The statements that a diagram makes, two for an edge whose label has a relation."""
    _check_nodes(mapping, diagram, file, entities, basis)
    found: list[PlacedStatement] = []
    siblings: dict[str, int] = {}
    for edge in diagram.edges:
        order = siblings[edge.source] = siblings.get(edge.source, 0) + 1
        child, parent = (entities.get(mapping.nodes.get(n, "")) for n in (edge.target, edge.source))
        if child is None or parent is None:
            continue
        label = (edge.label or "").strip()
        meaning = _pick(mapping, edge, label, file, basis) if edge.label is not None else None
        qualifiers: dict[str, Value] = {"order": order}
        qualifiers["asWritten"] = diagram.texts.get(edge.target, edge.target)
        if edge.label is not None:
            qualifiers["edgeLabel"] = edge.label + edge.gap
        qualifiers |= meaning.qualifiers if meaning else {}
        qualifiers["diagramNode"] = edge.target
        evidence = (basis.evidence.cite(mapping.source, edge.source + ARROW + edge.target),)
        both = child.entity.kind == parent.entity.kind == "Category"
        place = Place(file, edge.line, edge.target_column)
        found.append(
            _state(child.entity.id, "broader" if both else "classifiedIn", parent.entity.id,
                   qualifiers, evidence, place, basis)
        )  # fmt: skip
        if meaning and meaning.relation and meaning.object:
            second = {**meaning.qualifiers, "edgeLabel": label}
            place = Place(file, edge.line, edge.label_column)
            found.append(
                _state(child.entity.id, meaning.relation, meaning.object, second, evidence, place,
                       basis)
            )  # fmt: skip
    used = {(edge.label or "").strip() for edge in diagram.edges}
    for label, place in mapping.label_places.items():
        if label not in used:
            basis.faults.add("UNUSED_LABEL", f"no edge has the label {label!r}", place)
    return found


def _state(
    subject: str,
    relation: str,
    object: str,
    qualifiers: Mapping[str, Value],
    evidence: tuple[Evidence, ...],
    place: Place,
    basis: Basis,
) -> PlacedStatement:
    allowed = basis.ontology.relations[relation].qualifiers
    kept = {name: qualifiers[name] for name in allowed if name in qualifiers}
    return PlacedStatement(
        Statement(subject, relation, object, qualifiers=kept, evidence=evidence), place
    )


def _pick(
    mapping: DiagramMapping, edge: Edge, label: str, file: str, basis: Basis
) -> Meaning | None:
    """The meaning of an edge's label: the one at its child, otherwise the one without `at`."""
    meanings = mapping.labels.get(label, ())
    for meaning in meanings:
        if edge.target in meaning.at:
            return meaning
    for meaning in meanings:
        if not meaning.at:
            return meaning
    basis.faults.add(
        "UNKNOWN_LABEL", f"the label {label!r} has no meaning at {edge.target}",
        Place(file, edge.line, edge.label_column), f"add it to 'labels' in {mapping.place.file}",
    )  # fmt: skip
    return None


def _check_nodes(
    mapping: DiagramMapping,
    diagram: Diagram,
    file: str,
    entities: Mapping[str, PlacedEntity],
    basis: Basis,
) -> None:
    labels: dict[str, set[str]] = {}
    seen: set[str] = set()
    targets = {edge.target for edge in diagram.edges}
    roots = dict.fromkeys(e.source for e in diagram.edges if e.source not in targets)
    for edge in diagram.edges:
        labels.setdefault((edge.label or "").strip(), set()).add(edge.target)
        for node, column in ((edge.source, 1), (edge.target, edge.target_column)):
            if node not in seen and node not in mapping.nodes:
                basis.faults.add(
                    "UNMAPPED_NODE", f"the node {node} stands for no entity",
                    Place(file, edge.line, column), f"add it to 'nodes' in {mapping.place.file}",
                )  # fmt: skip
            seen.add(node)
    for node, place in mapping.node_places.items():
        if node not in seen:
            basis.faults.add_unknown("UNKNOWN_NODE", f"node of {file}:", node, seen, place)
        if mapping.nodes[node] not in entities:
            basis.faults.add_unknown("UNKNOWN_ID", "entity", mapping.nodes[node], entities, place)
    for label, meanings in mapping.labels.items():
        for node, place in ((n, p) for meaning in meanings for n, p in meaning.at.items()):
            if node not in labels.get(label, ()):
                basis.faults.add(
                    "UNKNOWN_NODE", f"no edge with the label {label!r} leads to {node!r}", place,
                    f"it leads to: {', '.join(sorted(labels.get(label, ()))) or 'nothing'}",
                )  # fmt: skip
    if len(roots) != 1:
        basis.faults.add(
            "BAD_DIAGRAM", f"the diagram has {len(roots)} roots, not one", Place(file),
            f"found: {', '.join(roots)}" if roots else "its edges form a ring",
        )  # fmt: skip


def merge_statements(
    own: Sequence[PlacedStatement], drawn: Sequence[PlacedStatement]
) -> list[PlacedStatement]:
    """All statements; what a diagram and an entity both state becomes one, the entity's standing.

    Of several periods the last one gets the diagram's evidence and further qualifiers.
    """
    merged = list(own)
    by_triple: dict[tuple[str, str, str], int] = {}
    for index, item in enumerate(merged):
        s = item.statement
        if s.negated:
            continue
        triple = (s.subject, s.relation, s.object)
        other = by_triple.setdefault(triple, index)
        if _begin(s) > _begin(merged[other].statement):
            by_triple[triple] = index
    for item in drawn:
        s = item.statement
        found = by_triple.get((s.subject, s.relation, s.object))
        if found is None:
            by_triple[s.subject, s.relation, s.object] = len(merged)
            merged.append(item)
            continue
        kept = merged[found].statement
        added = replace(
            kept,
            qualifiers={**s.qualifiers, **kept.qualifiers},
            evidence=(*kept.evidence, *(e for e in s.evidence if e not in kept.evidence)),
        )
        merged[found] = replace(merged[found], statement=added)
    return merged


def _begin(statement: Statement) -> int:
    return earliest(statement.since) if statement.since else BEGINNING
