"""The ontology as values: kinds, attributes, events, qualifiers, relations. Checked by pydantic.

Everything that the schema, the checks, the stores and the command line know of kinds and
relations comes from here, and from data/ontology.yaml behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ecograph.model.keys import did_you_mean, likeness

CamelCase = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]*$")]
PascalCase = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]
EnumValue = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
Language = Literal["en", "zh"]
Side = Literal["out", "in", "either"]
Bond = Literal["provides", "supports", "needs", "requires", "adapts", "part"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

RESERVED_FIELDS = frozenset(
    "id kind name label description aliases formerIds history evidence statements since until"
    " negated key subject relation object disputed sentence ancestors children members memberCount"
    " tree and or not node nodes entity entities search ask path paths reach claim"
    " neighborhood facets"
    " dataset category changes important swap compatible routes"
    " importance cutsOff community".split()
)
"""Names that the API gives a meaning of its own, so that no ontology may take them."""


STOPS = (".", "!", "?", "。", "！", "？", "．")
"""What a sentence of a relation does not end in."""


def screaming(name: str) -> str:
    """The enum value of a name: forkOf -> FORK_OF, ArtifactFormat -> ARTIFACT_FORMAT."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(_Part):
    """A text in both languages."""

    en: Annotated[str, StringConstraints(min_length=1)]
    zh: Annotated[str, StringConstraints(min_length=1)]

    def in_language(self, language: str) -> str:
        """The text in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


class Described(_Part):
    """What everything in the ontology has: a label, a description, the standard term it maps to."""

    label: Texts
    description: Texts
    term: str | None = None


class Words(_Part):
    """Other words for something, in both languages, by which plain questions name it."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def in_language(self, language: str) -> tuple[str, ...]:
        """The words in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


class Asked(_Part):
    """How plain questions put a relation, beside its labels and its sentence.

    `verbs` stand between subject and object, `inverse_verbs` between object and subject; of an
    English one the third person is written ("runs on", "is built on"), in a Chinese one `{}` is
    where the other end stands ("归{}所有"), at the end unless said. `nouns` are what the subject is
    of the object ("implementer": implementers of X), `inverse_nouns` the object of the subject.
    """

    verbs: Words = Words()
    inverse_verbs: Words = Words()
    nouns: Words = Words()
    inverse_nouns: Words = Words()


class Kind(Described):
    """A kind of entity; `one` and `many` are its root fields, absent if it has none.

    `asked`: other words by which plain questions name the kind.
    """

    one: CamelCase | None = None
    many: CamelCase | None = None
    asked: Words = Words()


class Value(Described):
    """One value of an enumeration; `asked`: other words for it in plain questions."""

    asked: Words = Words()


class Attribute(Described):
    """A value that an entity may have.

    `type` is text, url, date, integer, boolean, license, or the name of an enumeration;
    `kinds` are those that have it, all if absent; `events` says that dated events set it.
    """

    type: str
    kinds: tuple[PascalCase, ...] | None = None
    events: bool = False
    facet: bool = False
    asked: Words = Words()


def _worked_out(
    type_: str, en: str, zh: str, about: str, chinese: str, *, facet: bool = False
) -> Attribute:
    return Attribute(
        label=Texts(en=en, zh=zh), description=Texts(en=about, zh=chinese), type=type_, facet=facet
    )


WORKED_OUT: Mapping[str, Attribute] = {
    "importance": _worked_out(
        "integer", "importance", "重要性",
        "How much depends on it, from 0 to 1000, which is the most; null if it has no part in a "
        "dependency. As of the dataset's day.",
        "有多少依赖落在它身上，从 0 到 1000，1000 最高；不参与任何依赖则为空。以数据集的日期为准。",
    ),
    "cutsOff": _worked_out(
        "integer", "cuts off", "断开数量",
        "How many entities it alone joins to the rest of the dependencies; null if it joins none. "
        "As of the dataset's day.",
        "有多少实体仅靠它与其余的依赖关系相连；没有则为空。以数据集的日期为准。",
    ),
    "community": _worked_out(
        "text", "community", "社群",
        "The id of the most important one of its community, five or more that depend on each other "
        "more than on others; null if it is in none. As of the dataset's day.",
        "与它彼此依赖多于对外依赖的一群（至少五个）实体中，最重要者的标识；不属于任何社群则为空。以数据集的日期为准。",
        facet=True,
    ),
}  # fmt: skip
"""Attributes that no file gives: they follow from statements of dependency (docs/insights.md)."""


class EventKind(Described):
    """Something that can happen to an entity, and the attributes that it sets from its date on.

    `sets` maps an attribute to a value, or to `$value`: the value that the event carries.
    `begins`: the entity exists from then on. `ahead`: it may be announced, with a day to come.
    `sighting`: it says when something was seen as it was, and so is no change.
    """

    sets: dict[CamelCase, str] = Field(default_factory=dict)
    begins: bool = False
    sighting: bool = False
    ahead: bool = False
    asked: Words = Words()


class Qualifier(Described):
    """What a statement may say of itself; `type` as for attributes."""

    type: str


class Relation(Described):
    """A relation between two entities, read from the subject's side.

    `inverse` is the field on the object's side; `hub` relations are left out of path searches
    unless they are named; `acyclic` ones are checked for cycles; `order` in the file is their rank.
    `bond` is what a swap makes of it: the subject provides the object, supports it, needs it, does
    not work without it (requires), or is a part of it.
    """

    inverse: CamelCase
    inverse_label: Texts
    domain: tuple[PascalCase, ...]
    range: tuple[PascalCase, ...]
    hub: bool = False
    symmetric: bool = False
    transitive: bool = False
    acyclic: bool = False
    bond: Bond | None = None
    qualifiers: tuple[CamelCase, ...] = ()
    sentence: Texts
    asked: Asked = Asked()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for text in (self.sentence.en, self.sentence.zh):
            if {part[1] for part in Formatter().parse(text)} - {None} != {"subject", "object"}:
                raise ValueError(
                    f"the sentence {text!r} must hold {{subject}} and {{object}}, and no other"
                )
            if text.rstrip().endswith(STOPS):
                raise ValueError(
                    f"the sentence {text!r} ends in a stop; leave it out: what tells a sentence "
                    "puts its own, and questions are read by these words"
                )
        if self.symmetric and self.domain != self.range:
            raise ValueError("a symmetric relation has the same domain and range")
        return self


BUILT_IN_TYPES = frozenset({"text", "url", "date", "integer", "boolean", "license"})


def _not_known(path: str, what: str, wrong: str, known: Iterable[str]) -> str:
    near = did_you_mean(wrong, known)
    return f"{path}: unknown {what} {wrong!r}{f'; {near}' if near else ''}"


def _unknown(
    path: str, what: str, named: Sequence[str], known: Mapping[str, object]
) -> Iterator[str]:
    """A line for each name that is not known, whose path leads to it."""
    for index, name in enumerate(named):
        if name not in known:
            yield _not_known(f"{path}.{index}", what, name, known)


class Ontology(_Part):
    """The whole ontology; the order of relations and of enumeration values is their rank."""

    kinds: dict[PascalCase, Kind]
    enumerations: dict[PascalCase, dict[EnumValue, Value]]
    attributes: dict[CamelCase, Attribute]
    events: dict[CamelCase, EventKind]
    qualifiers: dict[CamelCase, Qualifier]
    relations: dict[CamelCase, Relation]

    @model_validator(mode="after")
    def _check(self) -> Self:
        problems: list[str] = []
        types = BUILT_IN_TYPES | self.enumerations.keys()
        for section in ("attributes", "qualifiers"):
            for name, part in getattr(self, section).items():
                if part.type not in types:
                    path, every = f"{section}.{name}.type", ", ".join(sorted(types))
                    near = did_you_mean(part.type, types) or f"write one of {every}"
                    problems.append(f"{path}: unknown type {part.type!r}; {near}")
                if name in RESERVED_FIELDS:
                    problems.append(f"{section}.{name}: the name is the API's own")
        for name, attribute in self.attributes.items():
            path = f"attributes.{name}.kinds"
            problems += _unknown(path, "kind", attribute.kinds or (), self.kinds)
        for name, event in self.events.items():
            for target, value in event.sets.items():
                attr = self.attributes.get(target)
                if attr is None or not attr.events:
                    problems.append(f"events.{name}.sets.{target}: no attribute set by events")
                elif value != "$value" and value not in self.enumerations.get(attr.type, {}):
                    known = self.enumerations.get(attr.type, {})
                    problems.append(
                        _not_known(f"events.{name}.sets.{target}", "value", value, known)
                    )
        roots: dict[str, str] = {}
        for name, kind in self.kinds.items():
            for root in (kind.one, kind.many):
                if root and (root in roots or (root in RESERVED_FIELDS and root != "category")):
                    problems.append(f"kinds.{name}: the root field {root!r} is taken")
                if root:
                    roots[root] = name
        values: dict[str, str] = {}
        for section in ("kinds", "relations"):
            for name in getattr(self, section):
                value = screaming(name)
                if value in values:
                    problems.append(
                        f"{section}.{name}: its enum value {value} is that of {values[value]} too"
                    )
                values[value] = name
        for name, relation in self.relations.items():
            path = f"relations.{name}"
            problems += _unknown(f"{path}.domain", "kind", relation.domain, self.kinds)
            problems += _unknown(f"{path}.range", "kind", relation.range, self.kinds)
            named = relation.qualifiers
            problems += _unknown(f"{path}.qualifiers", "qualifier", named, self.qualifiers)
        problems += self._find_taken_fields()
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _find_taken_fields(self) -> Iterator[str]:
        """Fields of relations that something else has already, told of the one that is to change.

        Of two relations that is the one that is called like the other's inverse; of two inverses
        that of the relation whose name is less like it, for the other's was made of its name.
        """
        sides: dict[str, list[tuple[str, str]]] = {}
        for name, relation in self.relations.items():
            sides.setdefault(name, []).insert(0, (f"relations.{name}", name))
            if not relation.symmetric:
                path = f"relations.{name}.inverse"
                sides.setdefault(relation.inverse, []).append((path, name))
        for field, owners in sides.items():
            taken = "the API’s own" if field in RESERVED_FIELDS else ""
            taken = "an attribute" if field in self.attributes else taken
            if not taken and len(owners) > 1:
                inverses = [owner for owner in owners if owner[1] != field] or owners[:1]
                first = max(inverses, key=lambda owner: likeness(owner[1], field))
                owners.remove(first)
                taken = f"a side of {first[1]}"
            elif not taken:
                continue
            yield from (f"{path}: the field {field!r} is already {taken}" for path, _ in owners)

    def __repr__(self) -> str:
        """Short, for it stands in the repr of every graph."""
        return f"Ontology({len(self.kinds)} kinds, {len(self.relations)} relations)"

    @cached_property
    def askable(self) -> dict[str, Attribute]:
        """The attributes that a question can ask: the ontology's own, and what is worked out."""
        return {**self.attributes, **WORKED_OUT}

    @cached_property
    def relation_rank(self) -> dict[str, int]:
        """Relation -> its place in the ontology, the order of hops that are otherwise equal."""
        return {name: rank for rank, name in enumerate(self.relations)}

    @cached_property
    def path_relations(self) -> tuple[str, ...]:
        """The relations that path searches walk unless told otherwise: all but the hubs."""
        return tuple(name for name, relation in self.relations.items() if not relation.hub)

    def bound_by(self, *bonds: Bond) -> tuple[str, ...]:
        """The relations of these bonds."""
        return tuple(name for name, relation in self.relations.items() if relation.bond in bonds)

    @cached_property
    def interface_kinds(self) -> frozenset[str]:
        """The kinds that are provided and provide nothing themselves, such as specifications."""
        provides = [self.relations[name] for name in self.bound_by("provides")]
        provided = {kind for relation in provides for kind in relation.range}
        return frozenset(provided.difference(*(relation.domain for relation in provides)))

    @cached_property
    def of_interfaces(self) -> tuple[str, ...]:
        """The relations by which interfaces are provided, which stand above what provides them."""
        return tuple(
            name for name in self.bound_by("provides")
            if self.interface_kinds.issuperset(self.relations[name].range)
        )  # fmt: skip

    @cached_property
    def sides(self) -> dict[str, tuple[str, Side]]:
        """Field -> (relation, the side that it reads: out, in, or either where symmetric)."""
        found: dict[str, tuple[str, Side]] = {}
        for name, relation in self.relations.items():
            found[name] = name, "either" if relation.symmetric else "out"
            if not relation.symmetric:
                found[relation.inverse] = name, "in"
        return found

    @cached_property
    def by_enum_value(self) -> dict[str, str]:
        """FORK_OF -> forkOf, TOOL -> Tool, ARCHIVED_EVENT -> ...: for kinds and relations."""
        return {screaming(name): name for name in (*self.kinds, *self.relations)}

    def attributes_of(self, kind: str) -> dict[str, Attribute]:
        """The attributes that entities of a kind may have."""
        return {n: a for n, a in self.attributes.items() if a.kinds is None or kind in a.kinds}
