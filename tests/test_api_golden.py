"""Plan and answer of every named operation. `UPDATE_GOLDEN=1` writes the files anew."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import orjson
import pytest

from ecograph.api.operations import read_operations
from ecograph.plan.show import show
from ecograph.service import Service
from ecograph.settings import bundled
from tests.answers import serve
from tests.asking import EXAMPLES as CONTRACT_EXAMPLES
from tests.named import EXAMPLES, larger_world

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
OPERATIONS = read_operations(bundled("queries"))
# Those of the contract have theirs in golden/plans.
OWN = sorted(OPERATIONS.keys() - CONTRACT_EXAMPLES.keys())


@cache
def larger() -> Service:
    return serve(larger_world())


def golden(folder: str, name: str, text: str) -> str:
    """The text that is kept, and written first if that is asked for."""
    path = GOLDEN / folder / name
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_the_answer_is_the_golden_one(name: str) -> None:
    told = larger().query(OPERATIONS[name].document, EXAMPLES[name])
    assert told.keys() == {"data"}
    text = orjson.dumps(told["data"], option=orjson.OPT_INDENT_2).decode() + "\n"
    assert golden("answers", f"{name}.json", text) == text


@pytest.mark.parametrize("name", OWN)
def test_the_plan_is_the_golden_one(name: str) -> None:
    text = show(larger().api.plan_of(OPERATIONS[name].document, EXAMPLES[name]))
    assert golden("named_plans", f"{name}.txt", text) == text


def test_every_golden_file_has_an_operation_and_every_operation_its_files() -> None:
    answers = {path.stem for path in (GOLDEN / "answers").iterdir()}
    plans = {path.stem for path in (GOLDEN / "named_plans").iterdir()}
    assert (answers, plans) == (set(OPERATIONS), set(OWN))
    assert EXAMPLES.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_golden_answer_is_an_empty_one(name: str) -> None:
    told = orjson.loads((GOLDEN / "answers" / f"{name}.json").read_bytes())
    assert "null" not in {orjson.dumps(value).decode() for value in told.values()}
    assert '"id"' in orjson.dumps(told).decode() or name in ("Facets", "CategoryFacets")
