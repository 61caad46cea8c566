"""Fields that start a select: relations, statements, taxonomies, pages. (field -> Select)"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLField, get_named_type

from ecograph.api.inputs import DEFAULT_PAGE, Argument, bounded, ids_in_force, page_size
from ecograph.api.where import dig, to_order, to_predicate
from ecograph.errors import QueryError
from ecograph.model.ontology import Ontology, screaming
from ecograph.plan.automaton import Automaton, compile_expression
from ecograph.plan.expression import parse
from ecograph.plan.steps import (
    Count,
    Expand,
    Key,
    Page,
    Param,
    Predicate,
    Rows,
    Select,
    Shape,
    Sources,
    Value,
    Walk,
)

if TYPE_CHECKING:
    from ecograph.api.ask import Ask, Type

MAX_TREE = 20


def entity_value(
    make: Ask, nodes: list[FieldNode], on: Type, definition: GraphQLField
) -> Value | None:
    """What a field of an entity (or the dataset's sources) is, if it starts a select."""
    node, name = nodes[0], nodes[0].name.value
    if name in make.ontology.sides:
        relation, side = make.ontology.sides[name]
        include = make.settle(node, "include", definition) or ()
        source = Expand((relation,), side, tuple(sorted(set(include))))
        return Rows(connection(make, nodes, definition, source))
    match name:
        case "statements":
            return Rows(_statements(make, nodes, definition))
        case "sources":
            return Rows(connection(make, nodes, definition, Sources(), of="source"))
        case "ancestors":
            walk = Walk("reach", _automaton("broader+", make.ontology))
            order = (Key("length", descending=True), Key("id"))
            shape = _shape_of(make, nodes, definition)
            return Rows(Select(walk, "list", "entity", shape, order=order))
        case "children":
            shape = _shape_of(make, nodes, definition)
            order = (Key("order"), Key("id"))
            return Rows(Select(Expand(("broader",), "in"), "list", "entity", shape, order=order))
        case "members":
            return Rows(connection(make, nodes, definition, _members(make, node, definition)))
        case "memberCount":
            return Rows(Select(_members(make, node, definition), "count", "entity"))
        case "tree":
            depth = bounded(make.argument(node, "depth", definition), "depth", MAX_TREE)
            walk = Walk(
                "reach", _automaton("^broader*", make.ontology), limit=make.value_param(depth)
            )
            order = (Key("length"), Key("id"))
            shape = _shape_of(make, nodes, definition)
            return Rows(Select(walk, "rows", "entity", shape, order=order))
        case "facets":
            over = Select(_members(make, node, definition), "list", "entity")
            return Rows(facets(make, nodes, definition, over))
    return None


def _statements(make: Ask, nodes: list[FieldNode], definition: GraphQLField) -> Select:
    node = nodes[0]
    side = {"SUBJECT": "out", "OBJECT": "in", "EITHER": "either"}[
        make.settle(node, "side", definition)
    ]
    relations = relations_of(make, node, "relations", definition, tuple(make.ontology.relations))
    source = Expand(
        relations, side, everything=True,  # type: ignore[arg-type]
        negated=make.settle(node, "negated", definition),
        begun=bool(make.settle(node, "begun", definition)),
    )  # fmt: skip
    return connection(make, nodes, definition, source, of="statement")


def relations_of(
    make: Ask, node: FieldNode, name: str, definition: GraphQLField, default: tuple[str, ...]
) -> tuple[str, ...]:
    """The relations that an argument names, in the ontology's order."""
    given = make.settle(node, name, definition)
    if given is None:
        return default
    wanted = {make.ontology.by_enum_value[value] for value in given}
    return tuple(r for r in make.ontology.relations if r in wanted)


def _members(make: Ask, node: FieldNode, definition: GraphQLField) -> Expand | Walk:
    if make.settle(node, "recursive", definition):
        return Walk("reach", _automaton("^broader*/^classifiedIn", make.ontology))
    return Expand(("classifiedIn",), "in")


def _automaton(expression: str, ontology: Ontology) -> Automaton:
    return compile_expression(parse(expression, ontology), ontology)


def _shape_of(make: Ask, nodes: list[FieldNode], definition: GraphQLField) -> Shape:
    named: Any = get_named_type(definition.type)
    return make.shape(nodes, named)


def connection(
    make: Ask,
    nodes: list[FieldNode],
    definition: GraphQLField,
    source: Any,
    *,
    of: Any = "entity",
    order: tuple[Key, ...] = (Key("id"),),
) -> Select:
    """A connection field: its rows, filter, order and page, as far as it has these arguments."""
    node = nodes[0]
    where: Predicate | None = None
    if "where" in definition.args:
        where = filter_of(make, node, definition)
    if "orderBy" in definition.args:
        order = to_order(make.settle(node, "orderBy", definition), order)
    elif isinstance(source, Walk) and source.mode == "reach" and order == (Key("id"),):
        order = (Key("length"), Key("id"))
    page = page_of(make, node, definition)
    shape = _shape_of(make, nodes, definition)
    return Select(source, "connection", of, shape, where, order, page)


IDS = frozenset(("id", operator) for operator in ("eq", "ne", "in", "notIn"))
"""Conditions on an id, in which a former one stands for the one in force."""


def filter_of(make: Ask, node: FieldNode, definition: GraphQLField) -> Predicate | None:
    """The predicate of `where`; its values become parameters."""
    value = make.settle(node, "where", definition, "shape")
    take = make.argument(node, "where", definition)

    def add(path: tuple[str | int, ...]) -> Param:
        if path[-2:] in IDS:
            return make.param(lambda run: ids_in_force(dig(take(run.variables), path), run))
        return make.param(lambda run: dig(take(run.variables), path))

    return to_predicate(value, make.ontology, add)


def page_of(make: Ask, node: FieldNode, definition: GraphQLField) -> Page:
    """The page that first, after, last and before ask for. Raises: QueryError, also in a run."""
    args = definition.args

    def take(name: str) -> Argument:
        return make.argument(node, name, definition)

    given = {a.name.value for a in node.arguments or ()}
    if "last" not in args:
        first = page_size(take("first"), "first", DEFAULT_PAGE)
        after = make.value_param(take("after")) if "after" in given else None
        return Page(make.value_param(first), after)
    both = partial(_one_way, take("first"), take("last"))
    first = page_size(lambda vs: both(vs)[0], "first", None)
    last = page_size(take("last"), "last", None)
    return Page(
        make.value_param(first),
        make.value_param(take("after")) if "after" in given else None,
        make.value_param(last) if "last" in given else None,
        make.value_param(take("before")) if "before" in given else None,
    )


def _one_way(first: Argument, last: Argument, variables: Any) -> tuple[int | None, int | None]:
    a, b = first(variables), last(variables)
    if a is not None and b is not None:
        raise QueryError(
            "first and last: give one of them, not both", argument="first, last", value=[a, b]
        )
    return (DEFAULT_PAGE if a is None and b is None else a), b


def facets(make: Ask, nodes: list[FieldNode], definition: GraphQLField, over: Select) -> Select:
    """Counts by value over a select."""
    screamed = {"KIND": "kind", "CATEGORY": "category"}
    screamed |= {screaming(name): name for name in make.ontology.askable}
    by = tuple(screamed[value] for value in make.settle(nodes[0], "by", definition))
    shape = _shape_of(make, nodes, definition)
    return Select(Count(over, by), "list", "facet", shape)
