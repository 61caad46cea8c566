"""Each format that can be imported, with a small input."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from ecograph.curate.import_formats import Format
from ecograph.curate.import_recipe import read_recipe
from ecograph.errors import DataError, DataErrors
from ecograph.load import load
from tests.commands import ROOT, call
from tests.importing import bring_in, make_data

LANDSCAPE = """
landscape:
  - category:
    name: Runtime
    subcategories:
      - subcategory:
        name: Container Runtime
        items:
          - item:
            name: runc
            homepage_url: https://other.example
            second_path: ["Wasm / Runtimes"]
          - item:
            name: Containers of the Future (COTF)
            homepage_url: https://cotf.example
            repo_url: https://github.com/cotf/cotf
            crunchbase: https://www.crunchbase.com/organization/cotf
            logo: cotf.svg
            project: graduated
            extra: {accepted: '2019-01-02', incubating: '2020-03-04', graduated: '2021-05-06'}
          - item:
            name: Little (member)
            homepage_url: https://little.example
            project: sandbox
            extra: {accepted: '2024-07-08'}
          - item:
            name: Gone
            homepage_url: https://gone.example
            project: archived
            extra: {accepted: '2018-01-01', archived: '2020-01-01'}
  - category:
    name: CNCF Members
    subcategories:
      - subcategory:
        name: Gold
        items: [{item: , name: A member, homepage_url: https://member.example}]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_data(tmp_path)


def test_landscape_gives_categories_and_events_and_no_members(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "landscape.yml"
    path.write_text(LANDSCAPE, "utf-8")
    section = "Runtime / Container Runtime"
    report, rows = bring_in(
        Format.landscape, path, data,
        objects={section: "cncf-container-runtime", "CNCF": "cncf"},
    )  # fmt: skip
    assert report.matched == {f"{section} / runc": ("runc", "name")}
    assert list(rows) == [
        f"{section} / {name}"
        for name in ("Containers of the Future (COTF)", "Gone", "Little (member)", "runc")
    ]
    assert rows[f"{section} / Containers of the Future (COTF)"] == {
        "id": "containers-of-the-future", "kind": "Tool", "label.en": "Containers of the Future",
        "aliases": "Containers of the Future (COTF); COTF; cotf/cotf",
        "homepage": "https://cotf.example", "repository": "https://github.com/cotf/cotf",
        "stewardedBy": "cncf", "stewardedBy.since": "2019-01-02",
        "classifiedIn": "cncf-container-runtime", "accepted": "2019-01-02",
        "acceptedIncubating": "2020-03-04", "graduated": "2021-05-06",
        "at": f"{section} / Containers of the Future (COTF)",
    }  # fmt: skip
    assert rows[f"{section} / Little (member)"]["acceptedSandbox"] == "2024-07-08"
    assert rows[f"{section} / Gone"]["stewardedBy.until"] == "2020-01-01"
    assert "crunchbase" not in (data / "lists" / "them.csv").read_text("utf-8")
    assert load(data).entities["containers-of-the-future"].history[-1].event == "graduated"


def test_kgx_gives_nodes_and_edges(tmp_path: Path, data: Path) -> None:
    (tmp_path / "nodes.tsv").write_text(
        "id\tcategory\tname\tsynonym\n"
        "eco:youki\tecograph:Tool\tyouki\tyouki-dev|ヨウキ\n"
        "eco:spec\tecograph:Specification\tOCI Runtime Specification\t\n",
        "utf-8",
    )
    (tmp_path / "edges.tsv").write_text(
        "subject\tpredicate\tobject\neco:youki\tecograph:implements\teco:spec\n", "utf-8"
    )
    _, rows = bring_in(Format.kgx, tmp_path, data, objects={"eco:spec": "oci-runtime-spec"})
    assert rows["eco:youki"]["aliases"] == "youki-dev; ヨウキ"
    assert rows["eco:youki ecograph:implements eco:spec"]["implements"] == "oci-runtime-spec"
    made = [s.id for s in load(data).statements]
    assert made == ["youki~implements~oci-runtime-spec"]


def test_an_edge_of_kgx_that_is_denied_stays_denied(tmp_path: Path, data: Path) -> None:
    (tmp_path / "nodes.tsv").write_text(
        "id\tcategory\tname\neco:t\tecograph:Tool\tTester\n", "utf-8"
    )
    (tmp_path / "edges.tsv").write_text(
        "subject\tpredicate\tobject\tnegated\tsince\n"
        "eco:t\tecograph:implements\teco:spec\ttrue\t2020-05\n",
        "utf-8",
    )
    bring_in(Format.kgx, tmp_path, data, objects={"eco:spec": "oci-runtime-spec"})
    [made] = load(data).statements
    assert (made.id, made.since) == ("t~implements~oci-runtime-spec~not", "2020-05")


def test_wikidata_gives_labels_claims_and_dates_as_exact_as_they_are(
    tmp_path: Path, data: Path
) -> None:
    def claim(value: object, rank: str = "normal") -> dict[str, object]:
        snak = {"snaktype": "value", "datavalue": {"value": value}}
        return {"mainsnak": snak, "rank": rank}

    entity = {
        "id": "Q1",
        "labels": {"en": {"value": "youki"}, "zh-hans": {"value": "容器"}},
        "aliases": {"en": [{"value": "youki runtime"}]},
        "claims": {
            "P856": [claim("https://old.example", "deprecated"), claim("https://youki.example")],
            "P571": [claim({"time": "+2021-03-00T00:00:00Z", "precision": 10})],
            "P275": [claim({"id": "Q334661"})],
            "P178": [claim({"id": "Q2"})],
        },
    }
    path = tmp_path / "q.json"
    path.write_text(json.dumps({"entities": {"Q1": entity}}), "utf-8")
    _, rows = bring_in(
        Format.wikidata, path, data,
        objects={"Q334661": "Apache-2.0", "Q2": "cncf"}, relations={"P178": "originatedBy"},
    )  # fmt: skip
    assert rows["Q1"] == {
        "id": "youki", "kind": "Tool", "label.en": "youki", "label.zh": "容器",
        "aliases": "youki runtime", "homepage": "https://youki.example", "license": "Apache-2.0",
        "originatedBy": "cncf", "begun": "2021-03", "at": "Q1",
    }  # fmt: skip
    assert load(data).entities["youki"].label["zh"] == "容器"


def test_endoflife_gives_the_latest_release_of_each_cycle(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "runc.md"
    path.write_text(
        "---\ntitle: runc\nreleases:\n"
        '  - {releaseCycle: "1.2", releaseDate: 2024-10-22, eol: false, latest: "1.2.9",'
        " latestReleaseDate: 2025-10-01}\n"
        '  - {releaseCycle: "1.1", releaseDate: 2022-01-14, eol: 2025-01-01}\n'
        "---\n\n> Text: that is no YAML.\n",
        "utf-8",
    )
    _, rows = bring_in(Format.endoflife, path, data, kind="", same={"runc": "runc"})
    told = {at: (row["released"], row["released.value"]) for at, row in rows.items()}
    assert told == {
        "products/runc.md, 1.1": ("2022-01-14", "1.1"),
        "products/runc.md, 1.2": ("2025-10-01", "1.2.9"),
    }
    assert [e.value for e in load(data).entities["runc"].history] == ["1.1", "1.2.9"]


MARKDOWN = """# Implementations

- [Not this one](https://no.example)

## Runtimes

- [youki](https://github.com/youki-dev/youki): in Rust
- crun - fast
  - [nested](https://nested.example)

### Below it

- also here

## Table

| Name | Since |
|---|---|
| [runc](https://runc.example) | 2015 |
| kata | 2017 |
"""


def test_markdown_list_below_a_heading_gives_names_and_addresses(
    tmp_path: Path, data: Path
) -> None:
    path = tmp_path / "list.md"
    path.write_text(MARKDOWN, "utf-8")
    _, rows = bring_in(Format.markdown, path, data, section="Runtimes")
    assert list(rows) == [
        "Runtimes, also here", "Runtimes, crun", "Runtimes, nested", "Runtimes, youki",
    ]  # fmt: skip
    assert rows["Runtimes, youki"] == {
        "id": "youki", "kind": "Tool", "label.en": "youki", "aliases": "youki-dev/youki",
        "repository": "https://github.com/youki-dev/youki", "at": "Runtimes, youki",
    }  # fmt: skip


def test_markdown_table_is_read_by_its_headings(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(MARKDOWN, "utf-8")
    columns = {"name": "Name", "homepage": "page", "implements.since": "Since",
               "at": "Table, {Name}"}  # fmt: skip
    _, rows = bring_in(
        Format.markdown, path, data, section="Table", columns=columns,
        constants={"implements": "oci-runtime-spec"},
    )  # fmt: skip
    assert rows == {
        "Table, kata": {"id": "kata", "kind": "Tool", "label.en": "kata",
                        "implements.since": "2017", "at": "Table, kata"},
        "Table, runc": {"id": "runc", "implements.since": "2015", "at": "Table, runc"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "name", "text", "recipe", "says"),
    [
        ("table", "a.csv", "Nmae\nx\n", {"columns": {"name": "Name"}},
         "the list has no column 'Name'; did you mean: Nmae?"),
        ("table", "a.csv", "Name\nx,y\n", {"columns": {"name": "Name"}},
         "a.csv:2:1: the row has 2 cells, the header 1"),
        ("table", "a.csv", "Name;Page\nx;y\n", {"columns": {"name": "Name"}},
         "a.csv:1:5: the header holds semicolons; columns are separated by commas, in a file that "
         "ends in .tsv by tabs"),
        ("table", "a.csv", "Name\n\"x; y\"\n", {}, "the recipe does not say where the name is"),
        ("markdown", "a.md", "# Runtimes\n", {"section": "Runtime"},
         "there is no heading 'Runtime'; did you mean: Runtimes?"),
        ("landscape", "a.yml", "items: []\n", {}, "there is no key 'landscape'"),
        ("landscape", "a.yml", "a: [\n", {}, "not YAML"),
        ("wikidata", "a.json", "{\n", {}, "a.json:1:1: not JSON"),
        ("kgx", "nodes.jsonl", "{\n", {}, "nodes.jsonl:1:1: not JSON"),
        ("kgx", "edges.tsv", "subject\n", {}, "there is no file of nodes"),
        ("endoflife", "a.md", "text\n", {}, "does not begin with YAML"),
    ],
)  # fmt: skip
def test_input_of_no_form_is_named_at_its_place(
    form: str, name: str, text: str, recipe: dict[str, object], says: str,
    tmp_path: Path, data: Path,
) -> None:  # fmt: skip
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises((DataError, DataErrors)) as caught:
        bring_in(Format(form), path, data, **recipe)
    assert says in str(caught.value)


def test_a_recipe_with_an_unknown_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "them.yaml"
    path.write_text("source: the-list\nleeve: [x]\n", "utf-8")
    with pytest.raises(DataErrors) as caught:
        read_recipe(path)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{path}:2:1: unknown key 'leeve'; did you mean: leave?"
    ]


def test_the_command_tells_and_writes_unless_it_only_tries(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("- [youki](https://youki.example)\n- [Docker](https://docker.example)\n")
    arguments = ["import", "markdown", str(path), "--data", str(data), "--list", "them",
                 "--source", "the-list"]  # fmt: skip
    tried = call(*arguments, "--dry-run")
    assert (tried.returncode, (data / "lists").exists()) == (0, False)
    files = f"{data / 'lists' / 'them.csv'}, {data / 'imports' / 'them.lock'}"
    assert (
        "1 rows: 1 new (1 declare, 0 match what is known), 0 changed, 0 vanished, 1 ambiguous, 0 "
        f"kept by hand; would write {files}\n" in tried.stdout
    )
    assert "  Docker: docker-compose, docker-engine" in tried.stdout
    would = json.loads(call(*arguments, "--dry-run", "--format", "json").stdout)
    assert (would["written"], len(would["changes"])) == (False, 2)
    done = json.loads(call(*arguments, "--format", "json").stdout)
    assert (done["written"], done["new"]) == (True, ["youki"])
    assert ", ".join(done["changes"]) == files
    assert json.loads(call(*arguments, "--format", "json").stdout)["written"] is False
    assert "; nothing to write\n" in call(*arguments).stdout


HELP = call("import", "--help").stdout.partition("Examples:\n")[2]
COMMANDS = sorted(
    {
        line.strip()
        for line in [*HELP.splitlines(), *(ROOT / "docs/importing.md").read_text().splitlines()]
        if line.strip().startswith("ecograph import ")
    }
)


def test_help_and_document_have_commands() -> None:
    assert len(COMMANDS) == 4


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_of_the_help_and_the_document_imports(
    command: str, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "landscape.yml").write_text(LANDSCAPE, "utf-8")
    (tmp_path / "README.md").write_text("- [youki](https://youki.example)\n", "utf-8")
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "runc.md").write_text(
        '---\ntitle: runc\nreleases:\n  - {releaseCycle: "1.1", releaseDate: 2022-01-14}\n---\n'
    )
    (data / "imports").mkdir()
    for name, recipe in (
        ("cncf-landscape", "objects: {Runtime / Container Runtime: cncf-container-runtime,"
                           " CNCF: cncf}"),
        ("endoflife", "kind: ''\nsame: {runc: runc}"),
    ):  # fmt: skip
        (data / "imports" / f"{name}.yaml").write_text(f"source: the-list\n{recipe}\n", "utf-8")
    sources = (data / "sources" / "sources.yaml").read_text("utf-8")
    (data / "sources" / "sources.yaml").write_text(
        sources + sources.splitlines()[-1].replace("the-list", "some-readme") + "\n", "utf-8"
    )
    done = call(*shlex.split(command)[1:])
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"[1-9]\d* new", done.stdout)


def test_the_command_says_what_it_lacks(tmp_path: Path) -> None:
    done = call("import", "table", str(tmp_path / "none.csv"))
    assert done.returncode == 1
    assert "give --recipe FILE, or --list and --source" in done.stderr
