"""dataset.yaml, the lists of sources, and evidence, which points at sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ecograph.errors import Place
from ecograph.formats.faults import Faults
from ecograph.formats.yaml import Items, Node, Record, Scalar
from ecograph.load.fields import Fields, name_shape, read_items, read_text, read_texts
from ecograph.load.values import read_date, read_license, read_slug, read_url
from ecograph.model.dates import earliest
from ecograph.model.graph import Evidence, Source

MOST_SOURCES = 20_000
MOST_EVIDENCE = 50
LONGEST_LOCATOR = 500


@dataclass(frozen=True, slots=True)
class Dataset:
    """What dataset.yaml says."""

    title: Mapping[str, str]
    license: str
    as_of: str


@dataclass(frozen=True, slots=True)
class PlacedSource:
    """A source and where it stands."""

    source: Source
    place: Place
    layer: int = 0


def read_dataset(root: Node, faults: Faults) -> Dataset | None:
    """Title, licence and day of the dataset, or None with the faults."""
    fields = Fields.of(root, "the dataset", faults)
    if fields is None:
        return None
    title = fields.need("title")
    license_ = fields.need("license")
    as_of = fields.need("asOf")
    fields.finish()
    if title is None or license_ is None or as_of is None:
        return None
    texts = read_texts(title.value, "the title of the dataset", faults)
    name = read_license(license_.value, "the licence of the dataset", faults)
    day = read_date(as_of.value, "asOf of the dataset", faults, whole=True)
    return Dataset(texts, name, day) if name and day else None


def read_sources(root: Node, faults: Faults, layer: int = 0) -> list[PlacedSource]:
    """The sources of one file."""
    items = read_items(root, "a file of sources", faults, MOST_SOURCES)
    return [found for item in items if (found := _read_source(item, faults, layer)) is not None]


def _read_source(node: Node, faults: Faults, layer: int) -> PlacedSource | None:
    fields = Fields.of(node, "a source", faults)
    field = fields.need("id") if fields else None
    id = read_slug(field.value, "the id of a source", faults) if field else None
    if fields is None or field is None or id is None:
        return None
    fields.what = f"source {id}"
    title = fields.needed_text("title", 500)
    url = fields.need("url")
    license_ = fields.take("license")
    read = fields.take("read")
    fields.finish()
    source = Source(
        id,
        title or "",
        (read_url(url.value, f"'url' of source {id}", faults) if url else None) or "",
        read_license(license_.value, f"'license' of source {id}", faults) if license_ else None,
        read_date(read.value, f"'read' of source {id}", faults, whole=True) if read else None,
    )
    return PlacedSource(source, field.value.place, layer)


def gather_sources(found: list[PlacedSource], faults: Faults) -> dict[str, PlacedSource]:
    """The sources by id; an id that two of one folder have is a fault, a later folder's stands."""
    by_id: dict[str, PlacedSource] = {}
    for item in found:
        first = by_id.setdefault(item.source.id, item)
        if first.layer < item.layer:
            by_id[item.source.id] = item
        elif first is not item:
            faults.add(
                "DUPLICATE_ID", f"the source {item.source.id!r} stands twice", item.place,
                f"it stands at {first.place} already",
            )  # fmt: skip
    return by_id


class EvidenceReader:
    """Reads lists of evidence and remembers the last day on which each source was read."""

    def __init__(self, sources: Mapping[str, PlacedSource], faults: Faults) -> None:
        self._sources = sources
        self._faults = faults
        self._last_read: dict[str, str] = {}
        self._shared: tuple[Node, tuple[Evidence, ...]] | None = None

    def read(self, node: Node, what: str) -> tuple[Evidence, ...]:
        """The evidence in one list, in its order; many things of one row may share a list."""
        if self._shared is None or self._shared[0] is not node:
            self._shared = node, self._read_list(node, what)
        return self._shared[1]

    def _read_list(self, node: Node, what: str) -> tuple[Evidence, ...]:
        items = read_items(node, f"the evidence of {what}", self._faults, MOST_EVIDENCE)
        if isinstance(node, Items) and not node.items:
            self._faults.add("MISSING_EVIDENCE", f"{what} has no evidence", node.place)
        return tuple(found for item in items if (found := self._read_item(item, what)) is not None)

    def cite(self, source: str, locator: str) -> Evidence:
        """Evidence at a place of a known source."""
        return Evidence(source, locator, self._sources[source].source.read_on)

    def knows(self, source: str, place: Place) -> bool:
        """Whether there is such a source; it is a fault if not."""
        if source in self._sources:
            return True
        self._faults.add_unknown("UNKNOWN_SOURCE", "source", source, self._sources, place)
        return False

    def sources(self) -> dict[str, Source]:
        """All sources by id, sorted, each with the last day on which it was read."""
        return {
            id: replace(
                self._sources[id].source,
                read_on=_latest(self._sources[id].source.read_on, self._last_read.get(id)),
            )
            for id in sorted(self._sources)
        }

    def _read_item(self, node: Node, what: str) -> Evidence | None:
        if isinstance(node, Scalar):
            text = read_text(node, f"an evidence of {what}", self._faults)
            if text is None:
                return None
            source, hash_, at = text.partition("#")
            if hash_ and not at.strip():
                self._faults.add(
                    "EMPTY_VALUE", f"an evidence of {what} has nothing behind '#'", node.place,
                    "write source#place, or the source alone",
                )  # fmt: skip
            return self._make(source.strip(), at.strip() or None, None, node.place)
        if isinstance(node, Record):
            fields = Fields(node, f"an evidence of {what}", self._faults)
            named = fields.needed_text("source")
            at_text = fields.text("at", LONGEST_LOCATOR)
            read = fields.take("read")
            fields.finish()
            day = (
                read_date(read.value, f"'read' of {fields.what}", self._faults, whole=True)
                if read
                else None
            )
            place = node.fields["source"].value.place if named else node.place
            return self._make(named, at_text, day, place) if named else None
        self._faults.add(
            "WRONG_SHAPE", f"an evidence of {what} must be a text, this is {name_shape(node)}",
            node.place,
        )  # fmt: skip
        return None

    def _make(
        self, source: str, locator: str | None, day: str | None, place: Place
    ) -> Evidence | None:
        if not self.knows(source, place):
            return None
        if day is not None:
            self._last_read[source] = _latest(self._last_read.get(source), day) or day
        return Evidence(source, locator, day or self._sources[source].source.read_on)


def _latest(*days: str | None) -> str | None:
    return max((day for day in days if day), key=earliest, default=None)
