"""ecograph fence: figures for generators that are not written in Python."""

from __future__ import annotations

import json

from ecograph.service import Service
from tests.commands import Done, call
from tests.named import larger_world


def fence(*arguments: str, stdin: str = "") -> Done:
    return call("fence", *arguments, stdin=stdin, service=Service(larger_world()))


def test_a_fence_is_read_or_given() -> None:
    read = fence(stdin="Implementers\nspec: oci-runtime-spec\n")
    assert read.stdout.startswith('<figure class="ecograph" lang="en">\n<svg ')
    assert fence("Implementers?spec=oci-runtime-spec").stdout == read.stdout


def test_a_server_makes_it_live() -> None:
    told = fence("Around?name=runc", "--server", "https://g.example", "--lang", "zh").stdout
    assert '<ecograph-view src="https://g.example/" question="Around?name=runc" lang="zh">' in told
    assert told.endswith(
        '<script type="module" src="https://g.example/ecograph-view.js"></script>\n'
    )


def test_lines_are_answered_line_by_line() -> None:
    asked = [
        {"text": "Pth"},
        {"text": "Around\n\nname: runc", "lang": "zh"},
        {"text": "Path\nto: x"},
    ]
    done = fence("--lines", stdin="".join(f"{json.dumps(one)}\n" for one in asked))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert first == {"line": 1, "message": "unknown operation 'Pth'; did you mean: Path, Paths?"}
    assert second["html"].startswith('<figure class="ecograph" lang="zh-Hans">')
    assert second["script"] == ""
    assert third["line"] == 1


def test_what_is_wrong_is_told() -> None:
    done = fence("Around\nnme: runc")
    assert done.returncode == 2
    assert done.stderr.startswith("ecograph: line 2: unknown variable 'nme'; did you mean: name?")
    done = fence("--lines", stdin="x\n")
    assert (done.returncode, done.stderr) == (2, "ecograph: 'x' is not {\"text\": ...} as JSON\n")
