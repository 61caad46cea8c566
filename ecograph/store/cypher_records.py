"""What the records of a plan hold, as expressions of Cypher and as what is told of them.

One class a record: a node, a relationship, or what a row carries. `get` is a scalar; `follow` a
reference, told under a shape by the compiler.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from ecograph.errors import PlanError
from ecograph.model.ontology import screaming
from ecograph.plan.steps import Const, Each, Get, Param, Ref, Shape, Value
from ecograph.store.cypher_text import Column, Tell, Text, listed, returning, single
from ecograph.store.records import NEGATION
from ecograph.store.schema import EVENT, HAD_EVENT, SOURCE, quote

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler


class Record(Protocol):
    """A record in the scope of an expression."""

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar."""
        ...

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """The record or records that a reference leads to, under a shape."""
        ...


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity; `n` is a variable, or the expression of a node where only scalars are told."""

    n: str

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the entity."""
        n = self.n
        match name:
            case "id" | "name":
                return Column(f"{n}.{name}")
            case "kind":
                return Column(f"{n}.kind", _screamed)
            case "type":
                return Column(f"{n}.kind")
            case "label":
                return Column(f"{n}.label_zh" if lang == "zh" else f"{n}.name")
            case "description":
                return Column(f"{n}.description_{lang or 'en'}")
            case "aliases":
                return Column(f"coalesce({n}.aliases, [])")
            case "formerIds":
                return Column(f"coalesce({n}.former_ids, [])")
            case _ if name in text.ontology.askable:
                return Column(text.attribute(n, name))
        raise PlanError(f"an entity has no attribute {name!r}")

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Its history, or its evidence, or itself."""
        if name == "self":
            return compiler.shape(shape, self)
        if name == "evidence":
            return evidence(self.n, shape, compiler)
        h = compiler.text.alias("h")
        told = compiler.shape(shape, EventRecord(h))
        return Column(
            f"COLLECT {{ MATCH ({self.n})-[:{HAD_EVENT}]->({h}:{EVENT}) "
            f"RETURN {told.text} ORDER BY {h}.place }}",
            each(told),
        )


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement: its variable, and its ends where the pattern says which is which."""

    r: str
    subject: str | None = None
    object: str | None = None

    @property
    def ends(self) -> tuple[str, str]:
        """The subject and the object as expressions."""
        return self.subject or f"startNode({self.r})", self.object or f"endNode({self.r})"

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the statement."""
        r = self.r
        match name:
            case "id" | "since" | "until" | "negated":
                return Column(f"{r}.{name}")
            case "relation":
                return Column(f"type({r})")
            case "disputed":
                return Column(text.disputed(r))
            case "sentence":
                return self._sentence(lang or "en", text)
            case _ if name in text.ontology.qualifiers:
                return Column(f"{r}.{quote(name)}")
        raise PlanError(f"a statement has no {name!r}")

    def _sentence(self, lang: str, text: Text) -> Column:
        relations = text.ontology.relations
        templates = {screaming(n): d.sentence.in_language(lang) for n, d in relations.items()}
        labels = [f"coalesce({n}.label_zh, {n}.name)" if lang == "zh" else f"{n}.name"
                  for n in self.ends]  # fmt: skip

        def tell(raw: Any, _: Any) -> str:
            relation, subject, object_, negated = raw
            said = templates[relation].format(subject=subject, object=object_)
            return NEGATION[lang].format(said) if negated else said

        return Column(listed([f"type({self.r})", *labels, f"{self.r}.negated"]), tell)

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Its subject, its object, its evidence, or itself."""
        if name == "self":
            return compiler.shape(shape, self)
        if name == "evidence":
            return evidence(self.r, shape, compiler)
        if name not in ("subject", "object"):
            raise PlanError(f"a statement leads to no {name!r}")
        known = self.subject if name == "subject" else self.object
        if known is not None:
            return compiler.shape(shape, EntityRecord(known))
        return compiler.node(shape, self.ends[name == "object"])


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source."""

    s: str

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the source."""
        known = {"readOn": "read_on", "statementCount": "statement_count"}
        return Column(f"{self.s}.{known.get(name, name)}")

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Nothing."""
        raise PlanError(f"a source leads to no {name!r}")


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One piece of evidence of an owner, by its place; `s`: its source, where that is matched."""

    owner: str
    i: str
    s: str | None = None

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the evidence."""
        part = {"locator": "evidence_places", "readOn": "evidence_days"}[name]
        return Column(f"{self.owner}.{part}[{self.i}]", _filled)

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Its source."""
        if self.s is not None:
            return compiler.shape(shape, SourceRecord(self.s))
        return compiler.shape(shape, IdRecord(f"{self.owner}.evidence[{self.i}]"))


