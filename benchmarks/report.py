"""What was measured, as the page docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.over_http import OverHttp
from benchmarks.paths import Searched

INTRODUCTION = """# Benchmarks

Made by `make bench ARGS="--only all --write docs/benchmarks.md"`, which takes twenty minutes and
needs the load tool `wrk` (Debian: `apt-get install wrk`); the last two parts need a Neo4j server as
the tests do, and node with `npm ci --prefix benchmarks/neo4j_graphql`. All of it is generated, from
the same numbers on every machine: see `benchmarks/`.
"""

HTTP = """## Questions over HTTP

A graph of 5,000 entities and 25,000 statements; one server process on one core, `wrk` with
{connections} connections on another. Each question is asked with 200 settings of its variables in
turn. Four servers answer in turn, {rounds} rounds of {seconds} s each:

- **uvicorn alone** sends the same bytes from a list and does not even read the request (uvloop,
  httptools, no access log);
- **not cached**: ecograph with `--answer-cache 0`. Documents and plans are kept, as always, and so
  are *fragments*: what is told of one entity or statement under one selection is encoded once. No
  whole answer is kept, and every path is searched anew;
- **cached**: ecograph as it is served, its answers kept;
- **strawberry**: types, resolvers and executor as its documentation has them, on the same
  snapshot, over an HTTP part as bare as uvicorn's. Its answers are checked to be the same.

Requests are counted per second of the server's processor time, which other work on the machine
disturbs little; a figure in brackets is the range over the rounds.
"""

PATHS = """## Shortest paths

`ecograph.store.walk.shortest` against `networkx.bidirectional_shortest_path` on the same links, 300
pairs (10 on the ladder), median of a search. ecograph finds the smallest of all the shortest paths
and the statement of each hop, networkx any one of them and its nodes. Neighbours are kept once they
were asked for.
"""

START = """## Start

Seconds, each in a process of its own. The first start reads and checks the text, and packs the
graph; the second one finds the pack.
"""


def page(http: OverHttp | None, seconds: int, paths: Sequence[Searched] | None,
         starts: Mapping[str, Mapping[str, float]] | None,
         more: Iterable[str] = ()) -> str:  # fmt: skip
    """The page, with the parts that were measured."""
    parts = [INTRODUCTION, f"The machine: {machine()}.\n"]
    if http is not None:
        parts += tell_http(http, seconds)
    if paths is not None:
        parts += [PATHS, tell_paths(paths)]
    if starts is not None:
        parts += [START, tell_starts(starts)]
    parts += more
    return "\n".join(parts)


def machine() -> str:
    """The machine in general terms."""
    cores = os.cpu_count() or 1
    return (
        f"{cores} virtual cores that other work shares, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def tell_http(http: OverHttp, seconds: int) -> list[str]:
    """The table of the questions, and the memory."""
    from benchmarks.load import CONNECTIONS

    rounds = len(http.asked[0].rounds["bare"])
    told = [
        [
            asked.title,
            f"{asked.bytes:,}",
            f"{asked.rate('bare'):,.0f}",
            f"{asked.rate('uncached'):,.0f}",
            percent(asked.ratios("uncached", "bare")),
            f"{asked.rate('cached'):,.0f}",
            percent(asked.ratios("cached", "bare")),
            times(asked.ratios("uncached", "stock")),
            f"{asked.slow('uncached'):.1f} ms",
        ]
        for asked in http.asked
    ]
    heads = [
        "question", "bytes", "uvicorn alone, /s", "not cached, /s", "of uvicorn alone",
        "cached, /s", "of uvicorn alone", "not cached: times strawberry", "99 % within",
    ]  # fmt: skip
    memory = ", ".join(f"{MEMORY[name]} {value:.0f} MB" for name, value in http.memory.items())
    return [
        HTTP.format(connections=CONNECTIONS, rounds=rounds, seconds=seconds),
        table(heads, told),
        f"Resident memory after the load: {memory}.\n",
    ]


MEMORY = {
    "bundled": "ecograph with the bundled dataset, after all of its entities were asked for",
    "uncached": "not cached", "cached": "cached", "stock": "strawberry", "bare": "uvicorn alone",
}  # fmt: skip


def tell_paths(paths: Iterable[Searched]) -> str:
    """The table of the searches."""
    from statistics import median

    rows = [
        [
            s.title, f"{s.hops:g}", f"{median(s.ours):,.0f} µs", f"{median(s.networkx):,.0f} µs",
            times(s.ratios()),
        ]
        for s in paths
    ]  # fmt: skip
    return table(["entities / statements", "hops", "ecograph", "networkx", "times as fast"], rows)


def tell_starts(starts: Mapping[str, Mapping[str, float]]) -> str:
    """The table of the starts."""
    parts = list(next(iter(starts.values())))
    rows = [[name, *(f"{taken[p]:.3f}" for p in parts)] for name, taken in starts.items()]
    return table(["", *parts], rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def percent(ratios: Sequence[float]) -> str:
    """The median of ratios in per cent, and their range."""
    low, middle, high = _spread([100 * r for r in ratios])
    return f"{middle:.0f} % ({low:.0f}-{high:.0f})"


def times(ratios: Sequence[float]) -> str:
    """The median of ratios, and their range."""
    low, middle, high = _spread(ratios)
    digits = 0 if middle >= 10 else 2
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    from statistics import median

    return min(values), median(values), max(values)
