"""A data folder -> a checked Graph, or all of its faults at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ecograph.errors import Place
from ecograph.formats.diagram import write_diagram
from ecograph.formats.faults import Faults
from ecograph.formats.mermaid import parse_mermaid
from ecograph.formats.yaml import Node, Record, parse_yaml
from ecograph.load.check import (
    check_cycles,
    check_domains,
    check_periods,
    check_references,
    check_schemes,
)
from ecograph.load.collector import pause_collector
from ecograph.load.diagram import merge_statements, state_diagram
from ecograph.load.entities import PlacedEntity, read_entities
from ecograph.load.files import TextFile, read_folder
from ecograph.load.mapping import DiagramMapping, read_mapping
from ecograph.load.names import check_names, gather_entities
from ecograph.load.ontology import read_ontology
from ecograph.load.sources import (
    Dataset,
    EvidenceReader,
    gather_sources,
    read_dataset,
    read_sources,
)
from ecograph.load.statements import Basis, PlacedStatement
from ecograph.load.version import hash_content
from ecograph.model.graph import Graph


@dataclass(slots=True)
class _Roots:
    """The files by what they hold; `whole` is false once one of them could not be read."""

    dataset: Node | None = None
    ontology: Node | None = None
    sources: list[Node] = field(default_factory=list)
    entities: list[Node] = field(default_factory=list)
    mappings: list[Record] = field(default_factory=list)
    diagrams: dict[str, TextFile] = field(default_factory=dict)
    whole: bool = True


def load(folder: Path) -> Graph:
    """The graph of a data folder, from its text.

    Raises: DataErrors with every fault of the folder, each at its file, line and column.
    """
    faults = Faults()
    with pause_collector():
        return load_files(read_folder(folder, faults), faults)


def load_files(files: Sequence[TextFile], faults: Faults) -> Graph:
    """The graph of a folder's files; `faults` holds those of reading them. Raises: DataErrors."""
    roots = _parse(files, faults)
    roots.whole = roots.whole and not len(faults)
    dataset = read_dataset(roots.dataset, faults) if roots.dataset else None
    ontology = read_ontology(roots.ontology, faults) if roots.ontology else None
    placed = [source for root in roots.sources for source in read_sources(root, faults)]
    evidence = EvidenceReader(gather_sources(placed, faults), faults)
    if ontology is None:
        # Without it, every kind and relation would be a fault.
        faults.raise_any()
        raise AssertionError("an ontology that cannot be read is a fault")
    basis = Basis(ontology, evidence, faults, dataset.as_of if dataset else None)
    found = [entity for root in roots.entities for entity in read_entities(root, basis)]
    entities = gather_entities(found, faults)
    mappings = [m for root in roots.mappings if (m := read_mapping(root, basis)) is not None]
    drawn = _draw(mappings, roots, entities, basis)
    own = [statement for entity in found for statement in entity.statements]
    statements = merge_statements(own, drawn)
    _check(statements, drawn, entities, roots, basis)
    faults.raise_any()
    if dataset is None:
        raise AssertionError("a dataset.yaml that cannot be read is a fault")
    graph = _build(dataset, basis, entities, statements)
    _check_diagrams(mappings, roots.diagrams, graph, faults)
    faults.raise_any()
    return graph


def _parse(files: Sequence[TextFile], faults: Faults) -> _Roots:
    roots = _Roots()
    for file in files:
        if file.name.endswith(".mmd"):
            roots.diagrams[file.name] = file
            continue
        before = len(faults)
        root = parse_yaml(file.text, file.shown, faults)
        if root is None:
            roots.whole = False
            if len(faults) == before:
                faults.add("EMPTY_FILE", "the file holds nothing", Place(file.shown))
        elif file.name == "dataset.yaml" and not file.folder:
            roots.dataset = root
        elif file.name == "ontology.yaml" and not file.folder:
            roots.ontology = root
        elif file.folder == "sources":
            roots.sources.append(root)
        elif file.folder == "seed" and isinstance(root, Record):
            roots.mappings.append(root)
        else:
            roots.entities.append(root)
    return roots


def _draw(
    mappings: Sequence[DiagramMapping],
    roots: _Roots,
    entities: Mapping[str, PlacedEntity],
    basis: Basis,
) -> list[PlacedStatement]:
    """The statements of all diagrams."""
    faults = basis.faults
    drawn: list[PlacedStatement] = []
    schemes: dict[str, Place] = {}
    for mapping in mappings:
        if schemes.setdefault(mapping.scheme, mapping.place) is not mapping.place:
            faults.add("DUPLICATE_SCHEME", f"a second diagram of {mapping.scheme}", mapping.place)
        file = roots.diagrams.get(mapping.diagram)
        if file is None:
            faults.add_unknown(
                "UNKNOWN_FILE", "diagram", mapping.diagram, roots.diagrams, mapping.diagram_place
            )
            continue
        diagram = parse_mermaid(file.text, file.shown, faults)
        if diagram is not None and roots.whole:
            drawn += state_diagram(mapping, diagram, file.shown, entities, basis)
    used = {mapping.diagram for mapping in mappings}
    every_mapping_read = roots.whole and len(mappings) == len(roots.mappings)
    for name, file in roots.diagrams.items():
        if name not in used and every_mapping_read:
            faults.add(
                "UNUSED_DIAGRAM", "no mapping file names this diagram", Place(file.shown),
                f"add {PurePath(name).stem}.yaml with 'diagram: {name}'",
            )  # fmt: skip
    return drawn


def _check(
    statements: Sequence[PlacedStatement],
    drawn: Sequence[PlacedStatement],
    entities: Mapping[str, PlacedEntity],
    roots: _Roots,
    basis: Basis,
) -> None:
    check_names(entities, basis.faults)
    check_periods(statements, basis.ontology, basis.faults)
    check_cycles(statements, basis.ontology, basis.faults)
    check_schemes(statements, entities, basis.faults)
    # With a file missing, what refers to it would be a second fault for each one in it.
    if roots.whole:
        check_domains(drawn, entities, basis.ontology, basis.faults)
        check_references(statements, entities, basis.ontology, basis.faults)


def _build(
    dataset: Dataset,
    basis: Basis,
    entities: Mapping[str, PlacedEntity],
    placed: Sequence[PlacedStatement],
) -> Graph:
    statements = tuple(sorted((p.statement for p in placed), key=lambda s: s.id))
    by_id = {id: entities[id].entity for id in sorted(entities)}
    sources = basis.evidence.sources()
    return Graph(
        ontology=basis.ontology,
        entities=by_id,
        statements=statements,
        sources=sources,
        as_of=dataset.as_of,
        license=dataset.license,
        title=dataset.title,
        version=hash_content(basis.ontology, dataset, sources, by_id.values(), statements),
    )


def _check_diagrams(
    mappings: Sequence[DiagramMapping],
    diagrams: Mapping[str, TextFile],
    graph: Graph,
    faults: Faults,
) -> None:
    """What the statements give back is the diagram, byte for byte."""
    for mapping in mappings:
        file = diagrams[mapping.diagram]
        written = write_diagram(graph, mapping.scheme)
        if written == file.text:
            continue
        pairs = zip(file.text.split("\n"), [*written.split("\n"), ""], strict=False)
        line, (found, right) = next(
            ((n, pair) for n, pair in enumerate(pairs, start=1) if pair[0] != pair[1]),
            (written.count("\n") + 1, ("", "")),
        )
        faults.add(
            "NOT_REPRODUCIBLE", f"the statements give another line than {found!r}",
            Place(file.shown, line, 1), f"they give {right!r}",
        )  # fmt: skip
