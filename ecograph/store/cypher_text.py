"""The text of a statement in the making: its parameters, its variables, what a property is called.

May import: plan, model, the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from ecograph.model.ontology import Ontology
from ecograph.plan.steps import Param
from ecograph.store.base import Budget
from ecograph.store.directory import Directory
from ecograph.store.schema import ENTITY, quote, relation_type, version_id


@dataclass(slots=True)
class Asked:
    """One run: the plan's parameters, and what was worked out of them so far."""

    parameters: Mapping[str, Any]
    directory: Directory
    budget: Budget
    memo: dict[Any, Any] = field(default_factory=dict)


Make = Callable[[Asked], Any]
"""A run -> the value of a parameter of the statement."""

Tell = Callable[[Any, Asked], Any]
"""What the database gave, and the run -> what the answer holds."""


def constant(value: Any) -> Callable[..., Any]:
    """What tells a value of everything."""
    return lambda *_: value


class Column(NamedTuple):
    """An expression of Cypher, and how its value is told; None: as it is."""

    text: str
    tell: Tell | None = None

    def read(self, raw: Any, run: Asked) -> Any:
        """What the answer holds."""
        return raw if self.tell is None else self.tell(raw, run)


class Text:
    """Names the parameters and variables of one statement, by their order in it."""

    def __init__(
        self, ontology: Ontology, given: Collection[str], bounds: Mapping[str, int | None]
    ) -> None:
        self.ontology = ontology
        self.given = given
        """The parameters of the plan's pages and days that are not null."""
        self._bounds = bounds
        self.day: str | None = None
        """The parameter that holds the day; None: the dataset's own."""
        self.makes: dict[str, Make] = {}
        self._names: dict[Hashable, str] = {}
        self._count = count()

    def param(self, key: Hashable, make: Make) -> str:
        """The statement's parameter of this key."""
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"p{len(self._names)}"
            self.makes[name] = make
        return f"${name}"

    def value(self, param: Param, what: str = "", of: Callable[[Any], Any] | None = None) -> str:
        """A parameter of the plan, or what is made of it; `what` names what is made."""
        name = param.name
        if of is None:
            return self.param((name, what), lambda run: run.parameters[name])
        return self.param((name, what), lambda run: of(run.parameters[name]))

    def bound(self, limit: Param | None) -> int | None:
        """The bound in the text for the limit of a walk."""
        return None if limit is None else self._bounds[limit.name]

    def alias(self, letter: str) -> str:
        """A new variable."""
        return f"{letter}{next(self._count)}"

    def version(self) -> str:
        """The parameter that holds the version."""
        return self.param("version", lambda run: run.directory.version)

    def entity(self, variable: str, param: Param) -> str:
        """The node pattern of the entity whose id a parameter holds."""
        return f"({variable}:{ENTITY} {{version_id: {self.version_id(param)}}})"

    def version_id(self, param: Param) -> str:
        """The parameter that holds the version id of the id that a parameter holds."""
        name = param.name

        def make(run: Asked) -> str | None:
            id_ = run.parameters[name]
            return None if id_ is None else version_id(run.directory.version, id_)

        return self.param((name, "entity"), make)

    # What holds on the day

    def holds(self, r: str, include: Iterable[str] = ()) -> list[str]:
        """The conditions under which a statement counts: positive and in force, or as included."""
        day = self.day
        if not include and day is None:
            return [f"{r}.holds_now"]
        found = [] if "NEGATED" in include else [f"NOT {r}.negated"]
        now = self.now()
        if "ENDED" in include:
            # In force, or ended: only what has not begun and has not ended is left out.
            found.append(f"({r}.from_day <= {now} OR {r}.until_day <= {now})")
        else:
            found += [f"{r}.from_day <= {now}", f"{now} < {r}.until_day"]
        return found

    def now(self) -> str:
        """The parameter that holds the day as a number."""
        return self.day or self.param("today", lambda run: run.directory.day)

    def disputed(self, r: str) -> str:
        """Whether a statement of the same triple says the opposite while both hold."""
        if self.day is None:
            return f"coalesce({r}.disputed, false)"
        i, day = self.alias("i"), self.day
        return (
            f"coalesce({r}.from_day <= {day} AND {day} < {r}.until_day AND "
            f"any({i} IN range(0, coalesce(size({r}.against_from), 0) - 1) WHERE "
            f"{r}.against_from[{i}] <= {day} AND {day} < {r}.against_until[{i}]), false)"
        )

    def attribute(self, n: str, name: str, form: str = "") -> str:
        """An attribute on the day; `form` is folded or day, another form of the value."""
        suffix = f"_{form}" if form else ""
        plain = f"{n}.{quote(name + suffix)}"
        if self.day is None or not self.ontology.askable[name].events:
            return plain
        i, day = self.alias("i"), self.day
        values, start, end = (
            f"{n}.{quote(f'{name}_{part}')}" for part in (f"values{suffix}", "from", "until")
        )
        return (
            f"CASE WHEN {n}.{quote(f'{name}_changes')} IS NULL THEN {plain} ELSE "
            f"head([{i} IN range(0, coalesce(size({values}), 0) - 1) WHERE "
            f"{start}[{i}] <= {day} AND {day} < {end}[{i}] | {values}[{i}]]) END"
        )

    def types(self, relations: Sequence[str]) -> str:
        """The relationship types of relations, as a pattern has them after the variable."""
        return f":{'|'.join(map(relation_type, relations))}" if relations else ""


def arrow(pattern: str, side: str) -> tuple[str, str]:
    """What stands before and after a relationship's brackets, by the side that it is read from."""
    left, right = {"out": ("-", "->"), "in": ("<-", "-")}.get(side, ("-", "-"))
    return f"{left}[{pattern}]", right


def where(conditions: Sequence[str]) -> str:
    """A WHERE of all of them, or nothing."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def listed(texts: Iterable[str]) -> str:
    """A list of expressions."""
    return f"[{', '.join(texts)}]"


AGGREGATES = ("min(", "count(", "collect(")


def returning(text: Text, expression: str) -> str:
    """A RETURN of one expression.

    Cypher takes an aggregate within a subquery of an expression for one of the expression itself,
    and then wants all that stands beside it as a grouping key; so all variables are made keys.
    """
    if not any(aggregate in expression for aggregate in AGGREGATES):
        return f"RETURN {expression}"
    told = text.alias("t")
    return f"WITH *, {expression} AS {told} RETURN {told}"


def single(query: str, tell: Tell | None) -> Column:
    """The one row of a query, or null.

    Not `head(COLLECT {})`: what stands inside a function, a CASE or a list comprehension is planned
    on its own, without the plans that prune; so the list is opened here.
    """

    def opened(raw: Any, run: Asked) -> Any:
        value = raw[0] if raw else None
        return value if tell is None else tell(value, run)

    return Column(f"COLLECT {{ {query} }}", opened)
