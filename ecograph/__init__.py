"""A knowledge graph of the container ecosystem, with a GraphQL service."""

from __future__ import annotations


def __getattr__(name: str) -> str:
    """`__version__`, looked up only where it is asked for."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("ecograph")
