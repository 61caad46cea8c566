"""ontology.yaml -> Ontology; pydantic's faults told at the line where they stand."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ecograph.errors import Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Items, Node, Record, Scalar
from ecograph.model.ontology import Ontology


def read_ontology(root: Node, faults: Faults) -> Ontology | None:
    """The ontology, or None with its faults."""
    try:
        # Strict, and through JSON: there a list may stand for a tuple, and no text for a boolean.
        return Ontology.model_validate_json(json.dumps(_to_plain(root)), strict=True)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _tell(detail, root, faults)
        return None


def _to_plain(node: Node) -> Any:
    if isinstance(node, Record):
        return {key: _to_plain(field.value) for key, field in node.fields.items()}
    if isinstance(node, Items):
        return [_to_plain(item) for item in node.items]
    if node.missing:
        return None
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    return node.text


def _tell(detail: ErrorDetails, root: Node, faults: Faults) -> None:
    path = [str(part) for part in detail["loc"] if part != "[key]"]
    if detail["type"] != "value_error" or path:
        faults.add(
            "BAD_ONTOLOGY", f"{'.'.join(path) or 'the ontology'}: {_word(detail)}",
            _find(root, path),
        )  # fmt: skip
        return
    # The ontology's own checks say one fault a line, each with its path before a colon.
    for line in str(detail["ctx"]["error"]).split("\n"):
        faults.add("BAD_ONTOLOGY", line, _find(root, line.split(":", 1)[0].split(".")))


def _word(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "unknown field"
        case "string_pattern_mismatch":
            return f"{detail['input']!r} must match {detail['ctx']['pattern']}"
        case "value_error":
            return str(detail["ctx"]["error"])
    return detail["msg"].replace("Input should", "this should", 1)


def _find(root: Node, path: list[str]) -> Place:
    """The place of a path, or of as much of it as there is."""
    node, place = root, root.place
    for step in path:
        if isinstance(node, Record) and step in node.fields:
            field = node.fields[step]
            node, place = field.value, field.key.place
        elif isinstance(node, Items) and step.isdigit() and int(step) < len(node.items):
            node = node.items[int(step)]
            place = node.place
        else:
            break
    return node.place if isinstance(node, Scalar) else place
