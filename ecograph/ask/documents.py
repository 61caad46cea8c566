"""A meaning -> the GraphQL that answers it: a named operation where there is one, else a document.

Names are ids here already, so that a document asks for the one thing that the question meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecograph.ask.readings import (
    About,
    AnyOf,
    Compared,
    Condition,
    HasValue,
    Life,
    Listing,
    Meaning,
    Named,
    Related,
    Restriction,
    Thing,
    Value,
    Verdict,
    Way,
)
from ecograph.ask.verbs import ends_of, inverse_of
from ecograph.model.ontology import Language, Ontology, screaming

FIRST = 100
DEPTH = 3
"""How many levels below a category count where it is one of several conditions."""

EDGES = (
    "totalCount edges"
    " { node { id kind name label(lang: ZH) status } %s evidence { source { title url } locator } }"
)
NODES = "totalCount nodes { id kind name label(lang: ZH) status }"

ABOUT = """query Asked($name: String!) {
  entity(name: $name) {
    id
    kind
    name
    description
    aliases
    homepage
    license
    status
    maturity
    history { date event label(lang: EN) }
    statements(side: EITHER, first: 50) {
      totalCount
      nodes { relation subject { id kind name } object { id kind name } since until negated }
    }
  }
}
"""

ON_RELATION = {
    ("Specification", "implementedBy"): ("Implementers", "spec", "specification"),
    ("Specification", "certifies"): ("Certified", "spec", "specification"),
    ("Specification", "testedBy"): ("Testers", "spec", "specification"),
    ("Tool", "usedBy"): ("UsersOf", "tool", "tool"),
    ("Tool", "forks"): ("ForksOf", "tool", "tool"),
    ("Group", "parts"): ("GroupMembers", "group", "group"),
}
"""(kind, field) -> the named operation that tells it, its variable and its root."""

ROWS = {
    "SuccessorsOf": ("reach",),
    "LineageOf": ("reach",),
    "Dependencies": ("reach",),
    "Dependents": ("reach",),
    "Alternatives": ("reach",),
    "Neighborhood": ("neighborhood",),
    "OrganizationThings": ("organization", "statements"),
    "ProcedureSteps": ("procedure", "hasStep"),
    "Dataset": ("dataset",),
    "Changes": ("changes",),
}
VARIABLE = {"ProcedureSteps": "procedure", "Neighborhood": "of"}


@dataclass(frozen=True, slots=True)
class Written:
    """A document with its variables, the named operation that it is, and where its rows stand."""

    query: str
    variables: dict[str, object]
    operation: str | None = None
    rows: tuple[str, ...] = ()


class Writer:
    """Writes documents for one ontology; `operations` are the texts of the named operations."""

    def __init__(self, ontology: Ontology, operations: Mapping[str, str]) -> None:
        self.ontology = ontology
        self.operations = operations

    def write(self, meaning: Meaning, lang: Language) -> Written | None:
        """The document of a meaning, in a language; None if the dataset has no way to answer it."""
        match meaning:
            case Listing():
                return self._listing(meaning)
            case Verdict():
                return self._verdict(meaning)
            case Way(start, end):
                return self._named("Path", ("path",), {"from": start.id, "to": end.id})
            case About(thing):
                # The named operation describes in Chinese.
                if lang == "zh":
                    return self._named("About", ("entity",), {"name": thing.id})
                return Written(self._known(ABOUT), {"name": thing.id}, None, ("entity",))
            case Life(thing):
                return self._named("LifeOf", ("entity",), {"name": thing.id})
            case Value(thing, attribute):
                return self._value(thing, attribute)
            case Compared(one, other):
                return self._compared(one, other)
            case Named("Changes", None, str(day)) if "Changes" not in self.operations:
                return self._then_and_now(day)
            case Named(operation, thing, day):
                variables: dict[str, object] = {}
                if thing is not None:
                    variables[VARIABLE.get(operation, "name")] = thing.id
                if day is not None:
                    variables |= {"since": day, "lang": lang.upper()}
                return self._named(operation, ROWS.get(operation, ()), variables)

    def _named(
        self, name: str, rows: tuple[str, ...], variables: dict[str, object]
    ) -> Written | None:
        query = self.operations.get(name)
        return None if query is None else Written(query, variables, name, rows)

    def _known(self, document: str) -> str:
        """A document without the lines of attributes that another ontology lacks."""
        lacking = {"homepage", "license", "status", "maturity"} - self.ontology.attributes.keys()
        return "".join(
            line for line in document.splitlines(keepends=True) if line.strip() not in lacking
        )

    # Listings

    def _listing(self, asked: Listing) -> Written | None:
        for at, condition in enumerate(asked.conditions):
            if isinstance(condition, Related) and not condition.negated:
                rest = (*asked.conditions[:at], *asked.conditions[at + 1 :])
                return self._around(asked, condition, rest)
        return self._scan(asked)

    def _around(
        self, asked: Listing, anchor: Related, rest: tuple[Condition, ...]
    ) -> Written | None:
        """The other ends of one relation of a thing, as far as the other conditions hold."""
        root = self.ontology.kinds[anchor.thing.kind].one
        if root is None:
            return None
        field = inverse_of(self.ontology, anchor.field)
        targets = ends_of(self.ontology, field)[1]
        where = self._where(asked.of, rest, targets)
        known = ON_RELATION.get((anchor.thing.kind, field))
        if known and not where and asked.as_of is None and (text := self.operations.get(known[0])):
            return Written(text, {known[1]: anchor.thing.id}, known[0], (known[2], field))
        if (anchor.field == "succeeds" and not where and asked.as_of is None
                and "SuccessorsOf" in self.operations):  # fmt: skip
            return self._named("SuccessorsOf", ("reach",), {"name": anchor.thing.id})
        qualifiers = self.ontology.relations[self.ontology.sides[field][0]].qualifiers
        said = " ".join(
            ("since", "until", *(q for q in ("version", "strength") if q in qualifiers))
        )
        target = next(iter(targets)) if len(targets) == 1 else "Entity"
        scheme = ", scheme: null" if anchor.thing.kind == "Category" else ""
        variables: dict[str, object] = {"name": anchor.thing.id}
        heads, on_root, on_field = ["$name: String!"], ["name: $name" + scheme], [f"first: {FIRST}"]
        if asked.as_of is not None:
            heads.append("$asOf: Date!")
            on_root.append("asOf: $asOf")
            variables["asOf"] = asked.as_of
        if where:
            heads.append(f"$where: {target}Filter!")
            on_field.append("where: $where")
            variables["where"] = where
        query = (
            f"query Asked({', '.join(heads)}) {{\n  {root}({', '.join(on_root)}) {{\n"
            f"    id\n    name\n    {field}({', '.join(on_field)}) {{\n"
            f"      {EDGES % said}\n    }}\n  }}\n}}\n"
        )
        return Written(query, variables, None, (root, field))

    def _scan(self, asked: Listing) -> Written | None:
        of = asked.of
        day = asked.as_of
        variables: dict[str, object] = {}
        if len(of.categories) >= 1:
            where = self._where(Restriction(of.kind, (), of.values), asked.conditions, frozenset())
            category = of.categories[0]
            variables["name"] = category
            if not where and day is None and "Category" in self.operations:
                return Written(
                    self.operations["Category"], variables | {"scheme": None},
                    "Category", ("category", "members"),
                )  # fmt: skip
            heads, on_root = ["$name: String!"], ["name: $name", "scheme: null"]
            on_field = ["recursive: true", f"first: {FIRST}"]
            if where:
                heads.append("$where: EntityFilter!")
                on_field.append("where: $where")
                variables["where"] = where
            if day is not None:
                heads.append("$asOf: Date!")
                on_root.append("asOf: $asOf")
                variables["asOf"] = day
            query = (
                f"query Asked({', '.join(heads)}) {{\n  category({', '.join(on_root)}) {{\n"
                f"    id\n    name\n    members({', '.join(on_field)}) {{\n      {NODES}\n"
                "    }\n  }\n}\n"
            )
            return Written(query, variables, None, ("category", "members"))
        kind = of.kind or ("Tool" if of.values or asked.conditions else None)
        if kind is None or (root := self.ontology.kinds[kind].many) is None:
            return None
        where = self._where(Restriction(None, (), of.values), asked.conditions, frozenset())
        if kind == "Tool" and where and day is None:
            if set(where) == {"maturity"} and "CncfProjects" in self.operations:
                return self._named(
                    "CncfProjects", ("tools",), {"maturity": where["maturity"]["in"]}
                )
            if "Tools" in self.operations:
                # A page of 100 tools with ten relations each costs more than a question may.
                return self._named("Tools", ("tools",), {"where": where})
        heads, on_root = [], [f"first: {FIRST}"]
        if where:
            heads.append(f"$where: {kind}Filter!")
            on_root.append("where: $where")
            variables["where"] = where
        if day is not None:
            heads.append("$asOf: Date!")
            on_root.append("asOf: $asOf")
            variables["asOf"] = day
        head = f"({', '.join(heads)})" if heads else ""
        query = f"query Asked{head} {{\n  {root}({', '.join(on_root)}) {{\n    {NODES}\n  }}\n}}\n"
        return Written(query, variables, None, (root,))

    def _where(
        self, of: Restriction, conditions: tuple[Condition, ...], targets: frozenset[str]
    ) -> dict[str, Any]:
        """The filter of a restriction and conditions; empty if they ask for nothing."""
        parts: list[dict[str, Any]] = []
        if of.kind is not None and targets != {of.kind}:
            parts.append({"kind": {"eq": screaming(of.kind)}})
        if of.categories:
            parts.append({"classifiedIn": {"some": _below(list(of.categories))}})
        parts += [self._condition(one) for one in (*of.values, *conditions)
                  if not (isinstance(one, Related) and one.negated and one.version)]  # fmt: skip
        keys = [key for part in parts for key in part]
        if len(keys) == len(set(keys)):
            return {key: value for part in parts for key, value in part.items()}
        return {"and": parts}

    def _condition(self, condition: Condition) -> dict[str, Any]:
        match condition:
            case Related(field, thing, negated):
                how = "none" if negated else "some"
                return {field: {how: {"id": {"eq": thing.id}}}}
            case HasValue(attribute, values, negated):
                return {attribute: {"notIn" if negated else "in": list(values)}}
            case AnyOf(conditions):
                return {"or": [self._condition(one) for one in conditions]}

    def counts(self, ends: Mapping[str, tuple[Thing, str]]) -> Written | None:
        """How many other ends fields of things have, or an attribute, each under its key."""
        parts: list[str] = []
        for key, (thing, field) in ends.items():
            root = self.ontology.kinds[thing.kind].one
            if root is not None:
                # Ids are words and hyphens: nothing in one ends a string.
                asked = field if field in self.ontology.attributes else f"{field} {{ totalCount }}"
                parts.append(f'  {key}: {root}(name: "{thing.id}") {{ {asked} }}\n')
        return Written(f"{{\n{''.join(parts)}}}\n", {}) if parts else None

    # One thing, or two

    def _verdict(self, asked: Verdict) -> Written | None:
        name, side = self.ontology.sides[asked.field]
        subject, object_ = asked.subject, asked.object
        if side == "in":
            subject, object_ = object_, subject
        query = (
            "query Asked($subject: String!, $relation: Relation!, $object: String!) {\n"
            "  claim(subject: $subject, relation: $relation, object: $object) {\n    verdict\n"
            "    statements {\n      id since until negated\n"
            "      evidence { source { title url } locator }\n    }\n  }\n}\n"
        )
        variables: dict[str, object] = {
            "subject": subject.id, "relation": screaming(name), "object": object_.id
        }  # fmt: skip
        if name == "implements" and not asked.when and "Claim" in self.operations:
            del variables["relation"]
            return self._named("Claim", ("claim",), variables)
        return Written(query, variables, None, ("claim",))

    def _value(self, thing: Thing, attribute: str) -> Written | None:
        told = self.ontology.attributes[attribute]
        if told.kinds is not None and thing.kind not in told.kinds:
            return None
        inner = attribute if told.kinds is None else f"... on {thing.kind} {{ {attribute} }}"
        history = " history { date event value evidence { source { title url } } }"
        query = (
            "query Asked($name: String!) {\n  entity(name: $name) {\n"
            f"    id\n    name\n    {inner}{history if told.events else ''}\n  }}\n}}\n"
        )
        return Written(query, {"name": thing.id}, None, ("entity",))

    def _then_and_now(self, day: str) -> Written | None:
        """How many things were in which state on a day, and are now."""
        by = [
            screaming(name)
            for name, one in self.ontology.attributes.items()
            if one.events and one.facet and one.type in self.ontology.enumerations
        ]
        if not by:
            return None
        listed = ", ".join(by)
        query = (
            "query Asked($day: Date!) {\n"
            f"  then: facets(by: [{listed}], asOf: $day) {{ ...Counts }}\n"
            f"  now: facets(by: [{listed}]) {{ ...Counts }}\n}}\n\n"
            "fragment Counts on Facet {\n  by\n"
            "  values { value label(lang: EN) labelZh: label(lang: ZH) count }\n}\n"
        )
        return Written(query, {"day": day})

    def _compared(self, one: Thing, other: Thing) -> Written | None:
        if {one.kind, other.kind} == {"Specification"} and "CompareTwo" in self.operations:
            return self._named("CompareTwo", (), {"one": one.id, "other": other.id})
        query = (
            "query Asked($one: String!, $other: String!) {\n"
            "  one: entity(name: $one) { ...Facts }\n  other: entity(name: $other) { ...Facts }\n"
            "}\n\nfragment Facts on Entity {\n  id\n  kind\n  name\n  description\n  license\n"
            "  status\n  maturity\n  statements(side: SUBJECT, first: 50) {\n    totalCount\n"
            "    nodes { relation object { id kind name } since until negated }\n  }\n}\n"
        )
        return Written(self._known(query), {"one": one.id, "other": other.id})


def _below(ids: list[str]) -> dict[str, Any]:
    """Categories, and what stands up to DEPTH levels below them."""
    found: dict[str, Any] = {"id": {"in": ids}}
    for _ in range(DEPTH):
        found = {"or": [{"id": {"in": ids}}, {"broader": {"some": found}}]}
    return found
