"""The graph as arrays, immutable: entities and statements are numbers in the order of their ids."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from ecograph.model.dates import span
from ecograph.model.days import began, period
from ecograph.model.graph import Entity, Graph, Source, Statement
from ecograph.model.keys import fold

Link = tuple[int, int]
"""(the node at the other end, the statement)"""


class Snapshot:
    """Arrays over a graph. Entity `i` is `entities[i]`, statement `s` is `statements[s]`."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.ontology = graph.ontology
        self.entities: list[Entity] = [graph.entities[i] for i in sorted(graph.entities)]
        self.ids = [e.id for e in self.entities]
        self.index = {id_: i for i, id_ in enumerate(self.ids)}
        self.kinds = [e.kind for e in self.entities]
        self.statements: list[Statement] = sorted(graph.statements, key=lambda s: s.id)
        self.statement_ids = [s.id for s in self.statements]
        self.statement_index = {id_: s for s, id_ in enumerate(self.statement_ids)}
        self.subject = [self.index[s.subject] for s in self.statements]
        self.object = [self.index[s.object] for s in self.statements]
        self.sources: list[Source] = [graph.sources[i] for i in sorted(graph.sources)]
        self.source_index = {s.id: i for i, s in enumerate(self.sources)}
        self.as_of = span(graph.as_of)[0]
        self.begins = [began(e, self.ontology) for e in self.entities]
        begins, known = self.begins, dict[tuple[int, int], tuple[int, int]]()
        periods = (
            period(said, begins[self.subject[s]], begins[self.object[s]])
            for s, said in enumerate(self.statements)
        )
        # Few of them differ.
        self.period = [known.setdefault(days, days) for days in periods]
        self.names = sorted(fold(e.name) for e in self.entities)
        self.name_rank = [bisect_left(self.names, fold(e.name)) for e in self.entities]
        self._links: dict[tuple[str, bool], dict[int, list[Link]]] = {}

    def links(self, relation: str, forward: bool) -> dict[int, list[Link]]:
        """Entity -> its links along a relation, or against it, by node, then statement."""
        found = self._links.get((relation, forward))
        if found is None:
            found = {}
            near, far = (self.subject, self.object) if forward else (self.object, self.subject)
            for s in self._by_relation.get(relation, ()):
                found.setdefault(near[s], []).append((far[s], s))
            for links in found.values():
                links.sort()
            self._links[relation, forward] = found
        return found

    @cached_property
    def _by_relation(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for s, statement in enumerate(self.statements):
            found.setdefault(statement.relation, []).append(s)
        return found

    @cached_property
    def touching(self) -> list[list[int]]:
        """Entity -> the statements at it, whatever they say, in order, a self-loop once."""
        found: list[list[int]] = [[] for _ in self.entities]
        for s in range(len(self.statements)):
            found[self.subject[s]].append(s)
            if self.object[s] != self.subject[s]:
                found[self.object[s]].append(s)
        return found

    @cached_property
    def counterparts(self) -> dict[int, list[int]]:
        """Statement -> those of the same triple that say the opposite."""
        denied = [s for s, statement in enumerate(self.statements) if statement.negated]
        # Few are denied, so that few need to be looked for.
        subjects = {self.subject[s] for s in denied}
        triples: dict[tuple[int, str, int], tuple[list[int], list[int]]] = {}
        for s, statement in enumerate(self.statements):
            if self.subject[s] in subjects:
                triple = self.subject[s], statement.relation, self.object[s]
                triples.setdefault(triple, ([], []))[statement.negated].append(s)
        found: dict[int, list[int]] = {}
        for positive, negative in triples.values():
            if positive and negative:
                found.update(dict.fromkeys(positive, negative))
                found.update(dict.fromkeys(negative, positive))
        return found

    @cached_property
    def source_counts(self) -> list[int]:
        """Source -> how many statements cite it."""
        counts = [0] * len(self.sources)
        for statement in self.statements:
            for id_ in {e.source for e in statement.evidence}:
                counts[self.source_index[id_]] += 1
        return counts

    def id_rank(self, id_: str) -> float:
        """The place of an id among the entities; between two of them if it is not there."""
        found = self.index.get(id_)
        return bisect_left(self.ids, id_) - 0.5 if found is None else found

    def rank_of_name(self, name: str) -> float:
        """The place of a name in the order NAME, one for equal ones; between two if not there."""
        folded = fold(name)
        place = bisect_left(self.names, folded)
        return place if self.names[place : place + 1] == [folded] else place - 0.5

    def statement_rank(self, id_: str) -> float:
        """The place of a statement's id; between two if it is not there."""
        found = self.statement_index.get(id_)
        return bisect_left(self.statement_ids, id_) - 0.5 if found is None else found

    @property
    def version(self) -> str:
        """The dataset version."""
        return self.graph.version

    def source_rank(self, id_: str) -> float:
        """The place of a source's id; between two if it is not there."""
        found = self.source_index.get(id_)
        return sum(s.id < id_ for s in self.sources) - 0.5 if found is None else found
