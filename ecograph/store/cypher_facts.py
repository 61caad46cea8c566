"""Claims, facets and the dataset itself in Cypher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ecograph.errors import PlanError
from ecograph.model.ontology import screaming
from ecograph.plan.steps import Claim, Const, Count, Each, Get, Ref, Rows, Select, Shape
from ecograph.store.cypher_records import EntityRecord, StatementRecord, plain
from ecograph.store.cypher_text import (
    Asked,
    Column,
    Text,
    constant,
    listed,
    returning,
    single,
    where,
)
from ecograph.store.rows import LABELLED, told_facet
from ecograph.store.schema import ENTITY, VERSION, quote

if TYPE_CHECKING:
    from ecograph.store.cypher import Compiler

Part = Callable[[Sequence[Any], Asked], Any]


def in_form(select: Select, one: Column) -> Column:
    """What is told of the one row of a source that has one, or none, in the form of a select."""
    tell = one.tell
    assert tell is not None
    match select.form:
        case "one":
            return one
        case "list":
            return Column(one.text, lambda raw, run: [tell(raw, run)] if raw else [])
        case "count":
            return Column(one.text, lambda raw, run: len(raw))
    raise PlanError(f"a {select.of} is told as one, list or count, not as {select.form}")


def claim(select: Select, source: Claim, compiler: Compiler) -> Column:
    """What is said of one triple, and the verdict."""
    text = compiler.text
    a, b, r = text.alias("a"), text.alias("b"), text.alias("r")
    ontology = text.ontology
    named = ontology.by_enum_value
    name = text.value(source.relation)
    both = text.value(source.relation, "symmetric",
                      lambda value: ontology.relations[named[value]].symmetric)  # fmt: skip
    said = StatementRecord(r)
    columns: list[str] = []
    parts: list[tuple[str, Part]] = []

    def add(column: Column) -> Part:
        columns.append(column.text)
        place = len(columns) - 1
        return lambda raw, run: column.read(raw[0][place], run)

    told: list[Column] = []
    for key, value in select.shape.fields:
        match value:
            case Const(same):
                parts.append((key, constant(same)))
            case Get("verdict", _):
                parts.append((key, lambda raw, _: _verdict(raw[1])))
            case Get("relation", _):
                parts.append((key, lambda _, run: run.parameters[source.relation.name]))
            case Ref("subject", shape):
                parts.append((key, add(compiler.shape(shape, EntityRecord(a)))))
            case Ref("object", shape):
                parts.append((key, add(compiler.shape(shape, EntityRecord(b)))))
            case Each("statements", shape):
                told.append(compiler.shape(shape, said))
                parts.append((key, _each_said(told[-1], len(told) + 1)))
            case _:
                raise PlanError(f"a claim does not tell {value}")
    day = text.now()
    holds = f"{r}.from_day <= {day} AND {day} < {r}.until_day"
    found = listed([holds, f"{r}.negated", *(column.text for column in told)])
    types = text.types(list(ontology.relations))
    about = (
        f"COLLECT {{ MATCH ({a})-[{r}{types}]-({b}) WHERE type({r}) = {name} "
        f"AND (startNode({r}) = {a} OR {both}) {returning(text, found)} ORDER BY {r}.id_rank }}"
    )
    column = (
        f"MATCH {text.entity(a, source.subject)} MATCH {text.entity(b, source.object)} "
        f"{returning(text, listed([listed(columns), about]))}"
    )

    def tell_all(raw: Any, run: Asked) -> Any:
        return None if raw is None else {key: part(raw, run) for key, part in parts}

    return in_form(select, single(column, tell_all))


def _each_said(column: Column, place: int) -> Part:
    """What a column at a place tells of each statement of a claim."""
    return lambda raw, run: [column.read(said[place], run) for said in raw[1]]


def _verdict(found: Sequence[Sequence[Any]]) -> str:
    said = {negated for holds, negated, *_ in found if holds}
    return {
        (True, False): "KNOWN", (False, True): "DENIED", (True, True): "DISPUTED",
    }.get((False in said, True in said), "UNKNOWN")  # fmt: skip


def facets(select: Select, source: Count, start: str | None, compiler: Compiler) -> Column:
    """Counts by value over the entities of a select, one facet for each of `by`."""
    text = compiler.text
    told, ontology = plain(select.shape), text.ontology
    facet_rows, head = compiler.counted(source.over, start)
    ns = text.alias("ns")
    counts = [_counts(by, ns, compiler) for by in source.by]
    body = (
        f"{facet_rows} WITH collect({head}) AS {ns} "
        f"{returning(text, f'[size({ns}), {listed(counts)}]')}"
    )

    def tell(raw: Any, run: Asked) -> Any:
        # Where the select starts from a record, Cypher groups by it, and no rows make no group.
        total, found = raw or (0, [([], 0)] * len(source.by))
        several = []
        for by, (values, missing) in zip(source.by, found, strict=True):
            labels = {v[0]: {"en": v[2], **({"zh": v[3]} if v[3] is not None else {})}
                      for v in values if len(v) > 2}  # fmt: skip
            by_value = {v[0]: v[1] for v in values}
            facet = told_facet(by, by_value, total, missing, ontology, labels.__getitem__)
            several.append(told(facet))
        return several

    column = single(body, tell)
    match select.form:
        case "list":
            return column
        case "one":
            return single(body, lambda raw, run: next(iter(tell(raw, run)), None))
        case "count":
            return single(body, lambda raw, run: len(source.by))
    raise PlanError(f"facets are told as a list, not as {select.form}")


def _counts(by: str, ns: str, compiler: Compiler) -> str:
    """[[value, count, ...], how many have none] over a list of entities."""
    text = compiler.text
    i, v = text.alias("i"), text.alias("v")
    over = f"UNWIND range(0, size({ns}) - 1) AS {i} WITH {i}, {ns}[{i}] AS {v}n"
    if by == "category":
        if "classifiedIn" not in text.ontology.relations:
            return f"[[], size({ns})]"
        r, c = text.alias("r"), text.alias("n")
        pattern = f"({v}n)-[{r}{text.types(['classifiedIn'])}]->({c})"
        holding = where(text.holds(r))
        return (
            f"[COLLECT {{ {over} MATCH {pattern}{holding} WITH {c}, count(DISTINCT {i}) AS {v} "
            f"RETURN [{c}.id, {v}, {c}.name, {c}.label_zh] }}, "
            f"COUNT {{ {over} WHERE NOT EXISTS {{ MATCH {pattern}{holding} }} RETURN 1 }}]"
        )
    value = f"{v}n.kind" if by == "kind" else text.attribute(f"{v}n", by)
    labelled, told = "", ""
    if by in LABELLED:
        c = text.alias("n")
        labelled = f"MATCH {by_id(c, v, text)} "
        told = f", {c}.name, {c}.label_zh"
    return (
        f"[COLLECT {{ {over} WITH {value} AS {v} WHERE {v} IS NOT NULL "
        f"WITH {v}, count(*) AS {v}c {labelled}RETURN [{v}, {v}c{told}] }}, "
        f"COUNT {{ {over} WITH {value} AS {v} WHERE {v} IS NULL RETURN 1 }}]"
    )


def by_id(n: str, id_: str, text: Text) -> str:
    """The pattern of the entity whose id an expression is."""
    return f"({n}:{ENTITY} {{version_id: {text.version()} + '|' + {id_}}})"


def _at(place: int, column: Column) -> Part:
    """What is told of one of the columns."""
    return lambda raw, run: column.read(raw[place], run)


def dataset(select: Select, compiler: Compiler) -> Column:
    """The dataset, from the node of its version."""
    text = compiler.text
    v = text.alias("v")
    columns: list[str] = []
    parts: list[tuple[str, Part]] = []
    for key, value in select.shape.fields:
        match value:
            case Const(same):
                parts.append((key, constant(same)))
                continue
            case Get(name, lang):
                column = Column(_said(v, name, lang))
            case Each("kinds" | "relations" as name, shape):
                column = _tallies(v, name, shape, compiler)
            case Rows(inner):
                column = compiler.form(inner, None)
            case _:
                raise PlanError(f"a dataset does not tell {value}")
        columns.append(column.text)
        place = len(columns) - 1
        parts.append((key, _at(place, column)))
    body = (
        f"MATCH ({v}:{VERSION} {{version: {text.version()}}}) "
        f"{returning(text, listed(columns or ['true']))}"
    )

    def tell(raw: Any, run: Asked) -> Any:
        return None if raw is None else {key: part(raw, run) for key, part in parts}

    return in_form(select, single(body, tell))


def _said(v: str, name: str, lang: str | None) -> str:
    known = {
        "asOf": "as_of", "entityCount": "entity_count", "statementCount": "statement_count",
        "title": f"title_{lang}",
    }  # fmt: skip
    return f"{v}.{quote(known.get(name, name))}"


def _tallies(v: str, name: str, shape: Shape, compiler: Compiler) -> Column:
    ontology = compiler.text.ontology
    told = plain(shape)
    one = "kind" if name == "kinds" else "relation"
    parts: Any = ontology.kinds if name == "kinds" else ontology.relations
    known = [(n, screaming(n), part.label.model_dump()) for n, part in parts.items()]

    def tell(raw: Any, _: Asked) -> Any:
        counts = dict(zip(*raw, strict=True))
        return [
            told({one: shown, "label": label, "count": counts.get(n, 0)})
            for n, shown, label in known
        ]

    return Column(listed([f"{v}.{name}", f"{v}.{one}_counts"]), tell)
