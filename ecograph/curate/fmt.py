"""The canonical order inside the files of a dataset: fields, statements, evidence, rows.

Nothing is rewritten and no comment is lost; what a file says is the same before and after. Lists
whose order is told to who asks (aliases, evidence, history) keep it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecograph.curate.import_write import write_list
from ecograph.errors import DataError, DataErrors, Place
from ecograph.formats.csv import parse_csv
from ecograph.formats.faults import Faults
from ecograph.formats.layout import ITEM, Span, arrange
from ecograph.formats.layout import Path as Keys
from ecograph.formats.yaml import Items, Node, Record, Scalar, parse_yaml
from ecograph.load.entities import FIXED
from ecograph.load.files import FOLDERS, read_text_file
from ecograph.load.lists import OF_STATEMENTS
from ecograph.load.ontology import load_ontology
from ecograph.model.ontology import LANGUAGES, Ontology
from ecograph.settings import bundled

OF_SOURCES = ("id", "title", "url", "license", "read")
OF_EVENTS = ("event", "date", "value", "note", "evidence")
OF_EVIDENCE = ("source", "at", "read")
LAST = 10_000


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file, its text as it is and as it is to be."""

    path: Path
    text: str
    right: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.text != self.right


def format_paths(paths: Sequence[Path]) -> Iterator[Formatted]:
    """The files of data folders, or the files that are named, in canonical order.

    Nothing is written. Raises: DataErrors if a file cannot be read.
    """
    for path in paths or (bundled("data"),):
        files = find_files(path)
        if not files:
            raise DataErrors([
                DataError("MISSING_FILE", "there is no file to format", Place(path.as_posix()),
                          "name a data folder, or a file inside one")
            ])  # fmt: skip
        ontology = _find_ontology(files[0].parent.parent)
        for file in files:
            yield format_file(file, ontology)


def find_files(path: Path) -> list[Path]:
    """The files of a data folder that have a canonical order, or the one file that is named."""
    if path.is_file():
        return [path]
    return [
        file
        for folder, endings in FOLDERS.items()
        for file in sorted((path / folder).glob("[!.]*"))
        if file.suffix in endings and file.suffix != ".mmd"
    ]


def _find_ontology(folder: Path) -> Ontology:
    """The ontology of a data folder; that of the bundled dataset if it has none of its own."""
    return load_ontology(folder if (folder / "ontology.yaml").is_file() else bundled("data"))


def _read(path: Path, faults: Faults) -> str:
    text = read_text_file(path, path.parent.resolve().as_posix(), faults)
    faults.raise_any()
    assert text is not None
    return text


def format_file(path: Path, ontology: Ontology) -> Formatted:
    """One file in canonical order. Raises: DataErrors if it cannot be read."""
    faults = Faults()
    text = _read(path, faults)
    shown = path.as_posix()
    if path.suffix == ".csv":
        right, same = _format_list(text, shown, ontology, faults)
    else:
        right, same = _format_yaml(text, shown, path.parent.name, ontology, faults)
    faults.raise_any()
    if not same:
        raise DataErrors([
            DataError("NOT_FORMATTED", "it could not be put in order without changing what it says",
                      Place(shown), "order it by hand: docs/data-format.md")
        ])  # fmt: skip
    return Formatted(path, text, right)


def _format_yaml(
    text: str, shown: str, folder: str, ontology: Ontology, faults: Faults
) -> tuple[str, bool]:
    before = parse_yaml(text, shown, faults)
    if before is None or not isinstance(before, Items):
        return text, True
    rules = OrderOfSources() if folder == "sources" else OrderOfEntities(ontology, folder != "seed")
    right = arrange(text, rules)
    after = parse_yaml(right, shown, Faults())
    return right, after is not None and _say(before, rules, ()) == _say(after, rules, ())


