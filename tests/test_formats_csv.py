"""A table's cells know their place; what is no table is refused at its place."""

from __future__ import annotations

import pytest

from ecograph.formats.csv import Table, parse_csv, split_cell
from ecograph.formats.faults import Faults


def parse(text: str) -> tuple[Table | None, list[str]]:
    """The table of a text and its faults, as they are shown."""
    faults = Faults()
    table = parse_csv(text, "x.csv", faults)
    return table, [str(fault) for fault in faults._kept]


def texts(text: str) -> list[list[str]]:
    """The texts of the rows of a sound table."""
    table, faults = parse(text)
    assert table is not None, faults
    return [[cell.text for cell in row] for row in table.rows]


def test_constants_comments_header_and_rows_are_told_apart() -> None:
    table, faults = parse("# kind: Tool\n## From a list.\n#evidence: a#b\nid,label\nx,X\n")
    assert faults == []
    assert table is not None
    assert {n: f.value.text for n, f in table.constants.items()} == {  # type: ignore[union-attr]
        "kind": "Tool", "evidence": "a#b",
    }  # fmt: skip
    assert [cell.text for cell in table.header] == ["id", "label"]
    assert table.comments == ("## From a list.",)
    assert [[cell.text for cell in row] for row in table.rows] == [["x", "X"]]


def test_quoted_cell_holds_commas_and_quotes() -> None:
    assert texts('id,label\na,"A, the ""first"""\nb,""\n') == [
        ["a", 'A, the "first"'],
        ["b", ""],
    ]


def test_lines_may_end_as_on_windows() -> None:
    assert texts("# kind: Tool\r\nid,label\r\na,A\r\n") == [["a", "A"]]


def test_cell_knows_where_its_first_character_stands() -> None:
    table, _ = parse('id,label,uses\na,"A, ""b""",容器; runc\n')
    assert table is not None
    assert [(cell.line, cell.column) for cell in table.rows[0]] == [(2, 1), (2, 4), (2, 14)]


def test_joined_texts_know_their_places() -> None:
    table, _ = parse('id,aliases\na,"x ""y""; b; c"\n')
    assert table is not None
    items = split_cell(table.rows[0][1]).items
    assert [(i.text, i.column) for i in items] == [  # type: ignore[union-attr]
        ('x "y"', 4), ("b", 13), ("c", 16),
    ]  # fmt: skip


def test_words_for_nothing_mean_themselves() -> None:
    table, _ = parse("id,label\na,null\n")
    assert table is not None
    assert table.rows[0][1].missing is False


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["x.csv: the file has no header"]),
        ("# kind: Tool\n", ["x.csv: the file has no header"]),
        (
            "# a comment\nid\na\n",
            ["x.csv:1:1: this is no constant column; write '# column: value', or '## ...' for a "
             "comment"],
        ),
        (
            "id,label,id\na,b,c\n",
            ["x.csv:1:10: the column 'id' stands twice; it stands at 1:1 already"],
        ),
        (
            "# kind: Tool\nid,kind\na,Tool\n",
            ["x.csv:2:4: the column 'kind' stands twice; it stands at 1:3 already"],
        ),
        ("id,,label\na,b,c\n", ["x.csv:1:4: a column has no name"]),
        (
            "id,label\na\nb,B,c,d\n",
            ["x.csv:2:1: the row has 1 cells, the header 2; a cell that holds a comma stands in "
             "quotes",
             "x.csv:3:5: the row has 4 cells, the header 2; a cell that holds a comma stands in "
             "quotes"],
        ),
        (
            'id,label\na,"A\nsecond line"\n',
            ["x.csv:2:3: the quote that begins here has no end in this line; a cell has no line "
             "break; write a quote inside it twice",
             "x.csv:3:12: a quote inside a bare cell; put the whole cell in quotes and write each "
             "quote in it twice"],
        ),
        (
            'id,label\na,"A" b\n',
            ["x.csv:2:6: text behind a quoted cell; put the whole cell in quotes and write each "
             "quote in it twice"],
        ),
        (
            "# kind: Tool\nid;label;at\na;A;1\nb;B;2\n",
            ["x.csv:2:3: the header holds semicolons; columns are separated by commas"],
        ),
        (
            "id\tlabel\na\tA, B\n",
            ["x.csv:1:3: the header holds tabs; columns are separated by commas"],
        ),
        ("id,label\n\na,A\n", ["x.csv:2:1: an empty line; take it out"]),
        (
            "id,label\n# no\n",
            ["x.csv:2:1: a comment among the rows; comments stand above the header"],
        ),
        ("id,label\na,A\rb\n", ["x.csv:2:4: a carriage return inside a line; take it out"]),
        (
            "id,label\na,A\0\n",
            ["x.csv:2:4: the character U+0000 control character is not allowed; take it out"],
        ),
        (
            "id,label\na,A\u202eb\n",
            ["x.csv:2:4: the character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed; take it out"],
        ),
        (
            "\ufeffid,label\na,A\n",
            ["x.csv:1:1: the character U+FEFF ZERO WIDTH NO-BREAK SPACE is not allowed; take it "
             "out"],
        ),
    ],
)  # fmt: skip
def test_fault_of_form_is_told_where_it_stands(text: str, faults: list[str]) -> None:
    assert parse(text) == (None, faults)


@pytest.mark.parametrize(
    "text",
    [
        "id\n" + "a\n" * 5_000_000,
        "id\n" + "," * 12_000_000,
        'id\n"' + "a" * 12_000_000,
        'id\n"' + '""' * 6_000_000,
        'id\n"",' + '"",' * 4_000_000,
        "#" * 12_000_000,
        "# a: b\n" * 2_000_000,
        "id\n" + '"\n' * 4_000_000,
        "id," + ",".join(f"c{n}" for n in range(198)) + "\n" + ("," * 198 + "\n") * 50_000,
    ],
    ids=range(9),
)
def test_large_text_of_no_sense_is_refused(text: str) -> None:
    table, faults = parse(text)
    assert table is None
    assert 0 < len(faults) <= 301


def test_text_of_more_than_16_megabytes_is_refused() -> None:
    assert parse("id\n" + "容" * 6_000_000)[1] == ["x.csv: the file is larger than 16 MB; split it"]
