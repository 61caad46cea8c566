"""docs/data.md: what a dataset covers, against which lists, and what it does not; from the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecograph.curate.strict import CONFORMANCE, find_core
from ecograph.formats.csv import SEPARATOR, Table, parse_csv
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Scalar
from ecograph.load.collector import pause_collector
from ecograph.load.dataset import load_placed
from ecograph.load.files import read_folders
from ecograph.model.graph import Graph, Statement
from ecograph.model.ontology import LANGUAGES

MOST_NAMED = 40
"""Ids that one paragraph names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A CSV list: its rows, how many of them declare an entity, the sources that it names."""

    name: str
    told: str
    rows: int
    declared: int
    sources: tuple[str, ...]

    @classmethod
    def of(cls, name: str, table: Table) -> ListFile:
        """What is to be said of a table."""
        cells = {
            column: [value.text] * len(table.rows)
            for column, field in table.constants.items()
            if isinstance(value := field.value, Scalar)
        }
        for number, column in enumerate(table.header):
            cells[column.text] = [row[number].text for row in table.rows]
        sources = {
            source.partition("#")[0]
            for cell in cells.get("evidence", ())
            for source in cell.split(SEPARATOR)
        }
        told = " ".join(line.lstrip("# ") for line in table.comments)
        declared = sum(1 for kind in cells.get("kind", ()) if kind)
        return cls(name, told, len(table.rows), declared, tuple(sorted(sources - {""})))


def report_coverage(folders: Sequence[Path]) -> str:
    """The report on data folders, in Markdown. Raises: DataErrors."""
    faults = Faults()
    files = read_folders(folders, faults)
    with pause_collector():
        graph, _ = load_placed(files, faults)
    tables = (
        (file.name, table)
        for file in files
        if file.folder == "lists" and (table := parse_csv(file.text, file.shown, Faults()))
    )
    return write_coverage(graph, [ListFile.of(name, table) for name, table in tables])


def write_coverage(graph: Graph, lists: Sequence[ListFile]) -> str:
    """The report on a graph and the lists among its files."""
    parts = [
        "# What the data covers",
        f"Made from the data by `ecograph coverage > docs/data.md`. As of {graph.as_of}: "
        f"{len(graph.entities):,} entities, {len(graph.statements):,} statements, "
        f"{len(graph.sources):,} sources.",
        "## Kinds",
        _table(("Kind", "Entities", "Described"), _kinds(graph)),
        "## Relations",
        _table(("Relation", "Statements", "Denied", "With a date", "Subjects"), _relations(graph)),
        "## Specifications and who implements them",
        "Implementers by the strongest word for each, and the sources that name most of them.",
        _table(
            ("Specification", "Implementers", "Certified", "Listed", "Self-declared", "Sources"),
            _specifications(graph),
        ),
        "## Lists",
        "Each list in `data/lists/`: its rows, how many of them declare an entity of their own, "
        "and the documents that it was read from.",
        _table(("List", "Rows", "Entities", "What it is", "Read from"), _lists(graph, lists)),
        "## What is not covered",
        *_gaps(graph),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [
        "| " + " | ".join(head) + " |",
        "|---|" + "|".join("---" for _ in head[1:]) + "|",
    ]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}" if value else "–"
    return str(value).replace("|", "\\|")


def _kinds(graph: Graph) -> Iterator[tuple[object, ...]]:
    for name, kind in graph.ontology.kinds.items():
        found = [e for e in graph.entities.values() if e.kind == name]
        described = sum(1 for e in found if all(e.description.get(lang) for lang in LANGUAGES))
        yield f"{kind.label.en} ({kind.label.zh})", len(found), described


def _relations(graph: Graph) -> Iterator[tuple[object, ...]]:
    for name in graph.ontology.relations:
        found = [s for s in graph.statements if s.relation == name]
        yield (
            f"`{name}`", len(found), sum(s.negated for s in found),
            sum(1 for s in found if s.since or s.until), len({s.subject for s in found}),
        )  # fmt: skip


def _conformance(graph: Graph) -> Mapping[str, list[Statement]]:
    """Specification -> who is said to implement it or to be certified for it."""
    found: dict[str, list[Statement]] = {}
    for s in graph.statements:
        if s.relation in CONFORMANCE and not s.negated:
            found.setdefault(s.object, []).append(s)
    return found


def _specifications(graph: Graph) -> Iterator[tuple[object, ...]]:
    strengths = list(graph.ontology.enumerations["Strength"])
    rows = []
    for id, said in _conformance(graph).items():
        best: dict[str, str] = {}
        for s in said:
            strength = s.qualifiers.get("strength", strengths[0])
            best[s.subject] = max(best.get(s.subject, strengths[0]), strength, key=strengths.index)
        counts = Counter(best.values())
        cited = Counter(e.source for s in said for e in {e.source: e for e in s.evidence}.values())
        links = [_link(graph, source) for source, _ in sorted(
            cited.most_common(), key=lambda item: (-item[1], item[0]))[:2]]  # fmt: skip
        rows.append((
            -len(best), graph.entities[id].name, len(best),
            *(counts.get(name, 0) for name in ("CERTIFIED", "LISTED", "SELF_DECLARED")),
            ", ".join(links),
        ))  # fmt: skip
    yield from (row[1:] for row in sorted(rows))


def _link(graph: Graph, source: str) -> str:
    found = graph.sources.get(source)
    return f"[{found.title}]({found.url})" if found else source


def _lists(graph: Graph, lists: Iterable[ListFile]) -> Iterator[tuple[object, ...]]:
    for one in sorted(lists, key=lambda one: one.name):
        shown = [_link(graph, source) for source in one.sources[:2]]
        if len(one.sources) > len(shown):
            shown.append(f"{len(one.sources) - len(shown)} more")
        yield one.name.removesuffix(".csv"), one.rows, one.declared, one.told, ", ".join(shown)


def _gaps(graph: Graph) -> Iterator[str]:
    implemented = _conformance(graph)
    bare = [e.id for e in graph.entities.values()
            if e.kind == "Specification" and e.id not in implemented]  # fmt: skip
    yield _name("Specifications without a known implementer", bare)
    core = find_core(graph)
    for language, word in (("en", "English"), ("zh", "Chinese")):
        lacking = [id for id in sorted(core) if not graph.entities[id].description.get(language)]
        yield _name(f"Entities of the core without a description in {word}", lacking)
    undated = [e.id for e in graph.entities.values() if e.kind == "Tool" and not e.history]
    yield f"Tools of which no event is known: {len(undated):,}."
    unlicensed = [
        e.id
        for e in graph.entities.values()
        if e.kind == "Tool" and "license" not in e.attributes
        and not any(event.event == "relicensed" for event in e.history)
    ]  # fmt: skip
    yield f"Tools whose licence is unknown: {len(unlicensed):,}."
    alone = set(graph.entities)
    for s in graph.statements:
        alone -= {s.subject, s.object}
    yield _name("Entities of which nothing is stated", sorted(alone))


def _name(what: str, ids: Sequence[str]) -> str:
    if not ids:
        return f"{what}: none."
    shown = ", ".join(f"`{id}`" for id in ids[:MOST_NAMED])
    more = f" and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else ""
    return f"{what}: {len(ids):,} ({shown}{more})."
