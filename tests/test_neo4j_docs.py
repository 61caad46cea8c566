"""docs/cypher.md: each of its ten queries runs over the dataset that ships, and finds something."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ecograph.load import load
from ecograph.settings import bundled
from tests.neo4j.loaded import empty, load_into
from tests.neo4j.server import Place

QUERIES = re.findall(
    r"^([^\n]+)\n\n```cypher\n(.*?)```",
    (bundled("docs") / "cypher.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture(scope="module")
def place(neo4j_place: Place) -> Iterator[Place]:
    empty(neo4j_place)
    load_into(neo4j_place, load(bundled("data")))
    yield neo4j_place
    empty(neo4j_place)


def test_there_are_ten() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize(("question", "text"), QUERIES)
def test_the_query_finds_something(place: Place, question: str, text: str) -> None:
    with place.driver() as driver:
        found = driver.execute_query(text)
    assert found.records, question
    # A label, a type or a property that is not there is told of by the server.
    told = found.summary.gql_status_objects
    assert [o.status_description for o in told if o.is_notification] == []


def test_the_first_names_runc_and_crun(place: Place) -> None:
    with place.driver() as driver:
        found = driver.execute_query(QUERIES[0][1]).records
    assert {"crun", "runc"} <= {record["t.id"] for record in found}
