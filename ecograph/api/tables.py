"""Answers as tables: the first connection of an operation, or its first list, one row an entry.

Facets have one row a value; what stands beside the list is told with the table.
Columns come from the document and not from the answer, so that an empty answer has them too.
May import: graphql, model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    GraphQLType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
)

Path = tuple[str, ...]
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Way:
    """A path's entities, and of each hop whether it is walked forward and its relation."""

    header: str
    nodes: Path
    forward: Path
    relation: Path


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a row: where it stands in the row, and the same without `nodes` and `edges`."""

    path: Path
    header: str
    evidence: Path | None = None
    """The path of the evidence of which it is a part, if it is."""
    way: Way | None = None
    """The way of which it is a part, if it is."""
    prose: bool = False  # A text in Markdown, which is no part of a table.


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an answer's table is: `path` leads from the data to the connection or the list."""

    path: Path
    columns: tuple[Column, ...]
    rows: str | None = None
    """`edges` or `nodes` of a connection; None for a list, and for a single row."""
    beside: tuple[Column, ...] = ()
    """The values outside of the list, with paths from the data."""
    inner: str | None = None
    """The list in each entry of which every value is a row of its own."""


@dataclass(frozen=True, slots=True)
class Table:
    """Texts in rows, with the key of the next page if there is one."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int | None = None
    next: str | None = None
    beside: tuple[tuple[str, str], ...] = ()
    """Header and text of what is no part of the rows."""
    prose: tuple[str, ...] = ()  # Texts in Markdown that go before the table.


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that an answer names."""

    title: str
    url: str


def lay_out(core: GraphQLSchema, document: str) -> Layout:
    """The table of the first operation of a valid document.

    A connection wins over a list, a path's hops over its nodes, and else the order in which the
    document selects them counts. Without any the whole answer is one row.
    """
    reader = _Reader(core, document)
    root = core.query_type
    node = next(d for d in reader.document.definitions if isinstance(d, OperationDefinitionNode))
    assert root is not None
    chosen = _choose(list(reader.lists(root, [node.selection_set], ())))
    if chosen is None:
        return Layout((), tuple(reader.columns(root, [node.selection_set], (), ())))
    beside = tuple(reader.beside(root, [node.selection_set], (), chosen.path))
    parts = reader.fields(chosen.type, chosen.sets)
    if chosen.connection:
        for key, name, type_, sets in parts:
            if name == "edges" or (name == "nodes" and all(p[1] != "edges" for p in parts)):
                columns = tuple(reader.columns(get_named_type(type_), sets, (), ()))
                return Layout(chosen.path, columns, key, beside)
    # A list, or a connection of which nothing but counts is asked.
    columns = tuple(reader.columns(chosen.type, chosen.sets, (), ()))
    inner = next((key for key, name, _, _ in parts if _is_counted(chosen.type, name)), None)
    return Layout(chosen.path, columns, beside=beside, inner=inner)


def tabulate(layout: Layout, data: Any) -> Table:
    """The table of an answer's data, every column told.

    What stands beside the list leads each row; without entries it is a row by itself.
    """
    found = _follow(data, layout.path)
    before = tuple(cell(data, column.path) for column in layout.beside)
    rows = [
        before + tuple(cell(row, column.path) for column in layout.columns)
        for row in _entries(layout, found)
    ]
    if any(before) and not rows:
        rows.append(before + ("",) * len(layout.columns))
    headers = [column.header for column in layout.columns]
    leading = [f"data.{c.header}" if c.header in headers else c.header for c in layout.beside]
    return Table((*leading, *headers), tuple(rows), *_page(layout, found))


def tabulate_for_people(layout: Layout, data: Any) -> tuple[Table, tuple[Cited, ...]]:
    """The table with evidence as numbers, and the sources that these number, from 1.

    A path whose entities and hops are told is one text; what stands beside the list is apart.
    """
    numbers: dict[Cited, int] = {}
    found, rows = _follow(data, layout.path), []
    headers = dict.fromkeys(_heading(c) for c in layout.columns)
    for row in _entries(layout, found):
        cells: dict[str, str] = {}
        for column in layout.columns:
            heading = _heading(column)
            if column.way is not None:
                cells[heading] = _walk(row, column.way)
            elif column.evidence is None:
                cells[heading] = cell(row, column.path)
            elif heading not in cells:
                marks = dict.fromkeys(
                    numbers.setdefault(cited, len(numbers) + 1)
                    for cited in cited_in(_follow_all(row, column.evidence))
                )
                cells[heading] = " ".join(f"[{mark}]" for mark in marks)
        rows.append(tuple(cells[h] for h in headers))
    for cited in cited_in(data):
        numbers.setdefault(cited, len(numbers) + 1)
    beside = tuple((c.header, cell(data, c.path)) for c in layout.beside if not c.prose)
    prose = tuple(text for c in layout.beside if c.prose and (text := cell(data, c.path)))
    table = Table(tuple(headers), tuple(rows), *_page(layout, found), beside, prose)
    return table, tuple(numbers)


