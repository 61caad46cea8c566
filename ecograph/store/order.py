"""Orders and keyset cursors: a row's key as numbers, and as text that survives a reload."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from math import inf
from typing import Any, Protocol

import orjson

from ecograph.errors import CursorError
from ecograph.model.dates import earliest
from ecograph.model.ontology import Ontology
from ecograph.plan.steps import Key
from ecograph.store.records import Row
from ecograph.store.view import View

Numbers = tuple[float, ...]

MOST_ROWS = 2**31
"""No order by offset has a place beyond; a cursor that says so is none."""


class Ranks(Protocol):
    """The places of ids and names in a dataset version; between two of them if one is not there."""

    @property
    def version(self) -> str:
        """The dataset version."""
        ...

    def id_rank(self, id_: str) -> float:
        """The place of an entity's id."""
        ...

    def rank_of_name(self, name: str) -> float:
        """The place of a name in the order NAME, one for equal ones."""
        ...

    def statement_rank(self, id_: str) -> Any:
        """What a statement's id compares by."""
        ...

    def source_rank(self, id_: str) -> float:
        """The place of a source's id."""
        ...


class Cursors:
    """The keys of an order, and rows' keys as opaque text that survives a reload.

    Every order ends with the node's id and, where rows are statements, the statement's, so that it
    is total. A cursor holds the values themselves (ids, names, dates), not the numbers.
    """

    def __init__(
        self, keys: Sequence[Key], of: str, by_statement: bool, ranks: Ranks, ontology: Ontology
    ) -> None:
        self.of = of
        self.by_statement = by_statement
        self.ranks = ranks
        tail = [] if keys[-1].name in ("id", "offset") else [Key("id")]
        self.keys = [*keys, *tail]
        self.by_offset = keys[0].name == "offset"
        said = ",".join(f"{k.name}{'-' if k.descending else '+'}" for k in keys)
        self.signature = f"{of} {said}"
        strengths = ontology.enumerations.get("Strength", {})
        self._strength = {value: rank for rank, value in enumerate(strengths)}

    def write(self, values: Sequence[Any]) -> str:
        """The cursor that holds these values: one a key, the statement's id, the node's id."""
        return base64.urlsafe_b64encode(orjson.dumps([self.signature, *values])).decode()

    def write_offset(self, question: str, place: int) -> str:
        """The cursor of a place in an order by offset."""
        return self.write([self.ranks.version, question, place])

    def value(self, name: str, raw: Any) -> float:
        """The number of a qualifier or a date of a statement."""
        if raw is None:
            return inf
        if name == "strength":
            return self._strength.get(raw, inf)
        return earliest(raw) if name == "since" else float(raw)

    @staticmethod
    def signed(key: Key, number: float) -> float:
        """The number by which a key orders, ascending."""
        return -number if key.descending and number != inf else number

    def offset(self, cursor: str, question: str) -> int:
        """The place that a cursor of an order by offset holds. Raises: CursorError."""
        values = self._decode(cursor)
        if len(values) != 3 or not isinstance(values[2], int) or not 0 <= values[2] < MOST_ROWS:
            raise self._bad(cursor)
        if values[0] != self.ranks.version:
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
                self.signed(k, self._parsed(k.name, raw))
                for k, raw in zip(self.keys, values, strict=False)
            ]
            if self.by_statement:
                numbers.append(self.ranks.statement_rank(str(values[-2])))
        except (OverflowError, TypeError, ValueError):
            raise self._bad(cursor) from None
        return tuple(numbers)

    def _parsed(self, name: str, raw: Any) -> float:
        ranks = self.ranks
        if name in ("id", "name") and not isinstance(raw, str):
            raise TypeError(name)
        match name:
            case "id" if self.of == "statement":
                return ranks.statement_rank(raw)  # type: ignore[no-any-return]
            case "id" if self.of == "source":
                return ranks.source_rank(raw)
            case "id":
                return ranks.id_rank(raw)
            case "name":
                return ranks.rank_of_name(raw)
            case "began":
                return float(raw) or inf
            case "length":
                return float(raw)
        return self.value(name, raw)

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


class Order(Cursors):
    """The order of a select's rows over a view. Numbers compare; missing values come last."""

    def __init__(self, keys: Sequence[Key], view: View, of: str, by_statement: bool) -> None:
        super().__init__(keys, of, by_statement, view.snapshot, view.snapshot.ontology)
        self.view = view
        self._by_id = self.keys == [Key("id")]

    def key(self, row: Row) -> Numbers:
        """The numbers by which a row is ordered."""
        if self._by_id:
            return (row.node, row.statement) if self.by_statement else (row.node,)
        numbers = [self.signed(k, self._number(k.name, row)) for k in self.keys]
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
            case "importance" | "strength" | "since" | "order":
                return self.value(name, self._raw(name, row))
        return 0.0

    def _value(self, name: str, raw: Any) -> float:
        if raw is None:
            return inf
        if name == "strength":
            return self._strength.get(raw, inf)
        return earliest(raw) if name == "since" else float(raw)

    def _raw(self, name: str, row: Row) -> Any:
        snapshot = self.view.snapshot
        match name:
            case "id":
                return self._node_id(row)
            case "name":
                return snapshot.entities[row.node].name
            case "began":
                return snapshot.begins[row.node]
            case "importance":
                return self.view.attribute("importance")[row.node]
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
            return self.write_offset(row.carried["question"], row.carried["place"])
        values = [self._raw(k.name, row) for k in self.keys]
        if self.by_statement:
            values.append(self.view.snapshot.statement_ids[row.statement])
        return self.write([*values, self._node_id(row)])
