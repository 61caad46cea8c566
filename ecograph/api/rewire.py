"""The core schema, made to walk rows keyed by response key, as plans tell them."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    is_introspection_type,
)


def rewire(schema: GraphQLSchema) -> None:
    """Let every field read its row under its response key, and interfaces read __typename."""
    for type_ in schema.type_map.values():
        if is_introspection_type(type_):
            continue
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = None
        elif isinstance(type_, GraphQLObjectType):
            type_.is_type_of = None
            for field in type_.fields.values():
                field.resolve = _read_row


def _read_row(row: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    return row[info.path.key]