def cell(row: Any, path: Path) -> str:
    """The text at a path; what stands in nested lists is joined, each entry keeping its place."""
    value = _follow_all(row, path)
    if isinstance(value, list):
        return SEPARATOR.join(_text(one) for one in value)
    return _text(value)


def cited_in(value: Any) -> Iterator[Cited]:
    """The sources in a part of an answer, as often as it names them: what has title and url."""
    if isinstance(value, Mapping):
        title, url = value.get("title"), value.get("url")
        if isinstance(title, str) and isinstance(url, str):
            yield Cited(title, url)
        for inner in value.values():
            yield from cited_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited_in(inner)


def _heading(column: Column) -> str:
    if column.way is not None:
        return column.way.header
    return column.header if column.evidence is None else ".".join(column.evidence)


def _walk(row: Any, way: Way) -> str:
    """`runc -IMPLEMENTS-> oci-runtime-spec`, each arrow from the subject to the object."""
    nodes, *hops = (_follow_all(row, path) or [] for path in (way.nodes, way.forward, way.relation))
    told = [str(one) for one in nodes[:1]]
    for node, forward, relation in zip(nodes[1:], *hops, strict=False):
        told += [f"-{relation}->" if forward else f"<-{relation}-", str(node)]
    return " ".join(told)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _follow(value: Any, path: Path) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _follow_all(value: Any, path: Path) -> Any:
    """What is at a path, through lists: then a flat list."""
    if isinstance(value, list):
        found: list[Any] = []
        for one in value:
            inner = _follow_all(one, path)
            found += inner if isinstance(inner, list) else [inner]
        return found
    if not path:
        return value
    return _follow_all(value.get(path[0]) if isinstance(value, Mapping) else None, path[1:])


def _entries(layout: Layout, found: Any) -> list[Any]:
    if layout.rows is not None:
        found = found.get(layout.rows) if isinstance(found, Mapping) else None
    if found is None:
        return []
    entries = [one for one in found if one is not None] if isinstance(found, list) else [found]
    if (inner := layout.inner) is None:
        return entries
    return [{**one, inner: value} for one in entries for value in one.get(inner) or [None]]


def _page(layout: Layout, found: Any) -> tuple[int | None, str | None]:
    if layout.rows is None or not isinstance(found, Mapping):
        return None, None
    page = found.get("pageInfo") or {}
    return found.get("totalCount"), page.get("endCursor") if page.get("hasNextPage") else None


@dataclass(frozen=True, slots=True)
class _List:
    path: Path
    type: GraphQLNamedType
    sets: list[SelectionSetNode]
    connection: bool


def _choose(lists: list[_List]) -> _List | None:
    """A connection wins over a list; of a path, the hops over the entities, which they name."""
    found = next((one for one in lists if one.connection), None)
    found = found or next((one for one in lists if one.type.name == "Hop"), None)
    return found or next(iter(lists), None)


_WAY = (("nodes", "id"), ("hops", "forward"), ("hops", "statement", "relation"))
_Fields = list[tuple[str, str, GraphQLType, list[SelectionSetNode]]]


