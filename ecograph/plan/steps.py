"""The plan: a question as frozen values that know no query language and no store.

A plan has roots. A root is a `Select`: where its rows come from, which of them count, in which
order, which page, and the `Shape` in which they are told. A shape is a list of (key, value); a
value reads the current record, follows it to another, or starts a `Select` from it. Whatever may
differ between two runs of one plan is a `Param`.

    Records  entity, statement, source, path, and the small ones of `plan.records`
    Rows     what a source yields: a node (entity, statement, source or path) and what the way to it
             carries (the statement, the distance, a score)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ecograph.errors import PlanError
from ecograph.plan.automaton import Automaton
from ecograph.plan.records import Record

MOST_STEPS = 20
"""The longest way between two things that may be asked for, and that is looked for unasked."""


@dataclass(frozen=True, slots=True)
class Param:
    """A value that a run supplies under this name."""

    name: str


# What is told of a record


@dataclass(frozen=True, slots=True)
class Const:
    """The same text, whatever the record."""

    value: str


@dataclass(frozen=True, slots=True)
class Get:
    """A scalar of the record, or a list of them, in a language where it has several."""

    name: str
    lang: Literal["en", "zh"] | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """The one record that a reference leads to, or null."""

    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Each:
    """The records that a reference leads to, in their canonical order; the first `most` of them.

    Only records that no store holds have lists of which a part may be asked for.
    """

    name: str
    shape: Shape
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A selection that starts from the record, an entity (or the dataset)."""

    select: Select


Value = Const | Get | Ref | Each | Rows


@dataclass(frozen=True, slots=True)
class Shape:
    """What is told of a record: (key, value) in order; `cases` instead, where kinds differ."""

    fields: tuple[tuple[str, Value], ...] = ()
    cases: tuple[tuple[str, Shape], ...] = ()

    def __post_init__(self) -> None:
        if self.fields and self.cases:
            raise PlanError("a shape has fields or cases, not both")


# Which rows count


@dataclass(frozen=True, slots=True)
class And:
    """All of them; true if there is none."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of them; false if there is none."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The plain complement."""

    part: Predicate


OPERATORS = ("eq", "in", "contains", "startsWith", "lt", "lte", "gt", "gte", "isNull")


@dataclass(frozen=True, slots=True)
class Compare:
    """An attribute against a value; false where the attribute is missing.

    `contains` and `startsWith` compare folded texts; `lt` and its kin compare `id` by code points,
    `name` by the order NAME, dates by their earliest day.
    """

    attribute: str
    operator: str
    value: Param

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise PlanError(f"unknown operator {self.operator!r}; write one of {OPERATORS}")


@dataclass(frozen=True, slots=True)
class Has:
    """Whether a neighbour along the expansion satisfies the predicate."""

    expand: Expand
    where: Predicate


Predicate = And | Or | Not | Compare | Has


# Where rows come from


@dataclass(frozen=True, slots=True)
class Seek:
    """The entities (or, by `of`, the statements) with these ids, in that order; null where None.

    With `carried` the parameter holds one mapping a row: its `id` and what it carries.
    """

    ids: Param
    of: Literal["entity", "statement"] = "entity"
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """All entities of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expand:
    """The statements of these relations at the record, with the node at their other end.

    `include` widens them, by NEGATED and ENDED, beyond the positive ones that hold. With
    `everything` all statements count whatever they say, a self-loop once, and are the nodes; then
    `negated` says which of two sorts alone, and `begun` leaves out those that begin after the day.
    """

    relations: tuple[str, ...]
    side: Literal["out", "in", "either"]
    include: tuple[str, ...] = ()
    everything: bool = False
    negated: bool | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """Walks that the automaton accepts, from `start` (or from the record) to `to` or anywhere.

    shortest  the one best path between two ends;   of paths
    simple    simple paths by length, then nodes;   of paths
    routes    `most` that differ, cheapest first;   of one record of routes
    reach     each end once, at its least length;   of entities, with `length` and `path`
    """

    mode: Literal["shortest", "simple", "routes", "reach"]
    automaton: Automaton
    start: Param | None = None
    to: Param | None = None
    limit: Param | None = None
    most: Param | None = None

    def __post_init__(self) -> None:
        if self.mode == "reach" and self.to is not None:
            raise PlanError("a walk that reaches every end has no `to`; write shortest or simple")
        if self.mode != "reach" and self.to is None:
            raise PlanError(f"a {self.mode} walk needs `to`; write reach to go anywhere")
        if (self.mode == "routes") != (self.most is not None):
            raise PlanError("a walk of routes needs `most`, how many there may be; no other has it")


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one triple."""

    subject: Param
    relation: Param
    object: Param


