"""What the Reconciliation API 0.2 asks of each body, as JSON Schemas in words of our own."""

from __future__ import annotations

from typing import Any

TEXT, FLAG = {"type": "string"}, {"type": "boolean"}
NAMED: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": TEXT, "name": TEXT, "description": TEXT},
}
CANDIDATE = {
    **NAMED,
    "required": ["id", "name", "score", "match", "type"],
    "properties": {
        "id": TEXT, "name": TEXT, "description": TEXT, "match": FLAG,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "type": {"type": "array", "items": NAMED},
        "features": {"type": "array", "items": {
            "type": "object", "required": ["id", "value"],
            "properties": {"id": TEXT, "value": {"type": ["number", "boolean"]}},
            "additionalProperties": False,
        }},
    },
    "additionalProperties": False,
}  # fmt: skip
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
PLACE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {
        "service_url": {"type": "string", "pattern": "^https?://"},
        "service_path": TEXT,
    },
    "additionalProperties": False,
}
TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"const": ["0.2"]},
        "name": TEXT,
        "identifierSpace": {"type": "string", "pattern": "^https?://"},
        "schemaSpace": {"type": "string", "pattern": "^https?://"},
        "documentation": TEXT,
        "logo": TEXT,
        "serviceVersion": TEXT,
        "defaultTypes": {"type": "array", "items": NAMED, "uniqueItems": True},
        "view": {"type": "object", "required": ["url"], "properties": {"url": TEMPLATE}},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {"url": TEMPLATE, "width": {"type": "integer"},
                           "height": {"type": "integer"}},
        },
        "suggest": {
            "type": "object",
            "required": ["entity", "property", "type"],
            "properties": {"entity": PLACE, "property": PLACE, "type": PLACE},
        },
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": PLACE,
                "property_settings": {"type": "array", "items": {
                    "type": "object", "required": ["type", "label", "name"],
                    "properties": {"type": {"enum": ["number", "text", "checkbox", "select"]}},
                }},
            },
        },
        "batchSize": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}  # fmt: skip
CELL = {
    "oneOf": [
        {
            "type": "object",
            "properties": {name: kind},
            "required": [name],
            "additionalProperties": False,
        }
        for name, kind in (
            ("str", TEXT), ("int", {"type": "integer"}), ("float", {"type": "number"}),
        )
    ]
    + [{**NAMED, "additionalProperties": False}]
}  # fmt: skip
EXTENSION = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": {
            "type": "object", "required": ["id", "name"],
            "properties": {"id": TEXT, "name": TEXT, "type": NAMED},
        }},
        "rows": {
            "additionalProperties": {"additionalProperties": {"type": "array", "items": CELL}}
        },
    },
}  # fmt: skip