def _format_list(text: str, shown: str, ontology: Ontology, faults: Faults) -> tuple[str, bool]:
    table = parse_csv(text, shown, faults)
    if table is None:
        return text, True
    header = [cell.text for cell in table.header]
    rows = [
        {name: cell.text for name, cell in zip(header, row, strict=True) if cell.text}
        for row in table.rows
    ]
    rows.sort(key=lambda row: row.get("id", ""))
    constants = {n: f.value.text for n, f in table.constants.items() if isinstance(f.value, Scalar)}
    # A column that is empty in every row and one that nobody knows would be lost.
    right = write_list(rows, constants, table.comments, ontology)
    again = parse_csv(right, shown, Faults())
    if again is None:
        return right, False
    names = [cell.text for cell in again.header]
    told = [
        {name: cell.text for name, cell in zip(names, row, strict=True) if cell.text}
        for row in again.rows
    ]
    return right, told == rows and again.constants.keys() == table.constants.keys()


class OrderOfSources:
    """Sources by id, their fields as docs/data-format.md shows them."""

    def rank(self, path: Keys, key: str) -> int:
        """The place of a key of a source."""
        return _index(OF_SOURCES, key)

    def item_key(self, path: Keys) -> Callable[[Span], Any] | None:
        """Sources are sorted by id."""
        return _id_of if path == () else None


class OrderOfEntities:
    """Entities by id (but the seed's, which follow its text), their fields by the ontology."""

    def __init__(self, ontology: Ontology, by_id: bool) -> None:
        self._ontology = ontology
        self._by_id = by_id
        own = [name for name in FIXED if name not in ("evidence", "history")]
        self._fields = (
            *own[:2], "remove", *own[2:], *ontology.attributes, "evidence", "history",
            *ontology.relations,
        )  # fmt: skip

    def rank(self, path: Keys, key: str) -> int:
        """The place of a key of an entity, a text, an event, a statement, an evidence."""
        match path:
            case (_,):
                return _index(self._fields, key)
            case (_, "label" | "description") | (_, "history", _, "note"):
                return _index(LANGUAGES, key)
            case (_, "history", _):
                return _index(OF_EVENTS, key)
            case (*_, "evidence", _):
                return _index(OF_EVIDENCE, key)
            case (_, relation, _) if relation in self._ontology.relations:
                qualifiers = self._ontology.relations[relation].qualifiers
                order = ("object", *OF_STATEMENTS, "remove", *qualifiers, "evidence")
                return _index(order, key)
        return 0

    def item_key(self, path: Keys) -> Callable[[Span], Any] | None:
        """Entities by id, statements by order, object and period."""
        match path:
            case ():
                return _id_of if self._by_id else None
            case (_, relation) if relation in self._ontology.relations:
                return _statement_key
        return None


def _id_of(item: Span) -> str:
    return item.get("id") or ""


def _statement_key(item: Span) -> tuple[int, str, str, str, str]:
    order = item.get("order") or ""
    return (
        int(order) if order.isdecimal() and len(order) < 6 else LAST,
        item.get("object") or "", item.get("negated") or "", item.get("since") or "",
        item.get("key") or "",
    )  # fmt: skip


def _index(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


def _say(node: Node, rules: OrderOfSources | OrderOfEntities, path: Keys) -> Any:
    """What a file says, whatever the order of keys and of lists that have none."""
    if isinstance(node, Scalar):
        return node.text, node.plain
    if isinstance(node, Record):
        return {k: _say(f.value, rules, (*path, k)) for k, f in node.fields.items()}
    items = [_say(item, rules, (*path, ITEM)) for item in node.items]
    return items if rules.item_key(path) is None else sorted(items, key=repr)


def write_formatted(files: Iterable[Formatted]) -> list[Path]:
    """Write the files that are to change; the paths of these."""
    written: list[Path] = []
    for file in files:
        if file.changed:
            file.path.write_text(file.right, "utf-8", newline="")
            written.append(file.path)
    return written
