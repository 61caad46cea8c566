"""One id in place of another, in every file: an entity renamed, or two of them merged.

The old id stays as a former one, so that it resolves for ever. Of two merged entities the one of
the new id keeps its texts and attributes; the other's entry stands on as an amendment of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecograph.curate.fmt import OrderOfEntities
from ecograph.curate.rename_list import rename_in_list
from ecograph.curate.writing import quote_text
from ecograph.errors import QueryError
from ecograph.formats.edit import (
    Edit,
    apply_edits,
    drop_part,
    insert_field,
    insert_item,
    replace_value,
)
from ecograph.formats.faults import Faults
from ecograph.formats.layout import Span, arrange, read_spans
from ecograph.load.collector import pause_collector
from ecograph.load.dataset import load_placed, read_placed
from ecograph.load.files import TextFile, read_folders
from ecograph.load.values import is_slug
from ecograph.model.graph import Entity, Graph, Statement
from ecograph.model.keys import did_you_mean, match_key
from ecograph.model.ontology import Ontology

TEXTS = ("kind", "label", "description")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done: `merged` is the entity of the new id, if there is one already."""

    ontology: Ontology
    old: Entity
    new: str
    merged: Entity | None

    def lost_names(self) -> list[str]:
        """Names of the old entity's label that the merged one has not, to become aliases."""
        if self.merged is None:
            return []
        known = {match_key(n) for n in (*self.merged.label.values(), *self.merged.aliases,
                                        *self.old.aliases)}  # fmt: skip
        names = dict.fromkeys(self.old.label.values())
        return [name for name in names if match_key(name) not in known]


@dataclass(frozen=True, slots=True)
class Renamed:
    """The new texts of the files that change, by their paths, and what was lost in a merge."""

    texts: dict[Path, str]
    notes: tuple[str, ...]


def rename(folders: Sequence[Path], old: str, new: str) -> Renamed:
    """Give an entity another id, or merge it into the one that has it; nothing is written.

    Raises: DataErrors if the data has faults after it; QueryError for ids of no use.
    """
    faults = Faults()
    files = read_folders(folders, faults)
    faults.raise_any()
    # Two entities that are one often share a name, which is a fault until they are merged.
    with pause_collector():
        ontology, joined = read_placed(files, Faults())
    entities = {id: item.entity for id, item in joined.entities.items()}
    change = plan_change(ontology, entities, old, new)
    changed: list[TextFile] = []
    for file in files:
        text = file.text
        if file.folder == "lists":
            text = rename_in_list(file.text, file.shown, change)
        elif file.folder in ("entities", "seed") and file.name.endswith(".yaml"):
            text = rename_in_yaml(file.text, change, by_id=file.folder == "entities")
        changed.append(replace(file, text=text))
    with pause_collector():
        graph, _ = load_placed(changed, Faults())
    texts = {
        Path(after.shown): after.text
        for before, after in zip(files, changed, strict=True)
        if before.text != after.text
    }
    before = [item.statement for item in joined.statements]
    lost = (*_find_lost(change), *_find_lost_statements(change, before, graph))
    return Renamed(texts, lost)


def plan_change(ontology: Ontology, entities: Mapping[str, Entity], old: str, new: str) -> Change:
    """The change of an id. Raises: QueryError."""
    former = {id: e.id for e in entities.values() for id in e.former_ids}
    if old not in entities:
        now = former.get(old)
        hint = f"it is a former id of {now}" if now else did_you_mean(old, entities)
        raise QueryError(f"no entity has the id {old!r}; {hint or 'ecograph search finds names'}")
    if not is_slug(new):
        raise QueryError(f"{new!r} is no id; use a-z, 0-9 and single hyphens between them")
    owner = former.get(new)
    if new == old or (owner and owner != old):
        told = "its id already" if new == old else f"a former id of {owner}"
        raise QueryError(f"{new!r} is {told}")
    merged = entities.get(new)
    if merged is not None and merged.kind != entities[old].kind:
        raise QueryError(
            f"{old}, of kind {entities[old].kind}, cannot be merged into {new}, of kind "
            f"{merged.kind}; make their kinds the same first"
        )
    return Change(ontology, entities[old], new, merged)


def _find_lost(change: Change) -> Iterator[str]:
    """What the merged entity says otherwise, so that the old one's words are gone."""
    if change.merged is None:
        return
    for language, text in change.old.description.items():
        if text != change.merged.description.get(language):
            yield f"description in {language}: {text}"
    for name, value in change.old.attributes.items():
        if change.merged.attributes.get(name) != value:
            yield f"{name}: {value}"


def _find_lost_statements(
    change: Change, before: Iterable[Statement], after: Graph
) -> Iterator[str]:
    """What statements of the two said, and the one of both does not say."""
    if change.merged is None:
        return
    kept = {statement.id: statement for statement in after.statements}
    ids = {change.old.id: change.new}
    for old in before:
        new = replace(
            old, subject=ids.get(old.subject, old.subject), object=ids.get(old.object, old.object)
        )
        if change.new not in (new.subject, new.object):
            continue
        found = kept.get(new.id)
        if found is None:
            yield f"{old.id}, as both are one now"
            continue
        said = {"since": old.since, "until": old.until, **old.qualifiers}
        says = {"since": found.since, "until": found.until, **found.qualifiers}
        for name, value in said.items():
            if value is not None and says.get(name) != value:
                yield f"{new.id}: {name}: {value}"
        for evidence in old.evidence:
            if evidence not in found.evidence:
                place = f"#{evidence.locator}" if evidence.locator else ""
                yield f"{new.id}: evidence: {evidence.source}{place}"


