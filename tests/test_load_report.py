"""Faults are told to people, to programs and to code reviews."""

from __future__ import annotations

import json

from ecograph.errors import DataError, DataErrors, Place
from ecograph.load.report import report_annotations, report_json, report_text

ERRORS = DataErrors(
    [
        DataError("UNKNOWN_KIND", "unknown kind 'Tol'", Place("data/b.yaml", 2, 9), "write [Tool]"),
        DataError("MISSING_FILE", "the file is missing", Place("data/a,b.yaml")),
        DataError("BAD_NAME", "100% [bold]wrong[/bold]\nhere", Place("data/b.yaml", 12, 30)),
    ]
)


def test_text_is_grouped_by_file() -> None:
    assert report_text(ERRORS) == (
        "data/a,b.yaml\n"
        "  -       the file is missing  [MISSING_FILE]\n"
        "\n"
        "data/b.yaml\n"
        "  2:9     unknown kind 'Tol'; write [Tool]  [UNKNOWN_KIND]\n"
        "  12:30   100% [bold]wrong[/bold]\n"
        "here  [BAD_NAME]\n"
        "\n"
        "3 fault(s) in 2 file(s)\n"
    )


def test_text_is_coloured_only_on_request() -> None:
    assert "\x1b[" not in report_text(ERRORS)
    assert "\x1b[1mdata/b.yaml\x1b[0m" in report_text(ERRORS, color=True)


def test_json_holds_every_part_of_a_fault() -> None:
    report = json.loads(report_json(ERRORS))
    assert report["count"] == 3
    assert report["faults"][1] == {
        "code": "UNKNOWN_KIND",
        "message": "unknown kind 'Tol'",
        "hint": "write [Tool]",
        "file": "data/b.yaml",
        "line": 2,
        "column": 9,
    }


def test_annotations_escape_what_would_end_them() -> None:
    assert report_annotations(ERRORS) == (
        "::error file=data/a%2Cb.yaml::the file is missing\n"
        "::error file=data/b.yaml,line=2,col=9::unknown kind 'Tol'; write [Tool]\n"
        "::error file=data/b.yaml,line=12,col=30::100%25 [bold]wrong[/bold]%0Ahere\n"
    )
