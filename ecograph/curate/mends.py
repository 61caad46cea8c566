"""The text that would close a gap, and where it goes: an entry, a row, or the end of a file.

What a snippet leaves open stands in angle brackets.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ecograph.curate.add import ADDITIONS
from ecograph.errors import Place
from ecograph.formats.csv import Table, parse_csv
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import parse_yaml
from ecograph.load.files import TextFile
from ecograph.load.join import Joined
from ecograph.load.sources import read_sources
from ecograph.model.graph import Statement

EVIDENCE = '["<source>#<place>"]'
DAY = "<YYYY-MM-DD>"


class Way(StrEnum):
    """How a snippet is put into its file."""

    ENTRY = "entry"
    """What it says is said in the entry that stands at the line."""
    ROW = "row"
    """It stands in place of the row at the line."""
    COLUMN = "column"
    """So does its last line; its first one is the header, with a column for every row."""
    END = "end"
    """It stands at the end of the file, which is made if there is none."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A snippet of YAML or CSV, the file and the line (0 = none) where it goes."""

    way: Way
    place: Place
    snippet: str


class Mender:
    """Knows where everything stands in data folders, and writes what is lacking there.

    What an earlier folder says is mended in the last one, by an amendment.
    """

    def __init__(self, folders: Sequence[Path], files: Sequence[TextFile], joined: Joined) -> None:
        self._last = folders[-1]
        self._layer = len(folders) - 1
        self._files = {file.shown: file for file in files}
        self._joined = joined
        self._tables: dict[str, Table | None] = {}

    @cached_property
    def _statements(self) -> Mapping[str, Place]:
        return {item.statement.id: item.place for item in self._joined.statements}

    @cached_property
    def _sources(self) -> Mapping[str, Place]:
        found: dict[str, Place] = {}
        for file in self._files.values():
            root = parse_yaml(file.text, file.shown, Faults()) if file.folder == "sources" else None
            if root is not None:
                found.update({s.source.id: s.place for s in read_sources(root, Faults())})
        return found

    def place_of(self, id: str) -> Place:
        """Where an entity is declared, a statement or a source stands."""
        if id in self._joined.entities:
            return self._joined.entities[id].place
        if place := self._statements.get(id) or self._sources.get(id):
            return place
        return self.place_of(id.partition("~")[0])

    def say(self, id: str, said: Mapping[str, str]) -> Mend:
        """Texts or attributes of an entity, by field: `description.zh`, `license`."""
        place = self.place_of(id)
        if place.file.endswith(".csv") and self._is_here(place):
            return self._fill(place, said)
        told: list[str] = []
        for field, value in said.items():
            name, _, language = field.partition(".")
            if language and f"{name}:" not in told:
                told.append(f"{name}:")
            told.append(f"  {language}: {value}" if language else f"{name}: {value}")
        if not self._is_here(place):
            return self._amend(id, [*told, f"evidence: {EVIDENCE}"])
        return Mend(Way.ENTRY, place, _entry(id, told))

    def add(self, id: str, told: Sequence[str]) -> Mend:
        """Statements or events of an entity, as the lines of its entry."""
        place = self.place_of(id)
        if place.file.endswith(".csv") or not self._is_here(place):
            return self._amend(id, told)
        return Mend(Way.ENTRY, place, _entry(id, told))

    def state(self, s: Statement, *told: str, evidence: str = EVIDENCE) -> Mend:
        """More of a statement that there is: its period, another evidence."""
        parts = [f"object: {s.object}", *(["negated: true"] if s.negated else [])]
        parts += [f"key: {s.key}"] if s.key else []
        line = f"- {{{', '.join([*parts, *told, f'evidence: {evidence}'])}}}"
        place = self.place_of(s.id)
        lines = [f"{s.relation}:", f"  {line}"]
        if place.file.endswith(".yaml") and self._is_here(place):
            return Mend(Way.ENTRY, place, _entry(s.subject, lines))
        return self._amend(s.subject, lines)

    def source(self, id: str, told: str) -> Mend:
        """A field of a source."""
        return Mend(Way.ENTRY, self.place_of(id), _entry(id, [told]))

    def cite(self, id: str) -> Mend:
        """A fact of which a source is the evidence; its entry may also go."""
        return self._amend("<thing>", [f'evidence: ["{id}#<place>"]'])

    def link(self, subject: str, relation: str, object: str) -> Mend:
        """A statement of an entity that is still to be named."""
        line = f"  - {{object: {object}, evidence: {EVIDENCE}}}"
        return self._amend(subject, [f"{relation}:", line])

    def _amend(self, id: str, told: Sequence[str]) -> Mend:
        place = Place((self._last / "entities" / ADDITIONS).as_posix())
        return Mend(Way.END, place, _entry(id, told))

    def _is_here(self, place: Place) -> bool:
        file = self._files.get(place.file)
        return file is not None and file.layer == self._layer

    def _fill(self, place: Place, said: Mapping[str, str]) -> Mend:
        """The row of a list, with values in columns that it may have to get."""
        table = self._table(place.file)
        if table is None:
            raise AssertionError("a list that cannot be read is a fault")
        row = next(row for row in table.rows if row[0].line == place.line)
        cells = {name.text: cell.text for name, cell in zip(table.header, row, strict=True)}
        way = Way.ROW if said.keys() <= cells.keys() else Way.COLUMN
        cells |= said
        lines = _lines([[*cells], [*cells.values()]])
        return Mend(way, place, lines if way is Way.COLUMN else lines.partition("\n")[2])

    def _table(self, file: str) -> Table | None:
        if file not in self._tables:
            self._tables[file] = parse_csv(self._files[file].text, file, Faults())
        return self._tables[file]


def _entry(id: str, told: Sequence[str]) -> str:
    return f"- id: {id}\n" + "".join(f"  {line}\n" for line in told)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
