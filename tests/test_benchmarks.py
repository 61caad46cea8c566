"""The page of the benchmarks: what was measured alone takes its place among the others."""

from __future__ import annotations

from benchmarks.report import HEADS, page


def test_a_part_that_is_measured_alone_leaves_the_others_as_they_are() -> None:
    before = page([f"{HEADS[0]}\n\nold\n", f"{HEADS[4]}\n\nold\n"])
    after = page([f"{HEADS[1]}\n\nnew\n"], before)
    assert [line for line in after.splitlines() if line.startswith("## ")] == [
        "## Questions over HTTP",
        "## Mixed questions at many connections",
        "## Shortest paths",
    ]
    assert after.count("old") == 2
    assert page([f"{HEADS[1]}\n\nnew\n"], after) == after
    assert "old" not in page([f"{HEADS[0]}\n", f"{HEADS[4]}\n"], after)
