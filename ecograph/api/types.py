"""GraphQL types as values, and their translation into a strawberry schema.

A type is described once, in GraphQL's own notation ("[Tool!]!"); strawberry's definitions are made
from the descriptions directly, since its decorators would take several times as long and need
Python classes. May import: strawberry, graphql.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import EnumMeta
from typing import Any, cast

import strawberry
from graphql import GraphQLScalarType, ValueNode
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.enum import EnumValue, StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.scalar import ScalarDefinition
from strawberry.types.unset import UNSET


class NameTaken(Exception):
    """Two types, or two members of one type, would bear one `name`."""

    def __init__(self, code: str, message: str, name: str) -> None:
        super().__init__(message)
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True)
class Input:
    """An argument, or a field of an input type; `type` as in "[Kind!]"."""

    name: str
    type: str
    about: str
    default: object = UNSET


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object or interface type."""

    name: str
    type: str
    about: str
    args: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectType:
    """An object type, or an interface if `abstract`; `fields` include those of its interfaces."""

    name: str
    about: str
    fields: tuple[Field, ...]
    implements: tuple[str, ...] = ()
    abstract: bool = False


@dataclass(frozen=True, slots=True)
class InputType:
    """An input object type."""

    name: str
    about: str
    fields: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class EnumType:
    """An enumeration: each value's name and description, in order."""

    name: str
    about: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ScalarType:
    """A scalar whose values are texts, as a JSON value and as a literal in a document."""

    name: str
    about: str
    from_value: Callable[[object], str]
    from_literal: Callable[[ValueNode], str]


TypeSpec = ObjectType | InputType | EnumType | ScalarType

_BUILT_IN = ("ID", "String", "Int", "Float", "Boolean")


class _PlainName:
    """What strawberry wraps a chosen enumeration value in: nothing, it stays the text it is."""

    def __new__(cls, value: str) -> str:  # type: ignore[misc]
        return value


def make_schema(specs: Iterable[TypeSpec], always: Iterable[str]) -> strawberry.Schema:
    """The schema of these types, from `Query` on.

    A type that nothing leads to is left out unless `always` names it.
    Raises: NameTaken if two types, or two members of one type, bear one name.
    """
    by_name: dict[str, TypeSpec] = {}
    for spec in specs:
        if spec.name in by_name or spec.name in _BUILT_IN:
            what = f"two GraphQL types would be called {spec.name!r}"
            raise NameTaken("TYPE_NAME_TAKEN", what, spec.name)
        by_name[spec.name] = spec
        _check_members(spec)
    made = _Definitions(by_name)
    return strawberry.Schema(
        query=made.types["Query"],
        types=[made.types[name] for name in always],
        config=StrawberryConfig(auto_camel_case=False, scalar_map=made.scalars),
    )


def _check_members(spec: TypeSpec) -> None:
    match spec:
        case EnumType():
            names = [name for name, _ in spec.values]
        case ObjectType() | InputType():
            names = [field.name for field in spec.fields]
        case ScalarType():
            names = []
    for name, count in Counter(names).items():
        if count > 1:
            what = f"{spec.name} would have {name!r} twice"
            raise NameTaken("FIELD_NAME_TAKEN", what, name)


class _Definitions:
    """Strawberry's definitions of all types; they may refer to each other in any order."""

    def __init__(self, specs: Mapping[str, TypeSpec]) -> None:
        # What a field's type can be: a Python class, or for enumerations a definition.
        self.types: dict[str, Any] = {"ID": strawberry.ID, "String": str, "Int": int}
        self.types["Boolean"] = bool
        self.scalars: dict[object, ScalarDefinition] = {}
        self._annotations: dict[str, StrawberryAnnotation] = {}
        self._fields: dict[Field, StrawberryField] = {}
        objects: dict[str, StrawberryObjectDefinition] = {}
        for spec in specs.values():
            match spec:
                case EnumType():
                    self.types[spec.name] = _define_enum(spec)
                case ScalarType():
                    self.types[spec.name] = type(spec.name, (), {})
                    self.scalars[self.types[spec.name]] = _define_scalar(spec)
                case ObjectType() | InputType():
                    objects[spec.name] = definition = _define_object(spec)
                    self.types[spec.name] = definition.origin
        # Fields and interfaces come second, when every type that they name is there.
        for name, definition in objects.items():
            spec = specs[name]
            if isinstance(spec, ObjectType):
                definition.interfaces.extend(objects[i] for i in spec.implements)
                definition.fields.extend(map(self._field, spec.fields))
            elif isinstance(spec, InputType):
                definition.fields.extend(map(self._input_field, spec.fields))

    def _field(self, spec: Field) -> StrawberryField:
        # One field serves an interface and all the types that implement it.
        field = self._fields.get(spec)
        if field is None:
            field = StrawberryField(
                python_name=spec.name,
                graphql_name=spec.name,
                type_annotation=self._annotation(spec.type),
                description=spec.about,
            )
            field.arguments = [self._argument(arg) for arg in spec.args]
            self._fields[spec] = field
        return field

    def _argument(self, spec: Input) -> StrawberryArgument:
        return StrawberryArgument(
            python_name=spec.name,
            graphql_name=spec.name,
            type_annotation=self._annotation(spec.type),
            description=spec.about,
            default=spec.default,
        )

    def _input_field(self, spec: Input) -> StrawberryField:
        return StrawberryField(
            python_name=spec.name,
            graphql_name=spec.name,
            type_annotation=self._annotation(spec.type),
            description=spec.about,
            default=spec.default,
        )

    def _annotation(self, notation: str) -> StrawberryAnnotation:
        annotation = self._annotations.get(notation)
        if annotation is None:
            annotation = StrawberryAnnotation(self._read(notation))
            self._annotations[notation] = annotation
        return annotation

    def _read(self, notation: str) -> Any:
        """The type that GraphQL's notation names; what lacks its "!" is optional."""
        required = notation.endswith("!")
        inner = notation.removesuffix("!")
        if inner.startswith("["):
            of_type: Any = StrawberryList(self._read(inner[1:-1]))
        else:
            of_type = self.types[inner]
        return of_type if required else StrawberryOptional(of_type)


def _define_enum(spec: EnumType) -> StrawberryEnumDefinition:
    return StrawberryEnumDefinition(
        wrapped_cls=cast(EnumMeta, _PlainName),
        name=spec.name,
        values=[EnumValue(name, name, description=about) for name, about in spec.values],
        description=spec.about,
    )


def _define_scalar(spec: ScalarType) -> ScalarDefinition:
    return ScalarDefinition(
        name=spec.name,
        description=spec.about,
        specified_by_url=None,
        serialize=None,
        parse_value=None,
        parse_literal=None,
        implementation=GraphQLScalarType(
            spec.name,
            description=spec.about,
            coerce_input_value=spec.from_value,
            coerce_input_literal=spec.from_literal,
        ),
    )


def _define_object(spec: ObjectType | InputType) -> StrawberryObjectDefinition:
    origin: Any = type(spec.name, (), {})
    origin.__strawberry_definition__ = definition = StrawberryObjectDefinition(
        name=spec.name,
        is_input=isinstance(spec, InputType),
        is_interface=isinstance(spec, ObjectType) and spec.abstract,
        origin=origin,
        description=spec.about,
        interfaces=[],
        extend=False,
        directives=(),
        is_type_of=None,
        resolve_type=None,
        fields=[],
    )
    return definition
