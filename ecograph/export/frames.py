"""Entities and statements as tables of Arrow, with the types of their columns. Needs pyarrow.

Texts are strings, lists of texts lists, the values of enumerations categories. A statement has two
more columns than in other formats: `since_day` is the first day that `since` can mean, `until_day`
the last that `until` can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ecograph.errors import EcographError
from ecograph.model.dates import earliest, latest
from ecograph.model.flat import Columns, Flat, Record
from ecograph.model.graph import Graph

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

DAYS = ("since_day", "until_day")


def tabulate_entities(graph: Graph) -> pa.Table:
    """One row an entity. Raises: EcographError without pyarrow."""
    flat = Flat(graph)
    ontology = graph.ontology
    few = {"kind"} | {n for n, a in ontology.attributes.items() if a.type in ontology.enumerations}
    return _table(flat.entities(), flat.entity_columns, few, graph)


def tabulate_statements(graph: Graph) -> pa.Table:
    """One row a statement. Raises: EcographError without pyarrow."""
    flat = Flat(graph)
    ontology = graph.ontology
    few = {"relation"} | {
        n for n, q in ontology.qualifiers.items() if q.type in ontology.enumerations
    }
    return _table(map(_with_days, flat.statements()), flat.statement_columns, few, graph, DAYS)


def to_frames(graph: Graph) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The entities and the statements, each by its id. Raises: EcographError without pandas."""
    pandas = _need("pandas")
    arrow = _need("pyarrow")
    types: Mapping[Any, Any] = {
        arrow.string(): pandas.StringDtype(),
        arrow.int64(): pandas.Int64Dtype(),
        arrow.bool_(): pandas.BooleanDtype(),
    }
    entities, statements = (
        table.to_pandas(types_mapper=types.get, date_as_object=False).set_index("id")
        for table in (tabulate_entities(graph), tabulate_statements(graph))
    )
    return entities, statements


def _with_days(record: Record) -> Record:
    since, until = record["since"], record["until"]
    record["since_day"] = None if since is None else date.fromordinal(earliest(since))
    record["until_day"] = None if until is None else date.fromordinal(latest(until))
    return record


def _table(
    records: Iterable[Record], columns: Columns, few: set[str], graph: Graph,
    days: Iterable[str] = (),
) -> pa.Table:  # fmt: skip
    arrow = _need("pyarrow")
    types = {
        "text": arrow.string(), "texts": arrow.list_(arrow.string()), "integer": arrow.int64(),
        "boolean": arrow.bool_(),
    }  # fmt: skip
    category = arrow.dictionary(arrow.int32(), arrow.string())
    fields = [(name, category if name in few else types[type_]) for name, type_ in columns.items()]
    fields += [(day, arrow.date32()) for day in days]
    told = {
        "title": graph.title["en"], "version": graph.version, "as_of": graph.as_of,
        "license": graph.license,
    }  # fmt: skip
    return arrow.Table.from_pylist(list(records), schema=arrow.schema(fields, metadata=told))


def _need(library: str) -> Any:
    from importlib import import_module

    try:
        return import_module(library)
    except ImportError:
        raise EcographError(
            f"this needs {library}, which is not installed; run: pip install 'ecograph[pandas]'"
        ) from None
