"""A document that asks the id of everything that it asks about, so that an answer names it all."""

from __future__ import annotations

from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    NameNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    print_ast,
    visit,
)

ID = "id"


def identify(core: GraphQLSchema, document: str) -> str:
    """The document with `id` selected wherever there is one; as it is, if it cannot be read."""
    try:
        types = TypeInfo(core)
        return print_ast(visit(parse(document), TypeInfoVisitor(types, _Adder(types))))
    except GraphQLError:
        return document


class _Adder(Visitor):
    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        """The selection with the id, if its type has one and no field goes by that name."""
        type_ = self.types.get_type()
        named = get_named_type(type_) if type_ is not None else None
        if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            return None
        if ID not in named.fields:
            return None
        fields = [one for one in node.selections if isinstance(one, FieldNode)]
        if any((one.alias or one.name).value == ID for one in fields):
            return None
        added = FieldNode(name=NameNode(value=ID))
        return SelectionSetNode(selections=(*node.selections, added))
