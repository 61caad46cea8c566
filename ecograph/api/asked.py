"""Plain questions over the API: each reading is a document like any other, and is run as one.

May import: ask, model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import orjson
from graphql import GraphQLSchema, parse, validate

from ecograph.api.operations import read_operations
from ecograph.ask.answers import Answered, Answers
from ecograph.ask.asker import Asker
from ecograph.ask.readings import Understanding, names_a_class
from ecograph.ask.refusals import MOST_NEAREST
from ecograph.model.graph import Graph, Outline
from ecograph.model.names import NameIndex
from ecograph.model.ontology import Language, screaming
from ecograph.plan.steps import Const, Each, Get, Shape
from ecograph.settings import bundled

ASK = """query Ask($text: String!, $lang: Language) {
  ask(text: $text, lang: $lang) {
    text
    lang
    outcome
    sentence
    readings { understood sentence operation query variables totalCount ids data }
    nearest
  }
}
"""
"""The whole answer to a plain question."""

LANGUAGES: Mapping[str, Language] = {"EN": "en", "ZH": "zh"}
Answer = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]
"""A document and its variables -> the data of its answer."""


class PlainQuestions:
    """Understands and answers plain questions about one dataset version."""

    def __init__(self, core: GraphQLSchema, names: NameIndex, graph: Graph | Outline) -> None:
        # Another ontology may lack what a named operation asks for.
        operations = {
            name: operation.query
            for name, operation in read_operations(bundled("queries")).items()
            if not validate(core, parse(operation.document))
        }
        self.asker = Asker(names, graph.ontology, operations, graph.taxonomies, graph.as_of)
        self.answers = Answers(self.asker.sentences)

    def tell(self, text: str, lang: str | None, answer: Answer) -> dict[str, Any]:
        """The record of an answer: how the question was understood, and what each reading gives."""
        understood = self.asker.read(text, LANGUAGES.get(lang or ""))
        if not understood.readings:
            return _record(self._with_answers(understood, answer), [])
        told = [
            self.answers.tell(reading, answer(reading.query, reading.variables))
            for reading in understood.readings
        ]
        # Of readings that fit alike, those that the data says something about come first.
        told.sort(key=lambda one: one.empty)
        if all(one.empty and names_a_class(one.reading.meaning) for one in told):
            refused = self.asker.refusals.without_answer(understood)
            return _record(self._with_answers(refused, answer), [])
        if all(one.empty for one in told):
            understood, told = self._with_what_is_beside(understood, told, answer)
        return _record(understood, told)

    def _with_what_is_beside(
        self, understood: Understanding, told: list[Answered], answer: Answer
    ) -> tuple[Understanding, list[Answered]]:
        """An empty answer with what the data says of questions near it, told as such."""
        near = [
            self.answers.tell(reading, answer(reading.query, reading.variables))
            for reading in self.asker.beside(understood)
        ]
        near = [one for one in near if not one.empty]
        said = [text for one in near for text in (one.reading.understood, one.sentence)]
        gap = "" if understood.lang == "zh" else " "
        first = replace(told[0], sentence=gap.join((told[0].sentence, *said)))
        nearest = tuple(one.reading.understood for one in near)
        refused = self.asker.refusals.without_answer(understood)
        if not nearest and refused.offers:
            nearest = self._with_answers(refused, answer).nearest
        return replace(understood, nearest=nearest), [first, *told[1:]]

    def _with_answers(self, refused: Understanding, answer: Answer) -> Understanding:
        """A refusal that offers only what the data has an answer for."""
        ends = {
            f"n{at}": (one.thing, one.field)
            for at, one in enumerate(refused.offers)
            if one.field is not None
        }
        written = self.asker.writer.counts(ends)
        if written is None:
            return refused
        counted = answer(written.query, written.variables) or {}
        kept = [
            one.question
            for at, one in enumerate(refused.offers)
            if one.field is None or _is_told(counted.get(f"n{at}"), one.field)
        ]
        return replace(refused, nearest=tuple(kept[:MOST_NEAREST]))


def _is_told(thing: Mapping[str, Any] | None, field: str) -> bool:
    """Whether an attribute has a value, or a relation has ends."""
    told = (thing or {}).get(field)
    return bool(told.get("totalCount") if isinstance(told, Mapping) else told)


def tell(shape: Shape, record: Mapping[str, Any]) -> dict[str, Any]:
    """What a selection tells of a record that no store holds."""
    told: dict[str, Any] = {}
    for key, value in shape.fields:
        match value:
            case Const(text):
                told[key] = text
            case Each(name, inner):
                told[key] = [tell(inner, one) for one in record[name]]
            case Get(name):
                told[key] = record[name]
    return told


def _record(understood: Understanding, told: list[Answered]) -> dict[str, Any]:
    return {
        "text": understood.text,
        "lang": screaming(understood.lang),
        "outcome": "REFUSED" if not told else "CLEAR" if len(told) == 1 else "SEVERAL",
        "sentence": told[0].sentence if told else understood.refusal,
        "readings": [
            {
                "understood": one.reading.understood,
                "sentence": one.sentence,
                "operation": one.reading.operation,
                "query": one.reading.query,
                "variables": one.reading.variables,
                "totalCount": one.total,
                "ids": list(one.ids),
                "data": one.data,
            }
            for one in told
        ],
        "nearest": list(understood.nearest),
    }


def read_body(body: bytes) -> tuple[Mapping[str, Any] | None, list[dict[str, Any]]]:
    """The data of a response, and its errors."""
    told = orjson.loads(body)
    return told.get("data"), told.get("errors", [])
