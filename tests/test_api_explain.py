"""Explanations: sentences with numbered sources, in two languages and three forms."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.api.tables import lay_out, tabulate_for_people
from ecograph.api.written import to_markdown
from ecograph.service import Service
from tests.answers import data, serve, service
from tests.world import ENTITIES, STATEMENTS, entity, make_graph, says

PATH = """query Q($from: String!, $to: String!, $lang: Language!, $form: TextForm!) {
  path(from: $from, to: $to) { explanation(lang: $lang, form: $form) } }"""
CLAIM = """query Q($a: String!, $b: String!, $lang: Language!) {
  claim(subject: $a, relation: IMPLEMENTS, object: $b) { explanation(lang: $lang) } }"""
WAY = {"from": "docker-engine", "to": "runc"}


def path(lang: str = "EN", form: str = "PLAIN", of: Service | None = None, **ends: str) -> Any:
    return data(PATH, of, **(ends or WAY), lang=lang, form=form)["path"]["explanation"]


def test_a_path_is_told_in_sentences_with_numbered_sources() -> None:
    assert path() == (
        "Docker Engine uses containerd (since 2016-04) [1]. containerd uses runc [2].\n"
        "Sources:\n"
        "[1] List of implementations, at about docker-engine, read on 2026-11-01: "
        "https://example.org/list\n"
        "[2] List of implementations, at about containerd, read on 2026-11-01: "
        "https://example.org/list\n"
    )


def test_it_is_told_in_chinese() -> None:
    assert path("ZH").splitlines()[:3] == [
        "Docker 引擎 使用 containerd（自 2016-04 起） [1]。containerd 使用 runc [2]。",
        "来源：",
        "[1] List of implementations，见 about docker-engine，读于 2026-11-01: "
        "https://example.org/list",
    ]


def test_it_is_told_in_markdown() -> None:
    assert path(form="MARKDOWN") == (
        "Docker Engine uses containerd (since 2016-04) \\[1\\]. containerd uses runc \\[2\\].\n\n"
        "Sources:\n\n"
        "1. [List of implementations, at about docker-engine, read on 2026-11-01]"
        "(<https://example.org/list>)\n"
        "2. [List of implementations, at about containerd, read on 2026-11-01]"
        "(<https://example.org/list>)\n"
    )


def test_it_is_told_in_html() -> None:
    assert path(form="HTML") == (
        "<p>Docker Engine uses containerd (since 2016-04) [1]. containerd uses runc [2].</p>"
        "<p>Sources:</p><ol>"
        '<li><a href="https://example.org/list">List of implementations, at about docker-engine, '
        "read on 2026-11-01</a></li>"
        '<li><a href="https://example.org/list">List of implementations, at about containerd, '
        "read on 2026-11-01</a></li></ol>"
    )


def test_a_path_of_no_hops_has_nothing_to_explain() -> None:
    assert path("EN", "PLAIN", None, **{"from": "runc", "to": "runc"}) == (
        "Both ends are the same; there is nothing between them.\n"
    )


def test_no_path_has_no_explanation() -> None:
    assert data(PATH, **{"from": "rkt", "to": "runc"}, lang="EN", form="HTML") == {"path": None}


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("HTML", "&lt;b&gt;[x](y) uses runc [1]."),
        ("MARKDOWN", "\\<b\\>\\[x\\](y) uses runc \\[1\\]."),
        ("PLAIN", "<b>[x](y) uses runc [1]."),
    ],
)
def test_what_looks_like_markup_is_text(form: str, told: str) -> None:
    entities = [*ENTITIES, entity("odd", "Tool", "<b>[x](y)")]
    odd = serve(make_graph(entities, [*STATEMENTS, says("odd uses runc")]))
    text = path(form=form, of=odd, **{"from": "odd", "to": "runc"})
    assert text.removeprefix("<p>").startswith(told)


@pytest.mark.parametrize(
    ("a", "b", "lang", "told"),
    [
        ("runc", "runtime-spec", "EN", "It is recorded that it is so. runc implements OCI Runtime "
         "Specification (since 2015-07) [1]."),
        ("docker-engine", "cri", "EN", "It is recorded that it is not so. It is not so that Docker "
         "Engine implements Container Runtime Interface [1]."),
        ("docker-engine", "cri", "ZH", "有记录表明并非如此。并非：Docker 引擎 实现了 "
         "容器运行时接口 [1]。"),
        ("quay-io", "image-spec", "EN", "It is disputed: one statement says so, and another that "
         "it is not so. Quay.io implements OCI Image Format Specification [1]. It is not so that "
         "Quay.io implements OCI Image Format Specification [2]."),
        ("railcar", "runtime-spec", "EN", "Nothing recorded that holds says whether railcar "
         "implements OCI Runtime Specification; that is no denial. railcar implements OCI Runtime "
         "Specification (until 2021-03) [1]."),
        ("incus", "cri", "ZH", "没有仍然成立的记录表明“Incus 实现了 容器运行时接口”是否成立；"
         "这并不是否定。"),
    ],
)  # fmt: skip
def test_a_claim_is_told_with_its_verdict(a: str, b: str, lang: str, told: str) -> None:
    text = data(CLAIM, a=a, b=b, lang=lang)["claim"]["explanation"]
    assert text.splitlines()[0] == told


def test_each_place_has_its_own_and_nothing_else_is_told() -> None:
    told = data("""{
      reach(from: "docker-engine", along: "uses+", first: 1) { edges {
        explanation path { zh: explanation(lang: ZH, form: HTML) nodes { id } } } }
      paths(from: "docker-engine", to: "runc") { nodes { explanation } }
      claim(subject: "runc", relation: USES, object: "crun") {
        statements { id } explanation verdict again: statements { negated } } }""")
    edge = told["reach"]["edges"][0]
    assert edge["explanation"].startswith("Docker Engine uses containerd (since 2016-04) [1].\n")
    assert edge["path"]["zh"].startswith(
        "<p>Docker 引擎 使用 containerd（自 2016-04 起） [1]。</p>"
    )
    assert edge["path"]["nodes"] == [{"id": "docker-engine"}, {"id": "containerd"}]
    assert told["paths"]["nodes"][0]["explanation"] == path()
    assert told["claim"] == {
        "statements": [], "verdict": "UNKNOWN", "again": [],
        "explanation": "Nothing recorded that holds says whether runc uses crun; that is no "
        "denial.\n",
    }  # fmt: skip
    assert list(told["claim"]) == ["statements", "explanation", "verdict", "again"]


def test_markdown_of_a_named_operation_has_it_as_prose() -> None:
    document = """{ path(from: "docker-engine", to: "runc") { length
      explanation(form: MARKDOWN) plain: explanation nodes { id } } }"""
    layout = lay_out(service().api.core, document)
    table, cited = tabulate_for_people(layout, data(document))
    assert (table.prose, cited) == ((path(form="MARKDOWN"),), ())
    assert [header for header, _ in table.beside] == ["path.length", "path.plain"]
    text = to_markdown(table, cited)
    assert text.startswith(path(form="MARKDOWN") + "\n- path.length: 2\n")
