"""The memory store: a plan becomes a program of closures over a view, straight to JSON.

What is told of one entity, or of one statement, under one shape never changes within a dataset
version and a day. So it is told once and kept (a fragment), and most of an answer is fragments
joined. Fragments are bounded in bytes; when the bound is passed, all are dropped.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from itertools import count
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from ecograph.errors import StoreUnavailable
from ecograph.model.graph import Graph
from ecograph.plan.encode import NULL, array, scalar, template
from ecograph.plan.records import RECORDS
from ecograph.plan.steps import Const, Each, Get, Plan, Ref, Rows, Shape
from ecograph.plan.traverse import params
from ecograph.store.base import Answer, Budget
from ecograph.store.forms import compile_form
from ecograph.store.order import Order
from ecograph.store.records import Records, records_of_days
from ecograph.store.rows import Run
from ecograph.store.snapshot import Snapshot

Tell = Callable[[Any, Run], bytes]
TellAll = Callable[[list[Any], Run], list[bytes]]

FRAGMENT_BYTES, FRAGMENT_BYTES_ENTITY = 16 * 2**20, 1_000
"""The room for fragments: so much, or more where there are many entities."""
OVERHEAD = 100
"""Bytes, about, that a fragment takes beyond its JSON."""
OPEN_TABLES = 32
OTHER_DAYS = 3
"""Days beside the default one for which a root stays compiled."""


class Table(dict[Any, bytes]):
    """Fragments of one shape under one setting, by record."""

    __slots__ = ("__weakref__",)


class Fragments:
    """All fragments of a store, bounded: `limit` in bytes.

    A table goes with the program that asked for it; what it held is no longer counted from the
    next time on that the bound is met.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._tables: WeakValueDictionary[int, Table] = WeakValueDictionary()
        self._number = count()
        self._lock = Lock()

    def open(self) -> Table:
        """A new table."""
        table = Table()
        with self._lock:
            self._tables[next(self._number)] = table
        return table

    def add(self, table: Table, key: Any, fragment: bytes) -> None:
        """Keep a fragment; drop all if there are too many."""
        weight = len(fragment) + OVERHEAD
        self.size += weight
        if self.size > self.limit:
            self._make_room(weight)
        table[key] = fragment

    def _make_room(self, wanted: int) -> None:
        with self._lock:
            tables = list(self._tables.values())
            held = sum(
                len(fragment) + OVERHEAD for table in tables for fragment in list(table.values())
            )
            if held + wanted > self.limit // 2:
                for table in tables:
                    table.clear()
                held = 0
            self.size = held + wanted


class Compiler:
    """Shapes and selects -> functions from a record and a run to JSON, over one view."""

    def __init__(self, records: Records, fragments: Fragments) -> None:
        self.view = records.view
        self.records = records
        self.fragments = fragments
        self._opened = 0

    def shape(self, shape: Shape, record: str, order: Order, *, keep: bool = True) -> Tell:
        """What is told of a record under a select with this order; kept as a whole if it can be."""
        return self._told(shape, record, order, keep=keep)[0]

    def shapes(self, shape: Shape, record: str, order: Order) -> Tell:
        """What is told of a list of records, as an array."""
        tell_all = self._told(shape, record, order)[1]
        return lambda values, run: array(tell_all(values, run))

    def _told(
        self, shape: Shape, record: str, order: Order, *, keep: bool = True
    ) -> tuple[Tell, TellAll]:
        if record == "node":
            record = order.of
        if shape.cases:
            kinds = self.view.snapshot.kinds
            by_kind = {
                kind: self.shape(part, record, order, keep=keep) for kind, part in shape.cases
            }
            return _one_by_one(lambda i, run: NULL if i is None else by_kind[kinds[i]](i, run))
        text = template(shape)
        values = [self._value(value, record, order) for _, value in shape.fields]

        def tell(value: Any, run: Run) -> bytes:
            return NULL if value is None else text % tuple([v(value, run) for v in values])

        if record == "row" and order.of == "entity":
            own = any(_is_own(value, order) for _, value in shape.fields)
            return _one_by_one(tell) if own else self._kept(tell, shape, statement=True)
        if keep and record in ("entity", "statement", "source", "hop"):
            return self._kept(tell, shape)
        return _one_by_one(tell)

    def _value(self, value: Any, record: str, order: Order) -> Tell:
        match value:
            case Const(text):
                constant = scalar(text)
                return lambda _, run: constant
            case Get("cursor", _):
                return lambda v, run: scalar(order.cursor(v))
            case Get(name, lang):
                # Not kept: what is told of an entity or a statement is, as a whole.
                read = self.records.read(record, name, lang)
                return lambda v, run: scalar(read(v))
            case Ref(name, shape):
                follow = self.records.follow(record, name)
                tell = self.shape(shape, RECORDS[record][name], order)
                return lambda v, run: tell(follow(v), run)
            case Each(name, shape):
                follow = self.records.follow(record, name)
                tell_all = self.shapes(shape, RECORDS[record][name], order)
                return lambda v, run: tell_all(list(follow(v)), run)
            case Rows(select):
                return compile_form(select, self)
        raise AssertionError(value)

    def _kept(self, tell: Tell, shape: Shape, statement: bool = False) -> tuple[Tell, TellAll]:
        """The same functions, told once for each record and setting of the shape's parameters."""
        fragments, table_of = self.fragments, self._table_of(shape)

        def kept(value: Any, run: Run) -> bytes:
            table = table_of(run)
            key = value[:2] if statement else value
            found = table.get(key)
            if found is None:
                found = tell(value, run)
                if value is not None:
                    fragments.add(table, key, found)
            return found

        def all_kept(values: list[Any], run: Run) -> list[bytes]:
            keys = [value[:2] for value in values] if statement else values
            found = list(map(table_of(run).get, keys))
            return found if all(found) else [kept(value, run) for value in values]  # type: ignore[return-value]

        return kept, all_kept

    def _table_of(self, shape: Shape) -> Callable[[Run], Table]:
        """Run -> the fragments told under its setting of the shape's parameters."""
        names = sorted({p.name for p in params(shape)})
        fragments = self.fragments
        if not names:
            table = fragments.open()
            return lambda run: table
        number, opened = self._opened, OrderedDict[Any, Table]()
        self._opened += 1

        def table_of(run: Run) -> Table:
            table: Table | None = run.tables.get(number)
            if table is None:
                setting = tuple([_hashable(run.parameters[name]) for name in names])
                table = opened.get(setting)
                if table is None:
                    table = opened[setting] = fragments.open()
                    if len(opened) > OPEN_TABLES:
                        opened.popitem(last=False)
                run.tables[number] = table
            return table

        return table_of


