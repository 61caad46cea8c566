"""Servers under load on one core, the load tool (wrk) on another, both on the loopback."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).parent / "post.lua"
CONNECTIONS = 8
SERVER_CORE, LOAD_CORE = 0, 1
SLOWEST_START = 60.0


class NoLoadTool(Exception):
    """wrk is not installed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server process."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    @property
    def memory(self) -> float:
        """Resident memory in MB; 0 where the system does not say."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return 0.0
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    @property
    def spent(self) -> float:
        """Processor time in seconds; the clock's where the system does not say."""
        schedule = Path(f"/proc/{self.process.pid}/schedstat")
        if not schedule.exists():
            return time.monotonic()
        return int(schedule.read_text().split()[0]) / 1e9

    def ask(self, bodies: list[bytes]) -> list[bytes]:
        """The answers to requests, one after the other."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        answers = []
        for body in bodies:
            connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
            answers.append(connection.getresponse().read())
        connection.close()
        return answers


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second of the server's processor time and of the clock; the median and the 99th
    percentile in ms; the share that was refused as the server was busy.

    Beside other work on the machine the first is steady, and the clock is not.
    """

    rate: float
    clock: float
    middle: float
    slow: float
    busy: float


def find_wrk() -> str:
    """The load tool. Raises: NoLoadTool, which says how to get it."""
    found = shutil.which("wrk")
    if found is None:
        raise NoLoadTool(
            "the HTTP part needs the load tool wrk: apt-get install wrk (Debian, Ubuntu), "
            "dnf install wrk (Fedora), brew install wrk (macOS)"
        )
    return found


def on_core(core: int) -> list[str]:
    """What to put before a command so that it keeps to one core, where the system can."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(core)] if taskset else []


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Server]:
    """A server of benchmarks.serve, ended when the block is left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.serve", name, str(port), str(folder)]
    process = subprocess.Popen([*on_core(SERVER_CORE), *command])
    try:
        _wait(process, port)
        yield Server(name, port, process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + SLOWEST_START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start within {SLOWEST_START:g} s")


def press(
    server: Server, path: str, bodies: Path, seconds: int, connections: int = CONNECTIONS, *,
    busy: bool = False,
) -> Measured:  # fmt: skip
    """Send the bodies of a file in turn for so many seconds.

    Raises: RuntimeError on an error; `busy` allows for 503.
    """
    command = [
        *on_core(LOAD_CORE), find_wrk(), "--threads", "1", "--connections", str(connections),
        "--duration", f"{seconds}s", "--timeout", "30s", "--script", str(SCRIPT),
        f"http://127.0.0.1:{server.port}", "--", str(bodies), path,
    ]  # fmt: skip
    before = server.spent
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=seconds + 60
    ).stdout
    spent = server.spent - before
    result = next(line for line in told.splitlines() if line.startswith("RESULT"))
    requests, duration, middle, slow, refused, wrong = map(int, result.split()[1:])
    if wrong or not requests or (refused and not busy):
        raise RuntimeError(f"{server.name}: {wrong + refused} of {requests} requests failed")
    return Measured(
        requests / spent, requests / duration * 1e6, middle / 1000, slow / 1000, refused / requests
    )
