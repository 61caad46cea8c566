"""Canonical order: texts move, none is rewritten, and what the files say stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ecograph.curate.fmt import format_file, format_paths, write_formatted
from ecograph.errors import DataErrors
from ecograph.load import load
from ecograph.load.ontology import load_ontology
from tests.commands import call
from tests.data_cases.changed import SMALL, change_small

ONTOLOGY = load_ontology(SMALL)


def format_text(folder: Path, name: str, text: str) -> str:
    """The canonical text of a file of that name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")
    return format_file(path, ONTOLOGY).right


def test_fields_of_entities_statements_and_evidence_are_ordered(tmp_path: Path) -> None:
    text = """\
- label: {zh: 乙, en: B}
  id: b
  uses:
    - {since: 2019, evidence: [{at: p. 1, source: x}], object: c}
  evidence: [x]
  kind: Tool
  implements:
    - evidence: [x]
      strength: LISTED
      object: a
  license: MIT
  homepage: https://example.org
"""
    assert (
        format_text(tmp_path, "entities/a.yaml", text)
        == """\
- id: b
  kind: Tool
  label: {en: B, zh: 乙}
  homepage: https://example.org
  license: MIT
  evidence: [x]
  implements:
    - object: a
      strength: LISTED
      evidence: [x]
  uses:
    - {object: c, since: 2019, evidence: [{source: x, at: p. 1}]}
"""
    )


def test_entities_are_sorted_by_id_and_comments_go_with_them(tmp_path: Path) -> None:
    text = """\
# The head of the file.

- id: b
  kind: Tool  # of a kind
# What a is.
- id: a
  # Why it is one.
  kind: Tool
  # The last word.
"""
    assert (
        format_text(tmp_path, "entities/a.yaml", text)
        == """\
# The head of the file.

# What a is.
- id: a
  # Why it is one.
  kind: Tool
  # The last word.
- id: b
  kind: Tool  # of a kind
"""
    )


def test_entities_are_apart_where_the_first_two_are(tmp_path: Path) -> None:
    text = "# Head.\n\n- id: c\n\n\n- id: a\n- id: b\n"
    assert format_text(tmp_path, "entities/a.yaml", text) == (
        "# Head.\n\n- id: a\n\n- id: b\n\n- id: c\n"
    )


def test_seed_keeps_the_order_of_its_text(tmp_path: Path) -> None:
    assert format_text(tmp_path, "seed/a.yaml", "- id: c\n- kind: Tool\n  id: a\n") == (
        "- id: c\n- id: a\n  kind: Tool\n"
    )


def test_statements_are_sorted_by_order_object_and_period(tmp_path: Path) -> None:
    text = """\
- id: a
  uses:
    - {object: d, since: 2019}
    # The first of them.
    - {object: c, order: 2}
    - {object: d, since: 2015}
    - {object: e, order: 1}
  supports: [{object: b}, {object: a}]
"""
    assert (
        format_text(tmp_path, "entities/a.yaml", text)
        == """\
- id: a
  uses:
    - {object: e, order: 1}
    # The first of them.
    - {object: c, order: 2}
    - {object: d, since: 2015}
    - {object: d, since: 2019}
  supports: [{object: b}, {object: a}]
"""
    )


def test_lists_whose_order_has_a_meaning_keep_it(tmp_path: Path) -> None:
    text = """\
- id: a
  aliases: [z, b]
  evidence: [y, x]
  history:
    - {event: ended, date: 2020}
    - {event: begun, date: 2010}
"""
    assert format_text(tmp_path, "entities/a.yaml", text) == text


def test_long_texts_and_quotes_stay_as_they_are(tmp_path: Path) -> None:
    text = """\
- id: a
  aliases: ["b: # no comment", 'it''s']
  description:
    zh: >-
      一段
      # 不是注释
    en: |-
      One.

        Two.
"""
    assert (
        format_text(tmp_path, "entities/a.yaml", text)
        == """\
- id: a
  description:
    en: |-
      One.

        Two.
    zh: >-
      一段
      # 不是注释
  aliases: ["b: # no comment", 'it''s']
"""
    )


def test_sources_are_sorted_by_id(tmp_path: Path) -> None:
    text = "- {title: B, id: b, url: https://b.example.org}\n- {id: a, title: A, url: https://a}\n"
    assert format_text(tmp_path, "sources/a.yaml", text) == (
        "- {id: a, title: A, url: https://a}\n- {id: b, title: B, url: https://b.example.org}\n"
    )


def test_rows_of_a_list_are_sorted_by_id_and_columns_by_the_ontology(tmp_path: Path) -> None:
    text = (
        '## Why.\n# evidence: x\nat,implements.since,implements,id,license\n"a ""b""",2019,s,b,\n'
        '"1, 2",,t,a,MIT\n'
    )
    assert format_text(tmp_path, "lists/a.csv", text) == (
        "## Why.\n# evidence: x\nid,license,implements,implements.since,at\n"
        'a,MIT,t,,"1, 2"\nb,,s,2019,"a ""b"""\n'
    )


def test_column_that_nobody_knows_is_not_lost(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="it could not be put in order without changing what"):
        format_text(tmp_path, "lists/a.csv", "# evidence: x\nid,zzz\na,b\n")


def test_faulty_file_is_told_and_stays(tmp_path: Path) -> None:
    data = change_small(tmp_path, ("entities/tools.yaml", "- id: runc", "- id: [runc"))
    with pytest.raises(DataErrors, match="not YAML"):
        list(format_paths([data]))


def test_version_is_the_same_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    written = write_formatted(list(format_paths([data])))
    assert [path.relative_to(data).as_posix() for path in written] == [
        "entities/others.yaml", "entities/tools.yaml",
    ]  # fmt: skip
    assert load(data).version == load(SMALL).version
    assert not [file for file in format_paths([data]) if file.changed]


def test_command_checks_and_writes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    before = (data / "entities" / "tools.yaml").read_text("utf-8")
    checked = call("fmt", "--check", str(data))
    assert checked.returncode == 1
    assert f"would change {data / 'entities' / 'tools.yaml'}" in checked.stdout
    assert (data / "entities" / "tools.yaml").read_text("utf-8") == before
    assert call("fmt", str(data)).returncode == 0
    again = call("fmt", "--check", str(data))
    assert (again.returncode, again.stdout) == (0, "4 files are in order\n")
