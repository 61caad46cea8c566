"""YAML is read as plain records that know their place; what could do harm is refused."""

from __future__ import annotations

import pytest

from ecograph.errors import DataErrors, Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Field, Items, Node, Record, Scalar, parse_yaml


def parse(text: str) -> Node | None:
    faults = Faults()
    root = parse_yaml(text, "x.yaml", faults)
    faults.raise_any()
    return root


def test_records_know_the_place_of_every_key_and_value() -> None:
    assert parse("# 注\n- a: 容器\n  'b': [x]\n") == Items(
        (
            Record(
                {
                    "a": Field(
                        Scalar("a", True, "x.yaml", 2, 3), Scalar("容器", True, "x.yaml", 2, 6)
                    ),
                    "b": Field(
                        Scalar("b", False, "x.yaml", 3, 3),
                        Items((Scalar("x", True, "x.yaml", 3, 9),), "x.yaml", 3, 8),
                    ),
                },
                "x.yaml", 2, 3,
            ),
        ),
        "x.yaml", 2, 1,
    )  # fmt: skip


def test_place_of_a_value_is_shown_as_file_line_column() -> None:
    root = parse("a:\n  b: c\n")
    assert isinstance(root, Record)
    inner = root.fields["a"].value
    assert isinstance(inner, Record)
    assert str(inner.fields["b"].value.place) == "x.yaml:2:6"
    assert inner.place == Place("x.yaml", 2, 3)


@pytest.mark.parametrize(
    "text", ["on", "no", "yes", "1.10", "0x1F", "1_000", "2015-06-22", "12:30:45", ".inf", "<<"]
)
def test_scalar_stays_text_as_written(text: str) -> None:
    root = parse(f"[{text}]")
    assert isinstance(root, Items)
    assert root.items == (Scalar(text, True, "x.yaml", 1, 2),)


@pytest.mark.parametrize(("text", "missing"), [("~", True), ("null", True), ("''", False)])
def test_nothing_is_told_from_an_empty_text(text: str, missing: bool) -> None:
    root = parse(f"[{text}]")
    assert isinstance(root, Items)
    [item] = root.items
    assert isinstance(item, Scalar)
    assert item.missing is missing


def test_nesting_of_32_levels_is_read() -> None:
    assert isinstance(parse("[" * 32 + "]" * 32), Items)


