"""Document -> plan: what GraphQL says is settled here, once, and no later stage knows of it.

Fragments, aliases, field merging, @skip and @include, default arguments and type conditions end
here. Variables that change the structure of the plan (filters, orders, relations, expressions,
directives) are noted, so that a plan is used again wherever they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
    is_list_type,
    value_from_ast,
)
from graphql.type import GraphQLNonNull

from ecograph.api.composed import Composed
from ecograph.api.explain import EXPLAINED, Explanation, Places, explain
from ecograph.api.inputs import Argument, Input, bounded
from ecograph.api.swap_types import MOST_USERS
from ecograph.api.where import shape_of
from ecograph.errors import QueryError
from ecograph.model.ontology import Ontology
from ecograph.plan.steps import Const, Each, Get, Param, Plan, Ref, Root, Shape, Value

Type = GraphQLObjectType | GraphQLInterfaceType
Fields = dict[str, list[FieldNode]]

RECORD_NAMES = {
    ("CategoryTreeNode", "depth"): "length",
    ("CategoryTreeNode", "category"): "node",
    ("SubgraphNode", "distance"): "length",
}
"""(type, field) -> what the record calls it, where the two differ."""
INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(slots=True)
class Question:
    """A plan with what fills its parameters; `fallback` if graphql-core must walk the rows."""

    plan: Plan
    inputs: dict[str, Input]
    keys: tuple[tuple[str, str | None], ...]
    """The response keys in order; with a text where the answer is that text."""
    fallback: bool
    own: Mapping[str, Input] = field(default_factory=dict)
    """Response key -> what the API answers itself, without a store."""
    composed: Mapping[str, Composed] = field(default_factory=dict)
    """Those keys of which the value is worked out from what the plan tells."""


@dataclass(slots=True)
class Ask:
    """One compilation of one operation under the given variables."""

    schema: GraphQLSchema
    ontology: Ontology
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    with_types: bool = False
    """Tell every entity's type, for a walk by graphql-core."""
    inputs: dict[str, Input] = field(default_factory=dict)
    structural: dict[str, Literal["value", "shape"]] = field(default_factory=dict)
    way: list[str] = field(default_factory=list)
    """The response keys down to the record whose shape is made."""
    explained: dict[Places, Explanation] = field(default_factory=dict)

    # Arguments

    def argument(self, node: FieldNode, name: str, definition: GraphQLField) -> Argument:
        """Variables -> the value of an argument; `structural` if the plan depends on it."""
        arg = definition.args[name]
        default = None if arg.default_value is Undefined else arg.default_value
        given = next((a.value for a in node.arguments or () if a.name.value == name), None)
        if given is None:
            return lambda _: default
        if not variables_in(given):
            constant = value_from_ast(given, arg.type)
            return lambda _: constant
        required = isinstance(arg.type, GraphQLNonNull)

        def take(variables: Mapping[str, Any]) -> Any:
            if isinstance(given, VariableNode):
                value = variables.get(given.name.value, default)
            else:
                value = value_from_ast(given, arg.type, dict(variables))
            if value is Undefined or (value is None and required):
                raise QueryError(
                    f"{name}: a variable in it is null where a value of {arg.type} is needed",
                    argument=name, value=None,
                )  # fmt: skip
            return value

        return take

    def settle(
        self, node: FieldNode, name: str, definition: GraphQLField,
        how: Literal["value", "shape"] = "value",
    ) -> Any:  # fmt: skip
        """The value of an argument now; the plan will depend on the variables in it."""
        for given in node.arguments or ():
            if given.name.value == name:
                self._note(given.value, how)
        return self.argument(node, name, definition)(self.variables)

    def _note(self, value: ValueNode, how: Literal["value", "shape"]) -> None:
        for variable in variables_in(value):
            if self.structural.get(variable) != "value":
                self.structural[variable] = how

    def param(self, take: Input) -> Param:
        """A parameter of the plan that a run fills like this."""
        param = Param(f"p{len(self.inputs)}")
        self.inputs[param.name] = take
        return param

    def value_param(self, value: Argument) -> Param:
        """A parameter that holds the value of an argument."""
        return self.param(lambda run: value(run.variables))

    # Selections

    def collect(self, sets: Iterable[SelectionSetNode], on: Type) -> Fields:
        """Response key -> the fields that are merged under it, for a type."""
        found: Fields = {}
        visited: set[str] = set()
        stack: list[Any] = [part for s in reversed(list(sets)) for part in reversed(s.selections)]
        while stack:
            part = stack.pop()
            if not self._included(part):
                continue
            if isinstance(part, FieldNode):
                key = part.alias.value if part.alias else part.name.value
                found.setdefault(key, []).append(part)
                continue
            fragment = self._fragment(part, visited)
            if fragment is not None and self._applies(fragment, on):
                stack += reversed(fragment.selection_set.selections)
        return found

    def _fragment(
        self, part: Any, visited: set[str]
    ) -> InlineFragmentNode | FragmentDefinitionNode | None:
        """The fragment that a selection stands for, None if it was here before."""
        if not isinstance(part, FragmentSpreadNode):
            inline: InlineFragmentNode = part
            return inline
        name = part.name.value
        if name in visited:
            return None
        visited.add(name)
        return self.fragments[name]

    def _included(self, selection: Any) -> bool:
        for directive in selection.directives or ():
            name = directive.name.value
            if name in ("skip", "include"):
                value = directive.arguments[0].value
                if isinstance(value, VariableNode):
                    self.structural[value.name.value] = "value"
                    wanted = bool(self.variables.get(value.name.value))
                else:
                    wanted = value.value
                if wanted is (name == "skip"):
                    return False
        return True

    def _applies(self, part: InlineFragmentNode | FragmentDefinitionNode, on: Type) -> bool:
        if part.type_condition is None:
            return True
        condition = self.schema.get_type(part.type_condition.name.value)
        return condition is on or (
            isinstance(condition, GraphQLInterfaceType) and self.schema.is_sub_type(condition, on)
        )

    def _differs_by_type(self, sets: Iterable[SelectionSetNode], on: Type) -> bool:
        """Whether a fragment applies to some of the possible types only."""
        stack: list[Any] = [part for s in sets for part in s.selections]
        visited: set[str] = set()
        while stack:
            part = stack.pop()
            if isinstance(part, FieldNode):
                continue
            fragment = self._fragment(part, visited)
            if fragment is None:
                continue
            if not self._applies(fragment, on):
                return True
            stack += fragment.selection_set.selections
        return False

    # Shapes

    def shape(self, nodes: Iterable[FieldNode], on: Type) -> Shape:
        """What the selections of the fields tell of a record of a type."""
        sets = [n.selection_set for n in nodes if n.selection_set]
        if isinstance(on, GraphQLInterfaceType) and self._differs_by_type(sets, on):
            kinds = [t for t in self.schema.get_possible_types(on) if t.name in self.ontology.kinds]
            return Shape(cases=tuple((t.name, self._plain_shape(sets, t)) for t in kinds))
        return self._plain_shape(sets, on)

    def _plain_shape(self, sets: list[SelectionSetNode], on: Type) -> Shape:
        fields = self.collect(sets, on)
        told: list[tuple[str, Value]] = []
        for key, nodes in fields.items():
            self.way.append(key)
            if nodes[0].name.value == "explanation" and on.name in EXPLAINED:
                told += self.explanation(key, nodes[0], on)
            else:
                told.append((key, self.value(nodes, on)))
            self.way.pop()
        if self.with_types and self._is_entity(on) and "__typename" not in fields:
            told.append(("__typename", Get("type")))
        return Shape(tuple(told))

    def explanation(self, key: str, node: FieldNode, on: Type) -> list[tuple[str, Value]]:
        """What is told in the place of an explanation, which is written of it in the end."""
        definition = on.fields["explanation"]
        lang, form = (self.settle(node, name, definition) for name in ("lang", "form"))
        found = self.explained[tuple(self.way)] = Explanation(on.name, lang.lower(), form)
        return found.values(key)

    def _is_entity(self, on: Type) -> bool:
        return on.name in ("Entity", "Node") or on.name in self.ontology.kinds

    def value(self, nodes: list[FieldNode], on: Type) -> Value:
        """What one field of a record is: a scalar, a reference, or rows."""
        from ecograph.api.selects import entity_value

        node, name = nodes[0], nodes[0].name.value
        if name == "__typename":
            return Get("type") if isinstance(on, GraphQLInterfaceType) else Const(on.name)
        definition = on.fields[name]
        if self._is_entity(on) or (on.name, name) == ("Dataset", "sources"):
            special = entity_value(self, nodes, on, definition)
            if special is not None:
                return special
        name = RECORD_NAMES.get((on.name, name), name)
        most = self.settle(node, "first", definition) if "first" in definition.args else None
        if most is not None:
            bounded(lambda _: most, "first", MOST_USERS)({})
        lang = None
        if "lang" in definition.args:
            lang = self.settle(node, "lang", definition).lower()
        return self.plain(nodes, name, definition, lang, most)

    def plain(
        self, nodes: list[FieldNode], name: str, definition: GraphQLField,
        lang: Literal["en", "zh"] | None, most: int | None = None,
    ) -> Value:  # fmt: skip
        """A scalar, a record or records, as the field's type says."""
        named = get_named_type(definition.type)
        if is_leaf_type(named):
            return Get(name, lang)
        assert isinstance(named, GraphQLObjectType | GraphQLInterfaceType)
        shape = self.shape(nodes, named)
        bare = definition.type
        if isinstance(bare, GraphQLNonNull):
            bare = bare.of_type
        return Each(name, shape, most) if is_list_type(bare) else Ref(name, shape)


