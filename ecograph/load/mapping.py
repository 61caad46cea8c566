"""The mapping file of a diagram: which entity each node is, what each edge label stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecograph.errors import Place
from ecograph.formats.yaml import Field, Items, Record
from ecograph.load.fields import Fields, read_items, read_text
from ecograph.load.statements import Basis
from ecograph.load.values import Value, read_slug, read_value

MOST_MEANINGS = 100
_QUALIFIERS = ("role", "access", "capability")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an edge label stands for; `at`: the child nodes at which it does, all if empty."""

    at: Mapping[str, Place]
    qualifiers: Mapping[str, Value]
    relation: str | None
    object: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class DiagramMapping:
    """A mapping file: which entity a node is, and what the edge labels mean."""

    diagram: str
    scheme: str
    source: str
    nodes: Mapping[str, str]
    node_places: Mapping[str, Place]
    labels: Mapping[str, tuple[Meaning, ...]]
    label_places: Mapping[str, Place]
    place: Place
    diagram_place: Place


def read_mapping(root: Record, basis: Basis) -> DiagramMapping | None:
    """A mapping file, or None if it names no diagram, no scheme or no source."""
    fields = Fields(root, "the mapping of a diagram", basis.faults)
    diagram = fields.needed_text("diagram")
    scheme = fields.needed_text("scheme")
    source = fields.needed_text("source")
    nodes = _read_nodes(fields, basis)
    labels = fields.take("labels")
    meanings = _read_labels(labels, basis) if labels else {}
    fields.finish()
    if not (diagram and scheme and source):
        return None
    if not basis.evidence.knows(source, root.fields["source"].value.place):
        return None
    label_fields = labels.value.fields if labels and isinstance(labels.value, Record) else {}
    return DiagramMapping(
        diagram,
        scheme,
        source,
        {node: id for node, (id, _) in nodes.items()},
        {node: place for node, (_, place) in nodes.items()},
        meanings,
        {label: field.key.place for label, field in label_fields.items()},
        root.place,
        root.fields["diagram"].value.place,
    )


def _read_nodes(fields: Fields, basis: Basis) -> dict[str, tuple[str, Place]]:
    field = fields.need("nodes")
    inner = Fields.of(field.value, "'nodes'", basis.faults) if field else None
    nodes: dict[str, tuple[str, Place]] = {}
    for item in inner.rest() if inner else ():
        id = read_slug(item.value, f"the entity of node {item.key.text!r}", basis.faults)
        if id is not None:
            nodes[item.key.text] = (id, item.value.place)
    return nodes


def _read_labels(labels: Field, basis: Basis) -> dict[str, tuple[Meaning, ...]]:
    inner = Fields.of(labels.value, "'labels'", basis.faults)
    found: dict[str, tuple[Meaning, ...]] = {}
    for item in inner.rest() if inner else ():
        what = f"the label {item.key.text!r}"
        nodes = (
            read_items(item.value, what, basis.faults, MOST_MEANINGS)
            if isinstance(item.value, Items)
            else (item.value,)
        )
        read = (Fields.of(node, what, basis.faults) for node in nodes)
        meanings = tuple(_read_meaning(fields, basis) for fields in read if fields is not None)
        _refuse_overlap(item.key.text, meanings, basis)
        found[item.key.text] = meanings
    return found


def _refuse_overlap(label: str, meanings: Sequence[Meaning], basis: Basis) -> None:
    seen: set[str] = set()
    for meaning in meanings:
        for node, place in (meaning.at or {"": meaning.place}).items():
            if node in seen:
                where = f"at {node}" if node else "without 'at'"
                basis.faults.add(
                    "TWO_MEANINGS", f"the label {label!r} has two meanings {where}", place,
                    "keep one",
                )  # fmt: skip
            seen.add(node)


def _read_meaning(fields: Fields, basis: Basis) -> Meaning:
    at: dict[str, Place] = {}
    if (field := fields.take("at")) is not None:
        for item in read_items(field.value, f"'at' of {fields.what}", basis.faults, 1000):
            if (node := read_text(item, f"a node of {fields.what}", basis.faults)) is not None:
                at[node] = item.place
    qualifiers: dict[str, Value] = {}
    for name in _QUALIFIERS:
        qualifier = basis.ontology.qualifiers.get(name)
        if qualifier is None or (field := fields.take(name)) is None:
            continue
        what = f"{name!r} of {fields.what}"
        value = read_value(field.value, qualifier.type, what, basis.ontology, basis.faults)
        if value is not None:
            qualifiers[name] = value
    relation, object_ = _read_second(fields, basis)
    fields.finish()
    return Meaning(at, qualifiers, relation, object_, fields.record.place)


def _read_second(fields: Fields, basis: Basis) -> tuple[str | None, str | None]:
    relation, object_ = fields.text("relation"), fields.text("object")
    if (relation is None) != (object_ is None):
        basis.faults.add(
            "MISSING_FIELD", f"{fields.what} needs 'relation' and 'object' together",
            fields.record.place,
        )  # fmt: skip
        return None, None
    known = basis.ontology.relations
    if relation is not None and relation not in known:
        place = fields.record.fields["relation"].value.place
        basis.faults.add_unknown("UNKNOWN_RELATION", "relation", relation, known, place)
        return None, None
    return relation, object_
