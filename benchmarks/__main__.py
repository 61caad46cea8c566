"""python -m benchmarks: measure, print the page, and write it where told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

PARTS = ("http", "paths", "start")
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
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page to a file")
    arguments = parser.parse_args()
    if arguments.rounds < 3:
        parser.error("--rounds: a spread needs 3 or more")
    if not 1 <= arguments.seconds <= 30:
        parser.error("--seconds: write 1 to 30")

    from benchmarks import over_http, paths, start
    from benchmarks.load import NoLoadTool
    from benchmarks.report import page

    wanted = arguments.only or PARTS
    if "all" in wanted:
        wanted = (*PARTS, *MORE)
    try:
        http = over_http.measure(arguments.rounds, arguments.seconds) if "http" in wanted else None
        more = _measure_more(wanted, arguments.rounds, arguments.seconds)
    except NoLoadTool as error:
        print(error, file=sys.stderr)
        return 1
    text = page(
        http,
        arguments.seconds,
        paths.measure(arguments.rounds) if "paths" in wanted else None,
        start.measure() if "start" in wanted else None,
        more,
    )
    print(text)
    if arguments.write:
        arguments.write.write_text(text, "utf-8")
    return 0


def _measure_more(wanted: Collection[str], rounds: int, seconds: int) -> list[str]:
    """The parts about a database, told. Raises: NoLoadTool."""
    told: list[str] = []
    if "stores" in wanted:
        from benchmarks import stores, tell_stores

        told += tell_stores.tell(stores.measure(rounds))
    if "peer" in wanted:
        from benchmarks import peer

        told += peer.tell(peer.measure(rounds, seconds))
    return told


if __name__ == "__main__":
    sys.exit(main())
