"""What a machine may lack: its tests are left out, and the run's last line says what for.

In CI (CI=true) nothing may be lacking: the tests are run, and fail. So does a file that is named on
the command line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.browser import find_browser

# A test file -> what it needs in words, and whether the machine has it.
NEEDS: dict[str, tuple[str, Callable[[], object]]] = {
    "test_browser.py": ("a browser (on Debian: apt install chromium)", find_browser),
}


def _lacks(file: str) -> bool:
    return file in NEEDS and not NEEDS[file][1]()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out a file whose need is not met; None lets others decide."""
    if os.environ.get("CI") != "true" and _lacks(collection_path.name):
        return True
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say it after everything else that a run prints."""
    yield
    lacking = [f"{NEEDS[file][0]} for {file}" for file in NEEDS if _lacks(file)]
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if lacking and reporter is not None:
        reporter.write_line(f"This machine lacks {'; '.join(lacking)}.", yellow=True)
