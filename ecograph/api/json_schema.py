"""The variables of an operation as a JSON Schema (draft 2020-12), from the types of the schema.

May import: graphql.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLType,
    OperationDefinitionNode,
    parse,
    type_from_ast,
    value_from_ast_untyped,
)

BUILT_IN: Mapping[str, Mapping[str, Any]] = {
    "Int": {"type": "integer"},
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "String": {"type": "string"},
    "ID": {"type": "string"},
}


def schema_of_variables(
    core: GraphQLSchema, document: str, example: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the variables of a valid document's first operation may be; `example` has some.

    Input objects and enumerations stand in `$defs` under the names of their types.
    """
    operation = next(
        d for d in parse(document).definitions if isinstance(d, OperationDefinitionNode)
    )
    properties: dict[str, Any] = {}
    required: list[str] = []
    types = _Types()
    for node in operation.variable_definitions or ():
        name = node.variable.name.value
        type_ = type_from_ast(core, node.type)
        assert type_ is not None
        told = types.tell(type_)
        if node.default_value is not None:
            told["default"] = value_from_ast_untyped(node.default_value)
        elif isinstance(type_, GraphQLNonNull):
            required.append(name)
        if name in (example or {}):
            told["examples"] = [(example or {})[name]]
        properties[name] = told
    schema: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if defined := dict(types.define()):
        schema["$defs"] = defined
    return schema


class _Types:
    """Types as JSON Schemas; those that are referred to are defined once."""

    def __init__(self) -> None:
        self._named: dict[str, GraphQLEnumType | GraphQLInputObjectType] = {}

    def tell(self, type_: GraphQLType) -> dict[str, Any]:
        """The schema of a type; null is told by leaving a property out."""
        if isinstance(type_, GraphQLNonNull):
            return self.tell(type_.of_type)
        if isinstance(type_, GraphQLList):
            return {"type": "array", "items": self.tell(type_.of_type)}
        if isinstance(type_, GraphQLScalarType):
            return dict(BUILT_IN.get(type_.name) or _described({"type": "string"}, type_))
        assert isinstance(type_, GraphQLEnumType | GraphQLInputObjectType)
        self._named[type_.name] = type_
        return {"$ref": f"#/$defs/{type_.name}"}

    def define(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every type that was referred to, and those to which these refer."""
        done: set[str] = set()
        while left := [name for name in self._named if name not in done]:
            for name in left:
                done.add(name)
                yield name, self._defined(self._named[name])

    def _defined(self, type_: GraphQLEnumType | GraphQLInputObjectType) -> dict[str, Any]:
        if isinstance(type_, GraphQLEnumType):
            return _described({"type": "string", "enum": list(type_.values)}, type_)
        # Who reads this pays by the word: names say as much as the descriptions of conditions do.
        fields = {name: self.tell(field.type) for name, field in type_.fields.items()}
        return {"type": "object", "properties": fields, "additionalProperties": False}


def _described(told: dict[str, Any], type_: GraphQLNamedType) -> dict[str, Any]:
    return {**told, "description": type_.description} if type_.description else told
