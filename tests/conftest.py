"""What a machine may lack: its tests are left out, and the run's last line says what for.

In CI (CI=true) nothing may be lacking: the tests are run, and fail. So does a file that is named on
the command line.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.browser import find_browser

TESTS = Path(__file__).parent


def _has_packages(folder: str) -> bool:
    """Whether there is node, and what `npm ci` installs in a folder of the tests."""
    return shutil.which("node") is not None and (TESTS / folder / "node_modules").is_dir()


# A test file -> what it needs in words, and whether the machine has it.
NEEDS: dict[str, tuple[str, Callable[[], object]]] = {
    "test_browser.py": ("a browser (on Debian: apt install chromium)", find_browser),
    "test_clients.py": ("curl (on Debian: apt install curl)", lambda: shutil.which("curl")),
    "test_clients_node.py": (
        "node 18 or later with packages (npm ci --prefix tests/clients)",
        lambda: _has_packages("clients"),
    ),
    "test_http_audits.py": (
        "node 18 or later with packages (npm ci --prefix tests/audits)",
        lambda: _has_packages("audits"),
    ),
}


def _lacks(file: str) -> bool:
    return file in NEEDS and not NEEDS[file][1]()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out a file whose need is not met; None lets others decide."""
    if os.environ.get("CI") != "true" and _lacks(collection_path.name):
        return True
    return None


@pytest.fixture(autouse=True, scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept between starts goes into a folder of the run, and not into the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say it after everything else that a run prints."""
    yield
    lacking = [f"{NEEDS[file][0]} for {file}" for file in NEEDS if _lacks(file)]
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if lacking and reporter is not None:
        reporter.write_line(f"This machine lacks {'; '.join(lacking)}.", yellow=True)
