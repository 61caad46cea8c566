"""How one thing is related to another: by a way that says something, before a shorter one."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.ask.ways import best_way, straight_down
from ecograph.model.ontology import Ontology
from ecograph.service import Service, open_service
from tests.world import ENTITIES, STATEMENTS, make_graph, ontology

SERVICE = open_service()


def related(first: str, last: str, lang: str = "EN") -> str:
    text = {"EN": f"how is {first} related to {last}", "ZH": f"{first} 和 {last} 是什么关系"}[lang]
    told = SERVICE.query(
        "query Q($text: String!, $lang: Language) { ask(text: $text, lang: $lang) { sentence } }",
        {"text": text, "lang": lang},
    )
    return str(told["data"]["ask"]["sentence"])


def test_straight_down_is_written_from_the_bonds_of_the_ontology() -> None:
    assert straight_down(ontology()) == (
        "(supports|uses|requires|manages|runsOn|^implements|^partlyConformsTo)*"
        "/(implements|partlyConformsTo)?"
    )


def test_an_ontology_without_bonds_has_the_shortest_way_alone() -> None:
    parts = ontology().model_dump()
    for relation in parts["relations"].values():
        relation["bond"] = None
    bare = Ontology.model_validate(parts)
    assert straight_down(bare) == ""
    service = Service(make_graph(ENTITIES, STATEMENTS, of=bare), answer_cache=0, deadline=None)
    told = service.ask("how is Docker Engine related to runc")
    assert told["sentence"] == ("In 2 steps: Docker Engine uses containerd; containerd uses runc.")


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("Kubernetes", "runc", "Kubernetes uses Container Runtime Interface; containerd implements "
         "Container Runtime Interface; containerd uses runc"),
        ("containerd", "Kubernetes", "Kubernetes uses Container Runtime Interface; "
         "containerd implements Container Runtime Interface"),
        ("Docker Engine", "runc", "Docker Engine uses containerd; containerd uses runc"),
        ("OpenShift", "runc", "Red Hat OpenShift uses CRI-O; CRI-O supports runc"),
        ("Cilium", "Envoy", "Cilium implements Container Network Interface; Istio uses Container "
         "Network Interface; Istio uses Envoy"),
        ("Podman", "crun", "Podman uses crun"),
    ],
)  # fmt: skip
def test_what_leads_straight_down_comes_before_what_merely_has_to_do_with_both(
    first: str, last: str, told: str
) -> None:
    assert f": {told}." in related(first, last).split(" The shortest way")[0] + "."


def test_a_shorter_way_is_told_beside_it() -> None:
    shortest = SERVICE.query(
        '{ path(from: "kubernetes", to: "runc") { length hops { sentence } } }'
    )
    path = shortest["data"]["path"]
    said = f"The shortest way, in {path['length']} steps: "
    said += "; ".join(hop["sentence"] for hop in path["hops"])
    assert related("Kubernetes", "runc").endswith(f" {said}.")
    assert "最短的路径是 2 步：" in related("Kubernetes", "runc", "ZH")


def way(*steps: tuple[str, bool]) -> dict[str, Any]:
    return {"hops": [{"forward": f, "statement": {"relation": r}} for r, f in steps]}


TURNING = way(("USES", True), ("USES", False))
DOWN = way(("USES", True), ("IMPLEMENTS", False), ("USES", True))
OFFERED = way(("SUPPORTS", True), ("SUPPORTS", True))
LONG = way(*[("USES", True)] * 5)


@pytest.mark.parametrize(
    ("down", "up", "shortest", "best"),
    [
        (DOWN, None, TURNING, DOWN),
        (None, DOWN, TURNING, DOWN),
        (OFFERED, None, TURNING, TURNING),
        (OFFERED, DOWN, TURNING, DOWN),
        (LONG, None, TURNING, TURNING),
        (DOWN, None, way(("SUPPORTS", True)), way(("SUPPORTS", True))),
        (None, None, None, None),
    ],
)
def test_the_best_way_has_few_steps_and_no_turn(
    down: Any, up: Any, shortest: Any, best: Any
) -> None:
    assert best_way(ontology(), {"down": down, "up": up, "shortest": shortest}) == best
