"""JSON Schemas of the YAML files, made from the ontology: what an editor completes and checks.

They are looser than `ecograph check` where a schema cannot look: references, periods, names.
"""

from __future__ import annotations

import json
from typing import Any

from ecograph.load.entities import LONGEST_NAME, MOST_NAMES
from ecograph.load.fields import LONGEST_TEXT
from ecograph.load.values import LONGEST_SLUG
from ecograph.model.ontology import LANGUAGES, Attribute, Described, Ontology, Qualifier

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SLUG = "^[a-z0-9]+(?:-[a-z0-9]+)*$"
DATE = "^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Schema = dict[str, Any]


def write_entity_schema(ontology: Ontology) -> str:
    """The schema of a file of entities, as JSON text."""
    return _write("Entities of the dataset", _entity(ontology), _shared(ontology))


def write_source_schema() -> str:
    """The schema of a file of sources, as JSON text."""
    source = _record(
        {
            "id": _ref("slug"),
            "title": {"type": "string", "maxLength": 500},
            "url": _ref("url"),
            "license": {"type": "string", "description": "An SPDX licence expression."},
            "read": {**_ref("day"), "description": "The day on which it was read."},
        },
        ["id", "title", "url"],
    )
    return _write("Sources of the dataset", source, _basic())


def _write(title: str, item: Schema, shared: Schema) -> str:
    schema = {"$schema": DRAFT, "title": title, "type": "array", "items": item, "$defs": shared}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _record(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(item: Schema, most: int | None = None) -> Schema:
    return {"type": "array", "items": item, **({"maxItems": most} if most else {})}


def _basic() -> Schema:
    # YAML reads 2019 as a number, and 2019-08-16 as a day; an editor sees these as such.
    return {
        "slug": {"type": "string", "pattern": SLUG, "maxLength": LONGEST_SLUG},
        "url": {"type": "string", "pattern": "^https?://"},
        "date": {"anyOf": [{"type": "string", "pattern": DATE}, {"type": "integer"}]},
        "day": {"type": "string", "pattern": DAY},
    }


def _shared(ontology: Ontology) -> Schema:
    return {
        **_basic(),
        "evidence": {
            "type": "array",
            "minItems": 1,
            "description": "Who says so: source, source#place, or {source, at, read}.",
            "items": {
                "anyOf": [
                    {"type": "string"},
                    _record(
                        {"source": _ref("slug"), "at": {"type": "string"}, "read": _ref("day")},
                        ["source"],
                    ),
                ]
            },
        },
        "texts": _record(
            {lang: {"type": "string", "maxLength": LONGEST_TEXT} for lang in LANGUAGES},
            list(LANGUAGES),
        ),
        "names": _list({"type": ["string", "number"], "maxLength": LONGEST_NAME}, MOST_NAMES),
        "event": _event(ontology),
        **{name: _enumeration(ontology, name) for name in ontology.enumerations},
        **{f"{name}-statement": _statement(ontology, name) for name in ontology.relations},
    }


def _enumeration(ontology: Ontology, name: str) -> Schema:
    values = ontology.enumerations[name]
    return {"oneOf": [{"const": v, "description": _say(d)} for v, d in values.items()]}


def _say(described: Described) -> str:
    return f"{described.description.en} {described.description.zh}"


def _typed(part: Attribute | Qualifier) -> Schema:
    match part.type:
        case "url" | "date":
            typed = _ref(part.type)
        case "integer" | "boolean":
            typed = {"type": part.type}
        case "text" | "license":
            typed = {"type": ["string", "number"]}
        case _:
            typed = _ref(part.type)
    return {**typed, "description": _say(part)}


def _event(ontology: Ontology) -> Schema:
    return _record(
        {
            "event": {
                "oneOf": [{"const": n, "description": _say(e)} for n, e in ontology.events.items()]
            },
            "date": _ref("date"),
            "value": {"type": ["string", "number"]},
            "note": _ref("texts"),
            "evidence": _ref("evidence"),
        },
        ["event", "date", "evidence"],
    )


def _statement(ontology: Ontology, relation: str) -> Schema:
    qualifiers = ontology.relations[relation].qualifiers
    return _record(
        {
            "object": _ref("slug"),
            "since": _ref("date"),
            "until": _ref("date"),
            "negated": {"const": True, "description": "The source denies it."},
            "key": {"type": "string", "pattern": SLUG},
            "remove": {"const": True, "description": "In a later data folder: it is gone."},
            **{name: _typed(ontology.qualifiers[name]) for name in qualifiers},
            "evidence": _ref("evidence"),
        },
        ["object"],
    )


def _entity(ontology: Ontology) -> Schema:
    attributes = {n: _typed(a) for n, a in ontology.attributes.items() if _is_given(n, ontology)}
    common: Schema = {
        "id": _ref("slug"),
        "kind": {
            "oneOf": [{"const": n, "description": _say(k)} for n, k in ontology.kinds.items()]
        },
        "label": _ref("texts"),
        "description": _ref("texts"),
        "aliases": _ref("names"),
        "formerIds": _list(_ref("slug"), MOST_NAMES),
        "ambiguous": _ref("names"),
        **attributes,
        "evidence": _ref("evidence"),
        "history": _list(_ref("event")),
        "remove": {"const": True, "description": "In a later data folder: it is gone."},
    }
    for name, relation in ontology.relations.items():
        common[name] = {**_list(_ref(f"{name}-statement")), "description": _say(relation)}
    entity = _record(common, ["id"])
    entity["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {
                "required": ["label", "evidence", *(["scheme"] if kind == "Category" else [])],
                "properties": dict.fromkeys(_foreign(kind, ontology), False),
            },
        }
        for kind in ontology.kinds
    ]
    return entity


def _is_given(attribute: str, ontology: Ontology) -> bool:
    """Whether an attribute may be written down; some follow from events alone."""
    setters = [e for e in ontology.events.values() if attribute in e.sets]
    return not setters or any(e.sets[attribute] == "$value" for e in setters)


def _foreign(kind: str, ontology: Ontology) -> list[str]:
    """What an entity of a kind cannot have."""
    own = ontology.attributes_of(kind)
    return [n for n in ontology.attributes if n not in own and _is_given(n, ontology)] + [
        name for name, relation in ontology.relations.items() if kind not in relation.domain
    ]
