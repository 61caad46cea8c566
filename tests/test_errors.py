"""The error tree: codes, places, and messages that say where and what would be right."""

from __future__ import annotations

import pytest

from ecograph.errors import (
    CursorError,
    DataError,
    DataErrors,
    EcographError,
    ExpressionError,
    LimitExceeded,
    Place,
    PlanError,
    QueryError,
    SettingsError,
    StoreError,
    StoreTimeout,
    StoreUnavailable,
    UnresolvedName,
)


@pytest.mark.parametrize(
    ("error", "parent", "code"),
    [
        (PlanError("x"), EcographError, "BAD_PLAN"),
        (ExpressionError("x", "uses//", 5), PlanError, "BAD_PATH_EXPRESSION"),
        (QueryError("x"), EcographError, "BAD_QUERY"),
        (UnresolvedName("UNKNOWN_NAME", "x"), QueryError, "UNKNOWN_NAME"),
        (LimitExceeded("x"), QueryError, "LIMIT_EXCEEDED"),
        (CursorError("STALE_CURSOR", "x"), QueryError, "STALE_CURSOR"),
        (SettingsError("x"), EcographError, "BAD_SETTING"),
        (StoreError("x"), EcographError, "STORE_ERROR"),
        (StoreUnavailable("x"), StoreError, "STORE_UNAVAILABLE"),
        (StoreTimeout("x"), StoreError, "TIMEOUT"),
        (DataError("BAD_DATE", "x", Place("a.yaml")), EcographError, "BAD_DATE"),
        (DataErrors([]), EcographError, "BAD_DATA"),
    ],
)
def test_every_error_has_its_place_in_the_tree_and_its_code(
    error: EcographError, parent: type[EcographError], code: str
) -> None:
    assert isinstance(error, parent)
    assert error.code == code


def test_a_fault_in_data_says_where_and_what_would_be_right() -> None:
    fault = DataError("BAD_DATE", "'2019-13' is no date", Place("a.yaml", 3, 7), "write 2019-12")
    assert str(fault) == "a.yaml:3:7: '2019-13' is no date; write 2019-12"
    assert str(DataError("EMPTY_FILE", "it is empty", Place("a.yaml"))) == "a.yaml: it is empty"


def test_faults_are_told_together_by_place() -> None:
    faults = DataErrors(
        [
            DataError("B", "two", Place("b.yaml", 1, 1)),
            DataError("A", "three", Place("a.yaml", 10, 1)),
            DataError("A", "one", Place("a.yaml", 2, 1)),
        ]
    )
    assert str(faults) == (
        "3 fault(s) in 2 file(s)\na.yaml:2:1: one\na.yaml:10:1: three\nb.yaml:1:1: two"
    )


def test_a_fault_in_an_expression_keeps_the_text_and_the_offset() -> None:
    error = ExpressionError("unexpected '/'", "uses//", 5)
    assert (error.message, error.text, error.offset) == ("unexpected '/'", "uses//", 5)


def test_what_a_client_should_know_is_in_the_extensions() -> None:
    error = UnresolvedName("UNKNOWN_NAME", "no such thing", argument="name", value="x")
    assert error.extensions == {"argument": "name", "value": "x"}
