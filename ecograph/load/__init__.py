"""Records -> a checked Graph; all faults at once. May import: formats, model, errors."""

from __future__ import annotations

from pathlib import Path

from ecograph.load.pack import open_graph
from ecograph.model.graph import Graph

__all__ = ["load", "open_graph"]


def load(*folders: Path) -> Graph:
    """The graph of data folders, from their texts; ecograph.load.dataset says more.

    Raises: DataErrors.
    """
    # Only now, for it takes time: who opens a pack needs nothing that reads YAML.
    from ecograph.load.dataset import load

    return load(*folders)
