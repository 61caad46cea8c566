"""The named operations as commands."""

from __future__ import annotations

import csv
import json
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ecograph.cli.app import app
from ecograph.cli.group import Commands
from ecograph.cli.questions import questions_in, to_kebab
from ecograph.service import Service, open_service
from tests.commands import ROOT, call

COMMANDS: Any = typer.main.get_command(app)
FIXED = {"serve", "query", "plan", "cost", "stats", "check", "schema", "export"}
QUESTIONS = questions_in(ROOT / "queries")


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    opened = open_service(deadline=None)
    yield opened
    opened.close()


def test_every_named_operation_is_a_command() -> None:
    assert isinstance(COMMANDS, Commands)
    assert set(QUESTIONS) == {to_kebab(path.stem) for path in (ROOT / "queries").glob("*.graphql")}
    listed = COMMANDS.list_commands(typer.Context(COMMANDS))
    assert set(listed) == set(QUESTIONS) | set(COMMANDS.commands)


def test_the_fixed_commands_are_there() -> None:
    assert set(COMMANDS.commands) >= FIXED


def test_no_named_operation_has_the_name_of_a_fixed_command() -> None:
    assert not set(QUESTIONS) & set(COMMANDS.commands)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_variable_has_the_name_of_another_option(name: str) -> None:
    context = typer.Context(COMMANDS, info_name="ecograph", help_option_names=["-h", "--help"])
    taken = Counter(option for one in QUESTIONS[name].get_params(context) for option in one.opts)
    assert [option for option, times in taken.items() if times > 1] == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_example_of_a_question_is_that_of_its_operation(name: str, service: Service) -> None:
    words = shlex.split(QUESTIONS[name].example)
    operation = QUESTIONS[name].operation
    asked = call(*words[1:], service=service)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert json.loads(asked.stdout) == service.query(operation.document, operation.variables)


@pytest.mark.parametrize(
    ("operation", "command"),
    [("Path", "path"), ("CncfProjects", "cncf-projects"), ("AsOf", "as-of"), ("V2Of", "v2-of")],
)
def test_names_are_in_kebab_case(operation: str, command: str) -> None:
    assert to_kebab(operation) == command


def test_what_is_needed_is_given_by_place_and_printed_as_is_said(service: Service) -> None:
    done = call("path", "docker-engine", "OCI 运行时规范", "--format", "csv", service=service)
    length, forward, statement, relation = zip(
        *(row[:4] for row in csv.reader(done.stdout.splitlines())), strict=True
    )
    assert length == ("path.length", "3", "3", "3")
    assert forward == ("forward", "true", "true", "true")
    assert statement == (
        "statement.id",
        "docker-engine~uses~containerd",
        "containerd~uses~runc",
        "runc~implements~oci-runtime-spec",
    )
    assert relation == ("statement.relation", "USES", "USES", "IMPLEMENTS")


def test_a_message_names_the_variable_that_was_written(service: Service) -> None:
    told = "'crri' in argument 'spec' names no Specification; did you mean: cri (Specification)"
    for words in (
        ("implementers", "crri"), ("query", "Implementers", "--set", "spec=crri"),
        ("render", "Implementers", "--set", "spec=crri"),
        ("export", "dot", "--query", "Implementers", "--set", "spec=crri"),
    ):  # fmt: skip
        done = call(*words, service=service)
        assert done.returncode == 1
        assert done.stderr.startswith(f"ecograph: {told}")


def test_a_misspelt_name_is_told_on_standard_error_and_the_answer_printed(
    service: Service,
) -> None:
    done = call("life-of", "containrd", service=service)
    assert done.returncode == 1
    assert json.loads(done.stdout)["data"] == {"entity": None}
    assert done.stderr.startswith("ecograph: 'containrd' in argument 'name' names no")
    assert "did you mean: containerd (Tool)" in done.stderr
    table = call("life-of", "containrd", "--format", "table", service=service)
    assert (table.returncode, table.stderr) == (1, done.stderr)


def test_a_search_forgives_spelling(service: Service) -> None:
    done = call("search", "kuberntes", "--format", "csv", service=service)
    assert done.returncode == 0
    assert ",kubernetes,TOOL,Kubernetes," in done.stdout.splitlines()[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["path", "docker-engine"], "Missing argument 'TO'"),
        (["path", "a", "b", "c"], "(c)"),
        (["csi-drivers", "--first", "some"], "first: 'some' is no Int; write a whole number"),
        (["csi-drivers", "--frist", "1"], "No such option: --frist"),
        (["tools", "--where", "{"], "where: no JSON"),
    ],
)
def test_a_wrong_question_says_what_would_be_right(
    arguments: list[str], message: str, service: Service
) -> None:
    done = call(*arguments, service=service)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_help_says_the_question_in_both_languages_and_an_example() -> None:
    told = call("as-of", "--help").stdout
    assert "Who implemented this specification on a given day?" in told
    assert "某一天有谁实现了这个规范？" in told
    assert "Date, e.g. 2018-01-01" in told
    assert told.endswith("Examples:\n    ecograph as-of oci-runtime-spec 2018-01-01\n")


def test_booleans_lists_and_texts_are_read_by_their_types(
    tmp_path: Path, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Members.graphql").write_text(
        "# Who is in it, in these states?\n# 谁在其中？\n"
        '# variables: {"status": ["ENDED"], "name": "容器网络", "deepDown": false}\n'
        "query Members($status: [Status!]!, $name: String!, $deepDown: Boolean) {\n"
        "  category(name: $name) {\n"
        "    members(recursive: $deepDown, where: {status: {in: $status}}) { totalCount }\n"
        "  }\n}\n",
        "utf-8",
    )
    question = questions_in(tmp_path)["members"]
    assert question.example == "ecograph members '容器网络' --status ENDED --no-deep-down"
    group: Any = typer.main.get_command(app)
    group.add_command(question)
    words = ["members", "容器网络", "--status", "ENDED", "--status", "ACTIVE", "--deep-down"]
    assert not group.main(words, obj=service, standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    assert told == service.query(
        '{ category(name: "容器网络") { members(recursive: true, '
        "where: {status: {in: [ENDED, ACTIVE]}}) { totalCount } } }"
    )
    assert told["data"]["category"]["members"]["totalCount"] > 0
    with pytest.raises(SystemExit) as ended:
        group.main(["members", "容器网络"], obj=service)
    assert ended.value.code == 2
    assert "Missing option '--status'" in capsys.readouterr().err
