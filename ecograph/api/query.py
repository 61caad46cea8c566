"""The root: the questions that can be asked, as the fields of Query. May import: model."""

from __future__ import annotations

from collections.abc import Iterable

from ecograph.api.descriptions import AS_OF, BOTH_WAYS, FORWARD, NAME_RULE, name_input, titled
from ecograph.api.entities import ORDER_ENTITIES, WHERE_ENTITY, facets_field, has_taxonomy
from ecograph.api.types import Field, Input, ObjectType
from ecograph.ask.text import LONGEST
from ecograph.model.ontology import Kind, Ontology
from ecograph.plan.steps import MOST_STEPS

_FROM = name_input("from", "Where to begin")
_TO = name_input("to", "Where to end")
_NO_HUBS = (
    "Only statements of these relations; without it, all but the hubs, such as classification and "
    "ownership."
)
_VIA = Input("via", "[Relation!]", _NO_HUBS)
_DIRECTION = Input("direction", "Direction", "Which way to walk statements; EITHER unless said.")
_MAX_LENGTH = Input(
    "maxLength", "Int!", f"The most hops that a path may have, at most {MOST_STEPS}.", 10
)


def query_type(ontology: Ontology) -> ObjectType:
    """Query, with the fields that each kind has at the root."""
    return ObjectType(
        "Query",
        "Questions to the graph. Where a name fits nothing, the field is null and an error of the "
        "code UNKNOWN_NAME, AMBIGUOUS_NAME or WRONG_KIND says why, with suggestions.",
        (*_by_name(), *_of_kinds(ontology), *_BETWEEN_THINGS, *_OF_ALL),
    )


def _by_name() -> Iterable[Field]:
    yield Field(
        "node",
        "Node",
        "The entity of an id; null if there is none.",
        (Input("id", "ID!", "An id, or a former one."), AS_OF),
    )
    yield Field(
        "nodes",
        "[Node]!",
        "The entities of ids, in their order; null where there is none.",
        (Input("ids", "[ID!]!", "Ids, or former ones."), AS_OF),
    )
    yield Field(
        "entity",
        "Entity",
        "The entity of a name.",
        (
            name_input("name", "Its name"),
            Input("kind", "Kind", "The kind that it must be of; any unless said."),
            AS_OF,
        ),
    )
    yield Field(
        "entities",
        "[Entity]!",
        "The entities of names, in their order; null where there is none.",
        (Input("names", "[String!]!", f"Names, each {NAME_RULE}."), AS_OF),
    )


def _of_kinds(ontology: Ontology) -> Iterable[Field]:
    for name, kind in ontology.kinds.items():
        scheme = name == "Category" and has_taxonomy(ontology)
        if kind.one:
            yield _one(name, kind, scheme=scheme)
        if kind.many:
            yield Field(
                kind.many,
                f"{name}Connection!",
                f"The entities of the kind {titled(kind.label)}.",
                (
                    Input("where", f"{name}Filter", "Only those that fit."),
                    ORDER_ENTITIES,
                    AS_OF,
                    *BOTH_WAYS,
                ),
            )


def _one(name: str, kind: Kind, *, scheme: bool) -> Field:
    taxonomy = Input("scheme", "ID", "The taxonomy that it stands in; any if null.", "seed")
    return Field(
        kind.one or "",
        name,
        f"The entity of the kind {titled(kind.label)} that has a name.",
        (name_input("name", "Its name"), *((taxonomy,) if scheme else ()), AS_OF),
    )


