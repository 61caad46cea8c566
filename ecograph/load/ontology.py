"""ontology.yaml -> Ontology; pydantic's faults told at the line where they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from string import digits
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ecograph.errors import DataError, DataErrors, Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Items, Node, Record, Scalar, parse_yaml
from ecograph.load.files import read_text_file
from ecograph.model.keys import did_you_mean
from ecograph.model.ontology import Ontology


def load_ontology(*folders: Path) -> Ontology:
    """The ontology of data folders, whatever else is in them. Raises: DataErrors."""
    faults = Faults()
    merged = _read_texts(folders, faults)
    faults.raise_any()
    ontology = read_ontology(merged, faults) if merged is not None else None
    faults.raise_any()
    if ontology is None:
        raise DataErrors([DataError("EMPTY_FILE", "the file holds nothing",
                                    Place((folders[0] / "ontology.yaml").as_posix()))])  # fmt: skip
    return ontology


def place_fault(fault: DataError, folders: Sequence[Path]) -> DataErrors:
    """A fault whose message begins with a path into the ontology, at the line of that path."""
    merged, path = _read_texts(folders, Faults()), fault.message.partition(":")[0].split(".")
    place = fault.place if merged is None else _find(merged, path)
    return DataErrors([DataError(fault.code, fault.message, place, fault.hint)])


def _read_texts(folders: Sequence[Path], faults: Faults) -> Node | None:
    roots: list[Node] = []
    for folder in folders:
        path = folder / "ontology.yaml"
        if folder is not folders[0] and not path.exists():
            continue
        text = read_text_file(path, folder.resolve().as_posix(), faults)
        root = parse_yaml(text, path.as_posix(), faults) if text is not None else None
        if root is not None:
            roots.append(root)
    return merge_ontologies(roots)


def read_ontology(root: Node, faults: Faults) -> Ontology | None:
    """The ontology, or None with its faults."""
    try:
        # Strict, and through JSON: there a list may stand for a tuple, and no text for a boolean.
        return Ontology.model_validate_json(json.dumps(_to_plain(root)), strict=True)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _tell(detail, root, faults)
        return None


def merge_ontologies(roots: Sequence[Node]) -> Node | None:
    """One ontology of several files: what a later one holds is added, or stands for the earlier."""
    merged = roots[0] if roots else None
    for root in roots[1:]:
        if not isinstance(merged, Record) or not isinstance(root, Record):
            return root
        sections = dict(merged.fields)
        for name, section in root.fields.items():
            known = sections.get(name)
            if known and isinstance(known.value, Record) and isinstance(section.value, Record):
                both = known.value._replace(fields={**known.value.fields, **section.value.fields})
                sections[name] = known._replace(value=both)
            else:
                sections[name] = section
        merged = merged._replace(fields=sections)
    return merged


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
        hint = did_you_mean(path[-1], _fields_at(path[:-1])) if _is_extra(detail) else ""
        faults.add(
            "BAD_ONTOLOGY", f"{'.'.join(path) or 'the ontology'}: {_word(detail)}",
            _find(root, path), hint,
        )  # fmt: skip
        return
    # The ontology's own checks say one fault a line, each with its path before a colon.
    for line in str(detail["ctx"]["error"]).split("\n"):
        where, said = line.split(":", 1)
        message, _, hint = said.partition("; ")
        shown = where.rstrip(digits).removesuffix(".") if where[-1].isdigit() else where
        faults.add("BAD_ONTOLOGY", f"{shown}:{message}", _find(root, where.split(".")), hint)


def _is_extra(detail: ErrorDetails) -> bool:
    return detail["type"] == "extra_forbidden" and bool(detail["loc"])


def _fields_at(path: list[str]) -> list[str]:
    """The fields that the part of the ontology at a path may have."""
    part: Any = Ontology
    for step in path:
        if isinstance(part, type) and issubclass(part, BaseModel):
            if step not in part.model_fields:
                return []
            part = part.model_fields[step].annotation
        else:
            # A mapping by name, whose values are the parts.
            part = get_args(part)[-1] if get_args(part) else None
    return list(part.model_fields) if isinstance(part, type) and issubclass(part, BaseModel) else []


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
