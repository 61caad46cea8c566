"""The work of one request: parameters bound, the plan run, the response put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
from graphql import ExecutionResult, GraphQLError, execute

from ecograph.api.ask import Question
from ecograph.api.documents import Operation, Refused
from ecograph.api.inputs import Binding
from ecograph.api.places import Spot, find_spot
from ecograph.errors import EcographError, ExpressionError, QueryError
from ecograph.plan.encode import NULL, scalar
from ecograph.store.base import Budget, Prepared

if TYPE_CHECKING:
    from ecograph.api.run import Api


@dataclass(slots=True)
class Variant:
    """A question made ready, for one structure of the variables."""

    question: Question
    prepared: Prepared
    frame: bytes
    """The whole response without errors, with room for the value of each root."""
    heavy: bool


@dataclass(slots=True)
class Response:
    """The JSON of a response; `executed` is False for a request error, which has no data."""

    body: bytes
    executed: bool = True
    clean: bool = True
    """Without any error."""
    whole: bool = True
    """Not cut by a deadline: another time it may be more."""
    code: str = ""
    """Of a request error, that of its first."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is left of a request: `run` may be called in another thread."""

    api: Api
    operation: Operation
    variant: Variant
    variables: Mapping[str, Any]
    key: Any

    @property
    def heavy(self) -> bool:
        """Whether the run takes as long as the dataset is large."""
        return self.variant.heavy

    def run(self, budget: Budget | None = None) -> Response:
        """The response; raises nothing but what the budget raises beyond EcographError."""
        try:
            return self._run(budget or Budget(self.api.deadline))
        except QueryError as error:
            return refusal(
                error, find_spot(self.operation.document, self.variables, error.extensions)
            )
        except EcographError as error:
            return refusal(error)

    def _run(self, budget: Budget) -> Response:
        api, question = self.api, self.variant.question
        binding = Binding(self.variables, api.names, api.graph, budget, api.tell_question)
        parameters = {name: take(binding) for name, take in question.inputs.items()}
        told: Sequence[bytes] = self.variant.prepared.run(parameters, budget)
        if len(told) != len(question.keys) or question.composed:
            told = self._tell(told, binding)
        errors = list(binding.errors)
        if errors:
            nameless = {e.path[0] for e in errors if e.path and len(e.path) == 1}
            pairs = zip(question.keys, told, strict=True)
            told = [NULL if key in nameless else value for (key, _), value in pairs]
        body = self.variant.frame % tuple(told)
        if question.fallback:
            return replace(self._walk(body, errors), whole=not budget.cut)
        if errors:
            listed = scalar([e.formatted for e in errors])
            return Response(b'{"errors":' + listed + b"," + body[1:], clean=False)
        return Response(body, whole=not budget.cut)

    def _tell(self, given: Sequence[bytes], binding: Binding) -> list[bytes]:
        """One value a response key, of those that the store gave for the plan's roots."""
        values, question = iter(given), self.variant.question
        told = []
        for key, text in question.keys:
            if text is not None:
                told.append(scalar(text))
            elif key in question.own:
                told.append(scalar(question.own[key](binding)))
            elif key in question.composed:
                composed = question.composed[key]
                told.append(composed.finish([next(values) for _ in composed.roots]))
            else:
                told.append(next(values))
        return told

    def _walk(self, whole: bytes, errors: list[GraphQLError]) -> Response:
        """The fallback: graphql-core walks the rows that the plan gave."""
        result = execute(
            self.api.core, self.operation.document, orjson.loads(whole)["data"],
            variable_values=dict(self.variables),
            operation_name=self.operation.name or None,
        )  # fmt: skip
        assert isinstance(result, ExecutionResult)
        told: dict[str, Any] = {}
        if errors or result.errors:
            told["errors"] = [e.formatted for e in [*errors, *(result.errors or ())]]
        return Response(scalar({**told, "data": result.data}), clean=not told)


def refusal(error: Refused | EcographError, spot: Spot | None = None) -> Response:
    """The response to a request error: its errors, and no data."""
    told: list[dict[str, Any]]
    if isinstance(error, Refused):
        told = [
            {**e.formatted, "extensions": {"code": error.code, **(e.extensions or {})}}
            for e in error.errors
        ]
    else:
        extensions: dict[str, Any] = {"code": error.code, **getattr(error, "extensions", {})}
        if isinstance(error, ExpressionError):
            extensions |= {"expression": error.text, "offset": error.offset}
        told = [{"message": error.message, "extensions": extensions}]
        if spot is not None:
            told[0]["locations"] = spot.locations
            extensions |= {"variable": spot.variable} if spot.variable is not None else {}
    code = str(told[0]["extensions"]["code"])
    return Response(scalar({"errors": told}), executed=False, clean=False, code=code)
