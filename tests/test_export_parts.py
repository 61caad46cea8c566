"""Parts of a graph, what `ecograph.open()` gives of them, and how a notebook shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import pytest

from ecograph.api.compared import is_cut
from ecograph.errors import EcographError, QueryError, UnresolvedName
from ecograph.export.part import measure_around, take_part
from ecograph.export.selection import Selection
from ecograph.model.flat import Flat
from ecograph.service import Service
from tests.world import world

SERVICE = Service(world(), deadline=None)


def ids(selected: Selection) -> tuple[list[str], list[str]]:
    return sorted(selected.graph.entities), [s.id for s in selected.graph.statements]


def test_a_part_has_the_ends_of_its_statements_and_the_sources_it_cites() -> None:
    part = take_part(world(), ["calico"], ["docker-engine~implements~cri~not"])
    assert list(part.entities) == ["calico", "cri", "docker-engine"]
    assert [s.id for s in part.statements] == ["docker-engine~implements~cri~not"]
    assert list(part.sources) == ["docs"]
    assert (part.version, part.as_of, part.title) == (
        world().version, world().as_of, world().title,
    )  # fmt: skip


def test_the_answer_of_a_named_operation_selects_what_it_speaks_of() -> None:
    selected = SERVICE.select("Implementers", {"spec": "runtime-spec"})
    assert ids(selected) == (
        ["crun", "oci-runtime-spec", "runc", "youki"],
        [
            "crun~implements~oci-runtime-spec",
            "runc~implements~oci-runtime-spec",
            "youki~implements~oci-runtime-spec",
        ],
    )
    assert selected.heading.startswith("Which tools implement this specification")
    assert not selected.cut


def test_a_path_selects_its_way() -> None:
    selected = SERVICE.select("Path", {"from": "dockerd", "to": "oci-runtime-spec"})
    assert ids(selected)[1] == [
        "containerd~uses~runc", "docker-engine~uses~containerd", "runc~implements~oci-runtime-spec",
    ]  # fmt: skip


def test_a_document_selects_as_a_named_operation_does() -> None:
    selected = SERVICE.select('{ tool(name: "runc") { id implements { nodes { id } } } }')
    assert ids(selected) == (["oci-runtime-spec", "runc"], ["runc~implements~oci-runtime-spec"])


def test_what_a_document_asks_about_is_selected_though_it_asks_no_id() -> None:
    document = """query Q { specification(name: "runtime-spec") { ...S } }
        fragment S on Specification { implementedBy { edges { strength node { name } } } }"""
    assert ids(SERVICE.select(document)) == ids(SERVICE.select("Implementers", {
        "spec": "runtime-spec"}))  # fmt: skip


def test_a_tree_selects_what_says_where_things_stand() -> None:
    selected = SERVICE.select("CategoryTree", {"name": "support"})
    assert ids(selected)[1] == ["monitoring~broader~support", "networking~broader~support"]
    selected = SERVICE.select("Category", {"name": "networking"})
    assert ids(selected)[1] == [
        "calico~classifiedIn~networking", "flannel~classifiedIn~networking",
    ]  # fmt: skip


def test_a_page_of_an_answer_says_that_it_goes_on() -> None:
    selected = SERVICE.select("Implementers", {"spec": "runtime-spec", "first": 1})
    assert (len(selected.graph.statements), selected.cut) == (1, True)
    assert is_cut({"a": [{"truncated": True}]})
    assert not is_cut({"a": [{"truncated": False, "pageInfo": {"hasNextPage": False}}]})


def test_the_day_of_a_question_is_the_day_of_what_it_selects() -> None:
    selected = SERVICE.select("AsOf", {"spec": "runtime-spec", "day": "2020-01-01"})
    assert selected.graph.as_of == "2020-01-01"
    assert "railcar~implements~oci-runtime-spec" in ids(selected)[1]
    told = {row["id"]: row for row in map(dict, Flat(selected.graph).statements())}
    assert told["railcar~implements~oci-runtime-spec"]["holds"]


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        (0, {"runc": 0}),
        (1, {"runc": 0, "containerd": 1, "oci-runtime-spec": 1}),
        (2, {"runc": 0, "containerd": 1, "oci-runtime-spec": 1, "cri": 2, "crun": 2,
             "docker-engine": 2, "oci-image-spec": 2, "oci-runtime-tools": 2, "youki": 2}),
    ],
)  # fmt: skip
def test_around_goes_along_what_holds_and_is_not_denied(
    hops: int, expected: dict[str, int]
) -> None:
    assert measure_around(world(), "runc", hops) == expected


@pytest.mark.parametrize("name", ["runc", "cri", "rkt", "oci-runtime-spec", "docker-inc"])
def test_around_reaches_what_the_api_reaches(name: str) -> None:
    document = """query Q($of: String!) { neighborhood(of: $of, hops: 3, first: 100) {
        nodes { distance node { id } } } }"""
    told = SERVICE.query(document, {"of": name})["data"]["neighborhood"]["nodes"]
    assert {n["node"]["id"]: n["distance"] for n in told} == measure_around(world(), name, 3)


def test_around_holds_all_that_is_said_among_what_it_reaches() -> None:
    selected = SERVICE.around("Docker Engine", 2)
    assert "docker-engine~implements~cri~not" in ids(selected)[1]
    assert "containerd~implements~cri" in ids(selected)[1]
    assert "docker-inc" not in ids(selected)[0]


def test_a_taxonomy_is_its_categories_and_what_stands_in_them() -> None:
    selected = SERVICE.scheme("today")
    assert ids(selected) == (
        ["cadvisor", "today-monitoring"], ["cadvisor~classifiedIn~today-monitoring"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (QueryError, "unknown operation 'Implementors'; did you mean: Implementers",
         lambda: SERVICE.select("Implementors")),
        (EcographError, "Variable '$spec' has invalid value",
         lambda: SERVICE.select("Implementers")),
        (EcographError, "names no Specification",
         lambda: SERVICE.select("Implementers", {"spec": "zzz"})),
        (UnresolvedName, "names no entity", lambda: SERVICE.around("zzz")),
        (QueryError, "hops: -1 is below 0", lambda: SERVICE.around("runc", -1)),
        (QueryError, "no taxonomy 'sead'; did you mean: seed", lambda: SERVICE.scheme("sead")),
        (QueryError, "'x.txt' does not say the format", lambda: SERVICE.whole.write("x.txt")),
        (QueryError, "unknown theme 'drak'; did you mean: dark",
         lambda: SERVICE.around("runc").to_svg(theme=cast(Any, "drak"))),
        (QueryError, "unknown language 'fr'; there are: en, zh",
         lambda: SERVICE.around("runc").to_svg("fr")),
        (QueryError, "no format 'xml'", lambda: SERVICE.whole.write("x.graphml", "xml")),
        (EcographError, "cannot write", lambda: SERVICE.whole.write(Path(__file__) / "x.gexf")),
    ],
)  # fmt: skip
def test_a_wrong_call_says_what_would_be_right(
    error: type[Exception], message: str, call: Any
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert message in str(raised.value)


def test_files_are_named_by_the_table_in_them(tmp_path: Path) -> None:
    part = SERVICE.around("runc")
    assert part.write(tmp_path / "a.graphml") == [tmp_path / "a.graphml"]
    assert part.write(tmp_path / "b.csv") == [tmp_path / "b_nodes.csv", tmp_path / "b_edges.csv"]
    assert part.write(tmp_path / "c", "kgx") == [
        tmp_path / "c" / "nodes.tsv", tmp_path / "c" / "edges.tsv",
    ]  # fmt: skip
    assert part.write(tmp_path / "d.csv", table="edges") == [tmp_path / "d.csv"]
    assert (tmp_path / "d.csv").read_bytes() == (tmp_path / "b_edges.csv").read_bytes()
    assert all(path.stat().st_size for path in tmp_path.rglob("*.*"))


def test_the_service_gives_frames_and_networkx_of_the_whole() -> None:
    entities, statements = SERVICE.to_pandas()
    graph = SERVICE.to_networkx()
    assert (len(entities), len(statements)) == (len(graph), graph.number_of_edges()) == (28, 30)
    part = SERVICE.around("runc")
    assert len(part.to_networkx()) == len(part.to_pandas()[0]) == 3


def test_a_notebook_shows_the_whole_as_a_table() -> None:
    assert repr(SERVICE) == "Service('The world of the tests': 28 entities, 30 statements)"
    told = SERVICE._repr_html_()
    assert told is not None
    table = ElementTree.fromstring(told)
    assert [[cell.text for cell in row] for row in table.iter("tr")] == [
        ["entities", "28", "16 Tool, 6 Category, 3 Specification, 1 Group, 1 Organization, "
         "1 Service"],
        ["statements", "30", "10 implements, 5 classifiedIn, 4 broader, 4 uses, 2 partOf, "
         "1 adapts, 4 more"],
        ["sources", "3", None],
        ["version 0123456789abcdef, as of 2026-11-24, CC-BY-4.0"],
    ]  # fmt: skip


def test_a_notebook_shows_a_part_as_its_picture() -> None:
    part = SERVICE.around("runc")
    drawn = part._repr_svg_()
    assert drawn is not None
    texts = " ".join(ElementTree.fromstring(drawn).itertext())
    assert "containerd" in texts
    assert part._repr_html_() is None
    assert SERVICE.whole._repr_svg_() is None
    assert "容器运行时接口" in SERVICE.around("cri").to_svg("zh")
    assert repr(part) == "Selection('Around runc': 3 entities, 2 statements)"
