"""The types of answers that are the same for every ontology, from Evidence to Dataset.

May import: model.
"""

from __future__ import annotations

from ecograph.api.connections import CURSOR, PAGE_INFO, connection
from ecograph.api.descriptions import BOTH_LANG, BOTH_WAYS, FORM, LANG
from ecograph.api.types import Field, ObjectType

EVIDENCE = Field("evidence", "[Evidence!]!", "Who says so.")
EXPLANATION = Field(
    "explanation",
    "String!",
    "Why, in a short text: the statements in words, with their sources numbered below.",
    (BOTH_LANG, FORM),
)

_EVIDENCE_TYPES = (
    ObjectType(
        "Evidence",
        "A place in a source that says what is said here.",
        (
            Field("source", "Source!", "The document."),
            Field("locator", "String", "The place in it: a path, a heading, a line."),
            Field("readOn", "Date", "The day on which it was read there."),
        ),
    ),
    ObjectType(
        "Source",
        "A document that facts were read in.",
        (
            Field("id", "ID!", "Its permanent id."),
            Field("title", "String!", "Its title."),
            Field("url", "String!", "The address at which it was read."),
            Field("license", "String", "The licence of its text, as an SPDX expression."),
            Field("readOn", "Date", "The last day on which it was read."),
            Field("statementCount", "Int!", "How many statements cite it."),
        ),
    ),
    ObjectType(
        "Event",
        "Something that happened to an entity on a day, or in a month or a year.",
        (
            Field("date", "PartialDate!", "When it happened, as precisely as the source says."),
            Field("event", "EventKind!", "What happened."),
            Field("label", "String!", "What happened, in words.", (BOTH_LANG,)),
            Field("value", "String", "What it set, if that differs each time: the new licence."),
            Field("note", "String", "A remark on it.", (LANG,)),
            EVIDENCE,
        ),
    ),
    *connection("Source", "Source", "Sources, page by page."),
)

_PATH_TYPES = (
    ObjectType(
        "Path",
        "A way from one entity to another, over statements.",
        (
            Field("length", "Int!", "How many hops it has; 0 if both ends are the same."),
            Field("nodes", "[Entity!]!", "The entities on the way, from the first to the last."),
            Field("hops", "[Hop!]!", "The statements on the way, one between two entities."),
            EXPLANATION,
        ),
    ),
    ObjectType(
        "Hop",
        "One statement on a path.",
        (
            Field("forward", "Boolean!", "Whether it is walked from subject to object."),
            Field("statement", "Statement!", "The statement, with its evidence."),
            Field("sentence", "String!", "The statement in words, not the walk.", (BOTH_LANG,)),
            Field("from", "Entity!", "Where the hop begins."),
            Field("to", "Entity!", "Where the hop ends."),
        ),
    ),
    ObjectType(
        "Routes",
        "Ways from one entity to another that differ in more than a detour.",
        (
            Field(
                "routes",
                "[Route!]!",
                "The routes, the cheapest first; none if there is no way within the limit.",
            ),
            Field(
                "complete",
                "Boolean!",
                "Whether there was time to look for all; if not, these "
                "are the best of what was found by then.",
            ),
        ),
    ),
    ObjectType(
        "Route",
        "One of several ways that differ.",
        (
            Field("path", "Path!", "The way."),
            Field(
                "cost",
                "Int!",
                "What it costs, in thousandths of a hop: its hops, and at each "
                "entity the more, the more statements there are like the two by which the way "
                "comes and goes; most where it turns at what both of its neighbours have in "
                "common.",
            ),
            Field(
                "overlap",
                "Int!",
                "How much of the shorter of two it shares with a route before "
                "it, at most: percent of the hops, rounded down.",
            ),
        ),
    ),
    *connection(
        "Path",
        "Path",
        "Paths, page by page. Its cursors hold for one version of the dataset.",
        counted=False,
    ),
    *connection(
        "Reach",
        "Entity",
        "What a path expression reaches, one row an entity, by length and then id.",
        ObjectType(
            "ReachEdge",
            "One entity that is reached.",
            (
                CURSOR,
                Field("node", "Entity!", "The entity."),
                Field("length", "Int!", "The length of the shortest way to it."),
                Field("path", "Path!", "A shortest way to it, as a witness."),
                EXPLANATION,
            ),
        ),
    ),
)

_SEARCH_TYPES = (
    ObjectType(
        "Match",
        "The text in which a search found what it was asked for.",
        (
            Field("text", "String!", "The text."),
            Field("field", "MatchedField!", "Where it stands."),
            Field("lang", "Language", "Its language; null for aliases and ids."),
        ),
    ),
    *connection(
        "Search",
        "Entity",
        "What a search found, the best first. Its cursors hold for one version of the dataset.",
        ObjectType(
            "SearchEdge",
            "One entity that was found.",
            (
                CURSOR,
                Field("score", "Int!", "How well it fits, from 0 to 1000; 1000 is the same text."),
                Field("matched", "Match!", "The text that fits best."),
                Field("node", "Entity!", "The entity."),
            ),
        ),
    ),
)

