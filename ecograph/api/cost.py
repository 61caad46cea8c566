"""What a document asks for, as figures: nesting, aliases, objects that could come back.

Counted in one pass over the document, without recursion, each fragment once; a document that is
not valid is counted as far as it makes sense. Fields that GraphQL would merge, and selections
that @skip leaves out, count each time they are written: the figures are never too small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_list_type,
)
from graphql.type import GraphQLNonNull

from ecograph.api.inputs import DEFAULT_PAGE, MAX_PAGE

Composite = GraphQLObjectType | GraphQLInterfaceType
Definition = OperationDefinitionNode | FragmentDefinitionNode

PAGE_ARGUMENTS = frozenset({"first", "last"})
LIST_ARGUMENTS = {"nodes": "ids", "entities": "names", "facets": "by"}
"""Field -> the argument with one value for each object that comes back."""
SUBGRAPH_STATEMENTS = 2
EMBEDDED = {
    "evidence": 4, "history": 6, "hops": 10, "nodes": 11, "statements": 5, "ancestors": 5,
    "readings": 4, "children": 20, "tree": 60, "values": 50, "kinds": 15, "relations": 30,
    "types": 250, "fields": 10, "inputFields": 3, "args": 2, "enumValues": 2, "interfaces": 2,
    "possibleTypes": 1, "directives": 5,
    "Routes.routes": 10,
    "Swap.interfaces": 10, "Swap.users": 50, "SwapInterface.users": 20, "Swap.between": 1,
    "SwapInterface.from": 1, "SwapInterface.to": 1, "SwapUser.from": 1, "SwapUser.to": 1,
    "SwapUser.through": 1, "SwapLink.user": 1, "SwapLink.from": 1, "SwapLink.to": 1,
    "Compatibility.between": 1, "Compatibility.shared": 6, "SharedInterface.a": 1,
    "SharedInterface.b": 1, "Compatibility.lacking": 2, "Compatibility.adapters": 2,
    "Adapter.adapts": 1, "Adapter.provides": 1, "Adapter.needs": 1,
}  # fmt: skip
"""Field, of a type or of any -> how many objects a list without pages is taken to hold: what the
data may well have, and for introspection what a type has on average."""
WRITTEN = {"explanation": 40}
"""Field -> how many objects its text is written of."""
UNKNOWN_LIST = 10
TYPE_LISTS = frozenset({"types", "fields", "inputFields", "interfaces", "possibleTypes"})
CEILING = 10**9
"""No figure is told larger than this: a doubling of 900 fragments has 271 digits."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The figures of one operation; each is held to the limit of its name."""

    size: int = 0
    tokens: int = 0
    nesting: int = 0
    values: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    roots: int = 0
    items: int = 0
    objects: int = 0
    introspection_depth: int = 0
    introspection_lists: int = 0
    introspection_objects: int = 0
    places: Mapping[str, Node] = field(default_factory=dict, compare=False, repr=False)
    """Figure -> where in the document it arises, if that helps."""

    def told(self) -> dict[str, int]:
        """What a client is told with an answer, on request."""
        return {name: getattr(self, name) for name in ("objects", "depth", "aliases", "fields")}


@dataclass(slots=True)
class Tally:
    """What a selection set adds up to; `rows` come once for each row of the page it stands in."""

    fields: int = 0
    aliases: int = 0
    directives: int = 0
    roots: int = 0
    depth: int = 0
    deepest: Node | None = None
    items: int = 0
    longest: Node | None = None
    objects: int = 0
    heaviest: int = 0
    heavy: Node | None = None
    rows: int = 0
    introspection_depth: int = 0
    introspection_lists: int = 0
    introspection_objects: int = 0

    def add(self, other: Tally) -> None:
        """Take in what is spread here."""
        self.roots += other.roots
        self.rows += other.rows
        self.objects += other.objects
        self.introspection_objects += other.introspection_objects
        self.weigh(other.heaviest, other.heavy)
        self.deepen(other.depth, other.deepest)
        self.take(other)
        self.nest(other.introspection_depth, other.introspection_lists)

    def take(self, other: Tally) -> None:
        """Take in what counts alike wherever it stands."""
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        if other.items > self.items:
            self.items, self.longest = other.items, other.longest

    def weigh(self, objects: int, node: Node | None) -> None:
        """Note the field with the most objects."""
        if objects > self.heaviest:
            self.heaviest, self.heavy = objects, node

    def deepen(self, depth: int, node: Node | None) -> None:
        """Note the deepest field."""
        if depth > self.depth:
            self.depth, self.deepest = depth, node

    def nest(self, depth: int, lists: int) -> None:
        """Note the deepest introspection."""
        self.introspection_depth = max(self.introspection_depth, depth)
        self.introspection_lists = max(self.introspection_lists, lists)

    def cost(self) -> Cost:
        """The figures as they are told."""
        places = {"depth": self.deepest, "items": self.longest, "objects": self.heavy}
        return Cost(
            depth=self.depth,
            aliases=min(self.aliases, CEILING),
            directives=min(self.directives, CEILING),
            fields=min(self.fields, CEILING),
            roots=min(self.roots, CEILING),
            items=min(self.items, CEILING),
            objects=min(self.objects, CEILING),
            introspection_depth=self.introspection_depth,
            introspection_lists=self.introspection_lists,
            introspection_objects=min(self.introspection_objects, CEILING),
            places={name: node for name, node in places.items() if node is not None},
        )


