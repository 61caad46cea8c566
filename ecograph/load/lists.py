"""The rows of a CSV list -> records of the same shape as a YAML file's, read the same way.

A row with a kind declares an entity; any other speaks of one that is declared elsewhere. The row's
evidence stands behind everything that it says.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from ecograph.errors import Place
from ecograph.formats.csv import PLACES, Table, split_cell
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Field, Items, Node, Record, Scalar
from ecograph.model.ontology import LANGUAGES, Ontology

TEXTS = ("label", "description")
SHARED = ("id", "kind", "aliases", "ambiguous", "formerIds", "evidence", "at", "read")
LISTED = frozenset({"aliases", "ambiguous", "formerIds"})
OF_EVIDENCE = frozenset({"evidence", "at", "read"})
OF_STATEMENTS = ("since", "until", "negated", "key")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of lists may be called, by what they hold."""

    plain: frozenset[str]
    texts: frozenset[str]
    relations: Mapping[str, frozenset[str]]
    events: frozenset[str]

    @classmethod
    def of(cls, ontology: Ontology) -> Columns:
        """Those that an ontology allows."""
        return cls(
            frozenset(SHARED) | ontology.attributes.keys(),
            frozenset({"label", *(f"{text}.{lang}" for text in TEXTS for lang in LANGUAGES)}),
            {
                name: frozenset(f"{name}.{part}" for part in (*OF_STATEMENTS, *relation.qualifiers))
                for name, relation in ontology.relations.items()
            },
            frozenset(ontology.events),
        )

    def names(self) -> Iterator[str]:
        """All of them."""
        yield from self.plain | self.texts | self.events
        yield from (f"{event}.value" for event in self.events)
        for relation, parts in self.relations.items():
            yield relation
            yield from parts


def read_rows(table: Table, ontology: Ontology, faults: Faults) -> list[Record]:
    """The rows as records of entities; columns of no meaning are faults."""
    columns = Columns.of(ontology)
    if not _check_columns(table, columns, ontology, faults):
        return []
    return list(_Rows(table, columns, faults).records())


def _check_columns(table: Table, columns: Columns, ontology: Ontology, faults: Faults) -> bool:
    before = len(faults)
    named = {field.key.text: field.key for field in table.constants.values()}
    named |= {cell.text: cell for cell in table.header}
    for name, cell in named.items():
        check_column(name, cell.place, named, columns, ontology, faults)
    if "label" in named and named.keys() & {"label.en", "label.zh"}:
        faults.add("DUPLICATE_COLUMN", "'label' stands beside 'label.en' or 'label.zh'",
                   named["label"].place, "write 'label', or the two others")  # fmt: skip
    start = table.header[0].place
    for name, hint in (("id", ""), ("evidence", "write '# evidence: source' above the header")):
        if name not in named:
            faults.add("MISSING_COLUMN", f"there is no column {name!r}", start, hint)
    return len(faults) == before


def check_column(
    name: str,
    place: Place,
    named: Container[str],
    columns: Columns,
    ontology: Ontology,
    faults: Faults,
) -> None:
    """A column that no list may have is a fault, and one without the column that it tells of."""
    base = name.partition(".")[0]
    known = set(columns.names())
    inverses = {relation.inverse: name for name, relation in ontology.relations.items()}
    if name in known:
        if base != name and base in columns.relations and base not in named:
            faults.add("MISSING_COLUMN", f"{name!r} stands without {base!r}", place,
                       f"add the column {base!r}")  # fmt: skip
    elif base in inverses and base not in columns.relations:
        faults.add(
            "INVERSE_RELATION", f"{base!r} is the other side of {inverses[base]!r}", place,
            f"write {inverses[base]!r} in the rows of the other entities",
        )  # fmt: skip
    else:
        parts = sorted(p.partition(".")[2] for p in columns.relations.get(base, ()))
        faults.add_unknown(
            "UNKNOWN_COLUMN", "column", name, known, place,
            otherwise=f"{base} may have: {', '.join(parts)}" if parts else "",
        )  # fmt: skip


