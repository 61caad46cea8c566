"""The shared world in a database, and a database without anything of ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ecograph.model.graph import Graph
from ecograph.store.bolt_load import Loaded, Loader
from ecograph.store.database import Address, Database
from ecograph.store.schema import LABELS
from tests.neo4j.server import Place


def address_of(place: Place, **more: Any) -> Address:
    """A place as the store's address."""
    return Address(place.uri, place.user, place.password, **more)


def load_into(place: Place, graph: Graph, **more: Any) -> Loaded:
    """Load a graph; what it replaces goes at once."""
    database = Database(address_of(place))
    try:
        return Loader(database, grace=0, **more).load(graph)
    finally:
        database.close()


def ask(place: Place, text: str, **parameters: Any) -> list[list[Any]]:
    """The rows of a statement, asked by a driver of its own."""
    with place.driver() as driver:
        return [r.values() for r in driver.execute_query(text, parameters).records]


def empty(place: Place, labels: Iterable[str] = LABELS) -> None:
    """Take out everything of ours."""
    ask(place, f"MATCH (n:{'|'.join(labels)}) DETACH DELETE n")


def counts(place: Place) -> dict[str, int]:
    """How many nodes of each label of ours there are, and how many relationships."""
    nodes = ", ".join(f"COUNT {{ (:{label}) }} AS {label}" for label in LABELS)
    [row] = ask(place, f"RETURN {nodes}, COUNT {{ (:EcographEntity)-->() }} AS relationships")
    return dict(zip((*LABELS, "relationships"), row, strict=True))
