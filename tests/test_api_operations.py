"""Named operations: each file is one question in both languages, and runs as it stands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ecograph.api.operations import read_operation, read_operations
from ecograph.api.variables import hold_complete, variables_of
from ecograph.errors import DataError
from ecograph.service import Service, open_service
from ecograph.settings import bundled

OPERATIONS = read_operations(bundled("queries"))


@cache
def service() -> Service:
    return open_service(answer_cache=0)


def test_the_contract_is_among_them_word_for_word() -> None:
    contract = (Path(__file__).parent / "contract" / "operations.graphql").read_text("utf-8")
    names = re.findall(r"^query (\w+)", contract, re.MULTILINE)
    assert len(names) == 14
    for name in names:
        assert OPERATIONS[name].query in contract, name


def test_there_are_more_questions_than_the_contract_asks() -> None:
    assert len(OPERATIONS) == 46
    questions = [o.question[lang] for o in OPERATIONS.values() for lang in ("en", "zh")]
    assert len(set(questions)) == 92
    assert all(text.endswith((".", "?", "。", "？")) for text in questions)


def test_an_example_gives_every_variable_that_is_required() -> None:
    for operation in OPERATIONS.values():
        known = variables_of(operation.document)
        hold_complete(known, operation.variables)
        assert operation.variables.keys() <= known.keys(), operation.name


def test_the_query_is_the_document_without_the_lines_before_it() -> None:
    operation = OPERATIONS["Dataset"]
    assert operation.document.startswith("# What is this dataset")
    assert operation.query.startswith("query Dataset {\n  dataset {\n")
    assert operation.document.endswith(operation.query)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_each_answers_over_the_shipped_dataset_without_errors_or_fallback(name: str) -> None:
    operation = OPERATIONS[name]
    before = service().api.counters.statements
    told = service().query(operation.document, operation.variables)
    assert told.keys() == {"data"}
    assert all(value is not None for value in told["data"].values())
    assert service().api.counters.fallbacks == 0
    assert service().api.counters.statements == before + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("query Q { x }", "the question is missing; begin with it in English and in Chinese"),
        (
            "# What?\nquery Q { x }",
            "the question is missing; begin with it in English and in Chinese",
        ),
        ("# What?\n# 什么？\nquery P { x }", "the file holds ['P']; it must hold one query Q"),
        ("# What?\n# 什么？\n# variables: {\nquery Q { x }", "the variables are no JSON"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "Q.graphql"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        read_operation(path)
    assert caught.value.message.startswith(message)
