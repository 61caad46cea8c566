"""The rows of each source in Cypher: clauses, conditions, and the variables that they bind."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any

from ecograph.errors import PlanError
from ecograph.plan import steps
from ecograph.plan.steps import Key, Select
from ecograph.store.cypher_records import (
    ChangeRecord,
    EntityRecord,
    Record,
    SourceRecord,
    StatementRecord,
)
from ecograph.store.cypher_text import Asked, Text, arrow, where
from ecograph.store.cypher_walk import begin, reach
from ecograph.store.cypher_where import far_end, kind_of, to_condition
from ecograph.store.schema import ENTITY, SOURCE, version_id

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler

MISSING = 2**62
"""Stands for a number that is missing, after all others."""


@dataclass(slots=True)
class Rows:
    """Rows in the making: clauses to which a WHERE may be added, and what they bind.

    `carried` are the variables that go on to the next clause; `natural` says how the source itself
    orders its rows.
    """

    clauses: str
    record: Record
    carried: list[str]
    natural: list[Part]
    conditions: list[str] = field(default_factory=list)
    statement: StatementRecord | None = None
    length: str | None = None
    start: str | None = None
    place: str | None = None
    lead: list[str] = field(default_factory=list)
    """What comes before all keys of an order: equal for all rows, but first in the index."""
    missing: str | None = None
    """The variable that is null where the row has no node."""

    @property
    def matched(self) -> str:
        """The clauses with their conditions."""
        return f"{self.clauses}{where(self.conditions)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One number of an order: its expression, whether it may be missing, which way it goes.

    `compared` is what a cursor's value is compared with where that is no number.
    """

    text: str
    nullable: bool = False
    descending: bool = False
    compared: str | None = None

    def ordered(self, *, reverse: bool = False) -> str:
        """The item of ORDER BY."""
        if self.nullable:
            sign = "-" if self.descending else ""
            text = f"coalesce({sign}{self.text}, {MISSING})"
            return f"{text} DESC" if reverse else text
        return f"{self.text} DESC" if self.descending != reverse else self.text

    def beyond(self, number: str, *, before: bool, equal: bool) -> str:
        """Whether a row comes after (or before) a cursor's number, which is signed already."""
        sign = "<" if before else ">"
        if self.nullable:
            minus = "-" if self.descending else ""
            text = f"coalesce({minus}{self.text}, {MISSING})"
        elif self.descending and self.compared is None:
            text = f"-{self.text}"
        elif self.descending:
            text, sign = self.compared or self.text, ">" if before else "<"
        else:
            text = self.compared or self.text
        return f"{text} {sign}{'=' if equal else ''} {number}"


def compile_rows(select: Select, start: str | None, compiler: Compiler) -> Rows:
    """The rows of a select that count, of a source that the database can follow."""
    if isinstance(select.source, steps.Scan):
        return _scan(select, select.source, compiler.text)
    rows = _source(select, start, compiler)
    if select.where is not None:
        assert isinstance(rows.record, EntityRecord)
        rows.conditions.append(to_condition(select.where, rows.record.n, compiler.text))
    return rows


def _source(select: Select, start: str | None, compiler: Compiler) -> Rows:
    text, source = compiler.text, select.source
    match source:
        case steps.Seek(_, "statement"):
            return _said(source, text)
        case steps.Seek():
            return _named(source, text, filtered=select.where is not None)
        case steps.Expand():
            assert start is not None
            return _expand(source, start, text)
        case steps.Walk():
            head, a = begin(source, start, text)
            clauses, n, length = reach(source, a, text)
            natural = [Part(length), Part(f"{n}.id_rank")]
            return Rows(
                head + clauses.rstrip(), EntityRecord(n), [a, n, length], natural,
                length=length, start=a,
            )  # fmt: skip
        case steps.Sources():
            s = text.alias("s")
            conditions = [f"{s}.in_version = {text.version()}", f"{s}.id_rank IS NOT NULL"]
            return Rows(
                f"MATCH ({s}:{SOURCE})", SourceRecord(s), [s], [Part(f"{s}.id_rank")], conditions
            )
        case steps.Changes():
            return _changes(source, text)
    raise PlanError(f"{source} has no rows of its own")


