"""What several files say of one thing, made one: amendments of entities, statements said twice.

Within a folder files add to each other; a later folder may also change and take away what an
earlier one says. The result does not depend on the names of files nor on their order in a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ecograph.errors import Place
from ecograph.formats.faults import Faults
from ecograph.load.entities import PlacedEntity
from ecograph.load.statements import PlacedStatement
from ecograph.model.dates import span
from ecograph.model.graph import Entity, Event, Evidence
from ecograph.model.ontology import Ontology

STRENGTH = "strength"
"""The one qualifier of which two files may say different things: the strongest stands."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Entities by id and statements.

    `amending`: those of amendments, whose subject's kind nobody checked; `removals`: those that
    take away what no entity states. `first`: the entities of the first folder, of which a diagram
    speaks, and `first_said` what they state, file by file; `removed`: the ids of those that a later
    folder took away.
    """

    entities: dict[str, PlacedEntity] = field(default_factory=dict)
    statements: list[PlacedStatement] = field(default_factory=list)
    amending: list[PlacedStatement] = field(default_factory=list)
    removals: list[PlacedStatement] = field(default_factory=list)
    first: dict[str, PlacedEntity] = field(default_factory=dict)
    first_said: list[PlacedStatement] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)


def join_all(
    found: Sequence[PlacedEntity], ontology: Ontology, faults: Faults, *, whole: bool = True
) -> Joined:
    """What all files say together; `whole` is false if one could not be read."""
    joined = Joined()
    last = max((item.layer for item in found), default=0)
    for layer in range(last + 1):
        _join_layer([i for i in found if i.layer == layer], joined, ontology, faults, whole)
        if layer == 0:
            joined.first.update(joined.entities)
            joined.first_said.extend(joined.statements)
    own = [s for s in joined.statements if s.statement.subject in joined.entities]
    kept, joined.removals[:] = join_statements(own, ontology, faults)
    joined.statements[:] = kept
    return joined


def _join_layer(
    found: Iterable[PlacedEntity], joined: Joined, ontology: Ontology, faults: Faults, whole: bool
) -> None:
    entities = joined.entities
    added: dict[str, list[PlacedEntity]] = {}
    declared: list[PlacedEntity] = []
    for item in found:
        if item.removes:
            _remove(item, joined, faults, whole)
        elif item.declares:
            declared.append(item)
        else:
            added.setdefault(item.entity.id, []).append(item)
    for item in declared:
        first = entities.setdefault(item.entity.id, item)
        if first is not item:
            hint = f"it stands at {first.place} already"
            if first.layer < item.layer:
                hint += "; leave out 'kind' to amend it"
            faults.add("DUPLICATE_ID", f"the id {item.entity.id!r} stands twice", item.place, hint)
        joined.statements.extend(item.statements)
    former = {old: id for id, item in entities.items() for old in item.former}
    for id, amendments in added.items():
        if id in entities:
            entities[id] = _amend(entities[id], amendments, ontology, faults)
            for item in amendments:
                joined.statements.extend(item.statements)
                joined.amending.extend(item.statements)
        elif whole:
            for item in amendments:
                _refuse_unknown(item, former, entities, faults)


def _remove(item: PlacedEntity, joined: Joined, faults: Faults, whole: bool) -> None:
    id = item.entity.id
    if joined.entities.pop(id, None) is None:
        if whole:
            faults.add_unknown(
                "UNKNOWN_ID", "entity", id, joined.entities, item.place,
                otherwise="only what an earlier folder declares can be removed",
            )  # fmt: skip
        return
    joined.removed.add(id)
    for part in (joined.statements, joined.amending):
        part[:] = [s for s in part if id not in (s.statement.subject, s.statement.object)]


def _refuse_unknown(
    item: PlacedEntity,
    former: Mapping[str, str],
    entities: Mapping[str, PlacedEntity],
    faults: Faults,
) -> None:
    id = item.entity.id
    if id in former:
        faults.add("FORMER_ID", f"{id!r} is a former id", item.place, f"write {former[id]}")
    else:
        faults.add_unknown(
            "UNKNOWN_ID", "entity", id, entities, item.place, otherwise="a 'kind' declares it"
        )


def _amend(
    known: PlacedEntity, amendments: Sequence[PlacedEntity], ontology: Ontology, faults: Faults
) -> PlacedEntity:
    """An entity with all that the amendments of one folder add."""
    entity = known.entity
    names, former, ambiguous = dict(known.names), dict(known.former), dict(known.ambiguous)
    said: dict[str, Place] = {}
    for item in amendments:
        for into, more in (
            (names, item.names), (former, item.former), (ambiguous, item.ambiguous)
        ):  # fmt: skip
            for name, place in more.items():
                into.setdefault(name, place)
        _check_said(known, item, said, ontology, faults)
    told = [item.entity for item in amendments]
    label, description = dict(entity.label), dict(entity.description)
    attributes = dict(entity.attributes)
    for amendment in told:
        label |= amendment.label
        description |= amendment.description
        attributes |= amendment.attributes
    amended = replace(
        entity,
        label=label,
        description=description,
        aliases=_extend(entity.aliases, (name for more in told for name in more.aliases),
                        except_for=label.values()),
        former_ids=_extend(entity.former_ids, (old for more in told for old in more.former_ids)),
        ambiguous=_extend(entity.ambiguous, (name for more in told for name in more.ambiguous)),
        attributes={n: attributes[n] for n in ontology.attributes if n in attributes},
        history=_join_history(entity, told),
        evidence=join_evidence(entity.evidence, (e for more in told for e in more.evidence)),
    )  # fmt: skip
    return replace(known, entity=amended, names=names, former=former, ambiguous=ambiguous)


def _check_said(
    known: PlacedEntity,
    item: PlacedEntity,
    said: dict[str, Place],
    ontology: Ontology,
    faults: Faults,
) -> None:
    """Texts and attributes stand where the entity is declared, or in a later folder, once."""
    for name, place in item.said.items():
        if said.setdefault(name, place) is not place:
            faults.add("SAID_TWICE", f"{name!r} of {item.entity.id} is set twice", place,
                       f"it is set at {said[name]} already")  # fmt: skip
        if item.layer == known.layer:
            faults.add(
                "SAID_ELSEWHERE", f"{name!r} of {item.entity.id} belongs where it is declared",
                place, f"write it at {known.place}",
            )  # fmt: skip
        elif name in ontology.attributes:
            kinds = ontology.attributes[name].kinds
            if kinds is not None and known.entity.kind not in kinds:
                faults.add(
                    "WRONG_ATTRIBUTE",
                    f"{item.entity.id}, of kind {known.entity.kind}, has no attribute {name!r}",
                    place, f"only these have it: {', '.join(kinds)}",
                )  # fmt: skip


def _extend(
    own: tuple[str, ...], more: Iterable[str], except_for: Iterable[str] = ()
) -> tuple[str, ...]:
    """What there was in its order, then what is new, sorted."""
    return (*own, *sorted(set(more).difference(own, except_for)))


def join_evidence(own: tuple[Evidence, ...], more: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """What there was in its order, then what is new, sorted."""
    return (*own, *sorted(set(more).difference(own), key=_evidence_key))


def _evidence_key(evidence: Evidence) -> tuple[str, str, str]:
    return evidence.source, evidence.locator or "", evidence.read_on or ""


def _join_history(entity: Entity, told: Iterable[Entity]) -> tuple[Event, ...]:
    """The entity's own events, then new ones by date; one that is told twice gets the evidence."""
    history = list(entity.history)
    for event in sorted((e for more in told for e in more.history), key=_event_key):
        for index, known in enumerate(history):
            date = finer(known.date, event.date)
            if known.event == event.event and date and _agree(known.value, event.value):
                history[index] = replace(
                    known, date=date, value=known.value or event.value,
                    evidence=join_evidence(known.evidence, event.evidence),
                )  # fmt: skip
                break
        else:
            history.append(event)
    return tuple(history)


