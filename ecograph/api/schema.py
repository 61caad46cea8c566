"""An ontology's GraphQL schema. It has no resolvers: plans answer. May import: errors, model."""

from __future__ import annotations

import strawberry
from graphql import GraphQLSchema

from ecograph.api.answers import ANSWERS
from ecograph.api.entities import entity_types, has_taxonomy
from ecograph.api.enumerations import enumerations
from ecograph.api.filters import input_types
from ecograph.api.query import query_type
from ecograph.api.scalars import CheckExpression, scalar_types
from ecograph.api.swap_types import SWAP_ENUMERATIONS, SWAP_TYPES
from ecograph.api.types import NameTaken, TypeSpec, make_schema
from ecograph.errors import DataError, Place
from ecograph.model.ontology import Ontology


def build_schema(
    ontology: Ontology, check_expression: CheckExpression | None = None
) -> strawberry.Schema:
    """The schema of an ontology.

    With `check_expression`, a fault in a path expression is a request error at its character.
    Raises: DataError if the ontology's names collide with each other or with the API's own.
    """
    specs: list[TypeSpec] = [
        *scalar_types(check_expression),
        *enumerations(ontology, categories=has_taxonomy(ontology)),
        *input_types(ontology),
        *entity_types(ontology),
        *ANSWERS,
        *SWAP_ENUMERATIONS,
        *SWAP_TYPES,
        query_type(ontology),
    ]
    # Kinds that no field returns and enumerations that nothing uses belong to it all the same.
    try:
        return make_schema(specs, always=(*ontology.kinds, *ontology.enumerations))
    except NameTaken as taken:
        raise DataError(
            taken.code, f"{_origin(taken.name, ontology)}: {taken}", Place("ontology.yaml"),
            "rename what the ontology calls so",
        ) from None  # fmt: skip


def _origin(name: str, ontology: Ontology) -> str:
    """The path of what the ontology calls so, or of what the name is made of."""
    plain = name.replace("_", "").lower()
    paths = {
        own: f"{section}.{own}"
        for section in Ontology.model_fields
        for own in getattr(ontology, section)
    }
    paths |= {r.inverse: f"relations.{own}" for own, r in ontology.relations.items()}
    made_of = [own for own in paths if plain.startswith(own.lower())]
    return paths[max(made_of, key=len)] if made_of else "the ontology"


def graphql_core(schema: strawberry.Schema) -> GraphQLSchema:
    """The graphql-core schema behind it, with which documents are validated."""
    return schema._schema


def print_sdl(ontology: Ontology) -> str:
    """The schema as text, the same for the same ontology."""
    return print_schema(build_schema(ontology))


def print_schema(schema: strawberry.Schema) -> str:
    """A schema that was built already as text."""
    return schema.as_str().strip() + "\n"
