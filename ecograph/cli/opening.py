"""The data of a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ecograph.cli.terminal import waiting
from ecograph.settings import bundled

if TYPE_CHECKING:
    from ecograph.model.graph import Graph
    from ecograph.service import Service


def open_asked(ctx: typer.Context, data: Path | None) -> Service:
    """The service over a folder; unless one is said, the service that the caller handed over."""
    from ecograph.service import Service, open_service

    if data is None and isinstance(ctx.obj, Service):
        return ctx.obj
    with waiting("Reading the data"):
        return open_service(data, deadline=None)


def load_asked(data: Path | None) -> Graph:
    """The graph of a folder, read from its texts. Raises: DataErrors."""
    from ecograph.load import load

    with waiting("Reading the data"):
        return load(data or bundled("data"))