def rename_in_yaml(text: str, change: Change, *, by_id: bool) -> str:
    """A file of entities, or the mapping of a diagram, after the change."""
    if change.old.id not in text:
        return text
    rules = OrderOfEntities(change.ontology, by_id)
    was_ordered = arrange(text, rules) == text

    def step(find: Callable[[str, Span], Edit | None]) -> None:
        """Do what is found, one thing at a time, for places move with each."""
        nonlocal text
        while (root := read_spans(text)) is not None and (edit := find(text, root)) is not None:
            text = apply_edits(text, [edit])

    root = read_spans(text)
    if root is None:
        return text
    if root.pairs:
        return apply_edits(text, _references_of_mapping(root, change))
    declared = [item.get("kind") is not None and item.get("id") == change.old.id
                for item in root.items]  # fmt: skip
    if any(declared):
        text = _change_entry(text, declared.index(True), change)
    step(lambda text, root: _drop_between(text, root, change))
    root = read_spans(text)
    assert root is not None
    text = apply_edits(text, _references(root, change))
    step(lambda text, root: _join_twice(text, root, set(change.ontology.relations)))
    return arrange(text, rules) if was_ordered else text


def _change_entry(text: str, at: int, change: Change) -> str:
    """The entry that declares the old id: its former id noted; an amendment, if it is merged."""

    def entry() -> Span:
        root = read_spans(text)
        assert root is not None
        return root.items[at]

    if change.merged is not None:
        gone = {*TEXTS, *change.ontology.attributes}
        while (index := _find_pair(entry(), gone)) is not None:
            text = apply_edits(text, [drop_part(text, entry(), index)])
    added = {"formerIds": [change.old.id], "aliases": change.lost_names()}
    for key, names in added.items():
        for name in names:
            index = _find_pair(entry(), {key})
            if index is None:
                edit = insert_field(text, entry(), key, f"[{quote_text(name)}]")
            else:
                edit = insert_item(text, entry().pairs[index][1], quote_text(name))
            text = apply_edits(text, [edit])
    # A former id that is taken up again is one no more.
    index = _find_pair(entry(), {"formerIds"})
    if index is not None:
        former = entry().pairs[index][1]
        for number, item in enumerate(former.items):
            if item.text == change.new:
                text = apply_edits(text, [drop_part(text, former, number)])
                break
    return text


def _find_pair(record: Span, keys: set[str]) -> int | None:
    return next((i for i, (key, _) in enumerate(record.pairs) if key.text in keys), None)


def _references(root: Span, change: Change) -> Iterator[Edit]:
    """Every place of the old id: of the entity, and as an object of statements."""
    for entity in root.items:
        for key, value in entity.pairs:
            if key.text == "id" and value.text == change.old.id:
                yield replace_value(value, change.new)
            elif key.text in change.ontology.relations:
                for statement in value.items:
                    for inner, object_ in statement.pairs:
                        if inner.text == "object" and object_.text == change.old.id:
                            yield replace_value(object_, change.new)


def _references_of_mapping(root: Span, change: Change) -> Iterator[Edit]:
    for key, value in root.pairs:
        if key.text == "nodes":
            for _, node in value.pairs:
                if node.text == change.old.id:
                    yield replace_value(node, change.new)
        elif key.text == "labels":
            for _, label in value.pairs:
                for meaning in label.items or [label]:
                    for inner, object_ in meaning.pairs:
                        if inner.text == "object" and object_.text == change.old.id:
                            yield replace_value(object_, change.new)


def _drop_between(text: str, root: Span, change: Change) -> Edit | None:
    """The next statement between the two that become one."""
    both = {change.old.id, change.new}
    for entity in root.items:
        if change.merged is None or entity.get("id") not in both:
            continue
        for index, (key, value) in enumerate(entity.pairs):
            if key.text not in change.ontology.relations:
                continue
            for number, statement in enumerate(value.items):
                if statement.get("object") in both:
                    if len(value.items) == 1:
                        return drop_part(text, entity, index)
                    return drop_part(text, value, number)
    return None


def _join_twice(text: str, root: Span, relations: set[str]) -> Edit | None:
    """The next change on the way to saying once what the file says twice since the merge."""
    seen: dict[tuple[str | None, ...], Span] = {}
    for entity in root.items:
        for index, (key, value) in enumerate(entity.pairs):
            if key.text not in relations:
                continue
            for number, statement in enumerate(value.items):
                said = (statement.get(part) for part in ("object", "negated", "key"))
                triple = (entity.get("id"), key.text, *said)
                first = seen.setdefault(triple, statement)
                if first is statement:
                    continue
                into, more = (_evidence_of(s) for s in (first, statement))
                if into is None or more is None:
                    return None
                known = {text[i.start : i.end] for i in into.items}
                for item in more.items:
                    if (written := text[item.start : item.end]) not in known:
                        return insert_item(text, into, written)
                if len(value.items) == 1:
                    return drop_part(text, entity, index)
                return drop_part(text, value, number)
    return None


def _evidence_of(statement: Span) -> Span | None:
    index = _find_pair(statement, {"evidence"})
    found = statement.pairs[index][1] if index is not None else None
    return found if found is not None and found.flow else None
