"""The command line, run as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import ROOT, call, run


def test_export_writes_the_seed_diagram_back_byte_for_byte() -> None:
    done = run("export", "mermaid", "--scheme", "seed")
    assert done.stdout == (ROOT / "data/seed/ecosystem.mmd").read_text("utf-8")


def test_check_finds_no_fault_in_what_ships() -> None:
    done = call("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"no faults in {ROOT / 'data'}: ")


def test_check_names_a_fault_at_its_place_and_fails(tmp_path: Path) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    file = data / "entities" / "specifications.yaml"
    lines = file.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "kind: Specification" in line)
    lines[number - 1] = lines[number - 1].replace("Specification", "Specifcation")
    file.write_text("\n".join(lines), "utf-8")
    done = call("check", str(data), "--format", "json")
    assert done.returncode == 1
    fault = json.loads(done.stdout)
    assert "Specifcation" in done.stdout
    assert "did you mean: Specification" in done.stdout
    assert f'"line": {number}' in json.dumps(fault)


def test_query_answers_a_named_operation() -> None:
    done = call("query", "implementers", "--set", "spec=OCI 运行时规范")
    told = json.loads(done.stdout)["data"]["specification"]
    assert told["id"] == "oci-runtime-spec"
    assert "runc" in {e["node"]["id"] for e in told["implementedBy"]["edges"]}


def test_query_reads_braces_files_and_standard_input(tmp_path: Path) -> None:
    text = "{ dataset { asOf } }"
    file = tmp_path / "q.graphql"
    file.write_text(text)
    told = [
        json.loads(call("query", text).stdout),
        json.loads(call("query", str(file)).stdout),
        json.loads(call("query", "-", stdin=text).stdout),
    ]
    assert told == [{"data": {"dataset": {"asOf": "2026-11-24"}}}] * 3


def test_query_prints_csv_markdown_and_a_table_for_people() -> None:
    arguments = ["query", "groupmembers", "--set", "group=cAdvisor/Heapster", "--format"]
    row = call(*arguments, "csv").stdout.splitlines()[1]
    group = "cadvisor-heapster,cAdvisor and Heapster,cAdvisor/Heapster"
    assert row.startswith(f"{group},1,cadvisor,TOOL,cAdvisor,")
    assert "| 2 | heapster | TOOL | Heapster |" in call(*arguments, "md").stdout
    table = call(*arguments, "table", COLUMNS="200").stdout
    assert "1      cadvisor  cAdvisor" in table
    assert "2 rows." in table


def test_query_takes_a_list_by_repetition_and_refuses_an_unknown_variable() -> None:
    given = ["--set", "maturity=GRADUATED", "--set", "maturity=SANDBOX"]
    told = json.loads(call("query", "CncfProjects", *given).stdout)["data"]["tools"]
    assert {node["maturity"] for node in told["nodes"]} == {"GRADUATED", "SANDBOX"}
    done = call("query", "LifeOf", "--set", "nam=rkt")
    assert (done.returncode, done.stderr) == (
        2,
        "ecograph: unknown variable 'nam'; did you mean: name?\n",
    )


def test_query_says_what_is_wrong_beside_a_table() -> None:
    done = call("query", "LifeOf", "--set", "name=nothing", "--format", "csv")
    assert done.returncode == 1
    assert done.stderr.startswith("ecograph: 'nothing' in argument 'name'")
    assert done.stdout.startswith("entity.id,entity.name,entity.status,entity.maturity,date,")


@pytest.mark.parametrize(
    "call_of",
    [("query", "Path"), ("plan", "Path"), ("render", "Path"), ("export", "dot", "--query", "Path")],
)
def test_once_a_variable_is_set_the_example_gives_no_other(call_of: tuple[str, ...]) -> None:
    done = call(*call_of, "--set", "from=runc")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ecograph: missing: to (String!); for example --set from=docker-engine "
        "--set to=oci-runtime-spec\n"
    )


def test_without_variables_the_example_is_asked_and_that_is_said() -> None:
    done = call("query", "Path")
    assert done.returncode == 0
    assert json.loads(done.stdout)["data"]["path"]["length"] > 0
    assert done.stderr == (
        "ecograph: the example is asked: --set from=docker-engine --set to=oci-runtime-spec\n"
    )
    assert call("query", "Dataset").stderr == ""
    assert call("query", "CsiDrivers", "--set", "first=3").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["query", "Implementors"], 2, "unknown operation 'Implementors'; did you mean: Impl"),
        (["query", "no-such-file.graphql"], 2, "cannot read no-such-file.graphql"),
        (["query", "Path", "--variables", "{"], 2, "--variables: no JSON"),
        (["query", "Path", "--set", "from"], 2, "--set: 'from' is not name=value"),
        (["query", "Path", "--formt", "csv"], 2, "No such option: --formt"),
        (["serve", "--port", "70000"], 2, "port: 70000 is no port"),
        (
            ["implementors", "runc"],
            2,
            "no such command: 'implementors'; did you mean: implementers",
        ),
        (["zzz"], 2, "no such command: 'zzz'; ecograph --help lists them"),
        (["export", "mermiad"], 2, "no format 'mermiad'; did you mean: mermaid?"),
        (["query", "{ dataset { asof } }"], 1, "Cannot query field 'asof' on type 'Dataset'"),
        (["export", "mermaid", "--scheme", "nothing"], 2, "no taxonomy 'nothing'"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(
    arguments: list[str], status: int, message: str
) -> None:
    done = call(*arguments)
    assert done.returncode == status
    assert message in done.stderr


def test_the_faults_that_check_finds_are_its_answer() -> None:
    done = call("check", "no-such-folder")
    assert (done.returncode, done.stderr) == (1, "")
    assert "there is no such folder" in done.stdout


def test_a_wrong_call_ends_a_process_without_a_traceback() -> None:
    done = run("query", "Implementors")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ecograph: unknown operation 'Implementors'; ")
    assert done.stderr.count("\n") == 1


def test_faults_in_the_data_of_a_question_are_told_at_their_places(tmp_path: Path) -> None:
    done = call("query", "Path", "--data", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "ontology.yaml" in done.stderr


def test_a_wrong_setting_in_the_environment_is_named() -> None:
    done = call("serve", ECOGRAPH_PORT="high")
    assert (done.returncode, done.stderr) == (
        2,
        "ecograph: ECOGRAPH_PORT: 'high' is not a number\n",
    )


def test_plan_prints_the_plan() -> None:
    done = call("plan", "Path")
    assert "shortest" in done.stdout


def test_schema_prints_what_the_repository_holds() -> None:
    done = call("schema")
    assert done.stdout == (ROOT / "schema.graphql").read_text("utf-8")


def test_schema_check_fails_where_they_differ(tmp_path: Path) -> None:
    kept = tmp_path / "schema.graphql"
    kept.write_text((ROOT / "schema.graphql").read_text("utf-8") + "scalar More\n", "utf-8")
    done = call("schema", "--check", str(kept))
    assert done.returncode == 1
    assert "is not the schema any more" in done.stderr


def test_a_table_tells_what_stands_beside_its_list() -> None:
    done = call("claim", "docker-engine", "cri", "--format", "table")
    assert "verdict: DENIED" in done.stdout
