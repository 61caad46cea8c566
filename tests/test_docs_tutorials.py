"""docs/tutorials: what each says to do, done from nothing."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from ecograph.load import load
from ecograph.service import Service, open_service
from ecograph.settings import bundled
from tests.commands import ROOT, call
from tests.serving import serving
from tests.sites import blocks_of, build, elsewhere, pictures, said, write
from tests.worked import try_out

TUTORIALS = ROOT / "docs" / "tutorials"


def test_the_client_gets_the_answers_that_are_shown(tmp_path: Path) -> None:
    text = (TUTORIALS / "client.md").read_text("utf-8").partition("## Ask\n")[2]
    with serving(open_service()) as address:
        told = try_out(text, tmp_path, address)
    assert len(told) == 3
    for shown, printed in told:
        assert printed == shown


def test_the_site_shows_its_picture_and_stops_at_a_wrong_name(tmp_path: Path) -> None:
    text = (TUTORIALS / "embed.md").read_text("utf-8")
    files = blocks_of(text)
    write(tmp_path, files)
    assert build(tmp_path, "mkdocs", "build", "--strict").returncode == 0
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert elsewhere(page) == []
    [picture] = pictures(page)
    assert "runc" in said(picture)[0]
    [fault] = re.findall(r"```text\n(.*?)\n```", text)
    write(tmp_path, {"docs/index.md": files["docs/index.md"].replace("of: runc", "of: runk")})
    assert fault in build(tmp_path, "mkdocs", "build").stderr


def test_the_analyst_sees_what_was_added(tmp_path: Path) -> None:
    text = (TUTORIALS / "analyst.md").read_text("utf-8")
    data = tmp_path / "data"
    shutil.copytree(bundled("data"), data)
    write(tmp_path, blocks_of(text))
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
             for line in block.splitlines()]  # fmt: skip
    before, check, after = (lines[:4], lines[4], lines[5:])
    shipped = open_service()
    for line in before:
        words = shlex.split(line)[1:]
        done = call(*words, "--data", str(data)) if words[0] == "add" else call(
            *words, service=shipped
        )  # fmt: skip
        assert done.returncode == 0, line + done.stderr
    # Loading checks all that the command of this name does.
    assert check == "ecograph check"
    changed = Service(load(data))
    told = [
        call(
            *shlex.split(line.replace("example.svg", str(tmp_path / "a.svg")))[1:], service=changed
        )
        for line in after
    ]
    assert [done.returncode for done in told] == [0, 0], told
    assert "KNOWN" in told[0].stdout
    drawn = (tmp_path / "a.svg").read_text("utf-8")
    assert "Example runtime implements OCI Runtime Specification" in drawn
    assert "Example runtime, README" in drawn
