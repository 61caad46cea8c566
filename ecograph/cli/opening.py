"""The data of a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecograph.cli.terminal import waiting
from ecograph.settings import find_folders

if TYPE_CHECKING:
    from ecograph.model.graph import Graph
    from ecograph.service import Service


Folders = Annotated[
    list[Path] | None,
    typer.Option(
        help="Data folder, the bundled one unless said; to be repeated: later ones amend the first."
    ),
]


def open_asked(ctx: typer.Context, data: Sequence[Path] | None) -> Service:
    """The service over folders; unless one is said, the service that the caller handed over."""
    from ecograph.service import Service, open_service

    if not data and isinstance(ctx.obj, Service):
        return ctx.obj
    with waiting("Reading the data"):
        return open_service(data or (), deadline=None)


def load_asked(data: Sequence[Path] | None) -> Graph:
    """The graph of folders, read from their texts. Raises: DataErrors."""
    from ecograph.load import load

    with waiting("Reading the data"):
        return load(*find_folders(data))
