"""Request -> bytes: documents and plans are kept, names resolved, the store asked once.

An answer is the JSON of the GraphQL response. What a plan covers never passes through
graphql-core's executor; introspection does, over rows that the same plan gave.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from graphql import GraphQLError, GraphQLSchema

from ecograph.api.ask import Ask, ask, structure_of
from ecograph.api.asked import PlainQuestions, read_body
from ecograph.api.documents import Operation, Refused, coerce_variables, read_operation
from ecograph.api.job import Job, Response, Variant, refusal
from ecograph.api.kept import Kept, key_of, weigh_answer
from ecograph.api.limits import Limits, hold_variables
from ecograph.api.rewire import rewire
from ecograph.api.schema import build_schema, graphql_core
from ecograph.errors import EcographError, InnerError, QueryError
from ecograph.model.graph import Graph, Outline
from ecograph.model.names import NameIndex
from ecograph.plan.encode import frame, scalar
from ecograph.plan.expression import parse as parse_expression
from ecograph.plan.steps import Plan
from ecograph.plan.traverse import is_heavy
from ecograph.store.base import Budget, Store

DOCUMENTS = 16 * 2**20
"""Bytes, about, of the documents that are kept with their variants."""
VARIANTS = 64


@dataclass(slots=True)
class Counters:
    """What the API did since it started."""

    requests: int = 0
    cached: int = 0
    fallbacks: int = 0
    statements: int = 0
    """Runs of prepared plans: one an operation."""


class Api:
    """GraphQL over one dataset version in one store.

    `answer_cache` bounds the kept answers in bytes, 0 keeps none; `deadline` is in seconds.
    """

    def __init__(
        self, graph: Graph | Outline, store: Store, names: NameIndex, *,
        answer_cache: int = 32 * 2**20, deadline: float | None = 2.0,
        limits: Limits | None = None,
    ) -> None:  # fmt: skip
        self.graph = graph
        self.store = store
        self.names = names
        self.deadline = deadline
        self.limits = limits or Limits()
        self.counters = Counters()
        ontology = graph.ontology
        self.schema = build_schema(ontology, lambda text: parse_expression(text, ontology))
        self.core: GraphQLSchema = graphql_core(self.schema)
        rewire(self.core)
        self._operations: Kept[tuple[str, str | None], Operation] = Kept(DOCUMENTS, _weigh)
        self._answers = Kept(answer_cache, weigh_answer)

    def answer(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        *,
        with_cost: bool = False,
    ) -> Response:
        """The response to one request; never raises for what a client can send."""
        begun = self.begin(document, variables, operation_name)
        response = begun if isinstance(begun, Response) else self.finish(begun, begun.run())
        if with_cost and response.executed:
            return self.tell_cost(response, document, variables, operation_name)
        return response

    @cached_property
    def questions(self) -> PlainQuestions:
        """Plain questions over this API; its words are gathered when the first one comes."""
        return PlainQuestions(self.core, self.names, self.graph)

    def tell_question(self, text: str, lang: str | None, budget: Budget) -> Mapping[str, Any]:
        """The record of the answer to a plain question, asked within another's budget."""
        began = time.monotonic()
        questions = self.questions
        # Only the first one gathers words, which is not counted as time of its own.
        budget.extend(time.monotonic() - began)
        return questions.tell(text, lang, partial(self.answer_data, budget))

    def answer_data(
        self, budget: Budget, document: str, variables: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The data of the answer to a question within another, under the budget of that one.

        Raises: InnerError where it was not answered, or not whole.
        """
        begun = self.begin(document, variables)
        response = begun if isinstance(begun, Response) else self.finish(begun, begun.run(budget))
        data, errors = read_body(response.body)
        if errors:
            raise InnerError(errors[0]["message"], errors[0]["extensions"]["code"])
        return data

    def begin(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Response | Job:
        """The response if it is kept or refused already, else the work that is left."""
        self.counters.requests += 1
        try:
            if variables:
                hold_variables(variables, self.limits)
            key = key_of(document, operation_name, variables) if self._answers.limit else None
            if key is not None and (kept := self._answers.get(key)) is not None:
                self.counters.cached += 1
                return Response(kept)
            operation = self._operation(document, operation_name)
            if key is not None:
                # All answers to a document share one copy of it.
                key = (operation.key[0], *key[1:])
            coerced = coerce_variables(self.core, operation, variables or {})
            operation.gauge.cost(coerced)
            return Job(self, operation, self._variant(operation, coerced), coerced, key)
        except GraphQLError as error:
            return refusal(Refused([error]))
        except (Refused, EcographError) as error:
            return refusal(error)

    def finish(self, job: Job, response: Response) -> Response:
        """Keep the answer of a job that ran."""
        self.counters.statements += 1
        if job.variant.question.fallback:
            self.counters.fallbacks += 1
        if job.key is not None and response.clean and response.whole:
            self._answers.put(job.key, response.body)
        return response

    def tell_cost(
        self,
        response: Response,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Response:
        """An answer with what its question cost in `extensions`; answers are kept without it."""
        operation = self._operation(document, operation_name)
        coerced = coerce_variables(self.core, operation, variables or {})
        told = scalar({"cost": operation.gauge.cost(coerced).told()})
        body = response.body[:-1] + b',"extensions":' + told + b"}"
        return replace(response, body=body)

    def plan_of(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
    ) -> Plan:
        """The plan of a request. Raises: QueryError if there is none."""
        try:
            operation = self._operation(document, operation_name)
            return self._variant(
                operation, coerce_variables(self.core, operation, variables or {})
            ).question.plan
        except Refused as refused:
            raise QueryError("; ".join(str(e) for e in refused.errors)) from None

    # Documents

    def _operation(self, document: str, name: str | None) -> Operation:
        found = self._operations.get((document, name))
        if found is None:
            found = read_operation(self.core, document, name, self.limits)
            self._operations.put((document, name), found)
        return found

    # Variants

    def _variant(self, operation: Operation, variables: Mapping[str, Any]) -> Variant:
        key = structure_of(operation.structural, variables)
        found: Variant | None = operation.variants.get(key)
        if found is not None:
            return found
        make = Ask(self.core, self.graph.ontology, operation.node, operation.fragments, variables)
        question = ask(make)
        known = operation.structural
        news = {v: how for v, how in make.structural.items() if known.get(v) not in (how, "value")}
        if news:
            known |= news
            operation.variants.clear()
        answer = b'{"data":' + frame(key for key, _ in question.keys) + b"}"
        found = Variant(
            question,
            self.store.prepare(question.plan),
            answer,
            is_heavy(question.plan)
            or bool(question.own)
            or any(c.heavy for c in question.composed.values()),
        )
        operation.variants[structure_of(operation.structural, variables)] = found
        if len(operation.variants) > VARIANTS:
            operation.variants.popitem(last=False)
        self._operations.weigh_again(operation.key)
        return found


def _weigh(key: tuple[str, str | None], operation: Operation) -> int:
    """What a document and its variants take, as measured: some hundred bytes a character."""
    characters = len(key[0])
    return 16_000 + 140 * characters + len(operation.variants) * (8_000 + 50 * characters)
