"""One more entity or statement, written where it belongs, unless `check` would refuse it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ecograph.curate.add_faults import Name, name_of_entity, name_of_statement, place_in_command
from ecograph.curate.fmt import OrderOfEntities
from ecograph.curate.new_faults import find_faults, find_new_faults
from ecograph.curate.writing import quote_text
from ecograph.errors import DataError, DataErrors, QueryError
from ecograph.formats.edit import apply_edits, insert_field, insert_item
from ecograph.formats.faults import Faults
from ecograph.formats.layout import Span, arrange, read_spans
from ecograph.load.collector import pause_collector
from ecograph.load.dataset import load_placed, read_placed
from ecograph.load.entities import PlacedEntity
from ecograph.load.files import TextFile, read_folders
from ecograph.model.keys import did_you_mean
from ecograph.model.ontology import Ontology

ADDITIONS = "additions.yaml"
"""Where statements of entities go that a list declares."""

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewEntity:
    """What an entity is to say; texts by language, events as (event, date, value or nothing)."""

    id: str
    kind: str
    label: Values
    description: Values
    aliases: Sequence[str] = ()
    attributes: Values = field(default_factory=dict)
    events: Sequence[tuple[str, str, str]] = ()
    evidence: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NewStatement:
    """What a statement is to say; `values` are since, until, key, negated and qualifiers."""

    subject: str
    relation: str
    object: str
    values: Values = field(default_factory=dict)
    evidence: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """The file that changes, its new text, and what is new in it."""

    path: Path
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class Data:
    """Data folders, their files, what they hold, and what is wrong with them."""

    folders: Sequence[Path]
    files: Sequence[TextFile]
    ontology: Ontology
    entities: Mapping[str, PlacedEntity]
    faults: Sequence[DataError]


def refuse_known(data: Data, id: str) -> None:
    """Raises: QueryError with the place of the entry, if there is an entity of this id."""
    former = {old: name for name, item in data.entities.items() for old in item.former}
    known = data.entities.get(former.get(id, id))
    if known is not None:
        told = f"was renamed to {known.entity.id}" if id in former else "exists"
        raise QueryError(
            f"{id} {told}; its entry is {known.place}: write names and attributes there, and what "
            f"it does by ecograph add {known.entity.id} RELATION OBJECT"
        )


def add_entity(data: Data, new: NewEntity, file: str | None = None) -> Added:
    """A new entity in the last of the folders; nothing is written.

    It goes to entities/FILE, or else to the file of its kind. Raises: DataErrors with what check
    would say of it; QueryError if there is one.
    """
    refuse_known(data, new.id)
    name = file or home_of(new.kind, data.ontology)
    told = _tell_entity(new)
    return _put(data, name, told, lambda text: _append(text, told), name_of_entity)


def add_statement(data: Data, new: NewStatement) -> Added:
    """A new statement at its subject, in the last of the folders; nothing is written.

    Raises: DataErrors with what check would say of it; QueryError if there is no such subject.
    """
    if new.subject not in data.entities:
        hint = did_you_mean(new.subject, data.entities) or "add it: ecograph add ID --kind ..."
        raise QueryError(f"no entity has the id {new.subject!r}; {hint}")
    declared = Path(data.entities[new.subject].place.file)
    here = declared.parent == data.folders[-1] / "entities"
    told = _tell_statement(new)
    shown = f"- id: {new.subject}\n  {quote_text(new.relation)}:\n    - {told}\n"
    return _put(
        data, declared.name if here else ADDITIONS, shown,
        lambda text: _insert(text, new, told, shown), name_of_statement,
    )  # fmt: skip


def home_of(kind: str, ontology: Ontology) -> str:
    """The file in which an entity of a kind is looked for first: tools.yaml."""
    if kind not in ontology.kinds:
        hint = did_you_mean(kind, ontology.kinds) or f"write one of: {', '.join(ontology.kinds)}"
        raise QueryError(f"unknown kind {kind!r}; {hint}")
    many = ontology.kinds[kind].many or kind
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in many).lstrip("-") + ".yaml"


def read_data(folders: Sequence[Path]) -> Data:
    """What an addition needs to know of data folders. Raises: DataErrors if a file has no form."""
    faults = Faults()
    files = read_folders(folders, faults)
    faults.raise_any()
    with pause_collector():
        try:
            graph, entities = load_placed(files, faults)
        except DataErrors as errors:
            # What was wrong before does not stand in the way of an addition.
            ontology, joined = read_placed(files, Faults())
            return Data(folders, files, ontology, joined.entities, errors.faults)
    return Data(folders, files, graph.ontology, entities, ())


def _put(data: Data, name: str, told: str, change: Callable[[str], str], word: Name) -> Added:
    """The file of a name with a change, if that brings no new fault. Raises: DataErrors."""
    path = data.folders[-1] / "entities" / name
    known = next((f for f in data.files if f.shown == path.as_posix()), None)
    before = known.text if known else ""
    rules = OrderOfEntities(data.ontology, by_id=True)
    after = change(before)
    if not before or arrange(before, rules) == before:
        after = arrange(after, rules)
    if known:
        files = [replace(f, text=after) if f is known else f for f in data.files]
    else:
        fresh = TextFile("entities", name, path.as_posix(), after, len(data.folders) - 1)
        files = [*data.files, fresh]
    if new_faults := find_new_faults(find_faults(files), data.faults):
        raise DataErrors(place_in_command(new_faults, path.as_posix(), before, after, word))
    return Added(path, after, told)


def _append(text: str, told: str) -> str:
    """A file with one more entry at its end, apart from the one before as those are."""
    if not text:
        return told
    text = text if text.endswith("\n") else text + "\n"
    return text + ("\n" if "\n\n- " in text else "") + told


def _insert(text: str, new: NewStatement, told: str, shown: str) -> str:
    """A file with one more statement in the entry of its subject, or with an entry for it."""
    root = read_spans(text) if text else None
    entry = next((e for e in root.items if e.get("id") == new.subject), None) if root else None
    if entry is None:
        return _append(text, shown)
    items = _find(entry, new.relation)
    if items is not None:
        return apply_edits(text, [insert_item(text, items, told)])
    value = f"[{told}]" if entry.flow else f"\n{' ' * entry.column}  - {told}"
    edited = apply_edits(text, [insert_field(text, entry, quote_text(new.relation), value)])
    return edited.replace(f"{new.relation}: \n", f"{new.relation}:\n", 1)


def _find(entry: Span, key: str) -> Span | None:
    return next((value for name, value in entry.pairs if name.text == key), None)


def _tell_entity(new: NewEntity) -> str:
    lines = [
        f"- id: {quote_text(new.id)}",
        f"  kind: {new.kind}",
        f"  label: {_tell_texts(new.label)}",
    ]
    if new.description:
        lines.append("  description:")
        lines += [f"    {lang}: {quote_text(text)}" for lang, text in new.description.items()]
    if new.aliases:
        lines.append(f"  aliases: [{', '.join(map(quote_text, new.aliases))}]")
    lines += [
        f"  {quote_text(name)}: {quote_value(value)}" for name, value in new.attributes.items()
    ]
    lines.append(f"  evidence: {_tell_evidence(new.evidence)}")
    if new.events:
        lines.append("  history:")
    for event, date, value in new.events:
        given = f"event: {event}, date: {date}" + (f", value: {quote_text(value)}" if value else "")
        lines.append(f"    - {{{given}, evidence: {_tell_evidence(new.evidence)}}}")
    return "\n".join(lines) + "\n"


def _tell_statement(new: NewStatement) -> str:
    parts = [f"object: {quote_text(new.object)}"]
    parts += [f"{quote_text(name)}: {quote_value(value)}" for name, value in new.values.items()]
    return f"{{{', '.join(parts)}, evidence: {_tell_evidence(new.evidence)}}}"


def quote_value(value: str) -> str:
    """A value as YAML: true and 12 stay what they are."""
    return value if value in ("true", "false") else quote_text(value)


def _tell_texts(texts: Values) -> str:
    return "{" + ", ".join(f"{lang}: {quote_text(text)}" for lang, text in texts.items()) + "}"


def _tell_evidence(evidence: Sequence[str]) -> str:
    return f"[{', '.join(map(quote_text, evidence))}]"
