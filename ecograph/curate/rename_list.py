"""One id in place of another in a CSV list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecograph.curate.import_write import write_list
from ecograph.formats.csv import PLACES, SEPARATOR, parse_csv
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Scalar
from ecograph.load.lists import LISTED, OF_EVIDENCE
from ecograph.model.ontology import Ontology

if TYPE_CHECKING:
    from ecograph.curate.rename import Change

Cells = dict[str, str]


def rename_in_list(text: str, shown: str, change: Change) -> str:
    """A list after the change; as it was if it does not speak of the old id."""
    table = parse_csv(text, shown, Faults())
    if table is None or change.old.id not in text:
        return text
    header = [cell.text for cell in table.header]
    rows = [
        {name: cell.text for name, cell in zip(header, row, strict=True) if cell.text}
        for row in table.rows
    ]
    constants = {n: f.value.text for n, f in table.constants.items() if isinstance(f.value, Scalar)}
    before = [dict(row) for row in rows], dict(constants)
    ontology = change.ontology
    ids = (change.old.id, change.new)
    rows = _merge_rows(rows, change)
    if (
        change.merged is not None
        and "kind" in constants
        and any(r.get("id") == ids[0] for r in rows)
    ):
        # A row that only adds has no kind, which a constant would give it.
        kind = constants.pop("kind")
        rows = [{**row, "kind": kind} for row in rows]
    for name in ontology.relations:
        if name in constants:
            constants[name] = _replace(constants[name], *ids)
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        own = row.get("id") in ids
        if row.get("id") == change.old.id:
            _change_row(row, constants, change)
        for name in ontology.relations:
            if name in row:
                _change_cell(row, name, seen, change, own=own)
    rows = [
        row for row in rows if row.keys() - OF_EVIDENCE - {"id"} or constants.keys() - OF_EVIDENCE
    ]
    rows.sort(key=lambda row: row.get("id", ""))
    if (rows, constants) == before:
        return text
    return write_list(rows, constants, table.comments, ontology)


def _merge_rows(rows: list[Cells], change: Change) -> list[Cells]:
    """The rows, those of two merged entities as one where each of their cells can be."""
    own = {id: [row for row in rows if row.get("id") == id] for id in (change.old.id, change.new)}
    if change.merged is None or any(len(found) != 1 for found in own.values()):
        return rows
    [old], [new] = own.values()
    joined = _join_rows(old, new, change)
    if joined is None:
        return rows
    return [joined if row is new else row for row in rows if row is not old]


def _join_rows(old: Cells, new: Cells, change: Change) -> Cells | None:
    """One row of two, or None if what is said of a statement or who says so would be mixed up."""
    joined = {**old, **new}
    for name in old.keys() & new.keys() - {"id"}:
        base = name.partition(".")[0]
        if name in LISTED or (name == base and base in change.ontology.relations):
            joined[name] = SEPARATOR.join(dict.fromkeys(
                text for row in (new, old) for text in row[name].split(SEPARATOR)))  # fmt: skip
        elif name == "at" and old[name] != new[name]:
            both = (place for row in (new, old) for place in row[name].split(PLACES))
            joined[name] = PLACES.join(dict.fromkeys(both))
    for name in old.keys() | new.keys():
        base, _, part = name.partition(".")
        mixed = name in ("evidence", "read") or (part and base in change.ontology.relations)
        if mixed and old.get(name) != new.get(name) and old.get(base) and new.get(base):
            return None
    former = [*joined.get("formerIds", "").split(SEPARATOR), change.old.id]
    aliases = [*joined.get("aliases", "").split(SEPARATOR), *change.lost_names()]
    for name, texts in (("formerIds", former), ("aliases", aliases)):
        if kept := [text for text in texts if text and text != change.new]:
            joined[name] = SEPARATOR.join(kept)
    return joined


def _replace(cell: str, old: str, new: str) -> str:
    ids = (new if id == old else id for id in cell.split(SEPARATOR))
    return SEPARATOR.join(dict.fromkeys(ids))


def _change_row(row: Cells, constants: Cells, change: Change) -> None:
    """The row of the old id; one that declared it adds to the other entity, if they are merged."""
    row["id"] = change.new
    if not (row.get("kind") or constants.get("kind")):
        return
    former = [id for id in row.get("formerIds", "").split(SEPARATOR) if id and id != change.new]
    row["formerIds"] = SEPARATOR.join([*former, change.old.id])
    if change.merged is None:
        return
    for name in _texts(change.ontology):
        row.pop(name, None)
    aliases = [name for name in row.get("aliases", "").split(SEPARATOR) if name]
    if names := [*aliases, *change.lost_names()]:
        row["aliases"] = SEPARATOR.join(names)


def _texts(ontology: Ontology) -> list[str]:
    of_texts = ["label", "label.en", "label.zh", "description.en", "description.zh"]
    return ["kind", *of_texts, *ontology.attributes]


def _change_cell(
    row: Cells, relation: str, seen: set[tuple[str, str, str]], change: Change, *, own: bool
) -> None:
    ids = _replace(row[relation], change.old.id, change.new).split(SEPARATOR)
    if change.merged is not None and own:
        ids = [id for id in ids if id != change.new]
    key = row.get(f"{relation}.key", "") + row.get(f"{relation}.negated", "")
    subject = row.get("id", "")
    if change.merged is not None and (own or change.new in ids):
        ids = [id for id in ids if (subject, f"{relation} {key}", id) not in seen]
        seen.update((subject, f"{relation} {key}", id) for id in ids)
    row[relation] = SEPARATOR.join(ids)
    if not ids:
        for name in [n for n in row if n == relation or n.startswith(f"{relation}.")]:
            del row[name]
