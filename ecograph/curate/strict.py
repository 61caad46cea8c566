"""What the core of a dataset lacks: labels and descriptions in both languages, sources, days.

The core: the seed, every specification, whatever implements one, and every project with a maturity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ecograph.errors import DataError, DataErrors, Place
from ecograph.formats.faults import Faults
from ecograph.load.collector import pause_collector
from ecograph.load.dataset import load_placed
from ecograph.load.entities import PlacedEntity
from ecograph.load.files import read_folders
from ecograph.model.graph import Entity, Evidence, Graph
from ecograph.model.keys import has_han
from ecograph.model.ontology import LANGUAGES
from ecograph.service import DEFAULT_SCHEME

CONFORMANCE = ("implements", "certifiedFor", "partlyConformsTo")
WORDS = {"en": "English", "zh": "Chinese"}


def check_strictly(folders: Sequence[Path]) -> Graph:
    """The graph of data folders. Raises: DataErrors, also with what the core lacks."""
    faults = Faults()
    with pause_collector():
        graph, placed = load_placed(read_folders(folders, faults), faults)
    lacking = list(find_lacking(graph, placed))
    if lacking:
        raise DataErrors(lacking)
    return graph


def find_core(graph: Graph) -> set[str]:
    """The ids of the core."""
    maturity = {n for n, e in graph.ontology.events.items() if "maturity" in e.sets}
    core = {
        e.id
        for e in graph.entities.values()
        if e.kind == "Specification"
        or e.attributes.get("scheme") == DEFAULT_SCHEME
        or any(event.event in maturity for event in e.history)
    }
    seed = {id for id, e in graph.entities.items() if e.attributes.get("scheme") == DEFAULT_SCHEME}
    for s in graph.statements:
        if s.negated:
            continue
        if (s.relation in CONFORMANCE and s.object in core) or (
            s.relation == "classifiedIn" and s.object in seed
        ):
            core.add(s.subject)
    # The members of the seed's composite leaves are its entities too.
    groups = {id for id in core if graph.entities[id].kind == "Group"}
    core |= {s.subject for s in graph.statements if s.relation == "partOf" and s.object in groups}
    return core


def find_lacking(graph: Graph, placed: Mapping[str, PlacedEntity]) -> Iterator[DataError]:
    """What each entity of the core lacks, at the place where it is declared."""
    for id in sorted(find_core(graph)):
        place = placed[id].place
        yield from _lacking_texts(graph.entities[id], place)
        yield from _lacking_days(id, graph.entities[id].evidence, graph, place)
    core = find_core(graph)
    told: set[str] = set()
    for s in graph.statements:
        if s.subject in core and s.relation in CONFORMANCE:
            for error in _lacking_days(s.id, s.evidence, graph, placed[s.subject].place):
                if error.message not in told:
                    told.add(error.message)
                    yield error


def _lacking_texts(entity: Entity, place: Place) -> Iterator[DataError]:
    for language in LANGUAGES:
        if not entity.label.get(language):
            yield DataError("LACKS_LABEL", f"{entity.id} has no label in {WORDS[language]}", place)
        text = entity.description.get(language, "")
        if not text:
            yield DataError(
                "LACKS_DESCRIPTION", f"{entity.id} has no description in {WORDS[language]}", place,
                "say in one or two sentences what its source says",
            )  # fmt: skip
        elif language == "zh" and not has_han(text):
            yield DataError(
                "LACKS_DESCRIPTION", f"the Chinese description of {entity.id} is not in Chinese",
                place,
            )  # fmt: skip


def _lacking_days(
    what: str, evidence: Iterable[Evidence], graph: Graph, place: Place
) -> Iterator[DataError]:
    for item in evidence:
        if item.read_on is None:
            yield DataError(
                "LACKS_DAY", f"nobody said when {item.source}, evidence of {what}, was read", place,
                "write 'read' at the source",
            )  # fmt: skip


def report_size(graph: Graph) -> str:
    """How many entities the core has."""
    return f"the core of {len(find_core(graph))} entities lacks nothing"