def _event_key(event: Event) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    return event.date, event.event, event.value or "", [*map(_evidence_key, event.evidence)]


def _agree(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def finer(a: str, b: str) -> str | None:
    """The more exact of two partial dates of which one lies within the other, or None."""
    if not a or not b:
        return None
    (a_from, a_to), (b_from, b_to) = span(a), span(b)
    if a_from <= b_from and b_to <= a_to:
        return b
    return a if b_from <= a_from and a_to <= b_to else None


def join_statements(
    items: Iterable[PlacedStatement], ontology: Ontology, faults: Faults
) -> tuple[list[PlacedStatement], list[PlacedStatement]]:
    """Each statement once, and the removals of what no entity states.

    What two files of one folder say must agree. What stands twice in one file stays there twice.
    """
    by_id: dict[str, list[PlacedStatement]] = {}
    for item in items:
        by_id.setdefault(item.statement.id, []).append(item)
    kept: list[PlacedStatement] = []
    removals: list[PlacedStatement] = []
    for group in by_id.values():
        if len(group) == 1 and not group[0].removes:
            kept.append(group[0])
        else:
            _join_group(group, kept, removals, ontology, faults)
    return kept, removals


def _join_group(
    group: Sequence[PlacedStatement],
    kept: list[PlacedStatement],
    removals: list[PlacedStatement],
    ontology: Ontology,
    faults: Faults,
) -> None:
    found: PlacedStatement | None = None
    again: list[PlacedStatement] = []
    files: dict[str, Place] = {}
    for item in sorted(group, key=lambda item: (item.layer, not item.removes, item.place)):
        if item.removes:
            if found is None:
                removals.append(item)
            found, again, files = None, [], {}
        elif found is None:
            found, files = item, {item.place.file: item.place}
        elif item.place.file in files:
            again.append(replace(item, said_at=files[item.place.file]))
        else:
            files[item.place.file] = item.place
            found = _join_two(found, item, ontology, faults)
    if found is not None:
        kept += [found, *again]


def _join_two(
    first: PlacedStatement, item: PlacedStatement, ontology: Ontology, faults: Faults
) -> PlacedStatement:
    a, b = first.statement, item.statement
    old: dict[str, Any] = {"since": a.since, "until": a.until, **a.qualifiers}
    new: dict[str, Any] = {"since": b.since, "until": b.until, **b.qualifiers}
    if item.layer > first.layer:
        said = {**old, **{name: value for name, value in new.items() if value is not None}}
    else:
        said = {
            name: _pick(name, old.get(name), new.get(name), first, item, ontology, faults)
            for name in {**old, **new}
        }
    order = ontology.relations[a.relation].qualifiers
    statement = replace(
        a, since=said["since"], until=said["until"],
        qualifiers={name: said[name] for name in order if name in said},
        evidence=join_evidence((), (*a.evidence, *b.evidence)),
    )  # fmt: skip
    return replace(first, statement=statement, layer=item.layer)


def _pick(
    name: str,
    old: Any,
    new: Any,
    first: PlacedStatement,
    item: PlacedStatement,
    ontology: Ontology,
    faults: Faults,
) -> Any:
    """What stands of two values."""
    if old is None or new is None or old == new:
        return new if old is None else old
    if name in ("since", "until") and (date := finer(old, new)):
        return date
    if name == STRENGTH:
        ranks = list(ontology.enumerations[ontology.qualifiers[name].type])
        return max(old, new, key=ranks.index)
    faults.add(
        "CONFLICTING_STATEMENT",
        f"{name!r} of {item.statement.id} is {new!r} here and {old!r} at {first.place}",
        item.place, "let both say the same, or leave it out here",
    )  # fmt: skip
    return old
