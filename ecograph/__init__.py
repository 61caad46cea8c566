"""A knowledge graph of the container ecosystem, with a GraphQL service.

`ecograph.open()` gives the service over the bundled dataset, or over a data folder:

    graph = ecograph.open()
    graph.query('{ dataset { entityCount } }')
    graph.around("runc").to_pandas()
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """`open` and `__version__`, looked up only where they are asked for."""
    if name == "open":
        from ecograph.service import open_service

        return open_service
    if name == "__version__":
        from importlib.metadata import version

        return version("ecograph")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