@dataclass(frozen=True, slots=True)
class Count:
    """Counts by value over the entities that a select yields, one facet for each of `by`."""

    over: Select
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The dataset itself."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources, by id."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that a parameter holds, each an `ecograph.model.calendar.Change`."""

    found: Param


Source = Seek | Scan | Expand | Walk | Claim | Count | Dataset | Sources | Changes

# The whole


ENTITY_KEYS = ("name", "began", "importance")
STATEMENT_KEYS = ("strength", "since", "order")
KEYS = ("id", *ENTITY_KEYS, *STATEMENT_KEYS, "length", "offset")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order, of KEYS; `offset` is the order in which the source yields, alone."""

    name: str
    descending: bool = False

    def __post_init__(self) -> None:
        if self.name not in KEYS:
            raise PlanError(f"unknown key {self.name!r}; write one of {KEYS}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page by keyset: at most `first` rows after a key, or the `last` ones before a key."""

    first: Param | None = None
    after: Param | None = None
    last: Param | None = None
    before: Param | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """Rows, and how they are told.

    form  one          the node of the first row, or null       shape of the node
          list         the nodes                                shape of the node
          rows         the rows                                 shape of the row
          connection   count, page and rows                     shape of the connection
          subgraph     a page of nodes and the statements among them
          count        how many rows there are                  no shape
    """

    source: Source
    form: Literal["one", "list", "rows", "connection", "subgraph", "count"]
    of: Literal[
        "entity", "statement", "source", "path", "routes", "claim", "facet", "dataset", "change"
    ]
    shape: Shape = Shape()
    where: Predicate | None = None
    order: tuple[Key, ...] = (Key("id"),)
    page: Page | None = None
    among: tuple[str, ...] = ()
    """subgraph: the relations whose statements count."""

    def __post_init__(self) -> None:
        if self.of != (yielded := yield_of(self.source)):
            raise PlanError(f"a select of {self.of} from a source that yields {yielded}")
        if self.where is not None and self.of != "entity":
            raise PlanError(f"a filter over {self.of}; only entities are filtered")
        if self.form == "count" and self.shape != Shape():
            raise PlanError("a count tells a number, so it has no shape")
        if self.form == "subgraph" and self.of != "entity":
            raise PlanError(f"a subgraph of {self.of}; only entities have statements among them")
        if self.among and self.form != "subgraph":
            raise PlanError(f"a {self.form} has no `among`; only a subgraph has")
        self._check_order()

    def _check_order(self) -> None:
        source, names = self.source, [key.name for key in self.order]
        if not names:
            raise PlanError("an order has at least one key; write id")
        if "offset" in names and self.order != (Key("offset"),):
            raise PlanError("an order by offset has no other key, and no other direction")
        if "length" in names and not (isinstance(source, Walk) and source.mode == "reach"):
            raise PlanError("an order by length; only what a walk reaches has one")
        for name in names:
            if name in ENTITY_KEYS and self.of != "entity":
                raise PlanError(f"an order by {name} over {self.of}; only entities have one")
            of_relation = isinstance(source, Expand) and not source.everything
            if name in STATEMENT_KEYS and not of_relation:
                raise PlanError(f"an order by {name}; only the rows of a relation have one")


def yield_of(source: Source) -> Record:
    """What the rows of a source are about."""
    match source:
        case Seek(_, of):
            return of
        case Scan():
            return "entity"
        case Expand():
            return "statement" if source.everything else "entity"
        case Walk():
            return {"reach": "entity", "routes": "routes"}.get(source.mode, "path")
        case Claim():
            return "claim"
        case Count():
            return "facet"
        case Dataset():
            return "dataset"
        case Sources():
            return "source"
        case Changes():
            return "change"


@dataclass(frozen=True, slots=True)
class Root:
    """One answer under its key, as of a day (an ordinal; None = the dataset's own)."""

    key: str
    select: Select
    as_of: Param | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A question: its roots in order."""

    roots: tuple[Root, ...]
