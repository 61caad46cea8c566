"""Entities as they stand in a file, each with its history and its statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecograph.errors import Place
from ecograph.formats.yaml import Field, Node, Record, Scalar
from ecograph.load.fields import Fields, read_items, read_text, read_texts
from ecograph.load.statements import Basis, PlacedStatement, read_evidence, read_statement
from ecograph.load.values import Value, read_boolean, read_slug, read_value
from ecograph.model.graph import Entity, Event
from ecograph.model.keys import match_key

MOST_ENTITIES = 50_000
MOST_NAMES = 100
MOST_EVENTS = 500
MOST_STATEMENTS = 5_000
LONGEST_NAME = 200
FIXED = "id kind label description aliases formerIds ambiguous evidence history".split()
_TEXTS = ("label", "description")


@dataclass(frozen=True, slots=True)
class PlacedEntity:
    """An entity as one file tells it, and the places of what it says.

    Without a kind it is an amendment: it adds to an entity that is declared elsewhere, and its
    entity holds only what it adds. `said` are its texts and attributes.
    """

    entity: Entity
    place: Place
    names: Mapping[str, Place]
    former: Mapping[str, Place]
    ambiguous: Mapping[str, Place] = field(default_factory=dict)
    said: Mapping[str, Place] = field(default_factory=dict)
    statements: list[PlacedStatement] = field(default_factory=list)
    declares: bool = True
    removes: bool = False
    layer: int = 0


def read_entities(root: Node, basis: Basis) -> list[PlacedEntity]:
    """The entities of one file."""
    items = read_items(root, "a file of entities", basis.faults, MOST_ENTITIES)
    return [found for item in items if (found := read_entity(item, basis)) is not None]


def read_entity(node: Node, basis: Basis) -> PlacedEntity | None:
    """One entity with its statements; None if not even its id can be read."""
    faults = basis.faults
    fields = Fields.of(node, "an entity", faults)
    id_field = fields.need("id") if fields else None
    id = read_slug(id_field.value, "the id of an entity", faults) if id_field else None
    if fields is None or id_field is None or id is None:
        return None
    fields.what = id
    declares = "kind" in fields.record.fields
    removed = fields.take("remove")
    if removed and read_boolean(removed.value, f"'remove' of {id}", faults):
        fields.finish()
        empty = Entity(id, "", {})
        return PlacedEntity(
            empty, id_field.value.place, {}, {}, declares=False, removes=True, layer=basis.layer
        )
    kind = _read_kind(fields, basis) if declares else None
    said = {item.key.text: item.key.place for item in fields.record.fields.values()
            if item.key.text in _TEXTS or item.key.text in basis.ontology.attributes}  # fmt: skip
    names: dict[str, Place] = {}
    label = _read_label(fields, names, basis, needed=declares)
    description = fields.take("description")
    aliases = _read_names(fields, "aliases", basis)
    for alias, place in aliases.items():
        names.setdefault(alias, place)
    former = _read_former_ids(fields, basis)
    ambiguous = _read_names(fields, "ambiguous", basis)
    # Who only adds statements and events has nothing else to show evidence for.
    told = declares or said or aliases or "evidence" in fields.record.fields
    evidence = read_evidence(fields, basis) if told else ()
    history = _read_history(fields, basis)
    attributes, statements = _read_rest(fields, kind, basis)
    if kind == "Category" and "scheme" not in fields.record.fields:
        faults.add("MISSING_FIELD", f"{id} has no 'scheme'", fields.record.place)
    entity = Entity(
        id=id,
        kind=kind or "",
        label=label,
        description=(
            read_texts(description.value, f"'description' of {id}", faults) if description else {}
        ),
        aliases=tuple(aliases),
        former_ids=tuple(former),
        attributes=attributes,
        history=history,
        evidence=evidence,
        ambiguous=tuple(ambiguous),
    )
    return PlacedEntity(
        entity, id_field.value.place, names, former, ambiguous, said, statements,
        declares=declares, layer=basis.layer,
    )  # fmt: skip


def _read_kind(fields: Fields, basis: Basis) -> str | None:
    field = fields.need("kind")
    kind = read_text(field.value, f"'kind' of {fields.what}", basis.faults) if field else None
    if field is None or kind is None or kind in basis.ontology.kinds:
        return kind
    known = basis.ontology.kinds
    basis.faults.add_unknown(
        "UNKNOWN_KIND", "kind", kind, known, field.value.place,
        otherwise=f"write one of: {', '.join(known)}",
    )  # fmt: skip
    return None


def _read_label(
    fields: Fields, names: dict[str, Place], basis: Basis, *, needed: bool
) -> dict[str, str]:
    field = fields.need("label") if needed else fields.take("label")
    if field is None:
        return {}
    texts = read_texts(field.value, f"'label' of {fields.what}", basis.faults, LONGEST_NAME)
    if isinstance(field.value, Record):
        for language, text in texts.items():
            place = field.value.fields[language].value.place
            names.setdefault(text, place)
            _check_name(text, f"'label' of {fields.what}", place, basis)
    return texts


def _read_names(fields: Fields, key: str, basis: Basis) -> dict[str, Place]:
    """A list of names in its order, with their places; a name that stands twice is a fault."""
    field = fields.take(key)
    names: dict[str, Place] = {}
    if field is None:
        return names
    what = f"{key!r} of {fields.what}"
    for item in read_items(field.value, what, basis.faults, MOST_NAMES):
        text = read_text(item, f"a name in {what}", basis.faults, LONGEST_NAME)
        if text is None:
            continue
        if text in names:
            basis.faults.add("DUPLICATE_NAME", f"{what} has {text!r} twice", item.place)
        _check_name(text, what, item.place, basis)
        names[text] = item.place
    return names


def _check_name(text: str, what: str, place: Place, basis: Basis) -> None:
    if not match_key(text):
        basis.faults.add("BAD_NAME", f"{what}: {text!r} has no letter and no digit", place)
    elif "\n" in text:
        basis.faults.add("BAD_NAME", f"{what}: {text!r} has a line break", place)


def _read_former_ids(fields: Fields, basis: Basis) -> dict[str, Place]:
    field = fields.take("formerIds")
    former: dict[str, Place] = {}
    if field is not None:
        what = f"'formerIds' of {fields.what}"
        for item in read_items(field.value, what, basis.faults, MOST_NAMES):
            id = read_slug(item, f"a former id of {fields.what}", basis.faults)
            if id is not None:
                former[id] = item.place
    return former


def _read_history(fields: Fields, basis: Basis) -> tuple[Event, ...]:
    field = fields.take("history")
    if field is None:
        return ()
    items = read_items(field.value, f"'history' of {fields.what}", basis.faults, MOST_EVENTS)
    found = (_read_event(item, fields.what, basis) for item in items)
    return tuple(event for event in found if event is not None)


def _read_event(node: Node, id: str, basis: Basis) -> Event | None:
    faults, known = basis.faults, basis.ontology.events
    fields = Fields.of(node, f"an event of {id}", faults)
    field = fields.need("event") if fields else None
    if fields is None or field is None:
        return None
    name = read_text(field.value, f"'event' of {id}", faults)
    if name is not None and name not in known:
        faults.add_unknown(
            "UNKNOWN_EVENT", "event", name, known, field.value.place,
            otherwise=f"write one of: {', '.join(known)}",
        )  # fmt: skip
        name = None
    if name is None:
        return None
    fields.what = f"the event {name!r} of {id}"
    day = fields.need("date")
    date = None
    if day is not None:
        ahead = basis.ontology.events[name].ahead
        date = basis.read_past(day.value, f"'date' of {fields.what}", or_to_come=ahead)
    value = _read_event_value(fields, name, basis)
    note = fields.take("note")
    texts = read_texts(note.value, f"'note' of {fields.what}", faults) if note else {}
    evidence = read_evidence(fields, basis)
    fields.finish()
    return Event(date or "", name, value, texts, evidence)


def _read_event_value(fields: Fields, event: str, basis: Basis) -> str | None:
    """What the event sets, which must be there; a free text (a release's version) if nothing."""
    wanted = [name for name, v in basis.ontology.events[event].sets.items() if v == "$value"]
    field = fields.need("value") if wanted else fields.take("value")
    if field is None:
        return None
    type_name = basis.ontology.attributes[wanted[0]].type if wanted else "text"
    what = f"'value' of {fields.what}"
    value = read_value(field.value, type_name, what, basis.ontology, basis.faults)
    return None if value is None else str(value)


def _read_rest(
    fields: Fields, kind: str | None, basis: Basis
) -> tuple[dict[str, Value], list[PlacedStatement]]:
    """Attributes in the ontology's order, and statements."""
    values: dict[str, Value] = {}
    statements: list[PlacedStatement] = []
    for item in fields.rest():
        key = item.key.text
        if key in basis.ontology.attributes:
            value = _read_attribute(item, kind, fields.what, basis)
            if value is not None:
                values[key] = value
        elif key in basis.ontology.relations:
            statements += _read_statements(item, kind, fields.what, basis)
        else:
            _refuse(item, kind, basis)
    return {n: values[n] for n in basis.ontology.attributes if n in values}, statements


def _read_attribute(item: Field, kind: str | None, id: str, basis: Basis) -> Value | None:
    key, ontology = item.key.text, basis.ontology
    attribute = ontology.attributes[key]
    if attribute.kinds is not None and kind is not None and kind not in attribute.kinds:
        basis.faults.add(
            "WRONG_ATTRIBUTE", f"{id}, of kind {kind}, has no attribute {key!r}", item.key.place,
            f"only these have it: {', '.join(attribute.kinds)}",
        )  # fmt: skip
        return None
    if attribute.events and not any(e.sets.get(key) == "$value" for e in ontology.events.values()):
        setters = [name for name, event in ontology.events.items() if key in event.sets]
        basis.faults.add(
            "SET_BY_EVENTS", f"{key!r} of {id} is set by dated events only", item.key.place,
            f"write one into 'history': {', '.join(setters)}",
        )  # fmt: skip
        return None
    return read_value(item.value, attribute.type, f"{key!r} of {id}", ontology, basis.faults)


def _read_statements(
    item: Field, kind: str | None, subject: str, basis: Basis
) -> list[PlacedStatement]:
    relation = item.key.text
    domain = basis.ontology.relations[relation].domain
    if kind is not None and kind not in domain:
        basis.faults.add(
            "WRONG_DOMAIN", f"{subject}, of kind {kind}, cannot be the subject of {relation!r}",
            item.key.place, f"its subjects are of kind: {', '.join(domain)}",
        )  # fmt: skip
    items = read_items(item.value, f"{relation!r} of {subject}", basis.faults, MOST_STATEMENTS)
    found = (read_statement(node, subject, relation, basis) for node in items)
    return [statement for statement in found if statement is not None]


def _refuse(item: Field, kind: str | None, basis: Basis) -> None:
    key, ontology = item.key.text, basis.ontology
    for name, relation in ontology.relations.items():
        if key == relation.inverse:
            basis.faults.add(
                "INVERSE_RELATION", f"{key!r} is the other side of {name!r}", item.key.place,
                f"write {name!r} under the other entity",
            )  # fmt: skip
            return
    attributes = ontology.attributes_of(kind) if kind else ontology.attributes
    if isinstance(item.value, Scalar):
        known = [*FIXED, *attributes]
        basis.faults.add_unknown("UNKNOWN_ATTRIBUTE", "attribute", key, known, item.key.place)
    else:
        known = [*FIXED, *ontology.relations]
        basis.faults.add_unknown("UNKNOWN_RELATION", "relation", key, known, item.key.place)
