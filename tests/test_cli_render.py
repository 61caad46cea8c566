"""ecograph render: the same pictures as files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ecograph.service import Service
from ecograph.web.app import make_app
from tests.commands import Done
from tests.commands import call as run
from tests.drawing import OPERATIONS, read
from tests.named import larger_world
from tests.test_view_compose import UNDRAWN
from tests.test_web_named import call

PATH = ("Path", "--set", "from=docker-engine", "--var", "to=oci-runtime-spec")
ASKED = "from=docker-engine&to=oci-runtime-spec"


@cache
def service() -> Service:
    return Service(larger_world())


def render(*arguments: str) -> Done:
    return run("render", *arguments, service=service())


@pytest.mark.parametrize("form", ["svg", "mmd", "dot", "json", "csv", "md"])
def test_a_file_is_what_a_server_gives(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"path.{form}"
    done = render(*PATH, "-o", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    served = call(f"/q/Path.{form}?{ASKED}", of=make_app(service()), host="")
    assert file.read_bytes() == served.body


def test_without_a_file_it_is_printed() -> None:
    assert render(*PATH).stdout.startswith("<svg ")
    assert render(*PATH, "--form", "mmd").stdout.startswith("%% From Docker Engine")


def test_things_link_to_a_server_that_is_named() -> None:
    assert "/e/runc" not in render(*PATH).stdout
    assert 'href="https://graph.example/e/runc"' in render(
        *PATH, "--base", "https://graph.example/"
    ).stdout  # fmt: skip


def test_a_page_needs_nothing_beside_it() -> None:
    text = render(*PATH, "--form", "html", "--lang", "zh", "--theme", "dark").stdout
    assert "从 Docker 引擎 到 OCI 运行时规范" in text
    assert "<script" not in text
    assert "src=" not in text


def test_all_writes_every_question_in_every_form(tmp_path: Path) -> None:
    done = render("--all", str(tmp_path / "out"))
    written = {path.name for path in (tmp_path / "out").iterdir()}
    failed = {line.split(":")[1].strip() for line in done.stderr.splitlines()}
    assert done.returncode == (1 if failed else 0)
    for name in OPERATIONS.keys() - failed:
        forms = {"json", "csv", "md"} | (
            set() if name in UNDRAWN else {"svg", "html", "mmd", "dot"}
        )
        assert {f"{name}.{form}" for form in forms} <= written
    assert "index.html" in written
    for path in (tmp_path / "out").glob("*.svg"):
        read(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Dataset",), "Dataset gives nothing that can be drawn; there are: json, csv, md"),
        (("Pth",), "unknown operation 'Pth'; did you mean: Path, Paths?"),
        ((), "say either a named operation or --all FOLDER"),
        (("Path", "-o", "x.png"), "-o: 'x.png' ends with no form; write one of svg, html, mmd, "
                                  "dot, json, csv, md"),
        (("Path", "--theme", "pink"), "theme: 'pink' is none of auto, light, dark"),
        (("Path", "--base", "javascript:x"), "--base: 'javascript:x' is no address; "
                                             "write https://..."),
        ((*PATH, "--focus", "nix"), "focus: no entity has the id 'nix'; "
                                    "/q/Search finds ids by names"),
    ],
)  # fmt: skip
def test_a_call_that_is_wrong_is_told_what_would_be_right(
    arguments: tuple[str, ...], message: str
) -> None:
    done = render(*arguments)
    assert (done.returncode, done.stderr) == (2, f"ecograph: {message}\n")
