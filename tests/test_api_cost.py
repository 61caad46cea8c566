"""The cost of a question: figures of documents, counted in one look at each selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

import orjson
import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_introspection_query,
    get_named_type,
    is_leaf_type,
    is_list_type,
    parse,
    visit,
)
from graphql.language import Visitor
from graphql.type import GraphQLNonNull
from hypothesis import given
from hypothesis import strategies as st

from ecograph.api.cost import EMBEDDED, LIST_ARGUMENTS, Cost, Measure
from ecograph.api.limits import Limits, costs_of, fragments_of, hold_document
from ecograph.api.operations import read_operations
from ecograph.api.schema import build_schema, graphql_core
from ecograph.service import Service
from ecograph.settings import bundled
from tests.world import ontology, world

LOOSE = Limits(**dict.fromkeys((f.name for f in fields(Limits)), 10**9))

GOLDEN = {
    "About": (1157, 6, 0, 44),
    "Alternatives": (1401, 5, 0, 11),
    "Around": (1756, 5, 15, 182),
    "AsOf": (102, 4, 0, 4),
    "Category": (127, 4, 1, 17),
    "CategoryFacets": (154, 4, 0, 11),
    "CategoryTree": (121, 4, 1, 9),
    "Certified": (1002, 6, 0, 20),
    "Changes": (327, 5, 0, 36),
    "Claim": (46, 5, 0, 10),
    "CncfProjects": (702, 4, 0, 14),
    "CniPlugins": (1003, 6, 0, 19),
    "CompareTwo": (608, 4, 2, 40),
    "Compatible": (234, 6, 0, 124),
    "ConformanceLevels": (1003, 6, 0, 25),
    "CsiDrivers": (203, 6, 0, 19),
    "Dataset": (147, 4, 0, 20),
    "Dependencies": (1401, 5, 0, 13),
    "Dependents": (1401, 5, 0, 12),
    "EndedTools": (902, 5, 0, 16),
    "Explain": (52, 3, 0, 7),
    "ExplainClaim": (46, 3, 0, 7),
    "Facets": (204, 3, 0, 8),
    "ForksOf": (1002, 6, 0, 19),
    "GroupMembers": (202, 5, 0, 14),
    "ImageInstructions": (202, 5, 0, 13),
    "ImplementBoth": (101, 3, 0, 7),
    "Implementers": (1003, 6, 0, 25),
    "Important": (42, 4, 0, 14),
    "LifeOf": (55, 5, 1, 17),
    "LineageOf": (10301, 8, 0, 17),
    "Maintained": (102, 4, 0, 6),
    "Neighborhood": (401, 4, 0, 15),
    "NewestTools": (72, 4, 0, 13),
    "OrganizationThings": (1003, 6, 0, 23),
    "Path": (132, 6, 1, 22),
    "Paths": (162, 5, 0, 12),
    "ProcedureSteps": (1002, 6, 0, 19),
    "Reach": (3401, 6, 0, 15),
    "Routes": (1131, 8, 0, 19),
    "Search": (31, 4, 0, 13),
    "SuccessorsOf": (10301, 8, 0, 17),
    "Swap": (3562, 7, 0, 95),
    "SwapUsers": (1153, 6, 0, 33),
    "Testers": (1002, 6, 0, 17),
    "ThenAndNow": (204, 4, 2, 14),
    "Tools": (577, 5, 0, 18),
    "UsersOf": (1002, 6, 0, 17),
}
"""Operation -> its objects, depth, aliases and fields."""


@cache
def core() -> GraphQLSchema:
    return graphql_core(build_schema(ontology()))


@cache
def service() -> Service:
    return Service(world())


def cost(document: str, **variables: Any) -> Cost:
    (found,) = costs_of(core(), document, variables, LOOSE).values()
    return found


# Figures


def test_each_named_operation_has_its_figures() -> None:
    found = {
        name: costs_of(core(), o.document, o.variables, Limits())[name]
        for name, o in read_operations(bundled("queries")).items()
    }
    told = {n: (c.objects, c.depth, c.aliases, c.fields) for n, c in found.items()}
    assert told == GOLDEN
    bounds = Limits()
    for name, figures in found.items():
        for limit in fields(Limits):
            value, bound = getattr(figures, limit.name), getattr(bounds, limit.name)
            assert value <= bound, (name, limit.name)


@pytest.mark.parametrize(
    ("document", "objects"),
    [
        ("{ tools { totalCount } }", 1),
        ("{ tools { nodes { id } } }", 26),
        ("{ tools(first: 7) { nodes { id } } }", 8),
        ("{ tools(last: 7) { nodes { id } } }", 8),
        ("{ tools(first: 0) { nodes { id } } }", 1),
        ("{ tools(first: null) { nodes { id } } }", 26),
        ("{ tools(first: 7) { pageInfo { endCursor } edges { node { id } } } }", 16),
        ("{ tools(first: 7) { ... on ToolConnection { nodes { id } } } }", 8),
        ("{ tools(first: 7) { ...F } } fragment F on ToolConnection { nodes { id } }", 8),
        ("{ tools(first: 10) { nodes { uses(first: 3) { nodes { id } } } } }", 51),
        ('{ neighborhood(of: "x") { nodes { distance } statements { id } } }', 151),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ entities(names: "a") { id evidence { locator } } }', 5),
        ("{ facets(by: [KIND, STATUS]) { values { count } } }", 102),
        ("{ dataset { version } __typename }", 1),
    ],
)
def test_objects_are_page_sizes_multiplied_down_each_branch(document: str, objects: int) -> None:
    assert cost(document).objects == objects


def test_a_page_in_a_variable_counts_as_what_is_given_or_its_default() -> None:
    document = "query ($n: Int = 4) { tools(first: $n) { nodes { id } } }"
    assert cost(document).objects == 5
    assert cost(document, n=9).objects == 10
    assert cost(document, n=None).objects == 26


def test_a_list_in_a_variable_counts_by_its_length() -> None:
    found = cost("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["a", "b"])
    assert (found.objects, found.items) == (2, 2)


def test_no_answer_has_more_objects_than_were_counted() -> None:
    for name, operation in read_operations(bundled("queries")).items():
        told = service().query(operation.document, operation.variables)
        counted = costs_of(core(), operation.document, operation.variables, LOOSE)[name]
        assert _objects(told.get("data")) <= counted.objects, name


def _objects(value: Any) -> int:
    """How many objects JSON holds, without the outermost."""
    if isinstance(value, dict):
        return sum(isinstance(v, dict) + _objects(v) for v in value.values())
    if isinstance(value, list):
        return sum(isinstance(v, dict) + _objects(v) for v in value)
    return 0


def test_each_list_of_objects_has_an_estimate() -> None:
    missing = set()
    for type_ in core().type_map.values():
        if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            continue
        for name, definition in type_.fields.items():
            bare = definition.type
            bare = bare.of_type if isinstance(bare, GraphQLNonNull) else bare
            known = (
                not EMBEDDED.keys().isdisjoint({name, f"{type_.name}.{name}"})
                or name in LIST_ARGUMENTS
                or type_.name.endswith("Connection")
            )
            if is_list_type(bare) and not is_leaf_type(get_named_type(bare)) and not known:
                missing.add(f"{type_.name}.{name}")
    assert missing == set()


def test_directives_and_aliases_count_wherever_a_fragment_is_spread() -> None:
    found = cost(
        "query @skip(if: false) { ...A @include(if: true) ...A "
        "... @skip(if: true) { x: __typename } } "
        "fragment A on Query @skip(if: true) { y: __typename @skip(if: false) }"
    )
    assert (found.aliases, found.directives, found.fields, found.roots) == (3, 7, 3, 3)


def test_the_full_introspection_is_answered() -> None:
    document = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        input_value_deprecation=True, one_of=True,
    )  # fmt: skip
    found = cost(document)
    assert (found.introspection_depth, found.introspection_lists) == (15, 2)
    assert found.introspection_objects == 18_029
    assert (found.depth, found.objects) == (0, 0)
    assert "errors" not in service().query(document)


# Linear and robust


def chain(length: int, spreads: int) -> DocumentNode:
    links = " ".join(
        f"fragment F{n} on Query {{ {f'...F{n + 1} ' * spreads} }}" for n in range(length)
    )
    return parse(f"{{ ...F0 }} {links} fragment F{length} on Query {{ dataset {{ version }} }}")


@pytest.mark.parametrize("spreads", [1, 2])
def test_a_chain_of_900_fragments_is_counted_once_each(spreads: int) -> None:
    document = chain(900, spreads)
    measure = Measure(core(), fragments_of(document))
    found = measure.cost(document.definitions[0])  # type: ignore[arg-type]
    assert found.fields == (2 if spreads == 1 else 10**9)
    assert measure.steps == 1 + 900 * spreads + 2


NAMES = ["tools", "nodes", "edges", "node", "uses", "id", "history", "evidence", "__typename",
         "__schema", "types", "fields", "type", "nothing", "dataset"]  # fmt: skip
TYPES = ["Query", "Tool", "ToolConnection", "Entity", "__Type", "Nowhere", "String"]
ARGUMENTS = ["", "(first: 3)", "(first: $n)", "(last: 1000000, first: null)", '(ids: ["a"])',
             "(first: {a: [1]})", "(by: $n, names: $m)"]  # fmt: skip
DIRECTIVES = ["", "", " @skip(if: true)", " @nothing @include(if: $n)"]
FRAGMENTS = 4

FIELD = st.tuples(
    st.sampled_from(["", "", "x: "]), st.sampled_from(NAMES), st.sampled_from(ARGUMENTS),
    st.sampled_from(DIRECTIVES),
).map("".join)  # fmt: skip
SPREAD = st.tuples(
    st.integers(0, FRAGMENTS).map(lambda n: f"...F{n}"), st.sampled_from(DIRECTIVES)
).map("".join)
SELECTIONS: st.SearchStrategy[str] = st.recursive(
    st.lists(FIELD | SPREAD, min_size=1, max_size=4).map(" ".join),
    lambda inner: st.lists(
        FIELD | SPREAD | st.tuples(FIELD, inner).map(lambda p: f"{p[0]} {{ {p[1]} }}")
        | st.tuples(st.sampled_from(TYPES), inner).map(lambda p: f"... on {p[0]} {{ {p[1]} }}"),
        min_size=1, max_size=4,
    ).map(" ".join),
    max_leaves=12,
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document that parses; names, types, arguments and cycles need make no sense."""
    parts = [f"query Q{draw(st.sampled_from(DIRECTIVES))} {{ {draw(SELECTIONS)} }}"]
    parts += [
        f"fragment F{n} on {draw(st.sampled_from(TYPES))} {{ {draw(SELECTIONS)} }}"
        for n in range(draw(st.integers(0, FRAGMENTS)))
    ]
    return " ".join(parts)


