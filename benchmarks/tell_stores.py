"""What benchmarks.stores measured, as a part of the page."""

from __future__ import annotations

from benchmarks.report import table
from benchmarks.stores import CLIENTS, POOLS, Stores

STORES = """## Both stores

The five questions, asked by one client within the process: of the memory store, of the Neo4j store
({server} on the same machine), and of the driver alone with the very statement and parameters that
the store sent. Medians in ms; nothing is kept but statements, and the answers of both stores
are checked to be the same. *Driver* is the time on the processor for the bare statement, *database*
the rest of it (the network included), *ecograph* what the service takes on the processor beyond
that: parameters, names, JSON. *Beyond bare* is the service over the bare statement, by the clock.
"""

BEYOND = """What is beyond the bare statement is ecograph's share: some tenths of a millisecond for
cursors and JSON of each row, or for the choice among equal shortest paths, which is made in the
process so that both stores choose alike.
"""

POOL = """Requests a second by {clients} clients in threads, over a pool of so many connections:
"""


def tell(measured: Stores) -> list[str]:
    """The part's texts and tables."""
    rows = [
        [
            s.title, f"{s.memory:.3f}", f"{s.service:.2f}", f"{s.bare:.2f}",
            f"{max(0.0, s.bare - s.driver):.2f}", f"{s.driver:.2f}", f"{s.own:.2f}",
            f"{100 * s.beyond:.0f} %",
        ]
        for s in measured.shares
    ]  # fmt: skip
    heads = ["question", "memory", "Neo4j", "bare statement", "database", "driver", "ecograph",
             "beyond bare"]  # fmt: skip
    rates = [
        [title, *(f"{by_pool[pool]:,.0f}" for pool in POOLS)]
        for title, by_pool in measured.rates.items()
    ]
    return [
        STORES.format(server=measured.server), table(heads, rows), BEYOND,
        POOL.format(clients=CLIENTS), table(["question", *map(str, POOLS)], rates),
    ]  # fmt: skip
