"""A document that asks the id of everything that it asks about, so that an answer names it all."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
More = Callable[[Collection[str], SelectionSetNode], FieldNode | None]
"""The fields of a type, and what is selected of it -> what is to be selected too."""


def identify(core: GraphQLSchema, document: str) -> str:
    """The document with `id` selected wherever there is one; as it is, if it cannot be read."""
    try:
        return select_more(core, document, _identify)
    except GraphQLError:
        return document


def select_more(core: GraphQLSchema, document: str, more: More) -> str:
    """The document with one more field in each selection for which `more` gives one.

    Raises: GraphQLError if it cannot be read.
    """
    types = TypeInfo(core)
    return print_ast(visit(parse(document), TypeInfoVisitor(types, _Adder(types, more))))


def _identify(fields: Collection[str], node: SelectionSetNode) -> FieldNode | None:
    """The id, if there is one and no field goes by that name."""
    selected = [one for one in node.selections if isinstance(one, FieldNode)]
    if ID not in fields or any((one.alias or one.name).value == ID for one in selected):
        return None
    return FieldNode(name=NameNode(value=ID))


class _Adder(Visitor):
    def __init__(self, types: TypeInfo, more: More) -> None:
        super().__init__()
        self.types = types
        self.more = more

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        type_ = self.types.get_type()
        named = get_named_type(type_) if type_ is not None else None
        if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            return None
        added = self.more(named.fields, node)
        return None if added is None else SelectionSetNode(selections=(*node.selections, added))
