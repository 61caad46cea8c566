"""Data folders -> a checked Graph, or all of their faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeVar

from ecograph.errors import Place
from ecograph.formats.csv import parse_csv
from ecograph.formats.diagram import TAXONOMY, write_diagram
from ecograph.formats.faults import Faults
from ecograph.formats.mermaid import parse_mermaid
from ecograph.formats.yaml import Node, Record, parse_yaml
from ecograph.load.check import (
    check_cycles,
    check_domains,
    check_periods,
    check_references,
    check_schemes,
    check_self_references,
)
from ecograph.load.collector import pause_collector
from ecograph.load.diagram import merge_statements, state_diagram
from ecograph.load.entities import PlacedEntity, read_entities, read_entity
from ecograph.load.files import TextFile, read_folders
from ecograph.load.join import Joined, join_all, join_statements
from ecograph.load.lists import read_rows
from ecograph.load.mapping import DiagramMapping, read_mapping
from ecograph.load.names import check_ids, check_names
from ecograph.load.ontology import merge_ontologies, read_ontology
from ecograph.load.sources import (
    Dataset,
    EvidenceReader,
    PlacedSource,
    gather_sources,
    read_dataset,
    read_sources,
)
from ecograph.load.statements import Basis, PlacedStatement
from ecograph.load.version import hash_content
from ecograph.model.days import in_order
from ecograph.model.graph import Entity, Graph
from ecograph.model.ontology import Ontology

Item = TypeVar("Item")


@dataclass(slots=True)
class _Roots:
    """The files by what they hold, with their layers; `whole` is false once one is not readable."""

    dataset: Node | None = None
    ontologies: list[Node] = field(default_factory=list)
    sources: list[tuple[int, Node]] = field(default_factory=list)
    entities: list[tuple[int, Node]] = field(default_factory=list)
    lists: list[TextFile] = field(default_factory=list)
    mappings: list[Record] = field(default_factory=list)
    diagrams: dict[str, TextFile] = field(default_factory=dict)
    layers: int = 1
    whole: bool = True


def load(*folders: Path) -> Graph:
    """The graph of a data folder, from its text; later folders add to it, amend and deny it.

    Raises: DataErrors with every fault of the folders, each at its file, line and column.
    """
    faults = Faults()
    with pause_collector():
        return load_files(read_folders(folders, faults), faults)


def load_files(files: Sequence[TextFile], faults: Faults) -> Graph:
    """The graph of the folders' files; `faults` holds those of reading them. Raises: DataErrors."""
    return load_placed(files, faults)[0]


def load_placed(
    files: Sequence[TextFile], faults: Faults
) -> tuple[Graph, Mapping[str, PlacedEntity]]:
    """The same, and the entities with the places where they are declared. Raises: DataErrors."""
    graph, joined = load_joined(files, faults)
    return graph, joined.entities


def load_joined(files: Sequence[TextFile], faults: Faults) -> tuple[Graph, Joined]:
    """The same, and the statements with the places where they stand. Raises: DataErrors."""
    roots = _parse(files, faults)
    dataset, basis, joined = _read(roots, faults)
    entities = joined.entities
    mappings = [m for root in roots.mappings if (m := read_mapping(root, basis)) is not None]
    every = _draw(mappings, roots, joined.first, basis)
    drawn = [
        item
        for item in every
        if not joined.removed & {item.statement.subject, item.statement.object}
    ]
    statements = _remove(joined, merge_statements(joined.statements, drawn), faults)
    _check(statements, [*drawn, *joined.amending], entities, roots, basis)
    faults.raise_any()
    if dataset is None:
        raise AssertionError("a dataset.yaml that cannot be read is a fault")
    graph = _build(dataset, basis, entities, statements)
    # A later folder may take away what a diagram states.
    first = graph if roots.layers == 1 else _build_first(graph, joined, every)
    _check_diagrams(mappings, roots.diagrams, first, faults)
    faults.raise_any()
    return graph, joined


def read_placed(files: Sequence[TextFile], faults: Faults) -> tuple[Ontology, Joined]:
    """The ontology, and what can be read of the rest, nothing of the whole checked.

    Raises: DataErrors if the ontology cannot be read.
    """
    _, basis, joined = _read(_parse(files, faults), faults)
    return basis.ontology, joined


def _read(roots: _Roots, faults: Faults) -> tuple[Dataset | None, Basis, Joined]:
    roots.whole = roots.whole and not len(faults)
    dataset = read_dataset(roots.dataset, faults) if roots.dataset else None
    merged = merge_ontologies(roots.ontologies)
    ontology = read_ontology(merged, faults) if merged else None
    placed: list[PlacedSource] = []
    for layer, root in _take_out(roots.sources):
        placed += read_sources(root, faults, layer)
    evidence = EvidenceReader(gather_sources(placed, faults), faults)
    if ontology is None:
        # Without it, every kind and relation would be a fault.
        for file in roots.lists:
            parse_csv(file.text, file.shown, faults)
        faults.raise_any()
        raise AssertionError("an ontology that cannot be read is a fault")
    basis = Basis(ontology, evidence, faults, dataset.as_of if dataset else None)
    found = _read_entities(roots, basis)
    return dataset, basis, join_all(found, ontology, faults, whole=roots.whole)