class _Rows:
    """Makes the records of one table."""

    def __init__(self, table: Table, columns: Columns, faults: Faults) -> None:
        self._table = table
        self._columns = columns
        self._faults = faults
        self._constants = {n: f.value for n, f in table.constants.items()
                           if isinstance(f.value, Scalar)}  # fmt: skip
        self._names = [cell.text for cell in table.header]
        self._evidence = self._constants.keys() >= {"evidence"} and not (
            {"at", "read", "evidence"} & set(self._names)
        )
        self._shared_evidence: Items | None = None

    def records(self) -> Iterator[Record]:
        for row in self._table.rows:
            given = {name: cell for name, cell in zip(self._names, row, strict=True) if cell.text}
            first = given.get("id", row[0])
            values = {**self._constants, **given}
            fields = dict(self._fields(values, given, first))
            yield Record(fields, first.file, first.line, first.column)

    def _fields(
        self, values: Mapping[str, Scalar], given: Mapping[str, Scalar], first: Scalar
    ) -> Iterator[tuple[str, Field]]:
        columns = self._columns
        evidence = self._cite(values, first)
        history: list[Record] = []
        for name, cell in values.items():
            base, _, part = name.partition(".")
            if name in OF_EVIDENCE or (part and base not in TEXTS):
                if name in given and base not in values:
                    self._faults.add(
                        "MISSING_VALUE", f"{name!r} is given without {base!r}", cell.place,
                        f"fill {base!r} in this row, or leave {name!r} empty",
                    )  # fmt: skip
            elif base in TEXTS:
                continue
            elif name in LISTED:
                yield _field(name, cell, split_cell(cell))
            elif name in columns.relations:
                said = self._state(name, cell, values, evidence, first)
                yield _field(name, max(cell, first, key=_line), said)
            elif name in columns.events:
                history.append(
                    _record(
                        cell,
                        event=_at(name, cell),
                        date=cell,
                        value=values.get(f"{name}.value"),
                        evidence=evidence,
                    )
                )
            else:
                yield _field(name, cell, cell)
        for name in TEXTS:
            texts = _texts(name, values)
            if texts is not None:
                yield _field(name, first, texts)
        # The order of columns has no meaning.
        history.sort(key=self._event_order)
        if history:
            yield _field(
                "history", first, Items(tuple(history), first.file, first.line, first.column)
            )
        if self._tells(values):
            yield _field("evidence", first, evidence)
        elif "id" in values and not values.keys() - OF_EVIDENCE - {"id"}:
            self._faults.add("EMPTY_ROW", "the row says nothing", first.place,
                             "fill one of its columns, or take it out")  # fmt: skip

    def _event_order(self, event: Record) -> tuple[str, str]:
        date, name = (event.fields[key].value for key in ("date", "event"))
        return (
            (date.text, name.text)
            if isinstance(date, Scalar) and isinstance(name, Scalar)
            else ("", "")
        )

    def _tells(self, values: Mapping[str, Scalar]) -> bool:
        """Whether a row says something of the entity itself, and not only statements and events."""
        columns = self._columns
        own = values.keys() & (columns.plain | columns.texts)
        return bool(own - {"id", "ambiguous", "formerIds"} - OF_EVIDENCE)

    def _state(
        self, relation: str, cell: Scalar, values: Mapping[str, Scalar], evidence: Items,
        first: Scalar,
    ) -> Items:  # fmt: skip
        """The statements of one cell, or of a constant in one row; its qualifiers are of each."""
        parts = {
            part.partition(".")[2]: values[part]
            for part in self._columns.relations[relation]
            if part in values
        }
        objects = split_cell(cell)
        found = (
            _record(max(item, first, key=_line), object=item, **parts, evidence=evidence)
            for item in objects.items
            if isinstance(item, Scalar)
        )
        return Items(tuple(found), cell.file, cell.line, cell.column)

    def _cite(self, values: Mapping[str, Scalar], first: Scalar) -> Items:
        """The row's evidence; its places go to each source that has none of its own."""
        if self._evidence and self._shared_evidence is not None:
            return self._shared_evidence
        cell, at, read = (values.get(name) for name in ("evidence", "at", "read"))
        places = split_cell(at, PLACES).items if at is not None else (None,)
        items: list[Node] = []
        for item in split_cell(cell).items if cell is not None else ():
            if not isinstance(item, Scalar):
                continue
            source, hash_, own = item.text.partition("#")
            for place in (_at(own, item),) if hash_ else places:
                if place is None and read is None:
                    items.append(item)
                else:
                    items.append(_record(item, source=_at(source, item), at=place, read=read))
        begin = cell or first
        cited = Items(tuple(items), begin.file, begin.line, begin.column)
        if self._evidence:
            self._shared_evidence = cited
        return cited


def _texts(name: str, values: Mapping[str, Scalar]) -> Record | None:
    """A text in both languages; a label that is given once stands for both."""
    cells = {lang: values.get(f"{name}.{lang}") for lang in LANGUAGES}
    if name == "label":
        cells["en"] = cells["en"] or values.get("label")
        cells["zh"] = cells["zh"] or cells["en"]
    first = next((cell for cell in cells.values() if cell is not None), None)
    return None if first is None else _record(first, **cells)


def _line(cell: Scalar) -> int:
    return cell.line


def _at(text: str, place: Scalar) -> Scalar:
    return Scalar(text, True, place.file, place.line, place.column)


def _field(name: str, place: Scalar, value: Node) -> tuple[str, Field]:
    return name, Field(_at(name, place), value)


def _record(place: Scalar, **fields: Node | None) -> Record:
    found = {
        name: Field(Scalar(name, True, node.file, node.line, node.column), node)
        for name, node in fields.items()
        if node is not None
    }
    return Record(found, place.file, place.line, place.column)
