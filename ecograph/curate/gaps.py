"""What a dataset lacks: missing, stale, uncited, one-sided; each with what would mend it.

What every dataset must have, as a label in each language and evidence, is a fault where it is
missing, and told by check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ecograph.curate.mends import DAY, EVIDENCE, Mend, Mender
from ecograph.curate.strict import CONFORMANCE
from ecograph.formats.faults import Faults
from ecograph.load.collector import pause_collector
from ecograph.load.dataset import load_joined
from ecograph.load.files import read_folders
from ecograph.model.graph import Entity, Evidence, Graph, Statement
from ecograph.model.ontology import LANGUAGES

ALIVE = ("Tool", "Service", "Specification")
"""Kinds of which a status is to be known."""
LICENSED = ("Tool", "Specification")
SIGN_OF_LIFE = "seenActive"
CERTIFIED = "CERTIFIED"
"""The strength that needs no word of the subject itself."""
SENTENCES = {"en": "<one or two sentences>", "zh": "<一两句话>"}


class Gap(StrEnum):
    """What there may be a lack of; docs/extending.md says what each means."""

    DESCRIPTION = "description"
    LICENSE = "license"
    STATUS = "status"
    SINCE = "since"
    READ = "read"
    SOURCE_LICENSE = "source-license"
    STALE = "stale"
    UNCITED = "uncited"
    OWN_DOCUMENT = "own-document"
    IMPLEMENTER = "implementer"
    ALONE = "alone"
    CATEGORY = "category"
    STEWARD = "steward"


GROUPS: Mapping[str, tuple[Gap, ...]] = {
    "missing": (
        Gap.DESCRIPTION, Gap.LICENSE, Gap.STATUS, Gap.SINCE, Gap.READ,
        Gap.SOURCE_LICENSE,
    ),
    "stale": (Gap.STALE,),
    "uncited": (Gap.UNCITED,),
    "one-sided": (Gap.OWN_DOCUMENT, Gap.IMPLEMENTER, Gap.ALONE, Gap.CATEGORY, Gap.STEWARD),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One gap: of an entity, a statement or a source, whose `kind` is the entity's or Source.

    `entity`: the entity of which it is, empty for a source. `named`: how many statements name the
    entity, or facts cite the source.
    """

    gap: Gap
    id: str
    kind: str
    entity: str
    message: str
    named: int
    mend: Mend


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a dataset, with the graph, and the file in which each entity is declared."""

    found: tuple[Found, ...]
    graph: Graph
    files: Mapping[str, str]


def find_gaps(folders: Sequence[Path], today: date, days: int) -> Gaps:
    """All gaps of data folders; a source is stale once nobody read it for so many days.

    Raises: DataErrors if the data has faults, as these come first.
    """
    faults = Faults()
    with pause_collector():
        files = read_folders(folders, faults)
        graph, joined = load_joined(files, faults)
        finder = _Finder(graph, Mender(folders, files, joined), today, days)
        found = tuple(finder.find())
    homes = {id: Path(item.place.file).stem for id, item in joined.entities.items()}
    return Gaps(found, graph, homes)


class _Finder:
    """Goes through a graph, once for each sort of gap."""

    def __init__(self, graph: Graph, mender: Mender, today: date, days: int) -> None:
        self._graph = graph
        self._mender = mender
        self._today = today
        self._days = days
        self._named = Counter(id for s in graph.statements for id in {s.subject, s.object})
        self._citing: dict[str, Counter[str]] = {}
        for id, evidence in _facts_of(graph):
            for item in evidence:
                self._citing.setdefault(item.source, Counter())[id] += 1

    def find(self) -> Iterator[Found]:
        """The gaps, sort by sort, each sort by id."""
        for entity in self._graph.entities.values():
            yield from self._find_texts(entity)
            yield from self._find_facts(entity)
            yield from self._find_sides(entity)
        for s in self._graph.statements:
            yield from self._find_of_statement(s)
        for id in self._graph.sources:
            yield from self._find_of_source(id)

    def _found(self, gap: Gap, entity: Entity, message: str, mend: Mend, id: str = "") -> Found:
        number = self._named[entity.id]
        return Found(gap, id or entity.id, entity.kind, entity.id, message, number, mend)

    def _find_texts(self, e: Entity) -> Iterator[Found]:
        # Whoever says a text says it in every language, or check tells of it; labels must be there.
        if not e.description:
            said = {f"description.{language}": SENTENCES[language] for language in LANGUAGES}
            mend = self._mender.say(e.id, said)
            yield self._found(Gap.DESCRIPTION, e, f"{e.id} has no description", mend)

    def _find_facts(self, e: Entity) -> Iterator[Found]:
        set_by_events = {
            name for event in e.history for name in self._graph.ontology.events[event.event].sets
        }
        if e.kind in LICENSED and "license" not in set_by_events | e.attributes.keys():
            mend = self._mender.say(e.id, {"license": "<SPDX identifier>"})
            yield self._found(Gap.LICENSE, e, f"the licence of {e.id} is unknown", mend)
        telling = [name for name, event in self._graph.ontology.events.items()
                   if "status" in event.sets]  # fmt: skip
        if e.kind in ALIVE and telling and "status" not in set_by_events:
            event = SIGN_OF_LIFE if SIGN_OF_LIFE in telling else telling[0]
            line = f"  - {{event: {event}, date: {DAY}, evidence: {EVIDENCE}}}"
            mend = self._mender.add(e.id, ["history:", line])
            yield self._found(Gap.STATUS, e, f"no dated event tells the status of {e.id}", mend)

    def _find_sides(self, e: Entity) -> Iterator[Found]:
        relations = self._graph.ontology.relations
        if not self._named[e.id]:
            told = f"nothing is stated of {e.id}"
            if e.kind == "Organization":
                mend = self._mender.link("<tool>", "stewardedBy", e.id)
            else:
                relation = "broader" if e.kind == "Category" else "classifiedIn"
                mend = self._mender.add(e.id, _statement(relation, "<category>"))
            yield self._found(Gap.ALONE, e, told, mend)
            return
        said = self._said.get(e.id, set())
        if e.kind == "Tool" and "classifiedIn" not in said:
            mend = self._mender.add(e.id, _statement("classifiedIn", "<category>"))
            yield self._found(Gap.CATEGORY, e, f"{e.id} is in no category", mend)
        stewarding = [
            name for name, r in relations.items()
            if r.range == ("Organization",) and e.kind in r.domain
        ]  # fmt: skip
        if e.kind in LICENSED and stewarding and not said.intersection(stewarding):
            relation = "stewardedBy" if "stewardedBy" in stewarding else stewarding[0]
            mend = self._mender.add(e.id, _statement(relation, "<organization>"))
            yield self._found(Gap.STEWARD, e, f"no organization is known that stands behind {e.id}",
                              mend)  # fmt: skip
        if e.kind == "Specification" and e.id not in self._implemented:
            mend = self._mender.link("<tool>", "implements", e.id)
            yield self._found(Gap.IMPLEMENTER, e, f"nothing is known to implement {e.id}", mend)

    def _find_of_statement(self, s: Statement) -> Iterator[Found]:
        subject = self._graph.entities[s.subject]
        if s.relation not in CONFORMANCE or s.negated:
            return
        if not s.since and not s.until:
            mend = self._mender.state(s, f"since: {DAY}")
            told = f"nobody says since when {s.subject} {s.relation} {s.object}"
            yield self._found(Gap.SINCE, subject, told, mend, s.id)
        if s.qualifiers.get("strength") != CERTIFIED and not any(
            self._is_own(source, subject) for source in self._cited.get(subject.id, ())
        ):
            mend = self._mender.state(s, evidence='["<own document>#<place>"]')
            told = f"only lists of others say that {s.subject} {s.relation} {s.object}"
            yield self._found(Gap.OWN_DOCUMENT, subject, told, mend, s.id)

    def _find_of_source(self, id: str) -> Iterator[Found]:
        source = self._graph.sources[id]
        number = self._citing.get(id, Counter()).total()

        def found(gap: Gap, message: str, told: str) -> Found:
            mend = self._mender.source(id, told)
            return Found(gap, id, "Source", "", message, number, mend)

        if source.read_on is None:
            yield found(Gap.READ, f"nobody said when {id} was read", f"read: {DAY}")
        elif (age := (self._today - date.fromisoformat(source.read_on)).days) > self._days:
            yield found(Gap.STALE, f"{id} was read {age} days ago", f"read: {DAY}")
        if source.license is None:
            yield found(
                Gap.SOURCE_LICENSE, f"the licence of {id} is unknown", "license: <SPDX identifier>"
            )
        if not number:
            mend = self._mender.cite(id)
            told = f"nothing cites {id}; cite it, or take it out of {self._mender.place_of(id)}"
            yield Found(Gap.UNCITED, id, "Source", "", told, 0, mend)

    @cached_property
    def _said(self) -> Mapping[str, set[str]]:
        said: dict[str, set[str]] = {}
        for s in self._graph.statements:
            said.setdefault(s.subject, set()).add(s.relation)
        return said

    @cached_property
    def _implemented(self) -> set[str]:
        return {s.object for s in self._graph.statements
                if s.relation in CONFORMANCE and not s.negated}  # fmt: skip

    @cached_property
    def _cited(self) -> Mapping[str, set[str]]:
        cited: dict[str, set[str]] = {}
        for source, ids in self._citing.items():
            for id in ids:
                cited.setdefault(id, set()).add(source)
        return cited

    def _is_own(self, source: str, entity: Entity) -> bool:
        """Whether a source is a document of an entity: only it cites that, or it is at its home."""
        if len(self._citing[source]) == 1:
            return True
        address = self._graph.sources[source].url.casefold().rstrip("/")
        homes = (entity.attributes.get(name) for name in ("homepage", "repository"))
        return any(address.startswith(str(home).casefold().rstrip("/")) for home in homes if home)


def _facts_of(graph: Graph) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """The evidence of every fact, with the entity of which it is a fact."""
    for entity in graph.entities.values():
        yield entity.id, entity.evidence
        for event in entity.history:
            yield entity.id, event.evidence
    for s in graph.statements:
        yield s.subject, s.evidence


def _statement(relation: str, object: str) -> list[str]:
    return [f"{relation}:", f"  - {{object: {object}, evidence: {EVIDENCE}}}"]
