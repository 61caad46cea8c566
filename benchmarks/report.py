"""What was measured, as the page docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.ask import Asked
from benchmarks.memory import Grown
from benchmarks.mixed import Mixed
from benchmarks.over_http import OverHttp
from benchmarks.paths import Searched

INTRODUCTION = """# Benchmarks

Made by `make bench ARGS="--only all --write docs/benchmarks.md"`, which takes half an hour and
needs the load tool `wrk` (Debian: `apt-get install wrk`); the last two parts need a Neo4j server as
the tests do, and node with `npm ci --prefix benchmarks/neo4j_graphql`. `--only mixed` measures one
part, and leaves the others in the file as they are. All of it is generated, from the same numbers
on every machine: see `benchmarks/`.
"""

HTTP = """## Questions over HTTP

A graph of 5,000 entities and 25,000 statements; one server process on one core, `wrk` with
{connections} connections on another. Each question is asked with 200 settings of its variables in
turn. Four servers answer in turn, {rounds} rounds of {seconds} s each:

- **uvicorn alone** sends the same bytes from a list and does not even read the request (uvloop,
  httptools, no access log);
- **not cached**: ecograph with `--answer-cache 0`. Documents and plans are kept, as always, and so
  are *fragments*: what is told of one entity or statement under one selection is encoded once. So
  are, for paths, the entities one and two steps from each that a search met. No whole answer and
  no path is kept, and every path is searched anew;
- **cached**: ecograph as it is served, its answers kept;
- **strawberry**: types, resolvers and executor as its documentation has them, on the same
  snapshot, over an HTTP part as bare as uvicorn's. Its answers are checked to be the same.

Requests are counted per second of the server's processor time, which other work on the machine
disturbs little; a figure in brackets is the range over the rounds.
"""

MIXED = """## Mixed questions at many connections

All named operations over the bundled dataset, POST, {bodies} different bodies in an order of
chance: each operation with its example, with names of other things of the same kind, and with
other sizes of pages; {bytes} bytes an answer. One server process on one core, `wrk` with
{connections} connections on another; {rounds} rounds of {seconds} s each, in which the servers
answer in turn. uvicorn alone sends the same bytes from a list. Without limits no question is
refused for what it costs, the queue has no end that is met, and no deadline passes (`--limit none
--queued 10000 --deadline 3600`). At {connections} connections more long questions may come at once
than run and wait by default: those that are refused are counted in the last column, and are
answered with 503.
"""

MEMORY = """## Memory

Resident memory of the server with all defaults over the bundled dataset, after each named
operation was asked once, and again after {questions} distinct questions more, one after the other.
It must not grow by more than {bound} MB. What is kept is bounded in bytes: answers, replies,
documents with their plans, fragments, neighbours.
"""

ASK = """## Plain questions

Milliseconds that `ask` takes, in one process on one core: all questions of the tests' tables, of
each the median of {rounds} rounds. *Read* is the grammar alone; *answered* is the field `ask`, with
the documents of the readings run and told in words, and no answer kept. A question is to take less
than {limit:g} ms; *of the limit* is the share that the slowest one takes. The first time that a
document is asked it is checked and planned as well, which is once a dataset version.
"""

PATHS = """## Shortest paths

`ecograph.store.walk.shortest` against `networkx.bidirectional_shortest_path` on the same links, 300
pairs (10 on the ladder), median of a search. ecograph finds the smallest of all the shortest paths
and the statement of each hop, networkx any one of them and its nodes. Neighbours are kept once they
were asked for; up to 16,384 entities so is what is two steps away (docs/decisions/0012).
"""

START = """## Start

