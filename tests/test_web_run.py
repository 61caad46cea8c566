"""The server as processes: it starts, reloads, and ends in order."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from ecograph.settings import bundled

SECONDS = 60.0
TOKEN = "a-token-of-the-tests"


class Started:
    """A server process and what it said."""

    def __init__(self, process: subprocess.Popen[str], base: str) -> None:
        self.process = process
        self.base = base

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Any]:
        request = urllib.request.Request(self.base + path, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def wait_for(self, path: str, wanted: str) -> str:
        """The body of a path once it holds a text."""
        told = ""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                told = str(self.get(path)[1], "utf-8")
            except OSError:
                told = ""
            if wanted in told:
                return told
            time.sleep(0.1)
        raise AssertionError(f"{path} never told {wanted!r}")


@contextmanager
def serving(*flags: str | Path, errors: Path) -> Iterator[Started]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ECOGRAPH_")}
    with (
        errors.open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "ecograph", "serve", "--port", "0", *flags],
            env=ours | {"ECOGRAPH_TOKEN": TOKEN},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        ) as process,
    ):
        deadline = Timer(2 * SECONDS, process.kill)
        deadline.start()
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found, errors.read_text()
            yield Started(process, found[0])
        finally:
            deadline.cancel()
            process.terminate()
            try:
                process.wait(SECONDS)
            finally:
                process.kill()


def test_changed_data_is_served_and_faulty_data_is_not(tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    shutil.copytree(bundled("data"), data)
    with serving("--data", data, "--watch", errors=log) as server:
        first = json.loads(server.wait_for("/readyz", '"ready"'))["version"]
        extra = data / "entities" / "extra-of-the-test.yaml"
        # Written again until it is seen: the watching may begin after the first answer.
        until = time.monotonic() + SECONDS
        while "faults" not in (told := server.get("/readyz")[1].decode()):
            assert time.monotonic() < until
            extra.write_text(f"- nonsense: {time.monotonic()}\n")
            time.sleep(1)
        assert json.loads(told)["version"] == first
        assert "extra-of-the-test.yaml" in told
        assert "ecograph_data_faulty 1.0" in server.get("/metrics")[1].decode()
        assert server.get("/graphql?query=%7Bdataset%7Bversion%7D%7D")[0] == 200
        extra.unlink()
        assert json.loads(server.wait_for("/readyz", f'{{"status":"ready","version":"{first}"}}'))
    assert "extra-of-the-test.yaml" in log.read_text()


def test_several_processes_answer_reload_and_end_together(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving("--workers", "2", errors=log) as server:
        server.wait_for("/readyz", '"ready"')
        assert server.get("/admin/reload", "POST", Authorization="Bearer nothing")[0] == 401
        # A worker that starts after a reload was asked for has the data of then.
        for asked in range(1, 20):
            status, body = server.get("/admin/reload", "POST", Authorization=f"Bearer {TOKEN}")
            assert (status, json.loads(body)["result"]) == (200, "unchanged")
            time.sleep(2.5)
            told = server.get("/metrics")[1].decode()
            counted = re.search(r'ecograph_loads_total{result="unchanged"} (\d+)', told)
            assert counted
            if int(counted[1]) > asked:
                break
        else:
            raise AssertionError("the other worker never loaded the data anew")
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(SECONDS) == 0
    assert TOKEN not in log.read_text()


def test_data_with_faults_at_the_start_ends_the_server_with_the_report(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(bundled("data"), data)
    (data / "entities" / "extra-of-the-test.yaml").write_text("- nonsense: 1\n")
    for flags in ((), ("--workers", "2")):
        done = subprocess.run(
            [sys.executable, "-m", "ecograph", "serve", "--port", "0", "--data", data, *flags],
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 1
        assert "extra-of-the-test.yaml" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_interrupt_or_a_termination_is_no_traceback(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(errors=log) as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(SECONDS) in (0, -signal.SIGTERM)
    assert "Traceback" not in log.read_text()
