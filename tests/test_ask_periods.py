"""Periods in questions, and what happened in them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ecograph.ask.periods import Period, periods
from ecograph.model.ontology import Language
from ecograph.service import Service
from tests.world import entity, make_graph

LIVES = (
    entity("cri", "Specification", "Container Runtime Interface", None, "CRI",
           history=[("2016-12-19", "begun"), ("2017-05", "acceptedSandbox")]),
    entity("moved", "Tool", "Moved", history=[
        ("2015", "begun"), ("2018-03-01", "acceptedSandbox"), ("2020-05-01", "acceptedIncubating"),
        ("2021-02", "graduated")]),
    entity("kept", "Tool", "Kept", history=[
        ("2014-06-06", "begun"), ("2020-07-01", "acceptedSandbox"),
        ("2022-01-01", "archivedByCncf")]),
    entity("sold", "Organization", "Sold", history=[("2009", "founded"), ("2020", "acquired")]),
)  # fmt: skip


@cache
def service() -> Service:
    return Service(make_graph([*LIVES], []))


def asked(text: str) -> Any:
    fields = "outcome sentence readings { understood ids totalCount }"
    told = service().query(f"query($t: String!) {{ ask(text: $t) {{ {fields} }} }}", {"t": text})
    return told["data"]["ask"]


@pytest.mark.parametrize(
    ("own", "text", "rest", "period"),
    [
        ("en", "what ended in 2020", "what ended", ("2020-01-01", "2020-12-31")),
        ("en", "what ended since may 2020", "what ended", ("2020-05-01", None)),
        ("en", "what ended after 2020", "what ended", ("2021-01-01", None)),
        ("en", "what ended before 2020-03", "what ended", (None, "2020-02-29")),
        ("en", "what ended between 2019 and 2020", "what ended", ("2019-01-01", "2020-12-31")),
        ("en", "in 2020 , what ended", "what ended", ("2020-01-01", "2020-12-31")),
        ("zh", "2020年终止的项目", "终止的项目", ("2020-01-01", "2020-12-31")),
        ("zh", "2020年以来终止的项目", "终止的项目", ("2020-01-01", None)),
        ("zh", "哪些项目在2020年之前终止", "哪些项目终止", (None, "2019-12-31")),
        ("zh", "从2019年到2020年有什么变化", "有什么变化", ("2019-01-01", "2020-12-31")),
    ],
)  # fmt: skip
def test_a_period_is_read_wherever_it_stands(
    own: Language, text: str, rest: str, period: Period
) -> None:
    assert list(periods(text, own)) == [(rest, period)]


@pytest.mark.parametrize(
    "text", ["what ended last year", "what ended in 2020-13", "between 2021 and 2019"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert list(periods(text, "en")) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("which projects graduated in 2021", "Moved (2021-02)."),
        ("2021 年毕业的项目有哪些", "Moved（2021-02）。"),
        # What moved up a level in 2020 was accepted before.
        ("which projects joined the CNCF in 2020", "Kept (2020-07-01)."),
        ("which tools were accepted by the CNCF before 2020", "Moved (2018-03-01)."),
        ("which CNCF projects were archived since 2021", "Kept (2022-01-01)."),
        ("how many projects were archived in 2022", "1: Kept (2022-01-01)."),
        ("which tools started before 2015", "Kept (2014-06-06)."),
        ("which companies were founded before 2010", "Sold (2009)."),
        ("which projects graduated in 2019", "Nothing in the data."),
        ("when was Sold founded", "Sold: 2009 founded."),
    ],
)  # fmt: skip
def test_what_happened_in_a_period_is_told_with_its_days(text: str, sentence: str) -> None:
    assert asked(text)["sentence"] == sentence


@pytest.mark.parametrize(
    "text",
    [
        "which companies joined the CNCF in 2020", "which projects joined the CNCF",
        "which projects graduated in 2093", "which tools were released in 2020",
        "which people graduated in 2021", "哪些公司 2020 年加入了 CNCF",
    ],
)  # fmt: skip
def test_what_can_not_have_happened_is_refused(text: str) -> None:
    assert asked(text)["outcome"] == "REFUSED"


def test_what_was_first_seen_had_begun_by_then() -> None:
    seen = entity("seen", "Tool", "Seen", history=[("2017-03", "firstSeen")])
    of = Service(make_graph([seen], []))
    told = of.query('{ ask(text: "when did Seen begin") { sentence } }')
    assert told["data"]["ask"]["sentence"] == "Seen: 2017-03 first seen."