Seconds, each in a process of its own. The first start reads and checks the text, and packs the
graph; the second one finds the pack.
"""


HEADS = [
    *(text.partition("\n")[0] for text in (HTTP, MIXED, ASK, MEMORY, PATHS, START)),
    "## Both stores",
    "## Side by side with @neo4j/graphql",
]
"""The first lines of the parts, in their order."""


def page(told: Sequence[str], before: str = "") -> str:
    """The page with the parts that were measured, and beside them those of a page before."""
    old = [f"## {part.strip()}\n" for part in before.split("\n## ")[1:]]
    parts = {part.partition("\n")[0]: part for part in (*old, *told)}
    known = [parts[head] for head in HEADS if head in parts]
    return "\n".join([INTRODUCTION, f"The machine: {machine()}.\n", *known])


def machine() -> str:
    """The machine in general terms."""
    cores = os.cpu_count() or 1
    return (
        f"{cores} virtual cores that other work shares, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def tell_http(http: OverHttp, seconds: int) -> str:
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
    memory = ", ".join(f"{RESIDENT[name]} {value:.0f} MB" for name, value in http.memory.items())
    return "\n".join(
        [
            HTTP.format(connections=CONNECTIONS, rounds=rounds, seconds=seconds),
            table(heads, told),
            f"Resident memory after the load: {memory}.\n",
        ]
    )


RESIDENT = {
    "bundled": "ecograph with the bundled dataset, after all of its entities were asked for",
    "uncached": "not cached", "cached": "cached", "stock": "strawberry", "bare": "uvicorn alone",
}  # fmt: skip


def tell_mixed(mixed: Mixed, seconds: int) -> str:
    """The table of the servers under mixed questions."""
    from statistics import median

    from benchmarks.mixed import CONNECTIONS

    rows = [
        [
            SERVERS[name],
            f"{median(m.rate for m in rounds):,.0f}",
            percent(mixed.ratios(name)),
            f"{median(m.clock for m in rounds):,.0f}",
            f"{median(m.middle for m in rounds):.1f} ms",
            f"{median(m.slow for m in rounds):.1f} ms",
            f"{100 * median(m.busy for m in rounds):.1f} %",
        ]
        for name, rounds in mixed.rounds.items()
    ]
    heads = [
        "server", "/s of processor time", "of uvicorn alone", "/s by the clock", "half within",
        "99 % within", "refused as busy",
    ]  # fmt: skip
    about = MIXED.format(
        connections=CONNECTIONS, rounds=len(mixed.rounds["bare"]), seconds=seconds,
        bodies=f"{mixed.bodies:,}", bytes=f"{mixed.bytes:,}",
    )  # fmt: skip
    return f"{about}\n{table(heads, rows)}"


SERVERS = {
    "bare": "uvicorn alone", "served": "ecograph, all defaults",
    "unkept": "no answers kept", "unlimited": "no answers kept, no limits",
}  # fmt: skip


def tell_memory(grown: Sequence[Grown]) -> str:
    """The table of the memory before and after."""
    from benchmarks.memory import BOUND, QUESTIONS

    rows = [
        [g.title, f"{g.before:.0f} MB", f"{g.after:.0f} MB", f"{g.after - g.before:+.1f} MB"]
        for g in grown
    ]
    about = MEMORY.format(questions=f"{QUESTIONS:,}", bound=f"{BOUND:g}")
    return f"{about}\n{table(['questions', 'before', 'after', 'grown by'], rows)}"


def tell_ask(asked: Iterable[Asked], rounds: int) -> str:
    """The table of the questions in words."""
    from benchmarks.ask import LIMIT

    rows = [
        [
            f"{a.questions} {a.title}", f"{a.middle:.2f} ms", f"{a.slow:.2f} ms",
            f"{a.worst:.2f} ms", f"{100 * a.worst / LIMIT:.0f} %" if a.held else "", a.question,
        ]
        for a in asked
    ]  # fmt: skip
    heads = ["", "half within", "99 % within", "slowest", "of the limit", "which"]
    return f"{ASK.format(rounds=rounds, limit=LIMIT)}\n{table(heads, rows)}"


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
    heads = ["entities / statements", "hops", "ecograph", "networkx", "times as fast"]
    return f"{PATHS}\n{table(heads, rows)}"


def tell_starts(starts: Mapping[str, Mapping[str, float]]) -> str:
    """The table of the starts."""
    parts = list(next(iter(starts.values())))
    rows = [[name, *(f"{taken[p]:.3f}" for p in parts)] for name, taken in starts.items()]
    return f"{START}\n{table(['', *parts], rows)}"


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