CHARACTER = "is not allowed; take it out"
REFUSED = {
    "anchor": ("a: &x 1", ["x.yaml:1:4: the anchor &x is not allowed; take it out"]),
    "alias": (
        "a: &x 1\nb: *x",
        [
            "x.yaml:1:4: the anchor &x is not allowed; take it out",
            "x.yaml:2:4: the alias *x is not allowed; write the value out",
        ],
    ),
    "anchor that holds itself": (
        "a: &x [*x]",
        [
            "x.yaml:1:4: the anchor &x is not allowed; take it out",
            "x.yaml:1:8: the alias *x is not allowed; write the value out",
        ],
    ),
    "tag of an object": (
        "a: !!python/object/apply:os.system ['id']",
        [
            "x.yaml:1:4: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not "
            "allowed; take it out"
        ],
    ),
    "tag of a type": (
        "a: !!str 1",
        ["x.yaml:1:4: the tag 'tag:yaml.org,2002:str' is not allowed; take it out"],
    ),
    "key twice": ("a: 1\na: 2", ["x.yaml:2:1: the key 'a' stands twice; "
                                  "it stands in line 1 already"]),
    "list as a key": ("? [a]\n: b", ["x.yaml:1:3: a key must be a text of at most 200 characters"]),
    "long key": (f"{'k' * 201}: 1", ["x.yaml:1:1: a key must be a text of at most 200 characters"]),
    "NUL": ("a: b\0", [f"x.yaml:1:5: the character U+0000 control character {CHARACTER}"]),
    "escape": ("a: b\x1b[0m", [f"x.yaml:1:5: the character U+001B control character {CHARACTER}"]),
    "bidi control": (
        "a: 1\nb: x\u202ey",
        [f"x.yaml:2:5: the character U+202E RIGHT-TO-LEFT OVERRIDE {CHARACTER}"],
    ),
    "bidi control as an escape": (
        'a: "x\\u2066y"',
        [f"x.yaml:1:4: the character U+2066 LEFT-TO-RIGHT ISOLATE {CHARACTER}"],
    ),
    "zero-width space": (
        "a: x\u200by", [f"x.yaml:1:5: the character U+200B ZERO WIDTH SPACE {CHARACTER}"]
    ),
    "33 levels": ("[" * 33 + "]" * 33, ["x.yaml:1:33: nested deeper than 32 levels"]),
    "100,000 open brackets": ("[" * 100_000, ["x.yaml:1:33: nested deeper than 32 levels"]),
    "2,000 open brackets behind other text": (
        "a: 容器\nb: " + "[" * 2_000, ["x.yaml:2:35: nested deeper than 32 levels"]
    ),
    "second document": ("a: 1\n---\nb: 2", ["x.yaml:2:1: a second document begins here; split it"]),
    "directive": (
        "%YAML 1.1\n---\na: 1", ["x.yaml:1:1: directives are not allowed; take it out"]
    ),
    "open list": (
        "a: [1,\nb: 2\n",
        ["x.yaml:3:1: not YAML: while parsing a flow sequence, did not find expected ',' or ']'; "
         "write ']' at the end of what begins at 1:4"],
    ),
    "colon in a text": (
        "- id: x\n  label:\n    en: Starts: what's new\n",
        ["x.yaml:3:15: not YAML: mapping values are not allowed in this context; a text that holds "
         "': ' stands in quotes: 'Starts: what''s new'"],
    ),
    "colon in a text between braces": (
        "label: {en: Starts: it, zh: c}",
        ["x.yaml:1:19: not YAML: while parsing a flow mapping, did not find expected ',' or '}'; a "
         "text that holds ': ' stands in quotes"],
    ),
    "full-width colon": (
        "- id: x\n  kind：Tool\n  label: a\n",
        ["x.yaml:2:7: not YAML: while scanning a simple key, could not find expected ':'; "
         "'：' is a full-width colon; write 'kind: '"],
    ),
    "full-width colon of the first field": (
        "- id：x\n  kind: Tool\n",
        ["x.yaml:1:5: not YAML: mapping values are not allowed in this context; "
         "'：' is a full-width colon; write 'id: '"],
    ),
    "no space behind a colon": (
        "- id: x\n  note: 注意：a\n  kind:Tool\n",
        ["x.yaml:3:3: not YAML: while scanning a simple key, could not find expected ':'; write "
         "'kind: Tool', with a space behind the colon"],
    ),
    "field in a column of its own": (
        "- id: x\n   kind: Tool\n",
        ["x.yaml:2:8: not YAML: mapping values are not allowed in this context; the fields of one "
         "record begin in one column, below its first"],
    ),
    "at sign": (
        "a: @b",
        ["x.yaml:1:4: not YAML: while scanning for the next token, found character that cannot "
         "start any token; a text that begins with '@' stands in quotes"],
    ),
    "text behind a quote": (
        "a: b\nc: 'd' e\n",
        ["x.yaml:2:8: not YAML: while parsing a block mapping, did not find expected key; put the "
         "whole text in quotes, and double a quote inside it"],
    ),
    "open quote": (
        "a: 'b\nc: d\n",
        ["x.yaml:1:4: not YAML: while scanning a quoted scalar, found unexpected end of stream; "
         "the quote that begins here has no end"],
    ),
    "tab": (
        "a:\n\tb: 1",
        ["x.yaml:2:1: not YAML: while scanning for the next token, "
         "found character that cannot start any token; a tab stands here; indent with spaces"],
    ),
    "more than 16 MB": (
        "- " + "x" * (16 * 1024 * 1024), ["x.yaml: the file is larger than 16 MB; split it"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), REFUSED.values(), ids=REFUSED.keys())
def test_text_is_refused_at_its_place(text: str, messages: list[str]) -> None:
    with pytest.raises(DataErrors) as caught:
        parse(text)
    assert [str(fault) for fault in caught.value.faults] == messages


def test_faults_beyond_the_limit_are_counted() -> None:
    faults = Faults(limit=2)
    parse_yaml("a: &a 1\nb: &b 1\nc: &c 1\nd: &d 1", "x.yaml", faults)
    with pytest.raises(DataErrors) as caught:
        faults.raise_any()
    assert [str(fault) for fault in caught.value.faults] == [
        "x.yaml:1:4: the anchor &a is not allowed; take it out",
        "x.yaml:2:4: the anchor &b is not allowed; take it out",
        "x.yaml:2:4: 2 further fault(s) are not shown",
    ]
