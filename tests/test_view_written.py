"""Mermaid and DOT: the same picture as text, in which no label is anything but a label."""

from __future__ import annotations

import re

import pytest

from ecograph.view.dot import to_dot
from ecograph.view.mermaid import escape, to_mermaid
from tests.drawing import HOSTILE, OPERATIONS, ask_over, hostile_world, picture
from tests.test_view_compose import UNDRAWN

DRAWN = sorted(OPERATIONS.keys() - UNDRAWN)
LABEL = r'"(?:[\w .,:/+\-()\'·…]|[^\x00-\x7f]|#\d+;)*"'
MERMAID = re.compile(
    rf"flowchart LR|%% [^{{}}]*|\s*end|\s*subgraph g\d+ \[{LABEL}\]"
    rf"|\s*[nm]\d+(?:\[{LABEL}\]|\({LABEL}\)|\(\[{LABEL}\]\)|\[\[{LABEL}\]\])"
    rf"|\s*n\d+ (?:-->|---|-\.->)\|{LABEL}\| n\d+"
    r'|\s*click n\d+ href "[\w\-.~:/?&=%+,]+"'
)
STRING = r'"(?:[^"\\]|\\\\|\\")*"'
ATTRIBUTES = rf"\[\w+=(?:\w+|{STRING})(?:, \w+=(?:\w+|{STRING}))*\]"
DOT = re.compile(
    rf"// .*|digraph ecograph \{{|\s*\}}|\s*(?:graph|node|edge) {ATTRIBUTES}"
    rf"|\s*subgraph cluster_\d+ \{{|\s*label={STRING}"
    rf"|\s*{STRING}(?: -> {STRING})? {ATTRIBUTES}"
)
HOSTILE_CASES = [
    ("Implementers", {"spec": "spec"}),
    ("CategoryTree", {"name": "top"}),
    ("Path", {"from": "t1", "to": "t2"}),
]


def test_a_path_in_mermaid() -> None:
    assert to_mermaid(picture("Path", link=lambda id_: f"https://example.org/e/{id_}")) == (
        "%% From Docker Engine to OCI Runtime Specification\n"
        "%% Dataset 0123456789abcdef, as of 2026-11-24, CC-BY-4.0\n"
        "flowchart LR\n"
        '  n0["Docker Engine"]\n'
        '  n1["containerd"]\n'
        '  n2["runc"]\n'
        '  n3("OCI Runtime Specification")\n'
        '  n0 -->|"uses"| n1\n'
        '  n1 -->|"uses"| n2\n'
        '  n2 -->|"implements"| n3\n'
        '  click n0 href "https://example.org/e/docker-engine"\n'
        '  click n1 href "https://example.org/e/containerd"\n'
        '  click n2 href "https://example.org/e/runc"\n'
        '  click n3 href "https://example.org/e/oci-runtime-spec"\n'
    )


def test_a_tree_in_mermaid_has_a_subgraph_for_each_category() -> None:
    text = to_mermaid(picture("CategoryTree", language="zh"))
    assert re.findall(r'subgraph g\d+ \["(.*)"\]', text) == [
        "容器生态系统", "容器核心技术", "容器支持技术", "监控", "容器网络",
    ]  # fmt: skip


def test_a_denied_statement_in_dot_is_dashed() -> None:
    assert to_dot(picture("Claim")) == (
        "// Docker Engine · not: implements\n"
        "// Dataset 0123456789abcdef, as of 2026-11-24, CC-BY-4.0\n"
        "digraph ecograph {\n"
        '  graph [rankdir=LR, label="Docker Engine · not: implements", labelloc=t, fontname=sans]\n'
        '  node [shape=box, style="rounded,filled", fontname=sans, fontsize=11]\n'
        "  edge [fontname=sans, fontsize=9]\n"
        '  "docker-engine" [label="Docker Engine", color="#0969da", fillcolor="#ddf4ff"]\n'
        '  "cri" [label="Container Runtime Interface", color="#1a7f37", fillcolor="#dafbe1",'
        " shape=note, style=filled]\n"
        '  "docker-engine" -> "cri" [label="not: implements", color="#cf222e",'
        ' fontcolor="#cf222e", style=dashed]\n'
        "}\n"
    )


@pytest.mark.parametrize("name", DRAWN)
def test_every_line_is_of_the_language(name: str) -> None:
    for line in to_mermaid(picture(name)).splitlines():
        assert MERMAID.fullmatch(line), line
    for line in to_dot(picture(name)).splitlines():
        assert DOT.fullmatch(line), line


@pytest.mark.parametrize(("name", "variables"), HOSTILE_CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_hostile_label_stays_a_label(name: str, variables: dict[str, str], language: str) -> None:
    told = ask_over(
        hostile_world(), name, variables, language, link=lambda id_: f'https://x.org/{id_}"\n<>'
    )
    for line in to_mermaid(told).splitlines():
        assert MERMAID.fullmatch(line), line
    for line in to_dot(told).splitlines():
        assert DOT.fullmatch(line), line


def test_mermaid_has_nothing_of_its_own_in_a_label() -> None:
    assert escape('a "b" <c> #1; 容器 — %%{x}') == (
        "a #34;b#34; #60;c#62; #35;1#59; 容器 — #37;#37;#123;x#125;"
    )
    assert HOSTILE
