"""Two graphs compared by meaning: what the new one has more, has not any more, and says otherwise.

Ids are compared as they are in force: what was renamed is told as that, and what it states under
its former id is not told again. The order of files, entries and fields means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ecograph.curate.said import (
    Days,
    Values,
    count_events,
    flatten,
    show_event,
    tell_dataset,
    tell_entity,
    tell_event,
    tell_source,
    tell_statement,
)
from ecograph.model.graph import Entity, Graph, Statement
from ecograph.model.ontology import Ontology

Told = dict[str, tuple["Thing", Values]]
SECTION = "section"
ORDER = "order of "


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a field; None is where it is not said."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Thing:
    """What is added, removed or changed; `former` is the id that it had before, if another.

    `sort` is an entity's kind, a statement's relation or a section of the ontology. `merged`: the
    thing of the former id is now one with another that there was before.
    """

    id: str
    sort: str
    name: str
    changes: tuple[Change, ...] = ()
    former: str = ""
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The things of one sort, each part sorted by id."""

    added: tuple[Thing, ...] = ()
    removed: tuple[Thing, ...] = ()
    renamed: tuple[Thing, ...] = ()
    changed: tuple[Thing, ...] = ()

    def parts(self) -> Iterator[tuple[str, tuple[Thing, ...]]]:
        """What happened -> the things to which it did."""
        yield "added", self.added
        yield "removed", self.removed
        yield "renamed", self.renamed
        yield "changed", self.changed

    def __bool__(self) -> bool:
        return any(things for _, things in self.parts())


@dataclass(frozen=True, slots=True)
class Difference:
    """How two dataset versions differ; `about` is what is told of the dataset as a whole."""

    old: str
    new: str
    about: tuple[Change, ...] = ()
    ontology: Section = field(default_factory=Section)
    sources: Section = field(default_factory=Section)
    entities: Section = field(default_factory=Section)
    statements: Section = field(default_factory=Section)

    def sections(self) -> Iterator[tuple[str, Section]]:
        """Name -> section, what people ask for first at the beginning."""
        yield "entities", self.entities
        yield "statements", self.statements
        yield "sources", self.sources
        yield "ontology", self.ontology

    def __bool__(self) -> bool:
        return bool(self.about) or any(section for _, section in self.sections())


def compare_graphs(old: Graph, new: Graph) -> Difference:
    """How the new graph differs from the old one."""
    moved = {
        id: new.former_ids[id]
        for id in old.entities
        if id not in new.entities and id in new.former_ids
    }
    before, after = Days(old), Days(new)
    return Difference(
        old.version,
        new.version,
        tuple(_compare_values(tell_dataset(old), tell_dataset(new))),
        _compare(dict(_parts_of(old.ontology)), dict(_parts_of(new.ontology))),
        _compare(_sources_of(old), _sources_of(new)),
        _compare_entities(old, new, moved, before, after),
        _compare(_statements_of(old, moved, before), _statements_of(new, {}, after)),
    )


def _compare(old: Told, new: Told) -> Section:
    changed = []
    for id in sorted(old.keys() & new.keys()):
        thing, values = new[id]
        changes = tuple(_compare_values(old[id][1], values))
        if thing.sort == SECTION:
            # Its parts are told by themselves.
            changes = tuple(c for c in changes if c.field.startswith(ORDER))
        if changes:
            changed.append(replace(thing, changes=changes))
    return Section(
        tuple(new[id][0] for id in sorted(new.keys() - old.keys())),
        tuple(old[id][0] for id in sorted(old.keys() - new.keys())),
        changed=tuple(changed),
    )


def _compare_values(old: Values, new: Values) -> Iterator[Change]:
    """The changes, field by field; of a list also that only its order is another."""
    if [*old.items()] == [*new.items()]:
        return
    for name in dict.fromkeys(name for name, _ in (*old, *new)):
        before, after = ({key: value for key, value in side.items() if key[0] == name}
                         for side in (old, new))  # fmt: skip
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key):
                yield Change(name, before.get(key), after.get(key))
        if before == after and [*before] != [*after]:
            yield Change(f"{ORDER}{name}", "; ".join(before.values()), "; ".join(after.values()))