_BETWEEN_THINGS = (
    Field(
        "statement",
        "Statement",
        "The statement of an id; null if there is none.",
        (Input("id", "ID!", "The id: subject~relation~object."), AS_OF),
    ),
    Field(
        "search",
        "SearchConnection!",
        "Entities whose names are near a text in either language, forgiving of spelling; the best "
        "first.",
        (
            Input("text", "String!", "What to look for."),
            Input("kinds", "[Kind!]", "Only entities of these kinds."),
            *FORWARD,
            AS_OF,
        ),
    ),
    Field(
        "path",
        "Path",
        "The shortest way from one entity to another; null if there is none.",
        (
            _FROM,
            _TO,
            Input("along", "PathExpression", "What the way must look like, from `from` on; not "
                  "together with via and direction."),
            _VIA,
            _DIRECTION,
            _MAX_LENGTH,
            AS_OF,
        ),
    ),
    Field(
        "paths",
        "PathConnection",
        "The ways from one entity to another, the shortest first; none visits an entity twice.",
        (_FROM, _TO, _VIA, _DIRECTION, _MAX_LENGTH, *FORWARD, AS_OF),
    ),
    Field(
        "routes",
        "Routes",
        "Ways from one entity to another that differ in more than a detour: each shares fewer than "
        "half of its hops with any before it, and hubs are avoided.",
        (
            _FROM,
            _TO,
            Input("k", "Int!", "How many routes at most, from 1 to 10.", 3),
            _VIA,
            Input("maxLength", "Int!", "The most hops that a route may have, at most 8.", 6),
            AS_OF,
        ),
    ),
    Field(
        "reach",
        "ReachConnection",
        "All that a path expression reaches, each with a shortest way as its witness.",
        (_FROM, Input("along", "PathExpression!", "The ways to go."), *FORWARD, AS_OF),
    ),
    Field(
        "claim",
        "Claim",
        "Whether something is so: known, denied, disputed or unknown.",
        (
            name_input("subject", "Of what it is said"),
            Input("relation", "Relation!", "The relation."),
            name_input("object", "What is said of it"),
            AS_OF,
        ),
    ),
    Field(
        "swap",
        "Swap",
        "What changes when one thing takes the place of another: interfaces, and those that work "
        "with it.",
        (name_input("from", "What is replaced"), name_input("to", "What takes its place"), AS_OF),
    ),
    Field(
        "compatible",
        "Compatibility",
        "What two things have in common: the interfaces of both, and on which side they stand.",
        (name_input("a", "The one"), name_input("b", "The other"), AS_OF),
    ),
    Field(
        "neighborhood",
        "Subgraph",
        "What is around an entity, and the statements among it.",
        (
            name_input("of", "The centre"),
            Input("hops", "Int!", "How many hops away from the centre to go.", 1),
            _VIA,
            Input("first", "Int!", "How many entities with the centre, the nearest first; at most "
                  "100.", 50),
            AS_OF,
        ),
    ),
)  # fmt: skip

_OF_ALL = (
    Field(
        "ask",
        "Answer!",
        "What a plain question in English or Chinese is understood as, and what it is answered: "
        "see docs/asking.md. What cannot be read for certain is refused, and never guessed.",
        (
            Input("text", "String!", f"The question, of at most {LONGEST} characters."),
            Input("lang", "Language", "The language of the answer; that of the question if null."),
        ),
    ),
    facets_field(WHERE_ENTITY, AS_OF),
    Field(
        "changes",
        "ChangeConnection",
        "What changed in a period: events of entities, and statements that began or ended; the "
        "newest first. A change belongs to the day from which answers differ: the first that its "
        "date can mean, or of an end the last.",
        (
            Input("since", "PartialDate", "The first day that counts, or the first of a month or "
                  "a year."),
            Input("until", "PartialDate", "The last day that counts, or the last of a month or a "
                  "year; the day of the answer unless said, so that what is only announced is "
                  "left out."),
            Input("entity", "String", f"Only what concerns it, at either end: {NAME_RULE}."),
            Input("category", "String", "Only what concerns something that stands in it at any "
                  f"depth, with its parts: {NAME_RULE}."),
            Input("kinds", "[ChangeKind!]", "Only these kinds; all unless said."),
            Input("events", "[EventKind!]", "Only these events, and no statements unless kinds "
                  "says so; all but sightings unless said."),
            *FORWARD,
            AS_OF,
        ),
    ),
    Field(
        "important",
        "ImportanceConnection!",
        "What others depend on, the most important first: PageRank over dependencies, as of the "
        "dataset's day. Only what has a part in a dependency is there.",
        (WHERE_ENTITY, *FORWARD, AS_OF),
    ),
    Field("dataset", "Dataset!", "The dataset itself: its version, counts, licence and sources."),
)  # fmt: skip
