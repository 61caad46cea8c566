"""Documents over a schema, drawn by hypothesis: valid ones, with fragments, aliases, directives."""

from __future__ import annotations

import re
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)
from graphql.type import GraphQLNonNull
from hypothesis import assume
from hypothesis import strategies as st

from tests.world import ontology

NAMES = ["runc", "Docker Engine", "OCI 运行时规范", "cri", "rkt", "core", "nobody", "docker"]
EXPRESSIONS = ["uses*", "uses+/implements", "^implements", "!(uses)", "manages", "(uses|^uses)*"]
FILTERS = [
    "{}",
    '{ license: { eq: "Apache-2.0" } }',
    '{ not: { license: { contains: "gpl" } } }',
    "{ status: { notIn: [ACTIVE] } }",
    '{ or: [{ id: { lt: "d" } }, { name: { startsWith: "R" } }] }',
]
VALUES: dict[str, list[str]] = {
    "tool.name": ['"runc"', '"dockerd"', '"rkt"', '"nobody"'],
    "specification.name": ['"OCI 运行时规范"', '"cri"', '"image-spec"', '"runc"'],
    "category.name": ['"support"', '"容器网络"', '"Monitoring"'],
    "group.name": ['"cadvisor-heapster"'],
    "statement.id": ['"runc~implements~oci-runtime-spec"', '"docker-engine~implements~cri~not"'],
    "id": ['"runc"', '"cri"', '"moby"', '"nobody"'],
    "asOf": ["null", '"2018-01-01"', '"2026-11-24"'],
    "along": [f'"{e}"' for e in EXPRESSIONS],
    "text": ['"runc"', '"kuberntes"', '"容器"'],
    "scheme": ["null", '"seed"', '"today"'],
    "first": ["0", "1", "3", "null"],
    "last": ["1", "2"],
    "depth": ["0", "2"],
    "hops": ["0", "2"],
    "maxLength": ["2", "5"],
    "k": ["1", "3"],
    "where": FILTERS,
    "orderBy": ["[]", "[{ field: NAME, order: DESC }]", "{ field: BEGAN }"],
    "include": ["null", "[NEGATED]", "[ENDED, NEGATED]"],
    "recursive": ["true", "false"],
    "negated": ["true", "false", "null"],
    "begun": ["true", "false"],
    "via": ["[USES, IMPLEMENTS]", "[CLASSIFIED_IN]", "null"],
    "relations": ["[USES, IMPLEMENTS]", "[]"],
    "kinds": ["[TOOL]", "[CATEGORY, GROUP]"],
    "ids": ['["runc", "nobody", "cri", "moby", "core"]'],
    "names": ['["runc", "nobody", "监控"]'],
}
ROOTS = """node nodes entity entities tool tools specification specifications category categories
    group organizations statement search path paths reach claim neighborhood facets swap compatible
    routes
    dataset""".split()
BUSY = """implements implementedBy uses usedBy adapts adaptedBy classifiedIn classifies broader
    narrower partOf parts manages managedBy ownedBy""".split()
"""The relations that the shared world speaks of; the fields of all others are built alike."""
MOST_TOKENS = 950
NEVER_TOGETHER = [("first", "last"), ("along", "via"), ("along", "direction")]
SKIPPED = {"after", "before"}
DIRECTIVES = ("@include(if: true)", "@skip(if: false)", "@skip(if: true)", "@include(if: $yes)")

Type = GraphQLObjectType | GraphQLInterfaceType