class Selections(Visitor):
    """Counts the selections of a document as they are written."""

    total = 0

    def enter_selection_set(self, node: Any, *_: Any) -> None:
        self.total += len(node.selections)


@given(documents())
def test_any_document_is_counted_in_one_look_at_each_selection(text: str) -> None:
    document = parse(text)
    written = Selections()
    visit(document, written)
    assert hold_document(core(), document, LOOSE).steps == written.total


@given(documents())
def test_any_document_is_held_to_the_limits_without_another_error(text: str) -> None:
    narrow = Limits(depth=2, aliases=1, directives=2, fields=6, objects=60)
    try:
        hold_document(core(), parse(text), narrow)
    except GraphQLError as error:
        assert (error.extensions or {})["code"] == "LIMIT_EXCEEDED"  # noqa: PT017


@given(documents())
def test_any_document_is_answered_or_refused(text: str) -> None:
    response = service().api.answer(text, {"n": 3, "m": ["a"]})
    assert orjson.loads(response.body).keys() <= {"data", "errors"}


@given(documents())
def test_memoised_figures_are_those_of_the_document_written_out(text: str) -> None:
    document = parse(text)
    fragments = fragments_of(document)
    found = Measure(core(), fragments).cost(document.definitions[0])  # type: ignore[arg-type]
    try:
        written = _written_out(document.definitions[0], fragments, ())
    except RecursionError:
        return
    if written is not None:
        assert (found.fields, found.aliases) == written


def _written_out(
    node: Any, fragments: Mapping[str, Any], above: tuple[str, ...]
) -> tuple[int, int] | None:
    """Fields and aliases by recursion, each spread anew; None if fragments go in circles."""
    total, aliases = 0, 0
    for part in node.selection_set.selections if node.selection_set else ():
        name = part.name.value if part.kind == "fragment_spread" else ""
        if name in above:
            return None
        if isinstance(part, FieldNode):
            total += 1
            aliases += part.alias is not None
        inner = fragments.get(name) if name else part
        if inner is None:
            continue
        found = _written_out(inner, fragments, (*above, name) if name else above)
        if found is None:
            return None
        total, aliases = total + found[0], aliases + found[1]
    return total, aliases
