"""The first load, and every later one that a change of the data folders asks for."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from ecograph.errors import StoreError
from ecograph.settings import Settings, find_folders
from ecograph.web.board import LOOK, Board
from ecograph.web.live import Live
from ecograph.web.metrics import Metrics

LONGEST_PAUSE = 5.0
"""Seconds between two tries to reach a database that does not answer yet."""
QUIET = 300
"""Milliseconds without a change after which a series of changes counts as over."""


async def watch(live: Live, settings: Settings) -> None:
    """Load the data if it is not, and again when it changes, if that is asked for."""
    if settings.store:
        await follow(live)
    if not settings.watch:
        if not live.loaded:
            await live.reload()
        return
    from watchfiles import awatch

    folders = find_folders(settings.data)
    changes = awatch(*folders, debounce=4 * QUIET, step=QUIET, recursive=True)
    # It watches from its first step on: what changes while the data is loaded counts too.
    changed = asyncio.ensure_future(anext(changes))
    try:
        await asyncio.sleep(0)
        if not live.loaded:
            await live.reload()
        await changed
    finally:
        changed.cancel()
    await live.reload()
    async for _ in changes:
        await live.reload()


async def follow(live: Live) -> None:
    """Read what a database answers with as soon as it does, and again when that changes."""
    pause = LOOK
    while live.current is None:
        await live.reload()
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    while True:
        # Where the database is away, /readyz says so; it is asked again in a second.
        with suppress(StoreError):
            if await asyncio.to_thread(live.service.is_outdated):
                await live.reload()
        await asyncio.sleep(LOOK)


async def share_board(board: Board, live: Live, metrics: Metrics) -> None:
    """Tell the other processes what this one counted, and load the data when one is asked to."""
    while True:
        board.post(metrics.tally().told())
        if board.is_asked():
            await live.reload()
        await asyncio.sleep(LOOK)
