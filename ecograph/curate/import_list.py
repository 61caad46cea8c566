"""One import: rows of a list -> matched, merged with our file, written, told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ecograph.curate.import_check import check_list, check_recipe, keep_columns
from ecograph.curate.import_merge import (
    Kept,
    Merged,
    Row,
    merge_rows,
    read_digests,
    write_digests,
)
from ecograph.curate.import_recipe import Recipe, read_text, read_yaml
from ecograph.curate.import_rows import SEPARATOR, Found, join_cell, to_slug
from ecograph.curate.import_write import order_columns, read_list, write_list
from ecograph.curate.match import Known, Matcher, read_known
from ecograph.errors import DataError, Place
from ecograph.formats.faults import Faults
from ecograph.load.ontology import read_ontology
from ecograph.model.keys import match_key
from ecograph.model.ontology import Ontology


@dataclass(slots=True)
class ImportReport:
    """What an import did. Rows are named by their place in the source."""

    name: str
    rows: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    matched: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Row -> the entity that it is, and by what it was found."""
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Row left out -> the entities that it may be."""
    like: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """New row -> entities with names like its own."""
    unnamed: list[str] = field(default_factory=list)
    """Rows left out because no id can be made of their names."""
    dropped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Row -> other names that belong to other entities already."""
    declared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Row -> the id and the kind of the entity that it declares."""
    silent: list[str] = field(default_factory=list)
    """Rows left out because they say nothing that is not known."""
    no_column: dict[str, int] = field(default_factory=dict)
    """What the list says and no column of ours holds -> rows that say it."""


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of a list and of what its next import needs to know, and the report."""

    path: Path
    text: str
    digests_path: Path
    digests: str
    report: ImportReport

    def changes(self) -> dict[Path, str]:
        """The files that are not so yet, with what is to stand in them."""
        texts = {self.path: self.text, self.digests_path: self.digests}
        return {
            path: text
            for path, text in texts.items()
            if not path.exists() or path.read_text("utf-8") != text
        }


def import_list(found: Sequence[Found], recipe: Recipe, data: Path) -> Written:
    """What a list's rows make of data/lists/<list>.csv; nothing is written yet.

    Raises: DataErrors, also with what check would say of the dataset after it; DataError.
    """
    if not recipe.list:
        raise DataError("BAD_RECIPE", "the recipe names no list", recipe.place_of("list"),
                        "write 'list: name'")  # fmt: skip
    ontology = _read_ontology(data)
    check_recipe(recipe, ontology)
    path = data / "lists" / f"{recipe.list}.csv"
    digests_path = data / "imports" / f"{recipe.list}.lock"
    ours, constants, comments = read_list(path)
    last = _read_last(digests_path)
    report = ImportReport(recipe.list)
    matcher = Matcher.of(read_known(data, without=path.name))
    _check_unique(found)
    found, report.no_column = keep_columns(found, order_columns(ontology))
    theirs = _Maker(recipe, ontology, matcher, report, ours).make(found)
    merged = merge_rows(ours, theirs, last)
    _tell(merged, theirs, report)
    constants = {"evidence": recipe.source, **constants, **recipe.constants}
    text = write_list(merged.rows, constants, comments, ontology)
    check_list(data, path, text, recipe, found)
    return Written(path, text, digests_path, write_digests(merged.digests), report)


def _read_ontology(data: Path) -> Ontology:
    faults = Faults()
    ontology = read_ontology(read_yaml(data / "ontology.yaml"), faults)
    faults.raise_any()
    if ontology is None:
        raise AssertionError("an ontology that cannot be read is a fault")
    return ontology


