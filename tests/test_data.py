"""What the dataset says of days and certificates follows from what its evidence names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ecograph.load import load
from ecograph.model.graph import Graph, Statement
from ecograph.settings import bundled

GRAPH: Graph = load(bundled("data"))
COMMIT = re.compile(r"\b(?:added by )?commit ([0-9a-f]{12})\b")


def commits(statement: Statement) -> set[tuple[str, str]]:
    """The commits, by their source, that a statement's evidence names."""
    return {(e.source, c) for e in statement.evidence for c in COMMIT.findall(e.locator or "")}


def listed(statements: Iterable[Statement]) -> list[Statement]:
    """The dated statements that give a strength, so that their day is that of a commit."""
    return [s for s in statements if s.since and "strength" in s.qualifiers]


def test_no_list_named_a_subject_before_the_day_from_which_its_statement_holds() -> None:
    days: dict[tuple[str, str], set[str]] = {}
    for s in listed(GRAPH.statements):
        if len(s.evidence) == 1 and len(commits(s)) == 1:
            days.setdefault(commits(s).pop(), set()).add(s.since or "")
    assert not {commit: told for commit, told in days.items() if len(told) > 1}
    late = [
        s.id
        for s in listed(GRAPH.statements)
        if any((s.since or "") > min(days.get(commit, {"~"})) for commit in commits(s))
    ]
    assert late == []


def test_what_the_landscape_calls_not_certified_is_not_certified_by_it() -> None:
    told = {s.id: s.since for s in GRAPH.statements if s.relation == "certifiedFor"}
    assert told["stratoscale-symphony~certifiedFor~kubernetes~not"] == "2018-03-01"
    assert "stratoscale-symphony~certifiedFor~kubernetes" not in told
    assert told["amazon-eks~certifiedFor~kubernetes"] == "2018-04-04"
    assert told["gopaddle~certifiedFor~kubernetes"] is None


def test_what_an_entry_resembles_says_nothing_of_when_it_was_added() -> None:
    told = {s.id: s.since for s in GRAPH.statements if s.relation == "extends"}
    assert told["otel-collector-extension-asapauth~extends~opentelemetry-collector"] == "2022-11-07"
    assert told["otel-collector-exporter-doris~extends~opentelemetry-collector"] == "2024-11-19"


def test_a_level_of_the_cncf_is_not_read_from_the_day_of_acceptance_alone() -> None:
    """The landscape gives days and the present level: of one that rose, another must tell."""
    unsaid = [
        e.id
        for e in GRAPH.entities.values()
        if any(h.event in ("graduated", "archivedByCncf", "acceptedIncubating") for h in e.history)
        for h in e.history
        if h.event == "acceptedSandbox" and {v.source for v in h.evidence} == {"cncf-landscape"}
    ]
    assert unsaid == []