@dataclass(frozen=True, slots=True)
class IdRecord:
    """A source of which only the id is told."""

    id: str

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """The id."""
        return Column(self.id)

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Nothing."""
        raise PlanError(f"a source leads to no {name!r}")


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event of an entity."""

    h: str

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the event."""
        match name:
            case "date" | "value":
                return Column(f"{self.h}.{name}")
            case "event":
                return Column(f"{self.h}.event", _screamed)
            case "label":
                labels = {n: e.label.model_dump() for n, e in text.ontology.events.items()}
                return Column(
                    f"{self.h}.event", lambda raw, _: labels[raw][lang] if lang else labels[raw]
                )
            case "note" if lang is not None:
                return Column(f"{self.h}.note_{lang}")
        raise PlanError(f"an event has no {name!r}")

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Its evidence."""
        return evidence(self.h, shape, compiler)


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change: its entity, its place among the changes that `param` holds, its parts there.

    `at` is the expression of [the entity, the event's place, the statement's id].
    """

    n: str
    i: str
    at: str
    param: str

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the change."""
        return Column(self.i, lambda raw, run: getattr(run.parameters[self.param][raw], name))

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Its entity, its event, its statement, or the evidence of either."""
        match name:
            case "entity":
                return compiler.shape(shape, EntityRecord(self.n))
            case "event":
                h = compiler.text.alias("h")
                return single(*self._event(h, compiler.shape(shape, EventRecord(h)), compiler))
            case "statement":
                said = self._said(compiler)
                return single(*self._statement(said, compiler.shape(shape, said), compiler))
        h, said = compiler.text.alias("h"), self._said(compiler)
        either = [
            single(*self._event(h, evidence(h, shape, compiler), compiler)),
            single(*self._statement(said, evidence(said.r, shape, compiler), compiler)),
        ]

        def tell(raw: Any, run: Any) -> Any:
            return next((c.read(r, run) for c, r in zip(either, raw, strict=True) if r), [])

        return Column(listed(column.text for column in either), tell)

    def _said(self, compiler: Compiler) -> StatementRecord:
        return StatementRecord(compiler.text.alias("r"), self.n, compiler.text.alias("o"))

    def _event(self, h: str, told: Column, compiler: Compiler) -> tuple[str, Tell]:
        return (
            f"MATCH ({self.n})-[:{HAD_EVENT}]->({h}:{EVENT}) WHERE {h}.place = {self.at}[1] "
            f"{returning(compiler.text, told.text)}", _if_there(told),
        )  # fmt: skip

    def _statement(
        self, said: StatementRecord, told: Column, compiler: Compiler
    ) -> tuple[str, Tell]:
        text = compiler.text
        types = text.types(list(text.ontology.relations))
        return (
            f"MATCH ({self.n})-[{said.r}{types}]->({said.object}) WHERE {said.r}.id = {self.at}[2] "
            f"{returning(text, told.text)}", _if_there(told),
        )  # fmt: skip


def _if_there(told: Column) -> Tell:
    return lambda raw, run: None if raw is None else told.read(raw, run)


Path = Callable[[Shape], Column]


@dataclass(frozen=True, slots=True)
class RowRecord:
    """A row: its node, the statement that led to it, and what else the way carries."""

    node: Callable[[Shape], Column]
    statement: StatementRecord | None = None
    length: str | None = None
    path: Path | None = None
    cursor: Column | None = None
    hits: tuple[Param, str] | None = None
    """The parameter that carries something for each row, and the expression of the row's place."""

    def get(self, name: str, lang: str | None, text: Text) -> Column:
        """A scalar of the row."""
        if name == "cursor" and self.cursor is not None:
            return self.cursor
        if name == "length" and self.length is not None:
            return Column(self.length)
        if name == "score" and self.hits is not None:
            return self._carried(lambda hit: hit["score"])
        if self.statement is None:
            raise PlanError(f"these rows have no {name!r}")
        return self.statement.get(name, lang, text)

    def _carried(self, read: Callable[[Any], Any]) -> Column:
        assert self.hits is not None
        param, place = self.hits
        name = param.name
        return Column(place, lambda raw, run: read(run.parameters[name][raw]))

    def follow(self, name: str, shape: Shape, compiler: Compiler) -> Column:
        """Its node, statement, path, evidence, or what matched."""
        match name:
            case "node":
                return self.node(shape)
            case "path" if self.path is not None:
                return self.path(shape)
            case "statement" if self.statement is not None:
                return compiler.shape(shape, self.statement)
            case "evidence" if self.statement is not None:
                return self.statement.follow(name, shape, compiler)
            case _ if self.hits is not None:
                told = plain(shape)
                return self._carried(lambda hit: told(hit[name]))
        raise PlanError(f"these rows lead to no {name!r}")


