"""GraphQL documents asked of any store over any graph of one ontology, its schema built once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    validate,
)
from graphql.execution import get_variable_values
from hypothesis import settings

from ecograph.api.ask import Ask, Question, ask
from ecograph.api.inputs import Binding
from ecograph.api.rewire import rewire
from ecograph.api.schema import build_schema, graphql_core
from ecograph.model.graph import Graph
from ecograph.model.ontology import Ontology
from ecograph.plan.expression import parse as parse_expression
from ecograph.plan.steps import Plan
from ecograph.service import index_names
from ecograph.store.base import Budget, Store
from ecograph.store.memory import MemoryStore
from tests.generate import extended
from tests.world import ontology

CONTRACT = (Path(__file__).parent / "contract" / "operations.graphql").read_text("utf-8")
"""The users' questions, word for word."""

EXAMPLES: dict[str, dict[str, Any]] = {
    "Implementers": {"spec": "OCI runtime spec"},
    "Maintained": {"spec": "runtime-spec"},
    "Category": {"name": "容器网络"},
    "Path": {"from": "Docker Engine", "to": "runtime-spec"},
    "Paths": {"from": "kubernetes", "to": "oci-runtime-spec"},
    "Reach": {"from": "docker-engine", "along": "uses+/implements"},
    "Claim": {"subject": "docker-engine", "object": "cri"},
    "Neighborhood": {"of": "containerd"},
    "Search": {"text": "kuberntes"},
    "Tools": {
        "where": {
            "implements": {"some": {"id": {"eq": "oci-runtime-spec"}}},
            "not": {"status": {"in": ["ARCHIVED", "ENDED"]}},
        }
    },
    "Facets": {},
    "About": {"name": "rkt"},
    "AsOf": {"spec": "runtime-spec", "day": "2018-01-01"},
    "Dataset": {},
}
"""Operation of the contract -> variables that the shared world answers without an error."""

# The same examples every time: a test that fails today failed yesterday.
properties = settings(max_examples=50, deadline=None, derandomize=True)


class Asker:
    """Compiles documents, and runs their plans on a store that holds the graph."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        schema = build_schema(ontology, lambda text: parse_expression(text, ontology))
        self.core: GraphQLSchema = graphql_core(schema)
        rewire(self.core)
        self._parsed: dict[str, DocumentNode] = {}

    def plan(self, document: str, variables: Mapping[str, Any], name: str | None = None) -> Plan:
        """The plan of one operation."""
        return self._question(document, variables, name)[0].plan

    def run(
        self, graph: Graph, store: Store, document: str, variables: Mapping[str, Any],
        budget: Budget | None = None,
    ) -> dict[str, bytes]:  # fmt: skip
        """Key -> JSON, from a store that was filled with the graph."""
        question, coerced = self._question(document, variables)
        budget = budget or Budget()
        binding = Binding(coerced, index_names(graph), graph, budget, lambda *_: {})
        parameters = {name: take(binding) for name, take in question.inputs.items()}
        told = store.prepare(question.plan).run(parameters, budget)
        assert not binding.errors
        return dict(zip([key for key, _ in question.keys], told, strict=True))

    def answer(self, graph: Graph, store: Store, document: str, **variables: Any) -> Any:
        """The data of the answer."""
        told = self.run(graph, store, document, variables)
        return {key: orjson.loads(value) for key, value in told.items()}

    def _question(
        self, document: str, variables: Mapping[str, Any], name: str | None = None
    ) -> tuple[Question, Mapping[str, Any]]:
        parts = self._parse(document).definitions
        operation = next(
            d
            for d in parts
            if isinstance(d, OperationDefinitionNode)
            and (name is None or (d.name is not None and d.name.value == name))
        )
        fragments = {d.name.value: d for d in parts if isinstance(d, FragmentDefinitionNode)}
        definitions = operation.variable_definitions or ()
        given = get_variable_values(self.core, definitions, dict(variables))
        assert not isinstance(given, list), given
        coerced = given.coerced
        return ask(Ask(self.core, self.ontology, operation, fragments, coerced)), coerced

    def _parse(self, document: str) -> DocumentNode:
        if document not in self._parsed:
            parsed = self._parsed[document] = parse(document)
            assert validate(self.core, parsed) == []
        return self._parsed[document]


@cache
def asker() -> Asker:
    """The asker over the ontology of the generated graphs."""
    return Asker(extended())


@cache
def asker_of_the_world() -> Asker:
    """The asker over the ontology that ships."""
    return Asker(ontology())


def filled(graph: Graph, fragment_bytes: int = 2**20) -> MemoryStore:
    """A memory store that holds the graph."""
    store = MemoryStore(fragment_bytes)
    store.fill(graph)
    return store


def ask_memory(graph: Graph, document: str, **variables: Any) -> Any:
    """The data of the memory store's answer."""
    return asker().answer(graph, filled(graph), document, **variables)
