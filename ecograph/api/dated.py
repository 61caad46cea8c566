"""A named operation as of another day, where its document does not ask for one itself."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
    parse,
)

AS_OF = "asOf"


def dated(core: GraphQLSchema, document: str) -> str | None:
    """The document with a variable $asOf, which every root field without a day of its own takes.

    None if no root field takes a day, or if there is such a variable already.
    """
    root = core.query_type
    assert root is not None
    operation = next(
        d for d in parse(document).definitions if isinstance(d, OperationDefinitionNode)
    )
    known = operation.variable_definitions or ()
    if operation.name is None or any(one.variable.name.value == AS_OF for one in known):
        return None
    added: list[tuple[int, str]] = []
    for field in operation.selection_set.selections:
        if not isinstance(field, FieldNode):
            continue
        definition = root.fields.get(field.name.value)
        given = {argument.name.value for argument in field.arguments or ()}
        if definition is not None and AS_OF in definition.args and AS_OF not in given:
            added.append(_put(field.name, field.arguments or (), f"{AS_OF}: ${AS_OF}"))
    if not added:
        return None
    added.append(_put(operation.name, known, f"${AS_OF}: Date"))
    for place, text in sorted(added, reverse=True):
        document = document[:place] + text + document[place:]
    return document


def _put(
    name: NameNode, among: Sequence[ArgumentNode | VariableDefinitionNode], text: str
) -> tuple[int, str]:
    """Where a text goes among others in parentheses, and as what."""
    first = next(iter(among), None)
    if first is not None and first.loc is not None:
        return first.loc.start, f"{text}, "
    assert name.loc is not None
    return name.loc.end, f"({text})"