def _scan(select: Select, source: steps.Scan, text: Text) -> Rows:
    """All entities of kinds; or, where a neighbour is named by its id, those beside it."""
    far = far_end(select.where)
    n = text.alias("n")
    record, natural = EntityRecord(n), [Part(f"{n}.id_rank")]
    if far is not None:
        has, named, rest = far
        m, r = text.alias("n"), text.alias("r")
        before, after = arrow(f"{r}{text.types(has.expand.relations)}", has.expand.side)
        beside = where([*text.holds(r), to_condition(has.where, m, text)])
        kinds = kind_of(source.kinds, n, text)
        return Rows(
            f"MATCH {text.entity(m, named.value)} "
            f"MATCH ({n}:{ENTITY}){before}{after}({m}){beside} WITH DISTINCT {n}",
            record, [n], natural, [*kinds, *(to_condition(p, n, text) for p in rest)],
        )  # fmt: skip
    # What an index is led by stands in the order as well, or Cypher sorts what is in order.
    kinds = kind_of(source.kinds, n, text)
    lead = [f"{n}.in_version", f"{n}.kind"] if len(source.kinds) == 1 else []
    conditions = [f"{n}.in_version = {text.version()}", *kinds, f"{n}.id_rank IS NOT NULL"]
    if select.order[0].name == "name" and lead:
        # True of all, and so the way into the index that is in the order of names.
        conditions.append(f"{n}.name_rank >= 0")
    if select.where is not None:
        conditions.append(to_condition(select.where, n, text))
    return Rows(f"MATCH ({n}:{ENTITY})", record, [n], natural, conditions, lead=lead)


def _named(source: steps.Seek, text: Text, *, filtered: bool) -> Rows:
    name, i, n = source.ids.name, text.alias("i"), text.alias("n")

    def ids(run: Asked) -> list[str | None]:
        version = run.directory.version
        given = run.parameters[name]
        found = [item["id"] for item in given] if source.carried else given
        return [None if id_ is None else version_id(version, id_) for id_ in found]

    param = text.param((name, "ids"), ids)
    optional = "" if filtered else "OPTIONAL "
    return Rows(
        f"UNWIND range(0, size({param}) - 1) AS {i} "
        f"{optional}MATCH ({n}:{ENTITY} {{version_id: {param}[{i}]}})",
        EntityRecord(n), [i, n], [Part(i)], place=i, missing=None if filtered else n,
    )  # fmt: skip


def _said(source: steps.Seek, text: Text) -> Rows:
    name = source.ids.name

    def ids(run: Asked) -> list[list[str]]:
        # The subject is the beginning of the id: it is found by the index, then its statements.
        version = run.directory.version
        return [
            ["", ""] if id_ is None else [version_id(version, id_.partition("~")[0]), id_]
            for id_ in run.parameters[name]
        ]

    param = text.param((name, "statements"), ids)
    i, s, r, o = (text.alias(letter) for letter in "isro")
    types = text.types(list(text.ontology.relations))
    return Rows(
        f"UNWIND range(0, size({param}) - 1) AS {i} OPTIONAL MATCH "
        f"({s}:{ENTITY} {{version_id: {param}[{i}][0]}})-[{r}{types}]->({o})",
        StatementRecord(r, s, o), [i, s, r, o], [Part(i)], [f"{r}.id = {param}[{i}][1]"],
        place=i, missing=r,
    )  # fmt: skip


def _changes(source: steps.Changes, text: Text) -> Rows:
    """A row a change: its entity, and where what happened is told, only if it is asked for."""
    name, i, n = source.found.name, text.alias("i"), text.alias("n")

    def places(run: Asked) -> list[list[Any]]:
        version = run.directory.version
        return [[version_id(version, c.entity), c.place, c.statement] for c in run.parameters[name]]

    param = text.param((name, "changes"), places)
    return Rows(
        f"UNWIND range(0, size({param}) - 1) AS {i} "
        f"MATCH ({n}:{ENTITY} {{version_id: {param}[{i}][0]}})",
        ChangeRecord(n, i, f"{param}[{i}]", name), [i, n], [Part(i)], place=i,
    )  # fmt: skip


