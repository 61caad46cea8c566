"""python -m benchmarks: measure, print the page, and write it where told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

PARTS = ("http", "mixed", "ask", "memory", "paths", "start")
MORE = ("stores", "peer")
"""Measured where they are asked for: they need a Neo4j server, and the peer needs node."""


def main() -> int:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement [5]")
    parser.add_argument("--seconds", type=int, default=2, help="seconds of load a round [2]")
    parser.add_argument(
        "--only", choices=("all", *PARTS, *MORE), action="append", help="one part; may be repeated"
    )
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FILE",
        help="write the page to a file; other parts in it stay",
    )
    arguments = parser.parse_args()
    if arguments.rounds < 3:
        parser.error("--rounds: a spread needs 3 or more")
    if not 1 <= arguments.seconds <= 30:
        parser.error("--seconds: write 1 to 30")

    from benchmarks import ask, memory, mixed, over_http, paths, report, start
    from benchmarks.load import NoLoadTool

    rounds, seconds = arguments.rounds, arguments.seconds
    parts: dict[str, Callable[[], str]] = {
        "http": lambda: report.tell_http(over_http.measure(rounds, seconds), seconds),
        "mixed": lambda: report.tell_mixed(mixed.measure(rounds, seconds), seconds),
        "ask": lambda: report.tell_ask(ask.measure(rounds), rounds),
        "memory": lambda: report.tell_memory(memory.measure()),
        "paths": lambda: report.tell_paths(paths.measure(rounds)),
        "start": lambda: report.tell_starts(start.measure()),
        "stores": lambda: _tell_stores(rounds),
        "peer": lambda: _tell_peer(rounds, seconds),
    }
    wanted = arguments.only or PARTS
    try:
        told = [tell() for part, tell in parts.items() if part in wanted or "all" in wanted]
    except NoLoadTool as error:
        print(error, file=sys.stderr)
        return 1
    file: Path | None = arguments.write
    text = report.page(told, file.read_text("utf-8") if file and file.exists() else "")
    print(text)
    if file:
        file.write_text(text, "utf-8")
    return 0


def _tell_stores(rounds: int) -> str:
    from benchmarks import stores, tell_stores

    return "\n".join(tell_stores.tell(stores.measure(rounds)))


def _tell_peer(rounds: int, seconds: int) -> str:
    from benchmarks import peer

    return "\n".join(peer.tell(peer.measure(rounds, seconds)))


if __name__ == "__main__":
    sys.exit(main())