_OTHER_ANSWERS = (
    ObjectType(
        "Claim",
        "Whether something is so, with who says so.",
        (
            Field("verdict", "Verdict!", "What the dataset has to say of it."),
            Field("subject", "Entity!", "The subject that was asked about."),
            Field("relation", "Relation!", "The relation that was asked about."),
            Field("object", "Entity!", "The object that was asked about."),
            Field("statements", "[Statement!]!", "All statements for and against it."),
            EXPLANATION,
        ),
    ),
    ObjectType(
        "Subgraph",
        "A part of the graph: entities and the statements among them.",
        (
            Field("nodes", "[SubgraphNode!]!", "The entities, the nearest first, then by id."),
            Field("statements", "[Statement!]!", "All admitted statements among the entities."),
            Field("truncated", "Boolean!", "Whether entities were left out, being too many."),
        ),
    ),
    ObjectType(
        "SubgraphNode",
        "An entity of a part of the graph.",
        (
            Field("distance", "Int!", "How many hops it is away from the centre, which is 0."),
            Field("node", "Entity!", "The entity."),
        ),
    ),
    ObjectType(
        "Facet",
        "How many entities have which value.",
        (
            Field("by", "FacetField!", "What they are counted by."),
            Field("total", "Int!", "How many entities fit the filter."),
            Field("missing", "Int!", "How many of them have no value."),
            Field(
                "values", "[FacetValue!]!", "The values, the most frequent first, then by value."
            ),
        ),
    ),
    ObjectType(
        "FacetValue",
        "A value, and how many entities have it.",
        (
            Field("value", "String!", "The value: an enumeration's, a text, or a category's id."),
            Field("label", "String!", "The value in words.", (BOTH_LANG,)),
            Field("count", "Int!", "How many entities have it."),
        ),
    ),
)

_IMPORTANCE_TYPES = connection(
    "Importance",
    "Entity",
    "Entities by importance, page by page. Its cursors hold for one version of the dataset.",
    ObjectType(
        "ImportanceEdge",
        "One entity with its importance.",
        (
            CURSOR,
            Field("score", "Int!", "How important it is, from 0 to 1000, which is the most."),
            Field("node", "Entity!", "The entity."),
        ),
    ),
)

_CHANGE_TYPES = (
    ObjectType(
        "Change",
        "An event of an entity, or a statement that began or ended.",
        (
            Field("id", "ID!", "What it is told apart by, the same from version to version."),
            Field("date", "PartialDate!", "When it was, as precisely as the source says."),
            Field("kind", "ChangeKind!", "What kind of change it is."),
            Field("entity", "Entity!", "Whose event it is; the subject of the statement."),
            Field("event", "Event", "The event; null of a statement."),
            Field("statement", "Statement", "The statement; null of an event."),
            EVIDENCE,
        ),
    ),
    *connection(
        "Change",
        "Change",
        "Changes, page by page, the newest first. Its cursors hold for one version of the dataset.",
    ),
)

_DATASET_TYPES = (
    ObjectType(
        "Dataset",
        "The dataset that answers: its version, its day, its counts and its sources.",
        (
            Field("version", "String!", "A hash of the content; it changes when an answer may."),
            Field("asOf", "Date!", "The day for which it answers unless a question says another."),
            Field("title", "String", "Its title.", (LANG,)),
            Field("license", "String!", "The licence of the data, as an SPDX expression."),
            Field("entityCount", "Int!", "How many entities it has."),
            Field("statementCount", "Int!", "How many statements it has."),
            Field("kinds", "[KindCount!]!", "How many entities it has of each kind."),
            Field("relations", "[RelationCount!]!", "How many statements it has of each relation."),
            Field("sources", "SourceConnection!", "What it was read from, by id.", BOTH_WAYS),
        ),
    ),
    ObjectType(
        "KindCount",
        "How many entities are of a kind.",
        (
            Field("kind", "Kind!", "The kind."),
            Field("label", "String!", "The kind in words.", (BOTH_LANG,)),
            Field("count", "Int!", "How many entities there are."),
        ),
    ),
    ObjectType(
        "RelationCount",
        "How many statements are of a relation.",
        (
            Field("relation", "Relation!", "The relation."),
            Field("label", "String!", "The relation in words.", (BOTH_LANG,)),
            Field("count", "Int!", "How many statements there are."),
        ),
    ),
)

_ASKED_TYPES = (
    ObjectType(
        "Answer",
        "A plain question with its readings: one if it is clear, none if it is refused.",
        (
            Field("text", "String!", "The question as it came."),
            Field("lang", "Language!", "The language of the answer."),
            Field("outcome", "Outcome!", "Whether it was understood."),
            Field("sentence", "String!", "The answer of the first reading, or why there is none."),
            Field("readings", "[Reading!]!", "The ways to understand it, the best first."),
            Field(
                "nearest",
                "[String!]!",
                "What could be asked instead, if there is no answer.",
            ),
        ),
    ),
    ObjectType(
        "Reading",
        "One way to understand a plain question, with the query that it is and its answer.",
        (
            Field("understood", "String!", "The question as it was understood."),
            Field("sentence", "String!", "The answer in a sentence."),
            Field("operation", "String", "The named operation that it is, if it is one."),
            Field("query", "String!", "The GraphQL document that answers it, as it stands."),
            Field("variables", "JSON!", "The variables of the query."),
            Field("totalCount", "Int", "How many entities it finds; null if it looks for none."),
            Field("ids", "[ID!]!", "The entities that it finds, as far as they are in its page."),
            Field("data", "JSON", "The data of the query's answer."),
        ),
    ),
)

ANSWERS = (
    PAGE_INFO,
    *_EVIDENCE_TYPES,
    *_PATH_TYPES,
    *_SEARCH_TYPES,
    *_OTHER_ANSWERS,
    *_IMPORTANCE_TYPES,
    *_CHANGE_TYPES,
    *_DATASET_TYPES,
    *_ASKED_TYPES,
)
