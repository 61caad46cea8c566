"""Which known entity a row of a list is: by id, name, repository or homepage.

A fuzzy likeness is only ever proposed. Reads the texts of a data folder as they are, so that a
fault elsewhere does not stand in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from ecograph.curate.import_recipe import to_plain
from ecograph.curate.import_rows import SEPARATOR, Found, homepage_key, repository_key
from ecograph.errors import DataErrors
from ecograph.formats.csv import parse_csv
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import parse_yaml
from ecograph.load.files import TextFile, read_folder
from ecograph.model.keys import match_key

LIKE = 90.0
"""Of 100: how like a name must be to be proposed."""
MOST_PROPOSED = 3
SHORTEST = 4
"""Characters of a name below which everything is like something."""


@dataclass(frozen=True, slots=True)
class Known:
    """What matching needs of an entity."""

    id: str
    kind: str
    names: tuple[str, ...]
    repository: str = ""
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a row is: one entity (`how` says by what), several, or none and what is like it."""

    ids: tuple[str, ...] = ()
    how: str = ""
    like: tuple[str, ...] = ()


def read_known(folder: Path, without: str = "") -> list[Known]:
    """The entities that a data folder declares, but those of one file of lists/.

    Amendments add names. Raises: DataErrors if a file has no form.
    """
    faults = Faults()
    told: dict[str, dict[str, Any]] = {}
    for file in read_folder(folder, faults):
        if file.folder == "lists" and file.name == without:
            continue
        if file.folder in ("entities", "seed", "lists"):
            for record in _records(file, faults):
                _gather(record, told)
    if len(faults):
        # Only what has no form stops an import; what it says is for the check.
        try:
            faults.raise_any()
        except DataErrors as errors:
            if any(fault.code in ("YAML_SYNTAX", "CSV_SYNTAX") for fault in errors.faults):
                raise
    return [
        Known(id, e["kind"], tuple(dict.fromkeys(e["names"])), e["repository"], e["homepage"])
        for id, e in sorted(told.items())
        if e["kind"]
    ]


def _records(file: TextFile, faults: Faults) -> Iterable[dict[str, Any]]:
    if file.name.endswith(".csv"):
        table = parse_csv(file.text, file.shown, faults)
        if table is None:
            return
        shared = {name: to_plain(f.value) for name, f in table.constants.items()}
        header = [cell.text for cell in table.header]
        for row in table.rows:
            yield shared | {n: c.text for n, c in zip(header, row, strict=True) if c.text}
    elif file.name.endswith(".yaml"):
        root = parse_yaml(file.text, file.shown, faults)
        records = to_plain(root) if root is not None else ()
        yield from (r for r in records if isinstance(r, dict))


def _gather(record: dict[str, Any], told: dict[str, dict[str, Any]]) -> None:
    id = record.get("id")
    if not isinstance(id, str):
        return
    entry = told.setdefault(id, {"kind": "", "names": [id], "repository": "", "homepage": ""})
    for key in ("kind", "repository", "homepage"):
        if isinstance(value := record.get(key), str):
            entry[key] = value
    labels = record.get("label")
    texts = list(labels.values()) if isinstance(labels, dict) else [labels]
    texts += [record.get("label.en"), record.get("label.zh")]
    for key in ("aliases", "formerIds"):
        value = record.get(key) or ()
        texts += value.split(SEPARATOR) if isinstance(value, str) else value
    entry["names"] += [text for text in texts if isinstance(text, str) and text]


@dataclass(slots=True)
class Matcher:
    """Looks rows up among what is known; `add` makes more known."""

    known: dict[str, Known] = field(default_factory=dict)
    _names: dict[str, dict[str, None]] = field(default_factory=dict)
    _repositories: dict[str, dict[str, None]] = field(default_factory=dict)
    _homepages: dict[str, dict[str, None]] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Known]) -> Matcher:
        """One that knows these."""
        matcher = cls()
        for entity in known:
            matcher.add(entity)
        return matcher

    def add(self, entity: Known) -> None:
        """Make an entity known."""
        self.known[entity.id] = entity
        for index, keys in (
            (self._names, map(match_key, entity.names)),
            (self._repositories, [repository_key(entity.repository)]),
            (self._homepages, [homepage_key(entity.homepage)]),
        ):
            for key in keys:
                if key:
                    index.setdefault(key, {})[entity.id] = None

    def owners(self, name: str, kind: str) -> list[str]:
        """The ids of the entities of a kind that have a name."""
        return self._of_kinds(self._names.get(match_key(name), ()), (kind,))

    def find(self, row: Found, kinds: Sequence[str]) -> Match:
        """What a row is, among entities of these kinds.

        The first of these that gives an answer: its id, its label, its other names, its
        repository, its homepage. One of them that fits several entities is ambiguous.
        """
        if row.id and self._of_kinds([row.id], kinds):
            return Match((row.id,), "id")
        for how, names in (("name", (row.name,)), ("alias", row.names)):
            ids = dict.fromkeys(i for name in names for i in self._names.get(match_key(name), ()))
            if found := self._of_kinds(ids, kinds):
                return Match(tuple(found), how)
        for how, index, key in (
            ("repository", self._repositories, repository_key(row.cells.get("repository", ""))),
            ("homepage", self._homepages, homepage_key(row.cells.get("homepage", ""))),
        ):
            if found := self._of_kinds(index.get(key, ()), kinds) if key else []:
                return Match(tuple(found), how)
        weak = (id for name in row.also for id in self._names.get(match_key(name), ()))
        like = dict.fromkeys((*self._of_kinds(weak, kinds), *self._like(row.name, kinds)))
        return Match(like=tuple(like))

    def _of_kinds(self, ids: Iterable[str], kinds: Sequence[str]) -> list[str]:
        return [id for id in ids if id in self.known and self.known[id].kind in kinds]

    def _like(self, name: str, kinds: Sequence[str]) -> list[str]:
        key = match_key(name)
        if len(key) < SHORTEST:
            return []
        near = process.extract(
            key, list(self._names), scorer=fuzz.ratio, score_cutoff=LIKE, limit=MOST_PROPOSED * 3
        )
        ids = (id for other, _, _ in near for id in self._names[other])
        return self._of_kinds(dict.fromkeys(ids), kinds)[:MOST_PROPOSED]
