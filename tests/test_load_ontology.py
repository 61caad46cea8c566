"""Faults of ontology.yaml are told at the line where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.errors import DataErrors
from ecograph.service import open_service
from tests.data_cases.changed import change_small, faults_after

CASES = {
    "unknown kind in a domain": (
        "    domain: [Tool]\n", "    domain: [Tol]\n",
        "ontology.yaml:136:14: relations.implements.domain: unknown kind 'Tol'; did you mean: "
        "Tool?",
    ),
    "unknown kind behind another": (
        "    range: [Specification]\n", "    range: [Specification, Organisation]\n",
        "ontology.yaml:137:28: relations.implements.range: unknown kind 'Organisation'; did you "
        "mean: Organization?",
    ),
    "unknown qualifier": (
        "    qualifiers: [strength]\n", "    qualifiers: [strenght]\n",
        "ontology.yaml:138:18: relations.implements.qualifiers: unknown qualifier 'strenght'; did "
        "you mean: strength?",
    ),
    "unknown type": (
        "    type: Strength\n", "    type: Strenth\n",
        "ontology.yaml:99:11: qualifiers.strength.type: unknown type 'Strenth'; did you mean: "
        "Strength?",
    ),
    "type like none": (
        "    type: Strength\n", "    type: float\n",
        "ontology.yaml:99:11: qualifiers.strength.type: unknown type 'float'; "
        "write one of Access, Role, Status, Strength, boolean, date, integer, license, text, url",
    ),
    "field like one that there is": (
        "    many: tools\n", "    many: tools\n    labl: tools\n",
        "ontology.yaml:7:11: kinds.Tool.labl: unknown field; did you mean: label?",
    ),
    "field of a relation like one that there is": (
        "    acyclic: true\n", "    acylic: true\n",
        "ontology.yaml:147:13: relations.uses.acylic: unknown field; did you mean: acyclic?",
    ),
    "inverse that an older relation further down has": (
        "relations:\n", "relations:\n"
        "  measures:\n    inverse: usedBy\n    label: {en: a, zh: a}\n"
        "    inverse_label: {en: a, zh: a}\n    description: {en: a, zh: a}\n"
        "    domain: [Tool]\n    range: [Tool]\n"
        "    sentence: {en: '{subject} a {object}', zh: '{subject} a {object}'}\n",
        "ontology.yaml:132:14: relations.measures.inverse: the field 'usedBy' is already a side of "
        "uses",
    ),
    "sentence with a stop": (
        "{subject} implements {object}", "{subject} implements {object}.",
        "ontology.yaml:131:3: relations.implements: the sentence '{subject} implements {object}.' "
        "ends in a stop; leave it out: what tells a sentence puts its own, and questions are read "
        "by these words",
    ),
    "unknown field": (
        "    many: tools\n", "    many: tools\n    some: tools\n",
        "ontology.yaml:7:11: kinds.Tool.some: unknown field",
    ),
    "missing Chinese": (
        "    label: {en: Tool, zh: 工具}\n", "    label: {en: Tool}\n",
        "ontology.yaml:3:5: kinds.Tool.label.zh: is missing",
    ),
    "name in another case": (
        "  Tool:\n", "  tool:\n",
        "ontology.yaml:2:3: kinds.tool: 'tool' must match ^[A-Z][A-Za-z0-9]*$",
    ),
    "word for a boolean": (
        "    symmetric: true\n", "    symmetric: yes\n",
        "ontology.yaml:156:16: relations.alternativeTo.symmetric: this should be a valid boolean",
    ),
    "sentence without its object": (
        "{subject} implements {object}", "{subject} implements it",
        "ontology.yaml:131:3: relations.implements: the sentence '{subject} implements it' "
        "must hold {subject} and {object}, and no other",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), CASES.values(), ids=CASES.keys())
def test_fault_is_told_at_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert faults_after(tmp_path, ("ontology.yaml", old, new)) == [message]


def test_every_fault_of_the_ontology_is_told(tmp_path: Path) -> None:
    assert faults_after(
        tmp_path,
        ("ontology.yaml", "    type: Strength\n", "    type: texts\n"),
        ("ontology.yaml", "    inverse: usedBy\n", "    inverse: nodes\n"),
    ) == [
        "ontology.yaml:99:11: qualifiers.strength.type: unknown type 'texts'; did you mean: text?",
        "ontology.yaml:141:14: relations.uses.inverse: the field 'nodes' is already the API’s own",
    ]


def test_a_name_that_the_schema_has_taken_is_told_at_its_line(tmp_path: Path) -> None:
    kind = (
        "  PageInfo:\n    label: {en: Page, zh: 页}\n    description: {en: A page., zh: 一页。}\n"
    )
    folder = change_small(tmp_path, ("ontology.yaml", "kinds:\n", "kinds:\n" + kind))
    with pytest.raises(DataErrors) as caught:
        open_service(folder, cache=False)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{folder.as_posix()}/ontology.yaml:2:3: kinds.PageInfo: two GraphQL types would be "
        "called 'PageInfo'; rename what the ontology calls so"
    ]
