"""What a service over the shared world answers; every test module asks through here."""

from __future__ import annotations

from functools import cache
from typing import Any

from ecograph.model.graph import Graph
from ecograph.service import Service
from tests.world import world


def serve(graph: Graph) -> Service:
    """A service that keeps no answers and has no deadline, so that each run is a run."""
    return Service(graph, answer_cache=0, deadline=None)


@cache
def service() -> Service:
    """The service over the shared world."""
    return serve(world())


def data(document: str, of: Service | None = None, /, **variables: Any) -> Any:
    """The data of an answer without errors."""
    told = (of or service()).query(document, variables)
    assert "errors" not in told, told["errors"]
    return told["data"]


def partial(document: str, of: Service | None = None, /, **variables: Any) -> tuple[Any, list[Any]]:
    """The data and the errors of an answer in which single fields failed."""
    told = (of or service()).query(document, variables)
    return told["data"], told["errors"]


def refusal(document: str, of: Service | None = None, /, **variables: Any) -> Any:
    """The one error of a request that was not executed."""
    told = (of or service()).query(document, variables)
    assert told.keys() == {"errors"}, told
    (error,) = told["errors"]
    return error


def ids(nodes: Any) -> list[str]:
    """The ids of nodes, or of a connection's nodes, in order."""
    return [node["id"] for node in (nodes["nodes"] if isinstance(nodes, dict) else nodes)]