def _parse(files: Sequence[TextFile], faults: Faults) -> _Roots:
    roots = _Roots(layers=1 + max((file.layer for file in files), default=0))
    for file in files:
        if file.name.endswith(".mmd"):
            roots.diagrams[file.name] = file
            continue
        if file.folder == "lists":
            roots.lists.append(file)
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
            roots.ontologies.append(root)
        elif file.folder == "sources":
            roots.sources.append((file.layer, root))
        elif file.folder == "seed" and isinstance(root, Record):
            roots.mappings.append(root)
        else:
            roots.entities.append((file.layer, root))
    return roots


def _read_entities(roots: _Roots, basis: Basis) -> list[PlacedEntity]:
    """The entities of all files; a row of a list whose columns mean nothing gives none.

    Lists are parsed here, one by one, and what was read goes at once: the most that loading takes
    stays with the process, in pieces that are hard to use again.
    """
    found: list[PlacedEntity] = []
    by_layer = [replace(basis, layer=layer) for layer in range(roots.layers)]
    for layer, root in _take_out(roots.entities):
        found += read_entities(root, by_layer[layer])
    for file in roots.lists:
        records = _read_list(file, roots, basis)
        read = (read_entity(record, by_layer[file.layer]) for record in _take_out(records))
        found += [entity for entity in read if entity is not None]
    return found


def _read_list(file: TextFile, roots: _Roots, basis: Basis) -> list[Record]:
    table = parse_csv(file.text, file.shown, basis.faults)
    records = read_rows(table, basis.ontology, basis.faults) if table is not None else []
    if table is None or (table.rows and not records):
        roots.whole = False
    return records


def _take_out(items: list[Item]) -> Iterator[Item]:
    """The items of a list in order, each gone from it."""
    items.reverse()
    while items:
        yield items.pop()


def _remove(
    joined: Joined, statements: list[PlacedStatement], faults: Faults
) -> list[PlacedStatement]:
    """The statements without those that a later folder takes away."""
    if not joined.removals:
        return statements
    removed = {item.statement.id: item for item in joined.removals if item.layer}
    known = {item.statement.id for item in statements}
    for item in joined.removals:
        if item.statement.id not in known or not item.layer:
            faults.add_unknown(
                "UNKNOWN_STATEMENT", "statement", item.statement.id, known, item.place,
                otherwise="only what an earlier folder states can be removed",
            )  # fmt: skip
    return [item for item in statements if item.statement.id not in removed]


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
    unchecked: Sequence[PlacedStatement],
    entities: Mapping[str, PlacedEntity],
    roots: _Roots,
    basis: Basis,
) -> None:
    """The checks of the whole; nobody knew the kinds of the `unchecked` statements' subjects."""
    check_ids(entities, basis.faults)
    check_names(entities, basis.faults)
    check_periods(statements, basis.ontology, basis.faults)
    check_self_references(statements, basis.faults)
    check_cycles(statements, basis.ontology, basis.faults)
    check_schemes(statements, entities, basis.faults)
    # With a file missing, what refers to it would be a second fault for each one in it.
    if roots.whole:
        check_domains(unchecked, entities, basis.ontology, basis.faults)
        check_references(statements, entities, basis.ontology, basis.faults)


def _build(
    dataset: Dataset,
    basis: Basis,
    entities: Mapping[str, PlacedEntity],
    placed: Sequence[PlacedStatement],
) -> Graph:
    statements = tuple(sorted((p.statement for p in placed), key=lambda s: s.id))
    by_id = {id: _ordered(entities[id].entity) for id in sorted(entities)}
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


def _build_first(graph: Graph, joined: Joined, drawn: Sequence[PlacedStatement]) -> Graph:
    """The taxonomies as the first folder has them, without what later ones say."""
    first = joined.first
    said = [
        item
        for item in joined.first_said
        if item.statement.relation in TAXONOMY
        # Data that needs a later folder may speak of what is declared there.
        and {item.statement.subject, item.statement.object} <= first.keys()
    ]
    kept, _ = join_statements(said, graph.ontology, Faults())
    merged = merge_statements(kept, drawn)
    return replace(
        graph,
        entities={id: item.entity for id, item in first.items()},
        statements=tuple(sorted((item.statement for item in merged), key=lambda s: s.id)),
    )


def _ordered(entity: Entity) -> Entity:
    """The entity with its history in the order of the dates, whichever files tell it."""
    return replace(entity, history=in_order(entity.history)) if entity.history else entity


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