def ask(make: Ask) -> Question:
    """The plan of an operation, root by root."""
    from ecograph.api.roots import plain_question, root_of

    query = make.schema.query_type
    assert query is not None
    fields = make.collect([make.operation.selection_set], query)
    make.with_types = any(nodes[0].name.value in INTROSPECTION for nodes in fields.values())
    roots: list[Root] = []
    keys: list[tuple[str, str | None]] = []
    own: dict[str, Input] = {}
    composed: dict[str, Composed] = {}
    for key, nodes in fields.items():
        name = nodes[0].name.value
        if name == "__typename":
            keys.append((key, query.name))
        elif name == "ask":
            keys.append((key, None))
            own[key] = plain_question(make, nodes, query.fields[name])
        elif name not in INTROSPECTION:
            keys.append((key, None))
            make.way = [key]
            made = root_of(make, key, nodes, query.fields[name])
            told = {place[1:]: how for place, how in make.explained.items() if place[0] == key}
            if told and isinstance(made, Root):
                finish = partial(explain, places=told, ontology=make.ontology)
                made = Composed((made,), finish, heavy=False)
            if isinstance(made, Composed):
                composed[key] = made
                roots += made.roots
            else:
                roots.append(made)
    return Question(Plan(tuple(roots)), make.inputs, tuple(keys), make.with_types, own, composed)


def structure_of(
    structural: Mapping[str, Literal["value", "shape"]], variables: Mapping[str, Any]
) -> Any:
    """What of the variables a plan depends on, hashable."""
    return tuple(
        repr(shape_of(variables[name]) if how == "shape" else variables[name])
        if name in variables
        else None
        for name, how in structural.items()
    )


def variables_in(value: ValueNode) -> list[str]:
    """The variables in a value."""
    if isinstance(value, VariableNode):
        return [value.name.value]
    inner: Iterable[Any] = getattr(value, "values", None) or (
        f.value for f in getattr(value, "fields", ())
    )
    return [name for part in inner for name in variables_in(part)]
