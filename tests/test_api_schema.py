"""The GraphQL schema that an ontology gives."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    print_type,
    validate,
    validate_schema,
)
from graphql.execution import get_variable_values

from ecograph.api.schema import build_schema, graphql_core
from ecograph.errors import DataError
from ecograph.model.ontology import Ontology

ROOT = Path(__file__).parents[1]


def read_data() -> dict[str, Any]:
    text = (ROOT / "data" / "ontology.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return read_data()


@pytest.fixture(scope="module")
def ontology(data: dict[str, Any]) -> Ontology:
    return Ontology.model_validate(data)


@pytest.fixture(scope="module")
def core(ontology: Ontology) -> GraphQLSchema:
    return graphql_core(build_schema(ontology))


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}（中文）"}


@pytest.fixture(scope="module")
def extended(data: dict[str, Any]) -> GraphQLSchema:
    """The schema of the ontology with a kind and a relation that nobody has thought of."""
    more = copy.deepcopy(data)
    said = {"label": words("Vulnerability"), "description": words("A weakness.")}
    more["kinds"]["Vulnerability"] = {**said, "one": "vulnerability", "many": "vulnerabilities"}
    for name, of_type in (("severity", "integer"), ("published", "date"), ("fixed", "boolean")):
        more["attributes"][name] = {**said, "type": of_type, "kinds": ["Vulnerability"]}
    more["relations"]["affects"] = {
        **said,
        "inverse": "affectedBy",
        "inverse_label": words("affected by"),
        "domain": ["Vulnerability"],
        "range": ["Tool"],
        "sentence": {"en": "{subject} affects {object}", "zh": "{subject} 影响 {object}"},
    }
    return graphql_core(build_schema(Ontology.model_validate(more)))


def object_type(core: GraphQLSchema, name: str) -> GraphQLObjectType | GraphQLInterfaceType:
    found = core.type_map[name]
    assert isinstance(found, GraphQLObjectType | GraphQLInterfaceType)
    return found


def input_type(core: GraphQLSchema, name: str) -> GraphQLInputObjectType:
    found = core.type_map[name]
    assert isinstance(found, GraphQLInputObjectType)
    return found


def enum_type(core: GraphQLSchema, name: str) -> GraphQLEnumType:
    found = core.type_map[name]
    assert isinstance(found, GraphQLEnumType)
    return found


def field_type(core: GraphQLSchema, owner: str, field: str) -> str:
    return str(object_type(core, owner).fields[field].type)


def arguments(core: GraphQLSchema, owner: str, field: str) -> dict[str, str]:
    return {name: str(a.type) for name, a in object_type(core, owner).fields[field].args.items()}


def variables(core: GraphQLSchema, document: str, values: dict[str, Any]) -> Any:
    operation = parse(document).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return get_variable_values(core, operation.variable_definitions or (), values)


# The contract


def test_every_operation_of_the_contract_is_valid(core: GraphQLSchema) -> None:
    text = (ROOT / "tests" / "contract" / "operations.graphql").read_text(encoding="utf-8")
    document = parse(text)
    assert len(document.definitions) == 14
    assert validate(core, document) == []


def test_schema_is_valid(core: GraphQLSchema) -> None:
    assert validate_schema(core) == []


def described_parts(core: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for name, part in core.type_map.items():
        if name.startswith("__"):
            continue
        yield name, part.description
        if isinstance(part, GraphQLEnumType):
            for value, about in part.values.items():
                yield f"{name}.{value}", about.description
        if isinstance(part, GraphQLInputObjectType):
            for field, member in part.fields.items():
                yield f"{name}.{field}", member.description
        if isinstance(part, GraphQLObjectType | GraphQLInterfaceType):
            for field, output in part.fields.items():
                yield f"{name}.{field}", output.description
                for argument, taken in output.args.items():
                    yield f"{name}.{field}({argument}:)", taken.description


def test_every_part_has_a_description(extended: GraphQLSchema) -> None:
    assert [name for name, about in described_parts(extended) if not about] == []


def test_descriptions_come_from_the_ontology_in_both_languages(core: GraphQLSchema) -> None:
    tool = object_type(core, "Tool")
    assert tool.description == (
        "Tool (工具). Software that people run or build on, such as a runtime, an engine, an "
        "orchestrator or a plugin."
    )
    assert tool.fields["homepage"].description == (
        "Homepage (主页). The address at which its makers present it."
    )
    assert (
        object_type(core, "Specification").fields["implementedBy"].description or ""
    ).startswith("Implemented by (被实现): “… implements this”.")


def test_page_sizes_are_told(core: GraphQLSchema) -> None:
    first = object_type(core, "Query").fields["tools"].args["first"]
    assert first.description == "How many: 25 unless said, at most 100."


# Types from the ontology


def test_entity_has_the_attributes_of_all_kinds_and_a_kind_its_own(core: GraphQLSchema) -> None:
    assert field_type(core, "Entity", "status") == "Status"
    assert field_type(core, "Entity", "homepage") == "String"
    assert "scheme" not in object_type(core, "Entity").fields
    assert field_type(core, "Category", "scheme") == "String"
    assert "scheme" not in object_type(core, "Tool").fields


def test_relation_is_a_field_on_both_sides(core: GraphQLSchema) -> None:
    assert field_type(core, "Tool", "implements") == "ImplementsConnection!"
    assert field_type(core, "Specification", "implementedBy") == "ImplementedByConnection!"
    assert "implements" not in object_type(core, "Specification").fields
    assert arguments(core, "Specification", "implementedBy") == {
        "where": "EntityFilter",
        "orderBy": "[RelationOrder!]",
        "include": "[Include!]",
        "first": "Int",
        "after": "String",
        "last": "Int",
        "before": "String",
    }


def test_edge_has_the_type_of_the_only_kind_at_its_end(core: GraphQLSchema) -> None:
    assert field_type(core, "BroaderEdge", "node") == "Category!"
    assert field_type(core, "BroaderConnection", "nodes") == "[Category!]!"
    assert arguments(core, "Category", "broader")["where"] == "CategoryFilter"
    assert field_type(core, "ImplementedByEdge", "node") == "Entity!"


def test_every_edge_of_a_relation_is_a_relation_edge(
    core: GraphQLSchema, ontology: Ontology
) -> None:
    interface = object_type(core, "RelationEdge")
    assert isinstance(interface, GraphQLInterfaceType)
    sides = {
        f"{side[0].upper()}{side[1:]}Edge"
        for name, relation in ontology.relations.items()
        for side in (name, relation.inverse)
    }
    assert {t.name for t in core.get_implementations(interface).objects} == sides
    assert {"cursor", "node", "since", "until", "negated", "disputed", "evidence", "statement"} | (
        ontology.qualifiers.keys()
    ) == interface.fields.keys()
    assert field_type(core, "RelationEdge", "strength") == "Strength"
    assert field_type(core, "RelationEdge", "order") == "Int"


def test_every_kind_is_an_entity(core: GraphQLSchema, ontology: Ontology) -> None:
    entity = object_type(core, "Entity")
    assert isinstance(entity, GraphQLInterfaceType)
    assert {t.name for t in core.get_possible_types(entity)} == set(ontology.kinds)


def test_enumeration_values_are_plain_texts(core: GraphQLSchema) -> None:
    document = "query Q($kind: Kind, $where: ToolFilter) { entity(name: 1, kind: $kind) { id } }"
    values = {"kind": "TOOL", "where": {"status": {"in": ["ACTIVE"]}}}
    coerced = variables(core, document, values).coerced
    assert coerced == values
    assert type(coerced["kind"]) is str
    assert type(coerced["where"]["status"]["in"][0]) is str
    assert enum_type(core, "Kind").coerce_output_value("ARTIFACT_FORMAT") == "ARTIFACT_FORMAT"


def test_facets_are_the_attributes_so_marked(core: GraphQLSchema) -> None:
    assert list(enum_type(core, "FacetField").values) == [
        "KIND",
        "CATEGORY",
        "LICENSE",
        "STATUS",
        "MATURITY",
        "SCHEME",
        "COMMUNITY",
    ]


def test_category_takes_a_scheme(core: GraphQLSchema) -> None:
    assert "scheme" not in arguments(core, "Query", "tool")
    assert arguments(core, "Query", "category") == {
        "name": "String!",
        "scheme": "ID",
        "asOf": "Date",
    }
    assert 'scheme: ID = "seed"' in print_type(core.type_map["Query"])


# Extending


def test_new_kind_has_its_root_fields(extended: GraphQLSchema) -> None:
    assert field_type(extended, "Query", "vulnerability") == "Vulnerability"
    assert arguments(extended, "Query", "vulnerability") == {"name": "String!", "asOf": "Date"}
    assert field_type(extended, "Query", "vulnerabilities") == "VulnerabilityConnection!"
    assert arguments(extended, "Query", "vulnerabilities") == {
        "where": "VulnerabilityFilter",
        "orderBy": "[EntityOrder!]",
        "asOf": "Date",
        "first": "Int",
        "after": "String",
        "last": "Int",
        "before": "String",
    }
    assert "VULNERABILITY" in enum_type(extended, "Kind").values


def test_new_kind_has_a_filter_for_each_attribute(extended: GraphQLSchema) -> None:
    members = {
        n: str(f.type) for n, f in input_type(extended, "VulnerabilityFilter").fields.items()
    }
    assert members == {
        "and": "[VulnerabilityFilter!]",
        "or": "[VulnerabilityFilter!]",
        "not": "VulnerabilityFilter",
        "id": "IDFilter",
        "importance": "IntFilter",
        "cutsOff": "IntFilter",
        "community": "TextFilter",
        "name": "StringFilter",
        "homepage": "TextFilter",
        "repository": "TextFilter",
        "license": "TextFilter",
        "status": "StatusFilter",
        "maturity": "MaturityFilter",
        "severity": "IntFilter",
        "published": "DateFilter",
        "fixed": "BooleanFilter",
        "affects": "ToolRelationFilter",
    }
    assert str(input_type(extended, "DateFilter").fields["in"].type) == "[PartialDate!]"
    assert list(input_type(extended, "BooleanFilter").fields) == ["eq", "ne", "isNull"]


def test_new_relation_has_connections_edges_and_conditions(extended: GraphQLSchema) -> None:
    assert field_type(extended, "Vulnerability", "affects") == "AffectsConnection!"
    assert field_type(extended, "AffectsEdge", "node") == "Tool!"
    assert field_type(extended, "Tool", "affectedBy") == "AffectedByConnection!"
    assert field_type(extended, "AffectedByEdge", "node") == "Vulnerability!"
    assert arguments(extended, "Tool", "affectedBy")["where"] == "VulnerabilityFilter"
    assert "AFFECTS" in enum_type(extended, "Relation").values
    everything = input_type(extended, "EntityFilter").fields
    assert str(everything["affects"].type) == "ToolRelationFilter"
    assert str(everything["affectedBy"].type) == "VulnerabilityRelationFilter"
    assert str(everything["severity"].type) == "IntFilter"
    assert str(everything["kind"].type) == "KindFilter"


def test_symmetric_relation_is_one_field(data: dict[str, Any]) -> None:
    more = copy.deepcopy(data)
    sentence = {"en": "{subject} rivals {object}", "zh": "{subject} 与 {object} 竞争"}
    more["relations"]["rivals"] = {
        "label": words("rivals"),
        "description": words("They compete."),
        "inverse": "rivals",
        "inverse_label": words("rivals"),
        "domain": ["Tool"],
        "range": ["Tool"],
        "symmetric": True,
        "sentence": sentence,
    }
    core = graphql_core(build_schema(Ontology.model_validate(more)))
    assert field_type(core, "RivalsEdge", "node") == "Tool!"
    assert object_type(core, "Tool").fields["rivals"].description == (
        "Rivals (rivals（中文）): “this rivals …”. They compete."
    )


def test_ontology_without_a_taxonomy_has_no_category_fields(data: dict[str, Any]) -> None:
    less = copy.deepcopy(data)
    del less["relations"]["broader"]
    core = graphql_core(build_schema(Ontology.model_validate(less)))
    assert "members" not in object_type(core, "Category").fields
    assert "scheme" not in arguments(core, "Query", "category")
    assert "CATEGORY" not in enum_type(core, "FacetField").values
    assert "CategoryTreeNode" not in core.type_map


ROOTLESS = {"one": None, "many": None}


@pytest.mark.parametrize(
    ("section", "old", "new", "changes", "message"),
    [
        ("kinds", "Image", "PageInfo", ROOTLESS,
         "kinds.PageInfo: two GraphQL types would be called 'PageInfo'"),
        ("kinds", "Image", "Date", ROOTLESS,
         "kinds.Date: two GraphQL types would be called 'DateFilter'"),
        ("enumerations", "Access", "Int", {},
         "enumerations.Int: two GraphQL types would be called 'Int'"),
        ("qualifiers", "level", "cursor", {},
         "qualifiers.cursor: RelationEdge would have 'cursor' twice"),
    ],
)  # fmt: skip
def test_name_that_the_api_has_taken_is_refused(
    data: dict[str, Any], section: str, old: str, new: str, changes: dict[str, Any], message: str
) -> None:
    more = copy.deepcopy(data)
    more[section][new] = {**more[section][old], **changes}
    with pytest.raises(DataError) as caught:
        build_schema(Ontology.model_validate(more))
    assert str(caught.value) == f"ontology.yaml: {message}; rename what the ontology calls so"


# The text
