"""What matters: importance, what alone holds something together, communities; and the report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given

from ecograph.curate.insights import Community, Cut, Weight, find_insights
from ecograph.model.graph import Graph
from tests.answers import service
from tests.asking import properties
from tests.commands import call
from tests.generate import graphs
from tests.world import entity, make_graph, says, world


def test_weights_say_how_many_depend() -> None:
    assert find_insights(world()).weights == (
        Weight("runc", 1000, 1, 3),
        Weight("containerd", 807, 1, 2),
        Weight("cri", 581, 1, 1),
        Weight("docker-engine", 581, 1, 1),
        Weight("cri-dockerd", 314, 0, 0),
        Weight("kubernetes", 314, 0, 0),
    )


def test_cuts_name_what_stands_apart() -> None:
    assert find_insights(world()).cuts == (
        Cut("containerd", ("runc",)),
        Cut("docker-engine", ("cri-dockerd",)),
    )


def two_clusters() -> Graph:
    """Two full squares that one statement joins; three of the first are in one category."""
    things = [entity(f"{side}{n}", "Tool", f"{side}{n}", "") for side in "ab" for n in range(5)]
    category = entity("c", "Category", "C", "C", scheme="seed")
    said = [says(f"{side}{n} uses {side}{m}") for side in "ab" for n in range(5) for m in range(n)]
    said += [says("a4 uses b0")]
    said += [says(f"a{n} classifiedIn c") for n in range(3)]
    return make_graph([*things, category], said)


def test_communities_are_held_against_the_categories() -> None:
    found = find_insights(two_clusters(), "seed")
    assert found.communities == (
        Community(("a0", "a1", "a2", "a3", "a4"), "c", 3, 3),
        Community(("b0", "b1", "b2", "b3", "b4"), None, 0, 0),
    )
    assert round(found.modularity, 3) == 0.452
    assert found.cuts == (
        Cut("a4", ("a0", "a1", "a2", "a3")),
        Cut("b0", ("b1", "b2", "b3", "b4")),
    )


@properties
@given(graph=graphs())
def test_dependents_in_all_are_those_that_reach_it(graph: Graph) -> None:
    links = nx.DiGraph([(a, b) for a, b in graph.calendar.dependencies if a != b])
    for one in find_insights(graph).weights:
        expected = nx.ancestors(links, one.id) if one.id in links else set()
        assert one.all == len(expected)


def test_each_run_gives_the_same() -> None:
    script = (
        "from tests.test_curate_insights import two_clusters, find_insights;"
        "print(find_insights(two_clusters(), 'seed'))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parent.parent, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_a_graph_without_dependencies_has_a_report_too() -> None:
    found = find_insights(make_graph([entity("a", "Tool", "a", "a")], []))
    assert (found.weights, found.cuts, found.communities, found.modularity) == ((), (), (), 0.0)


def test_the_command_prints_the_report() -> None:
    told = call("insights", "--scheme", "seed", service=service())
    assert told.returncode == 0
    assert told.stdout.splitlines()[0] == "# What matters"
    assert "| containerd (`containerd`) | 1 | runc |" in told.stdout
    assert "![" not in told.stdout


def test_the_command_writes_the_report_with_its_pictures(tmp_path: Path) -> None:
    told = call("insights", "--scheme", "seed", "-o", str(tmp_path), service=service())
    assert told.stdout.split() == [str(tmp_path / "insights.md"), str(tmp_path / "important.svg")]
    assert "![The most important, and what is said among them](important.svg)" in (
        tmp_path / "insights.md"
    ).read_text("utf-8")
    picture = ElementTree.parse(tmp_path / "important.svg").getroot()
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_taxonomy_that_there_is_not_is_refused() -> None:
    told = call("insights", "--scheme", "none", service=service())
    assert told.returncode != 0


def test_serving_does_not_import_networkx() -> None:
    script = (
        "import sys; from ecograph.service import Service; from ecograph.web.app import make_app;"
        "from tests.world import world; s = Service(world()); make_app(s);"
        "s.query('{ important { nodes { id } } changes { totalCount } }');"
        "print('networkx' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert done.stdout == "False\n"