def evidence(owner: str, shape: Shape, compiler: Compiler) -> Column:
    """The evidence of a node or a relationship; sources are matched where more than ids is told."""
    text = compiler.text
    i = text.alias("i")
    places = f"range(0, coalesce(size({owner}.evidence), 0) - 1)"
    if not _asks_sources(shape):
        told = compiler.shape(shape, EvidenceRecord(owner, i))
        return Column(f"[{i} IN {places} | {told.text}]", each(told))
    s = text.alias("s")
    told = compiler.shape(shape, EvidenceRecord(owner, i, s))
    return Column(
        f"COLLECT {{ UNWIND {places} AS {i} MATCH ({s}:{SOURCE} "
        f"{{version_id: {text.version()} + '|' + {owner}.evidence[{i}]}}) "
        f"RETURN {told.text} ORDER BY {i} }}",
        each(told),
    )


def _asks_sources(shape: Shape) -> bool:
    """Whether a shape of evidence tells more of its source than the id."""
    inner = [value.shape for _, value in shape.fields if hasattr(value, "shape")]
    return any(isinstance(v, Get) and v.name != "id" for source in inner for _, v in source.fields)


def each(told: Column) -> Tell | None:
    """How a list of what is told is told."""
    tell = told.tell
    return None if tell is None else lambda raw, run: [tell(item, run) for item in raw]


def plain(shape: Shape) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """How a record that is a mapping here already is told: what matched, facets, tallies."""
    parts = [(key, _read(value)) for key, value in shape.fields]
    return lambda of: {key: read(of) for key, read in parts}


def _read(value: Value) -> Callable[[Mapping[str, Any]], Any]:
    match value:
        case Const(constant):
            return lambda of: constant
        case Get(name, None):
            return lambda of: of[name]
        case Get(name, lang):
            return lambda of: of[name].get(lang)
        case Ref(name, shape):
            told = plain(shape)
            return lambda of: told(of[name])
        case Each(name, shape):
            told = plain(shape)
            return lambda of: [told(item) for item in of[name]]
    raise PlanError(f"{value} has no place here")


def _screamed(raw: Any, _: Any) -> Any:
    return None if raw is None else _kept_screaming(raw)


_kept_screaming = lru_cache(maxsize=1_024)(screaming)


def _filled(raw: Any, _: Any) -> Any:
    """An empty text stands for what is not said."""
    return raw or None
