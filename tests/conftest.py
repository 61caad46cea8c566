"""What a machine may lack: its tests are left out, and the run's last line says what for.

In CI (CI=true) nothing may be lacking: the tests are run, and fail. So does a file that is named on
the command line.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from ecograph.service import Service
from tests.browser import Browser, find_browser
from tests.foreign import READY, foreign_page, view_of
from tests.neo4j.server import NEED, Place, find_server, has_jars, neo4j_server
from tests.over_neo4j import Neo4j
from tests.serving import serving
from tests.world import world

TESTS = Path(__file__).parent


def _has_packages(folder: str) -> bool:
    """Whether there is node, and what `npm ci` installs in a folder of the tests."""
    return shutil.which("node") is not None and (TESTS / folder / "node_modules").is_dir()


# A test file, or a pattern of some -> what it needs in words, and whether the machine has it.
NEEDS: dict[str, tuple[str, Callable[[], object]]] = {
    "test_browser*.py": ("a browser (on Debian: apt install chromium)", find_browser),
    "test_browser_axe.py": (
        "axe-core (npm ci --prefix tests/axe)",
        (TESTS / "axe" / "node_modules").is_dir,
    ),
    "test_web_build.py": (
        "node 20 or later with packages (npm ci --prefix web)",
        lambda: shutil.which("node") and (TESTS.parent / "web" / "node_modules").is_dir(),
    ),
    "test_clients.py": ("curl (on Debian: apt install curl)", lambda: shutil.which("curl")),
    "test_clients_node.py": (
        "node 18 or later with packages (npm ci --prefix tests/clients)",
        lambda: _has_packages("clients"),
    ),
    "test_clients_mcp.py": (
        "node 18 or later with packages (npm ci --prefix tests/clients)",
        lambda: _has_packages("clients"),
    ),
    "test_http_audits.py": (
        "node 18 or later with packages (npm ci --prefix tests/audits)",
        lambda: _has_packages("audits"),
    ),
    "test_action.py": ("git and bash", lambda: shutil.which("git") and shutil.which("bash")),
    "test_curate_revisions.py": ("git", lambda: shutil.which("git")),
    "test_plugins_docusaurus.py": (
        "node 20 or later with packages (npm ci --prefix tests/docusaurus; "
        "npm ci --prefix plugins/docusaurus)",
        lambda: (
            _has_packages("docusaurus")
            and (TESTS.parent / "plugins" / "docusaurus" / "node_modules").is_dir()
        ),
    ),
    "test_neo4j_*.py": (NEED, find_server),
    "test_neo4j_faults.py": ("Java 17 with Maven, for a server to be killed", has_jars),
    "test_compose_config.py": (
        "docker-compose (on Debian: apt install docker-compose)",
        lambda: shutil.which("docker-compose"),
    ),
}
SERVERS = ("test_neo4j_", "test_browser")
"""How the names of files begin that share one server, or one browser."""
LACKING = pytest.StashKey[dict[str, None]]()
"""What the files of this run need and the machine lacks, as keys of NEEDS."""


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is known to be lacking yet."""
    config.stash[LACKING] = {}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file whose need is not met; None lets others decide."""
    for files, (_, is_met) in NEEDS.items():
        if fnmatch(collection_path.name, files) and not is_met():
            config.stash[LACKING][files] = None
            return True if os.environ.get("CI") != "true" else None
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where processes share a run, a file stays in one, and so do all files of one server."""
    for item in items:
        name = item.path.stem
        shared = next((one for one in SERVERS if name.startswith(one)), name)
        item.add_marker(pytest.mark.xdist_group(shared))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of the run found to be lacking."""
    lacking = getattr(node, "workeroutput", {}).get("lacking", ())
    node.config.stash[LACKING].update(dict.fromkeys(lacking))


@pytest.fixture(autouse=True, scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept between starts goes into a folder of the run, and not into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="module")
def _settled() -> Iterator[None]:
    """What a file leaves in the process is not looked at again by the collector.

    As in a server, which freezes what it has loaded: else each full collection of what all files
    keep takes a second and more, within whichever question is being answered then.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def neo4j_place() -> Iterator[Place]:
    """The Neo4j server of the run, started when the first test asks for it."""
    with neo4j_server() as place:
        yield place


@pytest.fixture(scope="session")
def neo4j(neo4j_place: Place) -> Iterator[Neo4j]:
    """The store over that server, which keeps what it holds from one file to the next."""
    server = Neo4j(neo4j_place)
    yield server
    server.close()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The one browser of the explorer's tests, started when the first asks for it."""
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="session")
def explorer() -> Iterator[str]:
    """Where a server of the shared world listens, without a / at its end."""
    with serving(Service(world())) as address:
        yield address


@pytest.fixture
def visitor(chromium: Browser, explorer: str) -> Iterator[Browser]:
    """A new page, which has asked no one but this machine when a test ends."""
    chromium.start_anew()
    yield chromium
    chromium.evaluate("0")
    here = ("http://127.0.0.1:", "data:", "blob:", "about:")
    assert [url for url in chromium.requests if not url.startswith(here)] == []


@pytest.fixture
def embedded(visitor: Browser, explorer: str) -> Iterator[Browser]:
    """A foreign page with a view that is ready; it complained of nothing when a test ends."""
    with foreign_page(explorer, view_of(explorer)) as address:
        visitor.open(address)
        visitor.wait_until(READY)
        yield visitor
    assert visitor.complaints == []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say it after everything else that a run prints."""
    found = session.config.stash[LACKING]
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["lacking"] = list(found)
    yield
    lacking = [f"{NEEDS[files][0]} for {files}" for files in found]
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if lacking and reporter is not None:
        reporter.write_line(f"This machine lacks {'; '.join(lacking)}.", yellow=True)
