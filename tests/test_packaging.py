"""The wheel alone serves and checks the dataset, in any folder and without a checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Timer
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
SECONDS = 60


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What a command printed; a failed one fails the test with what it said."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    run("build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    [built] = out.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the wheel's package comes before the checkout's."""
    site = tmp_path_factory.mktemp("site")
    run("pip", "install", "--no-deps", "--no-index", "--target", site, wheel, cwd=site)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ECOGRAPH_")}
    return ours | {"PYTHONPATH": str(site), "PYTHONUTF8": "1"}


@contextmanager
def serving(cwd: Path, env: dict[str, str]) -> Iterator[int]:
    """The port of a server that runs until the block ends."""
    command = [sys.executable, "-m", "ecograph", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        # A server that says nothing is ended, so that reading its lines comes to an end too.
        deadline = Timer(SECONDS, process.kill)
        deadline.start()
        try:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                    yield int(found[1])
                    break
            else:
                pytest.fail(f"the server named no address; it said: {said!r}")
        finally:
            deadline.cancel()
            process.kill()


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["data", "docs", "queries"])
def test_wheel_carries_every_file_of(folder: str, wheel: Path) -> None:
    prefix = "ecograph/_bundled/"
    with ZipFile(wheel) as archive:
        carried = {name.removeprefix(prefix) for name in archive.namelist() if prefix in name}
    expected = files_below(ROOT / folder)
    assert expected
    assert {name for name in carried if name.startswith(f"{folder}/")} == expected


def test_wheel_carries_the_pages_and_the_ide(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if "/web/static/" in name}
    assert carried == files_below(ROOT / "ecograph" / "web" / "static")
    assert "ecograph/web/static/ide/graphiql-4.1.2.min.js" in carried


def test_wheel_carries_both_licences(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        texts = {
            name.partition("/licenses/")[2]: archive.read(name).decode()
            for name in archive.namelist()
            if "/licenses/" in name
        }
    assert sorted(texts) == ["LICENSE", "data/LICENSE"]
    assert "Apache License" in texts["LICENSE"]
    assert texts["data/LICENSE"].startswith("Attribution 4.0 International\n")


def test_installed_package_is_the_wheels(installed: dict[str, str], tmp_path: Path) -> None:
    where = run("ecograph", "--version", cwd=tmp_path, env=installed)
    assert "0.1.0" in where
    found = subprocess.run(
        [sys.executable, "-c", "import ecograph; print(ecograph.__file__)"],
        cwd=tmp_path,
        env=installed,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    ).stdout.strip()
    assert Path(found).parent == Path(installed["PYTHONPATH"]) / "ecograph"


def test_installed_package_checks_its_own_data_in_an_empty_folder(
    installed: dict[str, str], tmp_path: Path
) -> None:
    run("ecograph", "check", cwd=tmp_path, env=installed)
    assert list(tmp_path.iterdir()) == []


def test_installed_package_serves_its_own_data_in_an_empty_folder(
    installed: dict[str, str], tmp_path: Path
) -> None:
    with serving(tmp_path, installed) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(
            "POST",
            "/graphql",
            body=json.dumps({"query": "{ dataset { entityCount } }"}),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
    assert response.status == 200
    assert answer["data"]["dataset"]["entityCount"] >= 60
    assert "errors" not in answer