def _compare_entities(
    old: Graph, new: Graph, moved: Mapping[str, str], before: Days, after: Days
) -> Section:
    pairs = {id: id for id in old.entities.keys() & new.entities.keys()}
    renamed: list[Thing] = []
    for was, now in sorted(moved.items()):
        merged = now in old.entities or now in pairs.values()
        changes: tuple[Change, ...] = ()
        if not merged:
            pairs[was] = now
            found = _compare_entity(old.entities[was], new.entities[now], before, after)
            changes = tuple(c for c in found if (c.field, c.new) != ("formerIds", was))
        renamed.append(
            replace(_name_entity(new.entities[now]), former=was, merged=merged, changes=changes)
        )
    gone = sorted(old.entities.keys() - pairs.keys() - moved.keys())
    fresh = sorted(new.entities.keys() - set(pairs.values()))
    changed: list[Thing] = []
    for id in sorted(id for id in pairs if id not in moved):
        if old.entities[id] != new.entities[id] and (
            changes := tuple(_compare_entity(old.entities[id], new.entities[id], before, after))
        ):
            changed.append(replace(_name_entity(new.entities[id]), changes=changes))
    return Section(
        tuple(_name_entity(new.entities[id]) for id in fresh),
        tuple(_name_entity(old.entities[id]) for id in gone),
        tuple(renamed),
        tuple(changed),
    )


def _name_entity(entity: Entity) -> Thing:
    return Thing(entity.id, entity.kind, entity.name)


def _compare_entity(old: Entity, new: Entity, before: Days, after: Days) -> Iterator[Change]:
    yield from _compare_values(tell_entity(old, before), tell_entity(new, after))
    events, later = count_events(old.history), count_events(new.history)
    for key in dict.fromkeys((*events, *later)):
        one, other = events.get(key), later.get(key)
        if one is not None and other is not None:
            said = tell_event(one, key, before), tell_event(other, key, after)
            yield from _compare_values(*said)
        else:
            yield Change("history", show_event(one), show_event(other))
    if events.keys() == later.keys() and [*events] != [*later]:
        yield Change(f"{ORDER}history", "; ".join(events), "; ".join(later))


def _statements_of(graph: Graph, moved: Mapping[str, str], days: Days) -> Told:
    """The statements by their ids as they are now; two that a merge makes one are one."""
    by_id: dict[str, Statement] = {}
    for one in graph.statements:
        s = one
        if moved and (s.subject in moved or s.object in moved):
            s = replace(s, subject=moved.get(s.subject, s.subject),
                        object=moved.get(s.object, s.object))  # fmt: skip
        known = by_id.get(s.id)
        if known is not None:
            s = replace(known, evidence=tuple(dict.fromkeys((*known.evidence, *s.evidence))))
        by_id[s.id] = s
    return {
        id: (Thing(id, s.relation, _name_statement(s)), tell_statement(s, days))
        for id, s in by_id.items()
    }


def _name_statement(s: Statement) -> str:
    name = f"{s.subject} {'does not: ' if s.negated else ''}{s.relation} {s.object}"
    return f"{name} ({s.key})" if s.key else name


def _sources_of(graph: Graph) -> Told:
    return {id: (Thing(id, "Source", s.title), tell_source(s)) for id, s in graph.sources.items()}


def _parts_of(ontology: Ontology) -> Iterator[tuple[str, tuple[Thing, Values]]]:
    """Each kind, attribute, relation and so on of an ontology, and the order of each section."""
    for section, parts in ontology.model_dump(mode="json", exclude_none=True).items():
        order = {(section, name): name for name in parts}
        yield section, (Thing(section, SECTION, section), order)
        for name, part in parts.items():
            id = f"{section}.{name}"
            yield id, (Thing(id, section, name), dict(flatten(part)))
