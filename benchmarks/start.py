"""From nothing to the first answer: `python -m benchmarks.start FOLDER CACHE` is one such start."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import generate, to_yaml

QUESTION = "{ tools(first: 100) { nodes { id name status license uses { nodes { id } } } } }"
FILE_SIZE = 500
"""Entities a file."""


def measure() -> dict[str, dict[str, float]]:
    """Start -> seconds of each part, as the process that starts measures them."""
    from ecograph.settings import bundled

    found: dict[str, dict[str, float]] = {}
    with TemporaryDirectory() as name, TemporaryDirectory() as cached:
        generated, cache = Path(name), Path(cached)
        write(generated)
        for what, folder in (
            ("the bundled dataset", bundled("data")),
            ("5,000 entities", generated),
        ):
            found[f"{what}, first start"] = _start(folder, cache)
            found[f"{what}, second start"] = _start(folder, cache)
    return found


def write(folder: Path) -> None:
    """The generated graph as a data folder."""
    from ecograph.settings import bundled

    graph = generate()
    (folder / "entities").mkdir()
    (folder / "sources").mkdir()
    (folder / "ontology.yaml").write_bytes((bundled("data") / "ontology.yaml").read_bytes())
    (folder / "dataset.yaml").write_text(
        f"title: {{en: {graph.title['en']}, zh: {graph.title['zh']}}}\n"
        f"license: {graph.license}\nasOf: {graph.as_of}\n",
        "utf-8",
    )
    (folder / "sources" / "all.yaml").write_text(
        "".join(
            f"- id: {s.id}\n  title: {s.title}\n  url: {s.url}\n  license: {s.license}\n"
            f"  read: {s.read_on}\n"
            for s in graph.sources.values()
        ),
        "utf-8",
    )
    entities = list(graph.entities.values())
    for start in range(0, len(entities), FILE_SIZE):
        text = to_yaml(graph, entities[start : start + FILE_SIZE])
        (folder / "entities" / f"part-{start:05d}.yaml").write_text(text, "utf-8")


def _start(folder: Path, cache: Path) -> dict[str, float]:
    begun = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.start", str(folder), str(cache)],
        capture_output=True, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip
    parts: dict[str, float] = json.loads(told)
    return {**parts, "in all": time.monotonic() - begun}


def main(folder: Path, cache: Path) -> None:
    """Start once and say how long each part took."""
    marks = [time.monotonic()]
    from ecograph.load import open_graph
    from ecograph.service import Service

    marks.append(time.monotonic())
    graph = open_graph(folder, cache)
    marks.append(time.monotonic())
    service = Service(graph)
    for _ in range(2):
        marks.append(time.monotonic())
        response = service.answer(QUESTION)
    marks.append(time.monotonic())
    assert b'"errors"' not in response.body
    names = ("imports", "load", "indexes, schema", "first answer", "second answer")
    taken = (b - a for a, b in pairwise(marks))
    print(json.dumps(dict(zip(names, taken, strict=True))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
