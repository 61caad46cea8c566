"""The documents say what is so: the README's question has the README's answer, links lead on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ecograph.service import open_service

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_readme_question_has_the_readme_answer() -> None:
    told = open_service().query(blocks("graphql")[0])
    assert told == json.loads(blocks("json")[0])


def test_the_words_for_the_readme_picture_are_the_path_that_the_graph_gives() -> None:
    query = '{ path(from: "Docker Engine", to: "runtime-spec") { hops { sentence } } }'
    hops = open_service().query(query)["data"]["path"]["hops"]
    [told] = re.findall(r"!\[[^]:]*: ([^]]*)\]\(docs/pictures/path.svg\)", README)
    sentences = ", ".join(hop["sentence"] for hop in hops)
    assert told.replace("the OCI", "OCI") == sentences


def test_the_readme_names_its_two_commands_first() -> None:
    assert re.findall(r"^    (make \w+)", README, re.MULTILINE) == ["make serve", "make test"]


@pytest.mark.parametrize(
    "document",
    sorted(str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]),
)
def test_links_within_the_project_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
