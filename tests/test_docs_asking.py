"""docs/asking.md: its commands are run, its questions are answered, its list is the ontology's."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecograph.ask.guide import list_words
from ecograph.load.ontology import load_ontology
from ecograph.service import Service, open_service
from tests.commands import ROOT, call

TEXT = (ROOT / "docs" / "asking.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
QUESTIONS = [
    question
    for row in re.findall(r"^\| [^|]+ \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)[1:]
    for cell in row
    for question in re.split("; |；", cell)
]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    opened = open_service()
    yield opened
    opened.close()


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_of_the_page_answer(line: str, service: Service) -> None:
    done = call(*shlex.split(line)[1:], service=service)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_questions_of_the_page_are_read(question: str, service: Service) -> None:
    assert service.api.questions.asker.read(question).readings


def test_the_document_of_the_page_is_answered(service: Service) -> None:
    [document] = re.findall(r"^```graphql\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    told = service.query(document)["data"]["ask"]
    assert (told["outcome"], told["sentence"]) == ("CLEAR", "Tigera.")
    assert json.dumps(told["readings"][0]["variables"]) == '{"name": "calico"}'


def test_the_list_of_words_is_that_of_the_ontology() -> None:
    listed = re.search(r"<!-- words -->\n(.*)<!-- end of words -->", TEXT, re.DOTALL)
    assert listed is not None
    assert listed[1] == list_words(load_ontology(Path(ROOT) / "data"))
