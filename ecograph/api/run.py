"""Request -> bytes: documents and plans are kept, names resolved, the store asked once.

An answer is the JSON of the GraphQL response. What a plan covers never passes through
graphql-core's executor; introspection does, over rows that the same plan gave.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import get_variable_values

from ecograph.api.ask import Ask, Question, ask, structure_of
from ecograph.api.inputs import Binding
from ecograph.api.rewire import rewire
from ecograph.api.schema import build_schema, graphql_core
from ecograph.errors import EcographError, ExpressionError, QueryError
from ecograph.model.graph import Graph
from ecograph.model.names import NameIndex
from ecograph.plan.encode import document as encode_document
from ecograph.plan.encode import NULL, scalar
from ecograph.plan.expression import parse as parse_expression
from ecograph.plan.steps import Plan
from ecograph.store.base import Budget, Prepared, Store

MAX_TOKENS = 1_000
DOCUMENTS = 512
VARIANTS = 64
INT = range(-(2**31), 2**31)
SIMPLE: Mapping[str, type] = {"String": str, "ID": str, "Int": int, "Boolean": bool}


@dataclass(slots=True)
class Variant:
    """A question made ready, for one structure of the variables."""

    question: Question
    prepared: Prepared
    keys: list[bytes]


@dataclass(slots=True)
class Operation:
    """One operation of a valid document, with the variants asked so far."""

    document: DocumentNode
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    simple: tuple[tuple[str, type, bool, Any], ...] | None
    """(name, type, required, default) if every variable is of a built-in scalar type."""
    structural: dict[str, Any] = field(default_factory=dict)
    variants: OrderedDict[Any, Variant] = field(default_factory=OrderedDict)


@dataclass(slots=True)
class Response:
    """The JSON of a response; `executed` is False for a request error, which has no data."""

    body: bytes
    executed: bool = True


@dataclass(slots=True)
class Counters:
    """What the API did since it started."""

    requests: int = 0
    cached: int = 0
    fallbacks: int = 0
    statements: int = 0
    """Runs of prepared plans: one an operation."""


class Refused(Exception):
    """A request error: the errors to tell."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


