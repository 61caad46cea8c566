"""The guide to the API in Markdown: every question with an example, every type with its fields.

May import: graphql, the named operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import orjson
from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    ast_from_value,
    get_named_type,
    parse,
    print_ast,
)
from graphql.pyutils import Undefined

from ecograph.api.operations import NamedOperation

HEAD = """# The API, type by type

Made from the schema by `ecograph schema guide > docs/api.md`. The address is `/graphql`;
[clients](clients.md) shows how to ask there, [errors](errors.md) what may be wrong, and
[limits](limits.md) how much may be asked at a time.
"""
LISTS = """## Lists

What may be long is a connection: `first` and `after`, or `last` and `before`, choose a page of it.
`nodes` are the entries, `edges` the same with a `cursor` each and, where the list is of a relation,
with what is known of the statement. `totalCount` counts all pages, and only if it is asked for.
Below, lists that say no more are not told: `ToolConnection` leads to its entries, to `Tool`.
"""
PLAIN = {"totalCount", "pageInfo", "nodes", "edges", "cursor", "node"}
"""The fields that every list or entry of one has."""
Described = GraphQLField | GraphQLInputField | GraphQLArgument


def write_guide(core: GraphQLSchema, operations: Mapping[str, NamedOperation]) -> str:
    """The guide, the same for the same schema and operations."""
    return _Guide(core, operations).write()


class _Guide:
    def __init__(self, core: GraphQLSchema, operations: Mapping[str, NamedOperation]) -> None:
        self.core = core
        self.types = {n: t for n, t in sorted(core.type_map.items()) if not n.startswith("__")}
        assert core.query_type is not None
        self.query = core.query_type
        self.examples = _examples(operations.values())
        entity = core.type_map["Entity"]
        assert isinstance(entity, GraphQLInterfaceType)
        self.entity = entity
        self.kinds = [t for t in self.objects() if entity in t.interfaces]

    def objects(self) -> list[GraphQLObjectType]:
        return [t for t in self.types.values() if isinstance(t, GraphQLObjectType)]

    def write(self) -> str:
        parts = [HEAD, *self._questions(), LISTS, *self._types()]
        return "\n".join(parts)

    def _questions(self) -> Iterator[str]:
        yield "## Questions\n"
        kinds = {kind.name for kind in self.kinds}
        single: dict[str, GraphQLField] = {}
        listed: dict[str, GraphQLField] = {}
        for name, field in self.query.fields.items():
            if get_named_type(field.type).name in kinds:
                single[name] = field
            elif "where" in field.args and "first" in field.args:
                listed[name] = field
            else:
                yield from self._question(name, field)
        yield "### An entity of a kind\n"
        yield "One field a kind. `category` takes the taxonomy's `scheme` too.\n"
        yield from self._fields(single)
        yield from self._arguments(single["tool"])
        yield from self._example("tool")
        yield "### The entities of a kind\n"
        yield "One field a kind, each with a filter and an order of its own.\n"
        yield from self._fields(listed)
        yield from self._arguments(listed["tools"])
        yield from self._example("tools")

    def _question(self, name: str, field: GraphQLField) -> Iterator[str]:
        yield f"### Query.{name}\n"
        yield f"{_flat(field.description)} Gives {self._type(field.type)}.\n"
        yield from self._arguments(field)
        yield from self._example(name)

    def _example(self, name: str) -> Iterator[str]:
        operation = self.examples.get(name)
        if operation is not None:
            given = orjson.dumps(dict(operation.variables)).decode()
            told = f", with `{given}`" if operation.variables else ""
            yield f"`{operation.name}`{told}: {operation.question['en']}\n"
            yield f"```graphql\n{operation.query.strip()}\n```\n"

    def _types(self) -> Iterator[str]:
        yield "## Entities\n"
        own = set(self.entity.fields)
        yield from self._type_section(self.entity, self.entity.fields)
        for kind in self.kinds:
            told = f"{_flat(kind.description)} Beside the fields of every [Entity](#entity):\n"
            yield f"### {kind.name}\n\n{told}"
            yield from self._fields({n: f for n, f in kind.fields.items() if n not in own})
        edge = self.types["RelationEdge"]
        assert isinstance(edge, GraphQLInterfaceType)
        yield "## Relations\n"
        yield "What every edge of a relation may say of its statement.\n"
        yield from self._type_section(edge, edge.fields)
        yield "## Answers\n"
        for answer in self.objects():
            if answer not in self.kinds and answer is not self.query and not self._is_plain(answer):
                yield from self._type_section(answer, answer.fields)
        node = self.types["Node"]
        assert isinstance(node, GraphQLInterfaceType)
        yield from self._type_section(node, node.fields)
        yield "## Filters and orders\n"
        for given in self.types.values():
            if isinstance(given, GraphQLInputObjectType):
                yield from self._type_section(given, given.fields)
        yield "## Enumerations\n"
        for one in self.types.values():
            if isinstance(one, GraphQLEnumType):
                yield f"### {one.name}\n\n{_flat(one.description)}\n"
                values = ((f"`{n}`", _flat(v.description)) for n, v in one.values.items())
                yield _table(("value", "says"), values)
        yield "## Scalars\n"
        for scalar in self.types.values():
            if isinstance(scalar, GraphQLScalarType):
                yield f"### {scalar.name}\n\n{_flat(scalar.description)}\n"

    def _is_plain(self, one: GraphQLObjectType) -> bool:
        """Whether it is a list, or an entry of one, of which no more is to be said."""
        if not one.name.endswith(("Connection", "Edge")):
            return False
        related = any(i.name == "RelationEdge" for i in one.interfaces)
        return related or not one.fields.keys() - PLAIN

    def _type_section(
        self, one: GraphQLNamedType, fields: Mapping[str, Described]
    ) -> Iterator[str]:
        yield f"### {one.name}\n\n{_flat(one.description)}\n"
        yield from self._fields(fields)

    def _fields(self, fields: Mapping[str, Described]) -> Iterator[str]:
        rows = ((f"`{n}`", self._type(f.type), _flat(f.description)) for n, f in fields.items())
        yield _table(("field", "type", "says"), rows)

    def _arguments(self, field: GraphQLField) -> Iterator[str]:
        if field.args:
            rows = (
                (f"`{n}`", self._type(a.type) + _default(a), _flat(a.description))
                for n, a in field.args.items()
            )
            yield _table(("argument", "type", "says"), rows)

    def _type(self, given: object) -> str:
        """A type as the schema writes it, with a link to where it is told."""
        named = get_named_type(given)  # type: ignore[call-overload]
        return f"[`{given}`](#{self._told(named).lower()})"

    def _told(self, named: GraphQLNamedType) -> str:
        """The type under whose name a type is told: of a plain list, that of its entries."""
        if isinstance(named, GraphQLObjectType) and self._is_plain(named):
            entries = named.fields.get("nodes") or named.fields["node"]
            return self._told(get_named_type(entries.type))
        return named.name


def _examples(operations: Iterable[NamedOperation]) -> dict[str, NamedOperation]:
    """For each root field the shortest named operation that begins with it."""
    found: dict[str, NamedOperation] = {}
    for operation in sorted(operations, key=lambda one: (len(one.query), one.name)):
        for definition in parse(operation.document).definitions:
            if isinstance(definition, OperationDefinitionNode):
                first = definition.selection_set.selections[0]
                if isinstance(first, FieldNode):
                    found.setdefault(first.name.value, operation)
    return found


def _default(argument: GraphQLArgument) -> str:
    if argument.default_value is Undefined:
        return ""
    node = ast_from_value(argument.default_value, argument.type)
    return f" = `{print_ast(node)}`" if node is not None else ""


def _flat(text: str | None) -> str:
    """A description in one line, in which nothing ends a cell of a table or begins markup."""
    line = " ".join((text or "").split())
    for sign in ("|", "*", "<"):
        line = line.replace(sign, f"\\{sign}")
    return line


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