@dataclass(slots=True)
class _Frame:
    """A selection set under way: what is left of it, its type, and what it hangs on."""

    rest: Iterator[SelectionNode]
    on: Composite | None
    tally: Tally
    field: FieldNode | None = None
    definition: GraphQLField | None = None
    fragment: FragmentDefinitionNode | None = None


class Measure:
    """One count of a document; without variables their pages and lists count as empty.

    `steps` is how many selections were looked at; `counting`, the variables that a figure
    depends on.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any] | None = None,
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.counting: set[str] = set()
        self.steps = 0
        # By identity: two fragments of one name are a fault, but each costs validation its time.
        self._done: dict[int, Tally] = {}

    def cost(self, definition: Definition) -> Cost:
        """The figures of an operation, or of a fragment on its own."""
        if isinstance(definition, FragmentDefinitionNode):
            if id(definition) not in self._done:
                self._walk(self._open(definition))
            return self._done[id(definition)].cost()
        tally = Tally(directives=len(definition.directives or ()))
        for variable in definition.variable_definitions or ():
            tally.directives += len(variable.directives or ())
        root = self.schema.get_root_type(definition.operation)
        self._walk(_Frame(iter(definition.selection_set.selections), root, tally))
        return tally.cost()

    def _walk(self, frame: _Frame) -> None:
        stack = [frame]
        while stack:
            frame = stack[-1]
            part = next(frame.rest, None)
            if part is not None:
                self.steps += 1
                opened = self._enter(part, frame)
                if opened is not None:
                    stack.append(opened)
                continue
            stack.pop()
            if frame.fragment is not None:
                self._done[id(frame.fragment)] = frame.tally
            if stack:
                self._close(frame, stack[-1])

    def _enter(self, part: SelectionNode, frame: _Frame) -> _Frame | None:
        """Count a selection's own share; its selection set, if it has one to be walked."""
        if isinstance(part, FieldNode):
            definition = None
            if frame.on is not None:
                definition = self.schema.get_field(frame.on, part.name.value)
            named = None if definition is None else get_named_type(definition.type)
            on = named if isinstance(named, GraphQLObjectType | GraphQLInterfaceType) else None
            selections = part.selection_set.selections if part.selection_set else ()
            inner = _Frame(iter(selections), on, Tally(), part, definition)
            if part.selection_set is not None:
                return inner
            self._close(inner, frame)
            return None
        frame.tally.directives += len(part.directives or ())
        if isinstance(part, InlineFragmentNode):
            on = frame.on
            if part.type_condition is not None:
                on = self._type(part.type_condition.name.value)
            return _Frame(iter(part.selection_set.selections), on, Tally())
        assert isinstance(part, FragmentSpreadNode)
        fragment = self.fragments.get(part.name.value)
        if fragment is None:
            return None
        done = self._done.get(id(fragment))
        if done is not None:
            frame.tally.add(done)
            return None
        return self._open(fragment)

    def _open(self, fragment: FragmentDefinitionNode) -> _Frame:
        # A spread of a fragment inside itself adds nothing; validation refuses it later.
        self._done[id(fragment)] = Tally()
        on = self._type(fragment.type_condition.name.value)
        tally = Tally(directives=len(fragment.directives or ()))
        return _Frame(iter(fragment.selection_set.selections), on, tally, fragment=fragment)

    def _type(self, name: str) -> Composite | None:
        found = self.schema.get_type(name)
        return found if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) else None

    def _close(self, frame: _Frame, into: _Frame) -> None:
        inner, outer, node = frame.tally, into.tally, frame.field
        if node is None:
            outer.add(inner)
            return
        inner.fields += 1
        inner.aliases += node.alias is not None
        inner.directives += len(node.directives or ())
        name = node.name.value
        times = self._times(node, name, frame, into.on)
        outer.take(inner)
        outer.roots += 1
        if name in ("__schema", "__type") or (into.on is not None and into.on.name[:2] == "__"):
            lists = inner.introspection_lists + (name in TYPE_LISTS)
            outer.nest(inner.introspection_depth + 1, lists)
            # Most types wrap no other, so that the long chains of ofType come back short.
            own = 1 if frame.on is not None and name != "ofType" else 0
            outer.introspection_objects += times * (own + inner.introspection_objects)
            return
        outer.deepen(inner.depth + 1, inner.deepest or node)
        outer.nest(inner.introspection_depth, inner.introspection_lists)
        outer.introspection_objects += inner.introspection_objects
        if node.selection_set is None:
            outer.objects += WRITTEN.get(name, 0)
            return
        page = self._page(node, frame.definition) if inner.rows else 0
        objects = times * (1 + inner.objects + page * inner.rows)
        if into.on is not None and _is_page(into.on.name, name):
            outer.rows += objects
        else:
            outer.objects += objects
            outer.weigh(objects, node)

    def _times(self, node: FieldNode, name: str, frame: _Frame, parent: Composite | None) -> int:
        """How many objects a field gives: of its page's rows, one; otherwise a list's length."""
        type_ = None if frame.definition is None else frame.definition.type
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if frame.on is None or parent is None or not is_list_type(type_):
            return 1
        if _is_page(parent.name, name):
            return SUBGRAPH_STATEMENTS if name == "statements" else 1
        argument = LIST_ARGUMENTS.get(name)
        for given in node.arguments or ():
            if given.name.value == argument:
                length = self._length(given.value)
                if length > frame.tally.items:
                    frame.tally.items, frame.tally.longest = length, given
                return length
        return EMBEDDED.get(f"{parent.name}.{name}") or EMBEDDED.get(name, UNKNOWN_LIST)

    def _page(self, node: FieldNode, definition: GraphQLField | None) -> int:
        """The size of a page; one over the limit is refused elsewhere, when it is asked for."""
        sizes = [
            size
            for given in node.arguments or ()
            if given.name.value in PAGE_ARGUMENTS
            and (size := self._integer(given.value)) is not None
        ]
        if not sizes:
            first = None if definition is None else definition.args.get("first")
            default = None if first is None else first.default_value
            sizes = [default if isinstance(default, int) else DEFAULT_PAGE]
        return max(0, min(max(sizes), MAX_PAGE))

    def _integer(self, value: ValueNode) -> int | None:
        if isinstance(value, VariableNode):
            self.counting.add(value.name.value)
            if self.variables is None:
                return 0
            number = self.variables.get(value.name.value)
            return number if isinstance(number, int) else None
        text = getattr(value, "value", None)
        # A number of 300 digits is a page over the limit, whatever it is.
        if value.kind != "int_value" or not isinstance(text, str):
            return None
        return int(text) if len(text) < 12 else MAX_PAGE

    def _length(self, value: ValueNode) -> int:
        if isinstance(value, VariableNode):
            self.counting.add(value.name.value)
            given = (self.variables or {}).get(value.name.value, ())
            return len(given) if isinstance(given, list | tuple) else 1
        return len(value.values) if isinstance(value, ListValueNode) else 1


def _is_page(type_name: str, field_name: str) -> bool:
    """Whether a field holds what `first` counts."""
    if type_name == "Subgraph":
        return field_name in ("nodes", "statements")
    return field_name in ("nodes", "edges") and type_name.endswith("Connection")


def sizes_of(counting: tuple[str, ...], variables: Mapping[str, Any]) -> tuple[int | None, ...]:
    """What of the variables a count depends on."""
    sizes = []
    for name in counting:
        value = variables.get(name)
        sizes.append(len(value) if isinstance(value, list | tuple) else value)
    return tuple(sizes)
