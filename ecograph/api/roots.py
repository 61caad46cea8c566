"""The fields of Query: each becomes a root of the plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLField, get_named_type

from ecograph.api import inputs
from ecograph.api.ask import Ask
from ecograph.api.asked import tell
from ecograph.api.changes import find_changes
from ecograph.api.composed import Composed
from ecograph.api.inputs import (
    Binding,
    Input,
    bounded,
    everywhere,
    in_scheme,
    known_ids,
    resolve_name,
    resolve_names,
)
from ecograph.api.selects import connection, facets, filter_of, page_of, relations_of
from ecograph.api.swap import COMPOSED, compose
from ecograph.errors import QueryError
from ecograph.plan.automaton import Automaton, any_of, compile_expression
from ecograph.plan.expression import parse
from ecograph.plan.steps import (
    MOST_STEPS,
    Changes,
    Claim,
    Dataset,
    Key,
    Param,
    Root,
    Scan,
    Seek,
    Select,
    Shape,
    Walk,
)

MAX_HOPS = 6
MAX_ROUTE = 8
MAX_ROUTES = 10
BY_OFFSET = (Key("offset"),)


def root_of(
    make: Ask, key: str, nodes: list[FieldNode], definition: GraphQLField
) -> Root | Composed:
    """The root of one field of Query, or the roots of which its answer is composed."""
    field = _Field(make, nodes, definition)
    as_of = None
    if any(a.name.value == "asOf" for a in nodes[0].arguments or ()):
        as_of = make.value_param(inputs.day(field.argument("asOf")))
    name = nodes[0].name.value
    for kind, told in make.ontology.kinds.items():
        if name == told.one:
            return Root(key, field.by_name(kind), as_of)
        if name == told.many:
            return Root(key, connection(make, nodes, definition, Scan((kind,))), as_of)
    if name in COMPOSED:
        ends = [field.alone(end) for end in COMPOSED[name]]
        return compose(make, nodes, definition, key, as_of, ends)
    select: Callable[[], Select] = getattr(field, name)
    return Root(key, select(), as_of)


def plain_question(make: Ask, nodes: list[FieldNode], definition: GraphQLField) -> Input:
    """What answers a plain question: no store does, only the plans of its readings."""
    text, lang = (make.argument(nodes[0], name, definition) for name in ("text", "lang"))
    named: Any = get_named_type(definition.type)
    shape = make.shape(nodes, named)

    def answer(run: Binding) -> Any:
        run.budget.spend(inputs.SEARCH)
        return tell(shape, run.ask(text(run.variables), lang(run.variables)))

    return answer


class _Field:
    """One field of Query under compilation; a method for each that is not of a kind."""

    def __init__(self, make: Ask, nodes: list[FieldNode], definition: GraphQLField) -> None:
        self.make = make
        self.fields = nodes
        self.definition = definition

    def argument(self, name: str) -> inputs.Argument:
        return self.make.argument(self.fields[0], name, self.definition)

    def settle(self, name: str) -> Any:
        return self.make.settle(self.fields[0], name, self.definition)

    def shape(self) -> Shape:
        named: Any = get_named_type(self.definition.type)
        return self.make.shape(self.fields, named)

    def name(self, argument: str, kinds: tuple[str, ...] | None = None) -> Param:
        value = self.argument(argument)
        return self.make.param(resolve_name(value, argument, self.fields[0], kinds))

    def alone(self, argument: str) -> Param:
        """The id behind a name, in a list of its own."""
        take = resolve_name(self.argument(argument), argument, self.fields[0])
        return self.make.param(lambda run: [take(run)])

    # One, or some, by name or id

    def by_name(self, kind: str | None) -> Select:
        kinds = None if kind is None else (kind,)
        scheme = self.argument("scheme") if "scheme" in self.definition.args else None
        among = everywhere if scheme is None else partial(in_scheme, scheme)
        take = resolve_name(self.argument("name"), "name", self.fields[0], kinds, among)
        ids = self.make.param(lambda run: [take(run)])
        return Select(Seek(ids), "one", "entity", self.shape())

    def entity(self) -> Select:
        value = self.settle("kind")
        return self.by_name(None if value is None else self.make.ontology.by_enum_value[value])

    def entities(self) -> Select:
        ids = self.make.param(resolve_names(self.argument("names"), "names", self.fields[0]))
        return Select(Seek(ids), "list", "entity", self.shape(), order=BY_OFFSET)

    def node(self) -> Select:
        value = self.argument("id")
        ids = self.make.param(known_ids(lambda vs: [value(vs)]))
        return Select(Seek(ids), "one", "entity", self.shape())

    def nodes(self) -> Select:
        ids = self.make.param(known_ids(self.argument("ids")))
        return Select(Seek(ids), "list", "entity", self.shape(), order=BY_OFFSET)

    def statement(self) -> Select:
        value = self.argument("id")
        ids = self.make.param(lambda run: [run.names.statement_in_force(value(run.variables))])
        return Select(Seek(ids, of="statement"), "one", "statement", self.shape())

    def search(self) -> Select:
        text, kinds = self.argument("text"), self.argument("kinds")
        known = self.make.ontology.by_enum_value

        def hits(run: Binding) -> list[dict[str, Any]]:
            wanted = kinds(run.variables)
            only = None if wanted is None else [known[kind] for kind in wanted]
            return [
                {
                    "id": hit.id,
                    "score": hit.score,
                    "matched": {"text": hit.text, "field": hit.field, "lang": hit.lang},
                }
                for hit in run.search(text(run.variables), only)
            ]

        source = Seek(self.make.param(hits), carried=True)
        return connection(self.make, self.fields, self.definition, source, order=BY_OFFSET)

    # Ways

    def path(self) -> Select:
        limit = bounded(self.argument("maxLength"), "maxLength", MOST_STEPS)
        walk = Walk(
            "shortest", self._automaton(), self.name("from"), self.name("to"),
            self.make.value_param(limit),
        )  # fmt: skip
        return Select(walk, "one", "path", self.shape(), order=BY_OFFSET)

    def paths(self) -> Select:
        limit = bounded(self.argument("maxLength"), "maxLength", MOST_STEPS)
        walk = Walk(
            "simple", self._automaton(), self.name("from"), self.name("to"),
            self.make.value_param(limit),
        )  # fmt: skip
        return connection(self.make, self.fields, self.definition, walk, of="path", order=BY_OFFSET)

    def routes(self) -> Select:
        limit = bounded(self.argument("maxLength"), "maxLength", MAX_ROUTE)
        most = bounded(self.argument("k"), "k", MAX_ROUTES, least=1)
        walk = Walk(
            "routes", self._automaton(), self.name("from"), self.name("to"),
            self.make.value_param(limit), self.make.value_param(most),
        )  # fmt: skip
        return Select(walk, "one", "routes", self.shape(), order=BY_OFFSET)

    def _automaton(self) -> Automaton:
        make, node, definition = self.make, self.fields[0], self.definition
        ontology = make.ontology
        along = self.settle("along") if "along" in definition.args else None
        direction = self.settle("direction") if "direction" in definition.args else None
        if along is not None:
            if self.settle("via") is not None or direction is not None:
                raise QueryError(
                    "along: an expression says relations and directions itself; leave out via "
                    "and direction",
                    argument="along", value=along,
                )  # fmt: skip
            return compile_expression(parse(along, ontology), ontology)
        via = relations_of(make, node, "via", definition, ontology.path_relations)
        ways = {"FORWARD": [True], "BACKWARD": [False]}.get(direction or "", [True, False])
        return any_of(via, ways, ontology)

    def reach(self) -> Select:
        ontology = self.make.ontology
        automaton = compile_expression(parse(self.settle("along"), ontology), ontology)
        walk = Walk("reach", automaton, self.name("from"))
        return connection(self.make, self.fields, self.definition, walk)

    def neighborhood(self) -> Select:
        make, node, definition = self.make, self.fields[0], self.definition
        via = relations_of(make, node, "via", definition, make.ontology.path_relations)
        hops = bounded(self.argument("hops"), "hops", MAX_HOPS)
        automaton = any_of(via, [True, False], make.ontology)
        walk = Walk("reach", automaton, self.name("of"), limit=make.value_param(hops))
        return Select(
            walk, "subgraph", "entity", self.shape(), order=(Key("length"), Key("id")),
            page=page_of(make, node, definition), among=via,
        )  # fmt: skip

    # The whole

    def claim(self) -> Select:
        relation = self.make.value_param(self.argument("relation"))
        source = Claim(self.name("subject"), relation, self.name("object"))
        return Select(source, "one", "claim", self.shape())

    def facets(self) -> Select:
        kinds = tuple(self.make.ontology.kinds)
        where = filter_of(self.make, self.fields[0], self.definition)
        over = Select(Scan(kinds), "list", "entity", where=where)
        return facets(self.make, self.fields, self.definition, over)

    def dataset(self) -> Select:
        return Select(Dataset(), "one", "dataset", self.shape())

    def important(self) -> Select:
        def weighed(run: Binding) -> list[dict[str, Any]]:
            importance = run.graph.calendar.importance
            run.budget.spend(len(importance))
            return [{"id": id_, "score": score} for id_, score in importance.items()]

        source = Seek(self.make.param(weighed), carried=True)
        return connection(self.make, self.fields, self.definition, source, order=BY_OFFSET)

    def changes(self) -> Select:
        found = self.make.param(find_changes(self.fields[0], self.argument, self.make.ontology))
        return connection(
            self.make, self.fields, self.definition, Changes(found), of="change", order=BY_OFFSET
        )
