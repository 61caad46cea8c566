"""The limits on what a client may ask, held before any work: size, tokens, then what it costs.

A document that is over one is refused with an error that names the limit, the figure, the bound
and the setting. May import: settings, graphql.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Lexer,
    OperationDefinitionNode,
    Source,
    TokenKind,
    parse,
)
from graphql.execution.values import get_variable_values

from ecograph.api.cost import Cost, Measure, sizes_of
from ecograph.errors import QueryError
from ecograph.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest figure that is answered, each by the name of its figure in Cost."""

    size: int = 65_536
    tokens: int = 1_000
    nesting: int = 50
    values: int = 1_000
    depth: int = 10
    aliases: int = 15
    directives: int = 20
    fields: int = 1_000
    roots: int = 20
    items: int = 100
    objects: int = 20_000
    introspection_depth: int = 16
    introspection_lists: int = 2
    introspection_objects: int = 40_000


KNOWN = 256
"""How many costs of one operation are kept."""
TOLD = {
    "size": "the document has {value} characters",
    "tokens": "the document has {value} tokens or more, comments counted",
    "nesting": "{value} brackets are open inside each other",
    "values": "the variables hold {value} values or more",
    "depth": "fields are nested {value} deep",
    "aliases": "{value} aliases, fragments spread",
    "directives": "{value} directives, fragments spread",
    "fields": "{value} fields, fragments spread",
    "roots": "{value} fields at the root",
    "items": "{value} values in one list of ids, names or things to count by",
    "objects": "{value} objects could come back",
    "introspection_depth": "introspection is nested {value} deep",
    "introspection_lists": "introspection leads from types to types {value} times",
    "introspection_objects": "introspection could give {value} objects",
}
"""Limit -> what is said of a figure that is over it."""


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings say."""
    return Limits(**{f.name: getattr(settings, f"max_{f.name}") for f in fields(Limits)})


def read_document(text: str, limits: Limits) -> DocumentNode:
    """The document of a text. Raises: GraphQLError if it is too large, or no document."""
    hold(scan(text, limits), limits)
    return parse(text, allow_empty_selection_sets=False)


def scan(text: str, limits: Limits) -> Cost:
    """The size, tokens and nesting of a text, read no further than a limit that it is over.

    Raises: GraphQLError at a character that begins no token.
    """
    if len(text) > limits.size:
        return Cost(size=len(text))
    source = Source(text)
    lexer = Lexer(source)
    tokens = nesting = level = end = 0
    # The parser has a limit of its own but no figure to tell; nesting must be known before it,
    # since it recurses.
    while tokens <= limits.tokens and nesting <= limits.nesting:
        token = lexer.read_next_token(end)
        end = token.end
        if token.kind is TokenKind.EOF:
            break
        tokens += 1
        if token.kind in _OPENING:
            level += 1
            nesting = max(nesting, level)
        elif token.kind in _CLOSING:
            level -= 1
    return Cost(size=len(text), tokens=tokens, nesting=nesting)


_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


def hold_document(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> Measure:
    """Hold every operation and fragment to the limits, as far as variables do not matter.

    The document need not be valid, so that this can come before validation, whose rules take
    long for what is refused here. Raises: GraphQLError.
    """
    measure = Measure(schema, fragments_of(document))
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            hold(measure.cost(definition), limits, definition)
        elif isinstance(definition, FragmentDefinitionNode):
            hold(replace(measure.cost(definition), roots=0), limits, definition)
    return measure


class Gauge:
    """The cost of one operation, counted again for new values of what it depends on, and held."""

    def __init__(
        self, measure: Measure, operation: OperationDefinitionNode, limits: Limits
    ) -> None:
        declared = [d.variable.name.value for d in operation.variable_definitions or ()]
        self._counting = tuple(name for name in declared if name in measure.counting)
        self._schema = measure.schema
        self._fragments = measure.fragments
        self._operation = operation
        self._limits = limits
        self._known: dict[tuple[int | None, ...], Cost] = {}
        if not self._counting:
            self._known[()] = measure.cost(operation)

    def cost(self, variables: Mapping[str, Any]) -> Cost:
        """The figures under the variables. Raises: GraphQLError if one is over its limit."""
        sizes = sizes_of(self._counting, variables)
        found = self._known.get(sizes)
        if found is None:
            found = Measure(self._schema, self._fragments, variables).cost(self._operation)
            hold(found, self._limits, self._operation)
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[sizes] = found
        return found


def hold_variables(variables: Mapping[str, Any], limits: Limits) -> None:
    """Hold the values of variables to the limits. Raises: GraphQLError."""
    for value in variables.values():
        if isinstance(value, dict | list):
            hold(weigh_variables(variables, limits), limits)
            return


def weigh_variables(variables: Mapping[str, Any], limits: Limits) -> Cost:
    """How many values variables hold and how deep, read no further than a limit they are over."""
    values = nesting = 0
    level: list[Any] = list(variables.values())
    while level:
        values += len(level)
        inner: list[Any] = []
        nested = False
        if values > limits.values or nesting > limits.nesting:
            break
        for value in level:
            if isinstance(value, dict | list):
                nested = True
                inner += value.values() if isinstance(value, dict) else value
        nesting += nested
        level = inner
    return Cost(values=values, nesting=nesting)


def hold(
    cost: Cost, limits: Limits, definition: OperationDefinitionNode | FragmentDefinitionNode
    | None = None,
) -> None:  # fmt: skip
    """Raises: GraphQLError for the first figure that is over its limit."""
    for name in TOLD:
        value, bound = getattr(cost, name), getattr(limits, name)
        if value > bound:
            raise _exceeded(name, value, bound, cost.places.get(name, definition))


def _exceeded(name: str, value: int, bound: int, node: Any) -> GraphQLError:
    setting = f"max_{name}"
    what = TOLD[name].format(value=f"{value:,}")
    return GraphQLError(
        f"{name}: {what}; the limit is {bound:,} (setting {setting})",
        node,
        extensions={
            "code": "LIMIT_EXCEEDED",
            "limit": name,
            "value": value,
            "bound": bound,
            "setting": setting,
        },
    )


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by name."""
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


def costs_of(
    schema: GraphQLSchema, text: str, variables: Mapping[str, Any], limits: Limits
) -> dict[str, Cost]:
    """The figures of each operation of a text, by its name, over a limit or not.

    Raises: QueryError if the text is no document, is over a limit on text, or if the variables
    do not fit.
    """
    try:
        document = read_document(text, limits)
        read = scan(text, limits)
        hold_variables(variables, limits)
    except GraphQLError as error:
        raise QueryError(str(error)) from None
    weighed = weigh_variables(variables, limits)
    fragments = fragments_of(document)
    found: dict[str, Cost] = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            given = get_variable_values(
                schema, definition.variable_definitions or (), dict(variables), max_errors=20
            )
            if isinstance(given, list):
                raise QueryError(_joined(given))
            cost = Measure(schema, fragments, given.coerced).cost(definition)
            found[definition.name.value if definition.name else ""] = replace(
                cost,
                size=read.size, tokens=read.tokens, values=weighed.values,
                nesting=max(read.nesting, weighed.nesting),
            )  # fmt: skip
    return found


def _joined(errors: Iterable[GraphQLError]) -> str:
    return "; ".join(error.message for error in errors)
