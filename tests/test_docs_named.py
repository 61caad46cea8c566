"""docs/named-operations.md: every example in it is answered from the shipped dataset."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from ecograph.api.operations import read_operations
from ecograph.api.variables import read_variables, variables_of
from ecograph.service import open_service
from ecograph.settings import bundled
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.test_web_named import call

TEXT = (Path(__file__).parent.parent / "docs" / "named-operations.md").read_text("utf-8")
OPERATIONS = read_operations(bundled("queries"))
ADDRESSES = re.findall(r"http://localhost:8000(/q/[^' ]+)", TEXT)
PARTS = re.findall(r"`([a-z]+=[^` ]+)`", TEXT)


@cache
def app() -> App:
    return make_app(open_service())


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_answered(address: str) -> None:
    reply = call(address, of=app())
    assert reply.status == 200, reply.text


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_query_string_is_answered_by_all_that_take_it(part: str) -> None:
    pairs = parse_qsl(part.replace("\\|", "|"))
    if pairs[0][0] == "level":
        assert call(f"/q/Dataset.md?{part}", of=app()).status == 200
        return
    if pairs[0][0] == "compare":
        assert call(f"/q/Implementers.json?spec=cri&{part}", of=app()).status == 200
        return
    taking = {
        name: o for name, o in OPERATIONS.items() if pairs[0][0] in variables_of(o.document)
    }  # fmt: skip
    assert taking
    for operation in taking.values():
        given = {
            **operation.variables,
            **read_variables(variables_of(operation.document), pairs),
        }
        told = open_service(deadline=None).query(operation.document, given)
        assert "errors" not in told, (operation.name, told)


def test_the_trusted_document_has_variables_that_are_answered() -> None:
    [block] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    variables = json.loads(block)["variables"]
    assert "errors" not in open_service().query(OPERATIONS["Implementers"].document, variables)


def test_there_are_examples_of_every_form() -> None:
    assert {address.partition("?")[0].rpartition(".")[2] for address in ADDRESSES} == {
        "json", "csv", "md",
    }  # fmt: skip
    assert len(PARTS) >= 8
