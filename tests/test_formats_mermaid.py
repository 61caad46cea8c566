"""Diagrams are read with their places and written back byte for byte."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from ecograph.errors import DataErrors, UnresolvedName
from ecograph.formats.diagram import write_diagram
from ecograph.formats.faults import Faults
from ecograph.formats.mermaid import Diagram, Edge, chain, parse_mermaid, write_mermaid
from ecograph.load import load
from tests.data_cases.changed import SMALL, change_small

DATA = Path(__file__).parent.parent / "data"
SEED = DATA / "seed" / "ecosystem.mmd"


def parse(text: str) -> Diagram:
    faults = Faults()
    diagram = parse_mermaid(text, "x.mmd", faults)
    faults.raise_any()
    assert diagram is not None
    return diagram


def refuse(text: str) -> list[str]:
    with pytest.raises(DataErrors) as caught:
        parse(text)
    return [str(fault) for fault in caught.value.faults]


def test_texts_and_labels_are_kept_to_the_letter() -> None:
    assert parse("graph LR\nA[根]-->|Google 领导|B[mesos+marathon ]\nB-->|OCI| C[a <br/>b]\n") == (
        Diagram(
            (
                Edge("A", "B", "Google 领导", "", 2, 9, 19),
                Edge("B", "C", "OCI", " ", 3, 6, 11),
            ),
            {"A": "根", "B": "mesos+marathon ", "C": "a <br/>b"},
        )
    )


def test_seed_diagram_is_written_back_byte_for_byte() -> None:
    text = SEED.read_bytes().decode()
    diagram = parse(text)
    assert len(diagram.edges) == 59
    assert len(diagram.texts) == 60
    assert write_mermaid(diagram) == text


def test_statements_of_the_dataset_give_the_seed_diagram_back_byte_for_byte() -> None:
    assert write_diagram(load(DATA), "seed").encode() == SEED.read_bytes()


def test_edges_of_the_seed_stand_in_the_order_of_a_walk() -> None:
    edges = parse(SEED.read_text("utf-8")).edges
    assert chain(sorted(edges, key=lambda edge: edge.target)) == list(edges)


def test_text_of_a_parent_is_repeated_until_it_has_been_a_child() -> None:
    edges = (Edge("A", "B"), Edge("A", "C"), Edge("C", "A"), Edge("A", "D"))
    assert write_mermaid(Diagram(edges, {"A": "a", "B": "b", "C": "c", "D": "d"})) == (
        "graph LR\nA[a]-->B[b]\nA[a]-->C[c]\nC-->A[a]\nA-->D[d]\n"
    )


def test_text_that_mermaid_would_misread_is_quoted_and_read_back() -> None:
    text = 'graph LR\nA["f(x) [1]"]-->B["say #quot;hi#quot;"]\n'
    assert parse(text).texts == {"A": "f(x) [1]", "B": 'say "hi"'}
    assert write_mermaid(parse(text)) == text


REFUSED = {
    "click with a script": (
        'graph LR\nclick A href "javascript:alert(1)"\n',
        ["x.mmd:2:15: 'javascript:alert(1)\"' is not allowed; keep plain text and <br/>"],
    ),
    "click": (
        'graph LR\nclick A "https://example.org"\n',
        ["x.mmd:2:1: 'click' lines are not allowed; keep only the edges"],
    ),
    "script in a text": (
        "graph LR\nA[x]-->B[JavaScript : alert]\n",
        ["x.mmd:2:10: 'JavaScript : alert]' is not allowed; keep plain text and <br/>"],
    ),
    "tag in a text": (
        "graph LR\nA[x]-->B[<img src=x>]\n",
        ["x.mmd:2:10: '<img src=x>]' is not allowed; keep plain text and <br/>"],
    ),
    "tag in a label": (
        "graph LR\nA-->|<b>|B\n",
        ["x.mmd:2:6: '<b>|B' is not allowed; keep plain text and <br/>"],
    ),
    "initialisation": (
        "graph LR\n%%{init: {'securityLevel': 'loose'}}%%\n",
        ["x.mmd:2:1: \"%%{init: {'securityLevel': 'loose'}}%%\" is not allowed; "
         "keep plain text and <br/>"],
    ),
    "subgraph": (
        "graph LR\nsubgraph one\nA-->B\nend\n",
        [
            "x.mmd:2:1: 'subgraph' lines are not allowed; keep only the edges",
            "x.mmd:4:1: 'end' lines are not allowed; keep only the edges",
        ],
    ),
    "style": (
        "graph LR\nstyle A fill:#f00\n",
        ["x.mmd:2:1: 'style' lines are not allowed; keep only the edges"],
    ),
    "another shape": (
        "graph LR\nA(x)-->B\n",
        ["x.mmd:2:1: 'A(x)-->B' is not an edge; write A[text]-->B[text] or A-->|label|B"],
    ),
    "two edges in a line": (
        "graph LR\nA-->B-->C\n",
        ["x.mmd:2:1: 'A-->B-->C' is not an edge; write A[text]-->B[text] or A-->|label|B"],
    ),
    "two texts of one node": (
        "graph LR\nA[x]-->B[y]\nA[z]-->C\n",
        ["x.mmd:3:1: the node A has two texts: 'x' and 'z'; keep one"],
    ),
    "no flowchart": (
        "sequenceDiagram\n", ["x.mmd:1:1: 'sequenceDiagram' begins no flowchart; "
                              "begin with: graph LR"],
    ),
    "bidi control": (
        "graph LR\nA[\u202e]-->B\n",
        ["x.mmd:2:3: the character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed; take it out"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), REFUSED.values(), ids=REFUSED.keys())
def test_line_is_refused_at_its_place(text: str, messages: list[str]) -> None:
    assert refuse(text) == messages


def test_100_000_edges_are_refused_in_linear_time() -> None:
    text = "graph LR\n" + "".join(f"A{n}[x]-->|y| B{n}[z]\n" for n in range(100_000))
    begun = process_time()
    assert refuse(text) == [
        "x.mmd:20002:1: the diagram has more than 20,000 edges; split it into several diagrams"
    ]
    assert process_time() - begun < 1


@pytest.mark.parametrize("line", ["A[" * 50_000, "A-->|" * 20_000, "A" + " " * 100_000 + "-"])
def test_long_line_is_refused_in_linear_time(line: str) -> None:
    begun = process_time()
    [message] = refuse(f"graph LR\n{line}\n")
    assert "is not an edge" in message
    assert process_time() - begun < 1


def test_scheme_without_a_diagram_is_written_from_ids_and_chinese_labels(tmp_path: Path) -> None:
    data = change_small(tmp_path)
    (data / "entities" / "today.yaml").write_text(
        "- id: today-root\n  kind: Category\n  label: {en: Today, zh: 今日}\n  scheme: today\n"
        "  evidence: [handbook]\n"
        "- id: today-engines\n  kind: Category\n  label: {en: Engines, zh: 引擎（新）}\n"
        "  scheme: today\n  evidence: [handbook]\n"
        "  broader: [{object: today-root, order: 1, evidence: [handbook]}]\n",
        "utf-8",
    )
    assert write_diagram(load(data), "today") == (
        "graph LR\ntoday_root[今日]-->today_engines[引擎（新）]\n"
    )


def test_unknown_scheme_is_told() -> None:
    with pytest.raises(UnresolvedName) as caught:
        write_diagram(load(SMALL), "sed")
    assert caught.value.message == "no taxonomy 'sed'"
    assert caught.value.extensions == {"suggestions": ["seed"]}
