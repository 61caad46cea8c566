"""Documents: text -> a valid operation, variables -> what its types want."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    specified_rules,
    validate,
)
from graphql.execution.values import get_variable_values

from ecograph.api.hints import explain, name_unknown
from ecograph.api.limits import Gauge, Limits, fragments_of, hold_document, read_document

INT = range(-(2**31), 2**31)
SIMPLE: Mapping[str, type] = {"String": str, "ID": str, "Int": int, "Boolean": bool}
Simple = tuple[tuple[str, type, bool, Any, type | None], ...]
LONGEST_QUOTED = 80
"""Characters of what a client sent that a message repeats."""


@dataclass(slots=True)
class Operation:
    """One operation of a valid document, with the variants asked so far."""

    key: tuple[str, str | None]
    """Its document's text and the name that was asked for."""
    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    simple: Simple | None
    """(name, type, required, default, type of its items if it is a list) of each variable, if all
    are of built-in scalar types."""
    gauge: Gauge
    name: str
    """Its own name, empty if it has none."""
    structural: dict[str, Any] = field(default_factory=dict)
    variants: OrderedDict[Any, Any] = field(default_factory=OrderedDict)


class Refused(Exception):
    """A request error: the errors to tell, and the code of those that have none."""

    def __init__(self, errors: list[GraphQLError], code: str = "INVALID_DOCUMENT") -> None:
        super().__init__(errors[0].message)
        self.errors = errors
        self.code = code


def read_operation(core: GraphQLSchema, text: str, name: str | None, limits: Limits) -> Operation:
    """The operation of a document, within the limits and valid. Raises: Refused."""
    try:
        document = read_document(text, limits)
        measure = hold_document(core, document, limits)
    except GraphQLError as error:
        raise Refused([error]) from None
    errors = validate(core, document, specified_rules)
    if errors:
        explain(core, errors)
        raise Refused(errors)
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    chosen = [o for o in operations if name is None or (o.name and o.name.value == name)]
    if len(chosen) != 1:
        names = ", ".join(o.name.value for o in operations if o.name)
        what = (
            f"unknown operation {name[:LONGEST_QUOTED]!r}"
            if name
            else "which operation is meant is not said"
        )
        known = f"operationName is one of: {names}" if names else "the operation has no name"
        raise Refused([coded(f"{what}; {known}", "BAD_OPERATION")])
    node = chosen[0]
    if node.operation is not OperationType.QUERY:
        raise Refused([coded("only queries are answered", "BAD_OPERATION")])
    gauge = Gauge(measure, node, limits)
    return Operation(
        (text, name), document, node, fragments_of(document), _simple_variables(node), gauge,
        node.name.value if node.name else "",
    )  # fmt: skip


def _simple_variables(node: OperationDefinitionNode) -> Simple | None:
    found = []
    for definition in node.variable_definitions or ():
        inner: Any = definition.type
        required = inner.kind == "non_null_type"
        inner = inner.type if required else inner
        default = definition.default_value
        listed = inner.kind == "list_type"
        if listed:
            if default is not None or inner.type.kind != "non_null_type":
                return None
            inner = inner.type.type
        kind = getattr(getattr(inner, "name", None), "value", None)
        plain = default is None or default.kind in (
            "int_value",
            "string_value",
            "boolean_value",
        )
        if kind is None or kind not in SIMPLE or not plain:
            return None
        value: Any = getattr(default, "value", None)
        if default is not None and kind == "Int":
            value = int(value)
        name, type_ = definition.variable.name.value, SIMPLE[kind]
        item = type_ if listed else None
        found.append((name, list if listed else type_, required, value, item))
    return tuple(found)


def coerce_variables(
    core: GraphQLSchema, operation: Operation, given: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Variables as the operation's types want them; the common case without graphql-core.

    Raises: Refused.
    """
    if operation.simple is not None:
        coerced = {}
        for name, type_, required, default, item in operation.simple:
            if name not in given:
                if required and default is None:
                    break
                if default is not None:
                    coerced[name] = default
                continue
            value = given[name]
            exact = type(value) is type_ and (type_ is not int or value in INT)
            if exact and item is not None:
                exact = all(type(v) is item and (item is not int or v in INT) for v in value)
            if not exact and (value is not None or required):
                break
            coerced[name] = value
        else:
            return coerced
    result = get_variable_values(
        core, operation.node.variable_definitions or (), dict(given), max_errors=20
    )
    if isinstance(result, list):
        explain(core, result)
        known = [d.variable.name.value for d in operation.node.variable_definitions or ()]
        name_unknown(result, given, known)
        raise Refused(result, code="BAD_VARIABLES")
    return result.coerced


def coded(message: str, code: str) -> GraphQLError:
    """A request error with a code."""
    return GraphQLError(message, extensions={"code": code})
