"""Answers as tables: the first connection of an operation, or its first list, one row an entry.

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
class Column:
    """One value of a row: where it stands in the row, and the same without `nodes` and `edges`."""

    path: Path
    header: str
    evidence: Path | None = None
    """The path of the evidence of which it is a part, if it is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an answer's table is: `path` leads from the data to the connection or the list."""

    path: Path
    columns: tuple[Column, ...]
    rows: str | None = None
    """`edges` or `nodes` of a connection; None for a list, and for a single row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Texts in rows, with the key of the next page if there is one."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that an answer names."""

    title: str
    url: str


def lay_out(core: GraphQLSchema, document: str) -> Layout:
    """The table of the first operation of a valid document.

    A connection wins over a list, in the order in which the document selects them. Without
    either the whole answer is one row.
    """
    reader = _Reader(core, document)
    node = next(d for d in reader.document.definitions if isinstance(d, OperationDefinitionNode))
    assert core.query_type is not None
    lists = list(reader.lists(core.query_type, [node.selection_set], ()))
    chosen = next((one for one in lists if one.connection), lists[0] if lists else None)
    if chosen is None:
        return Layout((), tuple(reader.columns(core.query_type, [node.selection_set], (), ())))
    if not chosen.connection:
        return Layout(chosen.path, tuple(reader.columns(chosen.type, chosen.sets, (), ())))
    parts = reader.fields(chosen.type, chosen.sets)
    for key, name, type_, sets in parts:
        if name == "edges" or (name == "nodes" and all(p[1] != "edges" for p in parts)):
            columns = reader.columns(get_named_type(type_), sets, (), ())
            return Layout(chosen.path, tuple(columns), key)
    # Nothing but counts is asked of the connection.
    return Layout(chosen.path, tuple(reader.columns(chosen.type, chosen.sets, (), ())))


def tabulate(layout: Layout, data: Any) -> Table:
    """The table of an answer's data, every column told."""
    found = _follow(data, layout.path)
    rows = tuple(
        tuple(cell(row, column.path) for column in layout.columns)
        for row in _entries(layout, found)
    )
    return Table(tuple(c.header for c in layout.columns), rows, *_page(layout, found))


def tabulate_for_people(layout: Layout, data: Any) -> tuple[Table, tuple[Cited, ...]]:
    """The table with evidence as numbers, and the sources that these number, from 1."""
    numbers: dict[Cited, int] = {}
    found = _follow(data, layout.path)
    entries = list(_entries(layout, found))
    headers = dict.fromkeys(_heading(c) for c in layout.columns)
    rows = []
    for row in entries:
        cells: dict[str, str] = {}
        for column in layout.columns:
            if column.evidence is None:
                cells[column.header] = cell(row, column.path)
            elif (heading := _heading(column)) not in cells:
                marks = dict.fromkeys(
                    numbers.setdefault(cited, len(numbers) + 1)
                    for cited in cited_in(_follow_all(row, column.evidence))
                )
                cells[heading] = " ".join(f"[{mark}]" for mark in marks)
        rows.append(tuple(cells[h] for h in headers))
    for cited in cited_in(data):
        numbers.setdefault(cited, len(numbers) + 1)
    return Table(tuple(headers), tuple(rows), *_page(layout, found)), tuple(numbers)


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
    return column.header if column.evidence is None else ".".join(column.evidence)


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
    return [one for one in found if one is not None] if isinstance(found, list) else [found]


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


_Fields = list[tuple[str, str, GraphQLType, list[SelectionSetNode]]]


class _Reader:
    """Reads the selections of one document: fragments spread, fields of one key merged."""

    def __init__(self, core: GraphQLSchema, document: str) -> None:
        self.core = core
        self.document = parse(document)
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
        evidence: Path | None = None,
    ) -> Iterator[Column]:  # fmt: skip
        """The leaves below a selection."""
        paged = _is_connection(type_)
        for key, name, inner, below in self.fields(type_, sets):
            named = get_named_type(inner)
            here = (*path, key)
            if paged and name == "pageInfo":
                continue
            told = header if paged and name in ("nodes", "edges") else (*header, key)
            if not below:
                if name != "cursor" or not type_.name.endswith("Edge"):
                    yield Column(here, ".".join(told), evidence)
                continue
            cites = evidence or (here if self._names_sources(named, below) else None)
            yield from self.columns(named, below, here, told, cites)

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


def _is_list(type_: GraphQLType) -> bool:
    inner = type_.of_type if is_non_null_type(type_) else type_
    return is_list_type(inner)