class Api:
    """GraphQL over one dataset version in one store.

    `answer_cache` bounds the kept answers in bytes, 0 keeps none; `deadline` is in seconds.
    """

    def __init__(
        self, graph: Graph, store: Store, names: NameIndex, *,
        answer_cache: int = 32 * 2**20, deadline: float | None = 2.0,
    ) -> None:  # fmt: skip
        self.graph = graph
        self.store = store
        self.names = names
        self.deadline = deadline
        self.counters = Counters()
        ontology = graph.ontology
        self.schema = build_schema(ontology, lambda text: parse_expression(text, ontology))
        self.core: GraphQLSchema = graphql_core(self.schema)
        rewire(self.core)
        self._operations: OrderedDict[tuple[str, str | None], Operation] = OrderedDict()
        self._answers = Answers(answer_cache)

    def answer(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Response:
        """The response to one request; never raises for what a client can send."""
        self.counters.requests += 1
        key = self._answers.key(document, operation_name, variables)
        if key is not None and (kept := self._answers.get(key)) is not None:
            self.counters.cached += 1
            return Response(kept)
        try:
            operation = self._operation(document, operation_name)
            coerced = self._coerce(operation, variables or {})
            body, clean = self._run(operation, coerced)
        except Refused as refused:
            return Response(scalar({"errors": [e.formatted for e in refused.errors]}), False)
        except ExpressionError as error:
            return self._refuse(error, expression=error.text, offset=error.offset)
        except EcographError as error:
            return self._refuse(error, **getattr(error, "extensions", {}))
        if clean and key is not None:
            self._answers.put(key, body)
        return Response(body)

    def plan_of(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Plan:
        """The plan of a request. Raises: QueryError if there is none."""
        try:
            operation = self._operation(document, operation_name)
            return self._variant(operation, self._coerce(operation, variables or {})).question.plan
        except Refused as refused:
            raise QueryError("; ".join(str(e) for e in refused.errors)) from None

    def _refuse(self, error: EcographError, **extensions: Any) -> Response:
        told = {"message": error.message, "extensions": {"code": error.code, **extensions}}
        return Response(scalar({"errors": [told]}), False)

    # Documents

    def _operation(self, document: str, name: str | None) -> Operation:
        key = (document, name)
        found = self._operations.get(key)
        if found is not None:
            self._operations.move_to_end(key)
            return found
        found = self._read(document, name)
        self._operations[key] = found
        if len(self._operations) > DOCUMENTS:
            self._operations.popitem(last=False)
        return found

    def _read(self, text: str, name: str | None) -> Operation:
        try:
            document = parse(text, max_tokens=MAX_TOKENS, allow_empty_selection_sets=False)
        except GraphQLError as error:
            raise Refused([error]) from None
        errors = validate(self.core, document, specified_rules)
        if errors:
            raise Refused(errors)
        operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
        chosen = [o for o in operations if name is None or (o.name and o.name.value == name)]
        if len(chosen) != 1:
            names = ", ".join(o.name.value for o in operations if o.name)
            what = f"unknown operation {name!r}" if name else "which operation is meant is not said"
            raise Refused([coded(f"{what}; operationName is one of: {names}", "BAD_OPERATION")])
        node = chosen[0]
        if node.operation is not OperationType.QUERY:
            raise Refused([coded("only queries are answered", "BAD_OPERATION")])
        fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        return Operation(document, node, fragments, self._simple(node))

    def _simple(
        self, node: OperationDefinitionNode
    ) -> tuple[tuple[str, type, bool, Any], ...] | None:
        found = []
        for definition in node.variable_definitions or ():
            inner, required = definition.type, definition.type.kind == "non_null_type"
            inner = getattr(inner, "type", inner) if required else inner
            kind = getattr(getattr(inner, "name", None), "value", None)
            default = definition.default_value
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
            found.append((definition.variable.name.value, SIMPLE[kind], required, value))
        return tuple(found)

    def _coerce(self, operation: Operation, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Variables as the operation's types want them; the common case without graphql-core."""
        if operation.simple is not None:
            coerced = {}
            for name, type_, required, default in operation.simple:
                if name not in given:
                    if required and default is None:
                        break
                    if default is not None:
                        coerced[name] = default
                    continue
                value = given[name]
                exact = type(value) is type_ and (type_ is not int or value in INT)
                if not exact and (value is not None or required):
                    break
                coerced[name] = value
            else:
                return coerced
        result = get_variable_values(
            self.core, operation.node.variable_definitions or (), dict(given), max_errors=20
        )
        if isinstance(result, list):
            raise Refused(result)
        return result.coerced

    # Runs

    def _run(self, operation: Operation, variables: Mapping[str, Any]) -> tuple[bytes, bool]:
        variant = self._variant(operation, variables)
        question = variant.question
        binding = Binding(variables, self.names, self.graph)
        parameters = {name: take(binding) for name, take in question.inputs.items()}
        self.counters.statements += 1
        values = iter(variant.prepared.run(parameters, Budget(self.deadline)))
        told = [next(values) if text is None else scalar(text) for _, text in question.keys]
        failed = {e.path[0] for e in binding.errors if e.path and len(e.path) == 1}
        if failed:
            keys = (key for key, _ in question.keys)
            told = [NULL if key in failed else t for key, t in zip(keys, told, strict=True)]
        data = encode_document(variant.keys, told)
        if question.fallback:
            return self._walk(operation, variables, data, binding), False
        if binding.errors:
            errors = scalar([e.formatted for e in binding.errors])
            return b'{"errors":' + errors + b',"data":' + data + b"}", False
        return b'{"data":' + data + b"}", True

    def _variant(self, operation: Operation, variables: Mapping[str, Any]) -> Variant:
        key = structure_of(operation.structural, variables)
        found = operation.variants.get(key)
        if found is not None:
            return found
        make = Ask(self.core, self.graph.ontology, operation.node, operation.fragments, variables)
        question = ask(make)
        known = operation.structural
        news = {v: how for v, how in make.structural.items() if known.get(v) not in (how, "value")}
        if news:
            known |= news
            operation.variants.clear()
        keys = [scalar(key) for key, _ in question.keys]
        found = Variant(question, self.store.prepare(question.plan), keys)
        operation.variants[structure_of(operation.structural, variables)] = found
        if len(operation.variants) > VARIANTS:
            operation.variants.popitem(last=False)
        return found

    def _walk(
        self, operation: Operation, variables: Mapping[str, Any], data: bytes, binding: Binding
    ) -> bytes:
        """The fallback: graphql-core walks the rows that the plan gave."""
        self.counters.fallbacks += 1
        name = operation.node.name.value if operation.node.name else None
        result = execute(
            self.core, operation.document, orjson.loads(data),
            variable_values=dict(variables), operation_name=name,
        )  # fmt: skip
        assert isinstance(result, ExecutionResult)
        told: dict[str, Any] = {}
        errors = [*binding.errors, *(result.errors or ())]
        if errors:
            told["errors"] = [e.formatted for e in errors]
        return scalar({**told, "data": result.data})


def coded(message: str, code: str) -> GraphQLError:
    """A request error with a code."""
    return GraphQLError(message, extensions={"code": code})


class Answers:
    """Kept answers, bounded in bytes; the least recently used go first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Any, bytes] = OrderedDict()

    def key(
        self, document: str, name: str | None, variables: Mapping[str, Any] | None
    ) -> Any | None:
        """The key of a request, None if nothing is kept."""
        if not self.limit:
            return None
        if not variables:
            return document, name, b""
        return document, name, orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)

    def get(self, key: Any) -> bytes | None:
        """The kept answer, if there is one."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Any, body: bytes) -> None:
        """Keep an answer that takes no more than a tenth of the room."""
        if len(body) > self.limit // 10:
            return
        self.size += _weight(key, body)
        self._kept[key] = body
        while self.size > self.limit:
            old, gone = self._kept.popitem(last=False)
            self.size -= _weight(old, gone)


def _weight(key: Any, body: bytes) -> int:
    return len(body) + len(key[0]) + len(key[2]) + 200
