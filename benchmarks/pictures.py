"""How long pictures take: `python -m benchmarks.pictures`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from time import perf_counter
from typing import Any

from ecograph.api.operations import read_operations
from ecograph.service import Service, open_service
from ecograph.settings import bundled
from ecograph.view.compose import Asked, compose
from ecograph.view.gather import Lookup
from ecograph.view.picture import Edge, Form, Picture
from ecograph.view.svg import to_svg

ROUNDS = 9
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Path", {"from": "docker-engine", "to": "oci-runtime-spec"}),
    ("Implementers", {"spec": "oci-runtime-spec"}),
    ("Implementers", {"spec": "csi"}),
    ("Neighborhood", {"of": "kubernetes"}),
    ("Neighborhood", {"of": "kubernetes", "hops": 2}),
    ("CategoryTree", {"name": "容器生态系统"}),
    ("CategoryTree", {"name": "container-ecosystem-today", "scheme": "today"}),
)


def measure() -> Iterator[str]:
    """A line for each picture: things, statements, milliseconds (the median), kilobytes."""
    service = open_service()
    lookup = Lookup(service.graph)
    for name, variables in ASKED:
        yield _of_answer(service, lookup, name, variables)
    for count in (100, 300, 1000):
        picture = dependencies(service, lookup, count)
        told, size = _time(lambda one=picture: to_svg(one).text)
        yield _line(f"{count} dependencies", picture, told, size)


def dependencies(service: Service, lookup: Lookup, count: int) -> Picture:
    """A made-up picture of things that depend on others, a third more statements than things."""
    random = Random(count)
    variables = {"from": "docker-engine", "to": "oci-runtime-spec"}
    operation = read_operations(bundled("queries"))["Path"]
    data = service.query(operation.document, variables)["data"]
    path = compose(data, lookup, Asked("Path", operation.question, variables))
    node, edge = next(iter(path.nodes.values())), path.edges[0]
    nodes = {
        f"n{n}": replace(node, id=f"n{n}", label=f"package-{n}", strong=False) for n in range(count)
    }
    edges: list[Edge] = []
    for n in range(1, count):
        for _ in range(2 if n % 3 == 0 else 1):
            other = random.randrange(max(0, n - 30), n)
            edges.append(
                replace(edge, statement=f"s{len(edges)}", source=f"n{other}", target=f"n{n}",
                        main=False)
            )  # fmt: skip
    return replace(path, form=Form.LAYERS, nodes=nodes, edges=tuple(edges))


def _of_answer(service: Service, lookup: Lookup, name: str, variables: dict[str, Any]) -> str:
    operation = read_operations(bundled("queries"))[name]
    data = service.query(operation.document, variables)["data"]
    asked = Asked(name, operation.question, variables)
    milliseconds, size = _time(lambda: to_svg(compose(data, lookup, asked)).text)
    of = next(str(value) for value in variables.values())
    return _line(f"{name} {of}", compose(data, lookup, asked), milliseconds, size)


def _time(draw: Any) -> tuple[float, int]:
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        text = draw()
        taken.append(perf_counter() - began)
    return sorted(taken)[ROUNDS // 2] * 1000, len(text.encode())


def _line(name: str, picture: Picture, milliseconds: float, size: int) -> str:
    return (
        f"{name:44} {len(picture.nodes):5} things {len(picture.edges):5} statements "
        f"{milliseconds:7.1f} ms {size / 1000:7.1f} kB"
    )


if __name__ == "__main__":
    for line in measure():
        print(line)
