"""Two answers to one question, of two days: what came into the answer, what went, what differs.

Records are told apart by their ids. A list's entry is known by its own id, or by that of the
first record in it that has one, as an edge is by its node; of several alike, by how many they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from graphql import FieldNode, GraphQLSchema, NameNode, SelectionSetNode

from ecograph.api.dated import AS_OF, dated
from ecograph.api.identified import ID, identify, select_more
from ecograph.api.tables import Table
from ecograph.api.variables import variables_of
from ecograph.errors import QueryError

UNTOLD = frozenset({"pageInfo", "cursor"})
"""Fields that say where a page stands, and nothing of the graph."""
HEADERS = ("change", "where", "of", "id", "name", "field", "before", "after")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that one answer has; `where` is the path of fields to it, `of` the id above it."""

    where: str
    of: str | None
    id: str
    record: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is another one; `of` is the id of the record that has it."""

    where: str
    of: str | None
    before: Any
    after: Any


@dataclass(slots=True)
class Comparison:
    """What differs between two answers; not `complete` where a page of one goes on."""

    days: tuple[str, str]
    complete: bool = True
    added: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON has it."""

        def entries(several: list[Entry]) -> list[dict[str, Any]]:
            return [{"where": e.where, "of": e.of, "id": e.id, "record": e.record} for e in several]

        return {
            "asOf": list(self.days),
            "complete": self.complete,
            "added": entries(self.added),
            "gone": entries(self.gone),
            "changed": [
                {"where": d.where, "of": d.of, "before": d.before, "after": d.after}
                for d in self.changed
            ],
        }

    def table(self) -> Table:
        """One line a difference."""
        rows = [
            (change, e.where, e.of or "", e.id, _name(e.record), "", "", "")
            for change, several in (("added", self.added), ("gone", self.gone))
            for e in several
        ]
        for d in self.changed:
            where, _, name = d.where.rpartition(".")
            rows.append(("changed", where, d.of or "", "", "", name, _text(d.before),
                         _text(d.after)))  # fmt: skip
        beside = (("asOf", "..".join(self.days)), ("complete", _text(self.complete)))
        return Table(HEADERS, tuple(rows), beside=beside)


def read_days(text: str) -> tuple[str, str]:
    """The two days of `2018-01-01..2020-01-01`. Raises: QueryError."""
    return check_days(text.split(".."))


def check_days(days: Sequence[str]) -> tuple[str, str]:
    """Two days, the earlier first. Raises: QueryError."""
    try:
        first, second = days
        if date.fromisoformat(first) < date.fromisoformat(second) and len(first + second) == 20:
            return first, second
    except ValueError:
        pass
    raise QueryError(
        f"compare: {'..'.join(days)!r} is not two days, the earlier first; "
        "write 2018-01-01..2020-01-01",
        argument="compare", value="..".join(days),
    )  # fmt: skip


def comparable(core: GraphQLSchema, document: str) -> str:
    """The document with a variable asOf, the ids of all records and the ends of all pages.

    Raises: QueryError if its question has no day, or one of its own.
    """
    taking = document if AS_OF in variables_of(document) else dated(core, document)
    if taking is None:
        raise QueryError(
            "compare: this question takes no day, or has its own; ask one that takes asOf",
            argument="compare", value=None,
        )  # fmt: skip
    return select_more(core, identify(core, taking), _end)


def compare_answers(before: Any, after: Any, days: tuple[str, str]) -> Comparison:
    """What differs between the data of two answers to one document of `comparable`."""
    found = Comparison(days, complete=not (is_cut(before) or is_cut(after)))
    _compare(before, after, (), None, found)
    return found


def _end(fields: Collection[str], _: SelectionSetNode) -> FieldNode | None:
    """Whether there is more, of a connection."""
    if "pageInfo" not in fields:
        return None
    more = SelectionSetNode(selections=(FieldNode(name=NameNode(value="hasNextPage")),))
    return FieldNode(name=NameNode(value="pageInfo"), selection_set=more)


def is_cut(data: Any) -> bool:
    """Whether a list in an answer has another page, or was cut short."""
    if isinstance(data, list):
        return any(map(is_cut, data))
    if not isinstance(data, Mapping):
        return False
    return data.get("hasNextPage") is True or data.get("truncated") is True or any(
        map(is_cut, data.values())
    )  # fmt: skip


Path = tuple[str, ...]


def _compare(before: Any, after: Any, path: Path, of: str | None, found: Comparison) -> None:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        if before.get(ID) == after.get(ID):
            own = before.get(ID, of)
            for key in before:
                if key not in UNTOLD:
                    _compare(before[key], after[key], (*path, key), own, found)
            return
        _part([before], [after], path, of, found)
    elif _is_records(before) and _is_records(after):
        _part(before or [], after or [], path, of, found)
    else:
        found.changed.append(Difference(".".join(path), of, before, after))


def _is_records(value: Any) -> bool:
    """Whether a value is a list of records, or may stand for one: null, or one record."""
    return value is None or isinstance(value, dict) or (
        isinstance(value, list) and all(one is None or isinstance(one, dict) for one in value)
    )  # fmt: skip


def _part(before: Any, after: Any, path: Path, of: str | None, found: Comparison) -> None:
    """Entries of one side alone, and what differs within those of both."""
    old, new = _by_id(before), _by_id(after)
    where = ".".join(path)
    for (id_, number), record in old.items():
        if (id_, number) not in new:
            found.gone.append(Entry(where, of, id_, record))
        else:
            _compare(record, new[id_, number], path, id_ or of, found)
    for (id_, number), record in new.items():
        if (id_, number) not in old:
            found.added.append(Entry(where, of, id_, record))


def _by_id(value: Any) -> dict[tuple[str, int], Any]:
    seen: Counter[str] = Counter()
    found = {}
    for record in value if isinstance(value, list) else [value]:
        if record is not None:
            id_ = next(_ids(record), "")
            seen[id_] += 1
            found[id_, seen[id_]] = record
    return found


def _ids(record: Mapping[str, Any]) -> Iterator[str]:
    """The record's id, then those of the records in it, level by level."""
    level: list[Mapping[str, Any]] = [record]
    while level:
        yield from (str(one[ID]) for one in level if ID in one)
        level = [part for one in level for part in one.values() if isinstance(part, dict)]


def _name(record: Any) -> str:
    level = [record]
    while level:
        for one in level:
            for key in ("label", "name", "sentence", "title"):
                if isinstance(one.get(key), str):
                    return str(one[key])
        level = [part for one in level for part in one.values() if isinstance(part, dict)]
    return ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return "" if value is None else orjson.dumps(value).decode()
