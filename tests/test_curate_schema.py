"""The JSON Schemas are those of the ontology, take what is sound and refuse what is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ecograph.curate.schema import write_entity_schema, write_source_schema
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Items, Node, Record, parse_yaml
from ecograph.load.ontology import load_ontology
from ecograph.settings import bundled
from tests.commands import call

DATA = bundled("data")
INTEGERS = ("true", "false")


@cache
def validator(name: str) -> Draft202012Validator:
    """A validator of entities or of sources."""
    schema = json.loads((DATA / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def to_plain(node: Node) -> Any:
    """A file as an editor reads it: true and 12 are values."""
    if isinstance(node, Record):
        return {key: to_plain(field.value) for key, field in node.fields.items()}
    if isinstance(node, Items):
        return [to_plain(item) for item in node.items]
    if node.plain and node.text in INTEGERS:
        return node.text == "true"
    return int(node.text) if node.plain and node.text.isdecimal() else node.text


def read(path: Path) -> Any:
    """A file of the dataset."""
    root = parse_yaml(path.read_text("utf-8"), path.as_posix(), Faults())
    assert root is not None
    return to_plain(root)


def faults_of(text: str, name: str = "entities") -> Iterator[str]:
    """What a validator says of a text."""
    root = parse_yaml(text, "x.yaml", Faults())
    assert root is not None
    for error in validator(name).iter_errors(to_plain(root)):
        yield "/".join(map(str, error.path)) + ": " + error.message


def test_kept_schemas_are_those_of_the_ontology() -> None:
    ontology = load_ontology(DATA)
    assert (DATA / "entities.schema.json").read_text("utf-8") == write_entity_schema(ontology)
    assert (DATA / "sources.schema.json").read_text("utf-8") == write_source_schema()


@pytest.mark.parametrize("folder", ["entities", "seed", "sources"])
def test_schema_takes_every_file_of_the_dataset(folder: str) -> None:
    name = "sources" if folder == "sources" else "entities"
    for path in sorted((DATA / folder).glob("*.yaml")):
        content = read(path)
        if isinstance(content, list):
            assert [e.message for e in validator(name).iter_errors(content)] == [], path.name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: a, kind: Tol, label: {en: a, zh: a}, evidence: [x]}", "0/kind:"),
        ("- {id: A, aliases: [b], evidence: [x]}", "0/id: 'A' does not match"),
        ("- {id: a, kind: Tool, label: {en: a}, evidence: [x]}", "'zh' is a required property"),
        ("- {id: a, kind: Tool, evidence: [x]}", "'label' is a required property"),
        ("- {id: a, kind: Category, label: {en: a, zh: a}, evidence: [x]}",
         "'scheme' is a required"),
        ("- {id: a, hompage: b}", "'hompage' was unexpected"),
        ("- {id: a, status: ACTIVE}", "'status' was unexpected"),
        ("- {id: a, uses: [{object: b, strenth: LISTED}]}", "'strenth' was unexpected"),
        ("- {id: a, uses: [{object: b, strength: Listed}]}", "0/uses/0/strength:"),
        ("- {id: a, history: [{event: begun, evidence: [x]}]}", "'date' is a required property"),
        ("- {id: a, kind: Category, label: {en: a, zh: a}, scheme: seed, evidence: [x], uses: []}",
         "False schema does not allow"),
        ("- {id: a, uses: [{object: b, evidence: []}]}", "0/uses/0/evidence:"),
    ],
)  # fmt: skip
def test_schema_refuses_what_is_not_sound(text: str, said: str) -> None:
    assert any(said in fault for fault in faults_of(text))


def test_schema_of_sources_needs_an_address() -> None:
    assert list(faults_of("- {id: a, title: A}", "sources")) == ["0: 'url' is a required property"]


def test_command_prints_the_schemas_and_compares_files() -> None:
    assert call("schema", "sources").stdout == write_source_schema()
    kept = DATA / "entities.schema.json"
    assert call("schema", "entities", "--check", str(kept)).returncode == 0
    other = call("schema", "sources", "--check", str(kept))
    assert other.returncode == 1
    assert f"run: ecograph schema sources > {kept}" in other.stderr
