"""`ecograph serve --store` as a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.commands import ROOT

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, the version of the dataset, and the body as JSON."""

    status: int
    version: str
    body: Any


@dataclass(frozen=True, slots=True)
class Served:
    """A server by its port; what it writes to standard error is in a file."""

    port: int
    log: Path

    def get(self, path: str) -> Reply:
        """GET a path."""
        return self._send("GET", path, None)

    def ask(self, document: str) -> Reply:
        """Ask a question, whose status says what became of it."""
        return self._send("POST", "/graphql", document)

    def _send(self, method: str, path: str, document: str | None) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            body = None if document is None else json.dumps({"query": document})
            headers = {
                "content-type": "application/json",
                "accept": "application/graphql-response+json, application/json;q=0.9",
            }
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            return Reply(
                reply.status, reply.getheader("x-dataset-version", ""), json.loads(reply.read())
            )
        finally:
            connection.close()

    def wait(self, is_so: Callable[[Reply], bool], path: str = "/readyz") -> Reply:
        """The first reply of a path for which something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so(reply := self.get(path)):
            assert time.monotonic() < end, (reply, self.log.read_text())
            time.sleep(0.1)
        return reply

    def wait_ready(self) -> Reply:
        """The reply of /readyz once it is ready."""
        return self.wait(lambda reply: reply.status == 200)


@contextmanager
def serving_store(folder: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    """A server over a database, which need not be there; it ends with the block."""
    log = folder / "serve.txt"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "ecograph", "serve", "--port", "0", *arguments],
            cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"this at http://[^ ]+:(\d+)/", first)
        assert found, first + log.read_text()
        yield Served(int(found[1]), log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