def _read_last(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.exists():
        return {}
    try:
        return read_digests(read_text(path))
    except ValueError as error:
        raise DataError("BAD_LOCK", f"it does not say what the last import gave: {error}",
                        Place(path.as_posix()),
                        "take the file away: cells that differ then count as written by hand",
                        ) from error  # fmt: skip


def _check_unique(found: Sequence[Found]) -> None:
    """Two rows with one place could not be told apart the next time."""
    faults = Faults()
    first: dict[str, Found] = {}
    for row in found:
        if (other := first.setdefault(row.at, row)) is not row:
            faults.add("DUPLICATE_ROW", f"{row.at!r} stands twice in the list", row.place,
                       f"it stands at {other.place} already")  # fmt: skip
    faults.raise_any()


def _tell(merged: Merged, theirs: Sequence[Row], report: ImportReport) -> None:
    said = {row["at"] for row in theirs}
    report.silent = [at for at in report.matched if at not in said]
    report.rows = len(merged.rows)
    report.new, report.changed = merged.new, merged.changed
    report.vanished, report.taken_out = merged.vanished, merged.taken_out
    report.kept = merged.kept


class _Maker:
    """Makes our rows of what was found: what is known is spoken of, what is new declared."""

    def __init__(
        self, recipe: Recipe, ontology: Ontology, matcher: Matcher, report: ImportReport,
        ours: Sequence[Row],
    ) -> None:  # fmt: skip
        self._recipe = recipe
        self._ontology = ontology
        self._matcher = matcher
        self._report = report
        self._ours = {row.get("at", ""): row for row in ours}
        self._amends = {"id", "aliases", "ambiguous", "at", "read"}
        for name in (*ontology.relations, *ontology.events):
            self._amends.add(name)

    def make(self, found: Sequence[Found]) -> list[Row]:
        """The rows, without those that are left out."""
        wanted = [row for row in found if row.name not in self._recipe.leave]
        self._claim_ids(wanted)
        # What the recipe calls the same may be declared by a later row.
        ordered = sorted(wanted, key=lambda item: item.name in self._recipe.same)
        rows = [row for item in ordered if (row := self._make_one(item)) is not None]
        return self._say_once(rows)

    def _say_once(self, rows: Sequence[Row]) -> list[Row]:
        """Where two rows are one entity, the later does not repeat what the earlier states."""
        stated: set[tuple[str, str, str]] = set()
        result: list[Row] = []
        told: set[str] = set()
        by_constants = bool(self._ontology.relations.keys() & self._recipe.constants.keys())
        for row in rows:
            cells = dict(row)
            for relation in self._ontology.relations.keys() & row.keys():
                objects = row[relation].split(SEPARATOR)
                news = [o for o in objects if (row["id"], relation, o) not in stated]
                stated.update((row["id"], relation, o) for o in objects)
                if news:
                    cells[relation] = join_cell(news)
                else:
                    for column in [c for c in cells if c.partition(".")[0] == relation]:
                        del cells[column]
            says = cells.keys() - {"id", "at"} or (by_constants and row["id"] not in told)
            if says:
                result.append(cells)
                told.add(row["id"])
        return result

    def _claim_ids(self, found: Sequence[Found]) -> None:
        """What our file declares keeps its names, whatever else comes first in the list."""
        for item in found:
            mine = self._ours.get(item.at)
            if mine and mine.get("kind") and mine["id"] not in self._matcher.known:
                names = (mine["id"], mine.get("label") or mine.get("label.en", ""))
                aliases = mine.get("aliases", "").split(SEPARATOR)
                # Two rows of one list that share a page or a repository are two things.
                self._matcher.add(Known(mine["id"], mine["kind"], (*names, *aliases)))

    def _make_one(self, item: Found) -> Row | None:
        recipe, at = self._recipe, item.at
        kind = recipe.kinds.get(item.name, recipe.kinds.get(item.kind, recipe.kind))
        mine = self._ours.get(at)
        if mine is not None:
            # An id is permanent, and what a person made of a row stands.
            return self._declare(item, mine["kind"], mine["id"]) if mine.get("kind") else (
                self._speak(item, mine["id"], "our file"))  # fmt: skip
        if item.name in recipe.same:
            return self._speak(item, recipe.same[item.name], "the recipe")
        if item.name not in recipe.new:
            match = self._matcher.find(item, recipe.among)
            if len(match.ids) == 1:
                return self._speak(item, match.ids[0], match.how)
            if match.ids:
                self._report.ambiguous[at] = match.ids
                return None
            if match.like and kind:
                self._report.like[at] = match.like
        if not kind:
            self._report.unnamed.append(at)
            return None
        id = recipe.ids.get(item.name) or item.id or to_slug(item.name)
        if not id:
            self._report.unnamed.append(at)
            return None
        if id in self._matcher.known:
            self._report.ambiguous[at] = (id,)
            return None
        return self._declare(item, kind, id)

    def _speak(self, item: Found, id: str, how: str) -> Row:
        """A row of an entity that is declared elsewhere."""
        self._report.matched[item.at] = (id, how)
        known = self._matcher.known.get(id)
        cells = {c: v for c, v in item.cells.items() if c.partition(".")[0] in self._amends}
        if known is not None:
            names = [n for n in (item.name, *item.names, *item.also) if self._is_news(n, known)]
            cells["aliases"] = self._free_names(item, names, known.kind, id)
            self._matcher.add(replace(known, names=(*known.names, *names)))
        return _row(cells, id=id, at=item.at)

    def _is_news(self, name: str, known: Known) -> bool:
        return match_key(name) not in {match_key(n) for n in known.names}

    def _declare(self, item: Found, kind: str, id: str) -> Row:
        """A row that declares an entity."""
        cells = dict(item.cells)
        if "label.en" not in cells and "label" not in cells:
            cells["label.en"] = item.name
        own = {match_key(cells.get("label.en", ""))}
        names = [n for n in (*item.names, *item.also) if match_key(n) not in own]
        cells["aliases"] = self._free_names(item, names, kind, id)
        self._report.declared[item.at] = id, kind
        label = cells.get("label.en") or cells.get("label", "")
        told = (id, label, *cells["aliases"].split(SEPARATOR))
        self._matcher.add(Known(id, kind, told))
        return _row(cells, id=id, kind=kind, at=item.at)

    def _free_names(self, item: Found, names: Sequence[str], kind: str, id: str) -> str:
        """The names that nothing else of the kind has; each once."""
        by_key = {match_key(name): name for name in reversed(names)}
        taken = {
            name: owners
            for key, name in by_key.items()
            if (owners := tuple(o for o in self._matcher.owners(name, kind) if o != id))
        }
        if taken:
            self._report.dropped[item.at] = tuple(taken)
        free = [name for key, name in by_key.items() if key and name not in taken]
        return join_cell(sorted(free, key=names.index))


def _row(cells: Mapping[str, str], **own: str) -> Row:
    return {column: value for column, value in {**cells, **own}.items() if value}
