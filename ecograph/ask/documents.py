"""A meaning -> the GraphQL that answers it: a named operation where there is one, else a document.

Names are ids here already, so that a document asks for the one thing that the question meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.ask.filters import Filters
from ecograph.ask.readings import (
    About,
    AnyOf,
    Compared,
    Condition,
    Depends,
    Happening,
    HasSome,
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
from ecograph.ask.ways import DEPENDS, SHORTEST, WAY, straight_down
from ecograph.model.ontology import Language, Ontology, screaming

FIRST = 100
PROJECTS = ("Tool", "Specification", "Service", "OperatingSystem")
"""The kinds of what a question calls a project."""

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

HAPPENED = """query Asked(%s) {
  changes(%s) {
    totalCount
    nodes {
      date
      entity { id kind name label(lang: ZH) status%s }
      event { event label(lang: %s) value }
      evidence { source { title url } locator }
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
        self.filters = Filters(ontology)

    def write(self, meaning: Meaning, lang: Language) -> Written | None:
        """The document of a meaning, in a language; None if the dataset has no way to answer it."""
        match meaning:
            case Listing():
                return self._listing(meaning)
            case Verdict():
                return self._verdict(meaning)
            case Depends(subject, object_):
                return Written(DEPENDS, {"from": subject.id, "to": object_.id}, None, ("path",))
            case Happening():
                return self._happening(meaning, lang)
            case Way(start, end):
                ends: dict[str, object] = {"from": start.id, "to": end.id}
                along = straight_down(self.ontology)
                return Written(WAY, {**ends, "along": along}) if along else Written(SHORTEST, ends)
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
            case Named("Changes", None, str(day), None) if "Changes" not in self.operations:
                return self._then_and_now(day)
            case Named(operation, thing, day, until):
                variables: dict[str, object] = {}
                if thing is not None:
                    variables[VARIABLE.get(operation, "name")] = thing.id
                if day is not None:
                    variables |= {"since": day, "lang": lang.upper()}
                if until is not None:
                    variables["until"] = until
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
        where = self.filters.where(asked.of, rest, targets)
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
            where = self.filters.where(
                Restriction(of.kind, (), of.values), asked.conditions, frozenset()
            )
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
        kinds = self._kinds_of(asked)
        roots = {
            kind: root for kind in kinds if (root := self.ontology.kinds[kind].many) is not None
        }
        if not roots:
            return None
        where = self.filters.where(Restriction(None, (), of.values), asked.conditions, frozenset())
        if kinds == ("Tool",) and where and day is None:
            if set(where) == {"maturity"} and "CncfProjects" in self.operations:
                return self._named(
                    "CncfProjects", ("tools",), {"maturity": where["maturity"]["in"]}
                )
            if "Tools" in self.operations:
                # A page of 100 tools with ten relations each costs more than a question may.
                return self._named("Tools", ("tools",), {"where": where})
        heads, on_root = [], [f"first: {FIRST}"]
        if day is not None:
            heads.append("$asOf: Date!")
            on_root.append("asOf: $asOf")
            variables["asOf"] = day
        parts: list[str] = []
        for kind, root in roots.items():
            own = [*on_root, *([f"where: ${root}"] if where else [])]
            parts.append(f"  {root}({', '.join(own)}) {{\n    {NODES}\n  }}\n")
            if where:
                heads.append(f"${root}: {kind}Filter!")
                variables[root] = where
        head = f"({', '.join(heads)})" if heads else ""
        query = f"query Asked{head} {{\n{''.join(parts)}}}\n"
        return Written(query, variables, None, tuple(roots.values()) if len(roots) == 1 else ())

    def _kinds_of(self, asked: Listing) -> tuple[str, ...]:
        """The kind that is asked for; of projects and things, those that the conditions admit."""
        if asked.of.kind is not None:
            return (asked.of.kind,)
        if not asked.of.values and not asked.conditions:
            return ()
        admitted = [
            ends_of(self.ontology, one.field)[0]
            for condition in asked.conditions
            for one in (condition.conditions if isinstance(condition, AnyOf) else (condition,))
            if isinstance(one, Related | HasSome)
        ]
        known = [kind for kind in PROJECTS if kind in self.ontology.kinds]
        return tuple(kind for kind in known if all(kind in own for own in admitted))

    def _happening(self, asked: Happening, lang: Language) -> Written:
        """What changed by events of some kinds, in a category if one is asked for."""
        variables: dict[str, object] = {"events": [screaming(one) for one in asked.events]}
        heads, given = ["$events: [EventKind!]!"], [f"events: $events, first: {FIRST}"]
        for name, value in (("since", asked.since), ("until", asked.until)):
            if value is not None:
                variables[name] = value
                heads.append(f"${name}: PartialDate!")
                given.append(f"{name}: ${name}")
        if asked.of.categories:
            variables["category"] = asked.of.categories[0]
            heads.append("$category: String!")
            given.append("category: $category")
        # What moved up a level was accepted before.
        before = " history { date event }" if asked.asks == "accepted" else ""
        query = HAPPENED % (", ".join(heads), ", ".join(given), before, lang.upper())
        return Written(query, variables, None, ("changes",))

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
