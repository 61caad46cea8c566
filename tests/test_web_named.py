"""The named operations over HTTP, and the server that answers nothing else."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from ecograph.api.operations import read_operations
from ecograph.api.tables import Table
from ecograph.api.variables import variables_of
from ecograph.api.written import to_csv
from ecograph.service import Service
from ecograph.settings import Settings, bundled
from ecograph.web.app import make_app
from ecograph.web.http import App
from tests.named import EXAMPLES, larger_world

OPERATIONS = read_operations(bundled("queries"))
GRAPHQL = "application/graphql-response+json"


@cache
def app(*, only_named: bool = False) -> App:
    return make_app(Service(larger_world()), Settings(only_named=only_named))


class Reply:
    def __init__(self, messages: list[Any]) -> None:
        self.status = messages[0]["status"]
        self.headers = {k.decode(): v.decode() for k, v in messages[0]["headers"]}
        self.body = b"".join(m.get("body", b"") for m in messages[1:])
        self.text = self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> tuple[str, str]:
        (error,) = self.json["errors"]
        return error["extensions"]["code"], error["message"]


def call(
    path: str, method: str = "GET", body: bytes = b"", *, of: App | None = None, **headers: str
) -> Reply:
    path, _, query = path.partition("?")
    incoming: list[Any] = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        if incoming:
            return incoming.pop(0)
        return await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }

    async def answered() -> None:
        await (of or app())(scope, receive, send)

    asyncio.run(answered())
    return Reply(sent)


def ask(parameters: Any, *, locked: bool = False, **headers: str) -> Reply:
    given = {"content_type": "application/json", **headers}
    of = app(only_named=True) if locked else None
    return call("/graphql", "POST", json.dumps(parameters).encode(), of=of, **given)


def persisted(hash_: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hash_}}


# Questions by name


def test_json_is_the_answer_of_graphql() -> None:
    reply = call("/q/AsOf.json?spec=runtime-spec&day=2018-01-01")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json; charset=utf-8")
    nodes = reply.json["data"]["specification"]["implementedBy"]["nodes"]
    assert nodes == [{"id": "crun"}, {"id": "railcar"}, {"id": "runc"}]


@pytest.mark.parametrize("path", ["/q/asof", "/q/ASOF.JSON", "/q/AsOf.json"])
def test_the_case_of_a_name_does_not_matter_and_json_is_what_is_meant_unsaid(path: str) -> None:
    reply = call(f"{path}?spec=runtime-spec&day=2018")
    assert reply.status == 400
    assert reply.json["errors"][0]["message"].startswith("Variable '$day'")
    assert call(f"{path}?spec=runtime-spec&day=2018-01-01").status == 200


def test_csv_is_the_first_connection() -> None:
    reply = call("/q/Certified.csv?spec=image-spec")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    head, row = csv.reader(io.StringIO(reply.text, newline=""))
    assert dict(zip(head, row, strict=True))["node.id"] == "quay-io"
    assert reply.text.count("\r\n") == 2


def test_csv_guards_a_name_that_looks_like_a_formula() -> None:
    assert ",'=Gateway," in call("/q/ConformanceLevels.csv?spec=image-spec").text


def test_markdown_says_the_question_the_sources_and_the_dataset() -> None:
    reply = call("/q/Certified.md?spec=image-spec")
    assert reply.headers["content-type"] == "text/markdown; charset=utf-8"
    assert reply.text.startswith("# Who holds a certificate for this specification")
    assert "1. [List of implementations](<https://example.org/list>)" in reply.text
    assert reply.text.endswith("Dataset 0123456789abcdef, as of 2026-11-24, CC-BY-4.0.\n")


def test_markdown_says_what_was_asked() -> None:
    lines = call("/q/Claim.md?subject=docker-engine&object=cri").text.split("\n")
    assert lines[4:8] == ["subject: docker-engine; object: cri", "", "- claim.verdict: DENIED", ""]


def test_the_question_in_markdown_begins_at_a_chosen_level_or_is_left_out() -> None:
    path = "/q/CsiDrivers.md?first=1"
    texts = {level: call(f"{path}&level={level}").text for level in range(7)}
    assert texts[1] == call(path).text
    assert [texts[n].partition(" ")[0] for n in range(7)] == [
        "first:", "#", "##", "###", "####", "#####", "######",
    ]  # fmt: skip
    assert texts[1].endswith("\n\n" + texts[0])
    assert len({call(f"{path}&level={n}").headers["etag"] for n in range(7)}) == 7
    assert call(f"{path}&level=2").headers["link"].endswith('&level=2>; rel="next"')


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/q/Dataset.md?level=7", "level is one of 0 to 6, not '7'"),
        ("/q/Dataset.md?level=", "level is one of 0 to 6, not ''"),
        ("/q/Dataset.md?level=1&level=2", "level is one of 0 to 6"),
        ("/q/Dataset.csv?level=2", "unknown variable 'level'"),
    ],
)
def test_a_level_that_is_none_is_refused(path: str, part: str) -> None:
    reply = call(path)
    assert (reply.status, reply.error[0]) == (400, "BAD_VARIABLES")
    assert part in reply.error[1]


def test_no_operation_has_a_variable_that_would_be_taken_for_the_level() -> None:
    assert [n for n, o in OPERATIONS.items() if "level" in variables_of(o.document)] == []


def test_lists_are_given_by_repetition_and_filters_as_json() -> None:
    told = call("/q/CncfProjects.json?maturity=GRADUATED&maturity=ARCHIVED").json
    assert told["data"]["tools"]["totalCount"] == 3
    where = json.dumps({"id": {"eq": "runc"}})
    told = call("/q/Tools.json?" + urlencode({"where": where, "first": "1"})).json
    assert [n["id"] for n in told["data"]["tools"]["nodes"]] == ["runc"]


@pytest.mark.parametrize(
    ("path", "status", "code", "part"),
    [
        ("/q/Implementors.json", 404, "NOT_FOUND", "did you mean: Implementers"),
        ("/q/Implementers.xls?spec=cri", 404, "NOT_FOUND", "there are: .json, .csv, .md"),
        ("/q/Implementers.json", 400, "BAD_VARIABLES", "missing: spec (String!)"),
        ("/q/Implementers.json", 400, "BAD_VARIABLES", "/q/Implementers.json?spec=OCI%20runtime"),
        ("/q/Implementers.json?spek=cri", 400, "BAD_VARIABLES", "did you mean: spec?"),
        (
            "/q/Implementers.md?spec=cri&foo=1",
            400,
            "BAD_VARIABLES",
            "'foo'; there are: spec, first; beside variables: asOf, v, compare, level; for example",
        ),
        ("/q/Implementers.json?spec=cri&as_of=1", 400, "BAD_VARIABLES", "did you mean: asOf?"),
        ("/q/Implementers.json?spec=crri", 404, "UNKNOWN_NAME", "'crri' in argument 'spec' names"),
        ("/q/Implementers.csv?spec=cri&first=x", 400, "BAD_VARIABLES", "no Int"),
        (
            "/q/Implementers.csv?spec=cri&first=101",
            400,
            "LIMIT_EXCEEDED",
            "first: 101 is too many; the limit is 100",
        ),
        ("/q/Implementers.json?spec=%ff", 400, "BAD_VARIABLES", "not UTF-8"),
        ("/q/Implementers.csv?spec=nothing", 404, "UNKNOWN_NAME", "'nothing'"),
        ("/q/Implementers.md?spec=runc", 404, "WRONG_KIND", "runc"),
        ("/q/Reach.csv?from=runc&along=uses/", 400, "BAD_PATH_EXPRESSION", ""),
    ],
)
def test_a_wrong_request_is_refused_in_json_and_never_kept(
    path: str, status: int, code: str, part: str
) -> None:
    reply = call(path)
    assert (reply.status, reply.error[0]) == (status, code)
    assert part in reply.error[1]
    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers


def test_the_example_is_no_default() -> None:
    assert call("/q/LifeOf.json").status == 400


def test_a_known_answer_is_304_without_work() -> None:
    path = "/q/Implementers.csv?spec=cri"
    first = call(path)
    assert first.headers["cache-control"].startswith("public, max-age=60")
    tag = first.headers["etag"]
    assert re.fullmatch(r'W/"[0-9a-f]{20}"', tag)
    again = call(path, if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    others = ["/q/Implementers.json?spec=cri", "/q/Implementers.csv?spec=cri&first=100"]
    assert tag not in {call(other).headers["etag"] for other in others}


def test_the_next_page_is_linked() -> None:
    path, ids = "/q/CsiDrivers.csv?first=1", []
    while path:
        reply = call(path)
        ids += [row[0] for row in csv.reader(io.StringIO(reply.text))][1:]
        link = re.fullmatch(r'<(.*)>; rel="next"', reply.headers.get("link", ""))
        path = f"/q/{link[1]}" if link else ""
    assert ids == ["ceph-csi", "hostpath-csi"]


def test_head_is_without_a_body_and_post_is_refused() -> None:
    reply = call("/q/Dataset.md", "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["content-length"]) > 100
    assert call("/q/Dataset.json", "POST").status == 405
    assert call("/q", "DELETE").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/q", "/q/"])
def test_the_list_says_all_that_a_client_needs(path: str) -> None:
    reply = call(path)
    told = {o["name"]: o for o in reply.json["operations"]}
    assert told.keys() == OPERATIONS.keys()
    as_of = told["AsOf"]
    assert as_of["question"]["zh"] == "某一天有谁实现了这个规范？"
    assert as_of["variables"] == [
        {"name": "spec", "type": "String!", "required": True, "default": None},
        {"name": "day", "type": "Date!", "required": True, "default": None},
    ]
    assert as_of["example"]["csv"] == "/q/AsOf.csv?spec=oci-runtime-spec&day=2018-01-01"
    assert as_of["sha256Hash"] == sha256(as_of["query"].encode()).hexdigest()
    assert call(path, if_none_match=reply.headers["etag"]).status == 304


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_every_operation_answers_in_every_form(form: str) -> None:
    for name, variables in EXAMPLES.items():
        given = {k: json.dumps(v) if isinstance(v, dict) else v for k, v in variables.items()}
        reply = call(f"/q/{name}.{form}?{urlencode(given, doseq=True)}")
        assert reply.status == 200, (name, reply.text)


# Trusted documents


@pytest.mark.parametrize("locked", [False, True])
def test_a_named_operation_is_answered_by_its_hash(locked: bool) -> None:
    for text in (OPERATIONS["Dataset"].query, OPERATIONS["Dataset"].document):
        hash_ = sha256(text.encode()).hexdigest()
        reply = ask({"extensions": persisted(hash_)}, locked=locked)
        assert reply.json["data"]["dataset"]["asOf"] == "2026-11-24"


def test_a_hash_may_come_in_a_query_string() -> None:
    hash_ = sha256(OPERATIONS["LifeOf"].query.encode()).hexdigest()
    asked = {"extensions": json.dumps(persisted(hash_)), "variables": '{"name": "rkt"}'}
    told = call("/graphql?" + urlencode(asked)).json
    assert told["data"]["entity"]["status"] == "ENDED"


@pytest.mark.parametrize("locked", [False, True])
def test_an_unknown_hash_is_told_as_clients_expect(locked: bool) -> None:
    old = ask({"extensions": persisted("0" * 64)}, locked=locked)
    new = ask({"extensions": persisted("0" * 64)}, locked=locked, accept=GRAPHQL)
    assert (old.status, new.status) == (200, 400)
    assert old.error[0] == new.error[0] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "extensions",
    [
        {"persistedQuery": 1},
        {"persistedQuery": {}},
        persisted("abc"),
        {"persistedQuery": {"version": 2, "sha256Hash": "0" * 64}},
    ],
)
def test_what_is_no_persisted_query_is_400(extensions: Any) -> None:
    reply = ask({"extensions": extensions})
    assert reply.status == 400
    assert "64 hexadecimal digits" in reply.error[1]


def test_a_text_with_a_hash_is_answered_if_they_fit() -> None:
    text = "{ dataset { asOf } }"
    hash_ = sha256(text.encode()).hexdigest()
    assert ask({"query": text, "extensions": persisted(hash_)}).json == {
        "data": {"dataset": {"asOf": "2026-11-24"}}
    }
    wrong = ask({"query": text, "extensions": persisted("0" * 64)})
    assert (wrong.status, hash_ in wrong.error[1]) == (400, True)


# The locked-down server


def test_a_named_operation_is_answered_with_other_white_space_and_comments() -> None:
    text = OPERATIONS["LifeOf"].query
    for same in (text, OPERATIONS["LifeOf"].document, " ".join(text.split()), f"# mine\n{text}"):
        reply = ask({"query": same, "variables": {"name": "rkt"}}, locked=True)
        assert reply.json["data"]["entity"]["id"] == "rkt"


@pytest.mark.parametrize(
    "query",
    [
        "{ dataset { version } }",
        "{ __schema { types { name } } }",
        "{ __typename }",
        "query LifeOf($name: String!) { entity(name: $name) { id aliases } }",
        OPERATIONS["LifeOf"].query + "\nquery More { dataset { version } }",
        "{",
        "",
        "#" * 100_000,
    ],
)
def test_nothing_else_is_answered(query: str) -> None:
    reply = ask({"query": query, "variables": {"name": "rkt"}}, locked=True)
    assert (reply.status, reply.error[0]) == (403, "NOT_ALLOWED")
    assert "data" not in reply.json


def test_the_refusal_says_which_operation_was_meant() -> None:
    reply = ask({"query": "query Lifeof { x }"}, locked=True)
    assert "did you mean: LifeOf" in reply.error[1]


def test_an_operation_name_alone_is_no_question() -> None:
    assert ask({"operationName": "Dataset"}, locked=True).status == 400


def test_questions_by_name_are_answered_there_too() -> None:
    assert call("/q/Dataset.json", of=app(only_named=True)).status == 200


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＠a"])
def test_csv_guards_every_beginning_of_a_formula(text: str) -> None:
    line = to_csv(Table(("a", "b"), ((text, f"1{text}"),))).split("\r\n", 1)[1]
    first, second = next(csv.reader(io.StringIO(line, newline="")))
    assert (first, second) == (f"'{text}", f"1{text}")
