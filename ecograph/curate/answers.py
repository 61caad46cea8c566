"""Which named operations, under their examples, two dataset versions answer differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ecograph.api.operations import NamedOperation
from ecograph.api.tables import cell, lay_out, tabulate
from ecograph.curate.differences import Change
from ecograph.service import Service

UNTOLD = ("cursor", "startCursor", "endCursor")
"""Fields that are another in every version, and say nothing of the ecosystem."""
KEYS = ("node.id", "id", "subject.id", "statement.id", "value")
"""Headers of a column by which a row is known, in both versions."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of both answers, by what it is known, with its cells that differ."""

    key: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An operation that is answered differently, as its table shows it.

    `beside` are values outside of the rows, and errors. Rows are texts, of the columns that are
    not empty. If all are empty, the answers differ in what no table shows.
    """

    name: str
    question: Mapping[str, str]
    variables: Mapping[str, Any]
    beside: tuple[Change, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[ChangedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """How many operations were asked, and those that are answered differently."""

    asked: int
    changed: tuple[ChangedAnswer, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    headers: Row
    rows: tuple[Row, ...]
    beside: Mapping[str, str]


def compare_answers(old: Service, new: Service, operations: Iterable[NamedOperation]) -> Answers:
    """The operations, each asked of both under the variables of its example."""
    asked = 0
    changed: list[ChangedAnswer] = []
    same = old.outline.version == new.outline.version
    for operation in operations:
        asked += 1
        if same:
            continue
        before, after = (s.query(operation.document, operation.variables) for s in (old, new))
        if _mask(before) != _mask(after):
            tables = _tell(old, operation, before), _tell(new, operation, after)
            changed.append(_compare(operation, *tables))
    return Answers(asked, tuple(changed))


def _mask(answer: Any, within: str = "") -> Any:
    if isinstance(answer, Mapping):
        return {
            key: _mask(value, key)
            for key, value in answer.items()
            if not _is_untold(f"{within}.{key}")
        }
    return [_mask(one, within) for one in answer] if isinstance(answer, list) else answer


def _is_untold(path: str) -> bool:
    # The version of a specification that a statement is about is told, that of the dataset not.
    return path.rpartition(".")[2] in UNTOLD or path == "dataset.version"


def _tell(service: Service, operation: NamedOperation, answer: Any) -> _Told:
    """The answer as a table, without the columns that are never told; errors stand beside it."""
    beside: dict[str, str] = {}
    for error in answer.get("errors", ()):
        beside["error"] = "; ".join(filter(None, (beside.get("error"), error["message"])))
    if answer.get("data") is None:
        return _Told((), (), beside)
    layout = lay_out(service.api.core, operation.document)
    for column in layout.beside:
        if not _is_untold(".".join(column.path)):
            beside[column.header] = cell(answer["data"], column.path)
    table = tabulate(layout, answer["data"])
    if table.total is not None:
        beside["rows in all"] = str(table.total)
    kept = [
        n for n, header in enumerate(table.headers)
        if n >= len(layout.beside) and not _is_untold(header)
    ]  # fmt: skip
    rows = (tuple(row[n] for n in kept) for row in table.rows)
    return _Told(tuple(table.headers[n] for n in kept), tuple(filter(any, rows)), beside)


def _compare(operation: NamedOperation, before: _Told, after: _Told) -> ChangedAnswer:
    names = dict.fromkeys((*before.beside, *after.beside))
    beside = tuple(
        Change(name, before.beside.get(name), after.beside.get(name))
        for name in names
        if before.beside.get(name) != after.beside.get(name)
    )
    added = [row for row in after.rows if row not in {*before.rows}]
    removed = [row for row in before.rows if row not in {*after.rows}]
    changed: list[ChangedRow] = []
    at = _find_key(before, after)
    if at is not None:
        gone = {row[at]: row for row in removed}
        for row in [*added]:
            was = gone.get(row[at])
            if was is not None:
                added.remove(row)
                removed.remove(was)
                changed.append(ChangedRow(row[at], tuple(_cells(after.headers, was, row))))
    return ChangedAnswer(
        operation.name, operation.question, operation.variables, beside,
        tuple(map(_join, added)), tuple(map(_join, removed)), tuple(changed),
    )  # fmt: skip


def _find_key(before: _Told, after: _Told) -> int | None:
    """The column by which rows are known: it has each value once in both answers."""
    if before.headers != after.headers:
        return None
    for name in (*KEYS, *(header for header in after.headers if header.endswith(".id"))):
        if name in after.headers:
            at = after.headers.index(name)
            if all(len({row[at] for row in t.rows}) == len(t.rows) for t in (before, after)):
                return at
    return None


def _cells(headers: Row, old: Row, new: Row) -> Iterator[Change]:
    for header, before, after in zip(headers, old, new, strict=True):
        if before != after:
            yield Change(header, before or None, after or None)


def _join(row: Row) -> str:
    return " | ".join(filter(None, row))
