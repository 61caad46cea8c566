"""The command line, run as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ecograph", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        timeout=120,
        check=False,
    )


def test_export_writes_the_seed_diagram_back_byte_for_byte() -> None:
    done = run("export", "mermaid", "--scheme", "seed")
    assert done.stdout == (ROOT / "data/seed/ecosystem.mmd").read_text("utf-8")


def test_check_finds_no_fault_in_what_ships() -> None:
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no faults: ")


def test_check_names_a_fault_at_its_place_and_fails(tmp_path: Path) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    file = data / "entities" / "specifications.yaml"
    lines = file.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "kind: Specification" in line)
    lines[number - 1] = lines[number - 1].replace("Specification", "Specifcation")
    file.write_text("\n".join(lines), "utf-8")
    done = run("check", str(data), "--format", "json")
    assert done.returncode == 1
    fault = json.loads(done.stdout)
    assert "Specifcation" in done.stdout
    assert "did you mean: Specification" in done.stdout
    assert f'"line": {number}' in json.dumps(fault)


def test_query_answers_a_named_operation() -> None:
    done = run("query", "implementers", "--set", "spec=OCI 运行时规范")
    told = json.loads(done.stdout)["data"]["specification"]
    assert told["id"] == "oci-runtime-spec"
    assert "runc" in {e["node"]["id"] for e in told["implementedBy"]["edges"]}


def test_query_reads_braces_files_and_standard_input(tmp_path: Path) -> None:
    text = "{ dataset { asOf } }"
    file = tmp_path / "q.graphql"
    file.write_text(text)
    told = [
        json.loads(run("query", text).stdout),
        json.loads(run("query", str(file)).stdout),
        json.loads(run("query", "-", stdin=text).stdout),
    ]
    assert told == [{"data": {"dataset": {"asOf": "2026-11-24"}}}] * 3


def test_query_prints_csv_markdown_and_a_table_for_people() -> None:
    arguments = ["query", "groupmembers", "--set", "group=cAdvisor/Heapster", "--format"]
    assert run(*arguments, "csv").stdout.splitlines()[1].startswith("1,cadvisor,TOOL,cAdvisor,")
    assert "| 2 | heapster | TOOL | Heapster |" in run(*arguments, "md").stdout
    table = run(*arguments, "table", COLUMNS="200").stdout
    assert "1       cadvisor   TOOL   cAdvisor" in table
    assert "2 rows." in table


def test_query_takes_a_list_by_repetition_and_refuses_an_unknown_variable() -> None:
    given = ["--set", "maturity=GRADUATED", "--set", "maturity=SANDBOX"]
    told = json.loads(run("query", "CncfProjects", *given).stdout)["data"]["tools"]
    assert {node["maturity"] for node in told["nodes"]} == {"GRADUATED", "SANDBOX"}
    done = run("query", "LifeOf", "--set", "nam=rkt")
    assert (done.returncode, done.stderr) == (
        1,
        "ecograph: unknown variable 'nam'; did you mean: name?\n",
    )


def test_query_says_what_is_wrong_beside_a_table() -> None:
    done = run("query", "LifeOf", "--set", "name=nothing", "--format", "csv")
    assert done.returncode == 1
    assert done.stderr.startswith("ecograph: 'nothing' in argument 'name'")
    assert done.stdout.startswith("date,event,label,")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "Implementors"], "unknown operation 'Implementors'; did you mean: Implementers"),
        (["query", "no-such-file.graphql"], "cannot read no-such-file.graphql"),
        (["query", "Path", "--variables", "{"], "--variables: no JSON"),
        (["query", "Path", "--set", "from"], "--set: 'from' is not name=value"),
        (["serve", "--port", "70000"], "port: 70000 is no port"),
        (["check", "no-such-folder"], "no-such-folder"),
        (["export", "mermaid", "--scheme", "nothing"], "nothing"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    told = done.stderr + done.stdout
    assert done.returncode == 1
    assert message in told
    assert "Traceback" not in told


def test_a_wrong_setting_in_the_environment_is_named() -> None:
    done = run("serve", ECOGRAPH_PORT="high")
    assert (done.returncode, done.stderr) == (
        1,
        "ecograph: ECOGRAPH_PORT: 'high' is not a number\n",
    )


def test_plan_prints_the_plan() -> None:
    done = run("plan", "Path")
    assert "shortest" in done.stdout


def test_schema_prints_what_the_repository_holds() -> None:
    done = run("schema")
    assert done.stdout == (ROOT / "schema.graphql").read_text("utf-8")


def test_schema_check_fails_where_they_differ(tmp_path: Path) -> None:
    kept = tmp_path / "schema.graphql"
    kept.write_text((ROOT / "schema.graphql").read_text("utf-8") + "scalar More\n", "utf-8")
    done = run("schema", "--check", str(kept))
    assert done.returncode == 1
    assert "is not the schema any more" in done.stderr