def _expand(source: steps.Expand, start: str, text: Text) -> Rows:
    r, n = text.alias("r"), text.alias("n")
    before, after = arrow(f"{r}{text.types(source.relations)}", source.side)
    statement = {
        "out": StatementRecord(r, start, n), "in": StatementRecord(r, n, start),
    }.get(source.side, StatementRecord(r))  # fmt: skip
    clauses = f"MATCH ({start}){before}{after}({n})"
    conditions = [] if source.relations else ["false"]
    if source.everything:
        if source.negated is not None:
            conditions.append(f"{'' if source.negated else 'NOT '}{r}.negated")
        if source.begun:
            conditions.append(f"{r}.from_day <= {text.now()}")
        return Rows(
            clauses, statement, [r, n], [Part(f"{r}.id_rank", compared=f"{r}.id")], conditions,
            statement=statement,
        )  # fmt: skip
    natural = [Part(f"{n}.id_rank"), Part(f"{r}.id_rank", compared=f"{r}.id")]
    return Rows(
        clauses, EntityRecord(n), [r, n], natural, [*text.holds(r, source.include), *conditions],
        statement=statement,
    )  # fmt: skip


def parts_of(select: Select, keys: list[Key], rows: Rows) -> list[Part]:
    """The numbers by which rows are ordered."""
    by_number = select.order == (Key("id"),) and not isinstance(select.source, steps.Walk)
    if keys[0].name == "offset" or (by_number and rows.place is not None):
        return rows.natural
    parts = [_part(key, rows) for key in keys]
    if isinstance(rows.record, EntityRecord) and rows.statement is not None:
        parts.append(Part(f"{rows.statement.r}.id_rank", compared=f"{rows.statement.r}.id"))
    return parts


def _part(key: Key, rows: Rows) -> Part:
    node = variable(rows.record)
    match key.name:
        case "id":
            said = isinstance(rows.record, StatementRecord)
            compared = f"{node}.id" if said else None
            return Part(f"{node}.id_rank", False, key.descending, compared)
        case "name":
            return Part(f"{node}.name_rank", False, key.descending)
        case "began":
            return Part(f"{node}.began_day", True, key.descending)
        case "importance":
            return Part(f"{node}.importance", True, key.descending)
        case "length":
            assert rows.length is not None
            return Part(rows.length, False, key.descending)
    assert rows.statement is not None
    known = {"strength": "strength_rank", "since": "since_day", "order": "order"}[key.name]
    return Part(f"{rows.statement.r}.`{known}`", True, key.descending)


def ordered(parts: list[Part], rows: Rows, *, reverse: bool = False) -> str:
    """The items of ORDER BY."""
    turned = {part.descending != reverse for part in parts}
    lead = rows.lead if len(turned) == 1 and not any(part.nullable for part in parts) else []
    way = " DESC" if True in turned else ""
    return ", ".join([
        *(f"{item}{way}" for item in lead), *(part.ordered(reverse=reverse) for part in parts)
    ])  # fmt: skip


def raw_keys(keys: list[Key], rows: Rows) -> list[str]:
    """The values that a row's cursor holds."""
    node = variable(rows.record)
    r = rows.statement.r if rows.statement is not None else ""
    plain = {
        "id": f"{node}.id", "name": f"{node}.name", "began": f"coalesce({node}.began_day, 0)",
        "importance": f"{node}.importance", "length": rows.length or "",
        "since": f"{r}.since", "order": f"{r}.`order`",
        "strength": f"{r}.strength",
    }  # fmt: skip
    values = [plain[key.name] for key in keys]
    if isinstance(rows.record, EntityRecord) and rows.statement is not None:
        values.append(f"{r}.id")
    return [*values, f"{node}.id"]


def variable(record: Record) -> str:
    """The variable of a node's record."""
    match record:
        case EntityRecord(n):
            return n
        case StatementRecord(r):
            return r
        case SourceRecord(s):
            return s
    raise PlanError(f"{record} is no node")


def finite(number: Any) -> Any:
    """A number of a cursor as the database compares it."""
    return MISSING if number == inf else number
