"""A knowledge graph of the container ecosystem, with a GraphQL service."""

from importlib.metadata import version

__version__ = version("ecograph")