def _one_by_one(tell: Tell) -> tuple[Tell, TellAll]:
    return tell, lambda values, run: [tell(value, run) for value in values]


def _is_own(value: Any, order: Order) -> bool:
    """Whether a value is this row's own, not the same for all rows of its node and statement."""
    match value:
        case Get("cursor", _):
            return order.by_offset or any(k.name == "length" for k in order.keys)
        case Get(name, _):
            return name in ("length", "score")
        case Ref(name, _):
            return name in ("path", "matched")
    return False


def _hashable(value: Any) -> Any:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


class Program:
    """A plan over a snapshot; each root is compiled for the day that it is asked for."""

    def __init__(
        self, plan: Plan, snapshot: Snapshot, fragments: Fragments,
        records: Callable[[int], Records], keep_roots: bool,
    ) -> None:  # fmt: skip
        self._roots = plan.roots
        self._day = snapshot.as_of
        self._fragments = fragments
        self._records = records
        self._keep_roots = keep_roots
        self._other_days: OrderedDict[tuple[int, int], Tell] = OrderedDict()
        self._lock = Lock()
        self._compiled = [self._compile(number, self._day) for number in range(len(self._roots))]

    def run(self, parameters: Mapping[str, Any], budget: Budget) -> Answer:
        """One JSON value a root."""
        answer = []
        for number, root in enumerate(self._roots):
            day = None if root.as_of is None else parameters[root.as_of.name]
            tell = self._compiled[number] if day is None else self._on(number, day)
            answer.append(tell(None, Run(parameters, budget)))
        return answer

    def _on(self, number: int, day: int) -> Tell:
        if day == self._day:
            return self._compiled[number]
        # Runs may come from several threads; one of them compiles.
        with self._lock:
            found = self._other_days.get((number, day))
            if found is None:
                found = self._other_days[number, day] = self._compile(number, day)
                if len(self._other_days) > OTHER_DAYS * len(self._roots):
                    self._other_days.popitem(last=False)
            return found

    def _compile(self, number: int, day: int) -> Tell:
        compiler = Compiler(self._records(day), self._fragments)
        return compile_form(self._roots[number].select, compiler, keep=self._keep_roots)


class MemoryStore:
    """Holds one graph in memory and answers every plan over it.

    `keep_roots`: a root that tells of one entity is kept as a fragment too. It is nearly all of
    an answer, so that who keeps answers need not have it twice.
    """

    waits = False

    def __init__(self, fragment_bytes: int | None = None, *, keep_roots: bool = True) -> None:
        self._limit = fragment_bytes
        self._keep_roots = keep_roots
        self.snapshot: Snapshot | None = None

    def fill(self, graph: Graph) -> None:
        """Take the graph."""
        self.snapshot = Snapshot(graph)
        room = max(FRAGMENT_BYTES, FRAGMENT_BYTES_ENTITY * len(graph.entities))
        self._fragments = Fragments(room if self._limit is None else self._limit)
        self._records = records_of_days(self.snapshot)

    def prepare(self, plan: Plan) -> Program:
        """Make a plan ready to run. Raises: StoreUnavailable before `fill`."""
        if self.snapshot is None:
            raise StoreUnavailable("the memory store holds no graph yet; call fill(graph) first")
        return Program(plan, self.snapshot, self._fragments, self._records, self._keep_roots)

    def is_outdated(self) -> bool:
        """Nobody else changes what is in memory."""
        return False

    def close(self) -> None:
        """Nothing is held outside the process."""
