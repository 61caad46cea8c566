"""Plain questions over the dataset: how each is understood, what it finds, what is refused."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ecograph.api.asked import PlainQuestions
from ecograph.model.keys import has_han
from ecograph.service import Service, open_service
from tests.readings import told

HERE = Path(__file__).parent


@cache
def questions() -> tuple[dict[str, str], ...]:
    with (HERE / "questions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def refused() -> tuple[str, ...]:
    return tuple((HERE / "not_questions.txt").read_text("utf-8").splitlines())


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    opened = open_service()
    yield opened
    opened.close()


def answers(service: Service, question: str) -> list[Any]:
    """The readings with their answers, those with rows first."""
    plain: PlainQuestions = service.api.questions
    found = []
    for reading in plain.asker.read(question).readings:
        response = service.query(reading.query, reading.variables)
        assert "errors" not in response, reading.query
        found.append(plain.answers.tell(reading, response["data"]))
    return sorted(found, key=lambda one: one.empty)


def test_there_are_enough_questions_and_half_of_them_are_chinese() -> None:
    languages = Counter(row["lang"] for row in questions())
    assert languages["en"] >= 200
    assert languages["zh"] >= 200
    assert len(refused()) >= 80
    assert sum(map(has_han, refused())) >= 40


@pytest.mark.parametrize("row", questions(), ids=[row["question"] for row in questions()])
def test_a_question_is_understood_and_its_graphql_gives_the_rows(
    row: dict[str, str], service: Service
) -> None:
    found = answers(service, row["question"])
    assert " | ".join(told(one.reading.meaning) for one in found) == row["reading"]
    assert (found[0].reading.operation or "") == row["operation"]
    assert set(row["rows"].split()) <= set(found[0].ids)
    assert all(one.sentence for one in found)
    assert has_han(found[0].reading.understood) or row["lang"] == "en"


@pytest.mark.parametrize("text", refused())
def test_what_cannot_be_read_is_refused_with_what_could_be_asked(
    text: str, service: Service
) -> None:
    asker = service.api.questions.asker
    understood = asker.read(text)
    assert understood.readings == ()
    assert understood.refusal
    assert has_han(understood.refusal) == has_han(text)
    assert understood.nearest
    for nearest in understood.nearest:
        assert asker.read(nearest).readings, nearest


def test_a_question_as_it_was_understood_is_understood_alike(service: Service) -> None:
    """So that who sees it can ask it again, and change a word."""
    asker = service.api.questions.asker
    others = {}
    for row in questions():
        first = asker.read(row["question"]).readings[0]
        again = asker.read(first.understood.partition(" (“")[0]).readings
        meant = told(first.meaning).replace("~", "")
        if meant not in [told(one.meaning) for one in again]:
            others[first.understood] = [told(one.meaning) for one in again]
    # The one question says it from the other side, the others name one taxonomy's category.
    assert others == {
        "Since when is it so that Docker Engine uses containerd?": [
            "when docker-engine uses containerd"
        ],
        "哪些“容器 runtime”中的事物实现了 OCI 运行时规范？": [
            "list in container-runtime, implements=oci-runtime-spec"
        ],
        "哪些“容器 runtime”中的事物实现了容器运行时接口（CRI）？": [
            "list in container-runtime, implements=cri"
        ],
    }


def test_equal_questions_have_equal_readings(service: Service) -> None:
    asker = service.api.questions.asker
    for row in questions()[::11]:
        assert asker.read(row["question"]) == asker.read(row["question"])
