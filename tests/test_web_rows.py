"""Rows of an answer as a page shows them: links, words, and nothing that is the same in all."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.api.tables import Table
from ecograph.web.html import Lang
from ecograph.web.rows import Rows, read_rows
from ecograph.web.words import Words
from tests.world import ontology


def rows(headers: str, *lines: tuple[str, ...], lang: Lang = "en") -> Rows:
    table = Table(tuple(headers.split()), lines)
    return read_rows(table, Words(ontology(), lang), lambda id_: f"e/{id_}")


def texts(found: Rows) -> list[list[str]]:
    return [["; ".join(text for text, _ in cell.parts) for cell in row] for row in found.cells]


SAID = "specification.id specification.name since strength id name status"
RUNC = ("cri", "CRI", "2015-07", "LISTED", "runc", "runc", "ACTIVE")
CRUN = ("cri", "CRI", "", "SELF_DECLARED", "crun", "crun", "DORMANT")


def test_what_a_row_is_of_stands_first_and_leads_to_its_page() -> None:
    found = rows(SAID, RUNC, CRUN)
    assert found.headers == ("what", "since", "Strength", "Status")
    assert texts(found) == [
        ["runc", "2015-07", "listed", "active"], ["crun", "", "self-declared", "dormant"],
    ]  # fmt: skip
    assert found.cells[0][0].parts == (("runc", "e/runc"),)


def test_what_is_the_same_in_every_row_is_left_out() -> None:
    assert "Specification" not in rows(SAID, RUNC, CRUN).headers
    assert "Specification" in rows(SAID, RUNC).headers


def test_what_was_asked_about_stays_though_it_is_the_same_in_every_row() -> None:
    found = rows(
        "id name license date event", ("a", "A", "MIT", "2020", "BEGUN"), ("a", "A", "MIT", "", "")
    )
    assert texts(found) == [["MIT", "2020", "begun"], ["MIT", "", ""]]


def test_a_statement_is_no_thing_with_a_page() -> None:
    found = rows("verdict statement.id negated", ("KNOWN", "runc~implements~cri", "false"))
    assert texts(found) == [["known", "no"]]


def test_the_language_is_the_pages() -> None:
    found = rows("id name label strength", ("runc", "runc", "甲", "LISTED"), lang="zh")
    assert (found.headers, texts(found)) == (("事物", "强度"), [["甲", "列名"]])


@pytest.mark.parametrize(
    ("urls", "parts"),
    [
        ("https://a.example; https://b.example",
         (("A", "https://a.example"), ("B", "https://b.example"))),
        ("https://a.example", (("A", ""), ("B", ""))),
        ("javascript:x; https://b.example", (("A", ""), ("B", "https://b.example"))),
    ],
)  # fmt: skip
def test_a_source_leads_to_where_it_is(urls: str, parts: Any) -> None:
    found = rows("evidence.source.title evidence.source.url", ("A; B", urls))
    assert found.headers == ("sources",)
    assert found.cells[0][0].parts == parts


@pytest.mark.parametrize(("lang", "more"), [("en", "2 more"), ("zh", "另 2 处")])
def test_of_many_sources_it_is_told_how_many_more_there_are(lang: Any, more: str) -> None:
    four = (
        "A; B; C; D",
        "https://a.example; https://b.example; https://c.example; https://d.example",
    )
    found = rows("evidence.source.title evidence.source.url", four, lang=lang)
    assert [text for text, _ in found.cells[0][0].parts] == ["A", "B", more]


def test_an_event_is_told_by_its_label() -> None:
    found = rows("date event label labelZh", ("2020-02", "ENDED", "ended", "终止"), lang="zh")
    assert texts(found) == [["2020-02", "终止"]]


def test_an_answer_without_rows_has_no_table() -> None:
    assert rows(SAID).cells == ()
