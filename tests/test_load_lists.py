"""Rows of a list are read as entities of a YAML file are, and checked the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.load import load
from ecograph.model.graph import Entity, Event, Evidence, Graph, Statement
from tests.data_cases.changed import OTHERS, SMALL, TOOLS, change_small, faults_in

BOOK = "2026-11-01"


def add_lists(folder: Path, **lists: str) -> Path:
    """A copy of the small dataset with lists."""
    data = change_small(folder)
    (data / "lists").mkdir()
    for name, text in lists.items():
        (data / "lists" / f"{name}.csv").write_text(text, "utf-8", newline="")
    return data


def load_with(folder: Path, **lists: str) -> Graph:
    """The graph of the small dataset with lists."""
    return load(add_lists(folder, **lists))


def faults_with(folder: Path, **lists: str) -> list[str]:
    """The faults of the small dataset with lists."""
    return faults_in(add_lists(folder, **lists))


def statement(graph: Graph, id: str) -> Statement:
    """The statement of an id."""
    [found] = [s for s in graph.statements if s.id == id]
    return found


def test_row_with_a_kind_declares_an_entity(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        tools=(
            "# evidence: handbook\n"
            "id,kind,label.en,label.zh,description.en,description.zh,aliases,homepage,stars,"
            "official,begun,relicensed,relicensed.value,at\n"
            'crun,Tool,crun,,"Fast, small.",又快又小。,containers/crun; c run,https://example.org,7,'
            "true,2017-06,2020,MIT,row 3\n"
        ),
    )
    cited = (Evidence("handbook", "row 3", BOOK),)
    assert graph.entities["crun"] == Entity(
        "crun", "Tool", {"en": "crun", "zh": "crun"},
        {"en": "Fast, small.", "zh": "又快又小。"},
        ("containers/crun", "c run"), (),
        {"homepage": "https://example.org", "stars": 7, "official": True},
        (Event("2017-06", "begun", None, {}, cited), Event("2020", "relicensed", "MIT", {}, cited)),
        cited,
    )  # fmt: skip


def test_constants_hold_in_every_row(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        tools=(
            "# kind: Tool\n# evidence: handbook#List\n# implements: oci-runtime-spec\n"
            "# implements.strength: LISTED\nid,label\nbun,bun\ncrun,crun\n"
        ),
    )
    assert statement(graph, "bun~implements~oci-runtime-spec") == Statement(
        "bun", "implements", "oci-runtime-spec", qualifiers={"strength": "LISTED"},
        evidence=(Evidence("handbook", "List", BOOK),),
    )  # fmt: skip
    assert graph.entities["crun"].label == {"en": "crun", "zh": "crun"}


def test_objects_of_a_cell_share_its_qualifiers(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        uses=(
            "# evidence: handbook\nid,uses,uses.since,uses.until,uses.key,uses.negated\n"
            "youki,libseccomp; runc,2021-10,2023,old,true\n"
        ),
    )
    assert statement(graph, "youki~uses~libseccomp~not~old").since == "2021-10"
    assert statement(graph, "youki~uses~runc~not~old").until == "2023"


def test_row_without_a_kind_adds_to_an_entity_of_another_file(tmp_path: Path) -> None:
    before, graph = load(SMALL), load_with(
        tmp_path,
        more=(
            "# evidence: handbook\nid,aliases,implements,begun,at\n"
            "youki,you-key; a youki,,2026-01,line 4\n"
            "libseccomp,,oci-runtime-spec,,line 5\n"
        ),
    )  # fmt: skip
    youki = graph.entities["youki"]
    cited = Evidence("handbook", "line 4", BOOK)
    assert youki.aliases == ("a youki", "you-key")
    assert youki.history == (Event("2026-01", "begun", None, {}, (cited,)),)
    assert youki.evidence == (*before.entities["youki"].evidence, cited)
    # A statement says nothing of the entity itself.
    assert graph.entities["libseccomp"] == before.entities["libseccomp"]
    assert statement(graph, "libseccomp~implements~oci-runtime-spec").evidence == (
        Evidence("handbook", "line 5", BOOK),
    )


def test_statement_of_two_files_has_the_evidence_of_both(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        a="# evidence: handbook#Z; runc-readme\nid,implements,implements.since\n"
        "runc,oci-runtime-spec,2015-07-08\n",
        b="# evidence: handbook#A\nid,implements,implements.strength\n"
        "runc,oci-runtime-spec,SELF_DECLARED\n",
    )
    assert statement(graph, "runc~implements~oci-runtime-spec") == Statement(
        "runc", "implements", "oci-runtime-spec", since="2015-07-08",
        qualifiers={"strength": "LISTED"},
        evidence=(
            Evidence("handbook", "A", BOOK), Evidence("handbook", "Runtime", BOOK),
            Evidence("handbook", "Z", BOOK), Evidence("runc-readme"),
            Evidence("runc-readme", "Intro", "2026-11-20"),
        ),
    )  # fmt: skip


def test_event_of_two_files_has_the_evidence_of_both_and_the_finer_date(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        a="# evidence: runc-readme\nid,begun,relicensed,relicensed.value\n"
        "runc,2015,2019-03-09,MIT\n",
    )
    assert graph.entities["runc"].history == (
        Event("2015-06-22", "begun", None, {}, (Evidence("handbook", None, BOOK),
                                               Evidence("runc-readme"))),
        Event("2019-03-09", "relicensed", "MIT", {}, (Evidence("runc-readme"),)),
    )  # fmt: skip


def test_events_of_all_files_stand_in_the_order_of_their_dates(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        a="# evidence: runc-readme\nid,relicensed,relicensed.value\nrunc,2014-03,MIT\n",
        b="# evidence: runc-readme\nid,relicensed,relicensed.value\nrunc,2021,Apache-2.0\n",
    )
    dates = [event.date for event in graph.entities["runc"].history]
    assert dates == ["2014-03", "2015-06-22", "2019-03", "2021"]


def test_version_depends_on_what_lists_say_and_not_on_their_layout(tmp_path: Path) -> None:
    a = "# evidence: handbook\nid,aliases,uses\nyouki,yk,libseccomp\n"
    b = "# evidence: runc-readme\nid,uses\nyouki,libseccomp\n"
    one = load_with(tmp_path / "1", a=a, b=b)
    other = load_with(
        tmp_path / "2",
        c="id,evidence,uses,aliases\nyouki,handbook,libseccomp,yk\n",
        a="# uses: libseccomp\nid,evidence\nyouki,runc-readme\n",
    )
    less = load_with(tmp_path / "3", a=a)
    assert one.version == other.version
    assert len({one.version, less.version, load(SMALL).version}) == 3


def test_day_of_reading_is_the_rows_own(tmp_path: Path) -> None:
    graph = load_with(
        tmp_path,
        a="# evidence: handbook#p. 1; runc-readme\nid,read,at,uses\nyouki,2026-11-22,x,runc\n",
    )
    assert statement(graph, "youki~uses~runc").evidence == (
        Evidence("handbook", "p. 1", "2026-11-22"), Evidence("runc-readme", "x", "2026-11-22"),
    )  # fmt: skip
    assert graph.sources["runc-readme"].read_on == "2026-11-22"


HEAD = "# evidence: handbook\n"
CASES = {
    "unknown column": (
        f"{HEAD}id,implments,implements.strenth,zzz\n",
        ["2:4: unknown column 'implments'; did you mean: implements, implements.key, "
         "implements.since?",
         "2:14: unknown column 'implements.strenth'; did you mean: implements.strength, "
         "implements.since, implements.until?",
         "2:33: unknown column 'zzz'"],
    ),
    "unknown constant": (
        "# evidense: handbook\nid\nrunc\n",
        ["1:3: unknown column 'evidense'; did you mean: evidence, license, relicensed?",
         "2:1: there is no column 'evidence'; write '# evidence: source' above the header"],
    ),
    "inverse relation": (
        f"{HEAD}id,implementedBy\noci-runtime-spec,runc\n",
        ["2:4: 'implementedBy' is the other side of 'implements'; write 'implements' in the rows "
         "of the other entities"],
    ),
    "qualifier without its relation": (
        f"{HEAD}id,implements.since\nrunc,2015\n",
        ["2:4: 'implements.since' stands without 'implements'; add the column 'implements'"],
    ),
    "qualifier of an empty cell": (
        f"{HEAD}id,uses,uses.since\nyouki,,2015\n",
        ["3:8: 'uses.since' is given without 'uses'; fill 'uses' in this row, or leave "
         "'uses.since' empty"],
    ),
    "label beside label.zh": (
        f"{HEAD}id,label,label.zh\nx,x,x\n",
        ["2:4: 'label' stands beside 'label.en' or 'label.zh'; write 'label', or the two others"],
    ),
    "no id": (f"{HEAD}label\nx\n", ["2:1: there is no column 'id'"]),
    "empty id": (f"{HEAD}id,uses\n,runc\n", ["3:1: an entity has no 'id'"]),
    "bad id": (f"{HEAD}id,kind,label\nRun_C,Tool,x\n",
               ["3:1: the id of an entity 'Run_C' is not an identifier; use a-z, 0-9 and single "
                "hyphens between them"]),
    "unknown kind": (f"{HEAD}# kind: Tol\nid,label\na,a\nb,b\n",
                     ["2:9: unknown kind 'Tol'; did you mean: Tool?"]),
    "declared twice": (f"{HEAD}id,kind,label\nrunc,Tool,other\n",
                       ["3:1: the id 'runc' stands twice; it stands at entities/tools.yaml:1:7 "
                        "already"]),
    "unknown entity": (f"{HEAD}id,uses\nyuki,runc\n",
                       ["3:1: unknown entity 'yuki'; did you mean: youki?"]),
    "former id": (f"{HEAD}id,uses\nlibcontainer,youki\n",
                  ["3:1: 'libcontainer' is a former id; write runc"]),
    "unknown object": (f"{HEAD}id,uses\nyouki,runc; libsecomp\n",
                       ["3:13: unknown entity 'libsecomp'; did you mean: libseccomp?"]),
    "nothing between separators": (
        f"{HEAD}id,uses\nyouki,runc; \n",
        ["3:13: 'object' of a statement under 'uses' of youki is empty; give a value or leave the "
         "key out"],
    ),
    "unknown source": (
        "# evidence: hanbook\nid,uses\nyouki,runc\nyouki,libseccomp\n",
        ["1:13: unknown source 'hanbook'; did you mean: handbook?"],
    ),
    "nothing said": (f"{HEAD}id,uses,at\nyouki,,x\n",
                     ["3:1: the row says nothing; fill one of its columns, or take it out"]),
    "no evidence in a row": (
        "id,uses,evidence\nyouki,runc,\n", ["2:1: youki uses runc has no evidence"],
    ),
    "text of an entity declared elsewhere": (
        f"{HEAD}id,label,homepage\nrunc,run,https://example.org\n",
        ["3:1: 'label' of runc belongs where it is declared; write it at entities/tools.yaml:1:7",
         "3:10: 'homepage' of runc belongs where it is declared; write it at "
         "entities/tools.yaml:1:7"],
    ),
    "one language": (
        f"{HEAD}id,kind,label,description.en,description.zh\nx,Tool,x,A tool.,\n",
        ["3:10: 'description' of x lacks the language 'zh'"],
    ),
    "wrong values": (
        f"{HEAD}id,kind,label,homepage,license,stars,official,begun\n"
        "x,Tool,x,example.org,Apache 2,many,yes,2031\n",
        ["3:10: 'homepage' of x: 'example.org' is not a web address; write https:// or http:// "
         "and a host",
         "3:22: 'license' of x: 'Apache 2' is not an SPDX licence expression; see "
         "spdx.org/licenses, or write LicenseRef-...",
         "3:31: 'stars' of x: 'many' is not a whole number; write 1, 2, 3, ...",
         "3:36: 'official' of x: 'yes' is not a boolean; write true or false",
         "3:40: 'date' of the event 'begun' of x: '2031' is after 2026-11-24, the day for which "
         "the dataset answers; write when it happened, or move asOf in dataset.yaml"],
    ),
    "wrong domain": (
        f"{HEAD}id,implements\ncontainers,oci-runtime-spec\n",
        ["3:12: containers, of kind Category, cannot be the subject of 'implements'; its subjects "
         "are of kind: Tool"],
    ),
    "wrong range": (
        f"{HEAD}id,implements\nyouki,runc\n",
        ["3:7: runc, of kind Tool, cannot be the object of 'implements'; its objects are of kind: "
         "Specification"],
    ),
    "statement twice in one file": (
        f"{HEAD}id,uses\nyouki,runc\nyouki,runc\n",
        ["4:7: the statement youki~uses~runc stands twice; it stands at lists/a.csv:3:7 already; "
         "give a second period a 'key' of its own"],
    ),
    "row twice beside a constant and another file": (
        f"{HEAD}# implements: oci-runtime-spec\nid,at\nrunc,row 3\nlibseccomp,row 4\nrunc,row 3\n",
        ["6:1: the statement runc~implements~oci-runtime-spec stands twice; it stands at "
         "lists/a.csv:4:1 already; give a second period a 'key' of its own"],
    ),
    "row twice in cells beside another file": (
        f"{HEAD}id,implements\nrunc,oci-runtime-spec\nrunc,oci-runtime-spec\n",
        ["4:6: the statement runc~implements~oci-runtime-spec stands twice; it stands at "
         "lists/a.csv:3:6 already; give a second period a 'key' of its own"],
    ),
    "wrong domain of a constant": (
        f"{HEAD}# implements: oci-runtime-spec\nid,at\ncontainers,1\n",
        ["4:1: containers, of kind Category, cannot be the subject of 'implements'; its subjects "
         "are of kind: Tool"],
    ),
    "unknown object of a constant": (
        f"{HEAD}# uses: libsecomp\nid,at\nyouki,1\nrunc,2\n",
        ["2:9: unknown entity 'libsecomp'; did you mean: libseccomp?"],
    ),
    "two dates of one statement": (
        f"{HEAD}id,implements,implements.since\nrunc,oci-runtime-spec,2016\n",
        ["3:6: 'since' of runc~implements~oci-runtime-spec is '2016' here and '2015-07' at "
         "entities/tools.yaml:17:15; let both say the same, or leave it out here"],
    ),
    "alias that is taken": (
        f"{HEAD}id,aliases\nyouki,Run C\n",
        ["3:7: 'Run C' is a name of youki and of runc, both of kind Tool; take one away, or add "
         "ambiguous: ['Run C'] to all that have it"],
    ),
    "ambiguous that is no name": (
        f"{HEAD}id,ambiguous\nyouki,yk\n",
        ["3:7: 'yk' is not a name of youki; declare a label or an alias"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "faults"), CASES.values(), ids=CASES)
def test_fault_is_told_where_it_stands(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert [f.replace("lists/a.csv:", "", 1) for f in faults_with(tmp_path, a=text)] == faults


def test_unreadable_list_makes_no_faults_of_references_into_it(tmp_path: Path) -> None:
    data = add_lists(tmp_path, a=f"{HEAD}id,kind,label\nnew,Tool,new,\n")
    (data / "entities" / "more.yaml").write_text(
        "- id: newer\n  kind: Tool\n  label: {en: n, zh: n}\n  evidence: [handbook]\n"
        "  uses: [{object: new, evidence: [handbook]}]\n"
    )
    assert faults_in(data) == [
        "lists/a.csv:3:14: the row has 4 cells, the header 3; a cell that holds a comma stands in "
        "quotes"
    ]


def test_amendment_may_stand_in_a_yaml_file(tmp_path: Path) -> None:
    more = (
        "- id: runc\n  aliases: [rc]\n  evidence: [runc-readme]\n"
        "- id: youki\n  uses: [{object: runc, evidence: [handbook]}]\n"
    )
    data = change_small(tmp_path, (OTHERS, "- id: oci\n", f"{more}- id: oci\n"))
    graph = load(data)
    assert graph.entities["runc"].aliases == ("opencontainers/runc", "rc")
    assert statement(graph, "youki~uses~runc").object == "runc"


def test_amendment_that_names_without_evidence_is_a_fault(tmp_path: Path) -> None:
    data = change_small(
        tmp_path, (TOOLS, "- id: runc\n", "- id: youki\n  aliases: [rc]\n- id: runc\n")
    )
    assert faults_in(data) == [
        "entities/tools.yaml:1:3: youki has no evidence; add evidence: [source]"
    ]


def test_file_that_is_no_list_is_misplaced(tmp_path: Path) -> None:
    data = add_lists(tmp_path)
    (data / "lists" / "a.tsv").write_text("")
    (data / "lists" / "b.yaml").write_text("")
    (data / "entities" / "c.csv").write_text("")
    assert faults_in(data) == [
        "entities/c.csv: no file of this name is read here; put .yaml files into entities/, "
        "sources/ or seed/, .csv files into lists/",
        "lists/b.yaml: no file of this name is read here; put .yaml files into entities/, "
        "sources/ or seed/, .csv files into lists/",
    ]
