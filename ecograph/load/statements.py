"""A statement as it stands under its relation in the record of its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ecograph.errors import Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Node
from ecograph.load.fields import Fields
from ecograph.load.sources import EvidenceReader
from ecograph.load.values import Value, read_boolean, read_date, read_slug, read_value
from ecograph.model.dates import earliest, latest
from ecograph.model.graph import Evidence, Statement
from ecograph.model.ontology import Ontology

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Basis:
    """What every entity and statement is read with."""

    ontology: Ontology
    evidence: EvidenceReader
    faults: Faults
    as_of: str | None = None
    """The day for which the dataset answers; nothing that happened can be later."""
    layer: int = 0
    """The place of the file's folder among those that are loaded together, from 0."""

    def read_past(self, node: Node, what: str, *, or_to_come: bool = False) -> str | None:
        """A partial date that is not surely after the dataset's day, unless that may be."""
        date = read_date(node, what, self.faults)
        if or_to_come or date is None or self.as_of is None:
            return date
        if earliest(date) <= latest(self.as_of):
            return date
        self.faults.add(
            "FUTURE_DATE",
            f"{what}: {date!r} is after {self.as_of}, the day for which the dataset answers",
            node.place,
            "write when it happened, or move asOf in dataset.yaml",
        )
        return None


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement and the place where it stands: that of its object, or of its row in a list.

    `removes`: it takes the statement of an earlier folder away. `object_place`: where its object
    is written, if elsewhere, as in a constant column. `said_at`: where its file says it already.
    """

    statement: Statement
    place: Place
    removes: bool = False
    layer: int = 0
    object_place: Place | None = None
    said_at: Place | None = None


def read_statement(node: Node, subject: str, relation: str, basis: Basis) -> PlacedStatement | None:
    """One statement, or None with its faults."""
    faults = basis.faults
    fields = Fields.of(node, f"a statement under {relation!r} of {subject}", faults)
    field = fields.need("object") if fields else None
    if fields is None or field is None:
        return None
    object_ = read_slug(field.value, f"'object' of {fields.what}", faults)
    if object_ is None:
        return None
    what = fields.what = f"{subject} {relation} {object_}"
    since = _read_since(fields, basis)
    until = _read_until(fields, basis)
    negated = fields.take("negated")
    removed = fields.take("remove")
    removes = bool(removed and read_boolean(removed.value, f"'remove' of {what}", faults))
    statement = Statement(
        subject=subject,
        relation=relation,
        object=object_,
        since=since,
        until=until,
        negated=bool(negated and read_boolean(negated.value, f"'negated' of {what}", faults)),
        key=_read_key(fields, faults),
        qualifiers=_read_qualifiers(fields, relation, basis),
        evidence=() if removes else read_evidence(fields, basis),
    )
    _refuse_rest(fields, relation, basis)
    if since and until and latest(until) <= earliest(since):
        faults.add(
            "EMPTY_PERIOD", f"{what} ends ({until}) before it begins ({since})",
            fields.record.fields["until"].value.place,
        )  # fmt: skip
    # A constant column of a list stands above the rows that say what it holds.
    at, row = field.value.place, fields.record.place
    return PlacedStatement(statement, max(at, row), removes, basis.layer, at if at < row else None)


def read_evidence(fields: Fields, basis: Basis) -> tuple[Evidence, ...]:
    """The evidence that a record must have."""
    field = fields.take("evidence")
    if field is not None:
        return basis.evidence.read(field.value, fields.what)
    basis.faults.add(
        "MISSING_EVIDENCE", f"{fields.what} has no evidence", fields.record.place,
        "add evidence: [source]",
    )  # fmt: skip
    return ()


def _read_since(fields: Fields, basis: Basis) -> str | None:
    field = fields.take("since")
    return basis.read_past(field.value, f"'since' of {fields.what}") if field else None


def _read_until(fields: Fields, basis: Basis) -> str | None:
    field = fields.take("until")
    return read_date(field.value, f"'until' of {fields.what}", basis.faults) if field else None


def _read_key(fields: Fields, faults: Faults) -> str | None:
    key = fields.text("key", 40)
    # `~not` marks a negated statement's id.
    if key is None or (_KEY.fullmatch(key) and key != "not"):
        return key
    faults.add(
        "BAD_SLUG", f"'key' of {fields.what}: {key!r} is no key",
        fields.record.fields["key"].value.place, "use a-z, 0-9 and hyphens, but not 'not'",
    )  # fmt: skip
    return key


def _read_qualifiers(fields: Fields, relation: str, basis: Basis) -> dict[str, Value]:
    ontology = basis.ontology
    values: dict[str, Value] = {}
    for name in ontology.relations[relation].qualifiers:
        field = fields.take(name)
        if field is None:
            continue
        type_name = ontology.qualifiers[name].type
        value = read_value(
            field.value, type_name, f"{name!r} of {fields.what}", ontology, basis.faults
        )
        if value is not None:
            values[name] = value
    return values


def _refuse_rest(fields: Fields, relation: str, basis: Basis) -> None:
    allowed = basis.ontology.relations[relation].qualifiers
    known = ("object", "since", "until", "negated", "key", "evidence", *allowed)
    for field in fields.rest():
        key = field.key.text
        if key in basis.ontology.qualifiers:
            basis.faults.add(
                "WRONG_QUALIFIER", f"{relation!r} has no qualifier {key!r}", field.key.place,
                f"it has: {', '.join(allowed) or 'none'}",
            )  # fmt: skip
        else:
            basis.faults.add_unknown(
                "UNKNOWN_QUALIFIER", "qualifier", key, known, field.key.place,
                otherwise=f"a statement may have: {', '.join(known)}",
            )  # fmt: skip