class Writer:
    """Writes one document; every choice is drawn, and every key is new, so that none conflict."""

    def __init__(self, schema: GraphQLSchema, draw: Any, depth: int) -> None:
        self.schema = schema
        self.sides = ontology().sides
        self.draw = draw
        self.depth = depth
        self.keys = 0
        self.fragments: list[str] = []

    def document(self) -> str:
        """`query ($yes: Boolean!) {...}` and its fragments, with a place for one more root."""
        query = self.schema.query_type
        assert query is not None
        roots = self.draw(st.lists(st.sampled_from(ROOTS), min_size=1, max_size=2))
        told = " ".join(self.field(name, query.fields[name], self.depth) for name in roots)
        # The directive of the last one keeps the variable in use.
        used = "last: __typename @include(if: $yes)"
        whole = f"query ($yes: Boolean!) {{ {told} {used} BESIDE }}"
        return " ".join([whole, *self.fragments])

    def field(self, name: str, definition: GraphQLField, depth: int) -> str:
        """One field under a key of its own."""
        self.keys += 1
        named: Any = get_named_type(definition.type)
        directive = self.draw(st.sampled_from(("", "", "", *DIRECTIVES)))
        told = f"k{self.keys}: {name}{self.arguments(name, definition)} {directive}"
        if is_leaf_type(named):
            return told
        # Written twice under one key, a field has the selections of both.
        times = 2 if depth > 1 and self.draw(st.integers(0, 5)) == 0 else 1
        return " ".join(f"{told} {self.selections(named, depth - 1)}" for _ in range(times))

    def arguments(self, field: str, definition: GraphQLField) -> str:
        """Arguments: those that are required, and some of the others."""
        told: dict[str, str] = {}
        for name, arg in definition.args.items():
            if name in SKIPPED or not (is_required_argument(arg) or self.draw(st.booleans())):
                continue
            if any({name, *told} >= {*pair} for pair in NEVER_TOGETHER):
                continue
            named, needed = get_named_type(arg.type), isinstance(arg.type, GraphQLNonNull)
            if name in VALUES or f"{field}.{name}" in VALUES:
                known = VALUES.get(f"{field}.{name}") or VALUES[name]
                values = [v for v in known if v != "null" or not needed]
            elif isinstance(named, GraphQLEnumType):
                values = sorted(named.values)
                if is_list_type(arg.type.of_type if needed else arg.type):  # type: ignore[union-attr]
                    values = [f"[{', '.join(values)}]", f"[{values[0]}]"]
            else:
                values = [f'"{n}"' for n in NAMES]
            told[name] = self.draw(st.sampled_from(values))
        return f"({', '.join(f'{n}: {v}' for n, v in told.items())})" if told else ""

    def selections(self, on: Type, depth: int) -> str:
        """A selection set, shallower the deeper it is."""
        leaves = [n for n, f in on.fields.items() if is_leaf_type(get_named_type(f.type))]
        inner = [n for n in on.fields if n not in leaves and (n in BUSY or n not in self.sides)]
        told = ["__typename"] if self.draw(st.booleans()) else []
        if leaves:
            some = self.draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=3))
            told += [self.field(name, on.fields[name], depth) for name in some]
        if inner and depth > 0:
            some = self.draw(st.lists(st.sampled_from(inner), max_size=2))
            told += [self.field(name, on.fields[name], depth) for name in some]
        if depth > 0 and self.draw(st.booleans()):
            told.append(self.fragment(on, depth - 1))
        return "{ " + " ".join(told or ["__typename"]) + " }"

    def fragment(self, on: Type, depth: int) -> str:
        """A fragment, inline or named and spread twice, on the type or one within it."""
        conditions: list[Type] = [on, *(on.interfaces or ())]
        if isinstance(on, GraphQLInterfaceType):
            conditions += self.schema.get_possible_types(on)
        condition = self.draw(st.sampled_from(conditions))
        body = self.selections(condition, depth)
        if self.draw(st.booleans()):
            return f"... on {condition.name} {body}"
        name = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {name} on {condition.name} {body}")
        return f"...{name} ...{name}"


@st.composite
def documents(draw: Any, schema: GraphQLSchema, depth: int = 4) -> str:
    """A valid document of one operation; the word BESIDE stands where a root can be added."""
    document = Writer(schema, draw, depth).document()
    assume(len(re.findall(r"\w+|[^\w\s,]", document)) < MOST_TOKENS)
    return document
