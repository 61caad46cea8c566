"""The documents as a site, built by the project's own plugin; and what they are made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands import ROOT, call
from tests.sites import build, elsewhere, pictures, said

SHOWN = re.compile(r"^!\[.*?\]\(docs/pictures/([\w-]+)\.svg\)$", re.MULTILINE)
# What changes with every change of the data, though nothing that is drawn does.
VERSIONED = re.compile(r"eg-[0-9a-f]{8}|[0-9a-f]{16}|20\d\d-\d\d-\d\d, CC-BY")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_the_first_page_is_drawn_by_the_plugin(site: Path) -> None:
    drawn = pictures((site / "index.html").read_text("utf-8"))
    assert [said(one)[0] for one in drawn] == [
        "From Docker Engine to OCI Runtime Specification", "OCI 运行时规范 · 被实现"
    ]  # fmt: skip


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = [*site.rglob("*.html")]
    assert len(pages) > 30
    for page in pages:
        assert elsewhere(page.read_text("utf-8")) == [], page


def test_every_document_is_in_the_navigation() -> None:
    told = (ROOT / "mkdocs.yml").read_text("utf-8")
    for path in (ROOT / "docs").rglob("*.md"):
        name = path.relative_to(ROOT / "docs").as_posix()
        assert name in told, f"{name} is not in the nav of mkdocs.yml"


def test_the_guide_is_what_the_schema_gives() -> None:
    done = call("schema", "guide", "--check", str(ROOT / "docs" / "api.md"))
    assert done.returncode == 0, done.stderr


def test_the_guide_has_every_question_and_every_filter() -> None:
    guide = (ROOT / "docs" / "api.md").read_text("utf-8")
    schema = (ROOT / "schema.graphql").read_text("utf-8")
    query = re.search(r"^type Query \{\n(.*?)^\}", schema, re.DOTALL | re.MULTILINE)
    assert query
    for field in re.findall(r"^  (\w+)[(:]", query[1], re.MULTILINE):
        assert f"### Query.{field}\n" in guide or f"| `{field}` |" in guide, field
    for name in re.findall(r"^(?:enum|input|scalar) (\w+)", schema, re.MULTILINE):
        assert f"### {name}\n" in guide, name
    headings = set(re.findall(r"^##+ ([\w.]+)$", guide, re.MULTILINE))
    links = set(re.findall(r"\]\(#([\w-]+)\)", guide))
    assert links <= {heading.lower().replace(".", "") for heading in headings}


def test_the_pictures_of_the_readme_are_what_the_service_draws() -> None:
    shown = SHOWN.findall((ROOT / "README.md").read_text("utf-8"))
    made = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    calls = re.findall(r"ecograph (render .*?)\s+-o docs/pictures/([\w-]+)\.svg", made)
    assert shown == [name for _, name in calls]
    for command, name in calls:
        kept = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text("utf-8")
        drawn = call(*command.split()).stdout
        told = f"docs/pictures/{name}.svg is not what is drawn any more; run: make pictures"
        assert VERSIONED.sub("", kept) == VERSIONED.sub("", drawn), told