class _Reader:
    """Reads the selections of one document: fragments spread, fields of one key merged."""

    def __init__(self, core: GraphQLSchema, document: str) -> None:
        self.core = core
        self.document = parse(document)
        self.prose: set[tuple[str, str]] = set()  # (type, key) of what is asked for in Markdown.
        self.fragments = {
            d.name.value: d
            for d in self.document.definitions
            if isinstance(d, FragmentDefinitionNode)
        }

    def lists(
        self, type_: GraphQLNamedType, sets: list[SelectionSetNode], path: Path
    ) -> Iterator[_List]:
        """Connections and lists of objects, without those inside of them."""
        for key, _, inner, below in self.fields(type_, sets):
            named = get_named_type(inner)
            if below and _is_connection(named):
                yield _List((*path, key), named, below, True)
            elif below and _is_list(inner):
                yield _List((*path, key), named, below, False)
            elif below:
                yield from self.lists(named, below, (*path, key))

    def columns(
        self, type_: GraphQLNamedType, sets: list[SelectionSetNode], path: Path, header: Path,
        evidence: Path | None = None, way: Way | None = None,
    ) -> Iterator[Column]:  # fmt: skip
        """The leaves below a selection."""
        paged = _is_connection(type_)
        if type_.name == "Path":
            way = self._way(type_, sets, path, header)
        for key, name, inner, below in self.fields(type_, sets):
            named = get_named_type(inner)
            here = (*path, key)
            if paged and name == "pageInfo":
                continue
            plain = (paged and name in ("nodes", "edges")) or _is_counted(type_, name)
            told = header if plain else (*header, key)
            if not below:
                if name != "cursor" or not type_.name.endswith("Edge"):
                    part = way is not None and here in (way.nodes, way.forward, way.relation)
                    yield Column(here, ".".join(told), evidence, way if part else None)
                continue
            cites = evidence or (here if self._names_sources(named, below) else None)
            yield from self.columns(named, below, here, told, cites, way)

    def beside(
        self, type_: GraphQLNamedType, sets: list[SelectionSetNode], path: Path, table: Path
    ) -> Iterator[Column]:
        """The leaves that are in no list, but for those of the table's own connection."""
        for key, _, inner, below in self.fields(type_, sets):
            here = (*path, key)
            if not below:
                yield Column(here, ".".join(here), prose=(type_.name, key) in self.prose)
            elif here != table and not _is_list(inner):
                yield from self.beside(get_named_type(inner), below, here, table)

    def _way(
        self, type_: GraphQLNamedType, sets: list[SelectionSetNode], path: Path, header: Path
    ) -> Way | None:
        """What of a Path makes its way, if all of it is asked."""
        paths = dict(self._leaves(type_, sets, (), path))
        if not paths.keys() >= set(_WAY):
            return None
        return Way(".".join((*header, "way")), *(paths[names] for names in _WAY))

    def _leaves(
        self, type_: GraphQLNamedType, sets: list[SelectionSetNode], names: Path, keys: Path
    ) -> Iterator[tuple[Path, Path]]:
        """The leaves below a selection: by the names of their fields, and by their keys."""
        for key, name, inner, below in self.fields(type_, sets):
            if below:
                yield from self._leaves(get_named_type(inner), below, (*names, name), (*keys, key))
            else:
                yield (*names, name), (*keys, key)

    def _names_sources(self, type_: GraphQLNamedType, sets: list[SelectionSetNode]) -> bool:
        """Whether it is evidence of which enough is asked to say its source."""
        for key, _, inner, below in self.fields(type_, sets) if type_.name == "Evidence" else ():
            asked = {one[0] for one in self.fields(get_named_type(inner), below)}
            if key == "source" and asked >= {"title", "url"}:
                return True
        return False

    def fields(self, type_: GraphQLNamedType, sets: list[SelectionSetNode]) -> _Fields:
        """(key, field, type, selections below) in the order of the first mention."""
        found: dict[str, tuple[str, GraphQLType, list[SelectionSetNode]]] = {}
        for one in sets:
            self._collect(type_, one, found)
        return [(key, *rest) for key, rest in found.items()]

    def _collect(
        self, type_: GraphQLNamedType, selections: SelectionSetNode,
        found: dict[str, tuple[str, GraphQLType, list[SelectionSetNode]]],
    ) -> None:  # fmt: skip
        for one in selections.selections:
            if isinstance(one, FieldNode):
                name = one.name.value
                definition = getattr(type_, "fields", {}).get(name)
                if definition is None:
                    continue
                key = one.alias.value if one.alias else name
                told = (getattr(a.value, "value", "") for a in one.arguments or ())
                if name == "explanation" and "MARKDOWN" in told:
                    self.prose.add((type_.name, key))
                entry = found.setdefault(key, (name, definition.type, []))
                if one.selection_set:
                    entry[2].append(one.selection_set)
                continue
            fragment: InlineFragmentNode | FragmentDefinitionNode
            if isinstance(one, FragmentSpreadNode):
                fragment = self.fragments[one.name.value]
            else:
                assert isinstance(one, InlineFragmentNode)
                fragment = one
            condition = fragment.type_condition
            narrowed = self.core.type_map[condition.name.value] if condition else type_
            self._collect(narrowed, fragment.selection_set, found)


def _is_connection(type_: GraphQLNamedType) -> bool:
    return type_.name.endswith("Connection") and "pageInfo" in getattr(type_, "fields", {})


def _is_counted(type_: GraphQLNamedType, name: str) -> bool:
    return type_.name == "Facet" and name == "values"


def _is_list(type_: GraphQLType) -> bool:
    inner = type_.of_type if is_non_null_type(type_) else type_
    return is_list_type(inner)
