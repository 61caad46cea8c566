"""Orders and keyset cursors: a row's key as numbers, and as text that survives a reload."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from math import inf
from typing import Any

import orjson

from ecograph.errors import CursorError
from ecograph.model.dates import earliest
from ecograph.plan.steps import Key
from ecograph.store.records import Row
from ecograph.store.view import View

Numbers = tuple[float, ...]

MOST_ROWS = 2**31
"""No order by offset has a place beyond; a cursor that says so is none."""


class Order:
    """The order of a select's rows. Numbers compare; missing values come last either way.

    Every order ends with the node's id and, where rows are statements, the statement's, so that it
    is total. A cursor holds the values themselves (ids, names, dates), not the numbers.
    """

    def __init__(self, keys: Sequence[Key], view: View, of: str, by_statement: bool) -> None:
        self.view = view
        self.of = of
        self.by_statement = by_statement
        tail = [] if keys[-1].name in ("id", "offset") else [Key("id")]
        self.keys = [*keys, *tail]
        self.by_offset = keys[0].name == "offset"
        self._by_id = self.keys == [Key("id")]
        said = ",".join(f"{k.name}{'-' if k.descending else '+'}" for k in keys)
        self.signature = f"{of} {said}"
        ranks = view.snapshot.ontology.enumerations.get("Strength", {})
        self._strength = {value: rank for rank, value in enumerate(ranks)}

    def key(self, row: Row) -> Numbers:
        """The numbers by which a row is ordered."""
        if self._by_id:
            return (row.node, row.statement) if self.by_statement else (row.node,)
        numbers = [self._signed(k, self._number(k.name, row)) for k in self.keys]
        return (*numbers, row.statement) if self.by_statement else tuple(numbers)

    def _number(self, name: str, row: Row) -> float:
        snapshot = self.view.snapshot
        match name:
            case "id":
                return float(row.node)
            case "name":
                return float(snapshot.name_rank[row.node])
            case "began":
                return float(snapshot.begins[row.node]) or inf
            case "length":
                return float(row.carried["length"])
            case "strength" | "since" | "order":
                return self._value(name, self._raw(name, row))
        return 0.0

    def _value(self, name: str, raw: Any) -> float:
        if raw is None:
            return inf
        if name == "strength":
            return self._strength.get(raw, inf)
        return earliest(raw) if name == "since" else float(raw)

    @staticmethod
    def _signed(key: Key, number: float) -> float:
        return -number if key.descending and number != inf else number

    def _raw(self, name: str, row: Row) -> Any:
        snapshot = self.view.snapshot
        match name:
            case "id":
                return self._node_id(row)
            case "name":
                return snapshot.entities[row.node].name
            case "began":
                return snapshot.begins[row.node]
            case "length":
                return row.carried["length"]
            case "since":
                return snapshot.statements[row.statement].since
        return snapshot.statements[row.statement].qualifiers.get(name)

    def _node_id(self, row: Row) -> Any:
        snapshot = self.view.snapshot
        match self.of:
            case "statement":
                return snapshot.statement_ids[row.node]
            case "source":
                return snapshot.sources[row.node].id
        return snapshot.ids[row.node]

    def cursor(self, row: Row) -> str:
        """The row's key as opaque text; in an order by offset the row carries its place."""
        if self.by_offset:
            version = self.view.snapshot.graph.version
            values: list[Any] = [version, row.carried["question"], row.carried["place"]]
        else:
            values = [self._raw(k.name, row) for k in self.keys]
            if self.by_statement:
                values.append(self.view.snapshot.statement_ids[row.statement])
            values.append(self._node_id(row))
        return base64.urlsafe_b64encode(orjson.dumps([self.signature, *values])).decode()

    def offset(self, cursor: str, question: str) -> int:
        """The place that a cursor of an order by offset holds. Raises: CursorError."""
        values = self._decode(cursor)
        if len(values) != 3 or not isinstance(values[2], int) or not 0 <= values[2] < MOST_ROWS:
            raise self._bad(cursor)
        if values[0] != self.view.snapshot.graph.version:
            raise CursorError(
                "STALE_CURSOR",
                f"the cursor {cursor!r} is of another dataset version; start again without it",
                value=cursor,
            )
        if values[1] != question:
            raise self._bad(cursor)
        return values[2]

    def parse(self, cursor: str) -> Numbers:
        """The numbers of a cursor's key, whether its row is still there or not.

        Raises: CursorError with BAD_CURSOR if it is none, or of another order.
        """
        values = self._decode(cursor)
        if len(values) != len(self.keys) + self.by_statement + 1:
            raise self._bad(cursor)
        try:
            numbers = [
                self._signed(k, self._parsed(k.name, raw))
                for k, raw in zip(self.keys, values, strict=False)
            ]
            if self.by_statement:
                numbers.append(self.view.snapshot.statement_rank(str(values[-2])))
        except (OverflowError, TypeError, ValueError):
            raise self._bad(cursor) from None
        return tuple(numbers)

    def _parsed(self, name: str, raw: Any) -> float:
        snapshot = self.view.snapshot
        if name in ("id", "name") and not isinstance(raw, str):
            raise TypeError(name)
        match name:
            case "id" if self.of == "statement":
                return snapshot.statement_rank(raw)
            case "id" if self.of == "source":
                found = snapshot.source_index.get(raw)
                return sum(s.id < raw for s in snapshot.sources) - 0.5 if found is None else found
            case "id":
                return snapshot.id_rank(raw)
            case "name":
                return snapshot.rank_of_name(raw)
            case "began":
                return float(raw) or inf
            case "length":
                return float(raw)
        return self._value(name, raw)

    def _decode(self, cursor: str) -> list[Any]:
        try:
            data = orjson.loads(base64.b64decode(cursor.encode(), altchars=b"-_", validate=True))
        except (ValueError, binascii.Error):
            raise self._bad(cursor) from None
        if not isinstance(data, list) or not data or data[0] != self.signature:
            raise self._bad(cursor)
        return data[1:]

    def _bad(self, cursor: str) -> CursorError:
        return CursorError(
            "BAD_CURSOR",
            f"{cursor[:80]!r} is no cursor of this list in this order; pass an endCursor or cursor "
            "that the same field gave with the same orderBy",
            value=cursor[:200],
        )
